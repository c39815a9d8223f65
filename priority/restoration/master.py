"""The master problem of column generation: a linear program over lists of tasks, solved by HiGHS.

Columns are lists for crews (as fractions), and the down time of groups in slots. Rows: each task at most once, each
class of like crews as often as there are crews, no earlier level worse than it may be, and the cuts.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import highspy
import numpy as np
from numpy.typing import NDArray

from priority.restoration.problem import Seconds
from priority.restoration.terms import Terms

Floats = NDArray[np.float64]
#: The loss that is to be bounded counts so much in the program, so that its numbers are neither tiny nor huge.
_SCALE = 1000.0
_HOUR_S = 3600.0


class Duals(NamedTuple):
    """What rows are worth, in units of the level's loss: a task, an earlier level's limit, a second of a cut."""

    task: Floats
    limit: Floats
    cut: Floats


class Column(NamedTuple):
    """A list of tasks for crews of a class, with the moment at which each is done."""

    crew_class: int
    tasks: tuple[int, ...]
    done_s: tuple[int, ...]


class Master:
    """The linear program for one level. `classes` has the number of crews of each class."""

    def __init__(self, terms: Terms, tasks: int, classes: list[int]) -> None:
        self._terms = terms
        self._tasks = tasks
        self._classes = len(classes)
        self._unit = max(1.0, terms.limit[terms.level] / _SCALE)
        self._units = [max(1.0, limit / _SCALE) for limit in terms.limit]
        self._columns: set[Column] = set()
        #: Tasks that have to be done by some moment stand in a list exactly once.
        self.exactly = terms.latest_s < terms.horizon_s
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        self._add_rows(classes)
        self._add_joints()

    def _add_rows(self, classes: list[int]) -> None:
        terms, inf = self._terms, highspy.kHighsInf
        lengths = (terms.row_high - terms.row_low) / _HOUR_S
        limits = [(terms.limit[level] - terms.always(level)) / self._units[level] for level in range(terms.level)]
        free = np.full(self._tasks + len(classes) + len(limits), -inf)
        free[: self._tasks][self.exactly] = 1.0
        lower = np.concatenate([free, lengths])
        upper = np.concatenate([np.ones(self._tasks), classes, limits, np.full(lengths.size, inf)])
        none = np.zeros(0, np.int32)
        self._solver.addRows(lower.size, lower, upper, 0, none, none, np.zeros(0))

    def _add_joints(self) -> None:
        terms = self._terms
        cut_row = self._tasks + self._classes + terms.level
        starts: list[int] = []
        rows: list[int] = []
        values: list[float] = []
        costs: list[float] = []
        by_joint = np.split(np.arange(terms.row_joint.size), np.flatnonzero(np.diff(terms.row_joint)) + 1)
        for joint, own in zip(terms.joint, by_joint, strict=False):
            starts.append(len(rows))
            own_level = joint.level == terms.level
            costs.append(joint.weight * _HOUR_S / self._unit if own_level else 0.0)
            if not own_level:
                rows.append(self._tasks + self._classes + joint.level)
                values.append(joint.weight * _HOUR_S / self._units[joint.level])
            rows += (cut_row + own).tolist()
            values += [1.0] * own.size
        self._add(costs, starts, rows, values)

    def _add(self, costs: list[float], starts: list[int], rows: list[int], values: list[float]) -> None:
        count = len(costs)
        self._solver.addCols(
            count,
            np.array(costs),
            np.zeros(count),
            np.full(count, highspy.kHighsInf),
            len(rows),
            np.array(starts, np.int32),
            np.array(rows, np.int32),
            np.array(values),
        )

    def add(self, columns: list[Column]) -> int:
        """Add lists that are not there yet; return how many."""
        costs: list[float] = []
        starts: list[int] = []
        rows: list[int] = []
        values: list[float] = []
        for column in columns:
            if column in self._columns:
                continue
            self._columns.add(column)
            starts.append(len(rows))
            costs.append(self._entries(column, rows, values))
        self._add(costs, starts, rows, values)
        return len(costs)

    def _entries(self, column: Column, rows: list[int], values: list[float]) -> float:
        terms = self._terms
        done = np.array(column.done_s, np.int64)
        saved = np.zeros(terms.level + 1)
        gained = np.zeros(terms.row_low.size)
        times = np.zeros(self._tasks)
        for task, moment in zip(column.tasks, done, strict=True):
            times[task] += 1
            mine = terms.single[terms.single[:, 2] == task]
            np.add.at(saved, mine[:, 0], mine[:, 1] * np.maximum(0, mine[:, 4] - np.maximum(mine[:, 3], moment)))
            own = terms.link_row[terms.link_task == task]
            gained[own] += np.maximum(0, terms.row_high[own] - np.maximum(terms.row_low[own], moment)) / _HOUR_S
        at = self._tasks + self._classes
        all_rows = np.concatenate([times, np.zeros(self._classes + terms.level), gained])
        all_rows[self._tasks + column.crew_class] = 1.0
        all_rows[at : at + terms.level] = [-saved[level] / self._units[level] for level in range(terms.level)]
        filled = np.flatnonzero(all_rows)
        rows += filled.tolist()
        values += all_rows[filled].tolist()
        return float(-saved[-1] / self._unit)

    def solve(self, seconds: float) -> tuple[float, Duals] | None:
        """Return the least loss with the columns there are, and the duals; None if not solved in time."""
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + max(0.01, seconds))
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        dual = np.array(self._solver.getSolution().row_dual) * self._unit
        at = self._tasks + self._classes
        level = self._terms.level
        value = self._solver.getInfo().objective_function_value * self._unit + self._terms.always(level)
        limits = -dual[at : at + level] / np.array(self._units[:level])
        return float(value), Duals(-dual[: self._tasks], limits, dual[at + level :] / _HOUR_S)

    def proper(self, duals: Duals) -> Duals:
        """Return the nearest duals that prove something: with right signs, and no cut worth more than its groups."""
        terms = self._terms
        task = np.where(self.exactly, duals.task, np.maximum(0.0, duals.task))
        limit, cut = np.maximum(0.0, duals.limit), np.maximum(0.0, duals.cut)
        if terms.joint:
            level = np.array([joint.level for joint in terms.joint])
            worth = np.array([joint.weight for joint in terms.joint]) * np.append(limit, 1.0)[level]
            asked = np.bincount(terms.row_joint, cut, len(terms.joint))
            share = np.where(asked > worth, worth / np.maximum(asked, 1e-300), 1.0)
            cut = cut * share[terms.row_joint] * (1 - 1e-12)
        return Duals(task, limit, cut)

    def fixed_part(self, duals: Duals) -> tuple[float, float]:
        """Return what proper duals prove before any list is priced, and how large the summed numbers are."""
        terms = self._terms
        lengths = terms.row_high - terms.row_low
        parts = [float(terms.always(terms.level)), *(-duals.task), *(duals.cut * lengths)]
        parts += [duals.limit[level] * (terms.always(level) - terms.limit[level]) for level in range(terms.level)]
        return math.fsum(parts), math.fsum(map(abs, parts))


def gains(terms: Terms, duals: Duals, tasks: int) -> tuple[Seconds, Floats, Floats]:
    """Return moments (b) and, for each task (t, b), the gain of being done at each and its slope up to the next."""
    worth = np.append(duals.limit, 1.0)[terms.single[:, 0]] * terms.single[:, 1]
    task = np.concatenate([terms.single[:, 2], terms.link_task])
    low = np.concatenate([terms.single[:, 3], terms.row_low[terms.link_row]])
    high = np.concatenate([terms.single[:, 4], terms.row_high[terms.link_row]])
    value = np.concatenate([worth, duals.cut[terms.link_row]])
    moment = np.unique(np.concatenate([[0, terms.horizon_s], low, high])).astype(np.int64)
    slope = np.zeros((tasks, moment.size))
    np.add.at(slope, (task, np.searchsorted(moment, low)), value)
    np.add.at(slope, (task, np.searchsorted(moment, high)), -value)
    slope = np.maximum(0.0, np.cumsum(slope, axis=1))
    slope[:, -1] = 0.0
    pieces = slope[:, :-1] * np.diff(moment)
    gain = np.zeros_like(slope)
    gain[:, :-1] = np.cumsum(pieces[:, ::-1], axis=1)[:, ::-1]
    return moment, gain, slope
