"""A small mutable road graph in metres (EPSG:4547), with shortest paths by cost."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

Point = tuple[float, float]

#: Driving speed of each class of road, km/h. The order is the rank: earlier is more important.
SPEED_KPH = {"trunk": 80.0, "ring": 60.0, "arterial": 50.0, "county": 60.0, "street": 30.0, "rural": 40.0, "lane": 20.0}
RANK = {name: rank for rank, name in enumerate(SPEED_KPH)}

#: Networks prefer to follow important roads: cost of a metre of road as seen by a feeder or a main.
FOLLOW_COST = {
    "trunk": 0.85,
    "ring": 0.8,
    "arterial": 0.75,
    "county": 0.85,
    "street": 1.15,
    "rural": 1.0,
    "lane": 1.3,
}


def rounded(point: Iterable[float]) -> Point:
    """A point to the decimetre, so that the last bits of floating point never decide anything."""
    x, y = point
    return round(float(x), 1), round(float(y), 1)


@dataclass
class RoadEdge:
    """A piece of road between two nodes; `points` runs from `start` to `end`, both included."""

    start: int
    end: int
    road_class: str
    points: list[Point]
    length_m: float


@dataclass
class RoadTree:
    """Shortest paths from several roots: for each reached node its cost, the edge and node before it, and its root."""

    cost: dict[int, float]
    before: dict[int, tuple[int, int]]
    root: dict[int, int]

    def path(self, node: int) -> list[int]:
        """Nodes from `node` back to its root."""
        nodes = [node]
        while nodes[-1] in self.before:
            nodes.append(self.before[nodes[-1]][0])
        return nodes

    def edges(self, node: int) -> list[int]:
        """Edges from `node` back to its root."""
        return [self.before[item][1] for item in self.path(node)[:-1]]


@dataclass
class RoadGraph:
    """Nodes and edges by index; nothing is ever removed, so indices stay valid."""

    points: list[Point] = field(default_factory=list)
    edges: list[RoadEdge] = field(default_factory=list)
    adjacent: list[list[tuple[int, int]]] = field(default_factory=list)

    def add_node(self, point: Iterable[float]) -> int:
        """Add a node and return its index."""
        self.points.append(rounded(point))
        self.adjacent.append([])
        return len(self.points) - 1

    def add_edge(self, start: int, end: int, road_class: str, via: Iterable[Iterable[float]] = ()) -> int:
        """Add an edge through the points `via` and return its index."""
        points = [self.points[start], *(rounded(point) for point in via), self.points[end]]
        self.edges.append(RoadEdge(start, end, road_class, points, length(points)))
        index = len(self.edges) - 1
        self.adjacent[start].append((end, index))
        self.adjacent[end].append((start, index))
        return index

    def split(self, index: int) -> int:
        """Split a straight edge at its middle and return the new node; the edge keeps the first half."""
        edge = self.edges[index]
        (x0, y0), (x1, y1) = edge.points[0], edge.points[-1]
        middle = self.add_node(((x0 + x1) / 2, (y0 + y1) / 2))
        end = edge.end
        self.adjacent[end].remove((edge.start, index))
        self.adjacent[edge.start] = [
            (middle, index) if pair == (end, index) else pair for pair in self.adjacent[edge.start]
        ]
        self.adjacent[middle].append((edge.start, index))
        edge.end, edge.points = middle, [edge.points[0], self.points[middle]]
        edge.length_m = length(edge.points)
        self.add_edge(middle, end, edge.road_class)
        return middle

    def degree(self, node: int) -> int:
        """Number of edges at a node."""
        return len(self.adjacent[node])

    def follow_cost(self, index: int) -> float:
        """Cost of laying a line along an edge."""
        edge = self.edges[index]
        return edge.length_m * FOLLOW_COST[edge.road_class]

    def travel_cost(self, index: int) -> float:
        """Hours to drive an edge."""
        edge = self.edges[index]
        return edge.length_m / 1000 / SPEED_KPH[edge.road_class]

    def tree(
        self,
        roots: Mapping[int, float],
        cost: Callable[[int], float],
        *,
        limit: float = math.inf,
        stop: Callable[[int], bool] | None = None,
    ) -> RoadTree:
        """Shortest paths from `roots` (node to starting cost), up to `limit`, ending early at the first node to `stop`.

        Ties are broken by node index, so the tree does not depend on the order of anything.
        """
        found = RoadTree({}, {}, {})
        queue = [(start, root, -1, -1) for root, start in sorted(roots.items())]
        heapq.heapify(queue)
        while queue:
            spent, node, before, edge = heapq.heappop(queue)
            if node in found.cost or spent > limit:
                continue
            found.cost[node] = spent
            found.root[node] = node if before < 0 else found.root[before]
            if before >= 0:
                found.before[node] = (before, edge)
            if stop is not None and stop(node):
                break
            for other, link in self.adjacent[node]:
                if other not in found.cost:
                    heapq.heappush(queue, (round(spent + cost(link), 4), other, node, link))
        return found

    def heading(self, node: int) -> float:
        """Direction of a node's first road, radians from east."""
        (x, y), (other, _) = self.points[node], min(self.adjacent[node], key=lambda pair: pair[1])
        return round(math.atan2(self.points[other][1] - y, self.points[other][0] - x), 4)

    def nearest(self, point: Point, among: Iterable[int]) -> int:
        """The node of `among` closest to a point, the lower index at a tie."""
        x, y = point
        return min(among, key=lambda node: (math.hypot(self.points[node][0] - x, self.points[node][1] - y), node))

    def component(self, node: int) -> set[int]:
        """All nodes that can be reached from a node."""
        seen, stack = {node}, [node]
        while stack:
            for other, _ in self.adjacent[stack.pop()]:
                if other not in seen:
                    seen.add(other)
                    stack.append(other)
        return seen


def length(points: list[Point]) -> float:
    """Length of a polyline in metres, to the decimetre."""
    return round(sum(math.dist(a, b) for a, b in pairwise(points)), 1)


def along(graph: RoadGraph, path: list[int], edges: list[int]) -> list[Point]:
    """Points of a way through the graph: `path` its nodes, `edges` the edges between them."""
    points = [graph.points[path[0]]]
    for node, index in zip(path, edges, strict=False):
        edge = graph.edges[index]
        points += (edge.points if edge.start == node else edge.points[::-1])[1:]
    return points
