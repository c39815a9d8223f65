"""Sheets, of CSV and XLSX alike: numbered lines of cells under a heading become a table and its batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pandas as pd

from layers.importing.source.heading import Heading
from layers.importing.source.model import Batch, Limits, SourceTable
from layers.importing.source.notes import Notes
from layers.importing.source.refusals import refusal
from layers.importing.source.sampling import Samples

#: The number of a line in its sheet, from 1, and its cells.
NumberedLine = tuple[int, list[object]]
_SAMPLED_ROWS = 20_000


@dataclass(frozen=True)
class Sheet:
    """A sheet whose heading is known. `first_record` is the number of the line at which records begin."""

    name: str
    heading: Heading
    first_record: int


def table_of(sheet: Sheet, lines: Iterable[NumberedLine], limits: Limits, notes: Notes) -> SourceTable:
    """Look through the lines of a sheet once: count the records, take samples, tell of lines that are too long."""
    names = sheet.heading.names
    if len(names) > limits.columns:
        raise refusal("too_many_columns", found=len(names), limit=limits.columns)
    samples, rows, uneven = Samples(names), 0, 0
    first_uneven: list[int] = []
    for number, cells in _records(sheet, lines, limits):
        rows += 1
        if any(cell is not None for cell in cells[len(names) :]):
            uneven += 1
            first_uneven += [number] if len(first_uneven) < 100 else []
        if rows <= _SAMPLED_ROWS:
            for name, cell in zip(names, cells, strict=False):
                samples.add(name, (cell,))
    if sheet.heading.first > 0:
        notes.add("header_guessed", table=sheet.name, lines=_lines(sheet.heading.first + 1, sheet.heading.last + 1))
    if uneven:
        notes.add("uneven_rows", table=sheet.name, rows=first_uneven, count=uneven)
    return SourceTable(sheet.name, rows, names, None, None, samples.taken())


def _lines(first: int, last: int) -> str:
    """Return the numbers of lines as people write them."""
    return str(first) if first == last else f"{first}–{last}"


def batches_of(sheet: Sheet, lines: Iterable[NumberedLine], size: int, limits: Limits) -> Iterator[Batch]:
    """Yield the records of a sheet; lines without any value are left out."""
    names = sheet.heading.names
    records = iter(_records(sheet, lines, limits))
    while part := list(islice(records, size)):
        rows = np.array([number for number, _ in part], dtype=np.int64)
        data = {
            name: [cells[place] if place < len(cells) else None for _, cells in part]
            for place, name in enumerate(names)
        }
        yield Batch(rows, pd.DataFrame(data, columns=list(names), dtype=object), None)


def _records(sheet: Sheet, lines: Iterable[NumberedLine], limits: Limits) -> Iterator[NumberedLine]:
    count = 0
    for number, cells in lines:
        if number < sheet.first_record or all(cell is None for cell in cells):
            continue
        if any(isinstance(cell, str) and len(cell) > limits.text_chars for cell in cells):
            raise refusal("too_long_text", row=number, limit=limits.text_chars)
        count += 1
        if count > limits.rows:
            raise refusal("too_many_rows", limit=limits.rows)
        yield number, cells
