"""A frame either obeys the catalogue or every broken rule is told."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString, Point, Polygon

from layers.access import visible
from layers.errors import InvalidRecords, UnknownLayer
from layers.records import conform, digest, empty_frame

COMMON = {"provenance": "synthetic", "source": "test"}
GOOD: dict[str, Any] = {
    **COMMON,
    "id": "n1",
    "name": "甲",
    "network": "gas",
    "kind": "valve",
    "normally_open": False,
    "in_service": True,
    "customers": 3,
}


def nodes(*changes: dict[str, Any], geometry: Any = None, crs: int = 4490) -> gpd.GeoDataFrame:
    rows = [{**GOOD, "id": f"n{number}", **change} for number, change in enumerate(changes)]
    return gpd.GeoDataFrame(pd.DataFrame(rows), geometry=[geometry or Point(112.8, 35.5)] * len(rows), crs=crs)


def told(frame: pd.DataFrame, layer: str = "network_nodes") -> str:
    with pytest.raises(InvalidRecords) as caught:
        conform(layer, frame)
    return "; ".join(caught.value.problems)


def test_rows_come_out_typed_and_sorted_and_the_input_is_untouched() -> None:
    frame = nodes({"id": "b", "customers": None}, {"id": "a", "demand_m3_per_h": 2})
    before = frame.copy()
    result = conform("network_nodes", frame)
    assert list(result["id"]) == ["a", "b"]
    assert result["customers"].dtype == "Int64"
    assert pd.isna(result.loc[1, "customers"])
    assert result["demand_m3_per_h"].tolist()[0] == 2.0
    assert result.crs.to_epsg() == 4490
    assert frame.equals(before)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"network": "oil"}, "network is none of"),
        ({"customers": -1}, "customers is below 0"),
        ({"customers": "many"}, "customers is not integer"),
        ({"customers": 1.5}, "customers is not integer"),
        ({"customers": 2**31}, "customers is not integer: it holds more than 2,147,483,647"),
        ({"source": "a\0b"}, "source is not text: it holds NUL characters"),
        ({"in_service": None}, "in_service is not boolean"),
        ({"name": None}, "name is empty (n0)"),
        ({"id": " "}, "id is empty"),
        ({"demand_m3_per_h": float("inf")}, "demand_m3_per_h is infinite"),
        ({"provenance": "rumour"}, "provenance is none of"),
    ],
)
def test_each_broken_rule_is_told(change: dict[str, Any], expected: str) -> None:
    assert expected in told(nodes(change))


def test_an_optional_choice_may_be_empty_but_not_another_word() -> None:
    row = {**COMMON, "id": "s", "name": "s", "facility_id": "f", "commodity": "gas", "required": True}
    frame = pd.DataFrame([{**row, "substitutes_for": None}])
    assert conform("supplies", frame)["substitutes_for"].isna().all()
    assert conform("supplies", frame.drop(columns="substitutes_for"))["substitutes_for"].isna().all()
    assert "substitutes_for is none of" in told(frame.assign(substitutes_for="wood"), "supplies")


def test_a_repeated_id_a_missing_column_and_a_wrong_shape_are_told() -> None:
    assert "id is not unique (same)" in told(nodes({"id": "same"}, {"id": "same"}))
    assert "column network is missing" in told(nodes({}).drop(columns="network"))
    assert "geometry is no Point" in told(nodes({}, geometry=LineString([(112, 35), (113, 36)])))
    assert "EPSG:3857" in told(nodes({}, crs=3857))
    assert "swapped?" in told(nodes({}, geometry=Point(35.5, 112.8)))
    assert "geometry is missing" in told(pd.DataFrame([GOOD]))


def test_a_polygon_that_crosses_itself_is_told() -> None:
    bow_tie = Polygon([(112, 35), (113, 36), (113, 35), (112, 36)])
    row = {**COMMON, "id": "1", "name": "x", "code": "1", "county_code": "1", "kind": "town", "boundary_quality": "low"}
    assert "crosses itself" in told(gpd.GeoDataFrame([row], geometry=[bow_tie], crs=4490), "townships")


def test_many_offenders_are_counted_not_listed() -> None:
    assert "and 7 more" in told(nodes(*[{"network": "oil"}] * 10))


def test_an_unknown_layer_is_named() -> None:
    with pytest.raises(UnknownLayer, match="volcanoes"):
        empty_frame("volcanoes")


def test_the_digest_sees_content_and_not_row_order() -> None:
    first = conform("network_nodes", nodes({"id": "a"}, {"id": "b"}))
    second = conform("network_nodes", nodes({"id": "b"}, {"id": "a"}))
    changed = conform("network_nodes", nodes({"id": "a"}, {"id": "b", "customers": 4}))
    moved = conform("network_nodes", nodes({"id": "a"}, {"id": "b"}, geometry=Point(112.8, 35.6)))
    assert digest("network_nodes", first) == digest("network_nodes", second)
    assert len({digest("network_nodes", frame) for frame in (first, changed, moved)}) == 3


def test_restricted_records_and_what_belongs_to_them_are_left_out() -> None:
    places = conform(
        "facilities",
        gpd.GeoDataFrame(
            [
                {**COMMON, "id": key, "name": key, "category": "other", "restricted": key == "secret"}
                for key in ("open", "secret")
            ],
            geometry=[Point(112, 35)] * 2,
            crs=4490,
        ),
    )
    row = {**COMMON, "name": "s", "commodity": "coal", "required": True}
    supplies = conform("supplies", pd.DataFrame([{**row, "id": key, "facility_id": key} for key in ("open", "secret")]))
    related = {"facilities": places}
    assert list(visible("facilities", places, related, restricted=False)["id"]) == ["open"]
    assert list(visible("supplies", supplies, related, restricted=False)["id"]) == ["open"]
    assert len(visible("supplies", supplies, related, restricted=True)) == 2
    ends = {"a": ("open", "open"), "b": ("secret", "open"), "c": ("open", "secret"), "d": (None, None)}
    rows = [
        {**COMMON, "id": key, "name": key, "closed": False, "facility_id": plant, "source_facility_id": mine}
        for key, (plant, mine) in ends.items()
    ]
    routes = gpd.GeoDataFrame(rows, geometry=[LineString([(112, 35), (113, 36)])] * 4, crs=4490)
    seen = visible("coal_routes", conform("coal_routes", routes), related, restricted=False)
    assert list(seen["id"]) == ["a", "d"]
    assert len(places) == 2


def test_contacts_are_for_those_alone_who_may_see_restricted_places() -> None:
    row = {**COMMON, "id": "k", "name": "值班室", "unit": "区教育局", "phone": "0356-0000001", "restricted": False}
    contacts = conform("contacts", pd.DataFrame([row]))
    hidden = visible("contacts", contacts, {}, restricted=False)
    assert len(hidden) == 0
    assert list(hidden.columns) == list(contacts.columns)
    assert list(visible("contacts", contacts, {}, restricted=True)["phone"]) == ["0356-0000001"]
