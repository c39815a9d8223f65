"""An affected area from GeoJSON: checked so that a wrong drawing is explained, never silently mended."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

#: A drawing with more points than this is refused: checking it would take seconds. The sample's county has 240.
MAX_POINTS = 20_000
_KINDS = ("Polygon", "MultiPolygon")


class AreaFault(ValueError):
    """What is wrong with an area; `code` names the message and remedy in the phrase book."""

    def __init__(self, code: str, place: str = "", detail: str = "") -> None:
        self.code = code
        self.place = place
        self.detail = detail
        super().__init__(code)


def parse_area(value: object) -> BaseGeometry:
    """Return a valid Polygon or MultiPolygon in EPSG:4490 from a GeoJSON geometry or Feature.

    Raises `AreaFault`: not an object, another geometry type, positions that are no finite longitude and latitude
    (swapped ones are named so), rings that are open or too short, too many points, edges that cross.
    """
    geometry = value
    if isinstance(geometry, dict) and geometry.get("type") == "Feature":
        geometry = geometry.get("geometry")
    if not isinstance(geometry, dict) or geometry.get("type") not in _KINDS:
        raise AreaFault("area_type")
    polygons = geometry.get("coordinates")
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    if not isinstance(polygons, list) or not polygons:
        raise AreaFault("area_empty", ".coordinates")
    points = 0
    for number, rings in enumerate(polygons):
        points += _check_rings(rings, ".coordinates" if geometry["type"] == "Polygon" else f".coordinates[{number}]")
        if points > MAX_POINTS:
            raise AreaFault("area_too_many_points", ".coordinates", str(MAX_POINTS))
    area = shapely.force_2d(shape({"type": geometry["type"], "coordinates": geometry["coordinates"]}))
    # Asked of an array, GEOS lets other threads run; asked of the shape itself it would hold up the whole server.
    if not shapely.is_valid(np.array([area], dtype=object))[0]:
        raise AreaFault("area_crosses_itself", ".coordinates", explain_validity(area))
    return area


def _check_rings(rings: object, place: str) -> int:
    if not isinstance(rings, list) or not rings:
        raise AreaFault("area_empty", place)
    points = 0
    for number, ring in enumerate(rings):
        where = f"{place}[{number}]"
        if not isinstance(ring, list) or len(ring) < 4:
            raise AreaFault("area_ring_short", where)
        if len(ring) > MAX_POINTS:
            raise AreaFault("area_too_many_points", where, str(MAX_POINTS))
        _check_positions(ring, where)
        if ring[0][:2] != ring[-1][:2]:
            raise AreaFault("area_ring_open", where)
        points += len(ring)
    return points


def _check_positions(ring: list[Any], place: str) -> None:
    for number, position in enumerate(ring):
        numeric = isinstance(position, list) and len(position) >= 2 and all(map(_is_number, position))
        if not numeric:
            raise AreaFault("area_position", f"{place}[{number}]")
    try:
        positions = np.asarray([position[:2] for position in ring], dtype=float)
    except OverflowError:  # an integer that no float can hold
        raise AreaFault("area_out_of_range", place) from None
    if not np.isfinite(positions).all():
        raise AreaFault("area_position", place)
    longitude, latitude = positions[:, 0], positions[:, 1]
    if (np.abs(latitude) > 90).any() and (np.abs(longitude) <= 90).all():
        raise AreaFault("area_swapped", place)
    if (np.abs(latitude) > 90).any() or (np.abs(longitude) > 180).any():
        raise AreaFault("area_out_of_range", place)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
