"""Covering without capacities: the fewest sites for all demands, or the most weight with so many sites."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from priority.network.kernels import BoolArray
from priority.siting.coverage import Sets, reduced, useful_sites
from priority.siting.distances import Floats, Ints
from priority.siting.effort import Effort
from priority.siting.problem import Question, SitingProblem
from priority.siting.program import Program
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
        inside = distances.within(limit)
        new = inside & ~problem.stays[distances.site]
        size = len(distances), distances.sites
        sets = Sets.of_pairs(distances.demand[new], distances.site[new], size)
        stay = np.bincount(distances.demand[inside & problem.stays[distances.site]], minlength=size[0])
        return cls(sets, stay.astype(np.int64))


def most_covered(problem: SitingProblem, question: Question, effort: Effort) -> Choice:
    """Choose the sites that cover the most weight, tier by tier; then, if asked, the most weight with backup.

    What existing sites cover is no part of the program; demands with the same sites and tier are one demand. No site
    within the standard, or no sites to choose, gives no sites.
    """
    within = Within.of(problem, float(question.radius or 0.0))
    levels = 1 + question.backup
    counts = (problem.weight > 0) & (within.stay < levels) & (within.sites_of.size > 0)
    candidates = ~problem.stays
    sets = within.sites_of.part(counts, candidates)
    cost = problem.cost[candidates] if question.budget is not None else np.zeros(int(candidates.sum()))
    keep = np.ones(sets.columns, np.bool_) if question.backup else useful_sites(sets.turned(), cost)
    keep &= cost <= (np.inf if question.budget is None else question.budget)
    sets = sets.part(np.ones(len(sets), np.bool_), keep)
    stay, weight, tier = within.stay[counts], problem.weight[counts], problem.tier[counts]
    groups = _groups(sets, stay, weight, tier)
    program, columns = _covering_program(groups, levels, cost[keep], question)
    costs = [
        columns.cost(-groups.weight * (groups.tier == each), level)
        for level in range(levels)
        for each in np.unique(groups.tier)
    ]
    start = columns.solution(_greedy(groups, cost[keep], question), groups)
    staged = minimise_in_order(program, costs, effort, start, "mclp")
    return _choice(staged, problem, np.flatnonzero(candidates)[keep])


@dataclass(frozen=True, eq=False)
class _Groups:
    """Demands (g) that are alike: their sites, the existing sites around, summed weight and tier."""

    sets: Sets
    stay: Ints
    weight: Floats
    tier: Ints


def _groups(sets: Sets, stay: Ints, weight: Floats, tier: Ints) -> _Groups:
    """Merge demands of a tier that have the same sites: they are covered together or not at all, backed up alike."""
    keys = np.column_stack([sets.like(), stay, tier]).reshape(-1, 3)
    _, first, group = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    summed: Floats = np.bincount(group.ravel(), weight, len(first)).astype(np.float64)
    rows = np.zeros(len(sets), np.bool_)
    rows[first] = True
    order = np.argsort(first)
    kept = first[order]
    return _Groups(sets.part(rows, np.ones(sets.columns, np.bool_)), stay[kept], summed[order], tier[kept])


@dataclass(frozen=True)
class _Columns:
    """Sites come first, then one column for each group at each level of coverage."""

    sites: int
    groups: int
    levels: int

    @property
    def count(self) -> int:
        return self.sites + self.groups * self.levels

    def cost(self, weight: Floats, level: int) -> Floats:
        cost = np.zeros(self.count)
        first = self.sites + level * self.groups
        cost[first : first + self.groups] = weight
        return cost

    def solution(self, open_sites: BoolArray, groups: _Groups) -> Floats:
        counted = groups.stay + np.bincount(groups.sets.row[open_sites[groups.sets.column]], minlength=self.groups)
        return np.concatenate([open_sites, *(counted > level for level in range(self.levels))]).astype(np.float64)


def _covering_program(groups: _Groups, levels: int, cost: Floats, question: Question) -> tuple[Program, _Columns]:
    """A group reaches level k only with k + 1 sites open, existing ones counted."""
    sets = groups.sets
    columns = _Columns(sets.columns, len(sets), levels)
    integer = np.zeros(columns.count, np.bool_)
    integer[: sets.columns] = True
    integer[sets.columns :] = levels > 1
    program = Program(np.ones(columns.count), integer)
    group = np.arange(len(sets))
    row = np.concatenate([sets.row, *(group for _ in range(levels))])
    column = np.concatenate([sets.column, *(sets.columns + level * len(sets) + group for level in range(levels))])
    value = np.concatenate([np.full(sets.column.size, -1.0), np.ones(levels * len(sets))])
    program.add_rows(row, column, value, np.full(len(sets), -np.inf), groups.stay.astype(np.float64))
    for level in range(1, levels):
        pair = np.concatenate(
            [sets.columns + level * len(sets) + group, sets.columns + (level - 1) * len(sets) + group]
        )
        value = np.repeat([1.0, -1.0], len(sets))
        program.add_rows(np.tile(group, 2), pair, value, np.full(len(sets), -np.inf), np.zeros(len(sets)))
    limit_sites(program, cost, question)
    return program, columns


def limit_sites(program: Program, cost: Floats, question: Question) -> None:
    """Limit the number and the cost (s) of the sites, which are the program's first columns."""
    first = np.arange(cost.size)
    if question.sites is not None:
        program.add_row(first, np.ones(cost.size), high=float(question.sites))
    if question.budget is not None:
        program.add_row(first, cost, high=question.budget)


def _greedy(groups: _Groups, cost: Floats, question: Question) -> BoolArray:
    """Take sites one after the other, each time the one that newly covers the most weight, first tier first."""
    sets = groups.sets
    chosen, covered = np.zeros(sets.columns, np.bool_), groups.stay > 0
    left = np.inf if question.budget is None else question.budget
    most = sets.columns if question.sites is None else min(question.sites, sets.columns)
    while chosen.sum() < most:
        gain = np.zeros(sets.columns)
        for tier in np.unique(groups.tier):
            weight = np.where(covered | (groups.tier != tier), 0.0, groups.weight)
            gain = np.where(~chosen & (cost <= left), np.bincount(sets.column, weight[sets.row], sets.columns), 0.0)
            if gain.any():
                break
        if not gain.any():
            break
        best = int(np.argmax(gain))
        chosen[best] = True
        left -= cost[best]
        covered[sets.row[sets.column == best]] = True
    return chosen


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
    costs = [np.ones(sets.columns), *([cost] if cost.size and np.ptp(cost) > 0 else [])]
    staged = minimise_in_order(program, costs, effort, greedy_cover(sets, least).astype(np.float64), "lscp")
    return _choice(staged, problem, np.flatnonzero(sites))


def greedy_cover(sets: Sets, least: Ints) -> BoolArray:
    """Take sites one after the other, each time the one that most demands (r) still need, until all have enough."""
    chosen, missing = np.zeros(sets.columns, np.bool_), least.copy()
    turned = sets.turned()
    gain = turned.size.copy()
    while (missing > 0).any():
        best = int(np.argmax(np.where(chosen, -1, gain)))
        chosen[best] = True
        mine = turned.column[turned.start[best] : turned.start[best + 1]]
        missing[mine] -= 1
        met = mine[missing[mine] == 0]
        for row in met.tolist():
            gain[sets.column[sets.start[row] : sets.start[row + 1]]] -= 1
    return chosen


def _choice(staged: Staged, problem: SitingProblem, site: Ints) -> Choice:
    """Return the sites that the first columns of a program stand for, as `site` numbers them."""
    if staged.values is None:
        return Choice(None, (), staged.bounds, staged.finished, staged.infeasible)
    chosen = np.zeros(len(problem.site_ids), np.bool_)
    chosen[site[staged.values[: site.size] > 0.5]] = True
    return Choice(chosen, staged.reached, staged.bounds, staged.finished)
