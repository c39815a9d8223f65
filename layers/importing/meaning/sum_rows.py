"""Rows that add up the others, as ledgers end in: no record of anything."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers.importing.meaning.numbers import read_quantity
from layers.importing.meaning.words import is_nothing, word_key
from layers.importing.source.model import Batch

_SUMS = frozenset({"合计", "小计", "总计", "共计", "累计", "总和", "本页合计", "本页小计", "sum", "total", "subtotal"})


def sum_rows(batch: Batch, places: tuple[str, ...] = ()) -> NDArray[np.bool_]:
    """Return which rows of a batch say that they are a sum, and beside that hold nothing but numbers.

    `places` are the columns of coordinates: a row that has a place there, or geometry, is a record whatever it is
    called. A batch without rows gives an empty mask.
    """
    columns = batch.columns
    named = np.zeros(len(batch.rows), dtype=bool)
    for name in columns:
        cells = columns[name].to_numpy(dtype=object)
        named |= np.array([isinstance(cell, str) and _says_sum(cell) for cell in cells], dtype=bool)
    if batch.geometry is not None:
        named &= shapely.is_missing(np.asarray(batch.geometry, dtype=object))
    for row in np.flatnonzero(named):
        values: dict[str, Any] = {str(name): columns[name].iloc[row] for name in columns}
        has_place = any(not _is_empty(values[name]) for name in places if name in values)
        named[row] = not has_place and all(_adds_up(value) for value in values.values())
    return named


def without_sums(batch: Batch, places: tuple[str, ...] = ()) -> tuple[Batch, NDArray[np.int64]]:
    """Return a batch without the rows that are sums, and their numbers in the file."""
    sums = sum_rows(batch, places)
    if not sums.any():
        return batch, np.zeros(0, dtype=np.int64)
    kept = ~sums
    shapes = None if batch.geometry is None else batch.geometry[kept]
    return Batch(batch.rows[kept], batch.columns.loc[kept].reset_index(drop=True), shapes), batch.rows[sums]


def _says_sum(text: str) -> bool:
    return len(text) < 20 and word_key(text).strip(":：()*") in _SUMS


def _is_empty(cell: Any) -> bool:
    return bool(pd.isna(cell)) or is_nothing(str(cell))


def _adds_up(cell: Any) -> bool:
    if _is_empty(cell) or isinstance(cell, (int, float, np.integer, np.floating)):
        return True
    text = str(cell)
    return _says_sum(text) or read_quantity(text, (), None).value is not None
