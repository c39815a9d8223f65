"""Who draws from the networks, and where: homes at road nodes, and places that have a connection of their own."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
import shapely
import shapely.ops
from shapely.geometry.base import BaseGeometry

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


@dataclass(frozen=True)
class Frontage:
    """A street front: consumers stand in two rows along it, `step_m` apart, each network a little further along."""

    tap: Point
    heading: float
    shift_m: float
    shape: BaseGeometry
    step_m: float = 24.0

    def point(self, index: int, count: int) -> Point:
        """Where consumer `index` of `count` stands; pulled in towards the tap until it is in its township."""
        side = 1 if index % 2 else -1
        along = (index // 2 - (count - 1) // 2 / 2) * self.step_m + self.shift_m
        across = side * (24.0 + 7.0 * (index % 3))
        ux, uy = math.cos(self.heading), math.sin(self.heading)
        for pull in (1.0, 0.6, 0.3, 0.1):
            for turn in (1, -1):
                x = self.tap[0] + pull * (along * ux - turn * across * uy)
                y = self.tap[1] + pull * (along * uy + turn * across * ux)
                if self.shape.contains(shapely.Point(x, y)):
                    return rounded((x, y))
        inner = shapely.ops.nearest_points(self.shape.buffer(-8.0 - 2.0 * index), shapely.Point(self.tap))[0]
        return rounded((inner.x, inner.y))


def beside(point: Point, step: int) -> Point:
    """A service node's point a few metres from the place it serves, one step a network."""
    angle = math.radians(40 + 72 * step)
    return rounded((point[0] + 13 * math.cos(angle), point[1] + 13 * math.sin(angle)))
