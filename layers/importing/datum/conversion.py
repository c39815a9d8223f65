"""Coordinates of any datum to those of storage: CGCS2000 longitude, latitude (EPSG:4490)."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from layers.crs import STORAGE_EPSG
from layers.importing.datum.bd09 import from_bd09, to_bd09
from layers.importing.datum.gcj02 import Degrees, from_gcj02, to_gcj02
from layers.importing.datum.names import BD09, GCJ02, crs_of, epsg_of

#: Systems whose degrees are those of storage to less than a metre: CGCS2000 and WGS 84.
_SAME_DEGREES = frozenset({4490, 4326, 4979, 4480})


class UnknownDatum(ValueError):
    """A datum that is neither `EPSG:n` of a known system, nor `gcj02`, nor `bd09`."""


def to_stored(x: Degrees, y: Degrees, datum: str) -> tuple[Degrees, Degrees]:
    """Return longitude, latitude in EPSG:4490 (degrees) of coordinates in `datum`; x is longitude or easting.

    Where the datum has no place for a coordinate both are NaN. Xi'an 80 and Beijing 54 keep their own longitude and
    latitude, as no exact shift to CGCS2000 is published. Raises `UnknownDatum`.
    """
    if datum == GCJ02:
        return from_gcj02(x, y)
    if datum == BD09:
        return from_bd09(x, y)
    number = _number(datum)
    if number in _SAME_DEGREES:
        return x, y
    return _finite(*_transformer(number).transform(x, y))


def from_stored(longitude: Degrees, latitude: Degrees, datum: str) -> tuple[Degrees, Degrees]:
    """Return coordinates in `datum` of EPSG:4490 degrees: the inverse of `to_stored`. Raises `UnknownDatum`."""
    if datum == GCJ02:
        return to_gcj02(longitude, latitude)
    if datum == BD09:
        return to_bd09(longitude, latitude)
    number = _number(datum)
    if number in _SAME_DEGREES:
        return longitude, latitude
    return _finite(*_transformer(number).transform(longitude, latitude, direction="INVERSE"))


def stored_shapes(shapes: NDArray[np.object_], datum: str, *, swap_axes: bool = False) -> NDArray[np.object_]:
    """Return shapely geometries in EPSG:4490, without heights; None stays None.

    A geometry of which a vertex has no place in `datum` comes out with NaN or infinite coordinates. An empty array
    gives an empty array.
    """
    flat = shapely.force_2d(shapes)
    if swap_axes:
        flat = shapely.transform(flat, lambda given: given[:, ::-1])
    if not swap_axes and epsg_of(datum) in _SAME_DEGREES:
        return np.asarray(flat, dtype=object)

    def convert(given: Any) -> Any:
        return np.column_stack(to_stored(given[:, 0], given[:, 1], datum))

    return np.asarray(shapely.transform(flat, convert), dtype=object)


def _number(datum: str) -> int:
    number = epsg_of(datum)
    if number is None or crs_of(number) is None:
        raise UnknownDatum(datum)
    return number


@cache
def _transformer(epsg: int) -> Transformer:
    return Transformer.from_crs(epsg, STORAGE_EPSG, always_xy=True)


def _finite(x: Any, y: Any) -> tuple[Degrees, Degrees]:
    lost = ~(np.isfinite(x) & np.isfinite(y))
    return np.where(lost, np.nan, x), np.where(lost, np.nan, y)
