"""From the event to the headquarters, the level, the warning and the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.web.incidents.logs import after, fact
from tests.web.reviews.cases import (
    broken,
    changed,
    ended,
    impact_of,
    log_written,
    material,
    repaired,
    sent,
    started,
    told,
    withdrawn,
)
from webmap.incidents.entries import Fact
from webmap.reviews.corrections import correction_rows, course_rows, late_entries
from webmap.reviews.decisions import level_rows, warning_rows
from webmap.reviews.delays import delay_rows
from webmap.reviews.spans import episodes

WARNING = {"level": "general", "scope": "城区", "text": "注意", "office": "指挥长"}
STORY = [
    broken(0),
    told(12),
    fact("level_recommended", 20, level=None),
    fact("level_recommended", 25, level="III"),
    sent(30, "first_spoken"),
    started(40, "III"),
    fact("warning_issued", 55, **WARNING),
    repaired(300),
    ended(330),
]


def minutes(facts: Sequence[Fact], at: float = 1000, impact: dict[str, Any] | None = None) -> dict[str, float | None]:
    return {row.key: row.minutes for row in delay_rows(material(log_written(facts), at, impact=impact))}


def test_times_from_the_event_on() -> None:
    impact = impact_of(restored={"electricity": 300, "heat": 310})
    assert minutes(STORY, impact=impact) == {
        "fact_to_report": 12,
        "report_to_sent": 18,
        "fact_to_recommendation": 25,
        "fact_to_level": 40,
        "recommendation_to_level": 15,
        "level_to_warning": 15,
        "fact_to_warning": 55,
        "level_to_end": 290,
        "last_restored_to_end": 20,
    }


def test_entries_behind_the_times_are_named() -> None:
    rows = {row.key: row for row in delay_rows(material(log_written(STORY), 1000))}
    assert (rows["fact_to_level"].from_entry, rows["fact_to_level"].to_entry) == (1, 6)
    assert rows["fact_to_level"].title == "事发到启动响应"
    assert (rows["last_restored_to_end"].from_at, rows["last_restored_to_end"].minutes) == (None, None)


def test_what_did_not_happen_has_no_time() -> None:
    found = minutes([told(0), broken(5)], 600)
    assert found.pop("fact_to_report") == 0
    assert set(found.values()) == {None}


def test_what_still_runs_or_is_still_out_has_no_end() -> None:
    assert minutes(STORY, 320)["level_to_end"] is None
    assert minutes(STORY, impact=impact_of(restored={"gas": None, "heat": 310}))["last_restored_to_end"] is None
    assert minutes(STORY, impact=impact_of())["last_restored_to_end"] is None


def test_a_warning_before_the_level_counts_below_zero() -> None:
    facts = [told(), fact("warning_issued", 10, **WARNING), started(40, "III")]
    assert minutes(facts)["level_to_warning"] == -30


def test_a_response_started_again_runs_from_the_first_start_to_the_last_end() -> None:
    facts = [*STORY, broken(400, "e-2"), started(410, "II"), ended(500)]
    assert minutes(facts)["level_to_end"] == 460
    assert minutes(facts, 450)["level_to_end"] is None


def test_damage_or_a_response_after_the_end_opens_the_incident_again() -> None:
    def spells(facts: Sequence[Fact]) -> list[tuple[float, float | None]]:
        begun = episodes(material(log_written(facts), 10_000).past)
        return [
            (
                (one.begins - after(0)).total_seconds() / 60,
                None if one.ends is None else (one.ends - after(0)).total_seconds() / 60,
            )
            for one in begun
        ]

    assert spells(STORY) == [(0, 330)]
    assert spells([*STORY, fact("note", 400, text="回访")]) == [(0, 330)]
    assert spells([*STORY, broken(400), fact("closed", 450, reason="另案")]) == [(0, 330), (400, 450)]
    assert spells([*STORY, fact("road_closed", 400, road="r-1", closed=False)]) == [(0, 330)]
    assert spells([*STORY, started(500, "I")]) == [(0, 330), (500, None)]


def test_decisions_say_whether_they_follow_the_recommendation() -> None:
    facts = [
        told(),
        started(10, "III"),
        changed(20, "II", recommended="III", reason="寒潮"),
        changed(30, "I", recommended=None, reason="研判"),
        fact(
            "level_changed",
            40,
            level="II",
            office="指挥长",
            recommended=None,
            recommendation_failed=True,
            reason="无图层",
        ),
        ended(50),
    ]
    found = level_rows(material(log_written(facts), 60))
    assert [(row.level, row.differs, row.reason) for row in found] == [
        ("III", False, None),
        ("II", True, "寒潮"),
        ("I", True, "研判"),
        ("II", False, "无图层"),
        (None, False, None),
    ]


def test_a_warning_tells_what_ended_it() -> None:
    facts = [
        told(),
        fact("warning_issued", 10, **WARNING, expires_at=after(70).isoformat()),
        fact("warning_issued", 30, **{**WARNING, "level": "large"}, replaces=2),
        fact("warning_lifted", 90, warning=3, office="指挥长"),
    ]
    first, second = warning_rows(material(log_written(facts), 100))
    assert (first.title, first.replaced_by, first.lifted_at) == ("一般预警", 3, None)
    assert (second.title, second.replaced_by, second.lifted_at) == ("较大预警", None, after(90).isoformat())
    assert [row.lifted_at for row in warning_rows(material(log_written(facts), 80))] == [None, None]


def test_corrections_tell_what_was_said_before_and_after() -> None:
    facts = [
        told(),
        broken(5),
        fact(
            "correction",
            40,
            corrects=2,
            reason="认错设备",
            replacement={"kind": "fault_located", "happened_at": after(3).isoformat(), "element": "e-2"},
        ),
        withdrawn(60, 2),
    ]
    log = log_written(facts)
    first, second = correction_rows(material(log, 100))
    assert (first.said_before, first.said_after, first.reason) == ("e-1 故障", "e-2 故障", "认错设备")
    assert (second.said_before, second.said_after, second.corrects) == ("e-2 故障", None, 2)
    assert (first.happened_at, second.happened_at) == (after(5).isoformat(), after(3).isoformat())
    assert (first.happened_at_after, second.happened_at_after) == (after(3).isoformat(), None)
    assert first.written_at == after(41).isoformat()
    assert [row.reason for row in correction_rows(material(log, 100, hidden=frozenset({3})))] == [None, "误记"]


def test_a_correction_of_the_time_alone_tells_both_times_and_one_of_what_no_words_say_tells_that() -> None:
    repair = {"kind": "repaired", "element": "e-1", "happened_at": after(20).isoformat()}
    facts = [
        told(),
        broken(5),
        repaired(200),
        fact("correction", 210, corrects=3, reason="记错", replacement=repair),
        fact("correction", 220, corrects=3, reason="补", replacement=repair),
    ]
    first, second = correction_rows(material(log_written(facts), 300))
    assert first.said_before == first.said_after
    assert (first.happened_at, first.happened_at_after) == (after(200).isoformat(), after(20).isoformat())
    assert second.happened_at == second.happened_at_after
    assert second.said_after == f"{second.said_before}（更正的内容不在这句话里）"


def test_the_timeline_holds_what_counts_now_and_nothing_later() -> None:
    facts = [told(), broken(5), sent(20), withdrawn(30, 3), repaired(200)]
    rows = course_rows(material(log_written(facts), 100))
    assert [(row.entry, row.group, row.said) for row in rows] == [
        (1, "report", "接报：停电"),
        (2, "damage", "e-1 故障"),
    ]


def test_late_entries_are_counted_and_never_in_a_drill() -> None:
    assert late_entries(material(log_written(STORY, delay=11), 400)) == len(STORY)
    assert late_entries(material(log_written(STORY, delay=9), 400)) == 0
    assert late_entries(material(log_written(STORY, delay=600, drill=True), 400)) == 0
