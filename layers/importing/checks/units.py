"""Amounts that are of an unusual size as a whole: most likely their unit is another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from layers.importing.issues import IssueBook
from layers.schema import Layer

#: Between which sizes the median of a column usually lies, in the catalogue's unit.
_USUAL: Mapping[str, tuple[float, float]] = {
    "voltage_kv": (0.2, 1000.0),
    "diameter_mm": (15.0, 2500.0),
    "speed_kph": (5.0, 130.0),
    "demand_kw": (0.2, 200_000.0),
    "demand_m3_per_h": (0.002, 20_000.0),
    "reserve_hours": (0.2, 5000.0),
}
#: A median is taken of the first values of a column: enough to tell a thousand from one.
_MOST = 50_000


class Sizes:
    """Keeps the first amounts of each column and judges them when the file is read."""

    def __init__(self, layer: Layer) -> None:
        self._kept: dict[str, list[np.ndarray[Any, np.dtype[np.float64]]]] = {
            field.name: [] for field in layer.fields if field.name in _USUAL
        }
        self._units = {field.name: field.unit or "" for field in layer.fields}

    def add(self, typed: Mapping[str, Any]) -> None:
        """Take in a batch of typed columns."""
        for name, kept in self._kept.items():
            if name in typed and sum(map(len, kept)) < _MOST:
                kept.append(typed[name].dropna().to_numpy(dtype=np.float64)[:_MOST])

    def judge(self, book: IssueBook) -> None:
        """Tell of each column whose median is of an unusual size; nothing for a column without amounts."""
        for name, kept in self._kept.items():
            values = np.concatenate(kept) if kept else np.empty(0)
            values = values[values > 0]
            if not len(values):
                continue
            low, high = _USUAL[name]
            median = float(np.median(values))
            if not low <= median <= high:
                book.add("unit_suspect", column=name, median=median, unit=self._units[name], low=low, high=high)
