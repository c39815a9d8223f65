"""KML, GeoJSON, GeoPackage, DXF and geodatabases: their tables, values and places."""

from __future__ import annotations

import json
import tracemalloc
import zipfile
from pathlib import Path

import geopandas as gpd
import shapely

from layers.importing.source import open_source, read_batches
from tests.layers.importing.source.files import rows_of, zipped

POINTS = gpd.GeoDataFrame(
    {"名称": ["东站", "西站"], "负荷": [1.5, None]}, geometry=[shapely.Point(500000, 3900000), None], crs=4547
)
KML = """<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"
 xmlns:gx="http://www.google.com/kml/ext/2.2"><Document><name>x</name><Schema id="s"/><Folder><name>10kV线路</name>
<Placemark><name>一线</name><ExtendedData><Data name="电压"><value>10kV</value></Data></ExtendedData>
<LineString><coordinates>112.8,35.5,700 112.9,35.6,700</coordinates></LineString></Placemark>
<Folder><name>设备</name><Placemark><name>开关</name><description>
<![CDATA[<table><tr><td>编号</td><td>K1</td></tr></table>]]>
</description><ExtendedData><SchemaData schemaUrl="#s">
<SimpleData name="型号">ZW</SimpleData></SchemaData></ExtendedData>
<Point><coordinates>112.81,35.51</coordinates></Point></Placemark>
<Placemark><name>小区</name><Polygon><outerBoundaryIs><LinearRing>
<coordinates>0,0 1,0 1,1 0,0</coordinates></LinearRing>
</outerBoundaryIs></Polygon></Placemark></Folder></Folder></Document></kml>"""
DXF = """0|SECTION|2|HEADER|9|$ACADVER|1|AC1015|9|$DWGCODEPAGE|3|ANSI_936|0|ENDSEC
0|SECTION|2|BLOCKS|0|BLOCK|8|0|2|变压器|70|0|10|0|20|0|0|CIRCLE|8|0|10|0|20|0|40|1|0|ENDBLK|8|0|0|ENDSEC
0|SECTION|2|ENTITIES|0|LINE|8|10kV线路|10|0|20|0|11|10|21|10|0|TEXT|8|10kV线路|10|1|20|1|40|2|1|城东线
0|INSERT|8|设备|2|变压器|10|5|20|6|0|ENDSEC|0|EOF"""


def test_folders_of_a_kml_are_tables_with_all_their_values(tmp_path: Path) -> None:
    (tmp_path / "doc.kml").write_text(KML, encoding="utf-8")
    kmz = zipped(tmp_path / "线路.kmz", {"doc.kml": tmp_path / "doc.kml", "files/a.png": b"\x89PNG"})
    for path in (tmp_path / "doc.kml", kmz):
        source = open_source(path, tmp_path / "work")
        assert [(table.name, table.geometry, table.crs) for table in source.tables] == [
            ("10kV线路", "LineString", "EPSG:4326"),
            ("10kV线路/设备 (Point)", "Point", "EPSG:4326"),
            ("10kV线路/设备 (Polygon)", "Polygon", "EPSG:4326"),
        ]
        line = rows_of(source)[0]
        assert (line["name"], line["电压"], line["#"]) == ("一线", "10kV", 1)
        assert line["@"].equals(shapely.LineString([(112.8, 35.5), (112.9, 35.6)])) and not line["@"].has_z
        switch = rows_of(source, "10kV线路/设备 (Point)")[0]
        assert (switch["型号"], switch["编号"], switch["#"]) == ("ZW", "K1", 2)


def test_geojson_with_a_reference_system_of_its_own(tmp_path: Path) -> None:
    POINTS.to_file(tmp_path / "a.geojson", driver="GeoJSON")
    source = open_source(tmp_path / "a.geojson", tmp_path / "work")
    assert source.tables[0].crs == "EPSG:4547" and "crs_of_its_own" in {note.code for note in source.notes}
    rows = rows_of(source)
    assert rows[0]["@"].equals(POINTS.geometry[0]) and rows[1]["@"] is None
    plain = {"type": "Feature", "id": 7, "properties": {"a": [1], "b": True, "c": 1}, "geometry": None}
    (tmp_path / "b.json").write_text(json.dumps(plain), encoding="utf-8-sig")
    single = open_source(tmp_path / "b.json", tmp_path / "work")
    assert single.tables[0].crs == "EPSG:4326" and single.tables[0].samples["b"] == (True,)
    assert rows_of(single)[0] == {"id": 7, "a": "[1]", "b": True, "c": 1, "#": 1, "@": None}


def test_geometries_that_are_none_spoil_no_others(tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[0, 0, 9], [1, 1, 9]]}
    broken: list[object] = [{"type": "LineString", "coordinates": [[0, 0]]}, {"type": "Point", "coordinates": []}]
    broken += [
        {"type": "Point", "coordinates": ["a", 1]},
        {"type": "LineString", "coordinates": None},
        5,
        {"type": "X"},
    ]
    mixed = [line, *broken, {"type": "Point", "coordinates": [1, 2]}, None, line]
    features = [{"type": "Feature", "properties": {}, "geometry": geometry} for geometry in mixed]
    (tmp_path / "a.json").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    shapes = [row["@"] for row in rows_of(open_source(tmp_path / "a.json", tmp_path / "work"))]
    assert [shape is not None for shape in shapes] == [True, *[False] * 6, True, False, True]
    assert shapes[0].equals(shapely.LineString([(0, 0), (1, 1)])) and shapes[-1].equals(shapes[0])


def test_geojson_of_any_size_is_read_in_the_memory_of_a_batch(tmp_path: Path) -> None:
    feature = json.dumps({"type": "Feature", "properties": {"name": "站" * 50}, "geometry": None}, ensure_ascii=False)
    path = tmp_path / "a.geojson"
    path.write_text('{"type":"FeatureCollection","features":[' + ",".join([feature] * 100_000) + "]}", encoding="utf-8")
    source = open_source(path, tmp_path / "work")
    tracemalloc.start()
    assert sum(len(batch.rows) for batch in read_batches(source, "a", batch_rows=1_000)) == 100_000
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert path.stat().st_size > 20e6 and most < 15e6


def test_several_tables_of_a_geopackage(tmp_path: Path) -> None:
    POINTS.to_file(tmp_path / "a.gpkg", layer="站点")
    lines = POINTS.set_geometry([shapely.LineString([(0, 0, 5), (1, 1, 5)])] * 2, crs=4490)
    lines.to_file(tmp_path / "a.gpkg", layer='管 "线"')
    source = open_source(tmp_path / "a.gpkg", tmp_path / "work")
    assert [(table.name, table.rows, table.geometry, table.crs) for table in source.tables] == [
        ("站点", 2, "Point", "EPSG:4547"),
        ('管 "线"', 2, "LineString", "EPSG:4490"),
    ]
    assert [row["名称"] for row in rows_of(source, "站点", batch_rows=1)] == ["东站", "西站"]
    assert not rows_of(source, '管 "线"')[0]["@"].has_z


def test_layers_of_a_drawing_in_gbk_are_tables_and_blocks_points(tmp_path: Path) -> None:
    (tmp_path / "a.dxf").write_bytes(DXF.replace("|", "\n").encode("gbk"))
    source = open_source(tmp_path / "a.dxf", tmp_path / "work")
    assert source.encoding == "GB18030"
    assert [(table.name, table.geometry) for table in source.tables] == [
        ("10kV线路 (LineString)", "LineString"),
        ("10kV线路 (Point)", "Point"),
        ("设备", "Point"),
    ]
    assert rows_of(source, "10kV线路 (Point)")[0]["Text"] == "城东线"
    device = rows_of(source, "设备")[0]
    assert device["BlockName"] == "变压器" and device["@"].equals(shapely.Point(5, 6))


def test_a_zipped_geodatabase(tmp_path: Path) -> None:
    folder = tmp_path / "x.gdb"
    POINTS[:1].to_file(folder, layer="stations", driver="OpenFileGDB")
    members = {f"数据/x.gdb/{path.name}": path for path in folder.iterdir()}
    source = open_source(zipped(tmp_path / "a.zip", members), tmp_path / "work")
    assert (source.format, source.tables[0].name, source.tables[0].crs) == ("filegdb", "stations", "EPSG:4547")
    row = rows_of(source)[0]
    assert row["名称"] == "东站" and row["@"].equals(POINTS.geometry[0])


def test_one_file_in_a_zip_is_read_as_itself(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"说明/站点.csv": "名称,x\n东站,1\n".encode("gbk")}, gbk_names=True)
    source = open_source(path, tmp_path / "work")
    assert (source.format, source.tables[0].name, source.path) == ("csv", "站点", path)
    assert rows_of(source)[0]["名称"] == "东站"
    assert zipfile.is_zipfile(path)
