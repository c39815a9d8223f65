"""Shapes, hatches and written characters as Matplotlib artists in millimetres of paper. Nothing global is touched."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from webmap.reports.maps.frame import Frame

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Points of a line's width for each millimetre.
POINTS_PER_MM = 72 / 25.4
_HATCH_MM = 1.5
#: Half the height of the font's capitals, in ems: between them and the base line a name is centred.
_MIDDLE_EM = 0.3665


@cache
def sans() -> FontProperties:
    """The Chinese sans-serif that everything is drawn in, from its file: whatever fonts the machine has."""
    import pylopdf_fonts_zh_cn  # noqa: PLC0415  a package of files alone

    return FontProperties(fname=str(pylopdf_fonts_zh_cn.sans_path()))


def paper(width_mm: float, height_mm: float, ground: str | None) -> tuple[Figure, Axes]:
    """Return a figure of that size whose axes count millimetres from the left and from the top."""
    figure = Figure(figsize=(width_mm / 25.4, height_mm / 25.4))
    FigureCanvasAgg(figure)
    figure.patch.set_facecolor(ground or "none")
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_axis_off()
    axes.set_xlim(0, width_mm)
    axes.set_ylim(height_mm, 0)
    return figure, axes


def to_paper(geometry: Any, frame: Frame) -> Any:
    """Bring a geometry in metres onto the frame's paper, in millimetres."""
    west, _, _, north = frame.bounds
    scale = frame.metres_per_mm
    return shapely.transform(
        geometry, lambda places: np.column_stack([(places[:, 0] - west) / scale, (north - places[:, 1]) / scale])
    )


def area_path(geometry: Any) -> Path:
    """Return the outline of a polygon or several, holes included; an empty path for nothing."""
    rings = [
        shapely.get_coordinates(ring)
        for polygon in shapely.get_parts(geometry)
        for ring in (polygon.exterior, *polygon.interiors)
        if polygon.geom_type == "Polygon" and not polygon.is_empty
    ]
    if not rings:
        return Path(np.empty((0, 2)))
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))


def fill(axes: Axes, geometry: Any, colour: str, **style: Any) -> PathPatch:
    """Fill an area (millimetres); `style` as Matplotlib's patches."""
    patch = PathPatch(area_path(geometry), facecolor=colour, **style)
    # Not as a patch: the axes would measure every curve of it to fit themselves around.
    axes.add_artist(patch)
    return patch


def hatch(axes: Axes, geometry: Any, colour: str, zorder: float) -> None:
    """Draw slanting lines over an area (millimetres): what is not known."""
    left, top, right, bottom = geometry.bounds
    height = bottom - top
    starts = np.arange(left - height, right, _HATCH_MM)
    lines = shapely.linestrings([[(x, bottom), (x + height, top)] for x in starts])
    inside = shapely.intersection(lines, geometry)
    stroke(axes, inside, colour, 0.18, zorder)


def stroke(axes: Axes, geometries: Any, colour: str, width_mm: float, zorder: float, style: Any = "solid") -> None:
    """Draw lines, of whatever kind the geometries (millimetres) are."""
    parts = shapely.get_parts(shapely.get_parts(np.atleast_1d(np.asarray(geometries, dtype=object))))
    lines = [shapely.get_coordinates(part) for part in parts if part.geom_type in {"LineString", "LinearRing"}]
    if lines:
        axes.add_collection(
            LineCollection(lines, colors=colour, linewidths=width_mm * POINTS_PER_MM, linestyles=style, zorder=zorder),
            autolim=False,
        )


def characters(text: str, x: float, y: float, size_pt: float) -> Path:
    """Return a text's outlines with its middle at a place (millimetres)."""
    size_mm = size_pt / POINTS_PER_MM
    outline = TextPath((0, 0), text, size=size_mm, prop=sans())
    across = outline.vertices[:, 0]
    move = Affine2D().translate(-(across.min() + across.max()) / 2, -_MIDDLE_EM * size_mm).scale(1, -1).translate(x, y)
    return move.transform_path(outline)


def badge(x: float, y: float, side_mm: float) -> Any:
    """Return a rounded square around a place (millimetres)."""
    inner = side_mm * 0.28
    return shapely.box(
        x - side_mm / 2 + inner, y - side_mm / 2 + inner, x + side_mm / 2 - inner, y + side_mm / 2 - inner
    ).buffer(inner, quad_segs=6)


def bolt(x: float, y: float, height_mm: float) -> Any:
    """Return a flash with its middle at a place (millimetres): the sign of a fault."""
    points = [(0.12, -0.5), (-0.3, 0.08), (-0.03, 0.08), (-0.12, 0.5), (0.3, -0.1), (0.03, -0.1)]
    return shapely.Polygon([(x + dx * height_mm, y + dy * height_mm) for dx, dy in points])


def spread(places: Iterable[tuple[float, float]], apart_mm: float) -> list[tuple[float, float]]:
    """Move marks that would lie on each other to the nearest free place beside it, the first ones staying put."""
    settled: list[tuple[float, float]] = []
    for x, y in places:
        spots = (
            (x + math.sin(angle) * ring * apart_mm, y + math.cos(angle) * ring * apart_mm)
            for ring in (0.0, 0.6, 1.0, 1.5, 2.0, 2.6)
            for angle in np.linspace(0, 2 * math.pi, 12 if ring else 1, endpoint=False)
        )
        free = (spot for spot in spots if all(max(abs(spot[0] - a), abs(spot[1] - b)) >= apart_mm for a, b in settled))
        settled.append(next(free, (x, y)))
    return settled
