"""Rural land as a raster graph: hills that roads go round, and least-cost paths that merge into roads."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.sample.randomness import stream
from layers.sample.roadgraph import Point, RoadGraph, rounded
from layers.sample.sources import District

CELL_M = 250.0
#: An edge that is already a road costs this share, so that new roads join old ones.
REUSE = 0.28

Link = tuple[int, int]


@dataclass
class Countryside:
    """Raster cells outside the built-up streets; a cell is a vertex, and street nodes follow after the cells.

    Vertex `v` below `len(points)` is a cell; `len(points) + n` is node `n` of the road graph.
    """

    points: list[Point]
    hill: NDArray[np.float64]
    adjacent: list[list[tuple[int, float]]]
    used: dict[Link, str] = field(default_factory=dict)
    reached: set[int] = field(default_factory=set)

    def path(self, start: int, stop: Callable[[int], bool], reuse: float = REUSE) -> list[int]:
        """Cheapest path from `start` to the first vertex to `stop` at, start first; empty if there is none."""
        done: dict[int, int] = {}
        queue = [(0.0, start, -1)]
        while queue:
            spent, vertex, before = heapq.heappop(queue)
            if vertex in done:
                continue
            done[vertex] = before
            if stop(vertex):
                return _trace(done, vertex)
            for other, cost in self.adjacent[vertex]:
                if other not in done:
                    share = reuse if (min(vertex, other), max(vertex, other)) in self.used else 1.0
                    heapq.heappush(queue, (round(spent + cost * share, 3), other, vertex))
        return []

    def use(self, path: list[int], road_class: str) -> None:
        """Make a road of a path; a link keeps the first, more important class it was given."""
        for a, b in pairwise(path):
            self.used.setdefault((min(a, b), max(a, b)), road_class)
        self.reached.update(path)


def _trace(done: dict[int, int], vertex: int) -> list[int]:
    path = [vertex]
    while done[path[-1]] >= 0:
        path.append(done[path[-1]])
    return path[::-1]


def survey(graph: RoadGraph, district: District, streets: Iterable[int]) -> Countryside:
    """Lay the raster over both counties, leave out what is near streets and join it to them at their edges."""
    cells = _cells(district)
    street_nodes = sorted(streets)
    tree = shapely.STRtree(shapely.points([graph.points[node] for node in street_nodes]))
    near = tree.query_nearest(shapely.points(cells), all_matches=False, return_distance=True)
    distance = near[1]
    free = distance > 230
    points = [rounded(point) for point in cells[free]]
    hill = _hill(np.array(points), district)
    adjacent = _links(points, hill)
    first = len(points)
    adjacent += [[] for _ in graph.points]
    for cell, (gap, hit) in enumerate(zip(distance[free].tolist(), near[0][1][free].tolist(), strict=True)):
        if gap < 430:
            node = first + street_nodes[hit]
            adjacent[cell].append((node, gap * 1.2))
            adjacent[node].append((cell, gap * 1.2))
    for edge in graph.edges:
        cost = edge.length_m * (0.35 if edge.road_class != "street" else 0.6)
        adjacent[first + edge.start].append((first + edge.end, cost))
        adjacent[first + edge.end].append((first + edge.start, cost))
    return Countryside(points, hill, adjacent)


def _cells(district: District) -> NDArray[np.float64]:
    land = shapely.union_all([item.shape.buffer(1) for item in district.townships]).buffer(-320)
    west, south, east, north = land.bounds
    random = stream("countryside")
    xs = np.arange(math.floor(west / CELL_M), math.ceil(east / CELL_M)) * CELL_M
    ys = np.arange(math.floor(south / CELL_M), math.ceil(north / CELL_M)) * CELL_M
    grid = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    inside = shapely.contains_xy(land, grid[:, 0], grid[:, 1])
    shaken = grid + random.uniform(-85, 85, grid.shape)
    return np.round(shaken[inside], 1)


def _hill(points: NDArray[np.float64], district: District) -> NDArray[np.float64]:
    """Height from 0 (plain) to about 1: waves of three lengths, rising to the south-east where the Taihang stands."""
    random = stream("hills")
    offset = points - np.array(district.core_xy)
    height: NDArray[np.float64] = 0.28 * np.clip((offset[:, 0] * 0.7 - offset[:, 1]) / 26000, -0.4, 1.2)
    for wavelength, weight in ((9000.0, 0.30), (4200.0, 0.24), (1900.0, 0.14)):
        for _ in range(3):
            angle, phase = random.uniform(0, math.pi), random.uniform(0, 6.28)
            along = offset[:, 0] * math.cos(angle) + offset[:, 1] * math.sin(angle)
            height = height + weight / 3 * (1 + np.sin(along / wavelength * 6.28 + phase))
    rounded_height: NDArray[np.float64] = np.round(height, 4)
    return rounded_height


def _links(points: list[Point], hill: NDArray[np.float64]) -> list[list[tuple[int, float]]]:
    where = {(round(x / CELL_M), round(y / CELL_M)): index for index, (x, y) in enumerate(points)}
    adjacent: list[list[tuple[int, float]]] = [[] for _ in points]
    steps = [(1, 0), (0, 1), (1, 1), (1, -1)]
    for (column, row), here in where.items():
        for step in steps:
            there = where.get((column + step[0], row + step[1]))
            if there is None:
                continue
            climb = abs(float(hill[here] - hill[there]))
            flat = math.dist(points[here], points[there])
            cost = flat * (1 + 1.2 * float(hill[here] + hill[there])) + 3500 * climb
            adjacent[here].append((there, round(cost, 2)))
            adjacent[there].append((here, round(cost, 2)))
    return adjacent
