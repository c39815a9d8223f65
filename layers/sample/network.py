"""Collects one network's nodes and lines in metres while it is being laid; hands them over as catalogue records."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from layers.sample.roadgraph import Point, length, rounded

SOURCE = "示例"


@dataclass(frozen=True)
class Inline:
    """Something that stands in a line, `at_m` metres from the line's start."""

    at_m: float
    kind: str
    label: str
    name: str
    normally_open: bool = False


@dataclass
class Network:
    """A network under construction. `offset` shifts it off the middle of the road, so that networks do not overlap."""

    key: str
    prefix: str
    offset: Point
    nodes: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    where: dict[str, Point] = field(default_factory=dict)
    _counters: dict[str, int] = field(default_factory=dict)

    def number(self, label: str) -> int:
        """Next number of a kind of thing, from 1."""
        self._counters[label] = self._counters.get(label, 0) + 1
        return self._counters[label]

    def shifted(self, point: Point, extra: Point = (0.0, 0.0)) -> Point:
        """A point of the road moved to this network's side of it."""
        return rounded((point[0] + self.offset[0] + extra[0], point[1] + self.offset[1] + extra[1]))

    def node(self, kind: str, label: str, point: Point, name: str, **facts: Any) -> str:
        """Add a node and return its id; `{n}` in `name` becomes its number."""
        number = self.number(label)
        width = {"tr": 5, "jn": 5, "bd": 5, "us": 5, "sub-110": 2, "sub-220": 2, "sub-35": 2}.get(label, 4)
        key = f"{self.prefix}-{label}-{number:0{width}d}"
        self.nodes.append(
            {
                "id": key,
                "name": name.format(n=number),
                "provenance": "synthetic",
                "source": SOURCE,
                "network": self.key,
                "kind": kind,
                "normally_open": bool(facts.pop("normally_open", False)),
                "in_service": True,
                **facts,
            }
        )
        self.where[key] = rounded(point)
        return key

    def line(self, kind: str, name: str, ends: tuple[str, str], via: Sequence[Point] = (), **facts: Any) -> str:
        """Add a line between two nodes through the points `via`; it starts and ends exactly at its nodes."""
        number = self.number("ln")
        key = f"{self.prefix}-ln-{number:05d}"
        points = [self.where[ends[0]], *(rounded(point) for point in via), self.where[ends[1]]]
        self.lines.append(
            {
                "id": key,
                "name": name.format(n=number),
                "provenance": "synthetic",
                "source": SOURCE,
                "network": self.key,
                "kind": kind,
                "from_node": ends[0],
                "to_node": ends[1],
                "in_service": True,
                **facts,
                "points": _without_repeats(points),
            }
        )
        return key

    def run(
        self,
        kind: str,
        name: str,
        ends: tuple[str, str],
        via: Sequence[Point],
        inline: Iterable[Inline] = (),
        **facts: Any,
    ) -> list[str]:
        """Add a line with things standing in it, cut at each of them; returns the ids of what stands in it."""
        points = _without_repeats([self.where[ends[0]], *via, self.where[ends[1]]])
        total, here, walked, added = length(points), ends[0], 0.0, []
        for item in sorted(inline, key=lambda thing: thing.at_m):
            at_m = min(max(item.at_m, walked + total * 0.02), total * 0.98)
            before, point, points = cut(points, at_m - walked)
            device = self.node(item.kind, item.label, point, item.name, normally_open=item.normally_open)
            points[0] = self.where[device]
            self.line(kind, name, (here, device), before[1:-1], **facts)
            added.append(device)
            here, walked = device, at_m
        self.line(kind, name, (here, ends[1]), points[1:-1], **facts)
        return added


def cut(points: Sequence[Point], at_m: float) -> tuple[list[Point], Point, list[Point]]:
    """Cut a polyline `at_m` metres from its start: the part before, the point, the part after."""
    left = at_m
    for index, (a, b) in enumerate(pairwise(points)):
        step = math.dist(a, b)
        if left < step or index == len(points) - 2:
            share = min(max(left / step, 0.0), 1.0) if step else 0.0
            point = rounded((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
            return [*points[: index + 1], point], point, [point, *points[index + 1 :]]
        left -= step
    raise ValueError("a line needs two points")


def _without_repeats(points: Sequence[Point]) -> list[Point]:
    kept = [points[0]]
    for point in points[1:-1]:
        if math.dist(point, kept[-1]) > 0.5 and math.dist(point, points[-1]) > 0.5:
            kept.append(point)
    return [*kept, points[-1]]
