"""A plan and rows of an office's file: records in the catalogue's terms, and what could not be read."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Transformer

from layers.importing.datum.bd09 import to_bd09
from layers.importing.issues import IssueBook
from layers.importing.meaning.convert import Converted, convert, record
from layers.importing.meaning.plan import Building, ImportPlan, InvalidPlan
from layers.importing.source.model import Batch
from layers.records import conform

ORIGIN = {"provenance": "surveyed", "source": "市供热公司 2026 年普查"}
PIPES = ImportPlan(
    "network_lines",
    "供热管网",
    mapping={"id": "管段编号", "name": "名称", "kind": "类别", "diameter_mm": "管径", "in_service": "状态"},
    constants={**ORIGIN, "network": "heat", "from_node": "a", "to_node": "b"},
    datum="EPSG:4490",
    id_from="column",
)
PLACES = ImportPlan(
    "facilities",
    "单位",
    mapping={"name": "单位名称", "category": "类别", "people": "人数"},
    constants={**ORIGIN, "restricted": False},
    x="经度",
    y="纬度",
    datum="EPSG:4490",
)


def batch(columns: dict[str, list[Any]], shapes: list[Any] | None = None, first: int = 1) -> Batch:
    table = pd.DataFrame(columns, dtype=object)
    geometry = None if shapes is None else np.array([*shapes, None], dtype=object)[:-1]
    return Batch(np.arange(first, first + len(table), dtype=np.int64), table, geometry)


def line(x: float = 112.85) -> shapely.LineString:
    return shapely.LineString([(x, 35.49), (x + 0.001, 35.49)])


def pipes(shapes: list[Any] | None = None, **cells: list[Any]) -> Batch:
    count = len(next(iter(cells.values())))
    columns: dict[str, list[Any]] = {
        "管段编号": [f"GD{place}" for place in range(count)],
        "名称": ["一中支线"] * count,
        "类别": ["支管"] * count,
        "管径": ["DN200"] * count,
        "状态": ["在运"] * count,
    }
    return batch(columns | cells, shapes or [line(112.8 + place / 100) for place in range(count)])


def codes(converted: Converted) -> dict[str, list[int]]:
    return {problem.code: converted.rows[problem.positions].tolist() for problem in converted.problems}


def test_a_pipe_of_the_heating_company_becomes_a_record_that_the_catalogue_takes() -> None:
    converted = convert(pipes(管径=["DN300", "ＤＮ１５０", "De110", "0.4m", 250, None, "不详"]), PIPES)
    assert converted.frame["diameter_mm"].tolist() == [300, 150, 110, 400, 250, None, None]
    assert codes(converted) == {"outer_diameter": [3]}
    assert not converted.refused.any()
    frame = conform("network_lines", converted.frame)
    assert frame["kind"].unique().tolist() == ["branch"]
    assert frame["in_service"].all()


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("DN300/DN200", "wrong_type"),
        ("200-300", "range_value"),
        ("约200", "range_value"),
        ("12kVA", "unknown_unit"),
        ("#REF!", "cell_error"),
        (True, "wrong_type"),
        (float("inf"), "wrong_type"),
    ],
)
def test_what_cannot_be_read_for_certain_is_told_and_sets_the_row_aside(cell: object, code: str) -> None:
    converted = convert(pipes(管径=[100, cell]), PIPES)
    assert codes(converted) == {code: [2]}
    assert converted.refused.tolist() == [False, True]
    book = IssueBook("network_lines")
    record(converted, book)
    (issue,) = book.issues()
    assert (issue.severity, issue.rows, issue.column) == ("error", (2,), "diameter_mm")
    assert str(cell) in issue.message.zh or code == "wrong_type"


def test_a_lenient_field_counts_as_unknown_with_a_warning() -> None:
    converted = convert(pipes(管径=["200-300"]), PIPES.with_changes(lenient=("diameter_mm",)))
    assert codes(converted) == {"left_unknown": [1]}
    assert not converted.refused.any()
    assert converted.frame["diameter_mm"].tolist() == [None]


def test_a_unit_of_the_header_counts_for_bare_numbers_and_one_in_the_cell_before_it() -> None:
    plan = PIPES.with_changes(units={"diameter_mm": "cm"})
    assert convert(pipes(管径=[30, "30", "300mm"]), plan).frame["diameter_mm"].tolist() == [300, 300, 300]


def test_words_for_choices_are_known_and_a_plan_adds_its_own() -> None:
    words = ["主干管", "一级网", "service", "Branch main", "ＴＲＵＮＫ", "母管"]
    plain = convert(pipes(类别=words), PIPES)
    assert plain.frame["kind"].tolist() == ["trunk", "trunk", "service", "branch", "trunk", None]
    assert codes(plain) == {"unknown_value": [6]}
    told = convert(pipes(类别=words), PIPES.with_changes(choices={"kind": {"母管": "trunk"}}))
    assert told.frame["kind"].tolist()[-1] == "trunk"
    assert told.problems == ()


def test_a_constant_fills_empty_cells_but_never_hides_one_that_was_not_understood() -> None:
    plan = PIPES.with_changes(constants={**PIPES.constants, "in_service": True, "name": "{类别}（{管段编号}）"})
    converted = convert(pipes(状态=["停运", None, "无所谓"], 名称=[None, "", "东线"]), plan)
    assert converted.frame["in_service"].tolist() == [False, True, None]
    assert codes(converted) == {"wrong_type": [3]}
    assert converted.frame["name"].tolist() == ["支管（GD0）", "支管（GD1）", "东线"]


def test_open_and_closed_of_a_device_are_asked_for_since_a_valve_and_a_switch_differ() -> None:
    plan = ImportPlan(
        "network_nodes",
        "阀门",
        mapping={"id": "编号", "name": "编号", "normally_open": "状态"},
        constants={**ORIGIN, "network": "gas", "kind": "valve", "in_service": True},
        datum="EPSG:4490",
        id_from="column",
    )
    cells = batch({"编号": ["F1", "F2", "F3"], "状态": ["常开", "常闭", "否"]}, [shapely.Point(112.8, 35.5)] * 3)
    assert codes(convert(cells, plan)) == {"ambiguous_state": [1, 2]}
    told = convert(cells, plan.with_changes(choices={"normally_open": {"常开": "false", "常闭": "true"}}))
    assert told.frame["normally_open"].tolist() == [False, True, False]


def test_numbers_that_a_spreadsheet_spoilt_are_no_identifiers() -> None:
    cells = ["1.40502E+17", 140502001.0, 1.40502e17, "１２３"]
    converted = convert(pipes(管段编号=cells), PIPES)
    assert converted.frame["id"].tolist() == [None, "140502001", None, "123"]
    assert codes(converted) == {"lost_digits": [1, 3]}


@pytest.mark.parametrize("datum", ["EPSG:4547", "EPSG:4526", "EPSG:4497", "EPSG:4508", "EPSG:32649", "EPSG:3857"])
def test_a_projected_line_lies_where_the_projection_library_puts_it(datum: str) -> None:
    true = line(112.85)
    forward = Transformer.from_crs(4490, datum, always_xy=True)
    shape = shapely.transform(true, lambda given: np.column_stack(forward.transform(given[:, 0], given[:, 1])))
    converted = convert(pipes([shape], 管径=[1]), PIPES.with_changes(datum=datum))
    # 1e-6 of a degree is a tenth of a metre.
    assert shapely.equals_exact(converted.frame["geometry"].iloc[0], true, 1e-6)


def test_baidu_coordinates_in_columns_become_true_places() -> None:
    x, y = to_bd09(np.array([112.85]), np.array([35.49]))
    cells = {
        "单位名称": ["人民医院"],
        "类别": ["医院"],
        "人数": ["1,200人"],
        "经度": [f"{x[0]:.8f}"],
        "纬度": [float(y[0])],
    }
    converted = convert(batch(cells), PLACES.with_changes(datum="bd09"))
    point = converted.frame["geometry"].iloc[0]
    assert (point.x, point.y) == pytest.approx((112.85, 35.49), abs=1e-7)
    assert converted.frame[["category", "people"]].iloc[0].tolist() == ["hospital", 1200]


@pytest.mark.parametrize(
    "text", ["112.85", "112.85°", "112°51′00″E", "112度51分", "东经112°51'0\"", " １１２.85 ", 112.85]
)
def test_degrees_are_read_as_offices_write_them(text: object) -> None:
    cells = {"单位名称": ["甲"], "类别": ["学校"], "人数": [None], "经度": [text], "纬度": ["35°29′24″"]}
    point = convert(batch(cells), PLACES).frame["geometry"].iloc[0]
    assert (point.x, point.y) == pytest.approx((112.85, 35.49), abs=1e-9)


def test_unreadable_and_absent_coordinates_differ() -> None:
    cells = {"单位名称": list("甲乙丙丁"), "类别": ["学校"] * 4, "人数": [1] * 4, "经度": ["东街", None, 0, "112°75′"]}
    converted = convert(batch({**cells, "纬度": [35.4, None, 0, 35.4]}), PLACES)
    assert codes(converted) == {"unreadable_place": [1, 4]}
    assert converted.frame["geometry"].tolist() == [None] * 4
    assert converted.refused.tolist() == [True, False, False, True]


def test_a_place_out_of_the_datum_is_told() -> None:
    converted = convert(
        pipes([line(), shapely.LineString([(1, 1), (2, 2)])], 管径=[1, 1]), PIPES.with_changes(datum="EPSG:4526")
    )
    assert codes(converted) == {"no_place_in_datum": [1, 2]}


def test_swapped_axes_are_exchanged_first() -> None:
    swapped = shapely.transform(line(), lambda given: given[:, ::-1])
    converted = convert(pipes([swapped], 管径=[1]), PIPES.with_changes(swap_axes=True))
    assert shapely.equals_exact(converted.frame["geometry"].iloc[0], line(), 0)


def test_well_known_text_and_pairs_are_places() -> None:
    plan = PIPES.with_changes(wkt="位置")
    texts = ["SRID=4490;LINESTRING Z (112.8 35.4 7, 112.9 35.4 8)", "112.8,35.4;112.9,35.4", "LINESTRING (1", None]
    converted = convert(batch(pipes(管径=[1] * 4).columns.assign(位置=texts).to_dict("list")), plan)
    expected = shapely.LineString([(112.8, 35.4), (112.9, 35.4)])
    assert [shape == expected for shape in converted.frame["geometry"][:2]] == [True, True]
    assert codes(converted) == {"unreadable_place": [3]}


def test_parts_that_touch_are_joined_and_others_become_records_of_the_same_row() -> None:
    touching = shapely.MultiLineString([[(112.8, 35.4), (112.81, 35.4)], [(112.81, 35.4), (112.82, 35.4)]])
    apart = shapely.MultiLineString([[(112.8, 35.4), (112.81, 35.4)], [(112.83, 35.4), (112.84, 35.4)]])
    converted = convert(pipes([touching, apart, line()], 管径=["1-2", "3-4", 5]), PIPES)
    assert converted.frame["id"].tolist() == ["GD0", "GD1", "GD1_p2", "GD2"]
    assert converted.rows.tolist() == [1, 2, 2, 3]
    assert {shape.geom_type for shape in converted.frame["geometry"]} == {"LineString"}
    assert codes(converted) == {"range_value": [1, 2, 2], "parts_split": [2, 2]}
    assert converted.refused.tolist() == [True, True, True, False]


def test_areas_and_outlines_are_made_what_the_layer_holds() -> None:
    area = shapely.box(112.8, 35.4, 112.9, 35.5)
    points = convert(
        batch({"单位名称": ["甲", "乙"], "类别": ["学校"] * 2, "人数": [1, 1]}, [area, line()]),
        PLACES.with_changes(x=None, y=None),
    )
    assert area.contains(points.frame["geometry"].iloc[0])
    assert codes(points) == {"made_point": [1], "wrong_geometry": [2]}
    plan = ImportPlan(
        "townships",
        "街道",
        mapping={"id": "代码", "name": "名称", "code": "代码"},
        constants={**ORIGIN, "county_code": "140502", "kind": "subdistrict", "boundary_quality": "low"},
        datum="EPSG:4490",
        id_from="column",
    )
    shapes = [shapely.LineString(area.exterior), line(), shapely.MultiPolygon([area])]
    towns = convert(batch({"代码": ["1", "2", "3"], "名称": list("甲乙丙")}, shapes), plan)
    assert [shape and shape.geom_type for shape in towns.frame["geometry"]] == ["Polygon", None, "Polygon"]
    assert codes(towns) == {"made_area": [1], "open_outline": [2]}


def test_made_identifiers_are_the_same_for_the_same_record_in_any_order_and_place() -> None:
    cells = {"单位名称": ["甲", "乙", "甲"], "类别": ["学校"] * 3, "人数": [1, 2, 3], "经度": [112.8, 112.8, 112.9]}
    first = convert(batch({**cells, "纬度": [35.4] * 3}), PLACES).frame["id"].tolist()
    assert len(set(first)) == 3
    turned = {name: list(reversed(column)) for name, column in {**cells, "纬度": [35.4] * 3}.items()}
    again = convert(batch({**turned, "人数": [9, 9, 9]}, first=100), PLACES).frame["id"].tolist()
    assert again == list(reversed(first))


def test_a_table_without_places_makes_identifiers_of_its_texts() -> None:
    plan = ImportPlan(
        "supplies",
        "备用电源",
        mapping={"facility_id": "单位", "commodity": "种类", "reserve_hours": "备用时间", "name": "单位"},
        constants={**ORIGIN, "required": True},
        units={"reserve_hours": "分钟"},
    )
    cells = {"单位": ["f-1", "f-1", "f-2"], "种类": ["用电", "供水", "煤"], "备用时间": [90, "2小时", "三"]}
    frame = convert(batch(cells), plan).frame
    assert frame["commodity"].tolist() == ["electricity", "water", "coal"]
    assert frame["reserve_hours"].tolist() == pytest.approx([1.5, 2.0, 0.05])
    assert frame["id"].is_unique
    assert "geometry" not in frame


def test_topology_leaves_ends_open() -> None:
    constants = {name: value for name, value in PIPES.constants.items() if not name.endswith("_node")}
    converted = convert(pipes(管径=[1]), PIPES.with_changes(constants=constants, topology=Building(1.0)))
    assert converted.frame[["from_node", "to_node"]].iloc[0].tolist() == [None, None]


def test_a_plan_for_another_table_and_one_without_a_datum_are_refused() -> None:
    with pytest.raises(InvalidPlan, match="管径"):
        convert(batch({"管段编号": ["1"]}, [line()]), PIPES)
    with pytest.raises(InvalidPlan, match="坐标系"):
        convert(pipes(管径=[1]), PIPES.with_changes(datum=None))


def test_no_rows_give_no_records() -> None:
    converted = convert(pipes(管径=[]), PIPES)
    assert len(converted.frame) == 0
    assert conform("network_lines", converted.frame).empty
    assert len(convert(batch({name: [] for name in ("单位名称", "类别", "人数", "经度", "纬度")}), PLACES).frame) == 0
