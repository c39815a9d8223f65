"""GCJ-02, the offset coordinates of Chinese web maps (Amap, Tencent), to and from true longitude and latitude.

The forward formulas are those in general use, found by comparison with the maps; they are not officially published.
They move a place in China by 100 to 700 m, and leave all others where they are. There is no closed inverse: it is
iterated. WGS 84 and CGCS2000 differ by less than a metre and are taken as one here.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Degrees = NDArray[np.float64]

#: Krassowsky's ellipsoid, on which the offsets are defined: semi-major axis in metres, first eccentricity squared.
_AXIS_M = 6378245.0
_ECCENTRICITY_2 = 0.00669342162296594323
#: The rectangle in which places are moved: west, south, east, north in degrees.
_WEST, _SOUTH, _EAST, _NORTH = 72.004, 0.8293, 137.8347, 55.8271
#: A tenth of a millimetre, in degrees; the error falls some 400 times a step, so a few steps reach it.
_CLOSE_DEG = 1e-9
_MOST_STEPS = 12


def is_moved(longitude: Degrees, latitude: Degrees) -> NDArray[np.bool_]:
    """Tell which places lie in the rectangle that GCJ-02 moves."""
    return (longitude >= _WEST) & (longitude <= _EAST) & (latitude >= _SOUTH) & (latitude <= _NORTH)


def to_gcj02(longitude: Degrees, latitude: Degrees) -> tuple[Degrees, Degrees]:
    """Return the GCJ-02 coordinates of places in degrees; places out of China stay as they are."""
    east, north = _offset(longitude, latitude)
    moved = is_moved(longitude, latitude)
    return np.where(moved, longitude + east, longitude), np.where(moved, latitude + north, latitude)


def from_gcj02(longitude: Degrees, latitude: Degrees) -> tuple[Degrees, Degrees]:
    """Return the true places in degrees of GCJ-02 coordinates, to less than a millimetre; out of China unchanged."""
    moved = is_moved(longitude, latitude)
    x, y = np.where(moved, longitude, np.nan), np.where(moved, latitude, np.nan)
    given_x, given_y = x, y
    for _ in range(_MOST_STEPS):
        east, north = _offset(x, y)
        next_x, next_y = given_x - east, given_y - north
        # Comparisons with NaN are false: places that are not moved count as done.
        done = not (np.abs(next_x - x) > _CLOSE_DEG).any() and not (np.abs(next_y - y) > _CLOSE_DEG).any()
        x, y = next_x, next_y
        if done:
            break
    return np.where(moved, x, longitude), np.where(moved, y, latitude)


def _offset(longitude: Degrees, latitude: Degrees) -> tuple[Degrees, Degrees]:
    """What is added to longitude and latitude, in degrees; NaN where those are."""
    x, y = longitude - 105.0, latitude - 35.0
    root = np.sqrt(np.abs(x))
    ripple = (20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)) * 2.0 / 3.0
    east_m = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + ripple
    east_m = east_m + _waves(x, (20.0, 1.0), (40.0, 3.0), (150.0, 12.0), (300.0, 30.0))
    north_m = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + ripple
    north_m = north_m + _waves(y, (20.0, 1.0), (40.0, 3.0), (160.0, 12.0), (320.0, 30.0))
    radians = np.radians(latitude)
    bend = 1.0 - _ECCENTRICITY_2 * np.sin(radians) ** 2
    meridian_m = _AXIS_M * (1.0 - _ECCENTRICITY_2) / (bend * np.sqrt(bend))
    parallel_m = _AXIS_M / np.sqrt(bend) * np.cos(radians)
    return np.degrees(east_m / parallel_m), np.degrees(north_m / meridian_m)


def _waves(along: Degrees, *waves: tuple[float, float]) -> Degrees:
    """Two thirds of the sum of waves, each an amplitude in metres and what divides the angle."""
    total = sum((amplitude * np.sin(along * np.pi / divisor) for amplitude, divisor in waves), np.zeros_like(along))
    return np.asarray(total * 2.0 / 3.0)
