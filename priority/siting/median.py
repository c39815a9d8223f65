"""The p-median: interchange finds a choice, the Lagrangian bound proves how good it is, HiGHS closes what is left."""

from __future__ import annotations

import numpy as np

from priority.network.kernels import BoolArray
from priority.siting.cover import Choice
from priority.siting.distances import Floats
from priority.siting.effort import Effort
from priority.siting.interchange import Interchange
from priority.siting.lagrange import LagrangianBound, MedianPairs, best_bound
from priority.siting.problem import Question, SitingProblem
from priority.siting.served import Served, ServingProgram, nearest_share, weighted

#: Programs with more pairs than this are not put to HiGHS.
_PAIRS = 300_000
_EQUAL = 1e-9


def least_travel(problem: SitingProblem, question: Question, effort: Effort) -> Served:
    """Choose the sites with the least weighted distance, tier by tier; every demand is served by its nearest open site.

    `infeasible` where some demand can be reached by no choice, or not all by so many sites.
    """
    if problem.limited or question.budget is not None or question.sites is None:
        return _by_program(problem, question, effort)
    search = Interchange(problem, question.sites)
    chosen = search.run(effort.part(0.4))
    share = nearest_share(problem, chosen)
    if _served_all(problem, share):
        return _proven(problem, question, effort, chosen)
    return _by_program(problem, question, effort)


def _served_all(problem: SitingProblem, share: Floats) -> bool:
    return bool((np.bincount(problem.distances.demand, share, len(problem.demand_ids)) > 0.5).all())


def _by_program(problem: SitingProblem, question: Question, effort: Effort) -> Served:
    pairs = np.ones(len(problem.distances.value), np.bool_)
    sites = np.ones(len(problem.site_ids), np.bool_)
    program = ServingProgram(problem, question, pairs, sites, all_served=True)
    program.limit()
    return program.solve(program.pair_costs(weighted(problem)), effort, stage="pmedian")


def _proven(problem: SitingProblem, question: Question, effort: Effort, chosen: BoolArray) -> Served:
    """Bound each tier on its own, which holds whatever earlier tiers ask; HiGHS finishes what is small enough."""
    share = nearest_share(problem, chosen)
    cost = weighted(problem)
    reached, found = list[float](), list[LagrangianBound]()
    for number, tier in enumerate(problem.tiers):
        own = problem.tier == tier
        reached.append(float((cost * share)[own[problem.distances.demand]].sum()))
        part = effort.part(0.8 / (len(problem.tiers) - number))
        found.append(_bound(problem, chosen, own, reached[-1], question.sites or 0, part))
    bounds = [min(each.value, value) for each, value in zip(found, reached, strict=True)]
    served = Served(Choice(chosen, tuple(reached), tuple(bounds), finished=_equal(reached, bounds)), share)
    if served.choice.finished or effort.over:
        return served
    return _finished(problem, question, effort, served, found)


def _equal(reached: list[float], bounds: list[float]) -> bool:
    return all(value - bound <= _EQUAL * abs(value) for value, bound in zip(reached, bounds, strict=True))


def _median_pairs(problem: SitingProblem, own: BoolArray) -> MedianPairs:
    start, demand, value = problem.distances.by_site
    weight = np.where(own, problem.weight, 0.0)
    near = problem.distances.nearest(problem.stays)[1]
    reached = np.isfinite(near)
    kept = np.full(len(near), np.inf)
    kept[reached] = weight[reached] * near[reached]
    kept[~own] = 0.0
    return MedianPairs(start, demand, weight[demand] * value, kept, ~problem.stays)


def _bound(
    problem: SitingProblem, chosen: BoolArray, own: BoolArray, upper: float, sites: int, effort: Effort
) -> LagrangianBound:
    pairs = _median_pairs(problem, own)
    near = problem.distances.nearest(chosen | problem.stays)[1]
    first = np.where(own, problem.weight * near, 0.0)
    return best_bound(pairs, sites, upper, first, effort)


def _finished(
    problem: SitingProblem, question: Question, effort: Effort, served: Served, found: list[LagrangianBound]
) -> Served:
    """Leave out sites and pairs that no better choice has, and solve the rest exactly if it is small enough."""
    assert served.choice.chosen is not None  # noqa: S101  the search has found sites
    assert served.share is not None  # noqa: S101
    pairs, sites = np.ones(len(problem.distances.value), np.bool_), np.ones(len(problem.site_ids), np.bool_)
    if len(found) == 1:
        pairs, sites = _left(problem, served.choice.reached[0], question.sites or 0, found[0])
        sites |= served.choice.chosen
        pairs |= served.share > 0
    if int((pairs & sites[problem.distances.site]).sum()) > _PAIRS:
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


def _left(problem: SitingProblem, upper: float, sites: int, found: LagrangianBound) -> tuple[BoolArray, BoolArray]:
    """Return which pairs (p) and sites (m) a choice better than `upper` may have.

    Forcing a site into the relaxed solution raises the bound by its reduced cost less that of the last site chosen;
    forcing a pair raises it by cost - price, where that is positive, and by the same for its site. Where the raised
    bound exceeds `upper` no better choice has the site or the pair.
    """
    slack = upper - found.value + 1e-9 * abs(upper)
    last = found.reduced_cost[found.sites[-1]] if found.sites.size == sites and sites else 0.0
    raised = np.maximum(0.0, found.reduced_cost - last)
    may = (raised <= slack) | problem.stays
    distances = problem.distances
    extra = np.maximum(0.0, weighted(problem) - found.price[distances.demand])
    extra += np.where(problem.stays, 0.0, raised)[distances.site]
    return extra <= slack, may
