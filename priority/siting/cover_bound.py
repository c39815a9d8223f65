"""Maximal covering seen as a p-median: being left out costs a demand's weight, being covered nothing.

So interchange and the Lagrangian bound of the p-median serve it too, and leave little to be solved exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from priority.network.kernels import BoolArray
from priority.siting.coverage import Sets
from priority.siting.distances import Distances, Floats
from priority.siting.effort import Effort
from priority.siting.interchange import Interchange
from priority.siting.lagrange import BoundSearch, MedianPairs
from priority.siting.problem import SitingProblem
from priority.siting.program import common_measure
from priority.siting.tree import branch_and_bound


@dataclass(frozen=True, eq=False)
class BoundedCover:
    """The best choice found (s), the weight it misses, a proven bound of that, and the sites a better one may have."""

    chosen: BoolArray
    missed: float
    bound: float
    may: BoolArray
    proven: bool


def bounded_cover(sites_of: Sets, weight: Floats, sites: int, effort: Effort) -> BoundedCover:
    """Choose at most so many sites (s) for demands (g), which all have a site; no demands give no sites."""
    cover = _Cover(sites_of, weight, sites, effort)
    cover.improve(np.zeros(sites_of.columns, np.bool_))
    if not len(weight):
        return BoundedCover(cover.chosen, 0.0, 0.0, np.zeros(sites_of.columns, np.bool_), proven=True)
    turned = sites_of.turned()
    free = np.ones(sites_of.columns, np.bool_)
    pairs = MedianPairs(turned.start, turned.column, np.zeros(turned.column.size), weight, free)
    search = BoundSearch(pairs, min(sites, sites_of.columns), cover.missed, cover.improve, common_measure(weight))
    times = cover.times(cover.chosen)
    found = search.run(weight * np.select([times == 0, times == 1], [1.0, 0.5], 0.0), effort)
    search.ask(found, effort)
    bound = branch_and_bound(search, found, effort)
    may, _ = search.may_be_better(found)
    return BoundedCover(cover.chosen, cover.missed, bound, may, bound >= cover.missed)


class _Cover:
    """The covering problem as a p-median: pairs of length 0, and one site that stays, at length 1 from everybody."""

    def __init__(self, sites_of: Sets, weight: Floats, sites: int, effort: Effort) -> None:
        self._sets, self._weight, self._effort = sites_of, weight, effort
        count = len(sites_of)
        demand = np.concatenate([sites_of.row, np.arange(count)])
        site = np.concatenate([sites_of.column, np.full(count, sites_of.columns)])
        length = np.repeat([0.0, 1.0], [sites_of.column.size, count])
        distances = Distances.from_pairs(demand, site, length, (count, sites_of.columns + 1))
        stays = np.arange(sites_of.columns + 1) == sites_of.columns
        self._interchange = Interchange(SitingProblem.of(distances, weight, stays=stays), sites)
        self.chosen = np.zeros(sites_of.columns, np.bool_)
        self.missed = float(weight.sum())

    def times(self, chosen: BoolArray) -> Floats:
        """How often each demand is covered."""
        return np.bincount(self._sets.row[chosen[self._sets.column]], minlength=len(self._sets)).astype(np.float64)

    def improve(self, start: BoolArray) -> float:
        """Exchange from a start (s) on; return the weight that is missed then."""
        chosen = self._interchange.run(self._effort, np.append(start, False))[:-1]
        missed = float(self._weight[self.times(chosen) == 0].sum())
        if missed < self.missed:
            self.chosen, self.missed = chosen, missed
        return missed
