"""Places that fail more than once, or for one thing after another, and what a unit is credited with."""

from __future__ import annotations

import pytest

from priority.restoration.results import RestorationPlan
from tests.pictures import District
from tests.priority.restoration.towns import crew, plan_for, unit

ONE = {"crews": [crew("c1")]}
BOTH = {"a": 0.0, "k": 0.0}


def power_and_heat(heat_hours: float) -> District:
    """A hospital without a reserve of power, and with one of heat; only power is repaired (two hours)."""
    district = District().network("electricity", "S* - s1| - a:5").network("heat", "H* - v1| - k:5")
    return district.facility("h", electricity=("a", 0), heat=("k", heat_hours))


def told(plan: RestorationPlan) -> list[tuple[str, str, str | None]]:
    return [(row.commodity, row.fails_at[11:16], row.back_at and row.back_at[11:16]) for row in plan.uncovered]


def test_a_place_that_fails_twice_has_a_row_for_each_time() -> None:
    plan = plan_for(power_and_heat(5), BOTH, {**ONE, "repairs": [{"fault": "a", "hours": 2}]})
    assert told(plan) == [("electricity", "08:00", "10:00"), ("heat", "13:00", None)]
    assert [row.hours for row in plan.uncovered] == pytest.approx([2.0, 67.0], abs=0.01)
    assert [row.reason for row in plan.uncovered] == ["停电，没有可用的发电车", "停热，没有可用的移动锅炉"]
    assert plan.levels[0].value == pytest.approx(69.0, abs=0.01)
    assert "仍有 1 家重点单位会中断，最久 69 小时（单位h）" in plan.summary


def test_what_goes_on_for_another_reason_is_one_row_with_both() -> None:
    plan = plan_for(power_and_heat(1), BOTH, {**ONE, "repairs": [{"fault": "a", "hours": 2}]})
    assert told(plan) == [("electricity", "08:00", None)]
    assert plan.uncovered[0].reason == "停电，没有可用的发电车；随后停热，没有可用的移动锅炉"


def test_a_unit_is_credited_with_the_failure_that_it_prevents() -> None:
    """Heat fails at 08:15 whatever the tanker does; without it the water would end at 15:30."""
    district = District().network("heat", "H* - v1| - k:5").network("water", "W* - v2| - w:5")
    district.facility("h", heat=("k", 0.25), water=("w", 7.5))
    units = [unit("b1", "boiler"), unit("t1", "tanker", setup_hours=0.1)]
    plan = plan_for(district, {"k": 0.0, "w": 0.0}, {"units": units})
    assert [(row.unit, row.fails_at[11:16], row.in_time) for row in plan.units] == [
        ("b1", "08:15", False),
        ("t1", "15:30", True),
    ]
    assert plan.units[1].ready_at < plan.units[0].ready_at
    assert plan.units[1].saves_hours == pytest.approx(64.5)
    assert plan.units[1].reason.startswith("单位h（第 4 类，4.2.1(6)）停水，备用将于 1月12日 15:30 耗尽")
    assert told(plan) == [("heat", "08:15", "08:30")]
