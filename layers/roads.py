"""Roads from files, as the road network reads them."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from numpy.typing import NDArray

from layers.crs import STORAGE_EPSG
from layers.errors import InvalidFile
from layers.files import Columns, as_flags, as_numbers, as_text, read_columns

_ROADS = Columns(("id",), ("speed_kph", "closed"), ("roads",))


def read_roads(path: Path) -> pd.DataFrame:
    """Return roads with id, speed_kph (NaN unknown), closed (False where not said) and lines in EPSG:4490.

    A file without records gives an empty frame. Raises `InvalidFile`.
    """
    table = read_columns(path, _ROADS)
    if not len(table):
        return pd.DataFrame({"id": [], "speed_kph": [], "closed": [], "geometry": []})
    try:
        with path.open("rb") as file:
            is_parquet = file.read(4) == b"PAR1"
        shapes = gpd.read_parquet(path) if is_parquet else pyogrio.read_dataframe(path, columns=[])
    except (ValueError, pyogrio.errors.DataSourceError) as error:
        raise InvalidFile(path, f"图形无法读取 (shapes cannot be read): {error}", "检查文件 (check the file)") from None
    if "geometry" in shapes and shapes.crs is not None and shapes.crs.to_epsg() != STORAGE_EPSG:
        shapes = shapes.to_crs(STORAGE_EPSG)
    lines = shapes["geometry"].to_numpy() if "geometry" in shapes else np.empty(len(table), object)
    kinds = shapely.get_type_id(lines)
    if not np.isin(kinds, (1, 5)).all():
        row = int(np.argmin(np.isin(kinds, (1, 5)))) + 1
        raise InvalidFile(path, f"第 {row} 条记录不是线 (record {row}: no line)", "道路要是线 (roads are lines)")
    return _parts(path, table, lines)


def _parts(path: Path, table: pd.DataFrame, lines: NDArray[np.object_]) -> pd.DataFrame:
    """One row for each single line; a road in several parts is as many rows with one id."""
    parts, row = shapely.get_parts(lines, return_index=True)
    count = len(table)
    speed = as_numbers(path, table["speed_kph"]) if "speed_kph" in table else np.full(count, np.nan)
    closed = as_flags(path, table["closed"], default=False) if "closed" in table else np.zeros(count, np.bool_)
    ids = as_text(path, table["id"]).to_numpy()
    return pd.DataFrame({"id": ids[row], "speed_kph": speed[row], "closed": closed[row], "geometry": parts})
