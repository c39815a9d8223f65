"""Who draws from the networks, and where: homes at road nodes, and places that have a connection of their own."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
import shapely

from layers.sample.census import share_out, township_census
from layers.sample.randomness import stream
from layers.sample.roadgraph import Point, rounded
from layers.sample.roads import Roads
from layers.sample.sources import District


@dataclass
class Place:
    """A place with connections of its own: a priority facility, a plant, a pump, or a factory that is no facility.

    `service` maps a network to the node that serves it, `backup` is its second electricity node if it has one.
    """

    number: int
    name: str
    category: str
    township: str
    point: Point
    road_node: int
    people: int
    load_kw: float
    dual: bool = False
    kind: str = ""
    source_node: str | None = None
    provenance: str = "synthetic"
    source: str = "示例生成"
    service: dict[str, str] = field(default_factory=dict)
    backup: str | None = None


@dataclass(frozen=True)
class Home:
    """People at one road node: an exact share of their township's census."""

    road_node: int
    township: str
    settlement: int
    people: int
    households: int


def house(district: District, roads: Roads) -> list[Home]:
    """Share every settlement's people and households out over its road nodes; whole numbers, exact sums."""
    census = township_census(district)
    random = stream("homes")
    homes: list[Home] = []
    by_township = defaultdict(list)
    for item in roads.settlements:
        by_township[item.township].append(item)
    for code in sorted(by_township):
        items = by_township[code]
        households = share_out(census[code][1], [float(item.population) for item in items])
        for item, count in zip(items, households, strict=True):
            weights = np.round(random.lognormal(0, 0.3, len(item.load_nodes)), 6).tolist()
            people = share_out(item.population, weights)
            homes_here = share_out(count, [float(value) for value in people])
            homes += [
                Home(node, code, item.number, number, meters)
                for node, number, meters in zip(item.load_nodes, people, homes_here, strict=True)
                if number > 0
            ]
    return homes


def around(centre: Point, index: int, count: int, phase_deg: float, shape: shapely.Geometry) -> Point:
    """Where the `index`-th of `count` consumers stands round its tap, inside the township `shape`."""
    for reach in (36.0 + 11.0 * (index % 3), 24.0, 12.0, 6.0, 2.0):
        for turn in (0.0, 90.0, 180.0, 270.0):
            angle = math.radians(phase_deg + 360.0 * index / max(count, 1) + turn)
            point = rounded((centre[0] + reach * math.cos(angle), centre[1] + reach * math.sin(angle)))
            if shape.contains(shapely.Point(point)):
                return point
    return rounded(centre)


def beside(point: Point, step: int) -> Point:
    """A service node's point a few metres from the place it serves, one step a network."""
    angle = math.radians(40 + 72 * step)
    return rounded((point[0] + 13 * math.cos(angle), point[1] + 13 * math.sin(angle)))
