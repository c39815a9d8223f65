"""The siting problem solved: a question in, sites with their proof out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from priority.errors import Problem
from priority.network.kernels import BoolArray
from priority.siting.blame import blocked_places
from priority.siting.capacitated import fewest_serving, most_served
from priority.siting.center import shortest_worst
from priority.siting.cover import Choice, fewest_sites
from priority.siting.distances import Floats
from priority.siting.effort import Effort
from priority.siting.maximal import most_covered
from priority.siting.median import least_travel
from priority.siting.problem import InvalidSiting, Question, SitingProblem
from priority.siting.results import Blocked, Service, Siting, Status, TierResult
from priority.siting.served import Served, nearest_share, weighted

#: Smaller relative gaps than this are rounding.
_EQUAL = 1e-9


def solve_siting(problem: SitingProblem, question: Question, effort: Effort | None = None) -> Siting:
    """Answer a question.

    No demands give an answer without sites; sites that serve nobody better are left out, so that there may be fewer
    than allowed. Raises `InvalidSiting` where the question does not fit the problem.
    """
    effort = effort or Effort()
    if question.backup and problem.limited:
        raise InvalidSiting([Problem("backup", "backup and capacities do not go together", "leave one of them out")])
    served = _solved(problem, question, effort)
    if not question.backup:
        served = _without_idle(problem, served)
    blocked = blocked_places(problem, question, effort.part(1.0)) if served.choice.infeasible else ()
    return _Reading(problem, question, served).result(blocked, effort)


def _solved(problem: SitingProblem, question: Question, effort: Effort) -> Served:
    radius = float(question.radius if question.radius is not None else np.inf)
    if question.model == "pmedian":
        return least_travel(problem, question, effort)
    if question.model == "pcenter":
        return shortest_worst(problem, question, effort)
    if problem.limited:
        if question.model == "mclp":
            return most_served(problem, question, effort)
        return fewest_serving(problem, question, effort, radius)
    cover = most_covered(problem, question, effort) if question.model == "mclp" else None
    choice = cover or fewest_sites(problem, question, effort, radius)
    share = None if choice.chosen is None else nearest_share(problem, choice.chosen, radius)
    return Served(choice, share)


def _without_idle(problem: SitingProblem, served: Served) -> Served:
    """Leave out new sites that serve nobody: a program to which they cost nothing opens them by chance."""
    if served.choice.chosen is None or served.share is None:
        return served
    busy = np.bincount(problem.distances.site, served.share, len(problem.site_ids)) > 0
    return replace(served, choice=replace(served.choice, chosen=served.choice.chosen & busy))


class _Reading:
    """Reads an answer out of what was solved, with figures computed anew from the sites and shares."""

    def __init__(self, problem: SitingProblem, question: Question, served: Served) -> None:
        self._problem, self._question, self._served = problem, question, served
        n = len(problem.demand_ids)
        self._share: Floats = np.zeros(len(problem.distances.value)) if served.share is None else served.share
        inside = problem.distances.within(np.inf if question.radius is None else question.radius)
        covered = np.bincount(problem.distances.demand, self._share * inside, n)
        self._covered: Floats = np.where(covered > 1 - 1e-6, 1.0, covered)

    def result(self, blocked: tuple[Blocked, ...], effort: Effort) -> Siting:
        """Return the answer; `blocked` are the places that make it infeasible."""
        problem, choice = self._problem, self._served.choice
        objective, bound = self._objective(choice), self._bound(choice)
        gap = _gap(objective, bound)
        total, covered = float(problem.weight.sum()), float(problem.weight @ self._covered)
        used = self._share > 0
        chosen = np.zeros(len(problem.site_ids), np.bool_) if choice.chosen is None else choice.chosen
        return Siting(
            model=self._question.model,
            status=self._status(choice, gap),
            objective=objective,
            bound=bound,
            gap=gap,
            selected=tuple(problem.site_ids[site] for site in np.flatnonzero(chosen)),
            services=self._services(used),
            uncovered=tuple(each.demand for each in blocked) if choice.infeasible else self._uncovered(),
            covered_weight=covered,
            covered_share=covered / total if total and choice.chosen is not None else None,
            backed_up_share=self._backed_up(chosen) / total if total and self._question.backup else None,
            worst=float(problem.distances.value[used].max()) if used.any() else None,
            tiers=self._tiers(choice),
            blocked=blocked,
            unit=problem.distances.unit,
            straight=problem.distances.straight,
            seconds=effort.deadline.elapsed_s,
        )

    def _uncovered(self) -> tuple[str, ...]:
        return tuple(self._problem.demand_ids[at] for at in np.flatnonzero(self._covered < 1))

    def _status(self, choice: Choice, gap: float | None) -> Status:
        if choice.infeasible:
            return "infeasible"
        if choice.chosen is None:
            return "unknown"
        return "optimal" if choice.finished or gap == 0 else "gap"

    def _figure(self, own: BoolArray) -> float:
        """The objective within some demands (n)."""
        problem, pairs = self._problem, own[self._problem.distances.demand]
        if self._question.model == "mclp":
            return float((problem.weight * self._covered)[own].sum())
        if self._question.model == "pmedian":
            return float((weighted(problem) * self._share)[pairs].sum())
        return float(problem.distances.value[pairs & (self._share > 0)].max(initial=0.0))

    def _objective(self, choice: Choice) -> float | None:
        if choice.chosen is None:
            return None
        if self._question.model == "lscp":
            return float(choice.chosen.sum())
        return self._figure(np.ones(len(self._problem.demand_ids), np.bool_))

    def _bound(self, choice: Choice) -> float | None:
        """The proven bound of the whole objective; with several tiers, under what the tiers before have reached."""
        objective = self._objective(choice)
        if objective is None or not choice.bounds or choice.finished:
            return objective
        if self._question.model == "lscp":
            return float(np.ceil(choice.bounds[0] - 1e-6))
        if self._question.model == "pcenter":
            return max(choice.bounds)
        slack = sum(
            reached - bound for reached, bound in zip(self._firsts(choice)[0], self._firsts(choice)[1], strict=True)
        )
        return objective + slack if self._question.model == "mclp" else objective - slack

    def _firsts(self, choice: Choice) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """The stages that make the objective: one for each tier; backup stages come after them."""
        count = (
            len(choice.reached)
            if self._question.model != "mclp"
            else len(choice.reached) // (1 + self._question.backup)
        )
        return choice.reached[:count], choice.bounds[:count]

    def _services(self, used: BoolArray) -> tuple[Service, ...]:
        problem, pairs = self._problem, np.flatnonzero(used)
        rows = zip(
            problem.distances.demand[pairs].tolist(),
            problem.distances.site[pairs].tolist(),
            problem.distances.value[pairs].tolist(),
            self._share[pairs].tolist(),
            strict=True,
        )
        return tuple(
            Service(problem.demand_ids[demand], problem.site_ids[site], distance, share)
            for demand, site, distance, share in rows
        )

    def _backed_up(self, chosen: BoolArray) -> float:
        problem = self._problem
        within = problem.distances.within(float(self._question.radius or 0.0))
        within &= (chosen | problem.stays)[problem.distances.site]
        times = np.bincount(problem.distances.demand[within], minlength=len(problem.demand_ids))
        return float(problem.weight[times > self._question.backup].sum())

    def _tiers(self, choice: Choice) -> tuple[TierResult, ...]:
        rows = []
        for tier in self._problem.tiers:
            own = self._problem.tier == tier
            figure = None if choice.chosen is None or self._question.model == "lscp" else self._figure(own)
            weight = self._problem.weight[own]
            rows.append(TierResult(int(tier), figure, None, float(weight.sum()), float(weight @ self._covered[own])))
        return tuple(rows)


def _gap(objective: float | None, bound: float | None) -> float | None:
    if objective is None or bound is None or not np.isfinite(bound):
        return None
    gap = abs(objective - bound)
    if gap <= _EQUAL * max(1.0, abs(objective)):
        return 0.0
    return gap / abs(objective) if objective else None
