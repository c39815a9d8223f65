"""Sheets of an XLSX file, line by line: stored values of formulas, merged cells filled, headings found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from layers.importing.source.archive import Archive
from layers.importing.source.heading import LOOKED_AT, find_heading
from layers.importing.source.model import Batch, Limits, SourceTable
from layers.importing.source.notes import Notes
from layers.importing.source.refusals import refusal
from layers.importing.source.sheet import NumberedLine, Sheet, batches_of, table_of
from layers.importing.source.xlsx_book import Book, open_book, text_of
from layers.importing.source.xlsx_merges import Merges, merges_of
from layers.importing.source.xml_stream import elements, local_name

_COLUMN = re.compile(r"^([A-Z]{1,3})\d+$")
_MOST_COLUMNS = 16_384


@dataclass
class _Odd:
    """Cells that have no value to give: formulas never calculated, and errors."""

    formulas: list[int] = field(default_factory=list)
    errors: list[int] = field(default_factory=list)
    error_values: list[str] = field(default_factory=list)


@dataclass
class XlsxReader:
    """Reads the sheets of a workbook, a table each."""

    book: Book
    limits: Limits
    sheets: dict[str, tuple[Sheet, Merges]] = field(default_factory=dict)

    def batches(self, table: str, encoding: str, batch_rows: int) -> Iterator[Batch]:
        """Yield the lines after the heading. Numbers stay numbers, texts texts, dates are ISO texts."""
        del encoding
        sheet, merges = self.sheets[table]
        return batches_of(sheet, merges.filled(_lines(self.book, table, _Odd())), batch_rows, self.limits)


def open_xlsx(
    archive: Archive, folder: Path, limits: Limits, notes: Notes
) -> tuple[XlsxReader, tuple[SourceTable, ...]]:
    """Return the reader and a table for each visible sheet that is not empty."""
    book = open_book(archive, folder)
    reader = XlsxReader(book, limits)
    tables: list[SourceTable] = []
    for name, path in book.sheets.items():
        merges = merges_of(path)
        looked_at = list(islice(merges.filled(_lines(book, name, _Odd())), LOOKED_AT))
        if not looked_at:
            continue
        heading = find_heading(_dense(looked_at))
        sheet = Sheet(name, heading, heading.last + 2)
        odd = _Odd()
        table = table_of(sheet, merges.filled(_lines(book, name, odd)), limits, notes)
        reader.sheets[name] = (sheet, merges)
        tables.append(table)
        if below := merges.below(heading.last + 1):
            notes.add("merged_filled", table=name, rows=below)
        if odd.formulas:
            notes.add("formula_without_value", table=name, rows=odd.formulas)
        if odd.errors:
            notes.add("error_value", table=name, rows=odd.errors, values=odd.error_values)
    if not tables:
        raise refusal("no_tables")
    return reader, tuple(tables)


def _dense(lines: list[NumberedLine]) -> list[list[object]]:
    """Return the first lines with empty ones where the sheet stores none."""
    last = min(lines[-1][0], LOOKED_AT)
    by_number = dict(lines)
    return [by_number.get(number, []) for number in range(1, last + 1)]


def _lines(book: Book, name: str, odd: _Odd) -> Iterator[NumberedLine]:
    number = 0
    for _, element in elements(book.sheets[name], ("row",), ("row",)):
        given = element.get("r", "")
        number = int(given) if given.isdecimal() and int(given) > number else number + 1
        yield number, _cells(element, number, book, odd)


def _cells(row: Any, number: int, book: Book, odd: _Odd) -> list[object]:
    cells: list[object] = []
    for cell in row:
        if local_name(cell) != "c":
            continue
        column = _column(cell.get("r", "")) or len(cells) + 1
        if column > _MOST_COLUMNS:
            raise refusal("too_many_columns", found=column, limit=_MOST_COLUMNS)
        if column > len(cells):
            cells.extend([None] * (column - len(cells)))
        cells[column - 1] = _value(cell, number, book, odd)
    return cells


def _column(reference: str) -> int:
    found = _COLUMN.match(reference)
    column = 0
    for letter in found[1] if found else "":
        column = column * 26 + ord(letter) - 64
    return column


def _value(cell: Any, number: int, book: Book, odd: _Odd) -> object:
    kind, text, formula = cell.get("t", "n"), None, False
    for child in cell:
        part = local_name(child)
        if part == "v":
            text = child.text
        elif part == "is":
            return text_of(child) or None
        formula = formula or part == "f"
    if text is None or text == "":
        if formula and kind != "str":
            odd.formulas.append(number)
        return None
    if kind == "e":
        odd.errors.append(number)
        odd.error_values.append(text)
        return None
    if kind == "s":
        place = int(text) if text.isdecimal() else -1
        return (book.strings[place] or None) if 0 <= place < len(book.strings) else None
    if kind == "b":
        return text == "1"
    return text if kind in ("str", "d") else _number(text, cell.get("s", ""), book)


def _number(text: str, style: str, book: Book) -> object:
    try:
        value = float(text)
    except ValueError:
        return text
    if style.isdecimal() and int(style) in book.date_styles:
        epoch = CALENDAR_MAC_1904 if book.from_1904 else CALENDAR_WINDOWS_1900
        try:
            return str(from_excel(value, epoch)).removesuffix(" 00:00:00")
        except (ValueError, OverflowError):
            return value
    return int(value) if value.is_integer() and abs(value) < 2**53 else value
