"""The formats of exports: endings, media types, and what writes each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from layers.exporting.geodata import write_geojson, write_gpkg, write_shapefile
from layers.exporting.model import LayerExport
from layers.exporting.tables import write_csv, write_xlsx


@dataclass(frozen=True)
class Format:
    """A format: ending of its files, media type, and what writes a layer to a path."""

    ending: str
    media_type: str
    write: Callable[[LayerExport, Path], None]


FORMATS: Mapping[str, Format] = {
    "geojson": Format(".geojson", "application/geo+json", write_geojson),
    "gpkg": Format(".gpkg", "application/geopackage+sqlite3", write_gpkg),
    "csv": Format(".csv", "text/csv", write_csv),
    "xlsx": Format(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    "shp": Format(".zip", "application/zip", write_shapefile),
}
