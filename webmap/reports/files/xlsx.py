"""The tables of a report as one workbook for Excel and WPS."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from webmap.exports.tables import Cell, in_language
from webmap.reports.china_time import in_china
from webmap.reports.files.all_tables import TABLES
from webmap.reports.files.provenance import marks_of, provenance_rows, source_rows, titled
from webmap.reports.files.tables import ColumnKind, ReportColumn, ReportTable, text

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

#: Sheets in their order, and what they are called: short, as tabs are.
SHEETS = {
    "networks": ("各网络", "Networks"),
    "townships": ("镇街", "Townships"),
    "facilities": ("重点单位", "Facilities"),
    "classes": ("单位分类", "Classes"),
    "hours": ("逐时", "Hours"),
    "log": ("日志", "Log"),
    "response": ("响应对照", "Response"),
    "definitions": ("指标定义", "Definitions"),
}
_FORMATS: dict[ColumnKind, str] = {
    "text": "@",
    "long_text": "@",
    "integer": "#,##0",
    "number": "#,##0.0",
    "ratio": "0.000",
    "hours": "0.00",
    "share": "0.0%",
    "moment": "yyyy-mm-dd hh:mm",
}
_NARROWEST, _WIDEST, _LONG_TEXT = 8, 34, 60
_FONT = "Microsoft YaHei"
_HEAD_FILL = PatternFill("solid", fgColor="1F2933")
_MARK_FILL = PatternFill("solid", fgColor="FFE8B8")
_LINE = Border(bottom=Side("hair", color="BBBBBB"))
#: Lines of the first sheet.
_ABOUT = text("about", "说明", "About", long=True)
#: Rows above the headings: marks and incident.
_TITLE_ROWS = 1


def xlsx_file(source: ReportSource) -> bytes:
    """Return a workbook: first what it is of, then a sheet a table, each with its marks above the headings.

    Texts stay texts, also those that begin like a formula. Times are China's, without an offset.
    Cells of what is not known are empty.
    """
    book = Workbook()
    _about(book.worksheets[0], source)
    for number, (key, names) in enumerate(SHEETS.items()):
        source.progress("tables", number, len(SHEETS))
        _sheet(book.create_sheet(titled(*names, source.language)), TABLES[key](source), source)
    source.progress("tables", len(SHEETS), len(SHEETS))
    # Properties of the file are in UTC by its format.
    moment = source.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    book.properties.created = book.properties.modified = moment
    book.properties.creator = source.made_by or ""
    book.properties.title = source.mark.words(source.language)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _about(sheet: Worksheet, source: ReportSource) -> None:
    sheet.title = titled("说明", "About", source.language)
    _mark_row(sheet, source)
    for line in [*provenance_rows(source), ("", None)]:
        _append(sheet, line, bold_first=True)
    _append(sheet, (titled("态势", "Situation", source.language), source.assessment["situation"]), bold_first=True)
    _append(sheet, (titled("数据来源", "Sources", source.language), None), bold_first=True)
    for layer, nature, name in source_rows(source):
        _append(sheet, (layer, f"{nature}：{name}" if source.language == "zh" else f"{nature}: {name}"))
    _append(sheet, (titled("推定", "Assumptions", source.language), None), bold_first=True)
    for item in source.impact.assumptions:
        _append(sheet, (item.clause or "", item.text))
    sheet.column_dimensions["A"].width = 22
    sheet.column_dimensions["B"].width = 90


def _sheet(sheet: Worksheet, table: ReportTable, source: ReportSource) -> None:
    _mark_row(sheet, source, in_language(table.title, source.language))
    headings = table.headings(source.language)
    for place, heading in enumerate(headings, start=1):
        cell = _cell(sheet, _TITLE_ROWS + 1, place)
        _text(cell, heading)
        cell.font = Font(_FONT, bold=True, color="FFFFFF")
        cell.fill = _HEAD_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    for number, values in enumerate(table.rows(), start=_TITLE_ROWS + 2):
        for place, (column, value) in enumerate(zip(table.columns, values, strict=True), start=1):
            _put(_cell(sheet, number, place), column, value)
    first_free = 2 if len(table.columns) > 3 else 1
    sheet.freeze_panes = f"{get_column_letter(first_free)}{_TITLE_ROWS + 2}"
    last = get_column_letter(len(table.columns))
    sheet.auto_filter.ref = f"A{_TITLE_ROWS + 1}:{last}{max(sheet.max_row, _TITLE_ROWS + 1)}"
    for place, column in enumerate(table.columns):
        sheet.column_dimensions[get_column_letter(place + 1)].width = _width(column, headings[place], table, place)
    sheet.row_dimensions[_TITLE_ROWS + 1].height = 32
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.print_title_rows = f"1:{_TITLE_ROWS + 1}"


def _mark_row(sheet: Worksheet, source: ReportSource, title: str = "") -> None:
    """Write the line that nobody must miss above everything else."""
    marks = "".join(f"【{mark}】" for mark in marks_of(source))
    cell = _cell(sheet, 1, 1)
    _text(cell, " ".join(part for part in (marks + source.opening.name, title) if part))
    cell.font = Font(_FONT, bold=True, size=13)
    if marks:
        cell.fill = _MARK_FILL
    # Above every printed page too; a sign that means a setting there is doubled.
    if sheet.oddHeader is not None:
        sheet.oddHeader.center.text = str(cell.value).replace("&", "&&")


def _append(sheet: Worksheet, values: Sequence[Cell], *, bold_first: bool = False) -> None:
    number = sheet.max_row + 1
    for place, value in enumerate(values, start=1):
        cell = _cell(sheet, number, place)
        _put(cell, _ABOUT, value)
        if bold_first and place == 1:
            cell.font = Font(_FONT, bold=True)


def _put(cell: SheetCell, column: ReportColumn, value: Cell) -> None:
    cell.font = Font(_FONT)
    cell.border = _LINE
    long = column.kind == "long_text"
    cell.alignment = Alignment(vertical="top", wrap_text=long)
    if value is None:
        return
    if column.kind == "moment" and isinstance(value, str):
        cell.value = in_china(value).replace(tzinfo=None, microsecond=0)
    elif isinstance(value, str):
        _text(cell, value)
    else:
        cell.value = value
    cell.number_format = (
        "General" if isinstance(value, int | float) and column.kind == "long_text" else _FORMATS[column.kind]
    )


def _cell(sheet: Worksheet, row: int, column: int) -> SheetCell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, SheetCell)  # noqa: S101  nothing is merged here
    return cell


def _text(cell: SheetCell, value: str) -> None:
    """Write a text as a text, whatever it begins with; signs that no workbook can hold are left out."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell.data_type = "s"
    cell.quotePrefix = True


def _width(column: ReportColumn, heading: str, table: ReportTable, place: int) -> float:
    if column.kind == "long_text":
        return _LONG_TEXT
    if column.kind == "moment":
        return 17
    longest = max((_columns(str(row[place])) for row in table.rows() if row[place] is not None), default=0)
    return min(max(longest + 2, _columns(heading) / 2 + 3, _NARROWEST), _WIDEST)


def _columns(text: str) -> int:
    """Return how wide a text is: a Chinese sign is as wide as two letters."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
