"""Mines and coal in the protection list, and what may stand in for something else."""

from __future__ import annotations

from tests.pictures import District
from tests.priority.protection.lists import list_of


def heated(tonnes_per_day: float) -> District:
    """A boiler house with five hours of coal, its mine, and an office that has nothing to do with them."""
    district = District().network("heat", "H* - v| - homes:40").network("electricity", "S* - s1| - office:3")
    district.facility("boiler", "heat_supply", feeds="H", coal=(None, 5, True, 100.0)).facility("mine", "other")
    district.facility("hall", "government", electricity=("office", 1), heat=("homes", 2))
    return district.coal_route("r", "boiler", "mine", tonnes_per_day)


def test_a_mine_is_guarded_for_what_burns_its_coal() -> None:
    result = list_of(heated(100.0).frames())
    mine = next(row for row in result.guard if row.id == "mine")
    assert (mine.kind, mine.network, mine.consequence.customers["heat"]) == ("facility", "coal", 40)
    assert [(place.id, place.hours) for place in mine.consequence.facilities] == [("hall", 7.0)]
    assert [row.state for row in result.coal] == ["enough"]


def test_coal_that_runs_out_anyway_is_no_failures_doing() -> None:
    result = list_of(heated(50.0).frames())  # ten hours of coal whatever happens; the hall is cold after twelve
    power = next(row for row in result.guard if row.network == "electricity")
    assert power.consequence.customers == {"electricity": 3, "gas": 0, "heat": 0, "water": 0}
    # Without power the hall fails after one hour instead of twelve: eleven hours are the feeder's.
    assert power.consequence.facility_hours == 11.0
    mine = next(row for row in result.guard if row.id == "mine")
    assert mine.consequence.facility_hours == 5.0  # cold after seven hours instead of twelve
    assert [row.state for row in result.coal] == ["short_within_horizon"]
    assert "1 家电厂、热源厂的存煤将在时段内用完" in result.summary


def test_what_may_stand_in_is_a_second_way_under_a_plan_that_allows_it() -> None:
    district = District().network("gas", "G* - v| - g").network("electricity", "S* - s1| - e")
    district.facility("h", gas=("g", 1)).stand_in("h", "gas", "electricity", "e")
    allowed = list_of(district.frames(), plan="energy-chengqu")
    assert (allowed.guard, allowed.single_feed) == ((), ())
    assert allowed.pairs[0].beyond.facility_hours == 23.0
    refused = list_of(district.frames(), plan="heating-zezhou")
    assert [row.commodity for row in refused.single_feed] == ["gas"]
    assert refused.guard[0].consequence.facility_hours == 23.0
