"""A good schedule: simple rules as seeds, simulated annealing on the cuts, then improvement by the exact losses."""

from __future__ import annotations

from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from priority.restoration.clock import Deadline
from priority.restoration.cuts import CutPool
from priority.restoration.moves import anneal, better_moves, change, finish, judge
from priority.restoration.problem import NEVER, Problem, Schedule, Seconds
from priority.restoration.rules import SEEDS
from priority.restoration.world import ImpossibleFixings, World, as_rows, as_schedule, pins_of, ways_of

#: Steps of one round of annealing for each task, and how many rounds there are at most.
_STEPS_PER_TASK = 4000
_ROUNDS = 24
#: So many steps are done between two looks at the clock.
_STEPS_AT_ONCE = 4000
#: The search ends when so many rounds have brought nothing.
_PATIENCE = 8
#: How many neighbours of a schedule are looked at, and how many of these are put to the exact model.
_NEIGHBOURS = 20_000
_EXACT = 400


Found = NDArray[np.int64]


class Search:
    """The best schedule so far (`schedule`), with its exact losses and, last, the sum of completion times (`value`)."""

    def __init__(self, problem: Problem, pool: CutPool, levels: int) -> None:
        self.problem = problem
        self.pool = pool
        self.levels = levels
        self.ways = ways_of(problem)
        self.world = World(self.ways, pins_of(problem), pool.table())
        self.schedule = Schedule(tuple(() for _ in problem.crews))
        self.value: tuple[int, ...] = ()
        #: The lists of every schedule that was judged exactly, by crew: they are good columns for the bound.
        self.lists: dict[tuple[int, tuple[int, ...]], None] = {}
        self._losses: dict[bytes, tuple[int, ...]] = {}

    def evaluate(self, done_s: Seconds) -> tuple[int, ...]:
        """Return the exact losses; what is done after the horizon counts as never done, so it is asked only once."""
        known = np.where(done_s < self.problem.losses.horizon_s, done_s, NEVER)
        key = known.tobytes()
        if key not in self._losses:
            self._losses[key] = tuple(self.problem.losses.evaluate(known).tolist())
        return self._losses[key]

    def _value(self, rows: NDArray[np.int64], length: NDArray[np.int64]) -> tuple[int, ...]:
        done = np.empty(len(self.problem.tasks), np.int64)
        least = np.empty(self.levels + 1, np.int64)
        if not judge(rows, length, self.world, done, least):
            raise ValueError("a schedule that cannot be carried out")
        return (*self.evaluate(done), int(least[-1]))

    def _complete(self, rows: NDArray[np.int64], length: NDArray[np.int64]) -> None:
        """Put every task that a crew can still do at the end of the list on which it is done first."""
        for task in rows[-1, : length[-1]].tolist():
            best: tuple[int, int] | None = None
            for crew in np.flatnonzero(self.ways.may[:, task]).tolist():
                done = self._done_after(rows[crew, : length[crew]].tolist(), crew, task)
                if done < NEVER and (best is None or done < best[0]):
                    best = (done, crew)
            if best is None:
                continue
            rows[best[1], length[best[1]]] = task
            length[best[1]] += 1
            rest = [other for other in rows[-1, : length[-1]].tolist() if other != task]
            rows[-1, : len(rest)] = rest
            length[-1] = len(rest)

    def _done_after(self, tasks: list[int], crew: int, task: int) -> int:
        now, before = int(self.ways.free_s[crew]), -1
        for step in (*tasks, task):
            way = int(self.ways.depot_s[crew, step] if before < 0 else self.ways.between_s[before, step])
            if way == NEVER:
                return int(NEVER)
            now, before = max(now + way, int(self.ways.release_s[step])) + int(self.ways.work_s[step]), step
        return now

    def offer(self, rows: NDArray[np.int64], length: NDArray[np.int64]) -> bool:
        """Take a schedule if it is better than the best so far; return whether it is.

        Tasks left undone are put at the ends of lists first: that never loses more.
        """
        rows, length = rows.copy(), length.copy()
        self._complete(rows, length)
        value = self._value(rows, length)
        schedule = as_schedule(rows, length)
        self.lists.update(dict.fromkeys(enumerate(schedule.lists)))
        if self.value and value >= self.value:
            return False
        self.schedule, self.value = schedule, value
        return True

    def done_s(self) -> Seconds:
        """Return when the tasks of the best schedule are done."""
        done = np.empty(len(self.problem.tasks), np.int64)
        rows, length = as_rows(self.schedule, len(self.problem.tasks))
        finish(rows, length, self.ways, done)
        return done

    def learn(self, deadline: Deadline) -> None:
        """Find the cuts that explain the best schedule."""
        if self.pool.explain(self.done_s(), deadline):
            self.world = self.world._replace(cuts=self.pool.table())

    def seed(self, deadline: Deadline) -> None:
        """Offer the simple rules' schedules and the one that always takes the quickest gain; at least one of them.

        A rule that cannot hold what is fixed is passed over. Raises `ImpossibleFixings` where none can.
        """
        refused: ImpossibleFixings | None = None
        for make in SEEDS:
            if self.value and deadline.passed:
                return
            try:
                schedule = make(self.problem)
            except ImpossibleFixings as error:
                refused = refused or error
                continue
            self.offer(*as_rows(schedule, len(self.problem.tasks)))
        if not self.value and refused is not None:
            raise refused

    def polish(self, deadline: Deadline) -> None:
        """Improve the best schedule by the exact losses until no neighbour is better.

        A neighbour is put to the model only where its least losses are below the best, the most promising first.
        """
        improved = True
        while improved and not deadline.passed:
            improved = False
            rows, length = as_rows(self.schedule, len(self.problem.tasks))
            found = np.empty((_NEIGHBOURS, 6 + self.levels + 1), np.int64)
            count = self._neighbours(rows, length, found, deadline)
            order = np.lexsort(found[:count, :5:-1].T)[:_EXACT]
            for move in found[order, :6]:
                new_rows, new_length = rows.copy(), length.copy()
                change(rows, length, move, new_rows, new_length)
                if self.offer(new_rows, new_length):
                    improved = True
                    break
                if deadline.passed:
                    return

    def _neighbours(self, rows: NDArray[np.int64], length: NDArray[np.int64], found: Found, deadline: Deadline) -> int:
        count, limit = 0, np.array(self.value, np.int64)
        for a, b in combinations_with_replacement(range(length.size), 2):
            for place in range(int(length[a]) + 1):
                if deadline.passed:
                    return count
                part = np.array((a, b, place, count))
                count = better_moves(rows, length, self.world, limit, found, part)
        return count

    def _anneal(self, number: int, deadline: Deadline) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the best rows and lengths of one round of annealing from the best schedule."""
        best = as_rows(self.schedule, len(self.problem.tasks))
        at = (best[0].copy(), best[1].copy())
        heat = np.maximum(np.array(self.value, float) * (0.1 if number % 3 == 0 else 0.01), 1)
        steps = _STEPS_PER_TASK * len(self.problem.tasks)
        for first in range(0, steps, _STEPS_AT_ONCE):
            if deadline.passed:
                break
            part = np.array((first, min(first + _STEPS_AT_ONCE, steps), steps, number))
            anneal(best, at, self.world, part, heat)
        return best

    def run(self, deadline: Deadline, known: Schedule | None = None) -> None:
        """Search until nothing better is found for a while, at most until the deadline; begin with a `known` one."""
        if known is not None:
            self.offer(*as_rows(known, len(self.problem.tasks)))
        self.seed(deadline)
        self.polish(deadline)
        idle = 0
        for number in range(_ROUNDS):
            if deadline.passed or idle >= _PATIENCE:
                break
            self.learn(deadline)
            if deadline.passed:
                break
            before = self.value
            self.offer(*self._anneal(number, deadline))
            self.polish(deadline)
            idle = 0 if self.value[:-1] < before[:-1] else idle + 1
