"""The least worst regret of coverage as a program: sites, then what each scenario covers, then the worst regret."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from priority.network.kernels import BoolArray
from priority.siting.cover import Within, limit_sites
from priority.siting.coverage import Sets
from priority.siting.distances import Floats
from priority.siting.effort import Effort
from priority.siting.problem import Question, SitingProblem
from priority.siting.program import Answer, Program


@dataclass(frozen=True, eq=False)
class _Groups:
    """A scenario's demands (g) of the same candidates, with their weight; `kept` is what existing sites cover."""

    sets: Sets
    weight: Floats
    kept: float

    @classmethod
    def of(cls, problem: SitingProblem, question: Question) -> _Groups:
        within = Within.of(problem, float(question.radius or 0.0))
        kept = float(problem.weight[within.stay > 0].sum())
        counts = (problem.weight > 0) & (within.stay == 0) & (within.sites_of.size > 0)
        sets = within.sites_of.part(counts, ~problem.stays)
        _, first, group = np.unique(sets.like(), return_index=True, return_inverse=True)
        rows = np.zeros(len(sets), np.bool_)
        rows[first] = True
        weight = np.bincount(group.ravel(), problem.weight[counts], len(first)).astype(np.float64)
        # Groups are numbered by their first row, and so stand in the order of the rows that are kept.
        return cls(sets.part(rows, np.ones(sets.columns, np.bool_)), weight, kept)


class CoverRegret:
    """Program for scenarios that have the same sites and no capacities."""

    def __init__(self, problems: Sequence[SitingProblem], question: Question, best: Sequence[float]) -> None:
        self._new = np.flatnonzero(~problems[0].stays)
        self._sites = len(problems[0].site_ids)
        self._groups = [_Groups.of(problem, question) for problem in problems]
        self._best = best
        self._first = self._new.size + np.cumsum([0, *(len(each.sets) for each in self._groups)])
        upper = np.append(np.ones(int(self._first[-1])), np.inf)
        integer = np.zeros(upper.size, np.bool_)
        integer[: self._new.size] = True
        self._program = Program(upper, integer, whole=False)
        for number in range(len(self._groups)):
            self._add(number)
        limit_sites(self._program, problems[0].cost[self._new], question)

    def _add(self, number: int) -> None:
        """A group is covered only by an open site; the worst regret is no less than this scenario's."""
        groups, own = self._groups[number], np.arange(self._first[number], self._first[number + 1])
        row = np.concatenate([groups.sets.row, np.arange(own.size)])
        column = np.concatenate([groups.sets.column, own])
        value = np.concatenate([np.full(groups.sets.column.size, -1.0), np.ones(own.size)])
        self._program.add_rows(row, column, value, np.full(own.size, -np.inf), np.zeros(own.size))
        scale = max(1.0, abs(self._best[number])) / 1e3
        value = np.append(groups.weight, 1.0) / scale
        low = (self._best[number] - groups.kept) / scale
        self._program.add_row(np.append(own, self._first[-1]), value, low=low)

    def solve(self, effort: Effort, chosen: BoolArray, worst: float) -> tuple[Answer, BoolArray | None]:
        """Return the answer and its sites (m); the search begins with a choice (m) and its worst regret."""
        cost = np.zeros(int(self._first[-1]) + 1)
        cost[-1] = 1.0
        start = np.zeros(cost.size)
        start[: self._new.size] = chosen[self._new]
        for number, groups in enumerate(self._groups):
            opened = start[: self._new.size][groups.sets.column] > 0
            covered = np.bincount(groups.sets.row[opened], minlength=len(groups.sets)) > 0
            start[self._first[number] : self._first[number + 1]] = covered
        start[-1] = max(0.0, worst)
        answer = self._program.minimise(cost, effort, start, stage="regret")
        if answer.values is None:
            return answer, None
        found = np.zeros(self._sites, np.bool_)
        found[self._new[answer.values[: self._new.size] > 0.5]] = True
        return answer, found
