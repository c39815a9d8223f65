"""Drawings of lines and nodes in metres as frames of the layers, and back."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from layers.crs import from_zone, to_zone
from layers.topology import Topology

ZONE = 4547
ORIGIN = (400_000.0, 3_930_000.0)
Place = tuple[float, float]


def frame_of_lines(lines: dict[str, list[Place]], **columns: Any) -> gpd.GeoDataFrame:
    shapes = [shapely.LineString(_degrees(path)) for path in lines.values()]
    plain = {"id": list(lines), "name": [f"管线 {name}" for name in lines], "network": "heat", **columns}
    return gpd.GeoDataFrame(plain, geometry=shapes, crs=4490)


def frame_of_nodes(nodes: dict[str, tuple[Place, str]]) -> gpd.GeoDataFrame:
    shapes = [shapely.Point(_degrees([place])[0]) for place, _ in nodes.values()]
    kinds = [kind for _, kind in nodes.values()]
    return gpd.GeoDataFrame({"id": list(nodes), "network": "heat", "kind": kinds}, geometry=shapes, crs=4490)


def metres(shape: Any) -> list[Place]:
    coordinates = shapely.get_coordinates(shape)
    x, y = to_zone(ZONE).transform(coordinates[:, 0], coordinates[:, 1])
    return [(float(a) - ORIGIN[0], float(b) - ORIGIN[1]) for a, b in zip(x, y, strict=True)]


def pieces_of(topology: Topology, line: str) -> gpd.GeoDataFrame:
    """The pieces of a line in their order; a whole line is its own piece."""
    names = topology.parts.get(line, (line,))
    return topology.lines.set_index("id").loc[list(names)].reset_index()


def nodes_along(topology: Topology, line: str) -> list[str]:
    pieces = pieces_of(topology, line)
    assert list(pieces["from_node"][1:]) == list(pieces["to_node"][:-1]), "pieces follow each other"
    return [str(pieces["from_node"].iloc[0]), *map(str, pieces["to_node"])]


def _degrees(path: list[Place]) -> Any:
    x, y = np.array(path).T
    return np.column_stack(from_zone(ZONE).transform(x + ORIGIN[0], y + ORIGIN[1]))
