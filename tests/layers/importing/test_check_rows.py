"""Checks of rows: each finding is told with its rows, errors set rows aside with the reason, good rows are accepted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import LineString, Point, Polygon, box

from layers.importing.checks import Checked, CheckState, check_rows
from layers.importing.issues import Issue
from layers.records import conform

COMMON = {"name": "示例", "provenance": "surveyed", "source": "测试"}
COUNTY = box(112.0, 35.0, 113.0, 36.0)


@dataclass
class Rows:
    rows: Any
    frame: pd.DataFrame
    refused: Any


def rows(records: list[dict[str, Any]], first: int = 2) -> Rows:
    frame = pd.DataFrame(records, dtype=object)
    frame = frame.where(frame.notna(), None)
    return Rows(np.arange(first, first + len(frame)), frame, np.zeros(len(frame), dtype=bool))


def pipe(key: str, shape: Any, **other: Any) -> dict[str, Any]:
    plain = {"id": key, **COMMON, "network": "heat", "kind": "trunk", "from_node": "n1", "to_node": "n2"}
    return {**plain, "in_service": True, "geometry": shape, **other}


def node(key: str, x: float, y: float, **other: Any) -> dict[str, Any]:
    plain = {"id": key, **COMMON, "network": "heat", "kind": "valve", "normally_open": False, "in_service": True}
    return {**plain, "geometry": Point(x, y), **other}


def district(**frames: list[dict[str, Any]]) -> dict[str, Any]:
    area = {"id": "c-140524", **COMMON, "code": "140524", "county_code": "140524", "kind": "county"}
    counties = [{**area, "boundary_quality": "good", "geometry": COUNTY}]
    wanted = {"counties": counties, "network_nodes": [node("n1", 112.5, 35.5), node("n2", 112.6, 35.5)], **frames}
    return {key: conform(key, gpd.GeoDataFrame(records, crs=4490)) for key, records in wanted.items()}


def check(
    layer: str,
    records: list[dict[str, Any]],
    current: dict[str, Any] | None = None,
    mode: Literal["replace", "merge"] = "merge",
    **options: Any,
) -> tuple[Checked, dict[tuple[str, str | None], Issue]]:
    state = CheckState(layer, district() if current is None else current, mode, **options)
    checked = check_rows(layer, rows(records), state)
    state.finish()
    return checked, {(issue.code, issue.column): issue for issue in state.book.issues()}


def line(offset: float = 0.0, *more: tuple[float, float]) -> LineString:
    return LineString([(112.5 + offset, 35.5), *more, (112.6 + offset, 35.5)])


def test_good_rows_are_accepted_in_silence() -> None:
    checked, found = check("network_lines", [pipe("a", line()), pipe("b", line(0.01), diameter_mm=300.0)])
    assert checked.accepted.all()
    assert found == {}
    assert len(conform("network_lines", gpd.GeoDataFrame(checked.frame, crs=4490))) == 2


def test_attributes_that_break_the_catalogue_are_set_aside_with_row_and_reason() -> None:
    checked, found = check(
        "network_lines",
        [
            pipe("a", line()),
            pipe("b", line(0.01), name=None),
            pipe("c", line(0.02), network="steam"),
            pipe("d", line(0.03), diameter_mm=-1.0),
            pipe("e", line(0.04), voltage_kv=10_000.0),
            pipe("f", line(0.05), capacity="约三百"),
            pipe("g", line(0.06), in_service="maybe"),
            pipe("a", line(0.07)),
        ],
    )
    assert list(checked.accepted) == [True] + [False] * 7
    told = {key: issue.rows for key, issue in found.items() if issue.severity == "error"}
    assert told == {
        ("missing_value", "name"): (3,),
        ("unknown_value", "network"): (4,),
        ("below_minimum", "diameter_mm"): (5,),
        ("above_maximum", "voltage_kv"): (6,),
        ("wrong_type", "capacity"): (7,),
        ("repeated_id", None): (9,),
        ("wrong_type", "in_service"): (8,),
    }
    assert "供热" in found["unknown_value", "network"].message.zh
    assert "steam" in found["unknown_value", "network"].message.zh
    assert checked.reasons[5][0].zh == "容量（capacity）：值的类型不符"
    assert checked.reasons[5][0].en == "Capacity (capacity): A value is of the wrong type"


def test_a_required_column_that_is_not_there_is_told_once() -> None:
    record = pipe("a", line())
    del record["network"]
    checked, found = check("network_lines", [record, {**record, "id": "b", "geometry": line(0.01)}])
    assert not checked.accepted.any()
    assert found["missing_column", "network"].count == 2


def test_rows_refused_before_are_not_judged_again() -> None:
    state = CheckState("network_lines", district(), "merge")
    batch = rows([pipe("a", None, name=None), pipe("b", line())])
    batch.refused[0] = True
    checked = check_rows("network_lines", batch, state)
    assert list(checked.accepted) == [False, True]
    assert checked.reasons == {}
    assert state.book.issues() == ()


def test_ids_are_compared_from_batch_to_batch() -> None:
    state = CheckState("network_nodes", district(), "merge")
    first = check_rows("network_nodes", rows([node(f"x{i}", 112.1 + i / 1000, 35.2) for i in range(50)]), state)
    again = check_rows("network_nodes", rows([node("x7", 112.3, 35.3), node("y", 112.4, 35.3)], 52), state)
    assert first.accepted.all()
    assert list(again.accepted) == [False, True]
    assert state.book.issues()[0].rows == (52,)


def test_geometry_that_cannot_be_used_is_set_aside() -> None:
    long = LineString(np.column_stack([np.linspace(112.1, 112.9, 20_001), np.full(20_001, 35.5)]))
    checked, found = check(
        "network_lines",
        [
            pipe("none", None),
            pipe("empty", LineString()),
            pipe("point", Point(112.5, 35.5)),
            pipe("metres", LineString([(500_000, 3_900_000), (500_010, 3_900_000)])),
            pipe("swapped", LineString([(35.5, 112.5), (35.6, 112.5)])),
            pipe("dot", LineString([(112.5, 35.5), (112.5000001, 35.5)])),
            pipe("long", long),
        ],
    )
    assert not checked.accepted.any()
    told = {code: issue.rows for (code, _), issue in found.items() if issue.severity == "error"}
    assert told == {
        "no_geometry": (2, 3),
        "wrong_geometry": (4,),
        "outside_earth": (5, 6),
        "zero_length": (7,),
        "too_many_vertices": (8,),
    }
    assert "20001" in found["too_many_vertices", None].message.en


def test_doubtful_geometry_is_told_with_its_place_and_kept() -> None:
    spike = LineString([(112.5, 35.5), (112.51, 35.5), (112.51, 35.51), (112.51, 35.5), (112.52, 35.5)])
    leap = LineString([(112.1, 35.5), (112.9, 35.5)])
    out = LineString([(111.99, 35.2), (111.98, 35.2)])
    far = LineString([(118.0, 39.0), (118.1, 39.0)])
    checked, found = check("network_lines", [pipe(str(i), shape) for i, shape in enumerate((spike, leap, out, far))])
    assert checked.accepted.all()
    assert {code: issue.rows for (code, _), issue in found.items()} == {
        "spike": (2,),
        "line_crosses_itself": (2,),
        "long_leap": (3,),
        "out_of_county": (4,),
        "far_away": (5,),
    }
    assert found["out_of_county", None].places[0] == (111.985, 35.2)
    assert "最远 906 米" in found["out_of_county", None].message.zh, "0.01 degrees of longitude at latitude 35.5"


def test_axes_that_were_exchanged_are_recognised() -> None:
    place = {**COMMON, "id": "n", "network": "heat", "kind": "valve", "normally_open": False, "in_service": True}
    checked, found = check("network_nodes", [{**place, "geometry": Point(35.5, 82.5)}], district_at(82.5))
    assert ("axes_swapped", None) in found
    assert not checked.accepted.any()


def district_at(west: float) -> dict[str, Any]:
    """A county at longitude 82: its coordinates are in range either way round."""
    frames = district()
    frames["counties"] = frames["counties"].set_geometry([box(west - 0.5, 35.0, west + 0.5, 36.0)], crs=4490)
    return frames


def test_areas_are_repaired_where_that_hardly_changes_them() -> None:
    township = {**COMMON, "county_code": "140524", "kind": "town", "boundary_quality": "good"}
    plain = box(112.1, 35.5, 112.2, 35.6)
    bow = Polygon([(112.5, 35.1), (112.6, 35.2), (112.6, 35.1), (112.5, 35.2)])
    nearly = Polygon(
        [(112.1, 35.1), (112.3, 35.1), (112.3, 35.3), (112.2999, 35.2999), (112.3001, 35.2999), (112.1, 35.3)]
    )
    assert not bow.is_valid
    assert not nearly.is_valid
    records = [
        {**township, "id": f"t{i}", "code": f"14052400{i}", "geometry": shape}
        for i, shape in enumerate((plain, bow, nearly))
    ]
    checked, found = check("townships", records)
    assert list(checked.accepted) == [True, False, True]
    assert found["crosses_itself", None].rows == (3,)
    assert found["repaired", None].rows == (4,)
    assert shapely.is_valid(np.asarray(checked.frame["geometry"][[0, 2]], dtype=object)).all()


def test_references_to_what_is_not_there_are_set_aside() -> None:
    other = node("w1", 112.5, 35.4, network="water")
    current = district(network_nodes=[node("n1", 112.5, 35.5), node("n2", 112.6, 35.5), other])
    records = [
        pipe("a", line()),
        pipe("b", line(0.01), to_node="gone"),
        pipe("c", line(0.02), from_node="w1"),
    ]
    checked, found = check("network_lines", records, current)
    assert list(checked.accepted) == [True, False, False]
    assert found["unknown_reference", "to_node"].rows == (3,)
    assert "gone" in found["unknown_reference", "to_node"].message.zh
    assert found["other_network", "from_node"].rows == (4,)


def test_lines_need_no_nodes_where_topology_is_built() -> None:
    record = pipe("a", line(), from_node=None, to_node="gone")
    checked, found = check("network_lines", [record], builds_topology=True)
    assert checked.accepted.all()
    assert found == {}
    checked, found = check("network_lines", [record])
    assert set(found) == {("missing_value", "from_node"), ("unknown_reference", "to_node")}


def test_codes_and_contacts() -> None:
    town = {**COMMON, "kind": "town", "boundary_quality": "good", "county_code": "140524"}
    records = [
        {**town, "id": "t1", "code": "140524100", "geometry": box(112.1, 35.1, 112.2, 35.2)},
        {**town, "id": "t2", "code": "14052410", "geometry": box(112.3, 35.1, 112.4, 35.2)},
        {**town, "id": "t3", "code": "140524101", "county_code": "140500", "geometry": box(112.5, 35.1, 112.6, 35.2)},
    ]
    checked, found = check("townships", records)
    assert checked.accepted.all()
    assert found["code_form", "code"].rows == (3,)
    assert found["unknown_township", "county_code"].rows == (4,)
    contact = {**COMMON, "id": "k", "person": "某人", "restricted": False, "facility_id": None, "township_code": None}
    _, found = check("contacts", [contact])
    assert set(found) == {("contact_of_nobody", None)}


def test_what_was_entered_twice_is_told() -> None:
    current = district(network_lines=[pipe("old", line())])
    records = [
        pipe("a", line(0.01)),
        pipe("b", line(0.01)),
        pipe("c", line(0.01).reverse(), name="另一名称"),
        pipe("d", line()),
        pipe("old", line(0.2)),
    ]
    checked, found = check("network_lines", records, current)
    assert checked.accepted.all()
    assert found["same_content", None].rows == (3,)
    assert found["same_geometry", None].rows == (4,)
    assert found["already_there", None].rows == (5,)
    assert "old" in found["already_there", None].message.zh
    assert found["moves_record", None].rows == (6,)
    _, found = check("network_lines", records, current, "replace")
    assert ("already_there", None) not in found


def test_many_things_may_stand_at_one_point() -> None:
    flats = [node(f"f{i}", 112.5, 35.6, kind="consumer", name=f"{i} 单元") for i in range(3)]
    _, found = check("network_nodes", flats)
    assert found == {}


def test_a_column_in_the_wrong_unit_is_suspected() -> None:
    _, found = check("network_lines", [pipe(f"p{i}", line(i / 100), diameter_mm=0.3) for i in range(5)])
    assert found["unit_suspect", "diameter_mm"].severity == "warning"
    assert "0.3 mm" in found["unit_suspect", "diameter_mm"].message.zh


def test_texts_that_were_not_decoded_or_are_too_long() -> None:
    checked, found = check(
        "network_lines", [pipe("a", line(), name="供\ufffd\ufffd"), pipe("b", line(0.01), source="长" * 501)]
    )
    assert checked.accepted.all()
    assert found["unreadable_text", "name"].rows == (2,)
    assert found["long_text", "source"].rows == (3,)


def test_an_empty_batch_and_an_empty_district() -> None:
    state = CheckState("network_nodes", {}, "merge")
    assert not len(check_rows("network_nodes", rows([]), state).frame)
    checked = check_rows("network_nodes", rows([node("a", 100.0, 20.0)]), state)
    assert checked.accepted.all()
    assert state.book.issues() == ()


def test_what_the_database_cannot_hold_sets_its_row_aside_alone() -> None:
    records = [
        node("fine", 112.5, 35.5, customers=12),
        node("crowd", 112.51, 35.5, customers=99_999_999_999),
        node("endless", 112.52, 35.5, customers=float("inf")),
        node("nul", 112.53, 35.5, name="a\0b"),
        {**node("nowhere", 112.54, 35.5), "geometry": Point(float("nan"), 35.5)},
    ]
    checked, found = check("network_nodes", records)
    assert checked.accepted.tolist() == [True, False, False, False, False]
    assert "2,147,483,647" in found["above_maximum", "customers"].message.zh
    assert found["unreadable_text", "name"].severity == "error"
    assert len(conform("network_nodes", gpd.GeoDataFrame(checked.frame[checked.accepted], crs=4490))) == 1


def test_a_vertex_without_numbers_sets_its_line_aside_alone() -> None:
    with np.errstate(invalid="ignore"):
        broken = shapely.from_wkt("LINESTRING (112.5 35.5, NaN NaN, 112.6 35.5)")
    checked, found = check("network_lines", [pipe("a", line()), pipe("b", broken)])
    assert checked.accepted.tolist() == [True, False]
    assert ("outside_earth", None) in found
