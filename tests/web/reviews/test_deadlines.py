"""Which report was due when: timelines worked out by hand, for both plans and a third."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from priority.plans import Plan
from tests.web.incidents.logs import after
from tests.web.reviews.cases import (
    ENERGY,
    HEATING,
    THIRD,
    broken,
    changed,
    effective,
    ended,
    minute,
    sent,
    started,
    told,
    withdrawn,
)
from webmap.incidents.entries import Fact
from webmap.reviews.deadlines import duties_of, next_report, report_rows
from webmap.reviews.results import ReportRow

Told = tuple[str, float | None, float | None, str]


def rows(facts: Sequence[Fact], at: float, plan: Plan = ENERGY) -> list[ReportRow]:
    return report_rows(duties_of(plan, effective(facts), after(at), "zh"))


def said(facts: Sequence[Fact], at: float, plan: Plan = ENERGY) -> list[Told]:
    """Each row as kind, due, sent (minutes), state."""
    return [(row.kind, minute(row.due_at), minute(row.sent_at), row.state) for row in rows(facts, at, plan)]


def waits(facts: Sequence[Fact], at: float, plan: Plan = ENERGY) -> tuple[str, float | None, float] | None:
    """The report that is next: kind, due, minutes overdue."""
    found = next_report(plan, effective(facts), after(at), "zh")
    return None if found is None else (found.kind, minute(found.due_at), found.overdue_minutes)


def follow_ups(facts: Sequence[Fact], at: float, plan: Plan = ENERGY) -> list[tuple[float | None, float | None, str]]:
    return [row[1:] for row in said(facts, at, plan) if row[0] == "follow_up"]


def test_level_three_asks_for_a_report_every_three_hours_from_its_start() -> None:
    facts = [told(), sent(5, "first_spoken"), started(20, "III"), sent(190), sent(371)]
    assert said(facts, 400) == [
        ("first_spoken", None, 5, "no_deadline"),
        ("follow_up", 200, 190, "in_time"),
        ("follow_up", 370, 371, "late"),
        ("follow_up", 551, None, "waiting"),
    ]
    assert [row.late_minutes for row in rows(facts, 400)] == [None, None, 1.0, None]
    assert waits(facts, 400) == ("follow_up", 551, 0)


def test_a_report_at_the_very_minute_is_in_time_and_one_that_is_due_now_is_not_overdue() -> None:
    facts = [told(), sent(0, "first_spoken"), started(0, "I")]
    assert follow_ups([*facts, sent(60)], 60) == [(60, 60, "in_time"), (120, None, "waiting")]
    assert follow_ups(facts, 60) == [(60, None, "waiting")]
    assert waits(facts, 60) == ("follow_up", 60, 0)
    assert waits(facts, 61) == ("follow_up", 60, 1)


def test_where_none_is_sent_one_is_missing_every_interval_and_a_late_one_stands_for_the_last() -> None:
    facts = [told(), sent(0, "first_spoken"), started(0, "II"), sent(370)]
    assert follow_ups(facts, 400) == [
        (120, None, "missing"),
        (240, None, "missing"),
        (360, 370, "late"),
        (490, None, "waiting"),
    ]
    assert waits(facts[:-1], 365) == ("follow_up", 120, 245)


@pytest.mark.parametrize(
    ("before", "to", "at", "due"),
    [
        ("III", "I", 30, 90),  # an hour from the change, well before the three hours
        ("III", "I", 170, 180),  # the report that was due anyway comes first
        ("III", "II", 30, 150),
        ("I", "III", 30, 60),  # lowered: what was due stays due then
        ("I", "II", 50, 60),
        ("II", "III", 100, 120),
    ],
)
def test_a_change_of_level_changes_the_interval_from_that_moment(before: str, to: str, at: float, due: float) -> None:
    facts = [told(), sent(0, "first_spoken"), started(0, before), changed(at, to)]
    assert waits(facts, at) == ("follow_up", due, 0)
    assert follow_ups(facts, at) == [(due, None, "waiting")]


def test_what_was_missed_before_a_change_stays_missed() -> None:
    facts = [told(), sent(0, "first_spoken"), started(0, "I"), changed(70, "III")]
    assert follow_ups(facts, 80) == [(60, None, "missing"), (120, None, "waiting")]
    assert waits(facts, 80) == ("follow_up", 60, 20)


def test_a_change_back_to_a_longer_interval_after_a_report() -> None:
    facts = [
        told(),
        sent(0, "first_spoken"),
        started(0, "III"),
        changed(60, "I"),
        sent(110),
        changed(130, "II"),
        sent(165),
    ]
    assert follow_ups(facts, 260) == [(120, 110, "in_time"), (170, 165, "in_time"), (285, None, "waiting")]


def test_a_report_that_stays_due_after_a_change_of_level_says_so_and_the_next_one_does_not() -> None:
    facts = [told(), sent(0, "first_spoken"), started(0, "II"), changed(90, "III")]
    found = next_report(ENERGY, effective(facts), after(100), "zh")
    assert found is not None
    assert (minute(found.due_at), found.rule) == (
        120,
        "III 级响应期间每 3 小时一报；级别变更前已定的这次报告仍按原时间",
    )
    missed = [row for row in rows(facts, 500) if row.state == "missing"]
    assert [(minute(row.due_at), "仍按原时间" in row.rule) for row in missed] == [
        (120, True),
        (300, False),
        (480, False),
    ]


def test_nothing_is_due_after_the_end_but_what_was_missed_may_be_made_good() -> None:
    facts = [told(), sent(0, "first_spoken"), started(0, "I"), sent(50), ended(109)]
    assert follow_ups(facts, 500) == [(60, 50, "in_time")]
    assert waits(facts, 500) is None
    late = [*facts[:-1], ended(115), sent(120)]
    assert follow_ups(late, 500) == [(60, 50, "in_time"), (110, 120, "late")]
    assert follow_ups(late[:-1], 500) == [(60, 50, "in_time"), (110, None, "missing")]


def test_an_incident_that_goes_on_after_its_end_begins_a_new_interval() -> None:
    facts = [told(), sent(0, "first_spoken"), started(0, "III"), ended(60), broken(100, "e-2"), started(110, "II")]
    assert waits(facts[:5], 105) == ("follow_up", None, 0)
    assert waits(facts, 120) == ("follow_up", 230, 0)
    assert follow_ups(facts, 231) == [(230, None, "missing"), (350, None, "waiting")]


def test_what_an_ended_response_missed_is_not_made_good_in_the_next() -> None:
    facts = [
        told(),
        sent(0, "first_spoken"),
        started(0, "I"),
        ended(61),
        broken(100, "e-2"),
        started(110, "I"),
        sent(120),
    ]
    assert follow_ups(facts, 130) == [(60, None, "missing"), (170, 120, "in_time"), (180, None, "waiting")]


def test_a_report_at_the_second_of_the_start_is_of_that_level_whichever_was_written_first() -> None:
    level, report = started(30, "II"), sent(30)
    for pair in ([level, report], [report, level]):
        assert follow_ups([told(), sent(0, "first_spoken"), *pair], 40) == [
            (150, 30, "in_time"),
            (150, None, "waiting"),
        ]


def test_the_first_report_is_due_at_once_without_minutes() -> None:
    found = next_report(ENERGY, effective([told()]), after(300), "zh")
    assert found is not None
    assert (found.kind, found.due_at, found.at_once, found.overdue_minutes) == ("first_spoken", None, True, 0)
    assert "第一时间" in found.rule
    assert found.clause == "4.1"
    assert said([told()], 300) == [("first_spoken", None, None, "waiting")]


def test_without_a_first_report_the_running_level_sets_the_latest_moment() -> None:
    facts = [told(), started(10, "II")]
    assert waits(facts, 140) == ("first_spoken", 130, 10)
    assert waits([told(), started(10, "II"), sent(20, "first_spoken")], 140) == ("follow_up", 140, 0)


def test_a_first_report_within_the_interval_resets_it_and_is_no_follow_up() -> None:
    facts = [told(), started(0, "II"), sent(30, "first_spoken")]
    assert said(facts, 40) == [("first_spoken", None, 30, "no_deadline"), ("follow_up", 150, None, "waiting")]


def test_heating_asks_for_a_written_report_within_half_an_hour_of_the_first_call() -> None:
    facts = [told(), sent(10, "first_spoken")]
    assert waits(facts, 30, HEATING) == ("first_written", 40, 0)
    assert waits(facts, 45, HEATING) == ("first_written", 40, 5)
    assert said([*facts, sent(40, "first_written")], 50, HEATING) == [
        ("first_spoken", None, 10, "no_deadline"),
        ("first_written", 40, 40, "in_time"),
    ]
    late = rows([*facts, sent(52, "first_written")], 60, HEATING)
    assert (late[1].state, late[1].late_minutes) == ("late", 12)
    assert "30 分钟" in late[1].rule
    assert said(facts, 41, HEATING)[1] == ("first_written", 40, None, "missing")


def test_who_reports_in_writing_at_once_owes_no_second_one() -> None:
    facts = [told(), sent(10, "first_written")]
    assert said(facts, 100, HEATING) == [("first_written", None, 10, "no_deadline")]


def test_heating_follow_ups_have_no_deadline_and_a_final_report_is_owed_after_the_end() -> None:
    facts = [told(), sent(0, "first_spoken"), sent(20, "first_written"), started(30, "II"), sent(300)]
    assert waits(facts, 400, HEATING) == ("follow_up", None, 0)
    assert said(facts, 400, HEATING)[-1] == ("follow_up", None, 300, "no_deadline")
    closed = [*facts, ended(500)]
    assert waits(closed, 600, HEATING) == ("final", None, 0)
    assert said(closed, 600, HEATING)[-1] == ("final", None, None, "waiting")
    final = [*closed, sent(700, "final")]
    assert waits(final, 800, HEATING) is None
    assert said(final, 800, HEATING)[-1] == ("final", None, 700, "no_deadline")
    again = [*final, broken(900), started(910, "II"), ended(1000)]
    assert waits(again, 1100, HEATING) == ("final", None, 0)


def test_a_false_alarm_that_nobody_was_told_of_owes_nothing() -> None:
    from tests.web.incidents.logs import fact  # noqa: PLC0415

    facts = [told(), fact("closed", 30, reason="误报")]
    assert waits(facts, 60, HEATING) is None
    assert said(facts, 60, HEATING) == [("first_spoken", None, None, "missing")]
    assert rows(facts, 60, HEATING)[0].state_title == "未见记录"


def test_whether_an_answer_was_in_time_is_not_known() -> None:
    facts = [told(), sent(0, "first_spoken"), sent(90, "answer", to="市能源局")]
    (row,) = [row for row in rows(facts, 100, HEATING) if row.kind == "answer"]
    assert (row.state, row.due_at, row.to) == ("unknown", None, "市能源局")
    assert "30 分钟" in row.rule
    (row,) = [row for row in rows(facts, 100, ENERGY) if row.kind == "answer"]
    assert row.state == "no_deadline"
    level = [told(), sent(0, "first_spoken"), started(0, "I"), sent(50, "answer")]
    assert waits(level, 55) == ("follow_up", 60, 0)


def test_a_report_withdrawn_is_as_if_never_sent() -> None:
    facts = [told(), sent(0, "first_spoken"), started(0, "III"), sent(170)]
    assert said([*facts, withdrawn(200, 4)], 300) == said(facts[:3], 300)
    assert waits([*facts, withdrawn(200, 4)], 300) == waits(facts[:3], 300) == ("follow_up", 180, 120)


def test_a_third_plan_is_read_from_its_file() -> None:
    facts = [told(), sent(0, "first_spoken"), started(0, "四级")]
    assert waits(facts, 10, THIRD) == ("follow_up", 360, 0)
    higher = [*facts, changed(100, "三级")]
    assert waits(higher, 500, THIRD) == ("follow_up", None, 0)
    assert waits([*higher, changed(600, "四级")], 700, THIRD) == ("follow_up", 960, 0)
    found = next_report(THIRD, effective(facts), after(10), "zh")
    assert found is not None
    assert found.rule == "四级响应期间每 6 小时一报"
    assert found.clause == "4.5"
    assert next_report(THIRD, effective([told()]), after(10), "en").rule.count("及时") == 1  # type: ignore[union-attr]


def test_before_the_first_fact_nothing_is_asked() -> None:
    assert waits([told(10)], 5) is None
    assert said([], 5) == []


def test_reports_missed_for_years_are_counted_without_walking_them_and_a_late_one_stands_for_the_last() -> None:
    years = 60 * 24 * 365 * 5
    facts = [told(), sent(0, "first_spoken"), started(0, "I"), sent(years + 20)]
    assert len(duties_of(ENERGY, effective(facts[:-1]), after(years), "zh").grid.missed) == 1
    assert waits(facts[:-1], years + 20) == ("follow_up", 60, years - 40)
    first, missing, late, waiting = rows(facts, years + 30)
    assert (first.kind, missing.count, minute(missing.due_until)) == ("first_spoken", years // 60 - 1, years - 60)
    assert (late.state, minute(late.due_at), late.late_minutes) == ("late", years, 20)
    assert minute(waiting.due_at) == years + 80
