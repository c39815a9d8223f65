"""The p-median: interchange finds a choice, the Lagrangian bound proves how good it is, HiGHS closes what is left."""

from __future__ import annotations

import numpy as np

from priority.network.kernels import BoolArray
from priority.siting.capacitated import least_serving
from priority.siting.cover import Choice
from priority.siting.distances import Floats
from priority.siting.effort import Effort
from priority.siting.interchange import Interchange
from priority.siting.lagrange import BoundSearch, Fixed, LagrangianBound, MedianPairs
from priority.siting.problem import Question, SitingProblem
from priority.siting.program import common_measure
from priority.siting.served import MOST_PAIRS, Served, ServingProgram, nearest_share, weighted

#: Programs with no more pairs than this take a second or two.
_QUICK = 20_000
_EQUAL = 1e-9


def least_travel(problem: SitingProblem, question: Question, effort: Effort) -> Served:
    """Choose the sites with the least weighted distance, tier by tier; every demand is served by its nearest open site.

    `infeasible` where some demand can be reached by no choice, or not all by so many sites.
    """
    if problem.limited or question.budget is not None or question.sites is None:
        return least_serving(problem, question, effort)
    search = Interchange(problem, question.sites)
    chosen = search.run(effort.part(0.4))
    share = nearest_share(problem, chosen)
    if _served_all(problem, share):
        return _proven(problem, question, effort, search, chosen)
    if effort.over:
        return Served(Choice(None, (), (), finished=False), None)
    return least_serving(problem, question, effort)


def _served_all(problem: SitingProblem, share: Floats) -> bool:
    return bool((np.bincount(problem.distances.demand, share, len(problem.demand_ids)) > 0.5).all())


def _proven(
    problem: SitingProblem, question: Question, effort: Effort, search: Interchange, chosen: BoolArray
) -> Served:
    """Bound each tier among the choices that are as good for those before it; HiGHS finishes what is small enough."""
    best = _Best(problem, search, effort, chosen)
    found, fixed = [], Fixed.nothing(len(problem.site_ids))
    for number, tier in enumerate(problem.tiers):
        own = problem.tier == tier
        pairs = _median_pairs(problem, own)
        improve = best.improve if len(problem.tiers) == 1 else best.unchanged
        part = effort.part(0.8 / (len(problem.tiers) - number))
        bounding = BoundSearch(pairs, search.sites, best.reached[number], improve, common_measure(pairs.cost))
        found.append((bounding, bounding.run(_first_prices(problem, best.chosen, own), part, fixed)))
        bounding.ask(found[-1][1], part)
        if len(problem.tiers) > 1:
            fixed = bounding.as_good(found[-1][1], fixed)
    bounds = [
        reached if bounding.closed(bound) else min(bound.value, reached)
        for (bounding, bound), reached in zip(found, best.reached, strict=True)
    ]
    choice = Choice(best.chosen, tuple(best.reached), tuple(bounds), finished=_equal(best.reached, bounds))
    served = Served(choice, nearest_share(problem, best.chosen))
    if choice.finished or effort.over:
        return served
    return _finished(problem, question, effort, served, found, fixed)


class _Best:
    """The best choice so far, with its cost in each tier."""

    def __init__(self, problem: SitingProblem, search: Interchange, effort: Effort, chosen: BoolArray) -> None:
        self._problem, self._search, self._effort = problem, search, effort
        self.chosen = chosen
        self.reached = self._costs(chosen)

    def _costs(self, chosen: BoolArray) -> list[float]:
        problem = self._problem
        near = problem.distances.nearest(chosen | problem.stays)[1]
        return [float((problem.weight * near)[problem.tier == tier].sum()) for tier in problem.tiers]

    def improve(self, start: BoolArray) -> float:
        """Exchange from a start on; return the cost of what comes out, in the only tier."""
        chosen = self._search.run(self._effort, start)
        reached = self._costs(chosen)
        if reached < self.reached:
            self.chosen, self.reached = chosen, reached
        return reached[0]

    def unchanged(self, start: BoolArray) -> float:
        """With several tiers no choice is made for one of them alone."""
        return np.inf


def _equal(reached: list[float], bounds: list[float]) -> bool:
    return all(value - bound <= _EQUAL * abs(value) for value, bound in zip(reached, bounds, strict=True))


def _gap(choice: Choice) -> float:
    return max((value - bound) / max(value, 1e-300) for value, bound in zip(choice.reached, choice.bounds, strict=True))


def _median_pairs(problem: SitingProblem, own: BoolArray) -> MedianPairs:
    start, demand, value = problem.distances.by_site
    weight = np.where(own, problem.weight, 0.0)
    near = problem.distances.nearest(problem.stays)[1]
    reached = np.isfinite(near)
    kept = np.full(len(near), np.inf)
    kept[reached] = weight[reached] * near[reached]
    kept[~own] = 0.0
    return MedianPairs(start, demand, weight[demand] * value, kept, ~problem.stays)


def _first_prices(problem: SitingProblem, chosen: BoolArray, own: BoolArray) -> Floats:
    """Prices (n) to begin with: half way between the nearest and the second nearest open site."""
    opened = chosen | problem.stays
    pair, near = problem.distances.nearest(opened)
    other = np.ones(len(problem.distances.value), np.bool_)
    other[pair[pair >= 0]] = False
    second = problem.distances.keep(other).nearest(opened)[1]
    second = np.where(np.isfinite(second), second, near)
    return np.where(own, problem.weight * (near + second) / 2, 0.0)


def _finished(
    problem: SitingProblem,
    question: Question,
    effort: Effort,
    served: Served,
    found: list[tuple[BoundSearch, LagrangianBound]],
    fixed: Fixed,
) -> Served:
    """Leave out sites and pairs that no better choice has, and solve the rest exactly if it is small enough."""
    assert served.choice.chosen is not None  # noqa: S101  the search has found sites
    assert served.share is not None  # noqa: S101
    pairs, sites = np.ones(len(problem.distances.value), np.bool_), ~fixed.outside
    if len(found) == 1:
        pairs, sites = _left(problem, *found[0])
    sites |= served.choice.chosen | problem.stays
    pairs |= served.share > 0
    left = int((pairs & sites[problem.distances.site]).sum())
    large = len(pairs) > MOST_PAIRS and left > _QUICK
    if left > MOST_PAIRS or (large and _gap(served.choice) <= effort.enough_gap):
        return served
    program = ServingProgram(problem, question, pairs, sites | problem.stays, all_served=True)
    program.limit()
    start = program.start(served.choice.chosen, served.share)
    exact = program.solve(program.pair_costs(weighted(problem)), effort, start, "pmedian")
    if exact.choice.chosen is None:
        return served
    bounds = tuple(
        min(value, max(one, other))
        for value, one, other in zip(exact.choice.reached, exact.choice.bounds, served.choice.bounds, strict=True)
    )
    chosen = exact.choice.chosen
    choice = Choice(chosen, exact.choice.reached, bounds, exact.choice.finished)
    return Served(choice, nearest_share(problem, chosen))


def _left(problem: SitingProblem, search: BoundSearch, found: LagrangianBound) -> tuple[BoolArray, BoolArray]:
    """Return which pairs (p) and sites (m) a choice better than the best known may have.

    Forcing a pair raises the bound by cost - price, where that is positive, and by what its site raises it.
    """
    may, slack = search.may_be_better(found)
    distances = problem.distances
    extra = np.maximum(0.0, weighted(problem) - found.price[distances.demand])
    extra += search.raised(found)[distances.site]
    return extra <= slack, may | problem.stays
