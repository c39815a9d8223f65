"""Doors by township: the rows add up to what is inside, whatever the area, and nobody is counted twice."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from priority.townships import Townships
from priority.warnings import Exposure
from priority.warnings.doors import doors_of
from tests.priority.warnings.areas import areas, counties, frames
from tests.priority.warnings.test_exposure import points_like


@pytest.fixture(scope="module")
def sample() -> Exposure:
    return Exposure.build(frames())


def assert_adds_up(exposure: Exposure, area: BaseGeometry) -> None:
    inside, doors = exposure.inside(area, restricted=True), doors_of(exposure, area, restricted=True)
    assert sum(row.people for row in doors) == inside.people
    assert sum(row.vulnerable_people for row in doors) == inside.vulnerable_people
    assert sum(row.people_unknown for row in doors) == next(
        (row.people_unknown for row in inside.networks if row.network == inside.people_network),
        sum(row.people_unknown for row in doors),
    )
    assert {row.id for door in doors for row in door.facilities} == {row.id for row in inside.facilities}
    assert sum(len(door.facilities) for door in doors) == len(inside.facilities)
    codes = [row.code for row in doors]
    assert len(set(codes)) == len(codes)
    assert None not in codes[:-1]
    assert {row.code for row in inside.townships} <= set(codes)
    # Each township is rounded by itself, as it is shown.
    shown = sum(row.households or 0 for row in doors)
    assert abs(shown - inside.households) <= len(doors)


@settings(max_examples=30, deadline=None)
@given(areas(), st.integers(0, 3))
def test_rows_add_up_to_what_is_inside(case: tuple[BaseGeometry, BaseGeometry], seed: int) -> None:
    facilities, townships = frames()["facilities"].sort_values("id"), frames()["townships"]
    assert_adds_up(Exposure.of_points(points_like(1_000, seed), facilities, townships), case[0])


def test_rows_of_the_sample_add_up_for_both_counties(sample: Exposure) -> None:
    for code in ("140502", "140525"):
        assert_adds_up(sample, counties()[code])
    whole = shapely.union_all(sample.townships.shapes)
    doors = doors_of(sample, whole)
    assert [row.code for row in doors] == list(sample.townships.codes)
    assert not any(row.households_estimated for row in doors)
    assert sum(row.households or 0 for row in doors) == frames()["townships"]["households"].sum()


def test_a_point_on_a_shared_border_belongs_to_one_township(sample: Exposure) -> None:
    towns = sample.townships
    one, other = next(
        (i, j)
        for i in range(len(towns.codes))
        for j in range(i + 1, len(towns.codes))
        if shapely.intersection(towns.shapes[i], towns.shapes[j]).length > 0.001
    )
    corner = shapely.get_coordinates(shapely.intersection(towns.shapes[one], towns.shapes[other]))[0]
    points = points_like(40, 1)
    points.points[:] = corner
    exposure = Exposure.of_points(points, frames()["facilities"].iloc[:0], frames()["townships"])
    area = shapely.union(towns.shapes[one], towns.shapes[other])
    counted = [row for row in doors_of(exposure, area) if row.people]
    assert [row.people for row in counted] == [exposure.inside(area).people]


def test_an_empty_area_has_no_doors_and_restricted_places_are_left_out(sample: Exposure) -> None:
    assert doors_of(sample, shapely.Polygon()) == ()
    whole = shapely.union_all(sample.townships.shapes)
    named = {row.category for door in doors_of(sample, whole) for row in door.facilities}
    assert "defence" not in named
    assert "school" in named


def test_what_lies_in_no_township_has_a_row_of_its_own() -> None:
    nodes, facilities = frames()["network_nodes"], frames()["facilities"]
    exposure = Exposure.build(
        {"network_nodes": nodes, "facilities": facilities, "townships": frames()["townships"][:1]}
    )
    assert isinstance(exposure.townships, Townships)
    area = counties()["140502"]
    *_, last = doors_of(exposure, area)
    assert (last.code, last.name, last.households) == (None, None, None)
    assert last.people > 0
    assert_adds_up(exposure, area)


def test_unknown_households_stay_unknown() -> None:
    townships: pd.DataFrame = frames()["townships"].assign(households=np.nan)
    exposure = Exposure.build({**frames(), "townships": townships})
    doors = doors_of(exposure, counties()["140502"])
    assert {row.households for row in doors} == {None}
