"""Connected parts of a graph given as arrays of its edges."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def components(count: int, a: Ints, b: Ints) -> Ints:
    """Label of the connected part of each of `count` vertices joined by edges `a[i]`-`b[i]`; the smallest vertex."""
    label = np.arange(count)
    while True:
        low = np.minimum(label[a], label[b])
        lower = label.copy()
        np.minimum.at(lower, a, low)
        np.minimum.at(lower, b, low)
        # Labels on the way point at other vertices: follow them to their own label before the next round.
        while True:
            jumped = lower[lower]
            if np.array_equal(jumped, lower):
                break
            lower = jumped
        if np.array_equal(lower, label):
            return label
        label = lower
