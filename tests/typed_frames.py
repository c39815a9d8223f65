"""Records of made-up districts as frames, without the catalogue's checks: districts are drawn by the thousand.

They come out as `layers.records.conform` makes them; a test compares the two.
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from layers.crs import STORAGE_EPSG
from layers.records import layer_of
from layers.schema import Field

_DTYPES = {"text": "str", "integer": "Int64", "number": "float64", "boolean": "bool"}


def typed_frame(key: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return rows (at least one) of a layer as a frame in the catalogue's types, by id; what a row lacks is unknown."""
    layer = layer_of(key)
    ordered = sorted(rows, key=lambda row: str(row["id"]))
    if len({row["id"] for row in rows}) != len(rows):
        raise ValueError(f"{key}: an id stands twice")
    table = pd.DataFrame({field.name: _column(field, ordered) for field in layer.fields}, copy=False)
    if layer.geometry is None:
        return table
    shapes = np.empty(len(ordered), object)
    shapes[:] = [row["geometry"] for row in ordered]
    return gpd.GeoDataFrame(table, geometry=shapes, crs=STORAGE_EPSG)


def _column(field: Field, rows: list[dict[str, Any]]) -> pd.Series[Any]:
    values = [row.get(field.name) for row in rows]
    if field.kind == "boolean" and None in values:
        return pd.Series(values, dtype=object)
    return pd.Series(values, dtype=_DTYPES[field.kind])  # type: ignore[call-overload, no-any-return]
