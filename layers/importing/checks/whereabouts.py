"""Where records lie: in the county, outside its outline, far from everything, or with their axes exchanged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.crs import METRES_PER_DEGREE
from layers.importing.checks.findings import Findings, Flags

FAR_KM = 50.0
#: Layers that are themselves the ground on which others are judged.
_GROUND = {"counties": (), "townships": ("counties",)}


class Ground:
    """The outline of what is loaded: counties, else townships, else the hull of nodes, roads and facilities."""

    def __init__(self, layer: str, current: Mapping[str, Any]) -> None:
        areas = _GROUND.get(layer, ("counties", "townships"))
        self.outline = _union(current, areas)
        self.known = self.outline is not None
        if self.outline is None and layer not in _GROUND:
            self.outline = _hull(current)
        if self.outline is not None:
            shapely.prepare(self.outline)

    def check(self, findings: Findings, usable: Flags) -> None:
        """Mark records that lie outside; nothing where nothing is loaded to compare with."""
        if self.outline is None or not usable.any():
            return
        shapes = np.asarray(findings.frame["geometry"], dtype=object)
        outside = usable.copy()
        outside[usable] = ~shapely.intersects(self.outline, shapes[usable])
        at = np.flatnonzero(outside)
        if not len(at):
            return
        distance = self._distance_m(shapes[at])
        far = distance > FAR_KM * 1000
        swapped = far.copy()
        swapped[far] = self._fits_swapped(shapes[at[far]])
        far &= ~swapped
        figures: dict[str, Any] = {"limit_km": FAR_KM, "largest_km": float(distance[far].max(initial=0.0)) / 1000}
        findings.mark("axes_swapped", _mask(outside, at[swapped]))
        findings.mark("far_away", _mask(outside, at[far]), **figures)
        if self.known:
            near = ~far & ~swapped
            most = float(distance[near].max(initial=0.0))
            findings.mark("out_of_county", _mask(outside, at[near]), largest_m=most)

    def _distance_m(self, shapes: NDArray[np.object_]) -> NDArray[np.float64]:
        """Distance to the outline, to a few per cent: degrees are stretched to metres at the outline's latitude."""
        assert self.outline is not None  # noqa: S101 - only asked where there is one
        latitude = np.radians(shapely.get_coordinates(shapely.centroid(self.outline))[0, 1])
        scale = np.array([METRES_PER_DEGREE * np.cos(latitude), METRES_PER_DEGREE])
        plane = shapely.transform(self.outline, lambda degrees: degrees * scale)
        shapely.prepare(plane)
        return np.asarray(shapely.distance(plane, shapely.transform(shapes, lambda degrees: degrees * scale)))

    def _fits_swapped(self, shapes: NDArray[np.object_]) -> Flags:
        exchanged = shapely.transform(shapes, lambda degrees: degrees[:, ::-1])
        return np.asarray(shapely.intersects(self.outline, exchanged), dtype=bool)


def _union(current: Mapping[str, Any], keys: tuple[str, ...]) -> Any:
    for key in keys:
        frame = current.get(key)
        if frame is not None and len(frame):
            return shapely.union_all(np.asarray(frame.geometry.to_numpy(), dtype=object))
    return None


def _hull(current: Mapping[str, Any]) -> Any:
    boxes = [
        frame.total_bounds
        for key in ("network_nodes", "network_lines", "roads", "facilities")
        if (frame := current.get(key)) is not None and len(frame)
    ]
    if not boxes:
        return None
    west, south = np.min([box[:2] for box in boxes], axis=0)
    east, north = np.max([box[2:] for box in boxes], axis=0)
    return shapely.box(west, south, east, north)


def _mask(like: Flags, at: NDArray[np.intp]) -> Flags:
    mask = np.zeros(len(like), dtype=bool)
    mask[at] = True
    return mask
