"""The body of a map: townships in their colours, borders, what was hit and broken, and where the names stand.

Names are given beside the picture, so that they can be set as text; under each the picture has its white rim.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from matplotlib.patches import PathPatch

from webmap.reports.maps import ink, palette
from webmap.reports.maps.frame import Frame, Graticule, graticule
from webmap.reports.maps.labels import Box, Label, place_labels
from webmap.reports.maps.overlay import FaultMark, Overlay, PlaceMark
from webmap.reports.signs import sign_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from webmap.languages import Language
    from webmap.reports.maps.ground import Ground

_SURROUNDINGS = "#FAFAF8"
_COUNTY = "#F4F3F0"
_RIM_MM = 0.8


@dataclass(frozen=True)
class Look:
    """How a map looks: each township's colour by code, those that are hatched, and sizes on paper.

    The first `signs` places get a badge of `badge_mm`, the others a dot; no names without a size of them, and
    only of townships with that much room around their middle, and of those of `named_first` before all others.
    `weight` is how heavy borders are.
    """

    colour: Callable[[str], str]
    hatched: frozenset[str] = frozenset()
    name_pt: float | None = 7.5
    name_room_mm: float = 0.0
    named_first: frozenset[str] = frozenset()
    badge_mm: float = 3.2
    signs: int = 40
    written: bool = False
    lines: bool = True
    weight: float = 1.0
    language: Language = "zh"


@dataclass(frozen=True, eq=False)
class Body:
    """A drawn map: its frame, the names with their places, the graticule, and how many places got a dot alone."""

    frame: Frame
    figure: Figure
    labels: tuple[Label, ...]
    graticule: Graticule
    dots: int
    shown: tuple[PlaceMark, ...] = field(default=())

    def svg(self) -> str:
        """Return the picture as SVG, in outlines alone."""
        drawn = io.StringIO()
        self.figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
        return drawn.getvalue()

    def pixels(self, dots_per_inch: float) -> Any:
        """Return the picture as an array (height, width, 3) of bytes."""
        self.figure.set_dpi(dots_per_inch)
        canvas: Any = self.figure.canvas
        canvas.draw()
        return np.asarray(canvas.buffer_rgba())[..., :3].copy()


def draw_body(ground: Ground, frame: Frame, overlay: Overlay, look: Look, window: Frame | None = None) -> Body:
    """Draw a map of the frame. What lies in `window`, which a larger scale shows beside it, has no names or marks."""
    figure, axes = ink.paper(frame.width_mm, frame.height_mm, _SURROUNDINGS)
    net = graticule(frame)
    _draw_ground(axes, ground, frame, look)
    if look.lines:
        lines = [shapely.linestrings(line) for line in net.lines]
        ink.stroke(axes, ink.to_paper(np.array(lines, dtype=object), frame), "#9AA1AC", 0.08, 1.5)
    if overlay.area is not None:
        area = ink.to_paper(overlay.area, frame)
        ink.stroke(axes, shapely.boundary(area), palette.FAULT, 0.4, 4, (0, (3, 2)))
    shown = [place for place in overlay.places if _visible(place, frame, window)]
    spots = ink.spread([frame.on_paper(place.x, place.y) for place in shown[: look.signs]], look.badge_mm * 0.9)
    for place in reversed(shown[look.signs :]):
        _draw_dot(axes, frame.on_paper(place.x, place.y), place)
    for place, spot in reversed(list(zip(shown, spots, strict=False))):
        _draw_badge(axes, spot, place, look.badge_mm, look.language)
    faults = [fault for fault in overlay.faults if _visible(fault, frame, window)]
    for fault in faults:
        _draw_fault(axes, fault, frame)
    taken = [_around(*spot, look.badge_mm / 2) for spot in spots]
    taken += [_around(*frame.on_paper(fault.x, fault.y), 2.0) for fault in faults]
    if window is not None:
        taken.append(_draw_window(axes, frame, window))
    labels = _names(ground, frame, look, window, taken)
    _draw_names(axes, labels, look)
    return Body(frame, figure, tuple(labels), net, max(0, len(shown) - look.signs), tuple(shown))


def _draw_ground(axes: Axes, ground: Ground, frame: Frame, look: Look) -> None:
    edge = shapely.box(*frame.bounds)
    for county in ground.counties:
        if shapely.intersects(county, edge):
            ink.fill(axes, ink.to_paper(county, frame), _COUNTY, edgecolor="none", zorder=1)
    for code, shape in zip(ground.codes, ground.shapes, strict=True):
        if not shapely.intersects(shape, edge):
            continue
        drawn = ink.to_paper(shape, frame)
        outline = {"edgecolor": palette.TOWNSHIP_LINE, "linewidth": 0.15 * ink.POINTS_PER_MM, "joinstyle": "round"}
        ink.fill(axes, drawn, look.colour(code), zorder=2, **outline).set_gid(f"township-{code}")
        if code in look.hatched:
            ink.hatch(axes, drawn, palette.UNKNOWN_HATCH, 2.5)
    borders = [ink.to_paper(shapely.boundary(county), frame) for county in ground.counties]
    ink.stroke(axes, np.array(borders, dtype=object), palette.COUNTY_LINE, 0.45 * look.weight, 3)


def _visible(mark: PlaceMark | FaultMark, frame: Frame, window: Frame | None) -> bool:
    return frame.holds(mark.x, mark.y) and not (window is not None and window.holds(mark.x, mark.y))


def _around(x: float, y: float, half: float) -> Box:
    return Box(x - half, y - half, x + half, y + half)


#: Ground, ring and sign of a place's badge.
STATE_COLOURS = {
    "still_failed": (palette.FAILED, palette.FAILED, "#FFFFFF"),
    "failed": ("#FFFFFF", palette.FAILED, palette.FAILED),
    "on_reserve": ("#FFFFFF", palette.RESERVE, "#5A3B00"),
}


def _draw_badge(axes: Axes, spot: tuple[float, float], place: PlaceMark, side_mm: float, language: Language) -> None:
    ground, ring, sign = STATE_COLOURS[place.state]
    edge = {"edgecolor": ring, "linewidth": 0.32 * ink.POINTS_PER_MM}
    ink.fill(axes, ink.badge(*spot, side_mm + 0.7), "#FFFFFF", edgecolor="none", zorder=6)
    ink.fill(axes, ink.badge(*spot, side_mm), ground, zorder=6, **edge)
    outline = ink.characters(sign_of(place.category, language), *spot, side_mm * 0.7 * ink.POINTS_PER_MM)
    axes.add_artist(PathPatch(outline, facecolor=sign, edgecolor="none", zorder=6))


def _draw_dot(axes: Axes, spot: tuple[float, float], place: PlaceMark) -> None:
    ground, ring, _ = STATE_COLOURS[place.state]
    edge = {"edgecolor": ring, "linewidth": 0.25 * ink.POINTS_PER_MM}
    ink.fill(axes, shapely.Point(*spot).buffer(0.6), ground, zorder=5.5, **edge)


def _draw_fault(axes: Axes, fault: FaultMark, frame: Frame) -> None:
    """A black flash on yellow, on white once it is repaired; the line that is broken lies below it."""
    ink.stroke(axes, ink.to_paper(fault.outline, frame), palette.FAULT, 0.5, 4.5, (0, (2, 1.2)))
    spot = frame.on_paper(fault.x, fault.y)
    ground = "#FFFFFF" if fault.repaired else palette.FAULT_OPEN
    edge = {"edgecolor": palette.FAULT, "linewidth": 0.25 * ink.POINTS_PER_MM}
    ink.fill(axes, shapely.Point(*spot).buffer(1.9), ground, zorder=7, **edge)
    ink.fill(axes, ink.bolt(*spot, 2.9), palette.FAULT, edgecolor="none", zorder=7.1)


def _draw_window(axes: Axes, frame: Frame, window: Frame) -> Box:
    west, south, east, north = window.bounds
    left, top = frame.on_paper(west, north)
    right, bottom = frame.on_paper(east, south)
    ink.stroke(axes, shapely.boundary(shapely.box(left, top, right, bottom)), palette.INK, 0.35, 8)
    return Box(left, top, right, bottom)


def _names(ground: Ground, frame: Frame, look: Look, window: Frame | None, taken: Sequence[Box]) -> list[Label]:
    if look.name_pt is None:
        return []
    named, first = [], set()
    for code, name, (x, y), shape in zip(
        ground.codes, ground.names, ground.anchors.tolist(), ground.shapes, strict=True
    ):
        if frame.holds(x, y) and not (window is not None and window.holds(x, y)):
            room = float(shapely.distance(shapely.boundary(shape), shapely.Point(x, y))) / frame.metres_per_mm
            if code in look.named_first:
                first.add(name)
            if room >= look.name_room_mm or code in look.named_first:
                named.append((name, *frame.on_paper(x, y), room))
    return place_labels(named, frame.width_mm, frame.height_mm, look.name_pt, taken, frozenset(first))


def _draw_names(axes: Axes, labels: Sequence[Label], look: Look) -> None:
    led = [shapely.linestrings([label.anchor, (label.x, label.y)]) for label in labels if label.led]
    ink.stroke(axes, np.array(led, dtype=object), palette.INK, 0.15, 8.5)
    for label in labels:
        outline = ink.characters(label.text, label.x, label.y, look.name_pt or 0)
        rim = {"edgecolor": "#FFFFFF", "linewidth": _RIM_MM * ink.POINTS_PER_MM, "joinstyle": "round"}
        axes.add_artist(PathPatch(outline, facecolor="#FFFFFF", zorder=9, **rim))
        if look.written:
            axes.add_artist(PathPatch(outline, facecolor=palette.INK, edgecolor="none", zorder=9.1))
