"""A small map of a warning's area for pages without scripts: townships in outline, what is warned filled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from priority.townships import Townships
from priority.warnings.plane import LocalPlane

WIDTH, HEIGHT = 420, 300
_MARGIN = 10
#: Outlines are straightened by this share of the map's width: less than a pixel would show.
_STRAIGHTENED = 0.0015
#: More names than these run into each other; the text has them all.
_MOST_LABELS = 10


@dataclass(frozen=True)
class Label:
    """A township's name and where it stands, in pixels."""

    name: str
    x: int
    y: int


@dataclass(frozen=True)
class Sketch:
    """Paths (SVG path data, pixels from the top left) of townships and of what is warned, and the names to write."""

    townships: tuple[str, ...]
    warned: str
    labels: tuple[Label, ...]
    width: int = WIDTH
    height: int = HEIGHT


def sketch_of(pieces: Sequence[shapely.Polygon], townships: Townships | None, county_code: str) -> Sketch | None:
    """Return the sketch of an area's pieces (EPSG:4490) among the townships of a county; None for no area.

    Names are written for townships that the area takes in, if they are not too many to be read.
    """
    if not pieces:
        return None
    area = shapely.union_all(list(pieces))
    own = [] if townships is None else np.flatnonzero(townships.county_codes == county_code).tolist()
    outlines = [] if townships is None else [townships.shapes[number] for number in own]
    fit = _Fit.around([area, *outlines])
    labels = [] if townships is None else _labels(fit, area, [(townships.names[n], townships.shapes[n]) for n in own])
    return Sketch(
        townships=tuple(fit.path(shape) for shape in outlines),
        warned=fit.path(area),
        labels=tuple(labels),
    )


@dataclass(frozen=True)
class _Fit:
    """From degrees to pixels, so that everything goes on the sketch."""

    plane: LocalPlane
    west: float
    north: float
    pixels_per_m: float

    @classmethod
    def around(cls, shapes: Iterable[BaseGeometry]) -> _Fit:
        """Return the largest scale at which all shapes are on the sketch."""
        together = shapely.union_all([shapely.envelope(shape) for shape in shapes])
        plane = LocalPlane.around(together)
        west, south, east, north = plane.to_metres(together).bounds
        wide, high = WIDTH - 2 * _MARGIN, HEIGHT - 2 * _MARGIN
        scale = min(wide / max(east - west, 1.0), high / max(north - south, 1.0))
        middle_x, middle_y = (west + east) / 2, (south + north) / 2
        return cls(plane, middle_x - WIDTH / 2 / scale, middle_y + HEIGHT / 2 / scale, scale)

    def pixels(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a shape in pixels."""
        return shapely.transform(
            self.plane.to_metres(shape),
            lambda points: (points - [self.west, self.north]) * [self.pixels_per_m, -self.pixels_per_m],
        )

    def path(self, shape: BaseGeometry) -> str:
        """Return path data of a Polygon or MultiPolygon, holes included."""
        straight = shapely.simplify(self.pixels(shape), WIDTH * _STRAIGHTENED, preserve_topology=True)
        rings = [ring for part in shapely.get_parts(straight) for ring in (part.exterior, *part.interiors)]
        return "".join(f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in ring.coords[:-1])}Z" for ring in rings)


def _labels(fit: _Fit, area: BaseGeometry, named: Sequence[tuple[str, BaseGeometry]]) -> list[Label]:
    hit = [
        (name, shape)
        for name, shape in named
        if shapely.area(shapely.intersection(shape, area)) > 0.05 * shapely.area(shape)
    ]
    labels = []
    for name, shape in hit if len(hit) <= _MOST_LABELS else ():
        x, y = shapely.get_coordinates(shapely.point_on_surface(fit.pixels(shape)))[0]
        labels.append(Label(name, round(x), round(y)))
    return labels
