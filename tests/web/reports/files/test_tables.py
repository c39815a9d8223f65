"""CSV, workbook and JSON, read back by csv, openpyxl and json."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest

from tests.web.network import FORMULA_NAME, HIDDEN_NAME
from tests.web.reports.files.incidents import FACTS, FORMULA, MARKUP, fresh, nothing, over
from tests.web.reports.sources import source_of, told
from webmap.errors import InvalidQuery
from webmap.reports.files import FORMATS, make
from webmap.reports.files.all_tables import TABLES
from webmap.reports.files.html.head import head_html
from webmap.reports.files.provenance import provenance_rows
from webmap.reports.source import ReportSource


@pytest.fixture(scope="module")
def source() -> ReportSource:
    return over()


def read_csv(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def archive(source: ReportSource) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(make(source, "csv").content)) as found:
        assert found.testzip() is None
        return {name: found.read(name) for name in found.namelist()}


def workbook(source: ReportSource) -> Any:
    return openpyxl.load_workbook(io.BytesIO(make(source, "xlsx").content))


def sheet_rows(sheet: Any) -> list[dict[str, Any]]:
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_the_archive_has_a_table_each_and_what_they_are_of(source: ReportSource) -> None:
    files = archive(source)
    assert set(files) == {"about.csv", *(f"{key}.csv" for key in TABLES)}
    about = {row["项目"]: row["内容"] for row in read_csv(files["about.csv"])}
    assert about["事件"] == "【演练】东站停电"
    assert about["数据性质"] == "示例数据"
    assert about["依据日志至第几条"] == "9"
    assert about["坐标系"] == "CGCS2000 (EPSG:4490)"
    assert archive(source) == files, "the same incident makes the same file"


def test_every_row_of_every_table_says_what_it_is_of(source: ReportSource) -> None:
    for name, content in archive(source).items():
        for row in read_csv(content):
            if name != "about.csv":
                assert row["数据性质"] == "示例数据"
                assert row["事件（演练）"] == "【演练】东站停电"
                assert row["数据版本"] == "small-1"
                assert row["截至时间"] == "2026-01-12 14:00"


def test_the_tables_tell_the_impact(source: ReportSource) -> None:
    files = archive(source)
    electricity = next(row for row in read_csv(files["networks.csv"]) if row["网络"] == "电力")
    assert (electricity["停供过的户数"], float(electricity["停供户时"])) == ("110", 550.0)
    townships = read_csv(files["townships.csv"])
    assert sum(float(row["电力停供户时"]) for row in townships) == 550.0
    hours = read_csv(files["hours.csv"])
    assert (hours[0]["时间"], hours[0]["电力停供户数"]) == ("2026-01-12 08:00", "110")
    assert hours[1]["室外气温（℃）"] == "-6.5"
    assert hours[0]["室外气温（℃）"] == "", "nobody had told the temperature yet"


def test_nothing_in_a_table_is_run_as_a_formula(source: ReportSource) -> None:
    cells = [
        cell
        for content in archive(source).values()
        for line in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        for cell in line
    ]
    assert not [
        cell for cell in cells if cell.startswith(("=", "+", "@")) or (cell[:1] == "-" and not _is_number(cell))
    ]
    assert f"'{FORMULA_NAME}" in cells


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_a_table_alone(source: ReportSource) -> None:
    file = make(source, "csv", table="facilities")
    assert file.plain_name == "DRILL-facilities.csv"
    assert list(file.name_parts) == ["演练", "东站停电", "示例数据", "重点单位影响", "城区", "20260112-1400", "9条"]
    assert {row["编号"] for row in read_csv(file.content)} >= {"f-hospital", "f-plant"}


@pytest.mark.parametrize(("format_", "table"), [("pdf", None), ("csv", "people"), ("xlsx", "townships")])
def test_what_there_is_not_is_refused(source: ReportSource, format_: str, table: str | None) -> None:
    with pytest.raises(InvalidQuery):
        make(source, format_, table=table)


def test_the_workbook_has_its_sheets_with_frozen_headings(source: ReportSource) -> None:
    book = workbook(source)
    assert book.sheetnames[0] == "说明"
    assert {"镇街", "重点单位", "逐时", "日志", "响应对照"} <= set(book.sheetnames)
    for sheet in book.worksheets:
        assert sheet["A1"].value.startswith("【演练】【示例数据】东站停电")
        assert "【演练】" in sheet.oddHeader.center.text
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes in {"A3", "B3"}
        assert sheet.auto_filter.ref is not None


def test_cells_are_figures_times_and_texts(source: ReportSource) -> None:
    book = workbook(source)
    first = sheet_rows(book["逐时"])[0]
    assert first["时间"] == datetime(2026, 1, 12, 8, 0)
    assert first["电力停供户数"] == 110
    hours = book["逐时"]
    assert hours["A3"].number_format == "yyyy-mm-dd hh:mm"
    place = next(row for row in sheet_rows(book["重点单位"]) if row["编号"] == "f-hospital")
    assert place["失去供应小时"] == pytest.approx(1.0)
    assert place["首次失去供应"] == datetime(2026, 1, 12, 12, 0)


def test_no_cell_of_the_workbook_is_a_formula(source: ReportSource) -> None:
    cells = [cell for sheet in workbook(source).worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    values = [cell.value for cell in cells]
    assert FORMULA_NAME in values, "the name stands there as it is"
    assert any(isinstance(value, str) and FORMULA in value for value in values)
    assert any(isinstance(value, str) and MARKUP in value for value in values)


def test_json_carries_everything_with_its_origin(source: ReportSource) -> None:
    document = json.loads(make(source, "json").content)
    assert document["provenance"]["drill"] is True
    assert document["provenance"]["synthetic"] is True
    assert document["provenance"]["known_entry"] == 9
    assert document["marks"] == ["演练", "示例数据"]
    assert document["assessment"]["at"] == "2026-01-12T14:00:00+08:00"
    assert document["impact"]["networks"]["electricity"]["customer_hours"] == 550.0
    assert document["review"]["levels"][0]["level"] == "III"
    assert [entry["number"] for entry in document["log"]] == list(range(1, 10))


def said(source: ReportSource, format_: str) -> str:
    """Return all texts of a file."""
    if format_ == "csv":
        return b"".join(archive(source).values()).decode()
    if format_ == "json":
        return make(source, "json").content.decode()
    cells = (cell.value for sheet in workbook(source).worksheets for row in sheet.iter_rows() for cell in row)
    return "\n".join(map(str, cells))


@pytest.mark.parametrize("format_", ["csv", "xlsx", "json"])
def test_who_may_not_know_of_a_place_does_not_find_it(format_: str) -> None:
    assert HIDDEN_NAME in said(over(), format_)
    assert HIDDEN_NAME not in said(over(restricted=False), format_)


@pytest.mark.parametrize("format_", FORMATS)
def test_an_incident_without_damage_makes_files_too(format_: str) -> None:
    file = make(nothing(), format_)
    assert len(file.content) > 500
    assert file.plain_name == f"impact.{'zip' if format_ == 'csv' else format_}"


def test_the_tables_are_english_where_that_is_asked_for() -> None:
    (row, *_) = read_csv(make(over(language="en"), "csv", table="hours").content)
    assert row["Data"] == "SAMPLE DATA"
    assert row["Incident (DRILL)"] == "[DRILL] 东站停电"
    assert row["Electricity: customers out"] == "110"


def test_times_for_people_are_of_china_whatever_the_clock_of_the_server() -> None:
    source = fresh()
    source.made_at = datetime(2026, 1, 12, 17, 5, tzinfo=UTC)
    assert "2026-01-13 01:05" in [value for _, value in provenance_rows(source)]
    about = workbook(source).worksheets[0]
    assert "2026-01-13 01:05" in [row[1] for row in about.iter_rows(values_only=True)]
    assert "生成：2026-01-13 01:05" in head_html(source)
    assert json.loads(make(source, "geojson").content)["provenance"]["made_at"] == "2026-01-13T01:05:00+08:00"


def test_a_correction_gives_another_file_name(source: ReportSource) -> None:
    names = {make(source_of(FACTS, known=known, at=source.at), "json").name_parts[-1] for known in (8, 9)}
    assert names == {"8条", "9条"}


def test_who_a_report_goes_to_is_no_unit_in_charge() -> None:
    sent = told("report_sent", 80, report="follow_up", to="区委、区政府", text="续报")
    table = TABLES["response"](source_of([*FACTS[:7], sent]))
    assert "to" in [column.name for column in table.columns]
    rows = [row for row in table.records if row.get("to")]
    assert {row["to"] for row in rows} == {"区委、区政府"}
    assert not any("unit" in row for row in rows)
