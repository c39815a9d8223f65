"""How far a plan looks ahead, and what it says of faults to come, distant crews, and repairs that bring nothing."""

from __future__ import annotations

from typing import Any

import pytest

from priority.restoration.results import RestorationPlan
from tests.pictures import District
from tests.priority.restoration.towns import crew, plan_for, two_feeders, unit

BOTH = {"a": 0.0, "b": 0.0}
ONE = {"crews": [crew("c1")]}


def notes(plan: RestorationPlan, code: str) -> list[str]:
    return [note.text for note in plan.assumptions if note.code == code]


def slow(hours: float) -> dict[str, Any]:
    return {**ONE, "repairs": [{"fault": "b", "hours": hours}, {"fault": "a", "hours": hours}]}


@pytest.mark.parametrize(("entered", "hours", "planned"), [(1.0, 2.0, 72.0), (1.0, 50.0, 101.0), (96.0, 2.0, 96.0)])
def test_a_plan_looks_as_far_as_its_repairs_go(entered: float, hours: float, planned: float) -> None:
    """Within one hour no order of repairs is better than another; the hospital comes first all the same."""
    plan = plan_for(two_feeders(), BOTH, slow(hours), horizon_hours=entered)
    assert [step.fault for step in plan.steps] == ["a", "b"]
    assert plan.horizon_hours == planned
    assert plan.incident["horizon_hours"] == entered
    assert (notes(plan, "horizon") != []) == (planned > entered)
    assert plan.levels[0].value == pytest.approx(hours - 1, abs=0.01)  # one hour on its reserve
    if planned > entered:
        assert f"{planned:g} 小时" in notes(plan, "horizon")[0]


def test_the_usual_horizon_is_lengthened_too_and_never_beyond_a_month() -> None:
    plan = plan_for(two_feeders(), BOTH, slow(400))
    assert (plan.horizon_hours, "horizon_hours" in plan.incident) == (720.0, False)
    assert plan.steps[0].fault == "a"


def test_faults_to_come_are_said_to_have_no_switching() -> None:
    ring = District().network("electricity", "S* - s1| - a:10 - s2| - b:20 - t1/ - c:30 - s3| - Q*")
    assert notes(plan_for(ring, {"a": 0.0}, ONE), "to_come") == []
    later = plan_for(ring, {"a": 5.0}, ONE)
    assert later.switching == ()
    assert notes(later, "to_come")[0].startswith("1 处故障在事件时刻尚未发生")


def test_a_crew_or_unit_very_far_away_is_named() -> None:
    crews = [crew("c1"), crew("c2", depot=[80.0, 45.0]), crew("c3", "gas", depot=[80.0, 45.0])]
    units = [unit("g1"), unit("g2", depot=[80.0, 45.0])]
    told = notes(plan_for(two_feeders(), BOTH, {"crews": crews, "units": units}), "distant")
    assert [text.split(" ")[0] for text in told] == ["c2队", "g2车"]
    assert all("路上要" in text for text in told)


def test_a_repair_that_brings_nothing_says_why() -> None:
    """Two faults in a row: the far one's repair waits for the near one's; with a tie closed nobody waits."""
    row = District().network("electricity", "S* - s1| - a:10 - s2| - b:20")
    fixed = [{"fault": "b", "crew": "c1", "position": 1}]
    first = plan_for(row, BOTH, {**ONE, "fixed": fixed}).steps[0]
    assert (first.fault, first.reason) == ("b", "先修，按指定安排：修复当时无人因此复供：还缺其他修复")
    ring = District().network("electricity", "S* - s1| - a:0 - s2| - b:20 - t1/ - c:30 - s3| - Q*")
    (step,) = plan_for(ring, {"a": 0.0}, ONE).steps
    assert step.reason == "先修：修复当时无人因此复供：都已由别处供应"


def test_names_that_end_in_a_number_stand_apart() -> None:
    district = District().network("electricity", "S* - s1| - a:10").facility("7", "school", electricity=("a", 0))
    plan = plan_for(district, {"a": 0.0}, ONE)
    assert "恢复单位7 供电" in plan.steps[0].reason
