"""Files that would do harm are refused with a reason and a remedy, and nothing outside the work folder is touched."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import stat
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import pytest
import shapely

from layers.importing.source import Limits, UnusableFile, open_source
from layers.importing.source.gdal_environment import ENVIRONMENT
from layers.importing.source.refusals import REFUSALS
from tests.layers.importing.source.files import dbf, parts, refused, shapefile, zipped

POINTS = gpd.GeoDataFrame({"name": ["a"]}, geometry=[shapely.Point(112.8, 35.5)], crs=4490)
KML = '<?xml version="1.0"?>{}<kml><Document><Placemark><name>{}</name></Placemark></Document></kml>'
BILLION = '<!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def written(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("name", ["../out.csv", "a/../../out.csv", "/etc/out.csv", "C:\\out.csv", "..\\out.csv"])
def test_a_path_that_leads_out_of_an_archive_is_refused(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "a.zip", {name: b"x,y\n1,2\n"})
    assert refused(path, tmp_path / "work") == "unsafe_path"
    assert not (tmp_path / "out.csv").exists()


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("a.csv")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert refused(tmp_path / "a.zip", tmp_path / "work") == "symlink"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.csv": b"0" * (40 * 2**20)})
    assert path.stat().st_size < 100_000
    assert refused(path, tmp_path / "work") == "zip_bomb"
    assert not list((tmp_path / "work").rglob("*.csv"))


def test_an_archive_that_lies_about_its_sizes_is_cut_short(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.csv": b"x,y\n" + b"1,2\n" * 100_000})
    content = bytearray(path.read_bytes())
    place = content.rfind(b"PK\x01\x02")
    struct.pack_into("<L", content, place + 24, 10)
    assert refused(written(tmp_path / "b.zip", bytes(content)), tmp_path / "work") == "truncated"


def test_archives_in_archives_and_crowds_of_files_are_refused(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "in.zip", {"a.csv": b"x,y\n1,2\n"})
    assert refused(zipped(tmp_path / "a.zip", {"in.zip": inner}), tmp_path / "work") == "nested_archive"
    assert refused(zipped(tmp_path / "b.zip", {"in.csv": inner}), tmp_path / "work") == "nested_archive"
    crowd = zipped(tmp_path / "c.zip", {f"{number}.csv": b"" for number in range(30)})
    assert refused(crowd, tmp_path / "work", Limits(members=20)) == "too_many_members"


def test_a_directory_that_would_fill_the_memory_is_refused_unread(tmp_path: Path) -> None:
    claims = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFF0, 0, 0)
    path = written(tmp_path / "a.zip", b"PK\x03\x04" + bytes(60) + claims)
    assert refused(path, tmp_path / "work") == "too_many_members"


def test_entities_are_refused_in_kml_and_workbooks(tmp_path: Path) -> None:
    secret = written(tmp_path / "secret.txt", "SECRET")
    outer = f'<!DOCTYPE kml [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    for doctype, text in ((BILLION, "&b;"), (outer, "&x;"), ("<!DOCTYPE kml>", "a")):
        path = written(tmp_path / "a.kml", KML.format(doctype, text))
        assert refused(path, tmp_path / "work") == "xml_entities"
        assert refused(zipped(tmp_path / "a.kmz", {"doc.kml": path}), tmp_path / "work") == "xml_entities"
    wide = written(
        tmp_path / "b.kml", KML.format(BILLION, "&b;").replace("?>", ' encoding="UTF-16"?>').encode("utf-16")
    )
    assert refused(wide, tmp_path / "work") == "xml_entities"
    book = io.BytesIO()
    openpyxl.Workbook().save(book)
    members = {name: zipfile.ZipFile(book).read(name) for name in zipfile.ZipFile(book).namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    members[sheet] = BILLION.replace("kml", "worksheet").encode() + members[sheet]
    assert refused(zipped(tmp_path / "a.xlsx", members), tmp_path / "work") == "xml_entities"


def test_a_geometry_with_a_million_vertices_is_refused_in_every_format(tmp_path: Path) -> None:
    angle = np.linspace(0, 2 * np.pi, 250_000)
    ring = np.column_stack([112.8 + np.cos(angle), 35.5 + np.sin(angle)])
    huge = gpd.GeoDataFrame({"name": ["a"]}, geometry=[shapely.Polygon(ring)], crs=4490)
    shp = shapefile(tmp_path / "s", "a", huge)
    huge.to_file(tmp_path / "a.gpkg")
    written(tmp_path / "a.geojson", huge.to_json())
    text = " ".join(f"{x:.5f},{y:.5f}" for x, y in ring)
    written(
        tmp_path / "a.kml",
        f"<kml><Placemark><LineString><coordinates>{text}</coordinates></LineString></Placemark></kml>",
    )
    for path in (shp, tmp_path / "a.gpkg", tmp_path / "a.geojson", tmp_path / "a.kml"):
        assert refused(path, tmp_path / "work") == "too_many_vertices", path.name


def test_json_without_an_end_is_refused_in_bounded_memory(tmp_path: Path) -> None:
    deep = '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":' + "[" * 100_000
    assert refused(written(tmp_path / "a.geojson", deep), tmp_path / "work") == "too_deep"
    hidden = '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":"' + "[{" * 1000 + '"}}]}'
    assert refused(written(tmp_path / "b.geojson", hidden), tmp_path / "work") == ""
    whole = POINTS.to_json()
    assert refused(written(tmp_path / "c.geojson", whole[:-20]), tmp_path / "work") == "broken_json"
    assert refused(written(tmp_path / "d.json", json.dumps({"a": [1, 2]})), tmp_path / "work") == "not_geojson"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.shp", b"%PDF-1.7 ...", "unsupported"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "unsupported"),
        ("a.dxf", b"AC1027" + bytes(600), "unsupported"),
        ("a.zip", b"Rar!\x1a\x07" + bytes(600), "unsupported"),
        ("a.gpkg", b"name,x,y\na,1,2\n", "wrong_extension"),
        ("a.csv", b'{"type":"FeatureCollection","features":[]}', "wrong_extension"),
        ("a.xls", b"name\tx\ty\n", "wrong_extension"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "unsupported"),
        ("a.vrt", b"<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>", "unsupported"),
        ("a.dxf", b"0\nSECTION\n<OGRVRTDataSource>", "unsupported"),
        ("a.csv", b"name,x\na\0b,1\n", "nul_bytes"),
        ("a.bin", bytes(range(256)) * 20, "unknown_format"),
        ("a.csv", b"", "empty"),
        ("a.gpkg", b"SQLite format 3\0" + bytes(5000), "truncated"),
        ("a.zip", b"PK\x03\x04" + bytes(500), "truncated"),
        ("a.shp", b"\x00\x00\x27\x0a" + bytes(20), "truncated"),
        ("a.csv", (",".join(f"c{n}" for n in range(10_000)) + "\n").encode(), "too_many_columns"),
        ("a.csv", b'a,b\n1,"' + b"x" * 9_000_000, "too_long_text"),
    ],
)
def test_wrong_and_broken_content_is_refused(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    assert refused(written(tmp_path / name, content), tmp_path / "work") == code


def test_names_that_are_no_files_are_refused(tmp_path: Path) -> None:
    for name, code in (("/vsicurl/http://127.0.0.1:9/a.shp", "missing"), (str(tmp_path), "not_a_file")):
        assert refused(Path(name), tmp_path / "work") == code
    os.mkfifo(tmp_path / "pipe.csv")
    assert refused(tmp_path / "pipe.csv", tmp_path / "work") == "not_a_file"
    assert (
        refused(written(tmp_path / "a.csv", "x,y\n" * 1000), tmp_path / "work", Limits(file_bytes=100)) == "too_large"
    )


def test_a_shapefile_that_is_cut_off_is_refused_and_a_dbf_that_claims_billions_is_counted(tmp_path: Path) -> None:
    path = shapefile(tmp_path / "s", "a", POINTS)
    path.write_bytes(path.read_bytes()[:-8])
    assert refused(path, tmp_path / "work") == "truncated"
    claims = dbf([(b"name", 10)], [[b"a"], [b"b"]], claimed=4_000_000_000)
    source = open_source(written(tmp_path / "b.dbf", claims), tmp_path / "work")
    assert source.tables[0].rows == 2
    assert "dbf_claims_more" in {note.code for note in source.notes}


def test_nothing_in_a_geopackage_is_run(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    POINTS.to_file(path, layer="good")
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE VIEW bad AS SELECT load_extension('/tmp/x') AS name, 1 AS geom")
        connection.execute("INSERT INTO gpkg_contents (table_name, data_type) VALUES ('bad', 'attributes')")
        connection.execute("CREATE TABLE sly (a TEXT, b TEXT AS (upper(a)))")
        connection.execute("INSERT INTO gpkg_contents (table_name, data_type) VALUES ('sly', 'attributes')")
        connection.execute("CREATE TRIGGER t AFTER INSERT ON good BEGIN SELECT load_extension('/tmp/x'); END")
    connection.close()
    before = path.read_bytes()
    source = open_source(path, tmp_path / "work")
    assert [table.name for table in source.tables] == ["good"]
    assert [note.code for note in source.notes] == ["table_left_out", "table_left_out"]
    assert path.read_bytes() == before and sorted(tmp_path.glob("a.gpkg*")) == [path]


def test_a_geodatabase_may_not_hide_folders(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.gdb/x/a0001.gdbtable": b"", "a.gdb/gdb": b""})
    assert refused(path, tmp_path / "work") == "unsafe_path"
    assert refused(zipped(tmp_path / "b.zip", {"a.gdb/gdb": b"\0"}), tmp_path / "work") == "truncated"


def test_an_archive_with_a_password_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.csv": b"x,y\n1,2\n"})
    content = bytearray(path.read_bytes())
    content[content.rfind(b"PK\x01\x02") + 8] |= 1
    assert refused(written(tmp_path / "b.zip", bytes(content)), tmp_path / "work") == "encrypted"


def test_several_kinds_in_one_archive_are_asked_about(tmp_path: Path) -> None:
    shp = shapefile(tmp_path / "s", "a", POINTS)
    members = {f"a{suffix}": path for suffix, path in parts(shp, ".shp", ".dbf").items()}
    path = zipped(tmp_path / "a.zip", {**members, "b.csv": b"x,y\n1,2\n"})
    assert refused(path, tmp_path / "work") == "several_formats"
    readme = zipped(tmp_path / "b.zip", {**members, "readme.txt": b"about"})
    assert refused(readme, tmp_path / "work") == ""


def test_every_refusal_is_told_in_both_languages() -> None:
    for code, texts in REFUSALS.items():
        for title in texts:
            assert title.zh and title.en, code


def test_a_refusal_names_no_path_of_the_server(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile) as caught:
        open_source(written(tmp_path / "a.zip", b"PK\x05\x06" + bytes(18)), tmp_path / "work")
    assert str(tmp_path) not in str(caught.value)


def test_the_process_that_reads_uploads_has_no_drivers_that_follow_addresses() -> None:
    names = "import pyogrio; print(' '.join(pyogrio.list_drivers()))"
    done = subprocess.run(
        [sys.executable, "-c", names], env={**os.environ, **ENVIRONMENT}, capture_output=True, text=True, check=True
    )
    drivers = set(done.stdout.replace("ESRI Shapefile", "Shapefile").split())
    assert {"Shapefile", "OpenFileGDB", "DXF"} <= drivers
    assert not {"OGR_VRT", "HTTP", "WFS", "OAPIF", "GDALG", "Elasticsearch"} & drivers
