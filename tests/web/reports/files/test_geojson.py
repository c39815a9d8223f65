"""GeoJSON of an incident, read by GDAL and json."""

from __future__ import annotations

import io
import json
from typing import Any

import geopandas as gpd
import pytest
import shapely

from tests.web.network import HIDDEN_ID
from tests.web.reports.files.incidents import over
from tests.web.reports.sources import source_of, told
from webmap.reports.files import make


@pytest.fixture(scope="module")
def content() -> bytes:
    return make(over(), "geojson").content


@pytest.fixture(scope="module")
def collection(content: bytes) -> Any:
    return json.loads(content)


def test_it_opens_in_a_gis_with_a_role_for_each_feature(content: bytes) -> None:
    frame = gpd.read_file(io.BytesIO(content))
    found = {role: sorted(group["name"]) for role, group in frame.groupby("role")}
    assert found["townships"] == ["东镇", "西镇"]
    assert found["faults"] == ["节点 e-bus"]
    assert found["warning_areas"] == ["东镇、西镇"]
    assert "线路 e-bus-e-sw2" in found["hit_lines"]
    assert "network_lines" not in found
    assert frame.is_valid.all()


def test_features_tell_figures_and_what_they_are_of(collection: Any) -> None:
    features = collection["features"]
    assert len({feature["id"] for feature in features}) == len(features)
    for feature in features:
        assert feature["properties"]["drill"] is True
        assert feature["properties"]["synthetic"] is True
        assert feature["properties"]["incident"] == "东站停电"
    east = next(feature for feature in features if feature["id"] == "townships:140502001")
    assert east["properties"]["electricity_customer_hours"] == 550.0
    assert east["properties"]["heat_hours_to_restore"] is None
    assert collection["titles"]["townships"]["electricity_customer_hours"] == "电力停供户时"


def test_the_collection_tells_its_provenance(collection: Any) -> None:
    head = collection["provenance"]
    assert head["crs"] == "EPSG:4490"
    assert head["known_entry"] == 9
    assert head["at"] == "2026-01-12T14:00:00+08:00"
    assert "CGCS2000" in collection["note"]
    assert collection["name"] == "演练 示例数据 东站停电"
    assert collection["networks"]["electricity"]["customer_hours"] == 550.0


def test_outlines_run_as_the_standard_wants(collection: Any) -> None:
    areas = [shapely.geometry.shape(feature["geometry"]) for feature in collection["features"]]
    rings = [
        part.exterior for area in areas for part in getattr(area, "geoms", [area]) if area.geom_type.endswith("Polygon")
    ]
    assert rings
    assert all(ring.is_ccw for ring in rings), "outer rings run against the clock (RFC 7946, 3.1.6)"


def test_hidden_places_are_left_out() -> None:
    assert HIDDEN_ID.encode() not in make(over(restricted=False), "geojson").content


def test_what_the_data_no_longer_hold_is_on_no_map_and_the_rest_is() -> None:
    facts = [told("reported", 0, text="停电"), *(told("fault_located", 1, element=one) for one in ("e-gone", "e-bus"))]
    features = json.loads(make(source_of(facts), "geojson").content)["features"]
    assert "hit_lines" in {feature["properties"]["role"] for feature in features}
