"""Bounds for sites that can be full: Lagrangian relaxation, by subgradient.

Let each demand be served as often as it likes, even in parts, and pay `price` for being served more or less than once.
Then the sites fall apart, and each fills up with what is worth most to it. For covering, with any prices,

    most worth <= sum of prices + sum over existing sites' fills + the best fills of as many new sites as may be opened.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from priority.network.kernels import BoolArray, compiled
from priority.siting.distances import Floats, Ints
from priority.siting.effort import Effort
from priority.siting.problem import Question
from priority.siting.program import common_measure

_ROUNDS = 400
_HALVE_AFTER = 12
_SHORTEST = 1e-3
#: Capacities of more steps than this are not looked into.
_MOST_STEPS = 20_000
#: Rounding of the summed numbers, added to every bound.
_ROUNDING = 1e-12


@compiled
def _fills(
    start: Ints, site: Ints, order: Ints, worth: Floats, weight: Floats, capacity: Floats, counted: BoolArray
) -> tuple[Floats, Floats]:
    """Return the worth of each site's (m) best fill, and how much of each demand (n) the `counted` ones take.

    Demands are offered in `order`, the dearest per weight first, as long as they are worth something.
    """
    fill, times, room = np.zeros(capacity.size), np.zeros(weight.size), capacity.copy()
    for row in order:
        if worth[row] <= 0.0:
            continue
        for at in range(start[row], start[row + 1]):
            own = site[at]
            if weight[row] <= room[own]:
                share = 1.0
            elif room[own] > 0.0:
                share = room[own] / weight[row]
            else:
                continue
            room[own] -= share * weight[row]
            fill[own] += share * worth[row]
            if counted[own]:
                times[row] += share
    return fill, times


@compiled
def cheapest_fills(
    start: Ints, demand: Ints, cost: Floats, price: Floats, weight: Floats, capacity: Floats, counted: BoolArray
) -> tuple[Floats, Floats]:
    """The same for costs of each pair (by site), less prices: negative fills, chosen by cost less price per weight."""
    fill, times = np.zeros(capacity.size), np.zeros(weight.size)
    for site in range(capacity.size):
        first, last = start[site], start[site + 1]
        gain = np.empty(last - first)
        count, heavy = 0, 0.0
        found = np.empty(last - first, np.int64)
        for at in range(first, last):
            less = cost[at] - price[demand[at]]
            if less < 0.0:
                heavy += weight[demand[at]]
                gain[count] = less / max(weight[demand[at]], 1e-300)
                found[count] = at
                count += 1
        order = np.arange(count) if heavy <= capacity[site] else np.argsort(gain[:count])
        room = capacity[site]
        for place in order:
            row = demand[found[place]]
            share = 1.0 if weight[row] <= room else max(0.0, room) / weight[row]
            room -= share * weight[row]
            fill[site] += share * (cost[found[place]] - price[row])
            if counted[site]:
                times[row] += share
            if share < 1.0:
                break
    return fill, times


@compiled
def _fullest(start: Ints, demand: Ints, size: Ints, room: Ints) -> Ints:
    """Return how much of each site's (m) room whole demands near it can fill, in whole steps; -1 is no limit."""
    full = room.copy()
    for site in range(room.size):
        if room[site] < 0:
            continue
        reached = np.zeros(room[site] + 1, np.bool_)
        reached[0] = True
        most = 0
        for at in range(start[site], start[site + 1]):
            own = size[demand[at]]
            if own == 0 or own > room[site]:
                continue
            for sum_ in range(min(room[site], most + own), own - 1, -1):
                if reached[sum_ - own]:
                    reached[sum_] = True
            most = min(room[site], most + own)
            if reached[room[site]]:
                break
        while not reached[full[site]]:
            full[site] -= 1
    return full


def usable_capacity(start: Ints, demand: Ints, weight: Floats, capacity: Floats) -> Floats:
    """Return capacities (m) less what no set of whole demands near the site (start, demand) can fill.

    Only where weights have a common measure and a capacity is not too many times that.
    """
    measure = common_measure(weight)
    small = np.isfinite(capacity) & (capacity <= measure * _MOST_STEPS)
    if not measure or not small.any():
        return capacity
    size = np.rint(weight / measure).astype(np.int64)
    room = np.full(capacity.size, -1, np.int64)
    room[small] = np.floor(capacity[small] / measure * (1 + 1e-12)).astype(np.int64)
    full = _fullest(start, demand, size, room)
    return np.where(small, np.minimum(capacity, full * measure), capacity)


@dataclass(frozen=True, eq=False)
class Opening:
    """How many sites may be opened: what fills (m) are worth at most, and which sites bring that."""

    stays: BoolArray
    cost: Floats
    sites: int | None
    budget: float | None

    @classmethod
    def of(cls, stays: BoolArray, cost: Floats, question: Question) -> Opening:
        """Read the limits of a question."""
        return cls(stays, cost, question.sites, question.budget)

    def best(self, fill: Floats) -> tuple[float, BoolArray]:
        """Return the most that existing and new sites bring, in parts where a budget limits, and who brings it."""
        counted, new = self.stays.copy(), np.flatnonzero(~self.stays & (fill > 0))
        total = float(fill[self.stays].sum())
        by_number = new[np.argsort(-fill[new], kind="stable")]
        if self.sites is not None:
            by_number = by_number[: self.sites]
        most, chosen = float(fill[by_number].sum()), by_number
        if self.budget is not None:
            worth, chosen_too = self._affordable(fill, new)
            if worth < most:
                most, chosen = worth, chosen_too
        counted[chosen] = True
        return total + most, counted

    def _affordable(self, fill: Floats, new: Ints) -> tuple[float, Ints]:
        assert self.budget is not None  # noqa: S101  asked only with a budget
        new = new[self.cost[new] <= self.budget]
        order = new[np.argsort(-fill[new] / np.maximum(self.cost[new], 1e-12), kind="stable")]
        spent = np.cumsum(self.cost[order])
        share = np.clip((self.budget - (spent - self.cost[order])) / np.maximum(self.cost[order], 1e-12), 0.0, 1.0)
        return float(fill[order] @ share), order[share > 0]


@dataclass(frozen=True, eq=False)
class Fillable:
    """Pairs that may serve, in compressed rows by demand (start, site), with weights (n) and capacities (m)."""

    start: Ints
    site: Ints
    weight: Floats
    capacity: Floats


def most_worth(
    pairs: Fillable, worth: Floats, opening: Opening, enough: float, effort: Effort, rounds: int = _ROUNDS
) -> float:
    """Return a proven upper bound of the worth (n) of demands that can be served.

    The search ends at a bound of `enough`, which is what is known to be reached.
    """
    price, best, step, idle = np.zeros(worth.size), np.inf, 1.0, 0
    best_price = price
    counted = np.zeros(pairs.capacity.size, np.bool_)
    # Demands without weight take no room: they come first.
    weight = np.maximum(pairs.weight, 1e-12 * float(pairs.weight.max(initial=1.0)))
    for _ in range(rounds):
        left = worth - price
        order = np.argsort(-left / weight, kind="stable")
        arguments = pairs.start, pairs.site, order, left, pairs.weight, pairs.capacity
        total, counted = opening.best(_fills(*arguments, counted)[0])
        bound = float(price.sum()) + total
        if bound < best * (1 - 1e-7):
            best, best_price, idle = bound, price, 0
        else:
            idle += 1
            if idle >= _HALVE_AFTER:
                step, idle, price = step / 2, 0, best_price
        if best <= enough * (1 + 1e-9) or step < _SHORTEST or effort.over:
            break
        slope = 1.0 - _fills(*arguments, counted)[1]
        slope[(price <= 0) & (slope > 0)] = 0.0
        length = float(slope @ slope)
        if length <= 0:
            break
        price = np.clip(price - step * (bound - enough) / length * slope, 0.0, worth)
    return best + _ROUNDING * float(np.abs(worth).sum())


def least_cost(
    by_site: tuple[Ints, Ints, Floats],
    pairs: Fillable,
    price: Floats,
    opening: Opening,
    reached: float,
    effort: Effort,
) -> float:
    """Return a proven lower bound of the cost of serving all demands; `by_site` has the cost of each pair by site.

    `price` (n) is where to begin, `reached` the cost that is known to be reached.
    """
    start, demand, cost = by_site
    best, step, idle, best_price = -np.inf, 1.0, 0, price
    counted = np.zeros(pairs.capacity.size, np.bool_)
    for _ in range(_ROUNDS):
        arguments = start, demand, cost, price, pairs.weight, pairs.capacity
        total, counted = opening.best(-cheapest_fills(*arguments, counted)[0])
        bound = float(price.sum()) - total
        if bound > best + 1e-7 * abs(best) or not np.isfinite(best):
            best, best_price, idle = bound, price, 0
        else:
            idle += 1
            if idle >= _HALVE_AFTER:
                step, idle, price = step / 2, 0, best_price
        if best >= reached * (1 - 1e-9) or step < _SHORTEST or effort.over:
            break
        slope = 1.0 - cheapest_fills(*arguments, counted)[1]
        length = float(slope @ slope)
        if length <= 0:
            break
        price = price + step * (reached - bound) / length * slope
    return best - _ROUNDING * float(np.abs(price).sum())
