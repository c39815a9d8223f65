"""Made-up districts are what the catalogue allows, and come out as it would make them."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings

from layers.crs import STORAGE_EPSG
from layers.records import conform
from tests.pictures import District
from tests.priority.cascade.random_systems import coupled_districts
from tests.priority.random_districts import RandomCase, cases


def is_as_the_catalogue_makes_it(district: District) -> None:
    frames = district.frames()
    rows = {
        "network_nodes": list(district.nodes.values()),
        "network_lines": district.lines,
        "facilities": district.facilities,
        "coal_routes": district.coal_routes,
        "roads": district.roads,
        "supplies": district.supplies,
    }
    for key, given_rows in rows.items():
        table = pd.DataFrame(given_rows)
        if "geometry" in table:
            table = gpd.GeoDataFrame(table, geometry="geometry", crs=STORAGE_EPSG)
        if given_rows or key == "supplies":
            expected = conform(key, table)
            pd.testing.assert_frame_equal(pd.DataFrame(frames[key]), pd.DataFrame(expected))
            assert type(frames[key]) is type(expected)
            assert getattr(frames[key], "crs", None) == getattr(expected, "crs", None)


@settings(max_examples=20, deadline=None)
@given(coupled_districts())
def test_coupled_districts(district: District) -> None:
    is_as_the_catalogue_makes_it(district)


@settings(max_examples=20, deadline=None)
@given(cases())
def test_districts_of_one_network(case: RandomCase) -> None:
    is_as_the_catalogue_makes_it(case.district)


def test_roads_coal_and_unknown_figures() -> None:
    district = District().network("electricity", "S* - s1| - a:10").network("heat", "H* - v1/ - ~k")
    district.facility("plant", "heat_supply", feeds="H", coal=(None, None, True), electricity=("a", 2, False, 7.5))
    district.facility("nobody", people=None).coal_route("c", "plant", None, None, "0,0 1,0").road("r", "0,0 2,0")
    is_as_the_catalogue_makes_it(district.stand_in("plant", "coal", "heat", "k"))
    is_as_the_catalogue_makes_it(District())


def test_an_id_that_stands_twice_is_told() -> None:
    district = District().network("electricity", "S* - a:1")
    district.facility("h").facility("h")
    with pytest.raises(ValueError, match="twice"):
        district.frames()
