"""Checks of an import as a whole and of the network that it makes: what dangles, what nearly meets, what is cut off."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString, Point, box

from layers.importing.checks import check_network, check_whole
from layers.importing.issues import Issue
from layers.records import conform, empty_frame

COMMON = {"name": "示例", "provenance": "surveyed", "source": "测试"}
#: One metre in degrees, east and north, about latitude 35.5.
EAST, NORTH = 1 / 90_630, 1 / 111_320
KINDS = {"S": "source", "j": "junction", "v": "valve", "c": "consumer"}
Place = tuple[float, float]


def at(x_m: float, y_m: float) -> Place:
    return 112.9 + x_m * EAST, 35.5 + y_m * NORTH


def network(places: dict[str, Place], lines: str, *, kv: float | None = None) -> tuple[Any, Any]:
    """Frames of a network: nodes at places in metres (kind by first letter), lines as `from-to` pairs."""
    of = {"network": "heat" if kv is None else "electricity", "in_service": True, **COMMON}
    nodes = [
        {
            **of,
            "id": name,
            "kind": KINDS[name[0]],
            "normally_open": name.endswith("open"),
            "geometry": Point(at(*place)),
        }
        for name, place in places.items()
    ]
    pairs = [pair.split("-") for pair in lines.split()]
    drawn = [
        {
            **of,
            "id": f"{a}-{b}",
            "kind": "trunk" if kv is None else "feeder",
            "from_node": a,
            "to_node": b,
            "voltage_kv": kv,
            "geometry": LineString([at(*places[a]), at(*places[b])]),
        }
        for a, b in pairs
    ]
    return (
        conform("network_lines", gpd.GeoDataFrame(drawn, crs=4490)),
        conform("network_nodes", gpd.GeoDataFrame(nodes, crs=4490)),
    )


def found(issues: tuple[Issue, ...]) -> dict[str, tuple[str, ...]]:
    return {issue.code: issue.ids for issue in issues}


SOUND = {"S": (0.0, 0.0), "v": (50.0, 0.0), "j": (100.0, 0.0), "c1": (150.0, 0.0), "c2": (100.0, 60.0)}


def test_a_sound_network_has_no_issues() -> None:
    assert check_network(*network(SOUND, "S-v v-j j-c1 j-c2")) == ()
    assert check_network(empty_frame("network_lines"), empty_frame("network_nodes")) == ()


def test_loose_ends_near_misses_islands_and_what_is_unsupplied() -> None:
    places = {**SOUND, "j-near": (120.0, 0.3), "c3": (120.0, 40.0), "j-far": (200.0, 80.0)}
    lines, nodes = network(
        {name.replace("-", "_"): place for name, place in places.items()}, "S-v v-j j-c1 j-c2 j_near-c3 j-j_far"
    )
    issues = check_network(lines, nodes)
    assert found(issues) == {
        "near_miss": ("j_near",),
        "island": ("j_near-c3",),
        "unsupplied": ("c3",),
        "dangling_end": ("j_far",),
    }
    near = next(issue for issue in issues if issue.code == "near_miss")
    assert "0.30 米" in near.message.zh
    assert near.places[0] == pytest.approx(at(120.0, 0.3))
    stricter = check_network(lines, nodes, tolerance_m=0.2)
    assert found(stricter)["ends_apart"] == ("j_near",)
    assert "near_miss" not in found(stricter)


def test_ends_that_stop_metres_apart_say_by_how_much() -> None:
    """Drawn with gaps of 3 m: who took a tolerance of 1 m must be told which one would do."""
    places = {"S": (0.0, 0.0), "j_end": (50.0, 0.0), "j_begin": (53.0, 0.0), "c1": (100.0, 0.0), "c2": (0.0, 6.5)}
    lines, nodes = network(places, "S-j_end j_begin-c1")
    (apart,) = [issue for issue in check_network(lines, nodes, tolerance_m=1.0) if issue.code == "ends_apart"]
    assert apart.ids == ("c2", "j_begin", "j_end")
    assert "3.0 到 6.5 米" in apart.message.zh
    assert "dangling_end" not in found(check_network(lines, nodes, tolerance_m=1.0))


def test_devices_beside_the_line_and_nodes_on_none() -> None:
    lines, nodes = network({**SOUND, "v2": (70.0, 4.0), "c9": (0.0, 50.0)}, "S-v v-j j-c1 j-c2")
    issues = check_network(lines, nodes)
    assert found(issues) == {"device_off_line": ("v2",), "isolated_node": ("c9",)}
    assert "4.0 米" in next(issue for issue in issues if issue.code == "device_off_line").message.zh


def test_a_network_without_a_source_says_so_instead_of_naming_every_consumer() -> None:
    places = {name: place for name, place in SOUND.items() if name != "S"}
    issues = check_network(*network(places, "v-j j-c1 j-c2"))
    assert "unsupplied" not in found(issues)
    assert "供热" in next(issue for issue in issues if issue.code == "no_source").message.zh


def test_nodes_that_come_before_their_lines_are_left_in_peace() -> None:
    lines, nodes = network(SOUND, "S-v")
    (issue,) = check_network(lines.iloc[:0], nodes)
    assert (issue.code, issue.severity) == ("no_lines", "note")
    assert "供热" in issue.message.zh


def test_a_loop_in_what_should_be_radial() -> None:
    places = {"S": (0.0, 0.0), "j1": (50.0, 0.0), "j2": (50.0, 50.0)}
    assert "not_radial" in found(check_network(*network(places, "S-j1 j1-j2 j2-S", kv=10.0)))
    tied = {"S": (0.0, 0.0), "v1": (9.0, 0.0), "v2": (9.0, 50.0), "c1": (50.0, 0.0), "c2": (50.0, 50.0)}
    tied["v_open"] = (60.0, 25.0)
    assert check_network(*network(tied, "S-v1 v1-c1 S-v2 v2-c2 c1-v_open v_open-c2", kv=10.0)) == ()


def test_a_line_that_is_drawn_past_its_node() -> None:
    lines, nodes = network(SOUND, "S-v v-j j-c1 j-c2")
    lines.loc[lines["id"] == "j-c1", "geometry"] = LineString([at(100, 0), at(147, 0)])
    issue = next(issue for issue in check_network(lines, nodes) if issue.code == "node_apart")
    assert (issue.severity, issue.ids) == ("error", ("j-c1",))
    assert "3.0 米" in issue.message.zh


def test_only_what_an_import_touches_is_told() -> None:
    lines, nodes = network({**SOUND, "v2": (70.0, 4.0), "v3": (70.0, -5.0)}, "S-v v-j j-c1 j-c2")
    assert found(check_network(lines, nodes, only=["v3"])) == {"device_off_line": ("v3",)}
    assert check_network(lines, nodes, only=["somebody"]) == ()


def test_a_replacement_that_leaves_others_dangling_is_refused_by_name() -> None:
    lines, nodes = network(SOUND, "S-v v-j j-c1 j-c2")
    current = {"network_lines": lines, "network_nodes": nodes}
    kept = nodes[nodes["id"] != "c1"]
    (issue,) = check_whole("network_nodes", kept, current, "replace")
    assert (issue.code, issue.severity, issue.column, issue.ids) == (
        "left_dangling",
        "error",
        "network_lines.to_node",
        ("j-c1",),
    )
    assert "管线" in issue.message.zh
    assert "c1" in issue.message.zh
    assert check_whole("network_nodes", kept, current, "merge") == ()
    assert check_whole("network_nodes", nodes, current, "replace") == ()


def supply(name: str, facility: str, commodity: str, stands_in: str | None = None) -> dict[str, Any]:
    plain = {"id": name, **COMMON, "facility_id": facility, "commodity": commodity, "required": stands_in is None}
    return {**plain, "substitutes_for": stands_in}


def test_supplies_that_stand_in_for_nothing_and_routes_to_where_no_coal_burns() -> None:
    current = {
        "supplies": conform("supplies", pd.DataFrame([supply("s1", "f1", "heat"), supply("old", "f9", "gas", "heat")]))
    }
    merged = conform("supplies", pd.DataFrame([supply("a", "f1", "coal", "heat"), supply("b", "f2", "coal", "heat")]))
    assert found(check_whole("supplies", merged, current, "merge")) == {"idle_substitute": ("b",)}
    assert found(check_whole("supplies", merged, current, "replace")) == {"idle_substitute": ("a", "b")}
    route = {"id": "r", **COMMON, "closed": False, "facility_id": "f1", "geometry": LineString([at(0, 0), at(9, 9)])}
    routes = conform("coal_routes", gpd.GeoDataFrame([route], crs=4490))
    assert found(check_whole("coal_routes", routes, current, "merge")) == {"no_coal_need": ("r",)}


def test_areas_that_overlap() -> None:
    town = {**COMMON, "county_code": "140524", "kind": "town", "boundary_quality": "good"}
    boxes = [box(112.1, 35.1, 112.2, 35.2), box(112.2, 35.1, 112.3, 35.2), box(112.28, 35.1, 112.4, 35.2)]
    records = [{**town, "id": f"t{i}", "code": f"14052400{i}", "geometry": area} for i, area in enumerate(boxes)]
    townships = conform("townships", gpd.GeoDataFrame(records, crs=4490))
    (issue,) = check_whole("townships", townships, {}, "merge")
    assert (issue.code, set(issue.ids)) == ("overlapping_areas", {"t1", "t2"})
    assert "20.0%" in issue.message.zh
    assert check_whole("townships", townships[:2], {}, "merge") == ()
