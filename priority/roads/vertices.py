"""Vertices of roads: lines that pass through the same point meet there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Coordinates are told apart to this many decimals of a degree (about a centimetre); layers store six or more.
DECIMALS = 7

Coordinates = NDArray[np.float64]


class Vertices:
    """`v` points in degrees (EPSG:4490), each once, numbered from west to east, then south to north."""

    def __init__(self, coordinates: Coordinates) -> None:
        keys, first = np.unique(_keys(coordinates), return_index=True)
        self._keys = keys
        self.lonlat = np.asarray(coordinates, dtype=np.float64)[first].reshape(-1, 2)

    def __len__(self) -> int:
        """Return `v`."""
        return len(self._keys)

    def numbers(self, coordinates: Coordinates) -> NDArray[np.int64]:
        """Return the vertex that lies at each point (k, 2), -1 where none does."""
        if not len(self):
            return np.full(len(coordinates), -1, np.int64)
        keys = _keys(coordinates)
        place = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        found: NDArray[np.int64] = np.where(self._keys[place] == keys, place, -1)
        return found


def _keys(coordinates: Coordinates) -> NDArray[np.int64]:
    """One whole number a point, the same for points that are equal to `DECIMALS`."""
    whole = np.rint(np.asarray(coordinates, dtype=float).reshape(-1, 2) * 10**DECIMALS).astype(np.int64)
    keys: NDArray[np.int64] = whole[:, 0] * 2**32 + whole[:, 1]
    return keys
