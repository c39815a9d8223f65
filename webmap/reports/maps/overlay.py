"""What lies over the townships: places that were hit, by class and state, faults, and the area that was drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import shapely

from priority.area import parse_area
from webmap.incidents.entries import AreaDrawn, FaultLocated, Repaired
from webmap.reports.maps.ground import metric

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

State = Literal["still_failed", "failed", "on_reserve"]
STATES: tuple[State, ...] = ("still_failed", "failed", "on_reserve")
_FAULTY_LAYERS = ("network_nodes", "network_lines", "facilities", "roads", "coal_routes")


@dataclass(frozen=True)
class PlaceMark:
    """A facility that was hit: where (metres), its class, its tier, and the worst that it came to."""

    x: float
    y: float
    category: str
    tier: int | None
    state: State


@dataclass(frozen=True)
class FaultMark:
    """A fault in metres: the element's outline and the point where its sign stands; `repaired` or not."""

    outline: Any
    x: float
    y: float
    repaired: bool


@dataclass(frozen=True)
class Overlay:
    """All that is drawn over the townships, the most important first; `area` is the drawn area, None without one."""

    places: tuple[PlaceMark, ...] = ()
    faults: tuple[FaultMark, ...] = ()
    area: Any = None


def overlay_of(source: ReportSource, impact: Mapping[str, Any]) -> Overlay:
    """Return what was hit and broken in an incident, of what the reader may know."""
    return Overlay(places=_places(impact), faults=_faults(source), area=_area(source))


def _places(impact: Mapping[str, Any]) -> tuple[PlaceMark, ...]:
    rows = [row for row in impact["facilities"] if row["failures"] or row["on_reserve_hours"] > 0]
    points = metric(shapely.points([row["point"] for row in rows])) if rows else []
    marks = [
        PlaceMark(point.x, point.y, row["category"], row["tier"], _state(row))
        for point, row in zip(points, rows, strict=True)
    ]
    return tuple(sorted(marks, key=_weight))


def _state(row: Mapping[str, Any]) -> State:
    if not row["failures"]:
        return "on_reserve"
    return "still_failed" if row["failures"][-1]["to"] is None else "failed"


def _weight(mark: PlaceMark) -> tuple[int, int, float, float]:
    tier = 99 if mark.tier is None else mark.tier
    return (tier, STATES.index(mark.state), mark.x, mark.y)


def _faults(source: ReportSource) -> tuple[FaultMark, ...]:
    """Return the located faults whose element is in the data, each once."""
    located = [item.fact.element for item in source.facts if isinstance(item.fact, FaultLocated)]
    repaired = {item.fact.element for item in source.facts if isinstance(item.fact, Repaired)}
    found = _outlines(source, set(located))
    marks = []
    for element in dict.fromkeys(located):
        if element in found:
            outline = found[element]
            middle = outline.interpolate(0.5, normalized=True) if outline.length else outline.centroid
            marks.append(FaultMark(outline, middle.x, middle.y, element in repaired))
    return tuple(marks)


def _outlines(source: ReportSource, wanted: set[str]) -> dict[str, Any]:
    """Return the elements' geometries in metres, by id."""
    found: dict[str, Any] = {}
    for layer in _FAULTY_LAYERS:
        frame = source.snapshot.visible(layer, restricted=source.restricted)
        if len(frame):
            rows = frame[frame["id"].isin(wanted)]
            found |= dict(zip(rows["id"], metric(rows["geometry"].to_numpy(dtype=object)), strict=True))
    return found


def _area(source: ReportSource) -> Any:
    """Return the area that was drawn last, in metres, with the townships that it names; None without one."""
    drawn = [item.fact for item in source.facts if isinstance(item.fact, AreaDrawn)]
    if not drawn:
        return None
    townships = source.snapshot.frames["townships"]
    shapes = list(townships[townships["code"].isin(drawn[-1].townships)]["geometry"])
    area = drawn[-1].area
    if area is not None:
        shapes.append(parse_area(area))
    return metric(shapely.union_all(shapes)) if shapes else None
