"""What is wrong with the places of a message: polygons, circles, codes of townships, heights."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from lxml import etree
from numpy.typing import NDArray
from shapely.validation import explain_validity

from webmap.warnings.cap.findings import Finding, at, child, children, text_of

_NUMBER = r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_POINT = re.compile(rf"({_NUMBER}),({_NUMBER})")
_MAX_POINTS = 20_000
#: A code list that is ours: the nine-digit codes of townships.
TOWNSHIP_CODES = "CN-TOWNSHIP"
_TOWNSHIP = re.compile(r"[0-9]{9}|[0-9]{12}")


@dataclass(frozen=True)
class PlausibleBox:
    """Degrees within which the places of a message are to be expected."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, longitude: NDArray[np.float64], latitude: NDArray[np.float64]) -> bool:
        """Whether all points lie inside."""
        inside = (
            (self.west <= longitude) & (longitude <= self.east) & (self.south <= latitude) & (latitude <= self.north)
        )
        return bool(inside.all())


#: 晋城市 with its neighbours: a place outside is nobody's to warn from here.
JINCHENG = PlausibleBox(111.5, 34.8, 114.0, 36.5)


def check_places(alert: etree._Element, box: PlausibleBox | None) -> Iterator[Finding]:
    """Yield what is wrong with the areas of a message; `box` None leaves plausibility out."""
    for info in children(alert, "info"):
        for area in children(info, "area"):
            for polygon in children(area, "polygon"):
                yield from _polygon(polygon, box)
            for circle in children(area, "circle"):
                yield from _circle(circle, box)
            yield from _codes(area)
            if child(area, "ceiling") is not None and child(area, "altitude") is None:
                yield at(area, "ceiling_alone")
            if not any(children(area, name) for name in ("polygon", "circle", "geocode")):
                yield at(area, "place_vague", "warning")


def _polygon(node: etree._Element, box: PlausibleBox | None) -> Iterator[Finding]:
    pairs = text_of(node).split()
    matches = [_POINT.fullmatch(pair) for pair in pairs]
    if None in matches or not pairs:
        wrong = next((pair for pair, match in zip(pairs, matches, strict=True) if match is None), "")
        yield at(node, "point_form", value=wrong)
        return
    points = np.array([[float(match[1]), float(match[2])] for match in matches if match])
    if len(points) > _MAX_POINTS:
        yield at(node, "polygon_points", count=len(points), most=_MAX_POINTS)
        return
    if not (points[0] == points[-1]).all():
        yield at(node, "ring_open", first=pairs[0], last=pairs[-1])
    elif len(points) < 4:
        yield at(node, "ring_short", count=len(points))
    found = list(_positions(node, points, box))
    yield from found
    if not found and len(points) >= 4 and (points[0] == points[-1]).all():
        ring = shapely.Polygon(points[:, ::-1])
        if not ring.is_valid:
            yield at(node, "ring_crosses", where=explain_validity(ring))


def _circle(node: etree._Element, box: PlausibleBox | None) -> Iterator[Finding]:
    match = re.fullmatch(rf"({_NUMBER}),({_NUMBER})\s+({_NUMBER})", text_of(node))
    if match is None or float(match[3]) < 0:
        yield at(node, "circle_form", value=text_of(node))
        return
    yield from _positions(node, np.array([[float(match[1]), float(match[2])]]), box)


def _positions(node: etree._Element, points: NDArray[np.float64], box: PlausibleBox | None) -> Iterator[Finding]:
    """Yield at most one finding on points (p, 2; latitude, longitude): swapped, off the earth, or far away."""
    latitude, longitude = points[:, 0], points[:, 1]
    on_earth = bool((np.abs(latitude) <= 90).all() and (np.abs(longitude) <= 180).all())
    other_way = bool((np.abs(longitude) <= 90).all() and (np.abs(latitude) <= 180).all())
    if not on_earth:
        yield at(node, "place_swapped" if other_way else "place_off_earth")
    elif box is not None and not box.holds(longitude, latitude):
        if box.holds(latitude, longitude):
            yield at(node, "place_swapped")
        else:
            bounds = f"{box.south:g}-{box.north:g}, {box.west:g}-{box.east:g}"
            yield at(node, "place_far", "warning", bounds=bounds)


def _codes(area: etree._Element) -> Iterator[Finding]:
    for node in children(area, "geocode"):
        value = child(node, "value")
        if text_of(child(node, "valueName")) != TOWNSHIP_CODES or value is None:
            continue
        if not _TOWNSHIP.fullmatch(text_of(value)):
            yield at(value, "township_form", value=text_of(value))
