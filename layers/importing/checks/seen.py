"""What was seen before, as 64-bit fingerprints: memory of eight bytes a record, whatever the records hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

Prints = NDArray[np.uint64]
_A, _B, _C = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9)
#: Places are compared to about a centimetre.
_DIGITS = 7


class Seen:
    """Fingerprints met so far. Two different things have the same one about once in 10^19 pairs."""

    def __init__(self) -> None:
        self._sorted: Prints = np.empty(0, dtype=np.uint64)

    def again(self, prints: Prints) -> NDArray[np.bool_]:
        """Return which of these were met before, here or earlier, and remember them all."""
        repeated = pd.Series(prints).duplicated().to_numpy()
        known = self.has(prints)
        # Two sorted runs: the stable sort merges them.
        self._sorted = np.sort(np.concatenate([self._sorted, np.unique(prints[~known])]), kind="stable")
        return np.asarray(repeated | known, dtype=bool)

    def has(self, prints: Prints) -> NDArray[np.bool_]:
        """Return which of these were met before."""
        if not len(self._sorted):
            return np.zeros(len(prints), dtype=bool)
        at = np.minimum(np.searchsorted(self._sorted, prints), len(self._sorted) - 1)
        return np.asarray(self._sorted[at] == prints, dtype=bool)


def prints_of_text(values: Any) -> Prints:
    """Return the fingerprint of each text; unknown ones are those of the empty text."""
    texts = pd.Series(values).astype("object")
    return pd.util.hash_array(texts.where(texts.notna(), "").astype(str).to_numpy(dtype=object), categorize=False)


def prints_of_shapes(shapes: NDArray[np.object_]) -> Prints:
    """Return the fingerprint of each geometry's vertices, whatever their order: a line reversed is the same line."""
    coordinates, owner = shapely.get_coordinates(shapes, return_index=True)
    prints = np.zeros(len(shapes), dtype=np.uint64)
    if not len(coordinates):
        return prints
    rounded = np.where(np.isfinite(coordinates), np.round(coordinates * 10**_DIGITS), 0.0).astype(np.int64)
    x, y = rounded[:, 0].view(np.uint64), rounded[:, 1].view(np.uint64)
    mixed = (x * _A) ^ (y * _B + (x >> np.uint64(7)))
    mixed = (mixed ^ (mixed >> np.uint64(29))) * _C
    mixed ^= mixed >> np.uint64(32)
    np.add.at(prints, owner, mixed)
    return prints


def prints_of_both(one: Prints, other: Prints) -> Prints:
    """Return one fingerprint of two."""
    return (one * _A) ^ (other + _B)
