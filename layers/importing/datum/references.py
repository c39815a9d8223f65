"""What is loaded as a measure of where new places should lie: the same records, and lines that things follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers.crs import ellipsoid
from layers.schema import Title

#: Layers whose lines each layer follows, in the order in which they are asked.
_FOLLOWS = {
    "network_lines": ("network_nodes", "roads"),
    "network_nodes": ("network_lines", "roads"),
    "facilities": ("roads",),
    "coal_routes": ("roads",),
    "roads": ("roads",),
    "sites": ("roads",),
}
_TITLES = {
    "roads": Title("与已有道路相比", "Compared with the roads that are loaded"),
    "network_lines": Title("与已有管线相比", "Compared with the network lines that are loaded"),
    "network_nodes": Title("与已有站点设备相比", "Compared with the network nodes that are loaded"),
}
_SAME = Title("与已有的同一批记录相比", "Compared with the same records that are loaded")
#: How far around the places lines are looked at: more than any offset of a web map, in degrees and metres.
_AROUND_DEG = 0.03
_FARTHEST_M = 1500.0


def local_m(origins: NDArray[np.float64], places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the steps (n, 2) in metres east and north from longitudes, latitudes to others nearby."""
    scale = _metres_per_degree(float(np.nanmedian(origins[:, 1])) if len(origins) else 0.0)
    return np.asarray((places - origins) * scale)


def _metres_per_degree(latitude: float) -> NDArray[np.float64]:
    geod = ellipsoid()
    east_m = geod.inv(0.0, latitude, 0.01, latitude)[2] * 100.0
    north_m = geod.inv(0.0, latitude - 0.005, 0.0, latitude + 0.005)[2] * 100.0
    return np.array([east_m, north_m])


@dataclass(frozen=True, eq=False)
class Lines:
    """Lines or points near the places, in metres about `origin` (longitude, latitude), and what people call them."""

    title: Title
    origin: NDArray[np.float64]
    tree: shapely.STRtree

    def distances_m(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return each place's distance to the nearest, in metres; NaN where none is near or there is no place."""
        out = np.full(len(places), np.nan)
        known = np.flatnonzero(np.isfinite(places).all(axis=1))
        points = shapely.points(local_m(np.broadcast_to(self.origin, places.shape), places)[known])
        pairs, distances = self.tree.query_nearest(
            points, max_distance=_FARTHEST_M, return_distance=True, all_matches=False
        )
        out[known[pairs[0]]] = distances
        return out


def lines_for(
    layer: str, networks: NDArray[np.object_], current: Mapping[str, Any], points: NDArray[np.float64]
) -> Iterator[Lines]:
    """Yield what places of a layer should lie along, as far as it is loaded near the points."""
    low, high = np.nanmin(points, axis=0), np.nanmax(points, axis=0)
    box = shapely.box(*(low - _AROUND_DEG), *(high + _AROUND_DEG))
    for key in _FOLLOWS.get(layer, ()):
        frame = current.get(key)
        if frame is None or len(frame) == 0:
            continue
        if key.startswith("network_"):
            # A gas pipe says nothing about where cables should be.
            frame = frame[frame["network"].isin([name for name in pd.unique(networks) if name is not None])]
        shapes = np.asarray(frame["geometry"], dtype=object)
        shapes = shapes[shapely.intersects(box, shapes)] if len(shapes) else shapes
        if len(shapes):
            yield _lines(_TITLES[key], shapes)


def _lines(title: Title, shapes: NDArray[np.object_]) -> Lines:
    origin = np.median(shapely.get_coordinates(shapes), axis=0)

    def flat(given: NDArray[np.float64]) -> NDArray[np.float64]:
        return local_m(np.broadcast_to(origin, given.shape), given)

    return Lines(title, origin, shapely.STRtree(shapely.transform(shapes, flat)))


def partners(
    layer: str, ids: NDArray[np.object_], names: NDArray[np.object_], current: Mapping[str, Any]
) -> tuple[NDArray[np.int64], NDArray[np.float64], Title]:
    """Return which records (places in the arrays) are loaded already, and where those are (m, 2) in EPSG:4490.

    By identifier first; else by a name that is unique on both sides, in any layer of places.
    """
    nothing = np.zeros(0, dtype=np.int64), np.zeros((0, 2)), _SAME
    for key, column, values in ((layer, "id", ids), (layer, "name", names), *_named_elsewhere(layer, names)):
        frame = current.get(key)
        if frame is None or len(frame) == 0 or "geometry" not in frame:
            continue
        known = frame[~frame[column].duplicated(keep=False)]
        series = pd.Series(values, dtype=object)
        series = series[series.notna() & ~series.duplicated(keep=False)]
        place = pd.Index(known[column].astype(object)).get_indexer(pd.Index(series))
        found = place >= 0
        if found.sum() >= 3:
            shapes = np.asarray(known["geometry"], dtype=object)[place[found]]
            return series.index.to_numpy(dtype=np.int64)[found], middles(shapes), _SAME
    return nothing


def _named_elsewhere(layer: str, names: NDArray[np.object_]) -> tuple[tuple[str, str, NDArray[np.object_]], ...]:
    others = {"facilities": ("network_nodes", "sites"), "network_nodes": ("facilities",), "sites": ("facilities",)}
    return tuple((key, "name", names) for key in others.get(layer, ()))


def middles(shapes: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return a point (n, 2) of each geometry: halfway along lines, the centroid of all others."""
    lines = shapely.get_type_id(shapes) == 1
    points = np.asarray(shapely.centroid(shapes), dtype=object)
    points[lines] = shapely.line_interpolate_point(shapes[lines], 0.5, normalized=True)
    return np.column_stack([shapely.get_x(points), shapely.get_y(points)])
