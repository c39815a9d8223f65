"""What to guard first: small districts that a person can check, and random ones against every failure tried."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from priority.plans import load_plan
from priority.protection.candidates import candidates
from priority.protection.effects import Follower
from priority.protection.failures import all_failures
from priority.protection.guard import follow_all, one_for_each_effect
from priority.protection.scope import Scope
from priority.system import SupplySystem
from priority.wording import Phrases
from tests.pictures import District
from tests.priority.protection.brute import Brute
from tests.priority.protection.lists import HORIZON_H, list_of
from tests.priority.random_districts import districts
from tests.priority.small import AT


def test_a_small_hospital_goes_before_a_large_town() -> None:
    district = District().network("electricity", "S* - s1| - town:5000\nS - s2| - ward:3")
    district.facility("h", electricity=("ward", 4))
    rows = list_of(district.frames()).guard
    assert rows[0].id == "S"  # both of them
    of_ward = next(row for row in rows if row.id in ("ward", "s2--ward"))
    of_town = next(row for row in rows if row.id in ("town", "s1--town"))
    assert of_ward.rank < of_town.rank
    assert (of_ward.consequence.facility_hours, of_ward.consequence.customers["electricity"]) == (20.0, 3)
    assert of_ward.consequence.facilities[0].hours == 4.0
    assert of_town.consequence.customers["electricity"] == 5000
    assert "4 小时后单位h（第 4 类）因停电停运" in of_ward.reason


def test_one_row_stands_for_all_elements_of_equal_effect() -> None:
    district = District().network("electricity", "S* - s1| - a - b:10 - c")
    rows = list_of(district.frames()).guard
    assert len(rows) == 1  # source, switch and feeder: whatever fails, the ten are without power
    assert rows[0].id == "S"
    assert "另有 8 个元件停运后果相同" in rows[0].reason


def test_a_failed_pump_takes_its_water_after_the_tank() -> None:
    district = District().network("electricity", "S* - s1| - p").network("water", "W* - v| - w:70")
    district.facility("pump", "heat_supply", feeds="W", electricity=("p", 2)).facility("h", water=("w", 5))
    rows = list_of(district.frames()).guard
    power = next(row for row in rows if row.network == "electricity")
    assert power.consequence.customers == {"electricity": 0, "gas": 0, "heat": 0, "water": 70}
    assert [(place.id, place.hours) for place in power.consequence.facilities] == [("h", 7.0)]
    plant = next(row for row in rows if row.kind == "facility")
    assert (plant.id, plant.consequence.facilities[0].hours) == ("pump", 5.0)
    assert plant.rank < power.rank


def test_nothing_to_guard_is_said() -> None:
    result = list_of(District().network("electricity", "S* - a").frames())
    assert result.guard == ()
    assert "没有一种会使清单单位或用户失去供应" in result.summary
    empty = list_of(District().frames())
    assert (empty.guard, empty.pairs, empty.single_feed, empty.short_reserve, empty.examined) == ((), (), (), (), 0)


def test_english_is_complete() -> None:
    district = District().network("electricity", "S* - s1| - ward:3").facility("h", electricity=("ward", None))
    result = list_of(district.frames(), language="en")
    assert result.guard[0].reason.startswith(
        "Its failure leaves 3 customers without power; 单位h (tier 4) fails at once"
    )
    assert "reserves that nobody knows: 1 places" in result.summary
    assert all(item.text and "{" not in item.text for item in result.assumptions)


@settings(max_examples=25, deadline=None)
@given(districts(), st.booleans())
def test_the_ranking_is_that_of_every_failure_tried(district: District, restricted: bool) -> None:
    frames = district.frames()
    brute = Brute(frames, HORIZON_H, restricted=restricted)
    rows = list_of(frames, restricted=restricted).guard
    assert [brute.weight(brute.alone[row.id]) for row in rows] == brute.singles()[:50]
    for row in rows:
        toll = brute.alone[row.id]
        assert row.consequence.customers == brute.customers(toll)
        assert {(place.id, round(HORIZON_H - place.hours, 4)) for place in row.consequence.facilities} == toll.places
        assert row.consequence.facility_hours == pytest.approx(sum(hours for _, hours in toll.places))


@settings(max_examples=20, deadline=None)
@given(districts(), st.integers(3, 12))
def test_of_many_failures_the_worst_by_some_measure_are_followed(district: District, limit: int) -> None:
    system = SupplySystem.build(district.frames(), "1")
    scope = Scope(system, load_plan("energy-chengqu"), AT, 24 * 3600, Phrases("zh"), True)
    failures = all_failures(scope)
    chosen = candidates(scope, failures, limit)
    assert len(chosen) <= max(limit, 0)
    worst = one_for_each_effect(follow_all(scope, Follower(scope), failures))
    if worst and not any(failure.kind == "plant" for failure in failures):
        # Without plants nothing follows from the first loss: the heaviest by listed places or people is never missed.
        found = one_for_each_effect(follow_all(scope, Follower(scope), chosen))
        assert max(-item.weight[-1] for item in found) == max(-item.weight[-1] for item in worst)
