"""Reads the built sample with the catalogue's types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from layers.catalog import CATALOG
from layers.crs import STORAGE_EPSG
from layers.records import conform
from layers.sample.sources import SAMPLE_HOME
from layers.sample.writing import file_name
from layers.schema import Field, Layer


def read_sample(home: Path = SAMPLE_HOME) -> dict[str, Any]:
    """All layers of the sample by key: GeoDataFrames in EPSG:4490 sorted by id, `supplies` a plain DataFrame.

    A file that was never built raises `FileNotFoundError`.
    """
    return {key: read_sample_layer(key, home) for key in CATALOG}


def read_sample_layer(key: str, home: Path = SAMPLE_HOME) -> Any:
    """One layer of the sample, as `read_sample` gives it."""
    return _read(CATALOG[key], home / file_name(CATALOG[key]))


def _read(layer: Layer, path: Path) -> pd.DataFrame:
    if layer.geometry is None:
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        rows = {field.name: [_value(field, cell) for cell in table[field.name]] for field in layer.fields}
        return conform(layer.key, pd.DataFrame(rows))
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    facts = [feature["properties"] for feature in features]
    columns = {field.name: pd.Series([fact.get(field.name) for fact in facts]) for field in layer.fields}
    geometry = _geometry(layer, [feature["geometry"] for feature in features])
    return conform(layer.key, gpd.GeoDataFrame(columns, geometry=geometry, crs=STORAGE_EPSG))


def _value(field: Field, cell: str) -> object:
    if cell == "":
        return None
    if field.kind == "boolean":
        return cell == "true"
    return float(cell) if field.kind == "number" else cell


def _geometry(layer: Layer, shapes: list[dict[str, Any]]) -> Any:
    """Build points and lines at once from one array of coordinates; polygons one by one."""
    if layer.geometry == "Point":
        return shapely.points(np.array([shape["coordinates"] for shape in shapes], dtype=float).reshape(-1, 2))
    if layer.geometry == "LineString":
        sizes = [len(shape["coordinates"]) for shape in shapes]
        points = np.array([point for shape in shapes for point in shape["coordinates"]], dtype=float).reshape(-1, 2)
        return shapely.linestrings(points, indices=np.repeat(np.arange(len(shapes)), sizes))
    return shapely.from_geojson([json.dumps(shape) for shape in shapes])
