"""Geometry of records one by one: kind, range, validity with a repair, length, spikes, leaps, number of vertices."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.crs import METRES_PER_DEGREE
from layers.importing.checks.findings import Findings, Flags
from layers.schema import Layer

Shapes = NDArray[np.object_]
Numbers = NDArray[np.float64]

_SHAPES = {"Point": {"Point"}, "LineString": {"LineString"}, "Polygon": {"Polygon", "MultiPolygon"}}
_WANTED = {"Point": ("点", "points"), "LineString": ("线", "lines"), "Polygon": ("面", "areas")}
SHORTEST_M = 0.05
MOST_VERTICES = 20_000
LONGEST_LEAP_M = 30_000.0
#: A vertex at which the outline turns back by more than 178 degrees is a spike, if both sides are longer than this.
_SPIKE_M = 2.0
_SPIKE_COSINE = -np.cos(np.radians(2.0))
#: A repair that changes the area by more than this is not made: what was meant is not known.
MOST_REPAIR = 0.01


def check_geometry(layer: Layer, findings: Findings) -> Flags:
    """Check the geometry of each record and repair areas in `findings.frame`; return which have a usable one."""
    shapes = np.array(findings.frame["geometry"], dtype=object)
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    findings.mark("no_geometry", ~there)
    names = np.array([getattr(shape, "geom_type", "") for shape in shapes], dtype=object)
    fitting = np.isin(names.astype(str), sorted(_SHAPES[str(layer.geometry)]))
    zh, en = _WANTED[str(layer.geometry)]
    findings.mark("wrong_geometry", there & ~fitting, values=list(names), wanted_zh=zh, wanted_en=en)
    usable = there & fitting & findings.judged
    bounds = shapely.bounds(shapes)
    on_earth = (np.abs(bounds[:, [0, 2]]) <= 180).all(axis=1) & (np.abs(bounds[:, [1, 3]]) <= 90).all(axis=1)
    on_earth &= _finite(shapes)
    findings.mark("outside_earth", usable & ~on_earth)
    usable &= on_earth
    counts = np.where(usable, shapely.get_num_coordinates(shapes), 0)
    crowded = counts > MOST_VERTICES
    findings.mark("too_many_vertices", crowded, limit=MOST_VERTICES, most=int(counts.max(initial=0)))
    usable &= ~crowded
    if layer.geometry == "Polygon":
        usable &= _valid(shapes, usable, findings)
    if layer.geometry != "Point":
        _vertices(layer, shapes, usable, findings)
    return np.asarray(usable, dtype=bool)


def _finite(shapes: Shapes) -> Flags:
    """Whether every vertex has two numbers: bounds leave out one that is no number."""
    coordinates, owner = shapely.get_coordinates(shapes, return_index=True)
    broken = ~np.isfinite(coordinates).all(axis=1)
    return np.asarray(np.bincount(owner[broken], minlength=len(shapes)) == 0, dtype=bool)


def _valid(shapes: Shapes, usable: Flags, findings: Findings) -> Flags:
    """Repair areas that are broken, where that hardly changes them; return which are valid now."""
    invalid = usable & ~shapely.is_valid(shapes)
    if not invalid.any():
        return ~invalid
    at = np.flatnonzero(invalid)
    mended = np.array([_area_of(shape) for shape in shapely.make_valid(shapes[at])], dtype=object)
    new = shapely.area(mended)
    share = np.where(new > 0, np.abs(new - shapely.area(shapes[at])) / np.where(new > 0, new, 1.0), 1.0)
    repaired, broken = np.zeros(len(shapes), dtype=bool), np.zeros(len(shapes), dtype=bool)
    repaired[at[share <= MOST_REPAIR]] = True
    broken[at[share > MOST_REPAIR]] = True
    findings.mark("repaired", repaired, largest_share=float(share[share <= MOST_REPAIR].max(initial=0.0)))
    findings.mark("crosses_itself", broken, limit_share=MOST_REPAIR)
    shapes[repaired] = mended[share <= MOST_REPAIR]
    findings.frame["geometry"] = shapes
    return ~broken


def _area_of(shape: Any) -> Any:
    """Return the areas of a geometry without the lines and points that a repair may leave."""
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts) if parts else shapely.Polygon()


def _vertices(layer: Layer, shapes: Shapes, usable: Flags, findings: Findings) -> None:
    """Look at the steps from vertex to vertex of lines and outlines."""
    at = np.flatnonzero(usable)
    rings = shapes[at] if layer.geometry == "LineString" else shapely.boundary(shapes[at])
    parts, of_part = shapely.get_parts(rings, return_index=True)
    coordinates, of_vertex = shapely.get_coordinates(parts, return_index=True)
    if not len(coordinates):
        return
    step = (coordinates[1:] - coordinates[:-1]) * METRES_PER_DEGREE
    step[:, 0] *= np.cos(np.radians(coordinates[1:, 1]))
    same = of_vertex[1:] == of_vertex[:-1]
    length = np.where(same, np.hypot(step[:, 0], step[:, 1]), 0.0)
    owner = of_part[of_vertex[1:]]
    if layer.geometry == "LineString":
        whole = np.bincount(owner, weights=length, minlength=len(at))
        findings.mark("zero_length", _scattered(usable, at, whole < SHORTEST_M), limit_m=SHORTEST_M)
        crossing = ~shapely.is_simple(shapes[at])
        findings.mark("line_crosses_itself", _scattered(usable, at, crossing))
    leap = np.zeros(len(at))
    np.maximum.at(leap, owner, length)
    far = leap > LONGEST_LEAP_M
    findings.mark(
        "long_leap", _scattered(usable, at, far), limit_m=LONGEST_LEAP_M, largest_m=float(leap.max(initial=0.0))
    )
    spike = _spikes(step, length, same, owner, len(at))
    findings.mark("spike", _scattered(usable, at, spike > 0), largest_m=float(spike.max(initial=0.0)))


def _spikes(step: Numbers, length: Numbers, same: Flags, owner: NDArray[np.intp], count: int) -> Numbers:
    """Return the longest spike of each geometry in metres, 0 where it has none."""
    longest = np.zeros(count)
    if len(step) < 2:
        return longest
    product = length[1:] * length[:-1]
    turn = (step[1:] * step[:-1]).sum(axis=1) / np.where(product > 0, product, 1.0)
    shorter = np.minimum(length[1:], length[:-1])
    back = same[1:] & same[:-1] & (turn < _SPIKE_COSINE) & (shorter > _SPIKE_M)
    np.maximum.at(longest, owner[1:][back], shorter[back])
    return longest


def _scattered(usable: Flags, at: NDArray[np.intp], chosen: Flags) -> Flags:
    mask = np.zeros(len(usable), dtype=bool)
    mask[at[chosen]] = True
    return mask
