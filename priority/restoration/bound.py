"""How much every schedule loses at least, level by level: column generation over the crews' lists.

`bound[k]` is proven for all schedules that lose on no level before k more than the given one. The proof: by monotony
each cut holds in every schedule, so every schedule is a solution of the program in `master.py`, whose terms never
exceed its true loss. Any duals with the right signs then prove (Lagrange)

    loss >= fixed part of the duals + sum over crews of the cheapest list at those prices,

whether or not the program was solved to the end. Lists are priced over all orders of tasks, with real travel, by
`routes.py`; where it allows more lists than there are (coming back to a task that is forgotten), the bound only sinks.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from priority.network.kernels import compiled
from priority.restoration.clock import Deadline
from priority.restoration.master import Column, Duals, Master, gains
from priority.restoration.problem import NEVER, Seconds
from priority.restoration.routes import BITS, Labels, Limits, Prices, cheapest_routes, room_for, route_of
from priority.restoration.terms import Terms
from priority.restoration.world import Ways, World

_LABELS = 200_000
_ROWS = 4000
_REMEMBERED = 7
_ROUNDS = 300
_COLUMNS_PER_CREW = 12
#: How far the next duals go from those of the best bound towards the program's own.
_STEP = 0.5
#: Less than this share of the loss is not worth another round.
_ENOUGH = 1e-9
#: The share of the summed numbers by which rounding could be wrong, a thousand times what some hundred additions of
#: floating-point numbers lose; it is taken off every bound.
_ROUNDING = 1e-12


@dataclass(frozen=True, eq=False)
class Bound:
    """A proven bound (whole), with the prices that prove it and each crew's cheapest cost."""

    value: int
    exact: float
    prices: Prices | None
    crew_cost: NDArray[np.float64]


def crew_classes(world: World) -> list[list[int]]:
    """Return like crews together: free at the same time and place, for the same tasks, with nothing fixed by place."""
    ways = world.ways
    classes: dict[object, list[int]] = {}
    for crew in range(ways.free_s.size):
        pinned = bool(np.any((world.pins.crew == crew) | (world.pins.crew < 0)))
        own = np.where(ways.may[crew], ways.depot_s[crew], NEVER)
        key = crew if pinned else (int(ways.free_s[crew]), own.tobytes(), ways.may[crew].tobytes())
        classes.setdefault(key, []).append(crew)
    return list(classes.values())


@compiled
def no_detour_pays(ways: Ways) -> bool:
    """Return whether leaving a task out never makes a crew later at the next: then no step of a list costs extra."""
    tasks = ways.work_s.size
    for over in range(tasks):
        for row in range(tasks + ways.free_s.size):
            first = ways.between_s[row, over] if row < tasks else ways.depot_s[row - tasks, over]
            if first == NEVER:
                continue
            for task in range(tasks):
                direct = ways.between_s[row, task] if row < tasks else ways.depot_s[row - tasks, task]
                then = ways.between_s[over, task]
                if then != NEVER and direct > first + ways.work_s[over] + then:
                    return False
    return True


class LevelBound:
    """Column generation for one level."""

    def __init__(self, world: World, terms: Terms) -> None:
        self._world = world
        self._terms = terms
        self._tasks = world.ways.work_s.size
        self._classes = crew_classes(world)
        self._master = Master(terms, self._tasks, [len(each) for each in self._classes])
        self._labels: Labels = room_for(_LABELS)
        self._prune = no_detour_pays(world.ways)
        self._near = self._nearest()

    def _nearest(self) -> NDArray[np.int64]:
        """Return for each task the bits of those remembered after it: itself and the nearest."""
        near = np.zeros(self._tasks, np.int64)
        for task in range(self._tasks):
            order = np.argsort(self._world.ways.between_s[task] + self._world.ways.between_s[:, task], kind="stable")
            for other in [task, *order[: _REMEMBERED + 1].tolist()]:
                near[task] |= np.int64(1 << other) if other < BITS else 0
        return near

    def _limits(self, crew: int) -> Limits:
        pins = self._world.pins
        own = np.flatnonzero(pins.crew == crew)
        pinned = np.full(int(pins.position[own].max(initial=-1)) + 1, -1)
        pinned[pins.position[own]] = pins.task[own]
        numbers = np.arange(self._tasks)
        return Limits(
            self._near,
            np.where(numbers < BITS, numbers, -1),
            pinned,
            self._prune and not self._world.pins.task.size,
        )

    def _column(self, crew_class: int, tasks: tuple[int, ...]) -> Column | None:
        """Return the column of a list, None where a crew of the class cannot carry it out in time."""
        ways, crew = self._world.ways, self._classes[crew_class][0]
        now, before, done = int(ways.free_s[crew]), -1, []
        for task in tasks:
            way = int(ways.depot_s[crew, task] if before < 0 else ways.between_s[before, task])
            if way == NEVER or not ways.may[crew, task]:
                return None
            now, before = max(now + way, int(ways.release_s[task])) + int(ways.work_s[task]), task
            if now > self._terms.latest_s[task]:
                return None
            done.append(now)
        return Column(crew_class, tasks, tuple(done))

    def offer(self, lists: list[tuple[int, tuple[int, ...]]]) -> None:
        """Put lists of known schedules into the program: (crew, tasks)."""
        class_of = {crew: number for number, each in enumerate(self._classes) for crew in each}
        columns = [self._column(class_of[crew], tasks) for crew, tasks in lists]
        self._master.add([column for column in columns if column])

    def _price(self, duals: Duals) -> tuple[float, float, Prices, NDArray[np.float64], list[Column]] | None:
        """Return bound, size of its numbers, prices, each class's cheapest cost and good columns; None if too many."""
        moment, gain, slope = gains(self._terms, duals, self._tasks)
        prices = Prices(moment, gain, slope, duals.task, self._terms.latest_s)
        value, size = self._master.fixed_part(duals)
        cheapest, columns = np.zeros(len(self._classes)), []
        for number, crews in enumerate(self._classes):
            limits = self._limits(crews[0])
            count = cheapest_routes(crews[0], self._world.ways, prices, limits, self._labels)
            if count < 0:
                return None
            whole = np.flatnonzero(self._labels.place[:count] >= limits.pinned.size - 1)
            order = whole[np.argsort(self._labels.cost[whole], kind="stable")]
            if order.size:
                best = float(self._labels.cost[order[0]])
                cheapest[number] = best if limits.pinned.size else min(0.0, best)
            value += len(crews) * cheapest[number]
            size += len(crews) * abs(cheapest[number])
            found = [self._column(number, route_of(self._labels, label)) for label in order[:_COLUMNS_PER_CREW]]
            columns += [column for column in found if column]
        return value, size, prices, cheapest, columns

    def run(self, deadline: Deadline) -> Bound:
        """Raise the bound until it meets the program's value or time is up."""
        best = Bound(0, 0.0, None, np.zeros(0))
        centre: Duals | None = None
        goal = self._terms.limit[self._terms.level]
        for _ in range(_ROUNDS):
            solved = self._master.solve(deadline.left_s)
            if solved is None or deadline.passed:
                break
            target, own = solved
            duals = self._master.proper(own if centre is None else _between(centre, own))
            priced = self._price(duals)
            if priced is None:
                break
            value, size, prices, cheapest, columns = priced
            safe = value - _ROUNDING * size
            if safe > best.exact:
                best = Bound(math.ceil(safe - 1e-6), safe, prices, cheapest)
                centre = duals
            added = self._master.add(columns)
            if best.value >= goal or target - best.exact < _ENOUGH * max(1.0, goal):
                break
            if not added:
                if centre is None:
                    break
                centre = None
        return best


def _between(centre: Duals, own: Duals) -> Duals:
    mixed = [(1 - _STEP) * old + _STEP * new for old, new in zip(centre, own, strict=True)]
    return Duals(*mixed)


def level_terms(world: World, level: int, loss: tuple[int, ...], done_s: Seconds) -> Terms:
    """Return the terms of a level, with slots that begin where the given schedule's repairs are done.

    Where that makes more rows than can be solved many times in some seconds, the slots are longer.
    """
    slots = np.sort(done_s)
    terms = Terms.build(world.cuts, world.ways.work_s.size, level, loss, slots)
    while terms.row_low.size > _ROWS and slots.size > 2:
        slots = slots[:: 1 + slots.size // 20] if slots.size >= 20 else slots[::2]
        terms = Terms.build(world.cuts, world.ways.work_s.size, level, loss, slots)
    return terms
