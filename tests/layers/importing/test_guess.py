"""A first plan for files as offices have them: layer, columns, units, words, datum; and what it leaves to people."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from layers.catalog import CATALOG
from layers.importing.datum.conversion import from_stored
from layers.importing.meaning.convert import convert
from layers.importing.meaning.guess import Guess, guess
from layers.importing.meaning.plan import ImportPlan
from layers.importing.meaning.reading import open_questions, read_plan
from layers.importing.source import open_source, read_batches
from layers.importing.source.model import Batch, SourceTable
from layers.records import conform

GEO = Path(__file__).parents[3] / "data" / "geo"


@dataclass(frozen=True)
class FakeSource:
    """A source with one table, as far as a guess looks at it."""

    path: Path
    described: SourceTable
    encoding: str | None = "gb18030"
    tables: tuple[SourceTable, ...] = field(default=())

    def table(self, name: str) -> SourceTable:
        assert name == self.described.name
        return self.described


@pytest.fixture(scope="module")
def district() -> dict[str, Any]:
    return {key: gpd.read_file(GEO / f"{key}.geojson") for key in ("counties", "townships", "roads", "network_nodes")}


def first_plan(
    file: str, columns: dict[str, Any], shapes: Any = None, current: dict[str, Any] | None = None, **said: Any
) -> tuple[Guess, Batch]:
    table = pd.DataFrame({name: pd.Series(list(cells), dtype=object) for name, cells in columns.items()}, dtype=object)
    geometry = None if shapes is None else np.array([*shapes, None], dtype=object)[:-1]
    batch = Batch(np.arange(1, len(table) + 1, dtype=np.int64), table, geometry)
    kind = None if geometry is None else geometry[0].geom_type
    described = SourceTable("Sheet1", len(table), tuple(columns), kind, said.pop("crs", None), {})
    made = guess(FakeSource(Path(file), described), "Sheet1", said.pop("layer", None), current or {}, batch)  # type: ignore[arg-type]
    assert read_plan(made.plan.document()) == made.plan
    assert {what for what in made.because if what.startswith("mapping.")} == {f"mapping.{t}" for t in made.plan.mapping}
    return made, batch


def moved(frame: Any, datum: str) -> Any:
    def write(given: np.ndarray) -> np.ndarray:
        return np.column_stack(from_stored(given[:, 0], given[:, 1], datum))

    return shapely.transform(np.asarray(frame.geometry, dtype=object), write)


def asked(plan: ImportPlan, *, has_geometry: bool = True) -> set[str]:
    return {question.target for question in open_questions(plan, has_geometry=has_geometry)}


@cache
def heat_pipes(count: int = 60) -> Any:
    return gpd.read_file(GEO / "network_lines.geojson", where="network = 'heat'").head(count)


def test_pinyin_initials_of_a_heat_network_are_read_by_name_and_content(district: dict[str, Any]) -> None:
    pipes = heat_pipes()
    columns = {
        "OBJECTID": range(len(pipes)),
        "GDBH": [f"GD{number}" for number in range(len(pipes))],
        "MC": ["东环一级网"] * len(pipes),
        "GJ": ["DN300"] * len(pipes),
        "QDBH": pipes["from_node"],
        "ZDBH": pipes["to_node"],
        "LX": ["主干管", "支管"] * (len(pipes) // 2),
        "ZT": ["在运"] * len(pipes),
        "SHAPE_Leng": [1.5] * len(pipes),
    }
    made, batch = first_plan("供热管网.shp", columns, moved(pipes, "EPSG:4526"), district)
    plan = made.plan
    assert (plan.layer, plan.datum, plan.id_from, plan.topology) == ("network_lines", "EPSG:4526", "column", None)
    assert plan.mapping == {
        "id": "GDBH",
        "name": "MC",
        "kind": "LX",
        "from_node": "QDBH",
        "to_node": "ZDBH",
        "in_service": "ZT",
        "diameter_mm": "GJ",
    }
    assert plan.constants == {"network": "heat"}
    assert "供热" in made.because["constants.network"].zh
    assert "已有记录" in made.because["mapping.from_node"].zh
    assert asked(plan) == {"provenance", "source"}
    told = plan.with_changes(constants={**plan.constants, "provenance": "surveyed", "source": "热力公司"})
    frame = conform("network_lines", convert(batch, told).frame)
    assert set(frame["diameter_mm"]) == {300.0}


def test_pipes_without_ends_are_joined_by_geometry_and_asked_for_their_kind(district: dict[str, Any]) -> None:
    made, _ = first_plan("城区燃气管线.dxf", {"Layer": ["中压"] * 60}, moved(heat_pipes(), "EPSG:4547"), district)
    plan = made.plan
    assert (plan.layer, plan.datum, plan.id_from) == ("network_lines", "EPSG:4547", "made")
    assert plan.topology is not None
    assert plan.constants["network"] == "gas"
    assert asked(plan) == {"provenance", "source", "kind"}


def test_surveyors_columns_with_x_for_north_and_states_of_valves(district: dict[str, Any]) -> None:
    valves = district["network_nodes"][lambda frame: frame["kind"] == "valve"].head(60)
    places = shapely.get_coordinates(moved(valves, "EPSG:4547"))
    columns = {
        "序号": range(60),
        "阀门编号": [f"F{number:03d}" for number in range(60)],
        "X坐标": [f"{north:.3f}" for north in places[:, 1]],
        "Y坐标": [f"{east:.3f}" for east in places[:, 0]],
        "阀门状态": ["常开", "常闭"] * 30,
    }
    made, batch = first_plan("城区燃气阀门台账.xlsx", columns, None, district)
    plan = made.plan
    assert (plan.layer, plan.x, plan.y, plan.datum) == ("network_nodes", "Y坐标", "X坐标", "EPSG:4547")
    assert {plan.constants["network"], plan.constants["kind"]} == {"gas", "valve"}
    assert plan.choices["normally_open"] == {"常开": "false", "常闭": "true"}
    assert plan.constants["name"] == "{阀门编号}"
    frame = convert(batch, plan).frame
    assert frame["normally_open"].tolist() == [False, True] * 30
    distance = shapely.distance(frame["geometry"].to_numpy(dtype=object), np.asarray(valves.geometry, dtype=object))
    assert float(distance.max()) < 1e-6
    switches, _ = first_plan("10kV开关.xlsx", columns, None, district)
    assert switches.plan.choices["normally_open"] == {"常开": "true", "常闭": "false"}


def test_units_of_headers_and_a_web_map_named_in_them() -> None:
    columns = {
        "换热站名称": ["东站", "西站", "南站"],
        "设计热负荷(MW)": [1.5, "2", "3,000kW"],
        "供热户数/户": ["1,200", 800, None],
        "百度经度": [112.86, 112.87, 112.88],
        "百度纬度": [35.50, 35.51, 35.52],
    }
    made, batch = first_plan("换热站.csv", columns)
    plan = made.plan
    assert (plan.layer, plan.datum) == ("network_nodes", "bd09")
    assert (plan.constants["network"], plan.constants["kind"]) == ("heat", "heat_exchange")
    assert plan.mapping["customers"] == "供热户数/户"
    assert convert(batch, plan).frame["demand_kw"].tolist() == [1500, 2000, 3000]
    assert "百度" in made.because["datum"].zh
    assert {item.value for item in made.alternatives["datum"]} == {"EPSG:4490", "gcj02"}


def test_townships_are_read_from_codes_and_names(district: dict[str, Any]) -> None:
    towns = district["townships"]
    columns = {"XZQDM": towns["code"], "XZQMC": towns["name"], "常住人口（万人）": towns["population"] / 10_000}
    made, batch = first_plan("乡镇界.shp", columns, towns.geometry, crs="EPSG:4490")
    assert made.plan.mapping["id"] == made.plan.mapping["code"] == "XZQDM"
    named = {"代码": towns["code"], "名称": towns["name"]}
    again, _ = first_plan("乡镇界.shp", named, towns.geometry, crs="EPSG:4490")
    assert again.plan.mapping["id"] == again.plan.mapping["code"] == "代码"
    plan = made.plan.with_changes(
        constants={**made.plan.constants, "provenance": "published", "source": "民政局", "boundary_quality": "good"}
    )
    assert asked(made.plan) == {"provenance", "source", "boundary_quality"}
    frame = conform("townships", convert(batch, plan).frame)
    expected = towns.sort_values("code")
    assert frame["code"].tolist() == expected["code"].tolist()
    for column in ("kind", "county_code", "population"):
        known = expected[column].notna().to_numpy()
        assert frame[column].notna().tolist() == known.tolist()
        assert frame[column][known].tolist() == expected[column][known].tolist()


def test_a_table_without_places_is_supplies_or_contacts() -> None:
    made, _ = first_plan(
        "自备电源.xlsx", {"单位编号": ["a", "b"], "供应种类": ["用电", "供水"], "备用时间(分钟)": [30, 60]}
    )
    assert made.plan.layer == "supplies"
    assert made.plan.units == {"reserve_hours": "分钟"}
    columns = {"单位": ["供热公司", "燃气公司"], "联系人": ["甲", "乙"], "联系电话": ["0356-0000001", "10000000002"]}
    made, _ = first_plan("应急通讯录.xlsx", columns)
    assert made.plan.layer == "contacts"
    assert made.plan.mapping == {"unit": "单位", "person": "联系人", "phone": "联系电话"}
    assert "restricted" in asked(made.plan, has_geometry=False)


def test_categories_are_judged_by_the_ends_of_names_and_words_within_are_proposed() -> None:
    columns = {
        "名称": ["市人民医院", "机关幼儿园", "消防路小学", "东街敬老院"],
        "经度": [112.8] * 4,
        "纬度": [35.5] * 4,
    }
    made, _ = first_plan("重点单位.csv", columns)
    assert made.plan.mapping["category"] == "名称"
    assert list(made.plan.choices["category"].values()) == ["hospital", "school", "school", "residential"]
    columns = {"名称": ["甲", "乙"], "设备类型": ["110kV变电站", "断路器"], "lng": [112.8, 112.9], "lat": [35.5, 35.5]}
    made, _ = first_plan("设备.csv", columns)
    assert made.plan.choices["kind"] == {"110kV变电站": "substation"}


def test_columns_that_mean_nothing_here_and_repeated_numbers_are_left_alone() -> None:
    columns = {
        "编号": ["1", "1", "2"],
        "名称": ["甲", "乙", "丙"],
        "容量(kVA)": [315, 400, 630],
        "备注": ["", None, "x"],
        "经度": [112.8] * 3,
        "纬度": [35.5] * 3,
    }
    made, _ = first_plan("储煤点.csv", columns)
    assert made.plan.id_from == "made"
    assert made.plan.mapping == {"name": "名称"}


def test_a_layer_that_is_said_is_kept_and_an_unknown_one_refused() -> None:
    columns = {"路名": ["东环路"], "限速": [60]}
    line = [shapely.LineString([(112.8, 35.5), (112.9, 35.5)])]
    assert first_plan("road.gpkg", columns, line)[0].plan.layer == "roads"
    made, _ = first_plan("road.gpkg", columns, line, layer="coal_routes")
    assert made.plan.layer == "coal_routes"
    assert "roads" in {item.value for item in made.alternatives["layer"]}
    with pytest.raises(KeyError):
        first_plan("road.gpkg", columns, line, layer="lanes")


@pytest.mark.parametrize("key", CATALOG)
def test_an_empty_table_gives_a_plan_that_asks(key: str) -> None:
    made, batch = first_plan("空.csv", {"甲": [], "乙": []}, layer=key)
    assert {"provenance", "source"} <= asked(made.plan, has_geometry=False)
    assert made.document("en")["plan"]["layer"] == key
    assert len(convert(batch, made.plan).frame) == 0


def test_a_file_of_other_software_goes_from_bytes_to_records(tmp_path: Path, district: dict[str, Any]) -> None:
    pipes = heat_pipes()
    table = gpd.GeoDataFrame(
        {"管段编号": [f"GD{number}" for number in range(60)], "管径": ["DN300"] * 60, "管段类型": ["支管"] * 60},
        geometry=moved(pipes, "EPSG:4526"),
        crs="EPSG:4526",
    )
    path = tmp_path / "供热管网.shp"
    table.to_file(path, encoding="GBK")
    for suffix in (".cpg", ".prj"):
        path.with_suffix(suffix).unlink()
    with tempfile.TemporaryDirectory() as work:
        source = open_source(path, Path(work))
        made = guess(source, source.tables[0].name, None, district)
        batches = list(read_batches(source, source.tables[0].name))
    assert (made.plan.layer, made.plan.datum, made.plan.constants["network"]) == ("network_lines", "EPSG:4526", "heat")
    frame = convert(batches[0], made.plan).frame
    assert frame["id"].tolist() == table["管段编号"].tolist()
    assert set(frame["kind"]) == {"branch"}
    places = frame["geometry"].to_numpy(dtype=object)
    apart = shapely.hausdorff_distance(places, np.asarray(pipes.geometry, dtype=object))
    assert float(apart.max()) < 1e-6
