"""Covering all demands without capacities, with the fewest sites."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from priority.network.kernels import BoolArray
from priority.siting.cover_floor import fewest_possible
from priority.siting.coverage import Sets, reduced
from priority.siting.distances import Floats, Ints
from priority.siting.effort import Effort
from priority.siting.local_cover import smaller_cover
from priority.siting.problem import Question, SitingProblem
from priority.siting.program import Program
from priority.siting.sparse import near
from priority.siting.stages import Staged, minimise_in_order


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
    if question.backup == 0:
        keep_demands, keep_sites = reduced(sets, cost)
        sets, least, cost = sets.part(keep_demands, keep_sites), least[keep_demands], cost[keep_sites]
        sites[np.flatnonzero(sites)[~keep_sites]] = False
    program = Program(np.ones(sets.columns), np.ones(sets.columns, np.bool_))
    program.add_rows(
        sets.row, sets.column, np.ones(sets.column.size), least.astype(np.float64), np.full(len(sets), np.inf)
    )
    start = greedy_cover(sets, least)
    floor = 0
    if question.backup == 0 and start.sum() > 1:
        start = smaller_cover(sets, start, effort.part(0.3))
        floor = fewest_possible(sets, int(start.sum()), effort.part(0.3))
    costs = [np.ones(sets.columns), *([cost] if cost.size and np.ptp(cost) > 0 else [])]
    if floor == start.sum() and len(costs) == 1:
        staged = Staged(start.astype(np.float64), (float(floor),), (float(floor),), finished=True)
    else:
        staged = minimise_in_order(program, costs, effort, start.astype(np.float64), "lscp")
        bounds = (max(staged.bounds[0], float(floor)), *staged.bounds[1:])
        staged = replace(staged, bounds=bounds)
    return as_choice(staged, problem, np.flatnonzero(sites))


def greedy_cover(sets: Sets, least: Ints) -> BoolArray:
    """Take sites one after the other, each time the one that most demands (r) still need, as long as one helps."""
    chosen, missing = np.zeros(sets.columns, np.bool_), least.copy()
    turned = sets.turned()
    gain = turned.size.copy()
    while (missing > 0).any():
        worth = np.where(chosen, 0, gain)
        best = int(np.argmax(worth))
        if not worth[best]:
            break
        chosen[best] = True
        mine = turned.column[turned.start[best] : turned.start[best + 1]]
        missing[mine] -= 1
        met = mine[missing[mine] == 0]
        for row in met.tolist():
            gain[sets.column[sets.start[row] : sets.start[row + 1]]] -= 1
    return chosen


def as_choice(staged: Staged, problem: SitingProblem, site: Ints) -> Choice:
    """Return the sites that the first columns of a program stand for, as `site` numbers them."""
    if staged.values is None:
        return Choice(None, (), staged.bounds, staged.finished, staged.infeasible)
    chosen = np.zeros(len(problem.site_ids), np.bool_)
    chosen[site[staged.values[: site.size] > 0.5]] = True
    return Choice(chosen, staged.reached, staged.bounds, staged.finished)
