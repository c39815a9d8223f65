"""Geometry of KML and of GPX as shapely geometry: longitude, latitude in WGS 84, heights left out."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.importing.source.model import Limits
from layers.importing.source.refusals import refusal
from layers.importing.source.xml_stream import local_name

_LEAST = {"Point": 1, "LineString": 2, "LinearRing": 4}


def shape_of(element: Any, limits: Limits) -> Any:
    """Return the geometry of a KML element; None if it is none, has too few vertices or cannot be read."""
    kind = local_name(element)
    if kind == "Point":
        found = _coordinates(element, limits)
        return None if found is None else shapely.Point(found[0])
    if kind in ("LineString", "LinearRing"):
        found = _coordinates(element, limits)
        return None if found is None or len(found) < _LEAST["LineString"] else shapely.LineString(found)
    if kind == "Polygon":
        return _polygon(element, limits)
    if kind == "MultiGeometry":
        return _together([shape for child in element if (shape := shape_of(child, limits)) is not None])
    if kind in ("Track", "MultiTrack"):
        return _track(element, limits)
    return None


def _polygon(element: Any, limits: Limits) -> Any:
    outer, inner = None, []
    for side in element:
        for ring in side:
            if local_name(ring) != "LinearRing":
                continue
            found = _coordinates(ring, limits)
            if found is None or len(found) < _LEAST["LinearRing"]:
                continue
            if local_name(side) == "outerBoundaryIs":
                outer = found
            else:
                inner.append(found)
    return None if outer is None else shapely.Polygon(outer, inner)


def _track(element: Any, limits: Limits) -> Any:
    texts = [child.text or "" for child in element.iter() if local_name(child) == "coord"]
    found = _numbers([text.split()[:2] for text in texts], limits)
    return None if found is None or len(found) < _LEAST["LineString"] else shapely.LineString(found)


def _together(shapes: list[Any]) -> Any:
    """Return several geometries as one: of one kind a multi-part geometry, else a collection."""
    if len(shapes) < 2:
        return shapes[0] if shapes else None
    kinds = {shape.geom_type for shape in shapes}
    if kinds == {"Point"}:
        return shapely.MultiPoint(shapes)
    if kinds == {"LineString"}:
        return shapely.MultiLineString(shapes)
    return shapely.MultiPolygon(shapes) if kinds == {"Polygon"} else shapely.GeometryCollection(shapes)


def _coordinates(element: Any, limits: Limits) -> NDArray[np.float64] | None:
    text = next((child.text or "" for child in element if local_name(child) == "coordinates"), "")
    return _numbers([part.split(",")[:2] for part in text.split()], limits)


def _numbers(pairs: list[list[str]], limits: Limits) -> NDArray[np.float64] | None:
    if len(pairs) > limits.vertices:
        raise refusal("too_many_vertices", row=1, limit=limits.vertices)
    try:
        found = np.array(pairs, dtype=np.float64)
    except ValueError:
        return None
    return found if found.ndim == 2 and found.shape[1] == 2 and np.isfinite(found).all() else None
