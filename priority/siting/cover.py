"""Covering all demands without capacities, with the fewest sites."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from priority.network.kernels import BoolArray
from priority.siting.coverage import Sets, reduced
from priority.siting.distances import Floats, Ints
from priority.siting.effort import Effort
from priority.siting.lazy_cover import LazyCover, apart
from priority.siting.local_cover import greedy_cover, smaller_cover
from priority.siting.problem import Question, SitingProblem
from priority.siting.program import Program
from priority.siting.sparse import near
from priority.siting.stages import Staged, minimise_in_order

#: Shares of the time left: for a local search, for a first proof after it, and to count before costs are looked at.
_SEARCHING, _FIRST, _COUNTING = 0.3, 0.3, 0.7
#: So many steps without success end a first and a second local search.
_SHORT, _LONG = 6_000, 60_000


@dataclass(frozen=True, eq=False)
class Choice:
    """New sites chosen (m), or None where none was found, with the stages that led there.

    `stages` are objectives to be minimised, in order; `infeasible` is proven.
    """

    chosen: BoolArray | None
    reached: tuple[float, ...]
    bounds: tuple[float, ...]
    finished: bool
    infeasible: bool = False


@dataclass(frozen=True, eq=False)
class Within:
    """Pairs within a standard: `sites_of` has for each demand (n) the candidates that cover it.

    `stay` (n) counts the existing sites that cover it.
    """

    sites_of: Sets
    stay: Ints

    @classmethod
    def of(cls, problem: SitingProblem, limit: Floats | float) -> Within:
        """Read the pairs within a limit, one for all or one for each demand (n)."""
        distances = problem.distances
        reach = np.ascontiguousarray(distances.reach(limit))
        start, site, stay = near(distances.start, distances.site, distances.value, reach, problem.stays)
        return cls(Sets(start, site, distances.sites), stay)


def limit_sites(program: Program, cost: Floats, question: Question) -> None:
    """Limit the number and the cost (s) of the sites, which are the program's first columns."""
    first = np.arange(cost.size)
    if question.sites is not None:
        program.add_row(first, np.ones(cost.size), high=float(question.sites))
    if question.budget is not None:
        program.add_row(first, cost, high=question.budget)


def fewest_sites(problem: SitingProblem, question: Question, effort: Effort, limit: Floats | float) -> Choice:
    """Choose the fewest sites that cover every demand within a limit, of equally few the cheapest.

    Every demand needs `1 + backup` sites, existing ones counted. No demands, or none left over, gives no sites.
    `infeasible` where some demand has too few sites within the limit.
    """
    within = Within.of(problem, limit)
    needed = 1 + question.backup - within.stay
    if (within.sites_of.size < needed).any():
        return Choice(None, (), (), finished=True, infeasible=True)
    demands, sites = needed > 0, ~problem.stays
    sets, least = within.sites_of.part(demands, sites), needed[demands]
    cost = problem.cost[sites]
    if question.backup:
        return as_choice(_by_program(sets, least, cost, effort), problem, np.flatnonzero(sites))
    keep_demands, keep_sites = reduced(sets, cost)
    sets, cost = sets.part(keep_demands, keep_sites), cost[keep_sites]
    return as_choice(_fewest(sets, cost, effort), problem, np.flatnonzero(sites)[keep_sites])


def _fewest(sets: Sets, cost: Floats, effort: Effort) -> Staged:
    """Cover each demand once: a good cover by local search, then a proof that there is none smaller, or a smaller one.

    Where sites cost the same the number is all there is to minimise.
    """
    chosen = greedy_cover(sets, np.ones(len(sets), np.int64))
    alike = not cost.size or np.ptp(cost) == 0
    lazy = LazyCover(len(sets), searched=True)
    floor = int(apart(sets.start, sets.column, sets.columns, np.argsort(sets.size, kind="stable")).sum())
    for patience, share in ((_SHORT, _FIRST), (_LONG, 1.0 if alike else _COUNTING)):
        chosen = smaller_cover(sets, chosen, effort.part(_SEARCHING), floor, patience)
        chosen, floor = _closed_in(sets, chosen, floor, lazy, effort.part(share))
    size = int(chosen.sum())
    if alike:
        return Staged(chosen.astype(np.float64), (float(size),), (float(floor),), finished=floor == size)
    program = _program(sets, np.ones(len(sets), np.int64))
    program.add_row(np.arange(cost.size), np.ones(cost.size), high=float(size))
    cheapest = minimise_in_order(program, [cost], effort, chosen.astype(np.float64), "lscp")
    assert cheapest.values is not None  # noqa: S101  it began with a cover
    reached = float(np.rint(cheapest.values).sum()), cheapest.reached[0]
    bounds = float(floor), cheapest.bounds[0]
    return Staged(cheapest.values, reached, bounds, cheapest.finished and floor == size)


def _closed_in(sets: Sets, chosen: BoolArray, floor: int, lazy: LazyCover, effort: Effort) -> tuple[BoolArray, int]:
    """Raise a proven least number of sites until it is that of a cover, or the effort ends."""
    everybody = np.ones(len(sets), np.bool_)
    while floor < chosen.sum():
        effort.tell("lscp", float(chosen.sum()), float(floor))
        asking = effort.under("lscp", float(chosen.sum()), float(floor))
        found, sure = lazy.at_most(sets, everybody, floor, asking)
        if found is not None:
            return found, floor
        if not sure:
            break
        floor += 1
    return chosen, floor


def _program(sets: Sets, least: Ints) -> Program:
    """Every demand (r) needs at least so many of its sites."""
    program = Program(np.ones(sets.columns), np.ones(sets.columns, np.bool_))
    high = np.full(len(sets), np.inf)
    program.add_rows(sets.row, sets.column, np.ones(sets.column.size), least.astype(np.float64), high)
    return program


def _by_program(sets: Sets, least: Ints, cost: Floats, effort: Effort) -> Staged:
    start = greedy_cover(sets, least)
    costs = [np.ones(sets.columns), *([cost] if cost.size and np.ptp(cost) > 0 else [])]
    return minimise_in_order(_program(sets, least), costs, effort, start.astype(np.float64), "lscp")


def as_choice(staged: Staged, problem: SitingProblem, site: Ints) -> Choice:
    """Return the sites that the first columns of a program stand for, as `site` numbers them."""
    if staged.values is None:
        return Choice(None, (), staged.bounds, staged.finished, staged.infeasible)
    chosen = np.zeros(len(problem.site_ids), np.bool_)
    chosen[site[staged.values[: site.size] > 0.5]] = True
    return Choice(chosen, staged.reached, staged.bounds, staged.finished)
