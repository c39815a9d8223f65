"""Metres for shapes in degrees.

Lengths and buffers over a whole district use the Gauss-Kruger zone of `layers.crs`. There a straight edge between two
points is not the straight edge between their longitudes and latitudes: over 30 km the two part by some ten metres.
What must cover exactly is therefore worked on a plane that is the degrees themselves, stretched (`LocalPlane`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from layers.crs import to_metric, to_storage

#: Coordinates are kept to nine decimals of a degree, a tenth of a millimetre. What lies that near to a border is on it.
DECIMALS = 9
GRID_DEG = 1e-9
#: Edges are cut this short before they change plane, so that they bend by millimetres only.
_STEP_M = 500.0
_CLEAN_M = 1e-3
_M_PER_DEGREE = math.pi / 180 * 6_371_008.8


@dataclass(frozen=True)
class LocalPlane:
    """Degrees stretched to metres at a latitude: straight stays straight, lengths are right to within one per cent."""

    latitude: float

    @classmethod
    def around(cls, shape: BaseGeometry) -> LocalPlane:
        """Return the plane at the middle latitude of a shape; at the equator for an empty one."""
        return cls(0.0 if shape.is_empty else (shape.bounds[1] + shape.bounds[3]) / 2)

    @property
    def _scale(self) -> NDArray[np.float64]:
        return np.array([_M_PER_DEGREE * math.cos(math.radians(self.latitude)), _M_PER_DEGREE])

    def to_metres(self, shape: BaseGeometry) -> BaseGeometry:
        """Return the shape in metres."""
        return shapely.transform(shape, lambda points: points * self._scale)

    def to_degrees(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a shape in metres in degrees."""
        return shapely.transform(shape, lambda points: points / self._scale)


def metric(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape (EPSG:4490) in EPSG:4547, metres, its long edges cut into short ones that follow the ground."""
    return shapely.transform(shapely.segmentize(shape, _STEP_M / _M_PER_DEGREE), _metric_points)


def geographic(shape: BaseGeometry) -> BaseGeometry:
    """Return polygons in EPSG:4547 as valid ones in EPSG:4490; what is narrower than a millimetre may be lost."""
    # Edges that nearly touch may cross once their ends are rounded in another plane: they are pulled apart first.
    clean = shapely.set_precision(shape, _CLEAN_M)
    turned = shapely.transform(shapely.segmentize(clean, _STEP_M), _geographic_points)
    if not turned.is_valid:
        turned = shapely.make_valid(turned, method="structure", keep_collapsed=False)
    return polygons_of(turned)


def area_m2(shape: BaseGeometry) -> float:
    """Return the area of a shape (EPSG:4490) in square metres; 0 for an empty one."""
    return 0.0 if shape.is_empty else float(metric(shape).area)


def rounded(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape on the grid with every number as its decimal text reads, so that it is read back equal."""
    return shapely.transform(shape, lambda points: np.round(points, DECIMALS))


def polygons_of(shape: BaseGeometry) -> BaseGeometry:
    """Return the polygons of an overlay's result as one Polygon or MultiPolygon, without lines and points left over."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    polygons = parts[(shapely.get_dimensions(parts) == 2) & (shapely.area(parts) > 0)]
    whole: BaseGeometry = polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(list(polygons))
    return whole


def _metric_points(points: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack(to_metric().transform(points[:, 0], points[:, 1]))


def _geographic_points(points: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack(to_storage().transform(points[:, 0], points[:, 1]))
