"""The p-center: the shortest worst case, by binary search over the distances that occur."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from priority.network.kernels import BoolArray
from priority.siting.capacitated import fitting
from priority.siting.cover import Choice, Within, limit_sites
from priority.siting.coverage import Sets, reduced
from priority.siting.distances import Floats
from priority.siting.effort import Effort
from priority.siting.lazy_cover import LazyCover, apart
from priority.siting.local_cover import greedy_cover
from priority.siting.problem import Question, SitingProblem
from priority.siting.program import Program
from priority.siting.served import Served, nearest_share

#: The share of the time left that a single step may take at first.
_EACH = 0.2


@dataclass(frozen=True, eq=False)
class _Fit:
    """A choice that keeps the limits, None if there is none or the time ran out; `sure` tells which."""

    served: Served | None
    sure: bool


def shortest_worst(problem: SitingProblem, question: Question, effort: Effort) -> Served:
    """Choose the sites with the shortest longest way, tier by tier: a tier's worst case is held for those after it.

    For a limit r it is a covering question whether the sites suffice, and the answer can only turn from no to yes as r
    grows; the optimum is one of the distances. Binary search therefore finds it. Without demands the result is 0.
    `infeasible` where the sites cannot reach all.
    """
    limits = np.full(len(problem.demand_ids), np.inf)
    lazy = LazyCover(len(problem.demand_ids))
    best = _fit(problem, question, limits, lazy, effort)
    if best.served is None:
        return Served(Choice(None, (), (), finished=best.sure, infeasible=best.sure), None)
    reached, bounds, finished = list[float](), list[float](), True
    served = best.served
    for number, tier in enumerate(problem.tiers):
        own = problem.tier == tier
        search = _Search(problem, question, limits, own, lazy)
        served, low, sure = search.run(served, effort.part(1 / (len(problem.tiers) - number)))
        finished &= sure
        limits[own] = worst(problem, served, own)
        reached.append(float(limits[own][0]))
        bounds.append(low)
    assert served.choice.chosen is not None  # noqa: S101  a fit has sites
    return Served(Choice(served.choice.chosen, tuple(reached), tuple(bounds), finished), served.share)


def worst(problem: SitingProblem, served: Served, own: BoolArray) -> float:
    """Return the longest way that a demand among `own` (n) has."""
    if served.share is None:
        return np.inf
    used = (served.share > 0) & own[problem.distances.demand]
    return float(problem.distances.value[used].max(initial=0.0))


class _Search:
    """Binary search for one tier: `own` (n) are its demands, `limits` (n) what holds for the others.

    The optimum is one of `steps[low:high + 1]`, and `served` reaches `steps[high]`. `lazy` remembers from step to step
    which demands decide.
    """

    def __init__(
        self, problem: SitingProblem, question: Question, limits: Floats, own: BoolArray, lazy: LazyCover
    ) -> None:
        self._problem, self._question, self._limits, self._own, self._lazy = problem, question, limits, own, lazy
        self._served: Served
        self._steps: Floats
        self._low = self._high = 0

    def run(self, served: Served, effort: Effort) -> tuple[Served, float, bool]:
        """Return the best choice, a proven bound of the worst case, and whether the two are the same.

        Where a step takes too long, easier ones are asked on both sides of it, and then the hard ones with what time
        is left.
        """
        distances = self._problem.distances
        nearest = distances.nearest(np.ones(len(self._problem.site_ids), np.bool_))[1]
        least, most = nearest[self._own].max(initial=0.0), worst(self._problem, served, self._own)
        value = distances.value[self._own[distances.demand]]
        self._served, self._steps = served, np.unique(value[(value >= least) & (value <= most)])
        self._low, self._high = 0, max(0, self._steps.size - 1)
        hard = self._halve(effort, _EACH)
        if hard is not None:
            first, last = hard + 1, hard
            while first < self._high and not effort.over:
                middle = (first + self._high) // 2
                if not self._ask(middle, effort.part(_EACH)):
                    first = middle + 1
            while self._low < last and not effort.over:
                middle = (self._low + last) // 2
                if self._ask(middle, effort.part(_EACH)) is not False:
                    last = middle
            self._halve(effort, 1.0)
        sure = self._low >= self._high
        reached = worst(self._problem, self._served, self._own)
        return self._served, reached if sure else float(self._steps[self._low]), sure

    def _halve(self, effort: Effort, share: float) -> int | None:
        """Search as long as each step is answered in a share of the time left; return one that was not."""
        while self._low < self._high:
            middle = (self._low + self._high) // 2
            if self._ask(middle, effort.part(share)) is None:
                return middle
        return None

    def _ask(self, middle: int, effort: Effort) -> bool | None:
        """Ask whether the sites suffice for a step; None where the effort ends before that is known."""
        known = float(self._steps[self._high]), float(self._steps[self._low])
        effort.tell("pcenter", *known)
        limits = np.where(self._own, self._steps[middle], self._limits)
        found = _fit(self._problem, self._question, limits, self._lazy, effort.under("pcenter", *known))
        if not found.sure:
            return None
        if found.served is None:
            self._low = middle + 1
            return False
        self._served = found.served
        reached = worst(self._problem, self._served, self._own)
        self._high = min(middle, int(np.searchsorted(self._steps, reached)))
        return True


def _fit(problem: SitingProblem, question: Question, limits: Floats, lazy: LazyCover, effort: Effort) -> _Fit:
    if effort.over:
        return _Fit(None, sure=False)
    if problem.limited:
        served = fitting(problem, question, effort, limits)
        found = served.choice.chosen is not None
        return _Fit(served if found else None, sure=found or served.choice.infeasible)
    return _covering(problem, question, limits, lazy, effort)


def _covering(problem: SitingProblem, question: Question, limits: Floats, lazy: LazyCover, effort: Effort) -> _Fit:
    """Ask whether the sites suffice to cover all demands within their limits (n)."""
    within = Within.of(problem, limits)
    missing, sites = within.stay == 0, ~problem.stays
    sets = within.sites_of
    if (sets.size[missing] == 0).any():
        return _Fit(None, sure=True)
    if question.budget is not None:
        sets = sets.part(missing, sites)
        chosen, sure = _affordable(sets, problem.cost[sites], question, effort)
    else:
        most = int(sites.sum()) if question.sites is None else min(question.sites, int(sites.sum()))
        chosen, sure = lazy.at_most(sets, missing, most, effort)
        chosen = None if chosen is None else chosen[sites]
    if chosen is None:
        return _Fit(None, sure)
    opened = np.zeros(len(problem.site_ids), np.bool_)
    opened[np.flatnonzero(sites)[chosen]] = True
    return _Fit(Served(Choice(opened, (), (), finished=True), nearest_share(problem, opened)), sure=True)


def _affordable(sets: Sets, cost: Floats, question: Question, effort: Effort) -> tuple[BoolArray | None, bool]:
    """Return sites (c) that cover all demands (r) within the budget, None if there are none; and whether that is sure.

    A quick no, a greedy yes, else HiGHS up to the first answer.
    """
    demands, kept = reduced(sets, cost)
    sets = sets.part(demands, kept)
    most = float("inf") if question.sites is None else question.sites
    order = np.argsort(sets.size, kind="stable")
    if apart(sets.start, sets.column, sets.columns, order).sum() > most:
        return None, True
    found = greedy_cover(sets, np.ones(len(sets), np.int64))
    if found.sum() > most or cost[kept][found].sum() > (question.budget or 0.0):
        answer = _program(sets, cost[kept], question, effort)
        if answer is None or not answer.any():
            return None, answer is not None
        found = answer
    chosen = np.zeros(kept.size, np.bool_)
    chosen[np.flatnonzero(kept)[found]] = True
    return chosen, True


def _program(sets: Sets, cost: Floats, question: Question, effort: Effort) -> BoolArray | None:
    """Return sites that suffice, none where they cannot, None where the time ran out. Every row needs a site."""
    program = Program(np.ones(sets.columns), np.ones(sets.columns, np.bool_))
    program.add_rows(sets.row, sets.column, np.ones(sets.column.size), np.ones(len(sets)), np.full(len(sets), np.inf))
    limit_sites(program, cost, question)
    target = None if question.sites is None else float(question.sites)
    answer = program.minimise(np.ones(sets.columns), effort, target=target, stage="pcenter")
    if answer.values is not None:
        return answer.values > 0.5
    return np.zeros(sets.columns, np.bool_) if answer.infeasible else None
