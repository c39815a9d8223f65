"""CSV and other separated text: encoding, separator and heading found by looking, lines read as a stream."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from layers.exporting.formulas import unguarded
from layers.importing.source.encoding import byte_order_mark, candidates_of_file, normal_name
from layers.importing.source.heading import LOOKED_AT, find_heading
from layers.importing.source.model import Batch, Limits, SourceTable
from layers.importing.source.notes import Notes
from layers.importing.source.refusals import refusal
from layers.importing.source.sheet import NumberedLine, Sheet, batches_of, table_of

_SEPARATORS = (",", "\t", ";", "|")
_CHUNK = 2**20
#: A line that goes on for longer is none: a parser would hold all of it.
_LONGEST_LINE = 32 * 2**20


@dataclass(frozen=True)
class CsvReader:
    """Reads the one table of a CSV file."""

    path: Path
    encoding: str
    separator: str
    sheet: Sheet
    limits: Limits

    def batches(self, table: str, encoding: str, batch_rows: int) -> Iterator[Batch]:
        """Yield the lines after the heading; values are texts, empty ones None."""
        del table
        chosen = self.encoding if encoding == "auto" else normal_name(encoding)
        sheet = self.sheet
        if chosen != self.encoding:
            sheet = _sheet(self.path, chosen, self.separator, sheet.name)
        return batches_of(sheet, _lines(self.path, chosen, self.separator, self.limits), batch_rows, self.limits)


def open_csv(
    path: Path, name: str, encoding: str, limits: Limits, notes: Notes
) -> tuple[CsvReader, tuple[SourceTable, ...], tuple[str, ...]]:
    """Return the reader, its one table called `name`, and the encodings in which the file can be read."""
    _check_bytes(path)
    candidates = candidates_of_file(path)
    if encoding == "auto" and not candidates:
        notes.add("encoding_unclear", table=name)
        raise refusal("encoding", encoding="UTF-8, GB18030, Big5")
    chosen = candidates[0] if encoding == "auto" else normal_name(encoding)
    separator = _separator(path, chosen, limits)
    sheet = _sheet(path, chosen, separator, name)
    table = table_of(sheet, _lines(path, chosen, separator, limits), limits, notes)
    if not table.columns:
        raise refusal("no_tables")
    return CsvReader(path, chosen, separator, sheet, limits), (table,), candidates or (chosen,)


def _sheet(path: Path, encoding: str, separator: str, name: str) -> Sheet:
    looked_at = [cells for _, cells in islice(_lines(path, encoding, separator, Limits()), LOOKED_AT)]
    heading = find_heading(looked_at)
    return Sheet(name, heading, heading.last + 2)


def _check_bytes(path: Path) -> None:
    with path.open("rb") as file:
        wide = byte_order_mark(file.read(4)) == "UTF-16"
        file.seek(0)
        length = 0
        while chunk := file.read(_CHUNK):
            if not wide and b"\0" in chunk:
                raise refusal("nul_bytes")
            end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
            length = length + len(chunk) if end < 0 else len(chunk) - end
            if length > _LONGEST_LINE:
                raise refusal("too_long_text", row=1, limit=_LONGEST_LINE)


def _separator(path: Path, encoding: str, limits: Limits) -> str:
    """Choose the separator that cuts the first lines most evenly; a comma where there is nothing to cut."""
    best, chosen = 0, _SEPARATORS[0]
    for separator in _SEPARATORS:
        widths = [len(cells) for _, cells in islice(_lines(path, encoding, separator, limits), LOOKED_AT) if cells]
        width, often = Counter(widths).most_common(1)[0] if widths else (0, 0)
        if often * (width - 1) > best:
            best, chosen = often * (width - 1), separator
    return chosen


def _lines(path: Path, encoding: str, separator: str, limits: Limits) -> Iterator[NumberedLine]:
    number = 0
    # The limit is one for the whole process: it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), limits.text_chars))
    try:
        with path.open(encoding="utf-8-sig" if encoding == "UTF-8" else encoding, newline="") as file:
            for number, cells in enumerate(csv.reader(file, delimiter=separator), start=1):
                if len(cells) > limits.columns:
                    raise refusal("too_many_columns", found=len(cells), limit=limits.columns)
                yield number, [unguarded(cell) if cell else None for cell in cells]
    except csv.Error:
        raise refusal("too_long_text", row=number + 1, limit=csv.field_size_limit()) from None
    except UnicodeError:
        raise refusal("encoding", encoding=encoding) from None
