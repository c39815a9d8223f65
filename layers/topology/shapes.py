"""Arrays of points and lines from arrays of coordinates."""

from __future__ import annotations

import numpy as np
import shapely

from layers.topology.model import Ints, Numbers, Shapes


def points(coordinates: Numbers) -> Shapes:
    """Return `n` points of (n, 2) coordinates."""
    return np.asarray(shapely.points(coordinates.reshape(-1, 2)), dtype=object)


def linestrings(coordinates: Numbers, of_line: Ints) -> Shapes:
    """Return the lines whose vertices these are: `of_line` numbers them from 0 in order, none left out."""
    if not len(coordinates):
        return np.empty(0, dtype=object)
    return np.asarray(shapely.linestrings(coordinates, indices=of_line), dtype=object)


def apart(one: Numbers, other: Numbers) -> Numbers:
    """Return the distance of each of `n` places to its counterpart, in their unit."""
    return np.asarray(np.hypot(one[:, 0] - other[:, 0], one[:, 1] - other[:, 1]), dtype=np.float64)
