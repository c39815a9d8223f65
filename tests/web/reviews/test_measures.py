"""The checklist of each level that ran, against the entries that say what was done."""

from __future__ import annotations

from collections.abc import Sequence

from priority.plans import Plan
from tests.web.reviews.cases import (
    ENERGY,
    HEATING,
    THIRD,
    broken,
    changed,
    done,
    ended,
    log_written,
    material,
    started,
    told,
)
from webmap.incidents.entries import Fact
from webmap.reviews.measures import measure_rows
from webmap.reviews.results import MeasureRow
from webmap.reviews.review import measures_counted

THREE, TWO, ONE = (ENERGY.levels[place].measures for place in range(3))
GUARANTEE = THREE[5].text


def rows(facts: Sequence[Fact], at: float, plan: Plan = ENERGY) -> list[MeasureRow]:
    return measure_rows(material(log_written(facts), at, plan))


def recorded(found: Sequence[MeasureRow]) -> list[tuple[str | None, str | None, float | None]]:
    return [(row.level, row.clause, row.hours) for row in found if row.state == "done"]


def test_every_measure_of_the_running_level_is_open_until_it_is_recorded() -> None:
    facts = [told(), started(10, "III"), done(100, THREE[1].text, THREE[1].clause, unit="区应急管理局")]
    found = rows(facts, 120)
    assert [row.text for row in found] == [measure.text for measure in THREE]
    assert recorded(found) == [("III", "4.2.1(2)", 1.5)]
    assert found[1].by == "区应急管理局"
    assert {row.state for row in found if row is not found[1]} == {"open"}
    assert measures_counted(found) == (8, 1)


def test_what_is_not_recorded_when_a_level_is_changed_or_ended_is_not_recorded_and_no_more() -> None:
    found = rows([told(), started(0, "III"), changed(60, "II"), ended(120)], 130)
    assert [row.state for row in found] == ["ended_undone"] * (len(THREE) + len(TWO))
    assert {row.state_title for row in found} == {"未见记录"}
    assert [row.level for row in found] == ["III"] * len(THREE) + ["II"] * len(TWO)


def test_the_same_words_in_two_levels_are_told_apart_by_the_clause() -> None:
    assert TWO[6].text == GUARANTEE
    facts = [told(), started(0, "III"), changed(60, "II")]
    assert recorded(rows([*facts, done(90, GUARANTEE, "4.2.1(6)")], 100)) == [("III", "4.2.1(6)", 1.5)]
    assert recorded(rows([*facts, done(90, GUARANTEE, "4.2.2(7)")], 100)) == [("II", "4.2.2(7)", 0.5)]
    assert recorded(rows([*facts, done(90, GUARANTEE)], 100)) == [("II", "4.2.2(7)", 0.5)]
    assert recorded(rows([*facts, done(30, GUARANTEE)], 100)) == [("III", "4.2.1(6)", 0.5)]


def test_a_level_that_runs_again_in_a_response_has_its_checklist_once_from_its_first_start() -> None:
    facts = [told(), started(0, "III"), done(30, THREE[0].text, THREE[0].clause), changed(60, "II"), changed(90, "III")]
    facts += [done(150, THREE[0].text, THREE[0].clause), done(180, THREE[1].text, THREE[1].clause)]
    found = rows(facts, 200)
    assert recorded(found) == [("III", "4.2.1(1)", 0.5), ("III", "4.2.1(2)", 3.0)]
    assert measures_counted(found) == (19, 2) == (len(THREE) + len(TWO), 2)
    assert len({(row.clause, row.text) for row in found}) == len(found)
    # The level that runs again may still do what is open; the one that was left may not.
    assert {row.state for row in found if row.level == "III"} == {"done", "open"}
    assert {row.state for row in found if row.level == "II"} == {"ended_undone"}


def test_the_same_words_without_a_clause_stand_for_the_level_that_runs_then() -> None:
    facts = [told(), started(0, "III"), changed(60, "II"), changed(90, "III"), done(100, GUARANTEE)]
    assert recorded(rows(facts, 120)) == [("III", "4.2.1(6)", 1.67)]


def test_a_response_that_is_started_again_has_its_own_checklist() -> None:
    facts = [told(), started(0, "III"), done(30, THREE[0].text, THREE[0].clause), ended(60)]
    found = rows([*facts, broken(100, "e-2"), started(120, "III"), done(150, THREE[0].text, THREE[0].clause)], 200)
    assert recorded(found) == [("III", "4.2.1(1)", 0.5), ("III", "4.2.1(1)", 0.5)]
    assert measures_counted(found) == (2 * len(THREE), 2)


def test_the_first_entry_of_a_measure_counts() -> None:
    twice = [done(minutes, THREE[0].text, THREE[0].clause) for minutes in (30, 90)]
    assert recorded(rows([told(), started(0, "III"), *twice], 100)) == [("III", "4.2.1(1)", 0.5)]


def test_other_words_stand_for_the_only_measure_of_a_clause() -> None:
    facts = [told(), started(0, "III"), done(60, "已成立检查组", "4.2.1(4)")]
    assert recorded(rows(facts, 100)) == [("III", "4.2.1(4)", 1.0)]


def test_where_a_clause_has_several_measures_the_words_must_say_which() -> None:
    measures = HEATING.levels[0].measures
    assert len({measure.clause for measure in measures}) == 1
    facts = [told(), started(0, "III"), done(60, measures[2].text.rstrip("。") + " ", measures[2].clause)]
    found = rows([*facts, done(70, "派人到场", measures[0].clause)], 100, HEATING)
    assert [row.state for row in found] == ["open", "open", "done", "open", "done"]
    assert (found[-1].level, found[-1].text, found[-1].due_from) == (None, "派人到场", None)
    assert measures_counted(found) == (4, 1)


def test_measures_for_a_cause_stand_beside_the_checklist_with_what_the_plan_says_of_them() -> None:
    step = HEATING.cause_measures[1].steps[2]
    found = rows([told(), done(20, step.text)], 30, HEATING)
    assert [(row.level, row.clause, row.unit, row.state) for row in found] == [(None, "4.5.2(1)", "抢险队员", "done")]


def test_what_was_done_before_the_level_is_told_so() -> None:
    assert recorded(rows([told(), done(0, THREE[0].text, THREE[0].clause), started(30, "III")], 40)) == [
        ("III", "4.2.1(1)", -0.5)
    ]


def test_without_a_level_nothing_is_due() -> None:
    assert rows([told()], 500) == []


def test_a_third_plans_checklists_are_its_own() -> None:
    found = rows([told(), started(0, "四级"), done(60, "巡查", "4.1")], 90, THIRD)
    assert [(row.text, row.group, row.state, row.hours) for row in found] == [("巡查", "repair", "done", 1.0)]
