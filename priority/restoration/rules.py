"""Simple rules that people plan by. They are shown beside the plan, and the search starts from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

import numpy as np

from priority.restoration.problem import NEVER, Problem, Schedule
from priority.restoration.world import ImpossibleFixings, Pins, Ways, pins_of, ways_of

Rule = Literal["nearest", "largest", "first_reported"]
RULES: tuple[Rule, ...] = ("nearest", "largest", "first_reported")

#: What a rule prefers: crew, its last task (-1: it is at its depot), task; the smallest is taken.
_Preference = Callable[[int, int, int], tuple[float, ...]]


def rule_schedule(problem: Problem, rule: Rule) -> Schedule:
    """Return the schedule of a simple rule; what is fixed by hand, skills and roads are kept.

    Whenever a crew is free, it is sent to one of the open faults that it can repair: `nearest` by travel time,
    `largest` to the one that alone keeps most down (level by level), `first_reported` to the one told first. Of faults
    yet to come it knows nothing; with no other left it waits for the next. Raises `ImpossibleFixings`.
    """
    return _dispatch(problem, _preference(problem, rule))


def quickest_gain(problem: Problem) -> Schedule:
    """Return the schedule that always takes the task that brings back most for each second of travel and work."""
    weight = _weights(problem)
    ways = ways_of(problem)

    def prefer(crew: int, before: int, task: int) -> tuple[float, ...]:
        seconds = max(1, int(_way(ways, crew, before, task)) + int(ways.work_s[task]))
        return tuple(-value / seconds for value in weight[task])

    return _dispatch(problem, prefer)


def impossible_fixings(problem: Problem) -> tuple[int, ...]:
    """Return the tasks whose fixed crew or place cannot be kept; empty where all can."""
    try:
        _dispatch(problem, lambda _crew, _before, task: (task,))
    except ImpossibleFixings as error:
        return error.tasks
    return ()


def _weights(problem: Problem) -> list[tuple[float, ...]]:
    model = problem.losses
    levels = int(model.level.max(initial=0)) + 1
    found = []
    for task in range(len(problem.tasks)):
        seconds = np.maximum(0, model.horizon_s - model.down_from((task,)))
        alone = np.where(seconds > 0, model.weight, 0)
        found.append(tuple(np.bincount(model.level, alone, levels).tolist()))
    return found


def _preference(problem: Problem, rule: Rule) -> _Preference:
    if rule == "largest":
        weight = _weights(problem)
        return lambda _crew, _before, task: (*(-value for value in weight[task]), task)
    if rule == "first_reported":
        reported = problem.reported or tuple(range(len(problem.tasks)))
        return lambda _crew, _before, task: (reported[task], task)
    ways = ways_of(problem)
    return lambda crew, before, task: (_way(ways, crew, before, task), task)


def _way(ways: Ways, crew: int, before: int, task: int) -> int:
    return int(ways.depot_s[crew, task] if before < 0 else ways.between_s[before, task])


class _Board:
    """Lists as they grow, and what may still be put where."""

    def __init__(self, problem: Problem) -> None:
        self.ways: Ways = ways_of(problem)
        pins: Pins = pins_of(problem)
        self.lists: list[list[int]] = [[] for _ in problem.crews]
        self.open = set(range(len(problem.tasks)))
        self._pins = list(zip(pins.task.tolist(), pins.crew.tolist(), pins.position.tolist(), strict=True))
        self.place = self._places()
        self._placed = set(self.place.values())

    def _places(self) -> dict[tuple[int, int], int]:
        """Return the task of each fixed place; one without a crew goes to the first that can take it."""
        place: dict[tuple[int, int], int] = {}
        for task, crew, position in sorted(self._pins, key=lambda pin: pin[1] < 0):
            crews = np.flatnonzero(self.ways.may[:, task]).tolist() if crew < 0 else [crew]
            free = [each for each in crews if (each, position) not in place and self.ways.may[each, task]]
            if not free:
                raise ImpossibleFixings((task,))
            place[free[0], position] = task
        return place

    def _gaps(self) -> list[tuple[int, int]]:
        """Return the empty places before fixed ones."""
        return [
            (crew, position)
            for crew, position in {(c, p) for c, last in self.place for p in range(last)}
            if position >= len(self.lists[crew]) and (crew, position) not in self.place
        ]

    def stuck(self) -> tuple[int, ...]:
        """Return the fixed tasks before which a place can no longer be filled (by a matching of places and tasks)."""
        filled: dict[int, tuple[int, int]] = {}

        def fill(gap: tuple[int, int], tried: set[int]) -> bool:
            for task in sorted(self.open - self._placed - tried):
                if self.ways.may[gap[0], task]:
                    tried.add(task)
                    if task not in filled or fill(filled[task], tried):
                        filled[task] = gap
                        return True
            return False

        empty = [gap for gap in sorted(self._gaps()) if not fill(gap, set())]
        return tuple(sorted({task for gap in empty for (crew, at), task in self.place.items() if crew == gap[0] < at}))

    def candidates(self, crew: int) -> Iterable[int]:
        """Yield the tasks that may come next on a crew's list."""
        done = self.lists[crew]
        fixed = self.place.get((crew, len(done)))
        before = done[-1] if done else -1
        for task in sorted(self.open - self._placed) if fixed is None else [fixed]:
            if self.ways.may[crew, task] and _way(self.ways, crew, before, task) != NEVER:
                self._put(crew, task)
                fits = fixed is not None or not self.stuck()
                self._take_back(crew, task)
                if fits:
                    yield task

    def _put(self, crew: int, task: int) -> None:
        self.lists[crew].append(task)
        self.open.discard(task)

    def _take_back(self, crew: int, task: int) -> None:
        self.lists[crew].pop()
        self.open.add(task)

    def send(self, crew: int, task: int, now: int) -> int:
        """Put a task on a list; return when the crew is free again."""
        before = self.lists[crew][-1] if self.lists[crew] else -1
        self._put(crew, task)
        begin = max(now + _way(self.ways, crew, before, task), int(self.ways.release_s[task]))
        return begin + int(self.ways.work_s[task])


def _dispatch(problem: Problem, prefer: _Preference) -> Schedule:
    board = _Board(problem)
    if stuck := board.stuck():
        raise ImpossibleFixings(stuck)
    free = {crew: each.free_s for crew, each in enumerate(problem.crews)}
    while free and board.open:
        crew = min(free, key=lambda each: (free[each], each))
        release = {task: int(board.ways.release_s[task]) for task in board.candidates(crew)}
        if not release:
            del free[crew]
            continue
        known_until = max(free[crew], min(release.values()))
        before = board.lists[crew][-1] if board.lists[crew] else -1
        known = [task for task, moment in release.items() if moment <= known_until]
        task = min(known, key=lambda each: prefer(crew, before, each))
        free[crew] = board.send(crew, task, free[crew])
    missed = {task for task in board.open if board.ways.must[task]}
    if missed:
        raise ImpossibleFixings(tuple(sorted(missed)))
    return Schedule(tuple(tuple(tasks) for tasks in board.lists))
