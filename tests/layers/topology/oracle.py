"""Topology building once more, slow and obvious: loops over everything, plain numbers, no geometry library.

Lines and nodes are given in metres. The answer says, for each line, at which nodes it starts, is cut and ends.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

Place = tuple[float, float]
MILLIMETRE = 0.001


@dataclass
class Joint:
    """A node: given ones have an id, made ones the ends (line, side) that meet there."""

    where: Place
    limit: float
    name: str | None = None
    ends: frozenset[tuple[str, int]] = frozenset()
    device: bool = False

    @property
    def label(self) -> object:
        return self.name if self.name is not None else self.ends


def far(a: Place, b: Place) -> float:
    return math.hypot(a[0] - b[0], a[1] - b[1])


def length(path: list[Place]) -> float:
    return sum(far(a, b) for a, b in pairwise(path))


def foot(path: list[Place], point: Place) -> tuple[float, float, Place]:
    """Distance of a point from a line, how far along it is nearest, and where."""
    best, done = (math.inf, 0.0, path[0]), 0.0
    for a, b in pairwise(path):
        step = far(a, b)
        share = 0.0
        if step > 0:
            share = ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / step**2
            share = min(1.0, max(0.0, share))
        spot = (a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]))
        if far(spot, point) < best[0] - 1e-12:
            best = (far(spot, point), done + share * step, spot)
        done += step
    return best


class Builder:
    def __init__(self, lines: dict[str, list[Place]], nodes: dict[str, tuple[Place, bool]], tolerance: float) -> None:
        self.lines = dict(sorted(lines.items()))
        self.reach = {name: min(tolerance, 0.4 * length(path)) for name, path in self.lines.items()}
        self.joints = [Joint(where, tolerance, name, device=device) for name, (where, device) in sorted(nodes.items())]
        self.at: dict[tuple[str, int], Joint] = {}
        self.join_ends()
        self.move_taps()

    def end(self, line: str, side: int) -> Place:
        return self.lines[line][0 if side == 0 else -1]

    def join_ends(self) -> None:
        places: dict[Place, list[tuple[str, int]]] = {}
        for line in self.lines:
            for side in (0, 1):
                places.setdefault(self.end(line, side), []).append((line, side))
        reach = {place: min(self.reach[line] for line, _ in ends) for place, ends in places.items()}
        left = []
        for place, ends in places.items():
            near = [(far(place, joint.where), joint.name) for joint in self.joints if joint.name]
            near = [item for item in near if item[0] <= reach[place]]
            if near:
                chosen = next(joint for joint in self.joints if joint.name == min(near)[1])
                self.at.update(dict.fromkeys(ends, chosen))
            else:
                left.append(place)
        groups = [[place] for place in left]
        pairs = [
            (round(far(a, b), 6), i, j)
            for i, a in enumerate(left)
            for j, b in enumerate(left)
            if i < j and far(a, b) <= min(reach[a], reach[b])
        ]
        for _, i, j in sorted(pairs):
            one = next(group for group in groups if left[i] in group)
            other = next(group for group in groups if left[j] in group)
            if one is not other and all(far(a, b) <= min(reach[a], reach[b]) for a in one for b in other):
                groups.remove(other)
                one += other
        for group in groups:
            leader = min(group, key=lambda place: (-len(places[place]), left.index(place)))
            ends = frozenset(end for place in group for end in places[place])
            made = Joint(leader, min(self.reach[line] for line, _ in ends), ends=ends)
            self.joints.append(made)
            self.at.update(dict.fromkeys(ends, made))

    def meeting(self, joint: Joint, line: str) -> tuple[float, float, Place] | None:
        ends = self.at[line, 0], self.at[line, 1]
        if joint in ends or any(far(end.where, joint.where) <= MILLIMETRE for end in ends):
            return None
        apart, along, spot = foot(self.lines[line], joint.where)
        inside = MILLIMETRE < along < length(self.lines[line]) - MILLIMETRE
        return (apart, along, spot) if inside and apart <= min(joint.limit, self.reach[line]) else None

    def move_taps(self) -> None:
        moved: list[tuple[str, float, Joint, Place]] = []
        for joint in [joint for joint in self.joints if joint.name is None]:
            found = [(*meeting[:2], line, meeting[2]) for line in self.lines if (meeting := self.meeting(joint, line))]
            if not found:
                continue
            apart, along, line, spot = min(found, key=lambda item: (round(item[0], 6), item[2]))
            target = spot if apart > MILLIMETRE else joint.where
            if all(far(self.end(*end), target) <= self.reach[end[0]] for end in joint.ends):
                moved.append((line, along, joint, target))
        for _, _, joint, target in moved:
            joint.where = target
        for number, (line, _, joint, target) in enumerate(moved):
            for other_line, _, other, other_target in moved[:number]:
                if line == other_line and far(target, other_target) < MILLIMETRE and joint is not other:
                    self.unite(other, joint)
                    break

    def unite(self, one: Joint, other: Joint) -> None:
        one.ends |= other.ends
        one.limit = min(one.limit, other.limit)
        for end in other.ends:
            self.at[end] = one
        self.joints = [joint for joint in self.joints if joint is not other]

    def cuts(self, line: str) -> list[tuple[float, Joint]]:
        found = []
        for number, joint in enumerate(self.joints):
            meeting = self.meeting(joint, line)
            if meeting:
                found.append((meeting[1], not joint.device, number, joint))
        cuts: list[tuple[float, Joint]] = []
        for along, _, _, joint in sorted(found, key=lambda item: item[:3]):
            again = cuts and far(cuts[-1][1].where, joint.where) < MILLIMETRE and joint.name is not None
            if not again:
                cuts.append((along, joint))
        return cuts
