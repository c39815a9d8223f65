"""The tables of a report as CSV: one alone, or all of them in a ZIP archive."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from typing import TYPE_CHECKING

from webmap.exports.csv_file import BYTE_ORDER_MARK, Fixed, defused, sample_column
from webmap.exports.tables import Cell
from webmap.reports.files.all_tables import TABLES
from webmap.reports.files.provenance import ROW_KEYS, clock, provenance_rows, source_rows, titled
from webmap.reports.files.tables import ReportTable

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

#: The time within the archive: the same tables make the same file.
_STAMP = (1980, 1, 1, 0, 0, 0)
#: Columns of the provenance that stand in every row, so that a sheet on its own still says what it is of.
_LAST = ("plan", "at", "known_entry", "data_version")


def csv_table(source: ReportSource, table: str) -> bytes:
    """Return one table as UTF-8 CSV with a byte order mark; raises `KeyError` for a table that there is not.

    Marks of a drill and of made-up data and the incident are the first columns of every row, plan, time and data
    version the last.
    """
    return _csv(TABLES[table](source), source)


def csv_archive(source: ReportSource) -> bytes:
    """Return a ZIP archive with one CSV a table, and one that tells what they are of and where they come from."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "about.csv", _about(source))
        for number, key in enumerate(TABLES):
            source.progress("tables", number, len(TABLES))
            _put(archive, f"{key}.csv", csv_table(source, key))
    source.progress("tables", len(TABLES), len(TABLES))
    return buffer.getvalue()


def _csv(table: ReportTable, source: ReportSource) -> bytes:
    first = [*sample_column(source.snapshot.synthetic, source.language), *source.mark.columns(source.language)]
    last = _last(source)
    kinds = [column.kind for column in table.columns]
    heading = [*(name for name, _ in first), *table.headings(source.language), *(name for name, _ in last)]
    rows = (
        [*(value for _, value in first), *map(_plain, row, kinds), *(value for _, value in last)]
        for row in table.rows()
    )
    return _written([heading, *rows])


def _plain(value: Cell, kind: str) -> Cell:
    return clock(value) if kind == "moment" and isinstance(value, str) else value


def _last(source: ReportSource) -> list[Fixed]:
    told = dict(zip(ROW_KEYS, provenance_rows(source), strict=True))
    return [told[key] for key in _LAST]


def _about(source: ReportSource) -> bytes:
    language = source.language
    heading = [
        titled("项目", "Item", language),
        titled("内容", "Content", language),
        titled("来源", "Source", language),
    ]
    lines: list[Iterable[Cell]] = [heading, *([name, value, None] for name, value in provenance_rows(source))]
    return _written([*lines, *([layer, nature, name] for layer, nature, name in source_rows(source))])


def _written(rows: Iterable[Iterable[Cell]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([defused(cell) for cell in row] for row in rows)
    return BYTE_ORDER_MARK + buffer.getvalue().encode("utf-8", "replace")


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)
