"""Models in which it matters who serves whom: capacities, and the p-median. One column for each pair that may serve."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from priority.network.kernels import BoolArray
from priority.siting.cover import Choice, limit_sites
from priority.siting.distances import Floats, Ints
from priority.siting.effort import Effort
from priority.siting.problem import Question, SitingProblem
from priority.siting.program import Program
from priority.siting.stages import Staged, minimise_in_order

#: Programs with more pairs than this are not put to HiGHS.
MOST_PAIRS = 300_000


@dataclass(frozen=True, eq=False)
class Served:
    """A choice with the share of each pair's demand that its site serves (p); None where nothing was found."""

    choice: Choice
    share: Floats | None


class ServingProgram:
    """Candidates (s) first, then the pairs (q) that may serve, as `pairs` names them.

    A pair serves only if its site is open and has room. With `all_served` every demand is served in full. Pairs whose
    demand alone is more than the site holds are left out unless sites may share a demand.
    """

    def __init__(
        self, problem: SitingProblem, question: Question, pairs: BoolArray, sites: BoolArray, *, all_served: bool
    ) -> None:
        self._problem, self._question = problem, question
        distances = problem.distances
        self.sites = np.flatnonzero(sites & ~problem.stays)
        usable = pairs & (sites | problem.stays)[distances.site]
        if not question.shared:
            usable &= problem.weight[distances.demand] <= problem.capacity[distances.site]
        self.pairs = np.flatnonzero(usable)
        self.columns = self.sites.size + self.pairs.size
        self.demand, self.site = distances.demand[self.pairs], distances.site[self.pairs]
        self._place = np.full(len(problem.site_ids), -1, np.int64)
        self._place[self.sites] = np.arange(self.sites.size)
        integer = np.ones(self.columns, np.bool_)
        integer[self.sites.size :] = problem.limited and not question.shared
        self.program = Program(np.ones(self.columns), integer, whole=not (question.shared and problem.limited))
        self._add_demands(all_served=all_served)
        self._add_openings()
        self._add_capacities()

    def _add_demands(self, *, all_served: bool) -> None:
        n = len(self._problem.demand_ids)
        column = self.sites.size + np.arange(self.pairs.size)
        low = np.full(n, 1.0 if all_served else -np.inf)
        self.program.add_rows(self.demand, column, np.ones(column.size), low, np.ones(n))

    def _add_openings(self) -> None:
        own = np.flatnonzero(self._place[self.site] >= 0)
        row = np.tile(np.arange(own.size), 2)
        column = np.concatenate([self.sites.size + own, self._place[self.site[own]]])
        value = np.repeat([1.0, -1.0], own.size)
        self.program.add_rows(row, column, value, np.full(own.size, -np.inf), np.zeros(own.size))

    def _add_capacities(self) -> None:
        problem = self._problem
        limited = np.flatnonzero(np.isfinite(problem.capacity) & (problem.stays | (self._place >= 0)))
        if not limited.size:
            return
        number = np.full(len(problem.site_ids), -1, np.int64)
        number[limited] = np.arange(limited.size)
        own = np.flatnonzero(number[self.site] >= 0)
        new = np.flatnonzero(self._place[limited] >= 0)
        room = problem.capacity[limited]
        # The largest numbers of a row are brought to 1: capacities may be tens of thousands of people.
        scale = np.maximum(room, 1.0)
        row = np.concatenate([number[self.site[own]], new])
        column = np.concatenate([self.sites.size + own, self._place[limited[new]]])
        weight = problem.weight[self.demand[own]]
        value = np.concatenate([weight, -room[new]]) / scale[row]
        high = np.where(self._place[limited] >= 0, 0.0, room) / scale
        self.program.add_rows(row, column, value, np.full(limited.size, -np.inf), high)

    def limit(self) -> None:
        """Limit the number of new sites and their cost as the question does."""
        self.limit_in(self.program)

    def limit_in(self, program: Program) -> None:
        """Do so in another program that begins with the same sites."""
        limit_sites(program, self._problem.cost[self.sites], self._question)

    def site_cost(self, cost: Floats) -> Floats:
        """Return the costs (c) of a program that counts sites (m)."""
        return np.concatenate([cost[self.sites], np.zeros(self.pairs.size)])

    def pair_costs(self, cost: Floats) -> list[Floats]:
        """Return the costs (c) of a program that counts pairs (p), one for each tier in order."""
        tier = self._problem.tier[self.demand]
        own = cost[self.pairs]
        nothing = np.zeros(self.sites.size)
        return [np.concatenate([nothing, np.where(tier == each, own, 0.0)]) for each in self._problem.tiers]

    def start(self, chosen: BoolArray, share: Floats) -> Floats:
        """Return a known solution in columns."""
        return np.concatenate([chosen[self.sites].astype(np.float64), share[self.pairs]])

    def solve(self, costs: list[Floats], effort: Effort, start: Floats | None = None, stage: str = "") -> Served:
        """Minimise the costs in order."""
        return self.read(minimise_in_order(self.program, costs, effort, start, stage))

    def read(self, staged: Staged) -> Served:
        """Return a solution of the program as sites and shares."""
        if staged.values is None:
            return Served(Choice(None, (), staged.bounds, staged.finished, staged.infeasible), None)
        chosen = np.zeros(len(self._problem.site_ids), np.bool_)
        chosen[self.sites[staged.values[: self.sites.size] > 0.5]] = True
        share = np.zeros(len(self._problem.distances.value))
        share[self.pairs] = np.clip(staged.values[self.sites.size :], 0.0, 1.0)
        share[share < 1e-7] = 0.0
        return Served(Choice(chosen, staged.reached, staged.bounds, staged.finished), share)


def few_enough(problem: SitingProblem, pairs: BoolArray) -> tuple[BoolArray, bool]:
    """Return no more pairs than a program can have: each demand's nearest; and whether any were left out."""
    if int(pairs.sum()) <= MOST_PAIRS:
        return pairs, False
    distances = problem.distances
    each = max(1, MOST_PAIRS // max(1, len(distances)))
    order = np.lexsort((distances.value, ~pairs, distances.demand))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order)) - distances.start[distances.demand[order]]
    kept: BoolArray = pairs & (rank < each)
    return kept, True


def without_proof(served: Served, *, thinned: bool) -> Served:
    """What a program without some pairs says: a choice, but no bound and no proof that there is none."""
    if not thinned:
        return served
    bounds = tuple(-np.inf for _ in served.choice.reached)
    return Served(replace(served.choice, bounds=bounds, finished=False, infeasible=False), served.share)


def all_sites(problem: SitingProblem) -> BoolArray:
    """Return a mark for every site (m)."""
    return np.ones(len(problem.site_ids), np.bool_)


def nearest_share(problem: SitingProblem, chosen: BoolArray, limit: float = np.inf) -> Floats:
    """Return the shares (p) where everybody goes to the nearest open site, if it is within a limit."""
    pair = problem.distances.nearest(chosen | problem.stays)[0]
    share = np.zeros(len(problem.distances.value))
    share[pair[pair >= 0]] = 1.0
    share[~problem.distances.within(limit)] = 0.0
    return share


def weighted(problem: SitingProblem) -> Floats:
    """Return weight times distance of each pair (p)."""
    cost: Floats = problem.weight[problem.distances.demand] * problem.distances.value
    return cost


def site_numbers(problem: SitingProblem) -> Ints:
    """Return the numbers of the candidates."""
    return np.flatnonzero(~problem.stays)
