"""Vector files as plain tables: GeoJSON, GeoPackage, GeoParquet, and what else GDAL reads. Geometry is left aside.

Only the columns asked for are read; identifiers come out as text, whatever the file keeps them as.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyogrio
from numpy.typing import NDArray

from layers.errors import InvalidFile

_PARQUET_MAGIC = b"PAR1"
_TRUE = frozenset({"true", "t", "yes", "y", "1", "是"})
_FALSE = frozenset({"false", "f", "no", "n", "0", "否", ""})


@dataclass(frozen=True)
class Columns:
    """What to read of a file: columns that must be there, and those that may; `layers` are names of its table.

    Of a file with several tables the one named in `layers` is read, else the only one that has all of `required`.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()


def read_columns(path: Path, columns: Columns) -> pd.DataFrame:
    """Return the columns that the file has, rows in its order; an empty table gives an empty frame.

    Raises `InvalidFile` if the file is missing, cannot be read or lacks a required column.
    """
    try:
        with path.open("rb") as file:
            magic = file.read(len(_PARQUET_MAGIC))
    except FileNotFoundError:
        raise InvalidFile(path, "找不到文件 (no such file)", "检查路径 (check the path)") from None
    except OSError as error:
        raise InvalidFile(path, f"文件无法读取 (cannot be read): {error.strerror}", "检查文件与权限") from None
    return _read_parquet(path, columns) if magic == _PARQUET_MAGIC else _read_ogr(path, columns)


def _require(path: Path, present: Sequence[str], columns: Columns) -> list[str]:
    missing = [name for name in columns.required if name not in present]
    if missing:
        raise InvalidFile(
            path,
            f"缺少列 (missing column): {', '.join(missing)}",
            f"文件中的列 (columns in the file): {', '.join(map(str, present)) or '-'}",
        )
    return [name for name in dict.fromkeys((*columns.required, *columns.optional)) if name in present]


def _read_parquet(path: Path, columns: Columns) -> pd.DataFrame:
    import pyarrow as pa  # noqa: PLC0415  only for this format
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        with pq.ParquetFile(path) as file:
            wanted = _require(path, file.schema_arrow.names, columns)
            table: pd.DataFrame = file.read(columns=wanted).to_pandas(ignore_metadata=True)
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(path, error) from None
    return table


def _read_ogr(path: Path, columns: Columns) -> pd.DataFrame:
    try:
        layer = _layer(path, columns)
        info = pyogrio.read_info(path, layer=layer)
        fields = [str(name) for name in info["fields"]]
        key = info.get("fid_column") or ""
        wanted = _require(path, [*fields, *([key] if key else [])], columns)
        # Text that looks like a date is an identifier here, and stays as it is written.
        options = {"DATE_AS_STRING": "YES"} if info["driver"] == "GeoJSON" else {}
        table: pd.DataFrame = pyogrio.read_dataframe(
            path,
            layer=layer,
            columns=[name for name in wanted if name in fields],
            read_geometry=False,
            fid_as_index=True,
            **options,
        )
    except pyogrio.errors.DataSourceError as error:
        raise _unreadable(path, error) from None
    if key in wanted and key not in fields:
        table[key] = table.index
    return table.reset_index(drop=True)


def _unreadable(path: Path, error: Exception) -> InvalidFile:
    reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
    return InvalidFile(
        path,
        f"不是可读的矢量文件 (not a vector file that can be read): {reason}",
        "支持 GeoJSON、GeoPackage、GeoParquet (give one of these)",
    )


def _layer(path: Path, columns: Columns) -> str | None:
    names = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
    if len(names) < 2:
        return None
    named = [name for name in columns.layers if name in names]
    if named:
        return named[0]
    fitting = [name for name in names if set(columns.required) <= set(pyogrio.read_info(path, layer=name)["fields"])]
    if len(fitting) == 1:
        return fitting[0]
    raise InvalidFile(
        path,
        f"文件有多个图层，不知该读哪一个 (several layers): {', '.join(names)}",
        f"把要读的图层命名为 {columns.layers[0] if columns.layers else '-'} (name the layer so)",
    )


def as_text(path: Path, values: pd.Series[Any]) -> pd.Series[Any]:
    """Return identifiers as text; whole numbers lose nothing. Raises `InvalidFile` for empty or other values."""
    column = str(values.name)
    is_number = pd.api.types.is_numeric_dtype(values)
    empty = values.isna().to_numpy(dtype=bool)
    if not empty.any() and not is_number:
        values = values.astype("str")
        empty = values.eq("").to_numpy(dtype=bool)
    if empty.any():
        row = int(np.argmax(empty)) + 1
        raise InvalidFile(
            path,
            f"列 {column} 第 {row} 行为空 (column {column}, row {row}: empty)",
            "每条记录都要填写 (every record needs a value)",
        )
    if not is_number:
        return values
    if not _all_whole(values):
        raise InvalidFile(path, f"列 {column} 不是编号 (column {column}: no identifiers)", "用文字或整数 (use text)")
    return values.astype("Int64").astype("str")


def _all_whole(values: pd.Series[Any]) -> bool:
    if pd.api.types.is_bool_dtype(values):
        return False
    numbers = values.to_numpy(dtype=float)
    return bool(np.all(np.isfinite(numbers) & (numbers == np.floor(numbers))))


def as_flags(path: Path, values: pd.Series[Any], default: bool) -> NDArray[np.bool_]:
    """Return yes-or-no values; unknown ones become `default`. Raises `InvalidFile` for what is neither."""
    unknown = values.isna().to_numpy(dtype=bool)
    if pd.api.types.is_bool_dtype(values) and not unknown.any():
        return values.to_numpy(dtype=bool)
    known = values[~unknown]
    words = known.map(lambda value: str(int(value)) if isinstance(value, float) and value in (0, 1) else str(value))
    words = words.str.strip().str.casefold()
    true = words.isin(_TRUE)
    neither = ~(true | words.isin(_FALSE))
    if neither.any():
        raise InvalidFile(
            path,
            f"列 {values.name} 的值 {known[neither].iloc[0]!r} 不是真假值 (column {values.name}: not true or false)",
            "用 true 或 false (write true or false)",
        )
    flags = np.full(len(values), default, np.bool_)
    flags[~unknown] = true.to_numpy(dtype=bool)
    return flags


def as_numbers(path: Path, values: pd.Series[Any]) -> NDArray[np.float64]:
    """Return numbers, NaN where unknown. Raises `InvalidFile` for a column of anything else, and for infinity."""
    column = values.name
    remedy = "指定数值列 (name a column of numbers)"
    if pd.api.types.is_bool_dtype(values):
        raise InvalidFile(path, f"列 {column} 不是数值 (column {column}: no numbers)", remedy)
    numbers = pd.to_numeric(values, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    wrong = np.isnan(numbers) & values.notna().to_numpy(dtype=bool) & (values.astype(str) != "nan").to_numpy(dtype=bool)
    if wrong.any():
        raise InvalidFile(
            path, f"列 {column} 的值 {values[wrong].iloc[0]!r} 不是数值 (column {column}: not a number)", remedy
        )
    if np.isinf(numbers).any():
        raise InvalidFile(path, f"列 {column} 有无穷大 (column {column}: infinity)", remedy)
    return numbers
