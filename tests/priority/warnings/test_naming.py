"""Which townships are named: by their ground, by who is there, by the area's own size; never by a hidden place."""

from __future__ import annotations

from functools import cache

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.geometry import Point, box

from priority.warnings import Exposure
from priority.warnings.consumer_points import ConsumerPoints
from priority.warnings.doors import doors_of

#: Two townships side by side, a tenth of a degree each way.
WEST, EAST = "140525100", "140502001"
SLIVER = box(112.82, 35.42, 112.9002, 35.48)
SPOT = Point(112.9001, 35.45)


@cache
def towns() -> gpd.GeoDataFrame:
    rows = [
        {"code": WEST, "name": "西镇", "county_code": "140525", "population": 900, "households": 300},
        {"code": EAST, "name": "东镇", "county_code": "140502", "population": 800, "households": 200},
    ]
    grounds = [box(112.8, 35.4, 112.9, 35.5), box(112.9, 35.4, 113.0, 35.5)]
    return gpd.GeoDataFrame(rows, geometry=grounds, crs="EPSG:4490")


def exposure(consumers: list[Point], places: list[tuple[Point, bool]]) -> Exposure:
    points = shapely.get_coordinates(consumers).reshape(-1, 2)
    figures = np.ones(len(points))
    rows = [
        {"id": f"f{number}", "name": "医院", "category": "hospital", "people": 5.0, "restricted": hidden}
        for number, (_, hidden) in enumerate(places)
    ]
    columns = ["id", "name", "category", "people", "restricted"]
    frame = gpd.GeoDataFrame(rows, columns=columns, geometry=[spot for spot, _ in places], crs="EPSG:4490")
    network = np.zeros(len(points), np.int64)
    return Exposure.of_points(ConsumerPoints(points, network, figures, figures, figures), frame, towns())


@pytest.mark.parametrize(
    ("consumers", "places", "named"),
    [
        ([], [], [WEST]),
        ([SPOT], [], [EAST, WEST]),
        ([], [(SPOT, False)], [EAST, WEST]),
        ([], [(SPOT, True)], [WEST]),
        ([Point(112.95, 35.45)], [(Point(112.96, 35.45), False)], [WEST]),
    ],
    ids=["nobody", "a consumer point", "a place", "a hidden place", "both outside"],
)
def test_a_sliver_is_named_where_somebody_is(
    consumers: list[Point], places: list[tuple[Point, bool]], named: list[str]
) -> None:
    found = exposure(consumers, places)
    for restricted in (False, True):
        inside = found.inside(SLIVER, restricted=restricted)
        assert [row.code for row in inside.townships] == named
        assert [row.code for row in inside.touched] == ([] if EAST in named else [EAST])
    assert [row.code for row in doors_of(found, SLIVER)] == named


def test_half_a_per_cent_of_the_ground_is_named() -> None:
    nobody = exposure([], [])
    for width, named in ((0.0004, [WEST]), (0.0006, [EAST, WEST])):
        area = box(112.82, 35.4, 112.9 + width, 35.5)
        assert [row.code for row in nobody.inside(area).townships] == named


def test_a_small_area_in_wide_fields_is_named_by_where_it_lies() -> None:
    nobody = exposure([], [])
    spot = Point(112.95, 35.45).buffer(1e-4)
    assert [row.code for row in nobody.inside(spot).townships] == [EAST]
    across = Point(112.9, 35.45).buffer(1e-4)
    assert [row.code for row in nobody.inside(across).townships] == [EAST, WEST]
    assert nobody.inside(shapely.Polygon()).townships == ()
