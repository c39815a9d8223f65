"""Which formats there are, and what makes each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers.schema import Title
from webmap.errors import InvalidQuery
from webmap.reports.file import ReportFile, file_of

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource


@dataclass(frozen=True)
class _Format:
    title: Title
    mimetype: str
    make: Callable[[ReportSource], bytes]
    suffix: str = ""


# Each format's module is loaded when it is asked for: GDAL's, Folium's and openpyxl's take their time.
def _html(source: ReportSource) -> bytes:
    from webmap.reports.files.html import html_file  # noqa: PLC0415

    return html_file(source)


def _gpkg(source: ReportSource) -> bytes:
    from webmap.reports.files.gpkg import gpkg_file  # noqa: PLC0415

    return gpkg_file(source)


def _geojson(source: ReportSource) -> bytes:
    from webmap.reports.files.geojson import geojson_file  # noqa: PLC0415

    return geojson_file(source)


def _csv(source: ReportSource) -> bytes:
    from webmap.reports.files.csv_files import csv_archive  # noqa: PLC0415

    return csv_archive(source)


def _xlsx(source: ReportSource) -> bytes:
    from webmap.reports.files.xlsx import xlsx_file  # noqa: PLC0415

    return xlsx_file(source)


def _json(source: ReportSource) -> bytes:
    from webmap.reports.files.json_file import json_file  # noqa: PLC0415

    return json_file(source)


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMATS: Mapping[str, _Format] = {
    "html": _Format(Title("影响态势图", "Impact map"), "text/html", _html),
    "gpkg": _Format(Title("影响图层", "Impact layers"), "application/geopackage+sqlite3", _gpkg),
    "geojson": _Format(Title("影响图", "Impact map"), "application/geo+json", _geojson),
    "csv": _Format(Title("影响统计表", "Impact tables"), "application/zip", _csv, "zip"),
    "xlsx": _Format(Title("影响统计表", "Impact tables"), _XLSX, _xlsx),
    "json": _Format(Title("影响数据", "Impact data"), "application/json", _json),
}
FORMATS: tuple[str, ...] = tuple(_FORMATS)


def make(source: ReportSource, format_: str, *, table: str | None = None) -> ReportFile:
    """Return the file of an incident in a format: html, gpkg, geojson, csv, xlsx, json.

    `csv` gives all tables in a ZIP archive, or the `table` of that key alone. Raises `InvalidQuery` for a format or
    table that there is not.
    """
    if format_ not in _FORMATS:
        raise InvalidQuery("format", format_, FORMATS)
    if table is not None:
        return _one_table(source, format_, table)
    kind = _FORMATS[format_]
    content = kind.make(source)
    return file_of(source, kind.title, f"impact.{kind.suffix or format_}", kind.mimetype, content)


def _one_table(source: ReportSource, format_: str, table: str) -> ReportFile:
    from webmap.reports.files.all_tables import TABLES  # noqa: PLC0415
    from webmap.reports.files.csv_files import csv_table  # noqa: PLC0415

    if format_ != "csv":
        raise InvalidQuery("format", format_, ("csv",))
    if table not in TABLES:
        raise InvalidQuery("table", table, tuple(TABLES))
    return file_of(source, TABLES[table](source).title, f"{table}.csv", "text/csv", csv_table(source, table))
