"""A table of an assessment as CSV that Excel opens with a double click and cannot be made to run."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from layers.exporting.formulas import guarded
from layers.exporting.marks import SAMPLE_MARK
from layers.schema import Title
from webmap.exports.tables import TABLES, Cell, TableKey, TableKind, in_language
from webmap.languages import Language

__all__ = ["BYTE_ORDER_MARK", "SAMPLE_MARK", "Fixed", "csv_file", "csv_of", "defused", "sample_column", "table_of"]

_ORIGIN = (Title("预案", "Plan"), Title("研判时间", "Assessed at"), Title("数据版本", "Data version"))
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


#: A column that is the same in every row: heading and value.
Fixed = tuple[str, Cell]


def csv_file(
    assessment: Mapping[str, Any], table: TableKey, language: Language, incident: Sequence[Fixed] = ()
) -> bytes:
    """Return the table as UTF-8 CSV with a byte order mark and one heading line.

    While the data is synthetic the first column says so in every row; `incident` are columns that say which incident it
    is of. The last columns tell plan, time and data version, so that a sheet on its own still says what it is of.
    """
    return csv_of(assessment, TABLES[table], language, incident)


def csv_of(document: Mapping[str, Any], kind: TableKind, language: Language, incident: Sequence[Fixed] = ()) -> bytes:
    """Return a table of any document that tells its plan, time and data, as `csv_file` does."""
    origin = zip(_ORIGIN, (document["plan"]["title"], str(document["at"]), document["data_version"]), strict=True)
    last = [(in_language(title, language), value) for title, value in origin]
    return table_of(document, kind, language, [*sample_column(document["synthetic"], language), *incident], last)


def table_of(
    document: Mapping[str, Any], kind: TableKind, language: Language, first: Sequence[Fixed], last: Sequence[Fixed]
) -> bytes:
    """Return a table between columns that are the same in every row."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    headings = [in_language(column.title, language) for column in kind.columns]
    writer.writerow([*(title for title, _ in first), *headings, *(title for title, _ in last)])
    for record in kind.records(document):
        cells = [column.value(record, language) for column in kind.columns]
        row = (*(value for _, value in first), *cells, *(value for _, value in last))
        writer.writerow([defused(cell) for cell in row])
    return BYTE_ORDER_MARK + buffer.getvalue().encode("utf-8", "replace")


def sample_column(synthetic: object, language: Language) -> list[Fixed]:
    """Return the column that says that data is made up, none where it is not."""
    return [(in_language(Title("数据性质", "Data"), language), in_language(SAMPLE_MARK, language))] if synthetic else []


def defused(cell: Cell) -> Cell:
    """Return the cell as text that no spreadsheet runs: a leading apostrophe makes a formula a text."""
    return guarded(cell) if isinstance(cell, str) else cell
