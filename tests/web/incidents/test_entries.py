"""Entries as people send them: read back as written, and explained where they are wrong."""

from __future__ import annotations

import json
import math
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from priority.wording.en import SENTENCES as ENGLISH
from tests.web.incidents.logs import DUTY, OPENING, after, document, fact, facts_at_different_times
from webmap.api.log.shapes import fact_schema
from webmap.incidents.admission import read_fact, require_key, require_name
from webmap.incidents.chain import Head, canonical
from webmap.incidents.entries import KINDS, Correction, Fact
from webmap.incidents.errors import InvalidEntry, UnreadableEntry
from webmap.incidents.rows import entry_of, says_the_same, stored

KINDS_ASKED_FOR = {
    *("reported", "fault_located", "area_drawn", "figure_reported", "device_operated", "unit_placed"),
    *("reserve_reported", "crew_sent", "level_recommended", "level_started", "level_changed", "level_ended"),
    *("warning_issued", "warning_lifted", "measure_done", "report_sent", "repaired", "road_closed", "note"),
    *("correction", "closed", "priority_ordered", "detail_given", "temperature_reported"),
    *("command_handed_over", "command_taken_back", "supply_taken_over", "data_adopted"),
}

_scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.sampled_from(["area", "open", "III"])
)
_anything = st.recursive(
    _scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)
_FIELDS = sorted(
    {name for model in Fact.__subclasses__() for name in model.model_fields} | {"level", "reason", "nonsense"}
)


def stored_and_read(written: Fact) -> Fact:
    columns = stored(OPENING, Head(3, "0" * 64), written, DUTY, after(90), "key")
    entry = entry_of(columns)
    assert (entry.number, entry.author_name, entry.client_key) == (4, DUTY.name, "key")
    assert entry.written_at == after(90)
    assert says_the_same(columns, written, DUTY)
    return entry.fact


def problems(value: object) -> dict[str, str]:
    with pytest.raises(InvalidEntry) as refused:
        read_fact(value)
    return {problem.field: problem.message for problem in refused.value.problems}


def test_what_was_done_to_a_device_is_told_unless_it_cannot_be_operated() -> None:
    stuck = fact("device_operated", 0, device="s-1", outcome="stuck")
    assert stored_and_read(stuck) == stuck
    tried = fact("device_operated", 0, device="s-1", action="close", outcome="stuck")
    assert stored_and_read(tried) == tried != stuck
    for said in ({}, {"outcome": "done"}, {"action": None}, {"action": "turn"}, {"action": None, "outcome": "done"}):
        assert list(problems(document("device_operated", 0, device="s-1", **said))) == ["action"]
    corrected = document(
        "correction", 9, corrects=2, reason="x", replacement=document("device_operated", 0, device="s")
    )
    assert list(problems(corrected)) == ["replacement.action"]
    assert list(problems(document("device_operated", 0, device="s-1", outcome="lost"))) == ["outcome"]


def test_the_schema_asks_for_what_was_done_as_the_log_does() -> None:
    validator = jsonschema.Draft202012Validator(fact_schema())
    for said, holds in (
        ({}, False),
        ({"outcome": "stuck"}, True),
        ({"action": "open"}, True),
        ({"action": None}, False),
    ):
        assert validator.is_valid(document("device_operated", 0, device="s-1", **said)) is holds, said


def test_the_kinds_are_those_of_a_headquarters() -> None:
    assert set(KINDS) == KINDS_ASKED_FOR


@settings(max_examples=100)
@given(facts_at_different_times(most=5))
def test_what_is_stored_is_read_back_equal(facts: list[Fact]) -> None:
    for one in facts:
        assert stored_and_read(one) == one
        correction = fact("correction", 5, corrects=1, replacement=json.loads(one.model_dump_json()), reason="更正")
        assert isinstance(correction, Correction)
        assert stored_and_read(correction) == correction


def test_the_time_is_kept_with_the_offset_it_was_entered_with() -> None:
    columns = stored(
        OPENING,
        Head(1, ""),
        read_fact({"kind": "note", "happened_at": "2026-01-12T01:30:00+09:00", "text": "甲"}),
        DUTY,
        after(0),
        None,
    )
    assert columns.happened_at == "2026-01-12T01:30:00+09:00"
    assert columns.happened_utc == "2026-01-11T16:30:00Z"


@settings(max_examples=150)
@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(_FIELDS), _anything, max_size=5))
def test_any_document_is_read_or_explained(kind: str, fields: dict[str, Any]) -> None:
    for language in ("zh", "en"):
        try:
            found = read_fact({"happened_at": after(0).isoformat(), **fields, "kind": kind}, language)  # type: ignore[arg-type]
        except InvalidEntry as refused:
            assert refused.problems
            assert all(problem.message and problem.remedy for problem in refused.problems)
        else:
            assert found.kind == kind
            canonical(found.model_dump(mode="json")) if not _has_nan(fields) else None


def _has_nan(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_has_nan, value.values()))
    if isinstance(value, list):
        return any(map(_has_nan, value))
    return isinstance(value, float) and not math.isfinite(value)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ([], ""),
        ({"happened_at": after(0).isoformat()}, "kind"),
        ({"kind": "rumour", "happened_at": after(0).isoformat()}, "kind"),
        ({"kind": ["note"], "happened_at": after(0).isoformat()}, "kind"),
        ({"kind": "note", "happened_at": "2026-01-12T08:00:00", "text": "甲"}, "happened_at"),
        (document("note", 0), "text"),
        (document("note", 0, text="  "), "text"),
        (document("note", 0, text="红\x1b[31m"), "text"),
        (document("note", 0, text="甲", clause="第四条"), "clause"),
        (document("note", 0, text="甲", author="乙"), "author"),
        (document("area_drawn", 0), ""),
        (document("area_drawn", 0, area={"type": "Point", "coordinates": [112, 35]}), "area"),
        (document("road_closed", 0, road="r", closed="no"), "closed"),
        (document("reserve_reported", 0, facility="f", commodity="heat", hours=-1), "hours"),
        (document("temperature_reported", 0, celsius=-61.0), "celsius"),
        (document("temperature_reported", 0, celsius="-12"), "celsius"),
        (document("detail_given", 0, item="weather", text="晴"), "item"),
        (document("detail_given", 0, item="cause"), ""),
        (document("detail_given", 0, item="cause", name="张三"), ""),
        (document("detail_given", 0, item="reporter", unit="供电中心"), ""),
        (document("detail_given", 0, item="reporter", name="张三", telephone="明天"), "telephone"),
        (document("unit_placed", 0, facility="f", commodity="coal"), "commodity"),
        (document("correction", 0, corrects=1, replacement=document("note", 0), reason="甲"), "replacement.text"),
        (
            document("correction", 0, corrects=1, replacement=document("correction", 0), reason="甲"),
            "replacement.kind",
        ),
        (document("correction", 0, corrects=0, replacement=None, reason="甲"), "corrects"),
    ],
)
def test_what_is_wrong_is_named_by_its_field(wrong: object, field: str) -> None:
    assert set(problems(wrong)) == {field}


def test_a_feature_is_kept_as_its_geometry() -> None:
    ring = [[112.8, 35.5], [112.9, 35.5], [112.9, 35.6], [112.8, 35.5]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"drawn": "by hand"}, "geometry": geometry}
    assert fact("area_drawn", 0, area=feature).area == geometry  # type: ignore[attr-defined]


def test_line_breaks_may_stand_in_a_text_and_blanks_around_it_go() -> None:
    assert fact("note", 0, text=" 第一行\n第二行 ").text == "第一行\n第二行"  # type: ignore[attr-defined]


def test_names_and_keys_that_a_database_cannot_keep_are_refused() -> None:
    assert require_name("  东站 ") == "东站"
    for wrong in ("", " ", "a\x00b", "x" * 201, 7, "\ud800"):
        with pytest.raises(InvalidEntry) as refused:
            require_name(wrong)
        assert refused.value.problems[0].field == "name"
    require_key(None)
    with pytest.raises(InvalidEntry):
        require_key("")


@pytest.mark.parametrize("body", ["{", "[]", "{}", '{"text":7}', '{"text":"a","more":1}'])
def test_an_entry_that_is_none_is_told(body: str) -> None:
    columns = stored(OPENING, Head(0, ""), fact("note", 0, text="甲"), DUTY, after(0), None)
    with pytest.raises(UnreadableEntry) as told:
        entry_of(type(columns)(**{name: getattr(columns, name) for name in columns.__slots__} | {"body": body}))
    assert told.value.number == 1


def test_phrases_of_the_log_are_complete_in_english() -> None:
    assert all(ENGLISH[key] for key in ENGLISH if key.startswith(("log.", "refusal")))


@pytest.mark.parametrize("sign", ["\r", "\x85", "\u2028", "\u2029"])
def test_only_the_line_feed_breaks_lines(sign: str) -> None:
    with pytest.raises(InvalidEntry):
        read_fact(document("note", 0, text=f"甲{sign}乙"))


def test_a_text_may_have_lines_and_a_name_may_not() -> None:
    assert fact("note", 0, text="甲\r\n乙").text == "甲\n乙"  # type: ignore[attr-defined]
    with pytest.raises(InvalidEntry):
        read_fact(document("reported", 0, text="甲", source="值班\n员"))
    with pytest.raises(InvalidEntry):
        require_name("东站\n#2 指挥长：结束响应")
