"""A lower bound for the p-median without capacities: Lagrangian relaxation, by subgradient.

Let each demand be served as often as it likes, and pay `price` for being served more or less than once. Then the sites
fall apart, and for any prices

    least cost >= sum of prices + sum over existing sites' best offers + the p best of sum min(0, cost - price),

which is computed exactly; the search only looks for prices that make it large.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from priority.network.kernels import BoolArray, compiled
from priority.siting.distances import Floats, Ints
from priority.siting.effort import Effort

_ROUNDS = 800
_HALVE_AFTER = 20
#: How much of the last direction is kept (Camerini, Fratta and Maffioli), how fast liking fades, how often to ask.
_MEMORY = 0.8
_FADING = 0.95
_ASK_EVERY = 100
_SHORTEST = 1e-4
#: A direction as short as this is what rounding left of one that faded away.
_NOWHERE = 1e-9
#: How long steps are at first, and where good prices are known.
_FIRST_STEP = 1.0
_LATER_STEP = 0.3
_EQUAL = 1e-9
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
class Fixed:
    """Sites (m) that have to be open, and sites that may not be."""

    inside: BoolArray
    outside: BoolArray

    @classmethod
    def nothing(cls, sites: int) -> Fixed:
        """Nothing is fixed."""
        return cls(np.zeros(sites, np.bool_), np.zeros(sites, np.bool_))

    def with_site(self, site: int, *, inside: bool) -> Fixed:
        """Return the same with one site more."""
        chosen = np.arange(self.inside.size) == site
        return Fixed(self.inside | chosen, self.outside) if inside else Fixed(self.inside, self.outside | chosen)


@dataclass(frozen=True, eq=False)
class LagrangianBound:
    """A proven bound with the prices (n) that prove it, each site's reduced cost (m) and the sites it would open.

    `liked` (m) tells how often the relaxed solutions on the way opened each site, later ones counting more.
    """

    value: float
    price: Floats
    reduced_cost: Floats
    sites: Ints
    liked: Floats


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

    def bound(self, price: Floats, sites: int, fixed: Fixed) -> LagrangianBound:
        """Return the bound that prices (n) prove for at most so many sites, the fixed ones among them."""
        may = self.free & ~fixed.outside
        brings = np.where(may, _reduced_costs(self.start, self.demand, self.cost, price), 0.0)
        order = np.argsort(np.where(fixed.inside, -np.inf, brings), kind="stable")[:sites]
        order = order[(brings[order] < 0) | fixed.inside[order]]
        offers = np.minimum(0.0, self.kept - price)
        rounding = _ROUNDING * (np.abs(price).sum() + np.abs(brings[order]).sum())
        value = float(price.sum() + offers.sum() + brings[order].sum() - rounding)
        return LagrangianBound(value, price, brings, order, np.zeros(0))

    def served(self, found: LagrangianBound) -> Ints:
        """Return how often each demand is served in the relaxed solution."""
        times = _served(self.start, self.demand, self.cost, found.price, found.sites)
        return times + (self.kept < found.price)


class BoundSearch:
    """Looks for prices that prove much, by deflected subgradients, and asks now and then for a better choice.

    `improve` gets sites (m) that the relaxed solutions like and returns the cost of a choice made from them: the sites
    of good prices are a far better start than greedy ones. `measure` is what all costs are multiples of, 0 where that
    is unknown: a gap below it is none.
    """

    def __init__(
        self, pairs: MedianPairs, sites: int, upper: float, improve: Callable[[BoolArray], float], measure: float = 0.0
    ) -> None:
        self._pairs, self.sites, self._improve, self._measure = pairs, sites, improve, measure
        self.free = pairs.free
        self.upper = upper

    def run(self, price: Floats, effort: Effort, fixed: Fixed | None = None, rounds: int = _ROUNDS) -> LagrangianBound:
        """Return the best bound found from given prices (n) on; the upper bound sinks on the way."""
        fixed = fixed or Fixed.nothing(self._pairs.free.size)
        now = best = self._pairs.bound(price, self.sites, fixed)
        liked = np.zeros(self._pairs.free.size)
        direction: Floats = np.zeros(price.size)
        step, since = _FIRST_STEP if rounds == _ROUNDS else _LATER_STEP, 0
        for number in range(1, rounds + 1):
            gradient = np.subtract(1.0, self._pairs.served(now), dtype=np.float64)
            direction = gradient + _MEMORY * direction
            if direction @ direction < _NOWHERE:
                direction = gradient
            length = float(direction @ direction)
            if effort.over or self.closed(best) or length == 0.0 or step < _SHORTEST:
                break
            far = step * max(self.upper - now.value, _EQUAL * abs(self.upper)) / length
            now = self._pairs.bound(now.price + far * direction, self.sites, fixed)
            liked = _FADING * liked
            liked[now.sites] += 1.0 - _FADING
            since = 0 if now.value > best.value else since + 1
            best = max(best, now, key=lambda each: each.value)
            if since >= _HALVE_AFTER:
                step, since = step / 2, 0
            if number % _ASK_EVERY == 0:
                self.ask(replace(best, liked=liked), effort)
        return replace(best, liked=liked)

    def closed(self, found: LagrangianBound) -> bool:
        """Whether the bound proves that nothing is better than the best choice known."""
        gap = self.upper - found.value
        return gap <= _EQUAL * abs(self.upper) or gap < self._measure * (1 - 1e-6)

    def ask(self, found: LagrangianBound, effort: Effort) -> None:
        """Ask for a better choice from the sites that a bound opens, and from those liked on the way to it."""
        most = np.argsort(-found.liked, kind="stable")[: self.sites]
        for sites in (found.sites, most[found.liked[most] > 0]):
            chosen = np.zeros(found.liked.size, np.bool_)
            chosen[sites] = True
            if not effort.over and not self.closed(found):
                self.upper = min(self.upper, self._improve(chosen & self._pairs.free))
        effort.tell("bound", self.upper, found.value)

    def may_be_better(self, found: LagrangianBound) -> tuple[BoolArray, float]:
        """Return which sites (m) a choice better than the best known may have, and the gap it must lie in.

        Forcing a site into the relaxed solution raises the bound by its reduced cost less that of the last site chosen.
        Where the raised bound exceeds the best known, or leaves less than the common measure, no better choice has it.
        """
        slack = self._slack(found)
        return self.raised(found) <= slack, slack

    def tightened(self, found: LagrangianBound, fixed: Fixed) -> Fixed:
        """Return what else has to be open or shut in a choice better than the best known, below a node of the tree."""
        return self._forced(found, fixed, self._slack(found))

    def as_good(self, found: LagrangianBound, fixed: Fixed) -> Fixed:
        """Return what else has to be open or shut in a choice that is no worse than the best known."""
        return self._forced(found, fixed, max(0.0, self.upper - found.value) + _EQUAL * abs(self.upper))

    def _forced(self, found: LagrangianBound, fixed: Fixed, slack: float) -> Fixed:
        chosen = np.zeros(self.free.size, np.bool_)
        chosen[found.sites] = True
        rest = np.where(self.free & ~chosen & ~fixed.outside, found.reduced_cost, 0.0)
        following = rest.min(initial=0.0)
        full = found.sites.size == self.sites
        free_ones = found.sites[~fixed.inside[found.sites]]
        last = found.reduced_cost[free_ones].max(initial=-np.inf) if full and free_ones.size else 0.0
        shut = ~chosen & (found.reduced_cost - last > slack)
        kept = chosen & (following - found.reduced_cost > slack)
        return Fixed(fixed.inside | kept, fixed.outside | (shut & ~fixed.inside))

    def _slack(self, found: LagrangianBound) -> float:
        return self.upper - found.value - self._measure * (1 - 1e-6) + _EQUAL * abs(self.upper)

    def ask_for(self, chosen: BoolArray, effort: Effort) -> None:
        """Ask for a choice from these sites (m) on."""
        self.upper = min(self.upper, self._improve(chosen & self.free))
        effort.tell("tree", self.upper)

    def raised(self, found: LagrangianBound) -> Floats:
        """Return by how much the bound rises if a site (m) has to be open."""
        last = found.reduced_cost[found.sites[-1]] if self.sites and found.sites.size == self.sites else 0.0
        return np.where(self.free, np.maximum(0.0, found.reduced_cost - last), 0.0)
