"""Geometry of a file made what a layer holds: parts of one taken out, lines joined or split, outlines closed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.schema import GeometryKind

_POINT, _LINE, _RING, _POLYGON, _POINTS, _LINES, _POLYGONS, _COLLECTION = range(8)
_MULTIPLE = (_POINTS, _LINES, _POLYGONS, _COLLECTION)


@dataclass(frozen=True, eq=False)
class Fitted:
    """Geometries of one kind, with the row (0, 1, ...) that each comes from and its part there.

    Every row comes out at least once; None where it has no geometry of that kind. `faults` has by code of a finding
    the rows concerned.
    """

    shapes: NDArray[np.object_]
    rows: NDArray[np.int64]
    parts: NDArray[np.int64]
    faults: dict[str, NDArray[np.int64]]


def fit(shapes: NDArray[np.object_], kind: GeometryKind) -> Fitted:
    """Return geometries fit for a layer of that kind. Empty ones count as missing; an empty array gives an empty one.

    Points: areas become a point inside. Lines: parts that touch are joined, others become rows of their own. Areas:
    closed lines are filled.
    """
    present = shapes.copy()
    present[shapely.is_empty(shapes)] = None
    single = _unwrapped(present)
    if kind == "Point":
        return _points(single)
    return _lines(single) if kind == "LineString" else _areas(single)


def _unwrapped(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Collections of one part are that part."""
    types = shapely.get_type_id(shapes)
    alone = np.isin(types, _MULTIPLE) & (shapely.get_num_geometries(shapes) == 1)
    if not alone.any():
        return shapes
    out = shapes.copy()
    out[alone] = shapely.get_geometry(shapes[alone], 0)
    return out


def _result(shapes: NDArray[np.object_], faults: dict[str, NDArray[np.bool_]]) -> Fitted:
    rows = np.arange(len(shapes), dtype=np.int64)
    named = {name: np.flatnonzero(mask) for name, mask in faults.items() if mask.any()}
    return Fitted(shapes, rows, np.ones(len(shapes), dtype=np.int64), named)


def _points(shapes: NDArray[np.object_]) -> Fitted:
    types = shapely.get_type_id(shapes)
    areas = np.isin(types, (_POLYGON, _POLYGONS))
    wrong = ~areas & (types != _POINT) & (types >= 0)
    out = shapes.copy()
    # An outline that crosses itself has no well-defined inside.
    sound = areas & shapely.is_valid(shapes)
    out[sound] = shapely.point_on_surface(shapes[sound])
    out[areas & ~sound] = shapely.centroid(shapes[areas & ~sound])
    out[wrong] = None
    return _result(out, {"made_point": areas, "wrong_geometry": wrong})


def _areas(shapes: NDArray[np.object_]) -> Fitted:
    types = shapely.get_type_id(shapes)
    lines = np.isin(types, (_LINE, _RING))
    # A triangle is the least outline: four coordinates with the first repeated.
    closed = lines & shapely.is_closed(shapes) & (shapely.get_num_coordinates(shapes) >= 4)
    wrong = ~lines & ~np.isin(types, (_POLYGON, _POLYGONS)) & (types >= 0)
    out = shapes.copy()
    if closed.any():
        out[closed] = shapely.polygons([shapely.get_coordinates(line) for line in shapes[closed]])
    out[wrong | (lines & ~closed)] = None
    return _result(out, {"made_area": closed, "open_outline": lines & ~closed, "wrong_geometry": wrong})


def _lines(shapes: NDArray[np.object_]) -> Fitted:
    types = shapely.get_type_id(shapes)
    out = shapes.copy()
    rings = types == _RING
    if rings.any():
        out[rings] = shapely.linestrings([shapely.get_coordinates(ring) for ring in shapes[rings]])
    several = types == _LINES
    wrong = ~several & ~np.isin(types, (_LINE, _RING)) & (types >= 0)
    out[wrong] = None
    if several.any():
        out[several] = _unwrapped(shapely.line_merge(shapes[several]))
    split = shapely.get_type_id(out) == _LINES
    fitted = _result(out, {"parts_split": split, "wrong_geometry": wrong})
    return _exploded(fitted, split) if split.any() else fitted


def _exploded(fitted: Fitted, split: NDArray[np.bool_]) -> Fitted:
    """Lines of several parts as rows of their own, after one another."""
    counts = np.where(split, np.maximum(shapely.get_num_geometries(fitted.shapes), 1), 1)
    rows = np.repeat(fitted.rows, counts)
    parts = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    shapes = fitted.shapes[rows]
    several = split[rows]
    shapes[several] = shapely.get_geometry(shapes[several], parts[several])
    return Fitted(shapes, rows, parts + 1, fitted.faults)
