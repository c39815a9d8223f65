"""The smallest problem that takes every step of the solution, for compiling the loops before a time limit runs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from priority.restoration.problem import NEVER, Crew, Problem, Seconds, Task


class _TwoRepairs:
    """One group that is down until both of two tasks are done, and one for each of them."""

    horizon_s = 1000
    level = np.zeros(3, np.int64)
    weight = np.ones(3, np.int64)

    def evaluate(self, done_s: Seconds) -> NDArray[np.int64]:
        ends = np.minimum(done_s, self.horizon_s)
        return np.array([ends.sum() + ends.max()], np.int64)

    def down_from(self, open_tasks: tuple[int, ...]) -> Seconds:
        return np.array([0 if not tasks.isdisjoint(open_tasks) else NEVER for tasks in ({0}, {1}, {0, 1})], np.int64)


def tiny_problem() -> Problem:
    """Return two repairs that one of two crews can do."""
    crews = (Crew("1", frozenset({"heat"}), 0), Crew("2", frozenset({"gas"}), 5))
    tasks = (Task("1", "heat", 0, 100), Task("2", "heat", 0, 150))
    between = np.array([[0, 20], [20, 0]], np.int64)
    return Problem(tasks, crews, np.array([[10, 30], [40, 10]], np.int64), between, _TwoRepairs())
