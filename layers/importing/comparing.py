"""What a write would do to each record: add it, change one that stands there, or nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers.importing.stage import What
from layers.records import conform, layer_of


class Comparer:
    """Compares records with those of a layer as it stands (a conforming frame). Built once, asked for each batch."""

    def __init__(self, key: str, current: pd.DataFrame) -> None:
        self._layer = layer_of(key)
        self._current = current
        self._index = pd.Index(current["id"].to_numpy(dtype=object)) if len(current) else pd.Index([], dtype=object)

    def whats(self, frame: pd.DataFrame) -> list[What]:
        """Return for each record of a conforming frame what writing it would do; nothing for an empty frame."""
        found = self._index.get_indexer(pd.Index(frame["id"].to_numpy(dtype=object)))
        there = found >= 0
        whats = np.where(there, "changed", "added").astype(object)
        if there.any():
            old, new = self._current.iloc[found[there]], frame.loc[there]
            whats[np.flatnonzero(there)[self._equal(old, new)]] = "same"
        return list(whats)

    def gone(self, ids: list[str]) -> list[str]:
        """Return the ids of records that stand there now and are not among `ids`."""
        return sorted(set(self._index) - set(ids))

    def _equal(self, old: pd.DataFrame, new: pd.DataFrame) -> NDArray[np.bool_]:
        equal = np.ones(len(new), dtype=bool)
        for name in self._layer.columns:
            equal &= _alike(old[name], new[name])
        if self._layer.geometry is not None:
            shapes = old["geometry"].to_numpy(dtype=object), new["geometry"].to_numpy(dtype=object)
            equal &= shapely.equals_exact(*shapes, tolerance=0.0)
        return equal


def conform_in_order(key: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame made conforming, its records in the order given, which is that of the file; ids are distinct."""
    order = frame["id"].argsort(kind="stable").to_numpy()
    back = np.empty(len(order), dtype=np.int64)
    back[order] = np.arange(len(order))
    return conform(key, frame).iloc[back].reset_index(drop=True)


def _alike(old: pd.Series[Any], new: pd.Series[Any]) -> NDArray[np.bool_]:
    """Where two columns hold the same value; unknown is the same as unknown."""
    unknown = old.isna().to_numpy(), new.isna().to_numpy()
    known = ~(unknown[0] | unknown[1])
    result: NDArray[np.bool_] = unknown[0] & unknown[1]
    # Values that are unknown do not compare: only the others are asked.
    result[known] = old.to_numpy(dtype=object)[known] == new.to_numpy(dtype=object)[known]
    return result
