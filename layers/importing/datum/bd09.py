"""BD-09, the coordinates of Baidu's maps in degrees: GCJ-02 moved once more, by some 900 m in China.

The forward formulas are those in general use; the inverse is iterated, since the usual short formula for it is wrong
by up to a metre.
"""

from __future__ import annotations

import numpy as np

from layers.importing.datum.gcj02 import Degrees, from_gcj02, is_moved, to_gcj02

_EAST_DEG, _NORTH_DEG = 0.0065, 0.006
_ANGLE = np.pi * 3000.0 / 180.0
_CLOSE_DEG = 1e-9
_MOST_STEPS = 12


def to_bd09(longitude: Degrees, latitude: Degrees) -> tuple[Degrees, Degrees]:
    """Return the BD-09 coordinates of true places in degrees; places out of China stay as they are."""
    x, y = to_gcj02(longitude, latitude)
    moved = is_moved(longitude, latitude)
    baidu_x, baidu_y = gcj02_to_bd09(x, y)
    return np.where(moved, baidu_x, longitude), np.where(moved, baidu_y, latitude)


def from_bd09(longitude: Degrees, latitude: Degrees) -> tuple[Degrees, Degrees]:
    """Return the true places in degrees of BD-09 coordinates, to less than a millimetre; out of China unchanged."""
    moved = is_moved(longitude, latitude)
    x, y = from_gcj02(*bd09_to_gcj02(np.where(moved, longitude, np.nan), np.where(moved, latitude, np.nan)))
    return np.where(moved, x, longitude), np.where(moved, y, latitude)


def gcj02_to_bd09(longitude: Degrees, latitude: Degrees) -> tuple[Degrees, Degrees]:
    """Return BD-09 of GCJ-02, both in degrees."""
    length = np.hypot(longitude, latitude) + 0.00002 * np.sin(latitude * _ANGLE)
    angle = np.arctan2(latitude, longitude) + 0.000003 * np.cos(longitude * _ANGLE)
    return length * np.cos(angle) + _EAST_DEG, length * np.sin(angle) + _NORTH_DEG


def bd09_to_gcj02(longitude: Degrees, latitude: Degrees) -> tuple[Degrees, Degrees]:
    """Return GCJ-02 of BD-09, both in degrees; NaN stays NaN."""
    x, y = longitude - _EAST_DEG, latitude - _NORTH_DEG
    for _ in range(_MOST_STEPS):
        baidu_x, baidu_y = gcj02_to_bd09(x, y)
        off_x, off_y = longitude - baidu_x, latitude - baidu_y
        x, y = x + off_x, y + off_y
        if not (np.abs(off_x) > _CLOSE_DEG).any() and not (np.abs(off_y) > _CLOSE_DEG).any():
            break
    return x, y
