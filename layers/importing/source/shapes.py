"""Geometry as files hold it: made two-dimensional, its kinds named, its size bounded. Never transformed."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError

from layers.importing.source.model import Limits
from layers.importing.source.refusals import refusal

#: By the numbers of GEOS; a collection is of no kind of its own.
_KINDS = {0: "Point", 1: "LineString", 2: "LineString", 3: "Polygon", 4: "Point", 5: "LineString", 6: "Polygon"}
#: A code is taken where the description fits it well enough; below that the description itself is handed on.
_CONFIDENCE = 70


def from_wkb(values: Iterable[bytes | None]) -> NDArray[np.object_]:
    """Return 2D geometries; None where there is none, is an empty one or one that cannot be read."""
    shapes = shapely.from_wkb(np.asarray(list(values), dtype=object), on_invalid="ignore")
    return flat(np.atleast_1d(shapes))


def flat(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the geometries in two dimensions, None where they are empty."""
    if not len(shapes):
        return np.empty(0, dtype=object)
    result: NDArray[np.object_] = np.asarray(shapely.force_2d(shapes), dtype=object)
    result[shapely.is_empty(result)] = None
    return result


def check_vertices(shapes: NDArray[np.object_], rows: NDArray[np.int64], limits: Limits) -> None:
    """Raise `UnusableFile` if a geometry has too many vertices."""
    many = np.flatnonzero(shapely.get_num_coordinates(shapes) > limits.vertices)
    if len(many):
        raise refusal("too_many_vertices", row=int(rows[many[0]]), limit=limits.vertices)


def kinds_of(shapes: NDArray[np.object_]) -> set[str]:
    """Return the kinds of the geometries: `Point`, `LineString`, `Polygon`, `mixed` for collections."""
    numbers = np.unique(shapely.get_type_id(shapes))
    return {_KINDS.get(int(number), "mixed") for number in numbers if number >= 0}


def kind_name(number: int) -> str:
    """Return the kind of a geometry by its number in GEOS; `none` for the number of a missing one."""
    return "none" if number < 0 else _KINDS.get(number, "mixed")


def one_kind(kinds: set[str]) -> str | None:
    """Return the kind of a table from those of its geometries; None if there are none."""
    if not kinds:
        return None
    return next(iter(kinds)) if len(kinds) == 1 else "mixed"


def crs_name(text: str | None) -> str | None:
    """Return `EPSG:n` for a description of a reference system where there is such a code, else the text itself."""
    if not text or not text.strip("\0 \r\n\t"):
        return None
    try:
        code = CRS.from_user_input(text.strip("\0 \r\n\t")).to_epsg(min_confidence=_CONFIDENCE)
    except CRSError:
        return text
    return f"EPSG:{code}" if code else text
