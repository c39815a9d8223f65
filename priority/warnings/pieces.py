"""Polygons without holes: a message's polygon is one ring, so a polygon with a hole is cut through it.

Cuts are straight, north-south or east-west, on the grid of `plane`, so that both sides of a cut share its ends.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from priority.warnings.plane import DECIMALS, GRID_DEG, polygons_of, rounded

#: Far more cuts than any shape needs; a search that goes on beyond has a slip in it.
_MOST_PIECES = 100_000


def simple_pieces(shape: BaseGeometry, max_points: int) -> tuple[shapely.Polygon, ...]:
    """Return polygons without holes that make up a Polygon or MultiPolygon (EPSG:4490), with at most so many points.

    The closing point counts. The pieces share borders at most. An empty shape gives none. Raises `ValueError` for
    fewer than 8 points, with which not every piece can be cut.
    """
    if max_points < 8:
        raise ValueError("a piece needs room for 8 points")
    waiting = list(_polygons(shape))
    pieces: list[shapely.Polygon] = []
    while waiting:
        polygon = waiting.pop()
        if len(pieces) + len(waiting) > _MOST_PIECES:
            raise ValueError("the shape falls into too many pieces")
        if not polygon.interiors and shapely.get_num_coordinates(polygon) <= max_points:
            pieces.append(polygon)
        else:
            waiting += _cut(polygon)
    return tuple(sorted(pieces, key=lambda piece: (piece.bounds, piece.wkb)))


def _polygons(shape: BaseGeometry) -> list[shapely.Polygon]:
    snapped = rounded(polygons_of(shapely.set_precision(shape, GRID_DEG)))
    return [part for part in shapely.get_parts(snapped) if not part.is_empty]


def _cut(polygon: shapely.Polygon) -> list[shapely.Polygon]:
    """Cut a polygon in two or more: through its largest hole, or through the middle of its points."""
    west, south, east, north = polygon.bounds
    axis = 0 if east - west >= north - south else 1  # across the longer way
    for way in (axis, 1 - axis):
        at = _place(polygon, way)
        low, high = (west, east) if way == 0 else (south, north)
        if low < at < high:
            boxes = _boxes(polygon.bounds, way, at)
            halves = [shapely.intersection(polygon, half, grid_size=GRID_DEG) for half in boxes]
            return [part for half in halves for part in _polygons(half)]
    raise ValueError("a polygon is too thin to be cut")


def _place(polygon: shapely.Polygon, way: int) -> float:
    """Return where to cut: the middle of the largest hole, or of the points, on the grid."""
    if polygon.interiors:
        largest = max(polygon.interiors, key=lambda ring: shapely.Polygon(ring).area)
        ends = np.asarray(largest.bounds).reshape(2, 2)[:, way]
        return float(np.round(ends.mean(), DECIMALS))
    values = np.unique(shapely.get_coordinates(polygon)[:, way])
    middle = float(np.median(shapely.get_coordinates(polygon)[:, way]))
    inner = values[1:-1] if values.size > 2 else np.array([(first + last) / 2 for first, last in pairwise(values)])
    return float(np.round(inner[np.argmin(np.abs(inner - middle))], DECIMALS))


def _boxes(bounds: tuple[float, float, float, float], way: int, at: float) -> tuple[BaseGeometry, BaseGeometry]:
    west, south, east, north = bounds[0] - 1, bounds[1] - 1, bounds[2] + 1, bounds[3] + 1
    if way == 0:
        return shapely.box(west, south, at, north), shapely.box(at, south, east, north)
    return shapely.box(west, south, east, at), shapely.box(west, at, east, north)
