"""The road network: streets, trunk roads between seats, country roads to every village, village lanes."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely

from layers.sample.countryside import Countryside, Link, survey
from layers.sample.randomness import stream
from layers.sample.roadgraph import RANK, Point, RoadGraph, rounded
from layers.sample.settlements import Settlement, populate, settle
from layers.sample.sources import CITY_DISTRICT, District
from layers.sample.streets import Streets, lay_streets


@dataclass
class Roads:
    """The finished road graph with what stands on it."""

    graph: RoadGraph
    streets: Streets
    settlements: list[Settlement]
    #: Middle of a street, where homes connect: road node to township code.
    street_loads: dict[int, str]
    #: Road nodes at the county's border, where roads and lines come in.
    gates: list[int]


def build_roads(district: District) -> Roads:
    """Build every road of the sample; one connected network."""
    graph = RoadGraph()
    streets = lay_streets(graph, district)
    street_nodes = {*streets.city, *(node for nodes in streets.towns.values() for node in nodes)}
    land = survey(graph, district, street_nodes)
    settlements = settle(graph, district, streets, land)
    gate_cells = _trunk_roads(graph, district, streets, land)
    _village_roads(settlements, land)
    node_of_cell = _merge(graph, land, {item.cell for item in settlements if item.cell >= 0} | set(gate_cells))
    _lanes(graph, district, settlements, node_of_cell)
    loads = _street_loads(graph, district, street_nodes, streets)
    _assign_streets(graph, settlements, loads)
    populate(district, settlements)
    return Roads(graph, streets, settlements, loads, [node_of_cell[cell] for cell in gate_cells])


def _trunk_roads(graph: RoadGraph, district: District, streets: Streets, land: Countryside) -> list[int]:
    """Roads between neighbouring seats (Gabriel graph), then out to the border; returns the border cells."""
    first = len(land.points)
    core = graph.nearest(district.core_xy, streets.city)
    seats = [core, *(streets.seats[item.code] for item in district.townships if not item.urban)]
    pairs = sorted(_gabriel([graph.points[seat] for seat in seats]), key=lambda pair: pair[2])
    for a, b, _ in pairs:
        road_class = "trunk" if a == 0 or b == 0 else "county"
        land.use(land.path(first + seats[a], {first + seats[b]}.__contains__), road_class)
    gates = []
    for direction in (80, 40, -25, -95, 165, 130):
        cell = _border_cell(district, land, direction)
        land.use(land.path(cell, land.reached.__contains__), "trunk")
        gates.append(cell)
    return gates


def _border_cell(district: District, land: Countryside, direction_deg: float) -> int:
    ux, uy = math.cos(math.radians(direction_deg)), math.sin(math.radians(direction_deg))
    offset = np.array(land.points) - np.array(district.core_xy)
    along, across = offset @ np.array([ux, uy]), np.abs(offset @ np.array([-uy, ux]))
    return int(np.argmax(np.round(np.where(across < 900, along, -1e9), 1)))


def _gabriel(points: list[Point]) -> list[tuple[int, int, float]]:
    """Pairs with no third point near their middle (a Gabriel graph with a smaller circle), with their distance."""
    pairs = []
    for a in range(len(points)):
        for b in range(a + 1, len(points)):
            middle = ((points[a][0] + points[b][0]) / 2, (points[a][1] + points[b][1]) / 2)
            radius = math.dist(points[a], points[b]) / 2
            if all(math.dist(middle, p) >= 0.84 * radius for i, p in enumerate(points) if i not in (a, b)):
                pairs.append((a, b, round(2 * radius, 1)))
    return pairs


def _village_roads(settlements: list[Settlement], land: Countryside) -> None:
    """Each village to the nearest road, nearest villages first; then loops between neighbours that roads keep apart."""
    roads = shapely.MultiPoint([land.points[vertex] for vertex in sorted(land.reached) if vertex < len(land.points)])
    villages = [item for item in settlements if item.cell >= 0]
    villages.sort(key=lambda item: (round(roads.distance(shapely.Point(item.point)), 1), item.number))
    for item in villages:
        land.use(land.path(item.cell, land.reached.__contains__), "rural")
    random = stream("village loops")
    points = np.array([item.point for item in villages])
    for index, item in enumerate(villages):
        gap = np.hypot(*(points - points[index]).T)
        neighbour = int(np.argsort(np.round(gap, 1), kind="stable")[1 + int(random.integers(0, 3))])
        if random.random() < 0.5 and gap[neighbour] < 3600:
            land.use(land.path(item.cell, {villages[neighbour].cell}.__contains__, reuse=0.75), "rural")


def _merge(graph: RoadGraph, land: Countryside, special: set[int]) -> dict[int, int]:
    """Turn used links into smooth road edges of the graph; returns the road node of each kept cell."""
    first = len(land.points)
    links: dict[int, list[int]] = defaultdict(list)
    for a, b in sorted(land.used):
        if a < first or b < first:
            links[a].append(b)
            links[b].append(a)
        else:
            _raise_class(graph, a - first, b - first, land.used[a, b])

    def kept(vertex: int) -> bool:
        if vertex >= first or vertex in special or len(links[vertex]) != 2:
            return True
        classes = {land.used[min(vertex, other), max(vertex, other)] for other in links[vertex]}
        return len(classes) > 1

    node_of = {vertex: vertex - first for vertex in links if vertex >= first}
    for vertex in sorted(links):
        if vertex < first and kept(vertex):
            node_of[vertex] = graph.add_node(land.points[vertex])
    done: set[Link] = set()
    for vertex in sorted(node_of):
        for other in links[vertex]:
            chain = _chain(vertex, other, links, kept)
            key = (min(chain[0], chain[1]), max(chain[0], chain[1]))
            last = (min(chain[-1], chain[-2]), max(chain[-1], chain[-2]))
            if key in done or last in done:
                continue
            done |= {key, last}
            points = [land.points[v] if v < first else graph.points[v - first] for v in chain]
            graph.add_edge(node_of[chain[0]], node_of[chain[-1]], land.used[key], _smooth(points)[1:-1])
    return node_of


def _raise_class(graph: RoadGraph, a: int, b: int, road_class: str) -> None:
    """A street that carries a through road becomes at least an arterial."""
    for other, index in graph.adjacent[a]:
        if other == b and road_class in ("trunk", "county") and RANK[graph.edges[index].road_class] > RANK["arterial"]:
            graph.edges[index].road_class = "arterial"


def _chain(start: int, step: int, links: dict[int, list[int]], kept: Callable[[int], bool]) -> list[int]:
    chain = [start, step]
    while not kept(chain[-1]):
        chain.append(next(other for other in links[chain[-1]] if other != chain[-2]))
    return chain


def _smooth(points: list[Point]) -> list[Point]:
    """Cut corners twice (Chaikin) and drop points that change the line by less than 12 m."""
    for _ in range(2):
        if len(points) < 3:
            return points
        cut: list[Point] = [points[0]]
        for a, b in pairwise(points):
            cut += [(0.75 * a[0] + 0.25 * b[0], 0.75 * a[1] + 0.25 * b[1])]
            cut += [(0.25 * a[0] + 0.75 * b[0], 0.25 * a[1] + 0.75 * b[1])]
        points = [*cut, points[-1]]
    line = shapely.simplify(shapely.LineString(points), 12.0)
    return [rounded(point) for point in line.coords]


def _lanes(graph: RoadGraph, district: District, settlements: list[Settlement], node_of_cell: dict[int, int]) -> None:
    """Lanes of each village: its people live along them and at its centre."""
    random = stream("lanes")
    for item in settlements:
        if item.cell < 0:
            continue
        centre = node_of_cell[item.cell]
        item.load_nodes.append(centre)
        shape = district.township(item.township).shape.buffer(-60)
        heading = float(random.uniform(0, 360))
        for turn in range(2 if random.random() < 0.7 else 4):
            angle = math.radians(heading + turn * (360 / 3.3) + float(random.uniform(-18, 18)))
            reach = float(random.uniform(140, 290))
            x, y = item.point
            end = (x + reach * math.cos(angle), y + reach * math.sin(angle))
            bend = (x + 0.5 * reach * math.cos(angle + 0.15), y + 0.5 * reach * math.sin(angle + 0.15))
            if shape.contains(shapely.Point(end)):
                node = graph.add_node(end)
                graph.add_edge(centre, node, "lane", [bend])
                item.load_nodes.append(node)


def _street_loads(graph: RoadGraph, district: District, street_nodes: set[int], streets: Streets) -> dict[int, str]:
    """Split streets at their middles, where buildings connect. Trunk roads and the ring carry no front doors."""
    random = stream("street loads")
    city = set(streets.city)
    middles: list[int] = []
    for index in range(len(graph.edges)):
        edge = graph.edges[index]
        if edge.start not in street_nodes or edge.end not in street_nodes or len(edge.points) > 2:
            continue
        outer = math.dist(edge.points[0], district.core_xy) / 4500
        share = max(0.38, 1.1 - 0.78 * outer) if edge.start in city else 0.56
        if edge.road_class in ("street", "arterial") and random.random() < share:
            middles.append(graph.split(index))
    codes = district.township_of(np.array([graph.points[node] for node in middles]))
    return {node: code for node, code in zip(middles, codes, strict=True) if code}


def _assign_streets(graph: RoadGraph, settlements: list[Settlement], loads: dict[int, str]) -> None:
    """Give each street middle to the nearest quarter of its township, and no quarter goes without."""
    quarters: dict[str, list[Settlement]] = defaultdict(list)
    for item in settlements:
        if item.in_town:
            quarters[item.township].append(item)
    for node in sorted(loads):
        here = quarters[loads[node]]
        nearest = min(here, key=lambda item: (round(math.dist(item.point, graph.points[node]), 1), item.number))
        nearest.load_nodes.append(node)
    for item in settlements:
        if item.in_town and not item.load_nodes:
            same = [node for node, code in loads.items() if code == item.township]
            item.load_nodes.append(graph.nearest(item.point, same))


def city_nodes(roads: Roads, district: District) -> set[int]:
    """Load nodes of the city district's streets."""
    codes = {item.code for item in district.townships if item.county_code == CITY_DISTRICT}
    return {node for node, code in roads.street_loads.items() if code in codes}
