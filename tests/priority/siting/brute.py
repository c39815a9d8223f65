"""Siting by trying everything, written without a look at the solver: for very small problems."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from priority.siting.distances import Distances
from priority.siting.problem import Question, SitingProblem

Table = list[list[float]]


@dataclass(frozen=True)
class Case:
    """A table of distances (n, m) with infinity for unreachable, and the rest of a problem."""

    table: Table
    weight: list[float]
    tier: list[int]
    stays: list[bool]
    cost: list[float]
    capacity: list[float]

    def problem(self) -> SitingProblem:
        table = np.array(self.table, dtype=float).reshape(len(self.weight), len(self.stays))
        return SitingProblem.of(
            Distances.from_dense(table),
            np.array(self.weight, dtype=float),
            tier=np.array(self.tier, dtype=np.int64),
            stays=np.array(self.stays, dtype=bool),
            cost=np.array(self.cost, dtype=float),
            capacity=np.array(self.capacity, dtype=float),
        )


def choices(case: Case, question: Question) -> Iterator[frozenset[int]]:
    """Every set of new sites that the question allows."""
    new = [site for site, stays in enumerate(case.stays) if not stays]
    for size in range(len(new) + 1):
        if question.model != "lscp" and question.sites is not None and size > question.sites:
            return
        for sites in itertools.combinations(new, size):
            if (
                question.model == "lscp"
                or question.budget is None
                or sum(case.cost[s] for s in sites) <= question.budget
            ):
                yield frozenset(sites)


def assignments(case: Case, opened: list[int]) -> Iterator[list[int | None]]:
    """Every way to send each demand to an open site or to none that keeps the capacities."""

    def extend(row: int, room: dict[int, float], done: list[int | None]) -> Iterator[list[int | None]]:
        if row == len(case.weight):
            yield list(done)
            return
        yield from extend(row + 1, room, [*done, None])
        for site in opened:
            if math.isfinite(case.table[row][site]) and case.weight[row] <= room[site] + 1e-9:
                left = {**room, site: room[site] - case.weight[row]}
                yield from extend(row + 1, left, [*done, site])

    yield from extend(0, {site: case.capacity[site] for site in opened}, [])


def _worth(case: Case, question: Question, new: frozenset[int], sent: list[int | None]) -> tuple[float, ...] | None:
    """The objectives in order, smaller is better; None where it is no solution."""
    tiers = sorted(set(case.tier))
    rows = range(len(case.weight))
    radius = math.inf if question.radius is None else question.radius
    far = [math.inf if site is None else case.table[row][site] for row, site in zip(rows, sent, strict=True)]
    if question.model == "mclp":
        return tuple(
            -sum(case.weight[row] for row in rows if case.tier[row] == t and far[row] <= radius) for t in tiers
        )
    if any(math.isinf(each) for each in far) or (question.model == "lscp" and any(each > radius for each in far)):
        return None
    if question.model == "lscp":
        return (float(len(new)),)
    if question.model == "pmedian":
        return tuple(sum(case.weight[row] * far[row] for row in rows if case.tier[row] == t) for t in tiers)
    return tuple(max(far[row] for row in rows if case.tier[row] == t) for t in tiers)


def _backup(case: Case, question: Question, new: frozenset[int]) -> tuple[float, ...] | None:
    opened = [s for s, stays in enumerate(case.stays) if stays or s in new]
    times = [sum(row[site] <= (question.radius or 0) for site in opened) for row in case.table]
    if question.model == "lscp":
        return (float(len(new)),) if all(count > question.backup for count in times) else None
    return tuple(
        -sum(w for w, count, tier in zip(case.weight, times, case.tier, strict=True) if tier == t and count > level)
        for level in range(1 + question.backup)
        for t in sorted(set(case.tier))
    )


def best(case: Case, question: Question) -> tuple[float, ...] | None:
    """The objectives of the best solution, in order of tiers, smaller is better; None where there is no solution."""
    found = None
    for new in choices(case, question):
        if question.backup:
            worths = [_backup(case, question, new)]
        else:
            opened = [site for site, stays in enumerate(case.stays) if stays or site in new]
            if all(math.isinf(each) for each in case.capacity):
                worths = [_worth(case, question, new, _nearest(case, opened))]
            else:
                worths = [_worth(case, question, new, sent) for sent in assignments(case, opened)]
        for worth in worths:
            if worth is not None and (found is None or worth < found):
                found = worth
    return found


def _nearest(case: Case, opened: list[int]) -> list[int | None]:
    sent: list[int | None] = []
    for row in case.table:
        reached = [site for site in opened if math.isfinite(row[site])]
        sent.append(min(reached, key=lambda site: (row[site], site)) if reached else None)
    return sent


def random_case(rng: np.random.Generator, *, capacities: bool = False, tiers: int = 1, decimals: int = 0) -> Case:
    n, m = int(rng.integers(0, 5 if capacities else 9)), int(rng.integers(0, 5 if capacities else 8))
    table = np.round(rng.random((n, m)) * 20, decimals)
    table[rng.random((n, m)) < rng.choice([0.0, 0.2, 0.6])] = np.inf
    weight = np.round(rng.random(n) * rng.choice([1.0, 10.0, 1000.0]), decimals)
    capacity = np.full(m, np.inf)
    if capacities and n:
        capacity = np.round(rng.random(m) * weight.sum(), decimals)
        capacity[rng.random(m) < 0.2] = np.inf
    return Case(
        table.tolist(),
        weight.tolist(),
        rng.integers(1, tiers + 1, n).tolist(),
        (rng.random(m) < 0.25).tolist(),
        np.round(rng.random(m) * 9 + 1, 0).tolist(),
        capacity.tolist(),
    )
