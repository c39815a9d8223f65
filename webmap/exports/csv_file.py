"""A table of an assessment as CSV that Excel opens with a double click and cannot be made to run."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from layers.schema import Title
from webmap.exports.tables import TABLES, Cell, TableKey, TableKind, in_language
from webmap.languages import Language

SAMPLE_MARK = Title("示例数据", "SAMPLE DATA")
#: A cell beginning with one of these is a formula to a spreadsheet; the full-width forms too, in Chinese Excel.
_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def csv_file(assessment: Mapping[str, Any], table: TableKey, language: Language) -> bytes:
    """Return the table as UTF-8 CSV with a byte order mark and one heading line.

    While the data is synthetic the first column says so in every row. The last columns tell plan, time and data
    version, so that a sheet on its own still says what it is of.
    """
    return csv_of(assessment, TABLES[table], language)


def csv_of(document: Mapping[str, Any], kind: TableKind, language: Language) -> bytes:
    """Return a table of any document that tells its plan, time and data, as `csv_file` does."""
    marks = [in_language(SAMPLE_MARK, language)] if document["synthetic"] else []
    origin = [document["plan"]["title"], str(document["at"]), document["data_version"]]
    headings = [in_language(column.title, language) for column in kind.columns]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([*_mark_heading(document, language), *headings, *_origin_headings(language)])
    for record in kind.records(document):
        cells = [column.value(record, language) for column in kind.columns]
        writer.writerow([defused(cell) for cell in (*marks, *cells, *origin)])
    return _BYTE_ORDER_MARK + buffer.getvalue().encode("utf-8", "replace")


def defused(cell: Cell) -> Cell:
    """Return the cell as text that no spreadsheet runs: a leading apostrophe makes a formula a text."""
    if isinstance(cell, str) and (cell[:1] in _FORMULA_STARTS or cell.lstrip()[:1] in _FORMULA_STARTS) and cell:
        return f"'{cell}"
    return cell


def _mark_heading(document: Mapping[str, Any], language: Language) -> list[str]:
    return [in_language(Title("数据性质", "Data"), language)] if document["synthetic"] else []


def _origin_headings(language: Language) -> list[str]:
    titles = (Title("预案", "Plan"), Title("研判时间", "Assessed at"), Title("数据版本", "Data version"))
    return [in_language(title, language) for title in titles]
