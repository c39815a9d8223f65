"""The chain: whatever is changed afterwards shows, and where."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.incidents.logs import DUTY, OPENING, after, fact
from webmap.incidents.chain import Head, StoredEntry, beginning, breaks, canonical, hash_of
from webmap.incidents.records import Opening
from webmap.incidents.rows import stored


def chain(texts: list[str], opening: Opening = OPENING) -> list[StoredEntry]:
    head = Head(0, beginning(opening))
    entries = []
    for place, text in enumerate(texts):
        entry = stored(opening, head, fact("note", place, text=text), DUTY, after(60 + place), None)
        entries.append(entry)
        head = Head(entry.number, entry.hash)
    return entries


ENTRIES = chain(["甲", "乙", "丙", "丁"])
HEAD = Head(4, ENTRIES[-1].hash)


def what(entries: list[StoredEntry], head: Head = HEAD, opening: Opening = OPENING) -> set[tuple[int, str]]:
    return {(one.number, one.what) for one in breaks(opening, head, entries)}


def test_a_log_as_it_was_written_has_no_break() -> None:
    assert what(ENTRIES) == set()
    assert breaks(OPENING, HEAD, ENTRIES, Head(2, ENTRIES[1].hash)) == []


def test_the_hash_is_what_the_decision_page_says() -> None:
    entry = ENTRIES[1]
    columns = {
        "incident_id": "i-1",
        "number": 2,
        "kind": "note",
        "happened_at": "2026-01-12T08:01:00+08:00",
        "written_at": "2026-01-12T01:01:00.000000Z",
        "author_id": "p-duty",
        "author_name": "值班员甲",
        "clause": None,
        "body": '{"text":"乙"}',
        "client_key": None,
        "previous_hash": ENTRIES[0].hash,
    }
    text = json.dumps(columns, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert entry.hash == hashlib.sha256(text.encode("utf-8")).hexdigest()


_CHANGES: dict[str, st.SearchStrategy[object]] = {
    name: st.text(max_size=5) for name in StoredEntry.__slots__ if name != "number"
} | {"clause": st.none() | st.text(max_size=5), "client_key": st.none() | st.text(max_size=5)}


@settings(max_examples=150)
@given(st.integers(0, 3), st.sampled_from(sorted(_CHANGES)), st.data())
def test_any_change_of_any_column_shows_at_its_entry(place: int, column: str, data: st.DataObject) -> None:
    value = data.draw(_CHANGES[column])
    if value == getattr(ENTRIES[place], column):
        return
    changed = list(ENTRIES)
    changed[place] = replace(ENTRIES[place], **{column: value})  # type: ignore[arg-type]
    assert place + 1 in {number for number, _ in what(changed)}


@settings(max_examples=50)
@given(st.integers(0, 3), st.sampled_from(["body", "author_name", "happened_at", "clause"]))
def test_a_change_with_its_hash_made_new_shows_at_the_next_entry(place: int, column: str) -> None:
    forged = replace(ENTRIES[place], **{column: "2026-01-12T08:00:00+09:00"})
    forged = replace(forged, hash=hash_of(forged))
    found = what([*ENTRIES[:place], forged, *ENTRIES[place + 1 :]])
    assert ((place + 2, "previous") if place < 3 else (0, "head")) in found


def test_what_was_taken_out_put_in_or_cut_off_shows() -> None:
    assert (2, "missing") in what([ENTRIES[0], *ENTRIES[2:]])
    assert what(ENTRIES[:3]) == {(0, "head")}
    assert what([]) == {(0, "head")}
    other = chain(["甲", "假", "丙", "丁"])
    assert (3, "previous") in what([ENTRIES[0], other[1], *ENTRIES[2:]])


@pytest.mark.parametrize(
    "changed",
    [{"drill": True}, {"plan": "heating-zezhou"}, {"name": "西站停电"}, {"opened_by": "x"}, {"opened_at": "x"}],
)
def test_a_real_event_cannot_be_made_a_drill_afterwards(changed: dict[str, object]) -> None:
    assert (1, "opening") in what(ENTRIES, opening=replace(OPENING, **changed))  # type: ignore[arg-type]


def test_who_rewrites_everything_is_found_by_a_head_noted_before() -> None:
    forged = chain(["甲", "假", "丙", "丁", "戊"])
    head = Head(5, forged[-1].hash)
    assert breaks(OPENING, head, forged) == []
    assert [one.what for one in breaks(OPENING, head, forged, HEAD)] == ["anchor"]
    assert [one.what for one in breaks(OPENING, Head(2, ENTRIES[1].hash), ENTRIES[:2], HEAD)] == ["anchor"]


def test_an_entry_written_before_the_one_it_follows_shows() -> None:
    head = Head(1, ENTRIES[0].hash)
    early = stored(OPENING, head, fact("note", 0, text="早"), DUTY, after(-60), None)
    assert what([ENTRIES[0], early], Head(2, early.hash)) == {(2, "order")}


def test_canonical_text_does_not_depend_on_the_order_of_keys_and_refuses_what_is_no_json() -> None:
    assert canonical({"b": 1, "a": [{"d": "“引”", "c": None}]}) == '{"a":[{"c":null,"d":"“引”"}],"b":1}'
    with pytest.raises(ValueError, match="JSON"):
        canonical({"a": float("nan")})
