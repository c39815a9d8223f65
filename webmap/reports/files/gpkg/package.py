"""Layers and tables written by GDAL, then what GDAL does not write: titles, styles and provenance."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from pyogrio import set_gdal_config_options, write_dataframe

from webmap.exports.tables import in_language
from webmap.reports.files.all_tables import TABLES
from webmap.reports.files.geodata import MapLayer, map_layers
from webmap.reports.files.gpkg.describing import Described, describe, titles_of
from webmap.reports.files.gpkg.styles import styles_of, write_styles
from webmap.reports.files.provenance import marks_of, provenance_of
from webmap.reports.files.tables import ReportColumn, ReportTable, told

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

#: Tables that are layers already are not written twice.
_TABLES = ("networks", "classes", "hours", "township_hours", "log", "response", "definitions")
_GEOMETRIES = {
    "counties": "MultiPolygon",
    "townships": "MultiPolygon",
    "damage_areas": "MultiPolygon",
    "warning_areas": "MultiPolygon",
    "network_lines": "MultiLineString",
    "hit_lines": "MultiLineString",
    "hit_nodes": "Point",
    "facilities": "Point",
    "faults": "Point",
}
_DTYPES = {
    "text": "object",
    "long_text": "object",
    "moment": "object",
    "integer": "Int64",
    "number": "Float64",
    "hours": "Float64",
    "share": "Float64",
    "ratio": "Float64",
}


def gpkg_file(source: ReportSource) -> bytes:
    """Return a GeoPackage 1.2 in EPSG:4490 whose layers QGIS opens with their colours and Chinese column titles.

    Layers are those of `map_layers`; empty ones are there too. Tables: sums, hours, log, response, definitions. The
    same source gives the same content. Provenance is in `gpkg_metadata` and in the description of every layer.
    """
    layers = map_layers(source)
    tables = [TABLES[key](source) for key in _TABLES]
    # The file is read back at once and thrown away: waiting for the disk sixteen times would be most of the work.
    set_gdal_config_options({"OGR_SQLITE_SYNCHRONOUS": "OFF"})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.gpkg"
        for number, layer in enumerate(layers):
            source.progress("geopackage", number, len(layers) + 1)
            _write_layer(path, layer, source)
        for table in tables:
            _write_table(path, table)
        source.progress("geopackage", len(layers), len(layers) + 1)
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("PRAGMA synchronous = OFF")
            _complete(connection, layers, tables, source)
        source.progress("geopackage", len(layers) + 1, len(layers) + 1)
        return path.read_bytes()


def _write_layer(path: Path, layer: MapLayer, source: ReportSource) -> None:
    frame = layer.frame.copy()
    _typed(frame, layer.columns)
    frame["synthetic"] = pd.array([source.snapshot.synthetic] * len(frame), dtype="boolean")
    frame["drill"] = pd.array([source.opening.drill] * len(frame), dtype="boolean")
    # Rows in a fixed order: the layer's own is that of whoever loaded the data.
    key = "entry" if "entry" in frame else "id"
    frame = frame.sort_values(key, kind="stable").reset_index(drop=True)
    write_dataframe(
        frame,
        path,
        layer=layer.key,
        driver="GPKG",
        geometry_type=_GEOMETRIES[layer.key],
        promote_to_multi=_GEOMETRIES[layer.key].startswith("Multi"),
        append=path.exists(),
        dataset_options={"VERSION": "1.2"},
        layer_options={"IDENTIFIER": in_language(layer.title, source.language), "FID": "fid"},
    )


def _write_table(path: Path, table: ReportTable) -> None:
    frame = pd.DataFrame(
        {column.name: [told(column, record.get(column.name)) for record in table.records] for column in table.columns},
        dtype=object,
    )
    _typed(frame, table.columns)
    write_dataframe(frame, path, layer=table.key, driver="GPKG", append=True, layer_options={"FID": "fid"})


def _typed(frame: pd.DataFrame, columns: tuple[ReportColumn, ...]) -> None:
    """Give each column its type, so that an empty column is of the right one too."""
    for column in columns:
        values: Any = frame[column.name]
        frame[column.name] = values.astype(_DTYPES[column.kind])


def _complete(
    connection: sqlite3.Connection, layers: list[MapLayer], tables: list[ReportTable], source: ReportSource
) -> None:
    language = source.language
    head = "".join(f"【{mark}】" for mark in marks_of(source)) + source.opening.name
    described = [
        *(Described(layer.key, in_language(layer.title, language), layer.columns) for layer in layers),
        *(Described(table.key, in_language(table.title, language), table.columns) for table in tables),
    ]
    stamp = source.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    describe(connection, described, language, head, provenance_of(source), stamp)
    titles = {item.key: titles_of(item, language) for item in described}
    write_styles(connection, styles_of(source, titles), stamp)
