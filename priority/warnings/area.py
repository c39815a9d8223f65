"""The area of a warning: made of townships, drawings, strips along lines and the reach of an outage.

An area is a closed set: who stands on its border is inside, so that nobody falls between two warnings. Ground that was
taken out (`excluded`) stays known beside the shape, because what is sent is simplified and must still stay off it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from priority.area import AreaFault
from priority.townships import Townships
from priority.warnings.plane import geographic, metric, polygons_of

#: A strip beyond this is a slip of the keyboard: the district is 60 km across.
MAX_BUFFER_M = 50_000.0
#: A quarter of a circle gets so many edges: the strip lacks half a per cent of its width, and is made that wider.
_QUARTER_EDGES = 8
_ARC_LACK = 1.005
_NOWHERE = shapely.Polygon()
#: Where parts meet, gaps of less than this stay between them that nobody meant: nobody stands in one, in metres.
_CRACK_M = 1.0


@dataclass(frozen=True, eq=False)
class WarningArea:
    """`shape` is to be warned, `excluded` must stay out; both Polygon or MultiPolygon in EPSG:4490, may be empty.

    They share borders at most. Raises `ValueError` for a shape whose edges cross.
    """

    shape: BaseGeometry
    excluded: BaseGeometry = _NOWHERE

    def __post_init__(self) -> None:
        if not (self.shape.is_valid and self.excluded.is_valid):
            raise ValueError("the edges of an area cross")

    @classmethod
    def empty(cls) -> WarningArea:
        """Return the area of nowhere."""
        return cls(_NOWHERE)

    @classmethod
    def drawn(cls, shapes: Iterable[BaseGeometry]) -> WarningArea:
        """Return the area of drawn polygons (as `priority.area.parse_area` returns them) together.

        A hole that was drawn, and that no other drawing fills, is excluded ground.
        """
        drawings = list(shapes)
        shape = polygons_of(shapely.union_all(drawings))
        return cls(shape, _without(polygons_of(shapely.union_all(_holes(drawings))), shape))

    @classmethod
    def of_townships(cls, townships: Townships, codes: Sequence[str]) -> WarningArea:
        """Return the area of townships by nine-digit code; `KeyError` names a code that is not there.

        Townships of other counties are excluded ground: a warning for 泽州, which surrounds 城区, must not reach 城区.
        """
        if not codes:
            return cls.empty()
        chosen = {str(county) for code, county in _counties(townships) if code in set(codes)}
        others = [code for code, county in _counties(townships) if county not in chosen]
        return cls(townships.union(codes)).minus(townships.union(others)) if others else cls(townships.union(codes))

    @classmethod
    def along_line(cls, line: BaseGeometry, distance_m: float) -> WarningArea:
        """Return everything within a distance of a line or point (EPSG:4490), at most half a per cent more.

        Raises `AreaFault` for a distance that is not above 0 and at most `MAX_BUFFER_M`.
        """
        if not 0 < distance_m <= MAX_BUFFER_M:  # false for NaN too
            raise AreaFault("buffer_distance", detail=f"{MAX_BUFFER_M:g}")
        strip = shapely.buffer(metric(line), distance_m * _ARC_LACK, quad_segs=_QUARTER_EDGES)
        return cls(geographic(strip))

    def plus(self, other: WarningArea) -> WarningArea:
        """Return both together. Ground that either takes in is excluded no more; the rest of what they exclude is."""
        shape = polygons_of(shapely.union(self.shape, other.shape))
        excluded = polygons_of(shapely.union(self.excluded, other.excluded))
        return WarningArea(shape, _without(excluded, shape))

    def minus(self, ground: BaseGeometry) -> WarningArea:
        """Return the area without this ground, which stays excluded."""
        return WarningArea(_without(self.shape, ground), polygons_of(shapely.union(self.excluded, ground)))

    @property
    def is_empty(self) -> bool:
        """Whether nobody can be inside."""
        return bool(self.shape.is_empty)

    def contains(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return for each point (p, 2; longitude, latitude) whether it is inside; on the border is inside."""
        shapely.prepare(self.shape)
        return np.asarray(shapely.intersects_xy(self.shape, points[:, 0], points[:, 1]), dtype=np.bool_)

    def keeping_out(self, ground: BaseGeometry) -> WarningArea:
        """Return the same area with this ground excluded, save what the area itself takes of it."""
        excluded = polygons_of(shapely.union(self.excluded, ground))
        return WarningArea(self.shape, _without(excluded, self.shape))

    def without_cracks(self) -> WarningArea:
        """Return the same area with its cracks filled: holes nowhere a metre wide, of which nothing is excluded."""
        cracks = [hole for hole in _holes([self.shape]) if _is_crack(hole)]
        # Borders are shared: what is excluded beside a crack is none of its ground.
        filled = [hole for hole in cracks if not shapely.area(shapely.intersection(hole, self.excluded))]
        if not filled:
            return self
        return WarningArea(polygons_of(shapely.union_all([self.shape, *filled])), self.excluded)


def _is_crack(hole: BaseGeometry) -> bool:
    """Whether no circle of a metre across fits into a hole (EPSG:4490)."""
    ground = metric(hole)
    # A hole of that mean width or more has room somewhere; to ask costs less than to shrink it.
    narrow = 2 * shapely.area(ground) < _CRACK_M * shapely.length(ground)
    return bool(narrow and shapely.buffer(ground, -_CRACK_M / 2).is_empty)


def _holes(shapes: Iterable[BaseGeometry]) -> list[BaseGeometry]:
    polygons = shapely.get_parts(np.asarray(list(shapes), dtype=object))
    return [shapely.Polygon(ring) for polygon in polygons for ring in polygon.interiors]


def _without(shape: BaseGeometry, ground: BaseGeometry) -> BaseGeometry:
    return polygons_of(shapely.difference(shape, ground)) if not ground.is_empty else shape


def _counties(townships: Townships) -> Iterable[tuple[str, str]]:
    return zip(townships.codes, townships.county_codes, strict=True)
