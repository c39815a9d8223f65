"""A lower bound for the p-median without capacities: Lagrangian relaxation, by subgradient.

Let each demand be served as often as it likes, and pay `price` for being served more or less than once. Then the sites
fall apart, and for any prices

    least cost >= sum of prices + sum over existing sites' best offers + the p best of sum min(0, cost - price),

which is computed exactly; the search only looks for prices that make it large.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from priority.network.kernels import BoolArray, compiled
from priority.siting.distances import Floats, Ints
from priority.siting.effort import Effort

_ROUNDS = 600
_HALVE_AFTER = 15
#: Rounding of the summed numbers, taken off every bound.
_ROUNDING = 1e-11


@compiled
def _reduced_costs(start: Ints, demand: Ints, cost: Floats, price: Floats) -> Floats:
    """Return what each site (m) would bring: the sum of min(0, cost - price) over its pairs."""
    total = np.zeros(start.size - 1)
    for site in range(total.size):
        amount = 0.0
        for at in range(start[site], start[site + 1]):
            gap = cost[at] - price[demand[at]]
            if gap < 0.0:
                amount += gap
        total[site] = amount
    return total


@compiled
def _served(start: Ints, demand: Ints, cost: Floats, price: Floats, sites: Ints) -> Ints:
    """Return how often each demand (n) is served by these sites at these prices."""
    times = np.zeros(price.size, np.int64)
    for site in sites:
        for at in range(start[site], start[site + 1]):
            if cost[at] < price[demand[at]]:
                times[demand[at]] += 1
    return times


@dataclass(frozen=True, eq=False)
class LagrangianBound:
    """A proven bound with the prices (n) that prove it, each site's reduced cost (m) and the sites it would open."""

    value: float
    price: Floats
    reduced_cost: Floats
    sites: Ints


@dataclass(frozen=True, eq=False)
class MedianPairs:
    """Pairs by site with their costs: start (m + 1), demand (p), cost (p).

    `kept` (n) is the cost of staying with an existing site, infinite where there is none; `free` (m) are the
    candidates.
    """

    start: Ints
    demand: Ints
    cost: Floats
    kept: Floats
    free: BoolArray

    def bound(self, price: Floats, sites: int) -> LagrangianBound:
        """Return the bound that prices (n) prove for at most so many sites."""
        brings = np.where(self.free, _reduced_costs(self.start, self.demand, self.cost, price), 0.0)
        order = np.argsort(brings, kind="stable")[:sites]
        order = order[brings[order] < 0]
        offers = np.minimum(0.0, self.kept - price)
        rounding = _ROUNDING * (np.abs(price).sum() + np.abs(brings[order]).sum())
        value = float(price.sum() + offers.sum() + brings[order].sum() - rounding)
        return LagrangianBound(value, price, brings, order)

    def served(self, found: LagrangianBound) -> Ints:
        """Return how often each demand is served in the relaxed solution."""
        times = _served(self.start, self.demand, self.cost, found.price, found.sites)
        return times + (self.kept < found.price)


def best_bound(pairs: MedianPairs, sites: int, upper: float, price: Floats, effort: Effort) -> LagrangianBound:
    """Search for a large bound from given prices (n), with `upper` the cost of a known choice."""
    best = pairs.bound(price, sites)
    step, since = 1.0, 0
    now = best
    for number in range(_ROUNDS):
        if effort.over or upper - best.value <= 1e-9 * abs(upper):
            break
        slope = 1.0 - pairs.served(now)
        length = float(slope @ slope)
        if length == 0.0:
            break
        now = pairs.bound(now.price + step * max(upper - now.value, 1e-9 * abs(upper)) / length * slope, sites)
        since += 1
        if now.value > best.value:
            best, since = now, 0
        if since >= _HALVE_AFTER:
            step, since, now = step / 2, 0, best
        if step < 1e-3:
            break
        if number % 20 == 0:
            effort.tell("pmedian", upper, best.value)
    return best
