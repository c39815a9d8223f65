"""Who is inside: the same figures as asking every point one by one, unknown ones counted apart."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from priority.network.arrays import NETWORK_KEYS
from priority.townships import Townships
from priority.warnings import Exposure, WarningArea
from priority.warnings.exposure import ConsumerPoints
from tests.priority.warnings.areas import areas, counties, frames


@pytest.fixture(scope="module")
def sample() -> Exposure:
    return Exposure.build(frames())


def points_like(count: int, seed: int) -> ConsumerPoints:
    chance = np.random.default_rng(seed)
    figures = chance.integers(0, 50, (3, count)).astype(float)
    figures[chance.random((3, count)) < 0.3] = np.nan
    # Some stand on a coarse grid, so that several share a place and some lie on borders of cells.
    points = np.column_stack([chance.uniform(112.5, 113.1, count), chance.uniform(35.2, 35.8, count)])
    points[::3] = np.round(points[::3], 2)
    return ConsumerPoints(points, chance.integers(0, 4, count), *figures)


@settings(max_examples=60)
@given(areas(), st.integers(0, 5))
def test_sums_are_those_of_asking_every_point(case: tuple[BaseGeometry, BaseGeometry], seed: int) -> None:
    points = points_like(2_000, seed)
    exposure = Exposure.of_points(points, frames()["facilities"].iloc[:0], frames()["townships"].iloc[:0])
    hit = shapely.intersects(case[0], shapely.points(points.points))
    for code, row in enumerate(exposure.inside(case[0]).networks):
        mine = hit & (points.network == code)
        assert row.points == mine.sum()
        assert row.customers == np.nansum(points.customers[mine])
        assert row.customers_unknown == np.isnan(points.customers[mine]).sum()
        assert row.people == np.nansum(points.population[mine])
        assert row.people_unknown == np.isnan(points.population[mine]).sum()
        assert row.vulnerable_people == np.nansum(points.vulnerable_people[mine])
        assert row.vulnerable_unknown == np.isnan(points.vulnerable_people[mine]).sum()


@settings(max_examples=60)
@given(areas(), st.integers(0, 5))
def test_members_are_those_of_asking_every_point(case: tuple[BaseGeometry, BaseGeometry], seed: int) -> None:
    from priority.warnings.point_index import Frame, PointIndex, cover  # noqa: PLC0415

    points = points_like(500, seed).points
    frame = Frame.around(points)
    index = PointIndex.build(points, np.zeros((500, 0)), frame)
    expected = np.flatnonzero(shapely.intersects(case[0], shapely.points(points)))
    assert np.array_equal(index.members(case[0], cover(case[0], frame)), expected)


def test_the_county_holds_what_a_spatial_join_finds(sample: Exposure) -> None:
    county = counties()["140525"]
    inside = sample.inside(county, restricted=True)
    nodes = frames()["network_nodes"]
    joined = gpd.sjoin(nodes, gpd.GeoDataFrame(geometry=[county], crs=nodes.crs), predicate="intersects")
    joined = joined[joined["kind"].isin(["consumer", "transformer"])]
    for row in inside.networks:
        mine = joined[joined["network"] == row.network]
        assert (row.customers, row.people) == (mine["customers"].sum(), mine["population"].sum())
        assert row.points == len(mine)
    places = gpd.sjoin(frames()["facilities"], gpd.GeoDataFrame(geometry=[county], crs=nodes.crs))
    assert inside.schools == (places["category"] == "school").sum() > 0
    assert inside.hospitals == (places["category"] == "hospital").sum() > 0
    assert sum(inside.by_category.values()) == len(places)


def test_people_are_those_of_one_network_and_never_added_up(sample: Exposure) -> None:
    inside = sample.inside(counties()["140525"])
    by_network = {row.network: row.people for row in inside.networks}
    assert inside.people == by_network["electricity"] == max(by_network.values())
    assert inside.people_network == "electricity"


def test_whole_townships_give_their_households_and_parts_an_estimate(sample: Exposure) -> None:
    townships = Townships.build(frames()["townships"])
    figures = frames()["townships"].set_index("code")["households"]
    codes = townships.codes[:3]
    whole = sample.inside(WarningArea.of_townships(townships, codes).shape)
    assert [row.code for row in whole.townships] == list(codes)
    assert {row.share for row in whole.townships} == {1.0}
    assert whole.households == figures[list(codes)].sum()
    assert not whole.households_estimated
    shape = townships.union(codes[:1])
    half = shapely.intersection(shape, shapely.box(*shape.bounds[:2], shape.centroid.x, shape.bounds[3]))
    part = sample.inside(half)
    assert part.households_estimated
    assert part.townships[0].share == pytest.approx(half.area / shape.area, abs=1e-6)


def test_households_of_a_part_go_by_the_people_inside_not_by_its_ground(sample: Exposure) -> None:
    """Asked point by point: the share of people of the network that reaches most of the township's people."""
    townships = Townships.build(frames()["townships"])
    nodes = frames()["network_nodes"]
    homes = nodes[nodes["kind"].isin(["consumer", "transformer"])]
    county = counties()["140502"]
    west, south, east, north = county.bounds
    area = shapely.intersection(county, shapely.box(west, south, (west + east) / 2, (south + north) / 2))
    inside = sample.inside(area)
    assert sum(row.share < 1 for row in inside.townships) > 0
    differing = 0
    for row in inside.townships:
        shape = townships.shapes[list(townships.codes).index(row.code)]
        own = homes[shapely.intersects(shape, homes["geometry"].to_numpy(dtype=object))]
        network = own.groupby("network")["population"].sum().idxmax()
        own = own[own["network"] == network]
        hit = shapely.intersects(area, own["geometry"].to_numpy(dtype=object))
        assert row.households_share == pytest.approx(own["population"][hit].sum() / own["population"].sum(), abs=0.02)
        differing += abs(row.households_share - row.share) > 0.02
    assert differing, "the case must tell people from ground"
    expected = sum(row.households_share * (row.households or 0) for row in inside.townships)
    assert inside.households == round(expected)


def test_without_people_the_ground_decides() -> None:
    facilities, townships = frames()["facilities"].iloc[:0], frames()["townships"]
    nobody = ConsumerPoints(np.empty((0, 2)), np.empty(0, np.int64), *np.empty((3, 0)))
    shape = Townships.build(townships).union(townships.sort_values("code")["code"][:1])
    half = shapely.intersection(shape, shapely.box(*shape.bounds[:2], shape.centroid.x, shape.bounds[3]))
    row = Exposure.of_points(nobody, facilities, townships).inside(half).townships[0]
    assert row.households_share == row.share


def with_unknown_township() -> pd.DataFrame:
    return pd.DataFrame(frames()["townships"]).assign(households=np.nan)


def test_a_township_without_a_figure_is_counted_as_unknown() -> None:
    exposure = Exposure.build({**frames(), "townships": with_unknown_township()})
    inside = exposure.inside(counties()["140525"])
    assert inside.households == 0
    assert inside.households_unknown == len(inside.townships) >= 16
    assert {row.households for row in inside.townships} == {None}


def test_restricted_places_are_not_told_to_those_who_may_not_know(sample: Exposure) -> None:
    both = shapely.union_all([counties()["140502"], counties()["140525"]])
    secret = set(frames()["facilities"].query("restricted")["id"])
    everything, public = sample.inside(both, restricted=True), sample.inside(both)
    assert secret & {row.id for row in everything.facilities}
    assert not secret & {row.id for row in public.facilities}
    assert sum(public.by_category.values()) == len(public.facilities)


def test_on_the_border_is_inside_and_nowhere_holds_nobody() -> None:
    square = shapely.box(112.6, 35.3, 112.8, 35.5)
    spots = np.array([[112.6, 35.4], [112.8, 35.5], [112.8000001, 35.5]])
    ones = np.ones(3)
    points = ConsumerPoints(spots, np.zeros(3, np.intp), ones, ones, ones)
    empty = {name: frames()[name].iloc[:0] for name in ("facilities", "townships")}
    exposure = Exposure.of_points(points, empty["facilities"], empty["townships"])
    assert exposure.inside(square).networks[0].customers == 2
    nowhere = exposure.inside(shapely.Polygon())
    assert all(row.points == 0 for row in nowhere.networks)
    assert (nowhere.people, nowhere.people_network) == (0, None)
    none = ConsumerPoints(np.empty((0, 2)), np.empty(0, np.intp), *np.empty((3, 0)))
    assert Exposure.of_points(none, empty["facilities"], empty["townships"]).inside(square).people == 0


def test_networks_stand_in_the_order_of_the_vocabulary(sample: Exposure) -> None:
    rows: Any = sample.inside(shapely.box(112.7, 35.4, 112.9, 35.6)).networks
    assert tuple(row.network for row in rows) == NETWORK_KEYS
