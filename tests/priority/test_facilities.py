"""What facilities need, read from their supplies."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from priority.facilities import UNKNOWN_RESERVE, Facilities
from tests.pictures import District


def read(district: District) -> Facilities:
    frames = district.frames()
    nodes = pd.Index(sorted(district.nodes))
    count = len(frames["facilities"])
    return Facilities.build(frames["facilities"], frames["supplies"], nodes, np.zeros(count, np.intp))


def boiler(**needs: Any) -> District:
    district = District().network("electricity", "S* - a").network("gas", "G* - b - c")
    return district.facility("boiler", "heat_supply", **needs)


def test_a_substitute_makes_no_need_of_its_own() -> None:
    district = boiler(electricity=("a", 1), coal=(None, 48, True, 120.0))
    district.stand_in("boiler", "coal", "gas", "c").stand_in("boiler", "coal", "gas", "b")
    needs = read(district).needs
    assert [need.commodity for need in needs] == ["electricity", "coal"]
    coal = needs[1]
    assert coal.nodes == ()
    assert coal.substitute_nodes == (3, 4)
    assert coal.substitute_commodities == ("gas",)
    assert coal.demand == 120.0
    assert coal.required
    assert needs[0].substitute_nodes == ()
    assert [need.nodes for need in needs] == [(2,), ()]


def test_a_substitute_for_what_nobody_needs_is_left_aside() -> None:
    needs = read(boiler(electricity=("a", 1)).stand_in("boiler", "coal", "gas", "b")).needs
    assert [(need.commodity, need.substitute_nodes) for need in needs] == [("electricity", ())]


def test_several_feeds_keep_the_longest_reserve_and_the_largest_demand() -> None:
    district = boiler(gas=(["b", "c"], None))
    district.supplies[0] |= {"demand": 30.0}
    district.supplies[1] |= {"reserve_hours": 2.0, "demand": 50.0}
    (need,) = read(district).needs
    assert (need.nodes, need.reserve_s, need.demand) == ((3, 4), 7200, 50.0)


def test_what_is_not_known_stays_unknown() -> None:
    (need,) = read(boiler(coal=(None, None))).needs
    assert need.reserve_s == UNKNOWN_RESERVE
    assert math.isnan(need.demand)
