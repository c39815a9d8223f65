"""The shape that is sent: polygons without holes, at most 250 points each, that leave nobody out.

Where the area has few points it is sent as it is. Otherwise it is widened by a tolerance and its outline then
straightened within the same tolerance, which covers all of it; what must stay out is then subtracted exactly. The
smallest tolerance that brings every polygon under the limit is taken, and the ground it adds is told. Where none does
without adding too much (the border of excluded ground alone may have more points), polygons are cut instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from priority.warnings.area import WarningArea
from priority.warnings.pieces import simple_pieces
from priority.warnings.plane import GRID_DEG, LocalPlane, area_m2, polygons_of

MAX_POINTS = 250
#: So many polygons are still read at once; a scattered area is widened until it has no more, if that adds little.
AIMED_POLYGONS = 60
#: Tolerances tried in turn, in metres.
TOLERANCES_M = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0)
#: More added ground than this share of the area is worse than more polygons.
MOST_ADDED = 0.10
#: A round corner is drawn with edges that cut it by half a per cent.
_ARC_LACK = 1.01
_QUARTER_EDGES = 8
#: Slivers along a border that arithmetic leaves are thinner than this, in degrees (a tenth of a millimetre, twice).
_SLIVER_DEG = 2 * GRID_DEG
_NO_LIMIT = 1_000_000_000


@dataclass(frozen=True, eq=False)
class SendingShape:
    """`pieces` (EPSG:4490, no holes, share borders at most) cover the area and no excluded ground.

    `added_m2` is ground that was not to be warned, `area_m2` the area that was; `tolerance_m` is 0 where nothing was
    simplified. Coordinates have at most nine decimals and read back equal from their text.
    """

    pieces: tuple[shapely.Polygon, ...]
    tolerance_m: float
    area_m2: float
    added_m2: float

    @property
    def added_share(self) -> float:
        """The added ground as a share of the area; 0 where there is no area."""
        return self.added_m2 / self.area_m2 if self.area_m2 else 0.0

    @property
    def points(self) -> int:
        """How many points the pieces have, the closing ones counted."""
        return int(shapely.get_num_coordinates(np.array(self.pieces, dtype=object)).sum()) if self.pieces else 0

    @cached_property
    def shape(self) -> BaseGeometry:
        """The pieces together."""
        return polygons_of(shapely.union_all(list(self.pieces))) if self.pieces else shapely.Polygon()

    def covers(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return for each point (p, 2; longitude, latitude) whether it is inside; within 0.2 mm of the border is."""
        if not self.pieces or not len(points):
            return np.zeros(len(points), np.bool_)
        tree = shapely.STRtree(np.array(self.pieces, dtype=object))
        inside = np.zeros(len(points), np.bool_)
        inside[tree.query(shapely.points(points), predicate="dwithin", distance=_SLIVER_DEG)[0]] = True
        return inside

    def missed(self, area: WarningArea, points: NDArray[np.float64]) -> NDArray[np.intp]:
        """Return the numbers of points (p, 2) that are inside the area and not inside what is sent: none, by rule."""
        return np.flatnonzero(area.contains(points) & ~self.covers(points))


def sending_shape(area: WarningArea, max_points: int = MAX_POINTS) -> SendingShape:
    """Return what is sent for an area. An empty area, or one that is excluded altogether, gives no pieces.

    Raises `ValueError` for a limit of fewer than 8 points.
    """
    target = _without(area.shape, area.excluded)
    exact = simple_pieces(target, max_points)
    before = area_m2(target)
    if _fits(simple_pieces(target, _NO_LIMIT), max_points):
        return SendingShape(exact, 0.0, before, 0.0)
    best = SendingShape(exact, 0.0, before, 0.0)
    for tolerance_m in TOLERANCES_M:
        outline = _widened(target, area.excluded, tolerance_m)
        added_m2 = max(0.0, area_m2(outline) - before)
        if added_m2 > MOST_ADDED * before:
            break
        pieces = simple_pieces(outline, max_points)
        if len(pieces) < len(best.pieces) and _leaves_nothing_out(target, outline):
            best = SendingShape(pieces, tolerance_m, before, added_m2)
            if _fits(simple_pieces(outline, _NO_LIMIT), max_points):
                break
    return best


def _fits(pieces: tuple[shapely.Polygon, ...], max_points: int) -> bool:
    """Tell whether polygons that are cut at their holes alone are few and have few points."""
    return len(pieces) <= AIMED_POLYGONS and all(shapely.get_num_coordinates(piece) <= max_points for piece in pieces)


def _widened(target: BaseGeometry, excluded: BaseGeometry, tolerance_m: float) -> BaseGeometry:
    """Return a simple outline round the target without the excluded ground, and without what that cuts off from it."""
    plane = LocalPlane.around(target)
    grown = shapely.buffer(plane.to_metres(target), tolerance_m * _ARC_LACK, quad_segs=_QUARTER_EDGES)
    outline = plane.to_degrees(shapely.simplify(grown, tolerance_m, preserve_topology=True))
    parts = shapely.get_parts(_without(outline, excluded))
    # Whatever hangs together in the target does so in the outline: one point of each tells which parts to keep.
    inner = shapely.point_on_surface(shapely.get_parts(target))
    kept = parts[np.unique(shapely.STRtree(parts).query(inner, predicate="intersects")[1])]
    return shapely.MultiPolygon(list(kept))


def _leaves_nothing_out(target: BaseGeometry, outline: BaseGeometry) -> bool:
    """Tell whether an outline covers the target, slivers of rounding aside."""
    return bool(shapely.difference(target, shapely.buffer(outline, _SLIVER_DEG, quad_segs=1)).is_empty)


def _without(shape: BaseGeometry, ground: BaseGeometry) -> BaseGeometry:
    return polygons_of(shapely.difference(shape, ground, grid_size=GRID_DEG))
