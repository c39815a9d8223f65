"""`webmap import` as a user in a terminal meets it: files of other software in, records or reasons out."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from click.testing import CliRunner, Result
from openpyxl import Workbook
from pyproj import Transformer
from shapely import LineString, Point

from layers.store import Store, open_store
from tests.databases import empty_tables
from webmap.cli import main

#: Positions as they are to be stored (EPSG:4490).
PLACES = [(112.8512, 35.4975), (112.8634, 35.5021), (112.8402, 35.4893)]
NAMES = ["东关换热站", "凤台街换热站", "矿区换热站"]
METRE = 1e-5


class Desk:
    """A database without records, and a folder in which files lie."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.url = empty_tables(folder / "webmap.sqlite")
        monkeypatch.setenv("DATABASE_URL", self.url)
        monkeypatch.setenv("WEBMAP_HOME", str(folder))
        monkeypatch.chdir(folder)

    def run(self, *arguments: object) -> Result:
        return CliRunner().invoke(main, ["import", *map(str, arguments)])

    def told(self, *arguments: object, status: int = 0) -> Any:
        """Run with --json and return the answer."""
        done = self.run(*arguments, "--json")
        assert done.exit_code == status, done.output
        return json.loads(done.stdout)

    def stored(self, layer: str) -> pd.DataFrame:
        store: Store = open_store(self.url)
        try:
            return store.read(layer)
        finally:
            store.engine.dispose()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch)


def stations(crs: int = 4490) -> gpd.GeoDataFrame:
    x, y = Transformer.from_crs(4490, crs, always_xy=True).transform(*np.array(PLACES).T)
    table = {"编号": ["S1", "S2", "S3"], "名称": NAMES, "热负荷": ["1,200kW", "800", "1.5MW"]}
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(x, y), crs=crs)


def lie_at(frame: pd.DataFrame, places: list[tuple[float, float]]) -> bool:
    found = shapely.get_coordinates(frame.sort_values("id")["geometry"].to_numpy())
    return bool(np.abs(found - np.array(places)).max() < METRE)


NODES = (
    "--set",
    "network=heat",
    "--set",
    "kind=heat_exchange",
    "--set",
    "source=热力公司",
    "--set",
    "provenance=surveyed",
)


def test_a_zipped_shapefile_in_gbk_and_gauss_kruger_becomes_records(desk: Desk) -> None:
    folder = desk.folder / "shp"
    folder.mkdir()
    stations(4547).to_file(folder / "换热站.shp", encoding="GBK")
    (folder / "换热站.cpg").unlink(missing_ok=True)
    with zipfile.ZipFile(desk.folder / "换热站.zip", "w") as archive:
        for path in folder.iterdir():
            archive.write(path, path.name)
    told = desk.told("network_nodes", "换热站.zip", "--map", "id=编号", "--map", "demand_kw=热负荷", *NODES)
    assert (told["rows"], told["accepted"], told["rejected"]) == (3, 3, 0)
    assert (told["layer"], told["datum"]) == ("network_nodes", "EPSG:4547")
    assert told["encoding"].upper().replace("-", "") in {"GBK", "GB18030"}
    stored = desk.stored("network_nodes").set_index("id")
    assert list(stored["name"]) == NAMES
    assert list(stored["demand_kw"]) == [1200.0, 800.0, 1500.0]
    assert lie_at(desk.stored("network_nodes"), PLACES)
    west, south, east, north = told["bounds"]
    assert (west, south, east, north) == pytest.approx((112.8402, 35.4893, 112.8634, 35.5021), abs=METRE)
    assert [feature["id"] for feature in told["preview"]] == ["S1", "S2", "S3"]
    assert told["preview"][0]["geometry"]["coordinates"] == pytest.approx(PLACES[0], abs=METRE)
    assert told["version"] is not None


def test_a_sheet_with_merged_headings_and_a_dry_run_that_writes_nothing(desk: Desk) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["换热站一览表"])
    sheet.merge_cells("A1:D1")
    sheet.append(["编号", "名称", "位置", None])
    sheet.merge_cells("C2:D2")
    sheet.append([None, None, "经度", "纬度"])
    for number, (name, (lon, lat)) in enumerate(zip(NAMES, PLACES, strict=True)):
        sheet.append([f"S{number + 1}", name, lon, lat])
    book.save(desk.folder / "换热站.xlsx")
    told = desk.told("network_nodes", "换热站.xlsx", "--datum", "EPSG:4490", "--dry-run", *NODES)
    assert (told["accepted"], told["version"]) == (3, None)
    assert not len(desk.stored("network_nodes"))
    told = desk.told("network_nodes", "换热站.xlsx", "--datum", "EPSG:4490", *NODES)
    assert told["layers"]["network_nodes"] == {"added": 3, "changed": 0, "same": 0, "removed": 0}
    assert lie_at(desk.stored("network_nodes"), PLACES)
    again = desk.told("network_nodes", "换热站.xlsx", "--datum", "EPSG:4490", *NODES)
    assert again["layers"]["network_nodes"]["same"] == 3


def test_bad_rows_are_set_aside_in_a_file_and_the_others_are_written(desk: Desk) -> None:
    (desk.folder / "站.csv").write_text(
        "编号,名称,经度,纬度,热负荷\nS1,东关,112.85,35.50,100\nS2,=1+1,112.86,35.50,很大\nS3,矿区,0,0,5\n",
        encoding="gbk",
    )
    told = desk.told("network_nodes", "站.csv", "--datum", "EPSG:4490", *NODES)
    assert (told["rows"], told["accepted"], told["rejected"]) == (3, 1, 2)
    assert sorted(issue["rows"] for issue in told["issues"] if issue["severity"] == "error") == [[3], [4]]
    assert all(issue["remedy"] for issue in told["issues"])
    rows = list(csv.reader(Path(told["rejected_file"]).read_text("utf-8-sig").splitlines()))
    assert (rows[1][0], rows[1][rows[0].index("名称")]) == ("3", "'=1+1")
    assert list(desk.stored("network_nodes")["id"]) == ["S1"]


def test_lines_before_their_nodes_say_what_to_import_first(desk: Desk) -> None:
    table = {"id": ["L1"], "name": ["干线"], "from_node": ["S1"], "to_node": ["S2"]}
    gpd.GeoDataFrame(table, geometry=[LineString(PLACES[:2])], crs=4490).to_file(desk.folder / "管线.gpkg")
    fixed = ("--set", "network=heat", "--set", "kind=trunk", "--set", "in_service=是")
    told = desk.told("network_lines", "管线.gpkg", "--set", "source=热力公司", *fixed, status=1)
    assert told["version"] is None
    found = next(issue for issue in told["issues"] if issue["code"] == "unknown_reference")
    assert "站点与设备" in found["remedy"]
    joined = desk.told("network_lines", "管线.gpkg", "--tolerance-m", "1", "--set", "source=x", *fixed)
    assert joined["changes"]["node_made"] == 2
    assert joined["layers"]["network_nodes"]["added"] == 2
    assert len(desk.stored("network_nodes")) == 2


def test_a_mapping_is_kept_by_name_and_used_for_the_next_file(desk: Desk) -> None:
    stations().to_file(desk.folder / "一.gpkg")
    moved = stations()
    moved["名称"] = ["甲", "乙", "丙"]
    moved.to_file(desk.folder / "二.gpkg")
    options = ("--map", "id=编号", "--map", "name=名称", *NODES)
    desk.told("network_nodes", "一.gpkg", *options, "--save-mapping", "热力公司")
    told = desk.told("network_nodes", "二.gpkg", "--mapping", "热力公司")
    assert told["layers"]["network_nodes"]["changed"] == 3
    assert list(desk.stored("network_nodes")["name"]) == ["甲", "乙", "丙"]
    missing = desk.run("network_nodes", "二.gpkg", "--mapping", "没有")
    assert missing.exit_code == 1
    assert "热力公司" in missing.stderr


def test_replacing_takes_away_what_the_file_does_not_have(desk: Desk) -> None:
    stations().to_file(desk.folder / "三.gpkg")
    stations().iloc[:1].to_file(desk.folder / "一.gpkg")
    options = ("--map", "id=编号", *NODES)
    desk.told("network_nodes", "三.gpkg", *options)
    told = desk.told("network_nodes", "一.gpkg", "--replace", *options)
    assert told["layers"]["network_nodes"] == {"added": 0, "changed": 0, "same": 1, "removed": 2}
    assert list(desk.stored("network_nodes")["id"]) == ["S1"]


def test_what_nobody_says_is_assumed_and_told(desk: Desk) -> None:
    table = {"名称": ["武装部"], "类别": ["医院"]}
    gpd.GeoDataFrame(table, geometry=[Point(PLACES[0])], crs=4490).to_file(desk.folder / "单位.geojson")
    told = desk.told("facilities", "单位.geojson")
    assert told["accepted"] == 1
    assumed = {issue["column"] for issue in told["issues"] if issue["code"] == "value_assumed"}
    assert {"provenance", "source", "restricted"} <= assumed
    stored = desk.stored("facilities").iloc[0]
    assert (stored["provenance"], stored["restricted"]) == ("estimated", True)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("nothing.csv", None, "missing"),
        ("a.zip", b"PK\x03\x04", "truncated"),
        ("a.geojson", b"a,b\n1,2\n", "wrong_extension"),
        (
            "a.kml",
            b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><kml>&e;</kml>',
            "xml_entities",
        ),
    ],
)
def test_a_file_that_is_not_read_is_an_issue_with_a_remedy(
    desk: Desk, name: str, content: bytes | None, code: str
) -> None:
    if content is not None:
        (desk.folder / name).write_bytes(content)
    told = desk.told("roads", name, status=1)
    assert [(issue["code"], issue["severity"]) for issue in told["issues"]] == [(code, "error")]
    assert told["issues"][0]["remedy"]
    assert (told["accepted"], told["version"]) == (0, None)
    shown = desk.run("roads", name)
    assert shown.exit_code == 1
    assert "→" in shown.output


def test_wrong_options_are_told_before_anything_is_read(desk: Desk) -> None:
    stations().to_file(desk.folder / "站.gpkg")
    assert desk.run("nothing", "站.gpkg").exit_code == 2
    assert desk.run("network_nodes", "站.gpkg", "--map", "名称").exit_code == 2
    told = desk.told("network_nodes", "站.gpkg", "--map", "nothing=名称", status=1)
    assert told["issues"][0]["column"] == "mapping.nothing"
    told = desk.told("network_nodes", "站.gpkg", "--table", "没有", status=1)
    assert told["issues"][0]["code"] == "unknown_table"


def test_people_read_the_answer_before_the_details(desk: Desk) -> None:
    stations().to_file(desk.folder / "站.gpkg")
    lines = desk.run("network_nodes", "站.gpkg", "--map", "id=编号", *NODES).output.splitlines()
    assert lines[0].startswith("✓ 已入库")
    assert "3 / 3" in lines[0]
