"""Maximal covering without capacities: the most weight within the standard with so many sites."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from priority.network.kernels import BoolArray
from priority.siting.cover import Choice, Within, as_choice, limit_sites
from priority.siting.cover_bound import BoundedCover, bounded_cover
from priority.siting.coverage import Sets, useful_sites
from priority.siting.distances import Floats, Ints
from priority.siting.effort import Effort
from priority.siting.problem import Question, SitingProblem
from priority.siting.program import Program
from priority.siting.stages import Staged, minimise_in_order

#: The share of the time for bounds and their tree; a program has the rest. The tree proves more where both are slow.
_BOUNDING = 0.7


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
    new = np.flatnonzero(candidates)[keep]
    if question.backup or question.budget is not None or question.sites is None or len(np.unique(groups.tier)) > 1:
        start = _greedy(groups, cost[keep], question)
        return as_choice(_by_program(groups, cost[keep], question, effort, start), problem, new)
    bounded = bounded_cover(groups.sets, groups.weight, question.sites, effort.part(_BOUNDING))
    staged = _closed(bounded, groups)
    if staged is None:
        staged = _rest(bounded, groups, question, effort)
    return as_choice(staged, problem, new)


def _closed(bounded: BoundedCover, groups: Groups) -> Staged | None:
    """The answer where the bound already proves it."""
    if not bounded.proven:
        return None
    covered = -(float(groups.weight.sum()) - bounded.missed)
    return Staged(bounded.chosen.astype(np.float64), (covered,), (covered,), finished=True)


def _rest(bounded: BoundedCover, groups: Groups, question: Question, effort: Effort) -> Staged:
    """Solve with the sites alone that a better choice may have."""
    sites = bounded.may | bounded.chosen
    part = replace(groups, sets=groups.sets.part(np.ones(len(groups.sets), np.bool_), sites))
    staged = _by_program(part, np.zeros(part.sets.columns), question, effort, bounded.chosen[sites])
    assert staged.values is not None  # noqa: S101  it began with a solution
    values = np.zeros(groups.sets.columns)
    values[sites] = staged.values[: part.sets.columns]
    bound = max(staged.bounds[0], bounded.bound - float(groups.weight.sum()))
    return Staged(values, staged.reached, (min(bound, staged.reached[0]),), staged.finished)


def _by_program(groups: Groups, cost: Floats, question: Question, effort: Effort, start: BoolArray) -> Staged:
    levels = 1 + question.backup
    program, columns = _covering_program(groups, levels, cost, question)
    costs = [
        columns.cost(-groups.weight * (groups.tier == each), level)
        for level in range(levels)
        for each in np.unique(groups.tier)
    ]
    return minimise_in_order(program, costs, effort, columns.solution(start, groups), "mclp")


@dataclass(frozen=True, eq=False)
class Groups:
    """Demands (g) that are alike: their sites, the existing sites around, summed weight and tier."""

    sets: Sets
    stay: Ints
    weight: Floats
    tier: Ints


def _groups(sets: Sets, stay: Ints, weight: Floats, tier: Ints) -> Groups:
    """Merge demands of a tier that have the same sites: they are covered together or not at all, backed up alike."""
    keys = np.column_stack([sets.like(), stay, tier]).reshape(-1, 3)
    _, first, group = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    summed: Floats = np.bincount(group.ravel(), weight, len(first)).astype(np.float64)
    rows = np.zeros(len(sets), np.bool_)
    rows[first] = True
    order = np.argsort(first)
    kept = first[order]
    return Groups(sets.part(rows, np.ones(sets.columns, np.bool_)), stay[kept], summed[order], tier[kept])


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

    def solution(self, open_sites: BoolArray, groups: Groups) -> Floats:
        counted = groups.stay + np.bincount(groups.sets.row[open_sites[groups.sets.column]], minlength=self.groups)
        return np.concatenate([open_sites, *(counted > level for level in range(self.levels))]).astype(np.float64)


def _covering_program(groups: Groups, levels: int, cost: Floats, question: Question) -> tuple[Program, _Columns]:
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


def _greedy(groups: Groups, cost: Floats, question: Question) -> BoolArray:
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
