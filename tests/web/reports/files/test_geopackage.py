"""The GeoPackage, read by GDAL and SQLite, and checked by GDAL's script against the standard."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyogrio
import pytest

from tests.web.network import HIDDEN_ID
from tests.web.reports.files.incidents import fresh, hostile, nothing, over
from webmap.reports.files import make
from webmap.reports.source import ReportSource

SPATIAL = {
    "counties",
    "townships",
    "network_lines",
    "hit_lines",
    "hit_nodes",
    "damage_areas",
    "warning_areas",
    "facilities",
    "faults",
}
TABLES = {"networks", "classes", "hours", "township_hours", "log", "response", "definitions"}


def package(folder: Path, source: ReportSource) -> Path:
    path = folder / "report.gpkg"
    path.write_bytes(make(source, "gpkg").content)
    return path


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return package(tmp_path_factory.mktemp("gpkg"), over())


def ask(path: Path, question: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(question).fetchall()


def check(path: Path, script: str) -> None:
    done = subprocess.run(
        [sys.executable, script, "--extra", "--warning-as-error", str(path)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_keeps_to_the_standard(path: Path, geopackage_check: str) -> None:
    check(path, geopackage_check)


def test_an_empty_one_keeps_to_the_standard_too(tmp_path: Path, geopackage_check: str) -> None:
    empty = package(tmp_path, nothing())
    check(empty, geopackage_check)
    assert pyogrio.read_info(empty, layer="hit_lines")["features"] == 0


def test_gdal_finds_the_layers_and_tables(path: Path) -> None:
    found = dict(pyogrio.list_layers(path))
    assert {name for name, kind in found.items() if kind} == SPATIAL
    assert {name for name, kind in found.items() if not kind} >= TABLES
    for name in SPATIAL:
        assert pyogrio.read_info(path, layer=name)["crs"] == "EPSG:4490"


def test_townships_carry_the_impact(path: Path) -> None:
    frame = pyogrio.read_dataframe(path, layer="townships").set_index("code")
    assert frame.loc["140502001", "electricity_customer_hours"] == 550.0
    assert frame.loc["140502001", "name"] == "东镇"
    assert frame["synthetic"].all()
    assert frame["drill"].all()
    west, south, east, north = frame.total_bounds
    assert (west, south, east, north) == pytest.approx((112.7, 35.4, 112.9, 35.6)), "longitude first"


def test_what_was_hit_is_there_with_its_moment(path: Path) -> None:
    lines = pyogrio.read_dataframe(path, layer="hit_lines")
    assert "l-e-bus-e-sw2" in set(lines["id"])
    assert set(lines["out_at"]) >= {"2026-01-12T08:00:00+08:00"}
    faults = pyogrio.read_dataframe(path, layer="faults")
    assert faults[["element", "since", "until"]].values.tolist() == [
        ["e-bus", "2026-01-12T08:00:00+08:00", "2026-01-12T13:00:00+08:00"]
    ]
    damage = pyogrio.read_dataframe(path, layer="damage_areas")
    assert damage["until"].tolist() == ["2026-01-12T11:20:00+08:00"]
    warned = pyogrio.read_dataframe(path, layer="warning_areas")
    assert warned["name"].tolist() == ["东镇、西镇"]
    assert warned.geometry.iloc[0].area == pytest.approx(0.2 * 0.2)


def test_the_log_is_a_table(path: Path) -> None:
    log = pyogrio.read_dataframe(path, layer="log")
    assert log["number"].tolist() == list(range(1, 10))
    assert log["said"].str.contains("母线").any()


def test_columns_have_chinese_titles(path: Path) -> None:
    titles = dict(ask(path, "SELECT column_name, name FROM gpkg_data_columns WHERE table_name = 'townships'"))
    assert titles["electricity_customer_hours"] == "电力停供户时"
    named = dict(ask(path, "SELECT table_name, identifier FROM gpkg_contents"))
    assert named["hit_lines"] == "停供管线"
    assert len(set(named.values())) == len(named)


def test_it_carries_its_provenance(path: Path) -> None:
    ((text,),) = ask(path, "SELECT metadata FROM gpkg_metadata WHERE mime_type = 'application/json'")
    head = json.loads(text)
    assert (head["drill"], head["synthetic"], head["data_version"]) == (True, True, "small-1")
    assert head["incident"]["name"] == "东站停电"
    assert {row["layer"] for row in head["sources"]} >= {"townships", "network_lines", "facilities"}
    described = ask(path, "SELECT description FROM gpkg_contents WHERE table_name = 'townships'")
    assert described[0][0].startswith("【演练】【示例数据】东站停电：")


def styles(path: Path) -> dict[str, ElementTree.Element]:
    rows = ask(path, "SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault = 1")
    return {layer: ElementTree.fromstring(text) for layer, text in rows}  # noqa: S314  our own documents


def test_every_layer_opens_with_a_style_of_its_own(path: Path) -> None:
    found = styles(path)
    assert set(found) == SPATIAL
    for layer, style in found.items():
        symbols = {symbol.get("name") for symbol in style.iterfind("./renderer-v2/symbols/symbol")}
        used = {rule.get("symbol") for rule in style.iterfind(".//rule")}
        assert used, layer
        assert used == symbols, layer


def test_the_styles_show_loss_networks_and_classes(path: Path) -> None:
    found = styles(path)
    loss = {rule.get("label"): rule.get("filter") for rule in found["townships"].iterfind(".//rule")}
    assert any("'140502001'" in (where or "") and "人" in (label or "") for label, where in loss.items())
    networks = [rule.get("label") or "" for rule in found["network_lines"].iterfind(".//rule")]
    assert {"电力", "燃气", "供热", "供水"} <= set(networks)
    hues = {option.get("value") for option in found["network_lines"].iterfind(".//Option[@name='line_color']")}
    assert "123,79,181,255" in hues
    signs = {option.get("value") for option in found["facilities"].iterfind(".//Option[@name='chr']")}
    assert {"医", "消", "学"} <= signs


def test_the_same_incident_makes_the_same_content(path: Path, tmp_path: Path) -> None:
    again = package(tmp_path, fresh())
    for table in [name for (name,) in ask(path, "SELECT name FROM sqlite_master WHERE type = 'table'")]:
        if not table.startswith("rtree_"):
            everything = f'SELECT * FROM "{table}"'  # noqa: S608  our own tables
            assert ask(path, everything) == ask(again, everything), table


def test_hidden_places_and_odd_names(tmp_path: Path, geopackage_check: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = package(tmp_path, over(restricted=False))
    assert HIDDEN_ID not in set(pyogrio.read_dataframe(seen, layer="facilities")["id"])
    assert HIDDEN_ID.encode() not in seen.read_bytes()
    odd = package(tmp_path, hostile(monkeypatch))
    check(odd, geopackage_check)
    assert pyogrio.read_dataframe(odd, layer="townships")["name"].str.startswith("</script>").all()
