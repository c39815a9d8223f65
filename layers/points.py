"""Places from files: an identifier, columns of numbers, and a point in longitude, latitude where the file has one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from numpy.typing import NDArray

from layers.crs import STORAGE_EPSG
from layers.csv_text import read_rows
from layers.errors import InvalidFile
from layers.files import Columns, as_numbers, as_text, read_columns

#: Columns that name a record, the first that a file has.
IDENTIFIERS = ("id", "ID", "Id", "编号", "name", "NAME", "Name", "名称")
_LONGITUDE = ("longitude", "lon", "long", "lng", "经度", "x")
_LATITUDE = ("latitude", "lat", "纬度", "y")


@dataclass(frozen=True, eq=False)
class Places:
    """`n` records in the file's order.

    `columns` are those asked for (n each, NaN where unknown), `points` (n, 2) are in EPSG:4490, None where the file has
    none. `spread` tells that some shapes were lines or areas, whose centre counts.
    """

    ids: tuple[str, ...]
    columns: dict[str, NDArray[np.float64]]
    points: NDArray[np.float64] | None
    spread: bool = False


def read_places(path: Path, numbers: Sequence[str] = (), known: Collection[str] = ()) -> Places:
    """Read a CSV file or what GDAL reads, with these columns of numbers. No records give empty arrays.

    Of several columns that could name a record the one counts whose values are all `known`, else the first. A CSV
    file has its point in columns such as longitude and latitude. Raises `InvalidFile` naming what is wrong.
    """
    is_csv = path.suffix.casefold() == ".csv"
    table = _csv_table(path) if is_csv else read_columns(path, Columns(tuple(numbers), IDENTIFIERS))
    missing = [name for name in numbers if name not in table]
    identifier = _identifier(table, known)
    if missing or identifier is None:
        raise InvalidFile(
            path,
            f"缺少列 (missing column): {', '.join(missing) or 'id'}",
            f"文件中的列 (columns in the file): {', '.join(map(str, table.columns)) or '-'}",
        )
    ids = tuple(as_text(path, table[identifier])) if len(table) else ()
    _require_distinct(path, identifier, ids)
    columns = {name: as_numbers(path, table[name]) for name in numbers}
    if is_csv:
        return Places(ids, columns, _csv_points(path, table))
    points, spread = _shapes(path)
    return Places(ids, columns, points, spread)


def _identifier(table: pd.DataFrame, known: Collection[str]) -> str | None:
    present = [name for name in IDENTIFIERS if name in table]
    named = [name for name in present if known and table[name].astype(str).isin(known).all()]
    return next(iter(named or present), None)


def _require_distinct(path: Path, column: str, ids: tuple[str, ...]) -> None:
    if len(set(ids)) < len(ids):
        series = pd.Series(ids)
        row = int(np.argmax(series.duplicated())) + 1
        raise InvalidFile(
            path,
            f"列 {column} 第 {row} 行的值 {ids[row - 1]!r} 重复 (column {column}, row {row}: repeated)",
            "每条记录要有自己的编号 (every record needs an id of its own)",
        )


def _csv_table(path: Path) -> pd.DataFrame:
    rows = read_rows(path)
    if not rows:
        raise InvalidFile(path, "文件是空的 (the file is empty)", "第一行写列名 (the first row names the columns)")
    header, body = rows[0], rows[1:]
    for number, row in enumerate(body, 1):
        if len(row) != len(header):
            raise InvalidFile(
                path,
                f"第 {number} 行有 {len(row)} 格，应为 {len(header)} 格 "
                f"(row {number}: {len(row)} cells, not {len(header)})",
                "补上或删去逗号 (mend the commas)",
            )
    table = pd.DataFrame(body, columns=header, dtype=object)
    return table.where(table != "", None)


def _csv_points(path: Path, table: pd.DataFrame) -> NDArray[np.float64] | None:
    known = {str(name).casefold(): name for name in table.columns}
    longitude = next((known[name] for name in _LONGITUDE if name in known), None)
    latitude = next((known[name] for name in _LATITUDE if name in known), None)
    if longitude is None or latitude is None:
        return None
    points = np.column_stack([as_numbers(path, table[longitude]), as_numbers(path, table[latitude])])
    return _checked(path, points)


def _shapes(path: Path) -> tuple[NDArray[np.float64] | None, bool]:
    """The points of a file's shapes in EPSG:4490; None if it has no shapes at all."""
    try:
        if path.read_bytes()[:4] == b"PAR1":
            frame: Any = gpd.read_parquet(path)
        else:
            frame = pyogrio.read_dataframe(path, columns=[])
    except (ValueError, pyogrio.errors.DataSourceError) as error:
        if "geo" in str(error):
            return None, False
        raise InvalidFile(path, f"图形无法读取 (shapes cannot be read): {error}", "检查文件 (check the file)") from None
    if "geometry" not in frame or frame.geometry.isna().all():
        return (None, False) if len(frame) else (np.zeros((0, 2)), False)
    if frame.crs is not None and frame.crs.to_epsg() != STORAGE_EPSG:
        frame = frame.to_crs(STORAGE_EPSG)
    shapes = frame.geometry.to_numpy()
    spread = bool((shapely.get_type_id(shapes) > 0).any())
    return _checked(
        path, shapely.get_coordinates(shapely.centroid(shapes)) if len(shapes) else np.zeros((0, 2)), len(shapes)
    ), spread


def _checked(path: Path, points: NDArray[np.float64], count: int | None = None) -> NDArray[np.float64]:
    if count is not None and len(points) != count:
        raise InvalidFile(path, "有记录没有位置 (a record has no place)", "补上图形 (give every record a shape)")
    wrong = ~(np.isfinite(points).all(axis=1) & (np.abs(points) <= (180, 90)).all(axis=1))
    if wrong.any():
        row = int(np.argmax(wrong)) + 1
        raise InvalidFile(
            path,
            f"第 {row} 行的位置不是经纬度 (row {row}: no longitude, latitude): {points[row - 1].tolist()}",
            "用 CGCS2000 或 WGS 84 的经纬度，单位为度 (give degrees)",
        )
    return points
