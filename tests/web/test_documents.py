"""Bodies from outside: read in time and memory that grow with their length alone."""

from __future__ import annotations

import json
import time
import tracemalloc

import pytest

from webmap.documents import DocumentTooDeep, MalformedJson, TooManyValues, read_document
from webmap.settings import Limits

LIMITS = Limits()


def read(content: bytes) -> object:
    return read_document(content, LIMITS.json_depth, LIMITS.json_values)


def test_a_document_is_read() -> None:
    document = {"事件": [1, 2.5, None, True, {"a": [], "b": {}}], "text": "a,b,[c]"}
    assert read(json.dumps(document, ensure_ascii=False).encode()) == document


@pytest.mark.parametrize("repeated", ["k0", "k39999"])
def test_a_repeated_key_among_many_is_found_at_once(repeated: str) -> None:
    keys = ",".join(f'"k{number}":0' for number in range(40_000))
    started = time.monotonic()
    with pytest.raises(MalformedJson, match=f"'{repeated}' is given twice"):
        read(f'{{{keys},"{repeated}":1}}'.encode())
    # Comparing every key with every other takes half a minute on a fast machine; one pass takes 20 ms.
    assert time.monotonic() - started < 3


def test_the_first_repeated_key_is_named_in_an_inner_object_too() -> None:
    with pytest.raises(MalformedJson, match="'b' is given twice"):
        read(b'{"a": [{"b": 1, "c": 2, "b": 3, "c": 4}]}')


def test_values_are_counted_before_any_is_made() -> None:
    just_enough = b"[" + b",".join([b"0"] * (LIMITS.json_values - 1)) + b"]"
    assert len(read(just_enough)) == LIMITS.json_values - 1  # type: ignore[arg-type]
    with pytest.raises(TooManyValues):
        read(b"[0," + just_enough[1:])


@pytest.mark.parametrize("item", [b"[]", b"{}", b'{"a":1}', b'{"":[]}'])
def test_a_body_at_its_limits_takes_bounded_memory(item: bytes) -> None:
    content = b"[" + b",".join([item] * (LIMITS.body_bytes // (len(item) + 1))) + b"]"
    tracemalloc.start()
    try:
        with pytest.raises(TooManyValues):
            read(content)
        refused = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        signs = sum(map((item + b",").count, (b",", b"[", b"{")))
        read(b"[" + b",".join([item] * (LIMITS.json_values // signs - 2)) + b"]")
        accepted = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert refused < 1_000_000
    assert accepted < 60_000_000


def test_the_largest_valid_incident_is_within_the_limits() -> None:
    point = [112.84523456789012, 35.50123456789012]
    faults = [{"element": f"e-{number:08}", "at": "2026-01-12T07:30:00+08:00"} for number in range(10_000)]
    townships = [f"{number:09}" for number in range(10_000)]
    area = {"type": "MultiPolygon", "coordinates": [[[point] * 5]] * 4_000}
    content = json.dumps({"faults": faults, "area": area, "area_townships": townships}).encode()
    assert len(content) < LIMITS.body_bytes
    assert read(content)


def test_nesting_is_bounded() -> None:
    read(b"[" * 32 + b"]" * 32)
    with pytest.raises(DocumentTooDeep):
        read(b"[" * 33 + b"]" * 33)
