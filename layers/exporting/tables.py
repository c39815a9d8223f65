"""A layer as CSV and as a workbook: names of columns as in the catalogue, no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from layers.exporting.formulas import guarded
from layers.exporting.model import ExportTooLarge, LayerExport

_MOST_ROWS = 1_048_576 - 2
#: A cell of a workbook holds no more; a longer geometry is left out there, and the workbook says which.
_MOST_CHARS = 32_767
#: XML cannot hold these signs, and changes carriage returns: ECMA-376 writes them as `_x000D_`.
_ESCAPED = re.compile(r"[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_MARK_FILL = PatternFill("solid", fgColor="FFE8B8")


def write_csv(export: LayerExport, path: Path) -> None:
    """Write UTF-8 with a byte order mark. Geometry: `longitude`, `latitude`, or `wkt`, in EPSG:4490."""
    names, rows = _rows(export)
    with path.open("w", encoding="utf-8-sig", newline="", errors="replace") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        for row in rows:
            writer.writerow([guarded(value) if isinstance(value, str) else value for value in row])


def write_xlsx(export: LayerExport, path: Path) -> None:
    """Write a workbook: what it is of, the heading, a row a record; a second sheet says what the columns mean.

    Texts are typed as texts, whatever they begin with. Raises `ExportTooLarge`.
    """
    if len(export.frame) > _MOST_ROWS:
        raise ExportTooLarge(export.key, _MOST_ROWS)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(export.key)
    sheet.freeze_panes = "A3"
    sheet.append([_text(sheet, export.about(), fill=_MARK_FILL if export.synthetic else None)])
    names, rows = _rows(export)
    sheet.append([_text(sheet, name, bold=True) for name in names])
    left_out: list[str] = []
    identifier = names.index("id")
    for row in rows:
        if isinstance(row[-1], str) and len(row[-1]) > _MOST_CHARS:
            left_out.append(str(row[identifier]))
            row[-1] = None
        sheet.append([_text(sheet, value) if isinstance(value, str) else value for value in row])
    _describe(book.create_sheet("about"), export, left_out)
    book.save(path)


def _rows(export: LayerExport) -> tuple[list[str], Iterator[list[object]]]:
    """Names of the columns and the rows: marks, the catalogue's columns, then the place."""
    marks, columns, places = export.marks(), export.columns(), export.places()
    names = [*marks, *columns, *places]
    fixed = [repeat(value, len(export.frame)) for value in marks.values()]
    return names, map(list, zip(*fixed, *columns.values(), *places.values(), strict=True))


def _describe(sheet: Worksheet, export: LayerExport, left_out: list[str]) -> None:
    sheet.append([_text(sheet, export.about())])
    sheet.append([_text(sheet, word, bold=True) for word in ("column", "列名", "title", "unit")])
    for field in export.layer.fields:
        values = (field.name, field.title.zh, field.title.en, field.unit or "")
        sheet.append([_text(sheet, value) for value in values])
    if left_out:
        told = "图形过长，表格放不下，请用 GeoPackage (geometry too long for a cell, use GeoPackage)"
        sheet.append([_text(sheet, told)])
        for identifier in left_out:
            sheet.append([_text(sheet, identifier)])


def _text(sheet: Worksheet, value: str, *, bold: bool = False, fill: PatternFill | None = None) -> Any:
    escaped = _ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", value)
    cell: Any = WriteOnlyCell(sheet, value=escaped)
    # A text that begins with `=` was taken for a formula.
    cell.data_type = "s"
    if guarded(value) != value:
        cell.quotePrefix = True
    if bold or fill:
        cell.font = Font(bold=True)
    if fill:
        cell.fill = fill
    return cell
