"""Lists as they grow under a simple rule, and what may still be put where so that every fixed place can be filled."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from priority.restoration.problem import NEVER, Problem
from priority.restoration.world import ImpossibleFixings, Pins, Ways, pins_of, ways_of

#: A place on a list: the crew, and 0 for the first.
_Place = tuple[int, int]


def way_s(ways: Ways, crew: int, before: int, task: int) -> int:
    """Return the travel to a task from the one `before`, from the crew's depot if that is -1; `NEVER` for no road."""
    return int(ways.depot_s[crew, task] if before < 0 else ways.between_s[before, task])


def reachable(ways: Ways) -> NDArray[np.bool_]:
    """Return who (c) can come to which task (t) from the depot, if need be by way of other tasks it may do."""
    reached: NDArray[np.bool_] = ways.may & (ways.depot_s != NEVER)
    for crew in range(ways.free_s.size):
        ahead = deque(np.flatnonzero(reached[crew]).tolist())
        while ahead:
            new = np.flatnonzero((ways.between_s[ahead.popleft()] != NEVER) & ways.may[crew] & ~reached[crew])
            reached[crew, new] = True
            ahead.extend(new.tolist())
    return reached


class Board:
    """The lists so far, and the tasks that are still open."""

    def __init__(self, problem: Problem) -> None:
        """Put every fixed task at its place. Raises `ImpossibleFixings` where no crew can have one there."""
        self.ways: Ways = ways_of(problem)
        self.lists: list[list[int]] = [[] for _ in problem.crews]
        self.open = set(range(len(problem.tasks)))
        self._reach = reachable(self.ways)
        self._place = self._places(pins_of(problem))
        self._placed = set(self._place.values())
        self._last = {crew: max(at for each, at in self._place if each == crew) for crew, _ in self._place}

    def _places(self, pins: Pins) -> dict[_Place, int]:
        """Return the task of each fixed place; one without a crew goes to the first that can take it."""
        fixed = list(zip(pins.task.tolist(), pins.crew.tolist(), pins.position.tolist(), strict=True))
        place: dict[_Place, int] = {}
        for task, crew, position in sorted(fixed, key=lambda pin: pin[1] < 0):
            crews = np.flatnonzero(self._reach[:, task]).tolist() if crew < 0 else [crew]
            free = [each for each in crews if (each, position) not in place and self._reach[each, task]]
            if not free:
                raise ImpossibleFixings((task,))
            place[free[0], position] = task
        return place

    @property
    def _fillers(self) -> list[int]:
        return sorted(self.open - self._placed)

    def _gaps(self) -> list[_Place]:
        """Return the empty places before fixed ones."""
        return [
            (crew, at)
            for crew, last in sorted(self._last.items())
            for at in range(len(self.lists[crew]), last)
            if (crew, at) not in self._place
        ]

    def stuck(self) -> tuple[int, ...]:
        """Return the fixed tasks before which a place can no longer be filled (by a matching of places and tasks)."""
        gaps, fillers = self._gaps(), self._fillers
        if len(gaps) > len(fillers):
            # More places than tasks: no matching is needed to know, and positions may be very far.
            return tuple(sorted({task for (crew, at), task in self._place.items() if any(c == crew for c, _ in gaps)}))
        filled: dict[int, _Place] = {}
        empty = [gap for gap in gaps if not _fill(gap, fillers, self._reach, filled)]
        return tuple(sorted({task for gap in empty for (crew, at), task in self._place.items() if crew == gap[0] < at}))

    def candidates(self, crew: int) -> Iterator[int]:
        """Yield the tasks that may come next on a crew's list, so that all fixed places can still be filled."""
        done = self.lists[crew]
        before = done[-1] if done else -1
        fixed = self._place.get((crew, len(done)))
        fillers = self._fillers
        gaps = [gap for gap in self._gaps() if gap != (crew, len(done))] if fixed is None else []
        filled: dict[int, _Place] = {}
        for gap in gaps:
            _fill(gap, fillers, self._reach, filled)
        if len(filled) < len(gaps):
            return
        for task in fillers if fixed is None else [fixed]:
            if not self.ways.may[crew, task] or way_s(self.ways, crew, before, task) == NEVER:
                continue
            if task in filled and not _refilled(task, fillers, self._reach, filled):
                continue
            yield task

    def send(self, crew: int, task: int, now: int) -> int:
        """Put a task on a list; return when the crew is free again."""
        before = self.lists[crew][-1] if self.lists[crew] else -1
        begin = max(now + way_s(self.ways, crew, before, task), int(self.ways.release_s[task]))
        self.lists[crew].append(task)
        self.open.discard(task)
        return begin + int(self.ways.work_s[task])

    def unkept(self) -> tuple[int, ...]:
        """Return the fixed tasks that are still open."""
        return tuple(sorted(task for task in self.open if self.ways.must[task]))


def _fill(gap: _Place, fillers: list[int], reach: NDArray[np.bool_], filled: dict[int, _Place]) -> bool:
    """Give a place a task, moving others on where needed (an augmenting path, the shortest first)."""
    came_from: dict[int, int] = {}
    ahead: deque[tuple[_Place, int]] = deque([(gap, -1)])
    while ahead:
        place, holder = ahead.popleft()
        for task in fillers:
            if task in came_from or not reach[place[0], task]:
                continue
            came_from[task] = holder
            if task not in filled:
                path = [task]
                while came_from[path[-1]] >= 0:
                    path.append(came_from[path[-1]])
                for later, earlier in pairwise(path):
                    filled[later] = filled[earlier]
                filled[path[-1]] = gap
                return True
            ahead.append((filled[task], task))
    return False


def _refilled(task: int, fillers: list[int], reach: NDArray[np.bool_], filled: dict[int, _Place]) -> bool:
    """Return whether the places can be filled without a task that fills one now; then they are."""
    others = dict(filled)
    gap = others.pop(task)
    if not _fill(gap, [other for other in fillers if other != task], reach, others):
        return False
    filled.clear()
    filled.update(others)
    return True
