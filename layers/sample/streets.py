"""Street grids: one for the city, one for every town. Warped lattices, so that they look grown rather than ruled."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import shapely
from shapely.geometry.base import BaseGeometry

from layers.sample.randomness import stream
from layers.sample.roadgraph import Point, RoadGraph, rounded
from layers.sample.sources import CITY_DISTRICT, District, Township, metric

CITY_SPACING_M = 300.0
CITY_TURN_DEG = -4.0
ARTERIAL_EVERY = 3
RING_COLUMNS = (-8, 8)
RING_ROWS = (-8, 9)

#: Built-up lobes of the city: centre (degrees), radius in metres.
CITY_LOBES = (
    ((112.846, 35.499), 4100.0),
    ((112.884, 35.5535), 2100.0),
    ((112.868, 35.527), 2000.0),
    ((112.880, 35.478), 2300.0),
    ((112.806, 35.508), 1900.0),
)


@dataclass
class Streets:
    """Street nodes laid so far: those of the city, those of each town (by township code) and each township's seat."""

    city: list[int] = field(default_factory=list)
    towns: dict[str, list[int]] = field(default_factory=dict)
    seats: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Lattice:
    centre: Point
    spacing_m: float
    turn_deg: float
    warp_m: float
    phase: tuple[float, ...]

    def at(self, column: int, row: int) -> Point:
        turn = math.radians(self.turn_deg)
        u, v = column * self.spacing_m, row * self.spacing_m
        x = u * math.cos(turn) - v * math.sin(turn)
        y = u * math.sin(turn) + v * math.cos(turn)
        p = self.phase
        long_wave, short_wave = self.spacing_m * 16, self.spacing_m * 7
        dx = math.sin(y / long_wave * 6.28 + p[0]) + 0.45 * math.sin((x + y) / short_wave * 6.28 + p[1])
        dy = math.sin(x / long_wave * 6.28 + p[2]) + 0.45 * math.sin((x - y) / short_wave * 6.28 + p[3])
        return rounded((self.centre[0] + x + self.warp_m * dx, self.centre[1] + y + self.warp_m * dy))


def lay_streets(graph: RoadGraph, district: District) -> Streets:
    """Add the city's grid and the towns' grids to `graph`."""
    streets = Streets()
    footprint = _city_footprint(district)
    streets.city = _lay_city(graph, district, footprint)
    for township in district.townships:
        if township.urban:
            continue
        nodes = _lay_town(graph, township)
        streets.towns[township.code] = nodes
        streets.seats[township.code] = graph.nearest(_seat(township), nodes)
    for township in district.townships:
        if township.urban:
            inside = [n for n in streets.city if township.shape.contains(shapely.Point(graph.points[n]))]
            streets.seats[township.code] = graph.nearest(_seat(township, footprint), inside)
    return streets


def _seat(township: Township, within: BaseGeometry | None = None) -> Point:
    shape = township.shape if within is None else township.shape.intersection(within)
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    point = largest.centroid
    if not largest.buffer(-600).contains(point):
        point = shapely.Point(shapely.maximum_inscribed_circle(largest, 20).coords[0])
    return rounded((point.x, point.y))


def _city_footprint(district: District) -> BaseGeometry:
    lobes = [shapely.Point(metric(*centre)).buffer(radius) for centre, radius in CITY_LOBES]
    city = district.county_shape(CITY_DISTRICT).buffer(-120)
    return shapely.union_all(lobes).intersection(city)


def _lay_city(graph: RoadGraph, district: District, footprint: BaseGeometry) -> list[int]:
    random = stream("city streets")
    lattice = _Lattice(district.core_xy, CITY_SPACING_M, CITY_TURN_DEG, 75.0, tuple(random.uniform(0, 6.28, 4)))
    nodes: dict[tuple[int, int], int] = {}
    for column in range(-24, 25):
        for row in range(-24, 33):
            point = lattice.at(column, row)
            if footprint.contains(shapely.Point(point)):
                nodes[column, row] = graph.add_node(point)
    for (column, row), node in nodes.items():
        for step in ((1, 0), (0, 1)):
            other = nodes.get((column + step[0], row + step[1]))
            road_class = _city_class(column, row, step)
            outer = math.dist(graph.points[node], district.core_xy) / 4500
            gap = random.random() < 0.06 + 0.22 * min(1.0, outer)
            if other is not None and not (gap and road_class == "street"):
                graph.add_edge(node, other, road_class)
    return _joined(graph, list(nodes.values()))


def _city_class(column: int, row: int, step: tuple[int, int]) -> str:
    along_column = step == (0, 1)
    low, high = RING_ROWS if along_column else RING_COLUMNS
    here, line, rim = (row, column, RING_COLUMNS) if along_column else (column, row, RING_ROWS)
    if line in rim and low <= here < high:
        return "ring"
    return "arterial" if line % ARTERIAL_EVERY == 0 else "street"


def _lay_town(graph: RoadGraph, township: Township) -> list[int]:
    random = stream(f"town streets {township.code}")
    size = math.sqrt(township.villages / 25)
    columns, rows = round(4.2 * size + random.uniform(0, 2)), round(3.2 * size + random.uniform(0, 1.4))
    phase = tuple(random.uniform(0, 6.28, 4))
    lattice = _Lattice(_seat(township), 175.0, float(random.uniform(-30, 30)), 30.0, phase)
    inner = township.shape.buffer(-150)
    nodes: dict[tuple[int, int], int] = {}
    for column in range(-columns // 2, columns // 2 + 1):
        for row in range(-rows // 2, rows // 2 + 1):
            point = lattice.at(column, row)
            corner = abs(column) / max(1, columns / 2) + abs(row) / max(1, rows / 2) > 1.75
            if inner.contains(shapely.Point(point)) and not (corner and random.random() < 0.6):
                nodes[column, row] = graph.add_node(point)
    for (column, row), node in nodes.items():
        for step in ((1, 0), (0, 1)):
            other = nodes.get((column + step[0], row + step[1]))
            main = (row == 0 and step[0]) or (column == 0 and step[1])
            if other is not None and (main or random.random() > 0.2):
                graph.add_edge(node, other, "arterial" if main else "street")
    return _joined(graph, list(nodes.values()))


def _joined(graph: RoadGraph, nodes: list[int]) -> list[int]:
    """Join stray parts of a grid to its main part by a street to the nearest node; returns the nodes with streets."""
    parts: list[set[int]] = []
    left = {node for node in nodes if graph.degree(node)}
    while left:
        parts.append(graph.component(min(left)))
        left -= parts[-1]
    main = max(parts, key=len)
    for part in parts:
        if part is not main:
            start, end = min(
                ((a, b) for a in sorted(part) for b in sorted(main)),
                key=lambda pair: math.dist(graph.points[pair[0]], graph.points[pair[1]]),
            )
            graph.add_edge(start, end, "street")
            main |= part
    return sorted(main)
