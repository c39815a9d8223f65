"""CSV and XLSX as offices make them: titles above, headings merged and in two lines, units, formulas, any encoding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from layers.importing.source import Limits, open_source, read_batches
from layers.importing.source.heading import find_heading
from tests.layers.importing.source.files import refused, rows_of


def book(path: Path, rows: list[list[Any]], *merged: str, title: str = "换热站") -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    workbook.save(path)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_in_any_encoding_with_any_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    lines = ["名称,经度,纬度", "城东站,112.85,35.49", "", '"古矿""站""",112.86,', "'=1+1,1,2"]
    path = tmp_path / "站点.csv"
    path.write_bytes("\r\n".join(lines).replace(",", separator).encode(encoding))
    source = open_source(path, tmp_path / "work")
    assert (source.format, source.tables[0].name, source.tables[0].rows) == ("csv", "站点", 3)
    assert source.encoding == {"gbk": "GB18030", "utf-16": "UTF-16"}.get(encoding, "UTF-8")
    assert [(row["#"], row["名称"], row["纬度"]) for row in rows_of(source, batch_rows=2)] == [
        (2, "城东站", "35.49"),
        (4, '古矿"站"', None),
        (5, "=1+1", "2"),
    ]


def test_csv_is_read_in_batches_and_in_the_encoding_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(("name,x\n" + "".join(f"站{n},{n}\n" for n in range(50))).encode("gbk"))
    source = open_source(path, tmp_path / "work")
    sizes = [len(batch.rows) for batch in read_batches(source, "a", batch_rows=20)]
    assert sizes == [20, 20, 10]
    assert next(iter(read_batches(source, "a", encoding="latin-1"))).columns["name"][0] != "站0"
    path.write_bytes(b"name,x\n\xff\xfe\xff,1\n")
    assert refused(path, tmp_path / "work") == "encoding"


def test_an_outline_as_text_is_no_text_too_long(tmp_path: Path) -> None:
    wkt = f"POLYGON (({', '.join(f'{112 + n / 1e5!r} 35.5' for n in range(20_000))}))"
    path = tmp_path / "a.csv"
    path.write_text(f'id,wkt\n1,"{wkt}"\n')
    assert rows_of(open_source(path, tmp_path / "work"))[0]["wkt"] == wkt
    assert refused(path, tmp_path / "work", Limits(text_chars=200_000)) == "too_long_text"


def test_merged_headings_in_two_lines_under_a_title(tmp_path: Path) -> None:
    rows = [
        ["城区换热站一览表"],
        ["编制单位：供热公司", None, None, "日期：2026"],
        ["名称", "坐标", None, "负荷"],
        [None, "经度", "纬度", "(MW)"],
        ["一站", 112.85, "35.49", 12],
        ["二站", 112.86, 35.5, 0.5],
    ]
    path = book(tmp_path / "a.xlsx", rows, "A1:D1", "A3:A4", "B3:C3")
    source = open_source(path, tmp_path / "work")
    table = source.tables[0]
    assert (table.name, table.columns, table.rows) == ("换热站", ("名称", "坐标/经度", "坐标/纬度", "负荷(MW)"), 2)
    assert "header_guessed" in {note.code for note in source.notes}
    first = rows_of(source)[0]
    assert (first["#"], first["名称"], first["坐标/经度"], first["坐标/纬度"]) == (5, "一站", 112.85, "35.49")
    assert isinstance(first["负荷(MW)"], int)


def test_formulas_errors_and_merged_values_are_told(tmp_path: Path) -> None:
    rows = [["乡镇", "站名", "户数"], ["东镇", "一站", "=1+1"], [None, "二站", 5]]
    path = book(tmp_path / "a.xlsx", rows, "A2:A3")
    source = open_source(path, tmp_path / "work")
    assert {"formula_without_value", "merged_filled"} <= {note.code for note in source.notes}
    formula = next(note for note in source.notes if note.code == "formula_without_value")
    assert formula.rows == (2,) and "Excel" in formula.remedy.zh
    assert [(row["乡镇"], row["户数"]) for row in rows_of(source)] == [("东镇", None), ("东镇", 5)]


def test_texts_numbers_dates_and_flags_of_a_workbook(tmp_path: Path) -> None:
    from datetime import date  # noqa: PLC0415

    rows = [["a", "b", "c", "d"], ["007", 1.25, True, date(2026, 1, 12)], [" 站\r\n", 10**12, False, None]]
    source = open_source(book(tmp_path / "a.xlsx", rows), tmp_path / "work")
    found = rows_of(source)
    assert [found[0][name] for name in "abcd"] == ["007", 1.25, True, "2026-01-12"]
    assert [found[1][name] for name in "bcd"] == [10**12, False, None]


def test_hidden_and_empty_sheets_are_no_tables(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["名称", "x"])  # type: ignore[union-attr]
    workbook.create_sheet("空")
    hidden = workbook.create_sheet("密")
    hidden.append(["a", "b"])
    hidden.sheet_state = "hidden"
    workbook.save(tmp_path / "a.xlsx")
    assert [table.name for table in open_source(tmp_path / "a.xlsx", tmp_path / "work").tables] == ["Sheet"]


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ([["名称", "x"], ["a", "1"]], ("名称", "x")),
        ([["1", "2"], ["3", "4"]], ("column_1", "column_2")),
        ([["名称", "备注", "备注", None], ["a", "b", "c", "d"]], ("名称", "备注", "备注_2", "column_4")),
        ([["名称", "长度"], [None, "km"], ["a", "3"]], ("名称", "长度(km)")),
        ([["名称", "位置", None], [None, "经度", "纬度"], ["a", "1", "2"]], ("名称", "位置/经度", "位置/纬度")),
        ([["名称", "备注"], ["一站", "正常"], ["二站", "检修"]], ("名称", "备注")),
        ([["编号\n（台）", "名称"], ["1", "a"]], ("编号（台）", "名称")),
        (
            [["单位：供热公司", None, None, "2026年"], ["名称", "类型", "地址", "电话"]],
            ("名称", "类型", "地址", "电话"),
        ),
    ],
)
def test_where_the_heading_is(lines: list[list[Any]], names: tuple[str, ...]) -> None:
    assert find_heading(lines).names == names
