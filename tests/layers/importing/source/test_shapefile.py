"""Shapefiles of Chinese offices: GBK without a .cpg, wrong labels, names cut, parts missing, several in one archive."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from layers.importing.source import open_source
from layers.importing.source.encoding import candidates_of_values, decode_cut
from tests.layers.importing.source.files import dbf, parts, refused, rows_of, shapefile, zipped

NAMES = ["10kV城东线", "锅炉房二站", "古矿片区"]
LINES = gpd.GeoDataFrame(
    {"线路名称": NAMES, "电压等级": [10, 35, None], "投运": ["2020-01-02", None, "x"]},
    geometry=[
        shapely.LineString([(500000, 3900000), (500100, 3900050)]),
        shapely.MultiLineString([[(0, 0), (1, 1)], [(2, 2), (3, 3)]]),
        None,
    ],
    crs=4547,
)


def codes(source: object) -> set[str]:
    return {note.code for note in source.notes}  # type: ignore[attr-defined]


@pytest.mark.parametrize("encoding", ["GBK", "UTF-8"])
def test_chinese_names_are_intact_without_a_cpg(tmp_path: Path, encoding: str) -> None:
    source = open_source(shapefile(tmp_path / "s", "线路", LINES, encoding=encoding), tmp_path / "work")
    assert source.encoding == {"GBK": "GB18030"}.get(encoding, encoding)
    table = source.tables[0]
    name = table.columns[0]
    assert (table.name, table.rows, table.geometry, table.crs) == ("线路", 3, "LineString", "EPSG:4547")
    # UTF-8 takes three bytes a sign: ten bytes hold three signs, and the rest of a fourth is dropped.
    assert name == {"GBK": "线路名称", "UTF-8": "线路名"}[encoding]
    assert table.samples[name] == tuple(NAMES)
    rows = rows_of(source, batch_rows=2)
    assert [row[name] for row in rows] == NAMES
    assert [row["#"] for row in rows] == [1, 2, 3]
    assert [row["@"] is None for row in rows] == [False, False, True]
    assert rows[0]["@"].equals(LINES.geometry[0])


def test_a_wrong_cpg_is_told_and_not_believed(tmp_path: Path) -> None:
    said_utf8 = open_source(shapefile(tmp_path / "a", "a", LINES, cpg="UTF-8"), tmp_path / "work")
    assert said_utf8.encoding == "GB18030" and "encoding_said_wrong" in codes(said_utf8)
    assert rows_of(said_utf8)[0]["线路名称"] == NAMES[0]
    said_gbk = open_source(shapefile(tmp_path / "b", "b", LINES, encoding="UTF-8", cpg="936"), tmp_path / "work")
    assert said_gbk.encoding == "UTF-8" and "encoding_said_wrong" in codes(said_gbk)
    right = open_source(shapefile(tmp_path / "c", "c", LINES, cpg="GBK"), tmp_path / "work")
    assert right.encoding == "GB18030" and "encoding_said_wrong" not in codes(right)


def test_big5_is_read_where_the_label_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.dbf"
    path.write_bytes(dbf([("名稱".encode("big5"), 20)], [["電力公司".encode("big5")]], language=0x4F))
    source = open_source(path, tmp_path / "work")
    assert source.encoding == "Big5" and rows_of(source)[0]["名稱"] == "電力公司"
    assert "GB18030" in source.encodings
    assert rows_of(source, encoding="GB18030")[0] != rows_of(source)[0]


def test_texts_that_were_ruined_before_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.dbf"
    path.write_bytes(dbf([(b"name", 20)], [["锟斤拷城东".encode("gbk")]]))
    assert "text_ruined" in codes(open_source(path, tmp_path / "work"))
    path.write_bytes(dbf([(b"name", 20)], [[b"\xff\xff\xfe\xff"], ["城东".encode("gbk")]]))
    unclear = open_source(path, tmp_path / "work")
    assert "encoding_unclear" in codes(unclear)
    assert rows_of(unclear)[1]["name"] == "城东"


def test_values_and_names_cut_within_a_sign_lose_that_sign_alone(tmp_path: Path) -> None:
    value, name = "高平市供热公司".encode("gbk")[:9], "计划检修停电范围".encode("gbk")[:9]
    path = tmp_path / "a.dbf"
    path.write_bytes(dbf([(name, 9), (name, 9)], [[value, b"b"]]))
    source = open_source(path, tmp_path / "work")
    assert source.tables[0].columns == ("计划检修", "计划检修_2")
    assert rows_of(source)[0]["计划检修"] == "高平市供"
    assert "names_cut" in codes(source)
    assert candidates_of_values([value]) == ("GB18030", "Big5") or candidates_of_values([value])[0] == "GB18030"
    assert decode_cut("高平".encode()[:5], "UTF-8") == "高"


def test_several_shapefiles_in_one_archive_with_gbk_names(tmp_path: Path) -> None:
    first = parts(shapefile(tmp_path / "s", "a", LINES), ".shp", ".dbf", ".shx", ".prj")
    second = parts(shapefile(tmp_path / "s", "b", LINES[:1], encoding="UTF-8"), ".shp", ".dbf")
    members = {f"数据/10kV线路{suffix.upper()}": path for suffix, path in first.items()}
    members |= {f"数据/站房{suffix}": path for suffix, path in second.items()}
    source = open_source(zipped(tmp_path / "a.zip", members, gbk_names=True), tmp_path / "work")
    assert [(table.name, table.rows, table.crs) for table in source.tables] == [
        ("10kV线路", 3, "EPSG:4547"),
        ("站房", 1, None),
    ]
    assert rows_of(source, "10kV线路")[1]["线路名称"] == NAMES[1]
    assert rows_of(source, "站房")[0]["线路名"] == NAMES[0]
    assert "shapefile_without_prj" in codes(source)


def test_missing_parts_are_made_up_for_or_told(tmp_path: Path) -> None:
    path = shapefile(tmp_path / "s", "a", LINES)
    path.with_suffix(".shx").unlink()
    assert [row["@"] is None for row in rows_of(open_source(path, tmp_path / "work"))] == [False, False, True]
    assert not path.with_suffix(".shx").exists(), "nothing is written beside the file"
    alone = open_source(zipped(tmp_path / "a.zip", {"a.shp": path}), tmp_path / "work")
    assert "shapefile_without_dbf" in codes(alone) and alone.tables[0].columns == ()
    assert len(rows_of(alone)) == 3
    table = open_source(zipped(tmp_path / "b.zip", {"a.dbf": path.with_suffix(".dbf")}), tmp_path / "work")
    assert "shapefile_without_shp" in codes(table)
    assert table.tables[0].geometry is None and rows_of(table)[0]["@"] is None
    assert refused(zipped(tmp_path / "c.zip", {"a.prj": path.with_suffix(".prj")}), tmp_path / "work") == "no_tables"


def test_deleted_records_are_left_out_with_their_geometry(tmp_path: Path) -> None:
    path = shapefile(tmp_path / "s", "a", LINES)
    table = path.with_suffix(".dbf")
    content = bytearray(table.read_bytes())
    content[int.from_bytes(content[8:10], "little")] = ord("*")
    table.write_bytes(content)
    source = open_source(path, tmp_path / "work")
    assert source.tables[0].rows == 2
    rows = rows_of(source)
    assert [(row["#"], row["线路名称"]) for row in rows] == [(2, NAMES[1]), (3, NAMES[2])]
    assert rows[0]["@"].geom_type == "MultiLineString"


def test_numbers_keep_their_kind(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(
        {"whole": [7, -3], "part": [1.5, None], "text": ["007", ""]},
        geometry=[shapely.Point(1, 2, 3), shapely.Point(2, 3, 4)],
        crs=4490,
    )
    rows = rows_of(open_source(shapefile(tmp_path / "s", "a", frame), tmp_path / "work"))
    assert [(row["whole"], row["part"], row["text"]) for row in rows] == [(7, 1.5, "007"), (-3, None, None)]
    assert not rows[0]["@"].has_z
