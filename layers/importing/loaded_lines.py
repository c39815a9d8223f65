"""Lines that are loaded already and lie beside lines or devices of a file: what is new is joined to them."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers.crs import METRES_PER_DEGREE, STORAGE_EPSG

Shapes = NDArray[np.object_]


def lines_near(loaded: pd.DataFrame, shapes: Shapes, networks: NDArray[np.object_], within_m: float) -> pd.DataFrame:
    """Return the loaded lines that lie within a distance of one of the `shapes` of the same network.

    Both are in EPSG:4490; distances are taken a little too large, never too small. What is far away is told by its box
    alone, so that some hundred thousand loaded lines cost neither time nor memory worth telling. No shapes, or nothing
    loaded, give no lines.
    """
    if not len(loaded) or not len(shapes):
        return loaded.iloc[:0]
    west, south, east, north = shapely.total_bounds(shapes)
    degrees = degrees_of(within_m, max(abs(south), abs(north)))
    standing = loaded["geometry"].to_numpy(dtype=object)
    boxes = shapely.bounds(standing)
    meets = (boxes[:, 0] <= east + degrees) & (boxes[:, 2] >= west - degrees)
    meets &= (boxes[:, 1] <= north + degrees) & (boxes[:, 3] >= south - degrees)
    at = np.flatnonzero(meets)
    of_network = loaded["network"].to_numpy(dtype=object)[at]
    near = np.zeros(len(at), dtype=bool)
    for network in set(networks.tolist()):
        own = np.flatnonzero(of_network == network)
        if not len(own):
            continue
        tree = shapely.STRtree(shapes[networks == network])
        found, _ = tree.query(standing[at[own]], predicate="dwithin", distance=degrees)
        near[own[np.unique(found)]] = True
    return loaded.iloc[at[near]]


def degrees_of(metres: float, latitude: float) -> float:
    """Return how many degrees a distance is at most, in either direction, up to a latitude."""
    return metres * 1.001 / (METRES_PER_DEGREE * max(0.01, float(np.cos(np.radians(min(latitude, 89.0))))))


def in_metres(shapes: Shapes, latitude: float) -> Shapes:
    """Return shapes in EPSG:4490 stretched to metres at a latitude: exact enough for what lies near each other."""
    scale = METRES_PER_DEGREE * np.array([np.cos(np.radians(latitude)), 1.0])
    return np.asarray(shapely.transform(shapes, lambda degrees: degrees * scale), dtype=object)


def as_lines(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return records as a frame with geometry in EPSG:4490, whether they are one already or not."""
    if isinstance(frame, gpd.GeoDataFrame) and frame.crs is not None:
        return frame
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=STORAGE_EPSG)


def whole(parts: list[Any]) -> gpd.GeoDataFrame:
    """Return records of several frames as one."""
    return as_lines(pd.concat([pd.DataFrame(part) for part in parts], ignore_index=True))
