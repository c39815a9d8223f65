"""From the parts of a warning's area to ground, checked part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from priority.area import parse_area
from priority.errors import InvalidIncident, Problem
from priority.warnings import WarningArea
from priority.warnings.plane import GRID_DEG, polygons_of, rounded
from priority.wording import Phrases
from webmap.incidents.errors import InvalidEntry
from webmap.warnings.cap.places import JINCHENG
from webmap.warnings.content import AreaPart, AreaSpec, DrawnPart, ElementPart, OutagePart, StripPart, TownshipsPart
from webmap.warnings.ground import Ground

#: Each asks for two cascades.
MOST_ELEMENTS = 10
#: Points of all drawings of an area together. The most ragged outline of as many takes three seconds to be cut into
#: polygons that can be sent; one of ten thousand would take half a minute and give a message that nobody can read.
MOST_POINTS = 2_000
#: A message of more polygons is read by nobody, and its area cannot be submitted.
MOST_POLYGONS = 200
#: An area of more points, or of more parts, is a long computation.
_FEW_POINTS, _FEW_PARTS = 400, 20
#: Ground that must stay out is told as far as this from the area, in degrees: what is sent reaches no farther.
_BESIDE_DEG = 0.03
#: Beyond these degrees nothing is warned of from here; a slip of the hand would draw half of China. The check of
#: messages holds them to the same box.
_REGION = shapely.box(JINCHENG.west, JINCHENG.south, JINCHENG.east, JINCHENG.north)
_NAMED = 3


class InvalidArea(InvalidEntry):
    """An area cannot be made; `problems` names every field and its remedy."""


@dataclass(frozen=True)
class _Finding(Exception):
    """What is wrong with a part: where in it, by which phrase, and what the phrase tells."""

    place: str
    code: str
    told: Mapping[str, object]


def resolve(spec: AreaSpec, ground: Ground, phrases: Phrases, field: str = "area") -> WarningArea:
    """Return the ground of an area: each part added to or taken from what the parts before made.

    What lies in other counties is excluded, save where a drawing or a township chosen there takes it in. Coordinates
    are on the grid of nine decimals, so that the area reads back from its text as it is. Excluded ground is kept near
    the area alone. Raises `InvalidArea`, naming every wrong field below `field`.
    """
    problems = [_problem(phrases, f"{field}.parts", item) for item in _excess(spec)]
    if problems:
        raise InvalidArea(problems)
    area = WarningArea.empty()
    for number, part in enumerate(spec.parts):
        try:
            ours = _MAKERS[part.kind](part, ground, phrases)
        except _Finding as finding:
            problems.append(_problem(phrases, f"{field}.parts[{number}]", finding))
            continue
        area = area.plus(_own(part, ours, ground)) if part.operation == "plus" else area.minus(ours.shape)
    if problems:
        raise InvalidArea(problems)
    try:
        return settled(area.keeping_out(ground.elsewhere).without_cracks())
    except ValueError:
        raise InvalidArea([_problem(phrases, f"{field}.parts", _Finding("", "shape", {}))]) from None


def is_laborious(spec: AreaSpec) -> bool:
    """Whether an area may take more than a moment to be made."""
    drawn = sum(_positions(part.geometry["coordinates"]) for part in spec.parts if isinstance(part, DrawnPart))
    elements = sum(isinstance(part, ElementPart) for part in spec.parts)
    return drawn > _FEW_POINTS or len(spec.parts) + 5 * elements > _FEW_PARTS


def settled(area: WarningArea) -> WarningArea:
    """Return an area on the grid, with the excluded ground that lies near it. Raises `ValueError` if that fails."""
    ground = _on_grid(area.shape)
    if ground.is_empty:
        return WarningArea.empty()
    west, south, east, north = ground.bounds
    frame = shapely.box(west - _BESIDE_DEG, south - _BESIDE_DEG, east + _BESIDE_DEG, north + _BESIDE_DEG)
    return WarningArea(ground, _on_grid(polygons_of(shapely.intersection(area.excluded, frame))))


def area_of(shape_document: Mapping[str, Any], excluded_document: Mapping[str, Any]) -> WarningArea:
    """Read an area that `multipolygon` wrote; as it was stored, it is not checked again."""
    return WarningArea(polygons_of(shape(dict(shape_document))), polygons_of(shape(dict(excluded_document))))


def multipolygon(ground: BaseGeometry) -> dict[str, Any]:
    """Return polygons as a GeoJSON MultiPolygon of lists; an empty one for no ground."""
    polygons = [mapping(polygon)["coordinates"] for polygon in shapely.get_parts(ground) if not polygon.is_empty]
    coordinates = [[[list(point) for point in ring] for ring in polygon] for polygon in polygons]
    return {"type": "MultiPolygon", "coordinates": coordinates}


class Names(Protocol):
    """What places are called, and how far ahead the incident looks."""

    @property
    def horizon_hours(self) -> float:
        """The incident's horizon."""

    @property
    def township_names(self) -> Mapping[str, str]:
        """Names of townships by code."""

    def name_of(self, element: str) -> str:
        """Return what a line, node or open facility is called; by its id where there is none."""


def part_title(part: AreaPart, names: Names, phrases: Phrases) -> str:
    """Return what a part is called for people; what there is no more goes by its id."""
    write = phrases.write
    if isinstance(part, TownshipsPart):
        shown = phrases.join([names.township_names.get(code, code) for code in part.codes[:_NAMED]])
        more = len(part.codes) > _NAMED
        return write(f"warning_area.townships{'_more' if more else ''}", names=shown, count=len(part.codes))
    if isinstance(part, StripPart):
        return write("warning_area.strip", name=names.name_of(part.element), distance=f"{part.distance_m:g}")
    if isinstance(part, ElementPart):
        return write("warning_area.element", name=names.name_of(part.element))
    if isinstance(part, OutagePart):
        key = "warning_area.outage_horizon" if part.until_horizon else "warning_area.outage_now"
        return write(key, hours=f"{names.horizon_hours:g}")
    return write("warning_area.drawn")


def _on_grid(ground: BaseGeometry) -> BaseGeometry:
    return rounded(polygons_of(shapely.set_precision(ground, GRID_DEG))) if not ground.is_empty else ground


def _excess(spec: AreaSpec) -> Iterator[_Finding]:
    drawn = sum(_positions(part.geometry["coordinates"]) for part in spec.parts if isinstance(part, DrawnPart))
    if drawn > MOST_POINTS:
        yield _Finding("", "parts", {"most": f"{MOST_POINTS:,}"})
    if sum(isinstance(part, ElementPart) for part in spec.parts) > MOST_ELEMENTS:
        yield _Finding("", "elements", {"most": MOST_ELEMENTS})


def _own(part: AreaPart, ours: WarningArea, ground: Ground) -> WarningArea:
    """Return what a part adds: a strip ends at the county's border, as outages do; nobody drew it beyond."""
    return ours.minus(ground.elsewhere) if isinstance(part, StripPart) else ours


def _positions(coordinates: Any) -> int:
    if coordinates and isinstance(coordinates[0], int | float):
        return 1
    return sum(map(_positions, coordinates))


def _problem(phrases: Phrases, field: str, finding: _Finding) -> Problem:
    told = dict(finding.told)
    if "reason" in told:
        told["reason"] = phrases.write(str(told["reason"]))
    message = phrases.write(f"warning_area.problem_{finding.code}", **told)
    return Problem(f"{field}{finding.place}", message, phrases.write(f"warning_area.remedy_{finding.code}"))


def _townships(part: TownshipsPart, ground: Ground, _phrases: Phrases) -> WarningArea:
    known = set(ground.system.townships.codes)
    for number, code in enumerate(part.codes):
        if code not in known:
            raise _Finding(f".codes[{number}]", "township", {"code": code})
    townships = ground.system.townships
    if part.operation == "minus":  # also the ground of theirs that another county claims
        return WarningArea(townships.union(part.codes))
    return WarningArea.of_townships(townships, part.codes)


def _drawn(part: DrawnPart, _ground: Ground, _phrases: Phrases) -> WarningArea:
    drawing = parse_area(part.geometry)
    if not shapely.contains(_REGION, np.array([drawing], dtype=object))[0]:
        raise _Finding(".geometry", "outside", {})
    return WarningArea.drawn([drawing])


def _strip(part: StripPart, ground: Ground, _phrases: Phrases) -> WarningArea:
    place = ground.place_of(part.element)
    if place is None:
        raise _Finding(".element", "element", {"element": part.element})
    return WarningArea.along_line(place[0], part.distance_m)


def _outage(part: OutagePart, ground: Ground, _phrases: Phrases) -> WarningArea:
    if ground.picture is None:
        raise _Finding("", "not_assessed", {"reason": "warning_area.data_changed"})
    return ground.outage(until_horizon=part.until_horizon)


def _element(part: ElementPart, ground: Ground, _phrases: Phrases) -> WarningArea:
    if ground.picture is None:
        raise _Finding("", "not_assessed", {"reason": "warning_area.data_changed"})
    if ground.place_of(part.element) is None:
        raise _Finding(".element", "element", {"element": part.element})
    try:
        return ground.element_outage(ground.picture, part.element)
    except InvalidIncident:
        raise _Finding(".element", "element", {"element": part.element}) from None


_MAKERS: Mapping[str, Callable[[Any, Ground, Phrases], WarningArea]] = {
    "townships": _townships,
    "drawn": _drawn,
    "strip": _strip,
    "outage": _outage,
    "element": _element,
}
