"""Frames of lines and nodes as arrays in metres, one network at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

from layers.crs import to_zone, zone_of
from layers.topology.model import Anchors, Drawing, Flags, Ints, Numbers
from layers.topology.shapes import linestrings
from layers.vocabulary import DEVICE_KINDS

#: Each end of a line moves by less than half its length, so that both together never use it up.
_SHARE = 0.4


def zone_about(lines: gpd.GeoDataFrame, nodes: gpd.GeoDataFrame) -> int:
    """Return the projected system in metres that suits the middle of the data; that of 114E without data."""
    bounds = [frame.total_bounds for frame in (lines, nodes) if len(frame)]
    middles = [(west + east) / 2 for west, _, east, _ in bounds if np.isfinite([west, east]).all()]
    return zone_of(float(np.mean(middles)) if middles else 114.0)


def in_metres(degrees: Numbers, zone: Transformer) -> Numbers:
    """Return (n, 2) longitude, latitude as easting, northing."""
    return np.column_stack(zone.transform(degrees[:, 0], degrees[:, 1]))


def each_network(lines: Any, nodes: Any) -> Iterator[tuple[Flags, Flags]]:
    """Yield which lines and which nodes are of one network, network by network by name."""
    of_lines, of_nodes = lines["network"].to_numpy(dtype=object), nodes["network"].to_numpy(dtype=object)
    for network in sorted({str(name) for name in of_lines}):
        yield of_lines == network, of_nodes == network


def drawing_of(lines: gpd.GeoDataFrame, epsg: int, tolerance_m: float) -> Drawing:
    """Return the lines of one network, in the order given."""
    shapes = np.asarray(lines.geometry.to_numpy(), dtype=object)
    degrees = shapely.get_coordinates(shapes)
    metres = in_metres(degrees, to_zone(epsg))
    counts = shapely.get_num_coordinates(shapes)
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    owner = np.repeat(np.arange(len(shapes)), counts)
    steps = np.zeros(len(metres))
    steps[1:] = np.hypot(*(metres[1:] - metres[:-1]).T)
    steps[first[:-1]] = 0.0
    along = np.zeros(len(metres))
    if len(metres):
        total = np.cumsum(steps)
        along = total - total[first[:-1]][owner]
    length = along[first[1:] - 1] if len(shapes) else np.zeros(0)
    return Drawing(
        lines["id"].to_numpy(dtype=object),
        first,
        degrees,
        metres,
        along,
        linestrings(metres, owner),
        length,
        np.minimum(tolerance_m, _SHARE * length),
    )


def anchors_of(nodes: gpd.GeoDataFrame, epsg: int) -> Anchors:
    """Return the nodes of one network, in the order given."""
    degrees = shapely.get_coordinates(np.asarray(nodes.geometry.to_numpy(), dtype=object)).reshape(-1, 2)
    return Anchors(
        nodes["id"].to_numpy(dtype=object),
        degrees,
        in_metres(degrees, to_zone(epsg)) if len(degrees) else np.empty((0, 2)),
        np.isin(nodes["kind"].astype(str).to_numpy(), DEVICE_KINDS),
    )


def named_nodes(lines: Any, nodes: Any) -> Ints:
    """Return the node that each end names (its number among `nodes`), -1 where it names none that is there."""
    index = pd.Index(nodes["id"])
    ends = np.full((len(lines), 2), -1, dtype=np.int64)
    for side, column in enumerate(("from_node", "to_node")):
        if column in lines.columns and len(index):
            ends[:, side] = index.get_indexer(lines[column].astype(object))
    return ends.ravel()
