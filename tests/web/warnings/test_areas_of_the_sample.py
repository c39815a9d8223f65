"""Areas on the real ground: 泽州 surrounds 城区, and no warning for 泽州 may reach it unless an officer draws it in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from priority.plans import load_plan
from priority.system import SupplySystem
from priority.warnings import Exposure, WarningArea, sending_shape
from priority.wording import Phrases
from tests.pictures import District
from tests.priority.warnings.areas import counties, frames, random_points
from webmap.api.warnings.stored_areas import PlaceNames
from webmap.runtime import Snapshot
from webmap.warnings.areas import part_title, resolve
from webmap.warnings.content import AreaSpec, OutagePart
from webmap.warnings.ground import Ground, elsewhere_of

CITY, OWN = "140502", "140525"
#: Nine decimals leave a tenth of a millimetre.
HAIR = 2e-9
_DEG2_TO_M2 = 111_195.0**2 * np.cos(np.radians(35.5))


@cache
def ground() -> Ground:
    """泽州's plan on the sample's townships and counties; no incident."""
    district = District().network("heat", "s* - a:5")
    small = district.frames()
    towns = frames()["townships"]
    system = SupplySystem.build({**small, "townships": towns}, "1-test")
    rows = [{"code": code, "geometry": shape} for code, shape in counties().items()]
    snapshot = Snapshot("1-test", {"counties": pd.DataFrame(rows)})
    plan = load_plan("heating-zezhou")
    exposure = Exposure.build(frames())
    return Ground(plan, (plan.key,), system, exposure, elsewhere_of(snapshot, system, plan), {}, None)


@cache
def county(code: str) -> BaseGeometry:
    """The townships of a county together."""
    towns = frames()["townships"]
    return shapely.union_all(towns.loc[towns["county_code"] == code, "geometry"].to_list())


def codes_of(code: str) -> list[str]:
    towns = frames()["townships"]
    return towns.loc[towns["county_code"] == code, "code"].to_list()


@cache
def city_points() -> np.ndarray[Any, Any]:
    return random_points(county(CITY), 10_000, 1)


def drawn(shape: BaseGeometry, operation: str = "plus") -> dict[str, Any]:
    return {"kind": "drawn", "operation": operation, "geometry": json.loads(json.dumps(mapping(shape)))}


def townships(code: str, operation: str = "plus") -> dict[str, Any]:
    return {"kind": "townships", "operation": operation, "codes": codes_of(code)}


def area_of(*parts: dict[str, Any]) -> WarningArea:
    return resolve(AreaSpec.model_validate({"parts": parts}), ground(), Phrases("zh"))


def assert_keeps_out(area: WarningArea) -> None:
    """What is sent holds every place of the area and nothing of the city that the area does not hold."""
    sent = sending_shape(area)
    points = city_points()
    assert not (sent.covers(points) & ~area.contains(points)).any()
    spilt = shapely.difference(shapely.intersection(sent.shape, county(CITY)), shapely.buffer(area.shape, HAIR))
    assert shapely.area(shapely.buffer(spilt, -HAIR)) == 0
    facilities = ground().exposure.facility_points
    assert sent.missed(area, facilities).size == 0


@st.composite
def rings(draw: st.DrawFn) -> BaseGeometry:
    """A ragged ring round the city or half of one, a few metres off its border, with too many points to be sent so."""
    off = draw(st.floats(1e-5, 1e-3))
    outer = shapely.buffer(county(CITY), off + draw(st.floats(0.003, 0.02)))
    ring = shapely.difference(outer, shapely.simplify(shapely.buffer(county(CITY), off), off / 2))
    chance = np.random.default_rng(draw(st.integers(0, 1_000)))
    largest = max(shapely.get_parts(shapely.segmentize(ring, 0.002)), key=shapely.area)
    corners = shapely.get_coordinates(largest.exterior)[:-1]
    ragged = shapely.Polygon(
        corners + chance.uniform(-5e-4, 5e-4, corners.shape), [r.coords for r in largest.interiors]
    )
    ground = shapely.difference(shapely.buffer(ragged, 0), county(CITY))
    if draw(st.booleans()):  # half of it has no hole: the city lies beside it
        west, south, east, north = ground.bounds
        ground = shapely.intersection(ground, shapely.box(west, south, (west + east) / 2, north))
    return max(shapely.get_parts(ground), key=shapely.area)


@settings(max_examples=15)
@given(rings())
def test_a_ring_drawn_round_the_city_sends_nothing_into_it(ring: BaseGeometry) -> None:
    area = area_of(drawn(ring))
    assert shapely.area(shapely.intersection(area.shape, county(CITY))) < 1e-12
    assert_keeps_out(area)
    assert not sending_shape(area).covers(city_points()).any()


@settings(max_examples=15)
@given(
    st.floats(112.3, 112.7), st.floats(35.1, 35.4), st.floats(113.0, 113.3), st.floats(35.6, 35.9), st.integers(0, 99)
)
def test_a_box_without_the_city_is_a_box_without_the_city(
    west: float, south: float, east: float, north: float, seed: int
) -> None:
    box = shapely.segmentize(shapely.box(west, south, east, north), 0.003)
    corners = shapely.get_coordinates(box)[:-1]
    chance = np.random.default_rng(seed)
    box = shapely.Polygon(corners + chance.uniform(-1e-4, 1e-4, corners.shape))
    area = area_of(drawn(box), townships(CITY, "minus"))
    assert not area.contains(city_points()).any()
    assert_keeps_out(area)
    named = ground().exposure.inside(area.shape).townships
    assert {row.code[:6] for row in named} == {OWN}
    # As an update draws it: the city is taken out, and something is added after that.
    again = area_of(drawn(box), townships(CITY, "minus"), drawn(shapely.Point(west + 0.02, south + 0.02).buffer(0.03)))
    assert_keeps_out(again)


@pytest.mark.parametrize(
    "parts",
    [
        [townships(OWN)],
        [{"kind": "townships", "codes": [code]} for code in codes_of(OWN)],
        [drawn(county(OWN)), townships(CITY, "minus")],
        [drawn(shapely.box(*county(OWN).bounds)), townships(CITY, "minus")],
        [townships(OWN), drawn(shapely.box(*county(CITY).bounds)), townships(CITY, "minus")],
    ],
    ids=["townships", "one by one", "its outline", "a box", "townships and a box"],
)
def test_the_whole_county_by_any_way_sends_nothing_into_the_city(parts: list[dict[str, Any]]) -> None:
    area = area_of(*parts)
    sent = sending_shape(area)
    assert not sent.covers(city_points()).any()
    assert shapely.area(shapely.intersection(sent.shape, county(CITY))) * _DEG2_TO_M2 < 1
    assert {row.code for row in ground().exposure.inside(area.shape).townships} == set(codes_of(OWN))
    assert_keeps_out(area)


@pytest.fixture
def on_the_border(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[BaseGeometry]]:
    """Places that strips are asked along, in turn: the city's border itself."""
    places: list[BaseGeometry] = [county(CITY).boundary, shapely.Point(county(CITY).boundary.coords[0])]
    monkeypatch.setattr(Ground, "place_of", lambda _, element: (places[int(element)], element))
    yield places


@pytest.mark.usefixtures("on_the_border")
@pytest.mark.parametrize("distance_m", [30, 400, 3_000])
@pytest.mark.parametrize("element", ["0", "1"])
def test_a_strip_along_the_border_ends_at_the_border(element: str, distance_m: float) -> None:
    strip = {"kind": "strip", "element": element, "distance_m": distance_m}
    for parts in ([strip], [townships(OWN), strip], [strip, drawn(shapely.Point(112.6, 35.4).buffer(0.01))]):
        area = area_of(*parts)
        assert not area.is_empty
        assert not area.contains(city_points()).any()
        assert not sending_shape(area).covers(city_points()).any()
        assert_keeps_out(area)


def test_an_outage_is_called_by_the_horizon_of_its_incident() -> None:
    soon = replace(ground(), document={"horizon_hours": 12})
    assert part_title(OutagePart(), soon, Phrases("zh")) == "推演 12 小时内的停供范围"
    assert part_title(OutagePart(), ground(), Phrases("zh")) == "推演 72 小时内的停供范围"
    assert part_title(OutagePart(), PlaceNames(Snapshot("", {}), 6), Phrases("zh")) == "推演 6 小时内的停供范围"


def test_what_an_officer_draws_in_the_city_stays_and_is_named() -> None:
    spot = shapely.point_on_surface(county(CITY))
    area = area_of(townships(OWN), drawn(shapely.buffer(spot, 0.01)))
    assert area.contains(shapely.get_coordinates(spot)).all()
    assert sending_shape(area).covers(shapely.get_coordinates(spot)).all()
    named = {row.code for row in ground().exposure.inside(area.shape).townships}
    assert {code[:6] for code in named} == {OWN, CITY}
    assert_keeps_out(area)


def test_the_outline_of_the_county_names_no_township_of_the_city_that_it_brushes() -> None:
    """The townships of the two counties overlap by a few metres: a hand that follows one border crosses the other."""
    inside = ground().exposure.inside(area_of(drawn(county(OWN))).shape)
    assert {row.code for row in inside.townships} == set(codes_of(OWN))
    assert inside.touched
    assert {row.code[:6] for row in inside.touched} == {CITY}
    assert all(row.share < 0.005 for row in inside.touched)
