"""Mobile units: where they go, against every way to send them, and what is said of them."""

from __future__ import annotations

import itertools

import pytest

from priority.restoration.results import RestorationPlan
from tests.pictures import District
from tests.priority.restoration.towns import clock, crew, plan_for, ready_hours, restored, unit, value_of

FAULT = {"a": 0.0}


def town() -> District:
    """One node without power, and places of several classes on it."""
    district = District().network("electricity", "S* - s1| - a:50")
    district.facility("gov", "government", electricity=("a", 2))
    return district.facility("h", "hospital", electricity=("a", 1))


def sent(plan: RestorationPlan) -> dict[str, str]:
    return {row.unit: row.facility for row in plan.units}


def test_a_unit_that_comes_in_time_keeps_a_place_going() -> None:
    district = District().network("electricity", "S* - s1| - a:50").facility("h", electricity=("a", 1))
    plan = plan_for(district, FAULT, {"units": [unit("g1")]})
    (row,) = plan.units
    assert (row.facility, row.in_time, row.fails_at[11:16], row.ready_at[11:16], row.back_at) == (
        *("h", True, "09:00", "08:30"),
        None,
    )
    assert row.saves_hours == 71.0
    assert plan.uncovered == ()
    assert [level.key for level in plan.levels] == ["hospital", "people"]
    assert plan.levels[0].value == 0.0
    assert plan.incident["placements"] == [
        {"facility": "h", "commodity": "electricity", "at": "2026-01-12T08:30:00+08:00", "unit": "g1"}
    ]


def test_one_unit_goes_to_the_higher_class() -> None:
    plan = plan_for(town(), FAULT, {"units": [unit("g1")]})
    assert sent(plan) == {"g1": "gov"}
    (row,) = plan.uncovered
    assert (row.facility, row.commodity, row.fails_at[11:16], row.back_at) == ("h", "electricity", "09:00", None)
    assert row.reason == "停电，发电车已派往更要紧的单位"


def test_the_commander_s_order_goes_before_the_plan_s() -> None:
    order = {"categories": ["hospital"], "reason": "手术中"}
    plan = plan_for(town(), FAULT, {"units": [unit("g1")]}, priority_order=order)
    assert sent(plan) == {"g1": "h"}
    assert [level.key for level in plan.levels] == ["hospital", "government", "people"]


def test_too_small_a_unit_is_never_sent_and_an_unknown_size_is_said() -> None:
    district = District().network("electricity", "S* - s1| - a:50")
    district.facility("h", electricity=("a", 1, True, 300.0))
    small = plan_for(district, FAULT, {"units": [unit("g1", capacity=299)]})
    assert small.units == ()
    assert small.uncovered[0].reason == "停电，现有发电车能力都不够"
    enough = plan_for(district, FAULT, {"units": [unit("g1", capacity=300)]})
    assert [(row.facility, row.capacity) for row in enough.units] == [("h", "enough")]
    unknown = plan_for(district, FAULT, {"units": [unit("g1")]})
    assert [row.capacity for row in unknown.units] == ["unknown"]
    assert "须核对" in unknown.units[0].reason


def test_a_unit_goes_to_the_root_of_the_chain() -> None:
    """The hospital fails for want of water, the pump for want of power: only the pump can be helped by a generator."""
    district = District().network("electricity", "S* - s1| - a:50").network("water", "W* - w:10")
    district.facility("pump", "utility", feeds="W", electricity=("a", 0))
    district.facility("school", "school", electricity=("a", 0))
    district.facility("h", water=("w", 1))
    plan = plan_for(district, FAULT, {"units": [unit("g1")]})
    assert sent(plan) == {"g1": "pump"}
    assert {level.key: level.value for level in plan.levels}["hospital"] == 0.0


def test_a_unit_that_no_place_of_the_list_needs_goes_to_another() -> None:
    district = District().network("electricity", "S* - s1| - a:50").facility("school", "school", electricity=("a", 1))
    plan = plan_for(district, FAULT, {"units": [unit("g1")]})
    assert [(row.facility, row.tier, row.saves_hours) for row in plan.units] == [("school", None, 71.0)]
    assert [level.key for level in plan.levels] == ["people"]
    district.facility("h", electricity=("a", 30))
    assert sent(plan_for(district, FAULT, {"units": [unit("g1")]})) == {"g1": "h"}


def test_each_kind_brings_its_own() -> None:
    district = District().network("heat", "H* - v1| - k:5").network("water", "W* - v2| - w:5")
    district.facility("ward", heat=("k", 1)).facility("home", "residential", water=("w", 1))
    units = [unit("g1"), unit("b1", "boiler"), unit("t1", "tanker")]
    plan = plan_for(district, {"k": 0.0, "w": 0.0}, {"units": units}, plan="heating-zezhou")
    assert sent(plan) == {"b1": "ward", "t1": "home"}
    assert {row.unit: row.commodity for row in plan.units} == {"b1": "heat", "t1": "water"}


def test_a_place_that_lacks_two_things_gets_two_units() -> None:
    district = District().network("electricity", "S* - s1| - a:5").network("heat", "H* - v1| - k:5")
    district.facility("h", electricity=("a", 1), heat=("k", 1))
    plan = plan_for(district, {"a": 0.0, "k": 0.0}, {"units": [unit("g1"), unit("b1", "boiler")]})
    assert sent(plan) == {"g1": "h", "b1": "h"}
    alone = plan_for(district, {"a": 0.0, "k": 0.0}, {"units": [unit("g1")]})
    assert alone.units == ()  # power alone would not keep it going


def test_a_late_unit_shortens_what_it_cannot_prevent() -> None:
    district = District().network("electricity", "S* - s1| - a:50").facility("h", electricity=("a", 0))
    plan = plan_for(district, FAULT, {"units": [unit("g1", setup_hours=2)]})
    assert [(row.in_time, row.fails_at[11:16]) for row in plan.units] == [(False, "08:00")]
    assert plan.uncovered[0].hours == 2.0
    assert plan.uncovered[0].reason == "停电，g1车 要到 1月12日 10:00 才能接入"


def test_a_place_repaired_before_it_fails_needs_no_unit() -> None:
    district = District().network("electricity", "S* - s1| - a:50").facility("h", electricity=("a", 5))
    plan = plan_for(district, FAULT, {"crews": [crew("c1")], "units": [unit("g1")]})
    assert plan.units == ()
    assert plan.uncovered == ()


def test_a_unit_that_the_incident_places_is_not_sent_again() -> None:
    entered = [{"facility": "h", "commodity": "electricity", "at": clock(0), "unit": "g1"}]
    plan = restored(town(), {"faults": [{"element": "a"}], "placements": entered}, {"units": [unit("g1")]})
    assert plan.units == ()
    assert plan.incident["placements"] == entered
    assert [row.facility for row in plan.uncovered] == ["gov"]


def test_no_unit_without_a_road() -> None:
    district = District().network("electricity", "S* - s1| - a:50").facility("h", electricity=("a", 1))
    district.road("r1", "0,0 1,0").road("r2", "4,33 5,33")
    plan = plan_for(district, FAULT, {"units": [unit("g1", depot=[112.001, 35.2])]})
    assert plan.units == ()
    assert plan.uncovered[0].reason == "停电，发电车没有道路可到"


@pytest.mark.parametrize("count", [1, 2])
def test_against_every_way_to_send_the_units(count: int) -> None:
    district = town().facility("tv", "broadcast_telecom", strip=2, electricity=("a", 0.25))
    units = [unit("g1"), unit("g2", depot=[112.25, 35.45], setup_hours=0.25)][:count]
    plan = plan_for(district, FAULT, {"units": units})
    strip = {"gov": 0, "h": 0, "tv": 2}
    found = []
    for places in itertools.product((*strip, None), repeat=count):
        taken = [place for place in places if place]
        if len(set(taken)) < len(taken):
            continue
        placements = [
            {"facility": place, "commodity": "electricity", "at": clock(ready_hours(item, strip[place]))}
            for item, place in zip(units, places, strict=True)
            if place
        ]
        other = restored(district, {"faults": [{"element": "a"}], "placements": placements}, {})
        values = {level.key: level.value for level in other.levels}
        found.append(tuple(values.get(level.key, 0.0) for level in plan.levels))
    assert value_of(plan) == pytest.approx(min(found), abs=1e-3)
