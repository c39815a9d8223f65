"""Large p-medians: sites are added greedily and then exchanged while that helps (Teitz and Bart, all pairs at a time).

Sites are judged by a row of figures that are compared from the left: demands without any site, then weighted distance
tier by tier. The gain of an exchange is additive (Resende and Werneck): what the new site brings, less what the old one
leaves behind, plus what the new one catches of that.
"""

from __future__ import annotations

import numpy as np

from priority.network.kernels import BoolArray, compiled
from priority.siting.distances import Floats, Ints
from priority.siting.effort import Effort
from priority.siting.problem import SitingProblem

#: A gain below this share of the whole is rounding.
_ROUNDING = 1e-12


@compiled
def _two_nearest(
    start: Ints, demand: Ints, value: Floats, open_sites: BoolArray, stays: BoolArray, count: int
) -> tuple[Ints, Floats, Floats]:
    """Return each demand's nearest open site (-1 none or one that stays), its distance and that of the second."""
    first = np.full(count, -1, np.int64)
    near = np.full(count, np.inf)
    second = np.full(count, np.inf)
    for site in range(start.size - 1):
        if not open_sites[site]:
            continue
        for at in range(start[site], start[site + 1]):
            row = demand[at]
            if value[at] < near[row]:
                second[row] = near[row]
                near[row] = value[at]
                first[row] = -1 if stays[site] else site
            elif value[at] < second[row]:
                second[row] = value[at]
    return first, near, second


@compiled
def _figures(  # noqa: C901  the cases of one exchange
    start: Ints,
    demand: Ints,
    value: Floats,
    weight: Floats,
    tier: Ints,
    place: Ints,
    two: tuple[Ints, Floats, Floats],
    size: tuple[int, int],
) -> tuple[Floats, Floats, Floats]:
    """Return gain (m, k), loss (s, k) and what is caught (m, s, k); `place` numbers the s open sites, -1 for others.

    `tier` counts from 1; figure 0 is the number of demands without a site.
    """
    sites = start.size - 1
    count, figures = size
    first, near, second = two
    gain = np.zeros((sites, figures))
    loss = np.zeros((count, figures))
    caught = np.zeros((sites, count, figures))
    for row in range(weight.size):
        if first[row] < 0:
            continue
        own = place[first[row]]
        if np.isinf(second[row]):
            loss[own, 0] += 1.0
            loss[own, tier[row]] -= weight[row] * near[row]
        else:
            loss[own, tier[row]] += weight[row] * (second[row] - near[row])
    for site in range(sites):
        if place[site] >= 0:
            continue
        for at in range(start[site], start[site + 1]):
            row = demand[at]
            if value[at] >= second[row]:
                continue
            level = tier[row]
            own = place[first[row]] if first[row] >= 0 else -1
            if value[at] < near[row]:
                alone = np.isinf(near[row])
                gain[site, 0] += 1.0 if alone else 0.0
                gain[site, level] += -weight[row] * value[at] if alone else weight[row] * (near[row] - value[at])
                if own >= 0:
                    lone = np.isinf(second[row])
                    caught[site, own, 0] += 1.0 if lone else 0.0
                    caught[site, own, level] += (
                        -weight[row] * near[row] if lone else weight[row] * (second[row] - near[row])
                    )
            elif own >= 0:
                lone = np.isinf(second[row])
                caught[site, own, 0] += 1.0 if lone else 0.0
                caught[site, own, level] += (
                    -weight[row] * value[at] if lone else weight[row] * (second[row] - value[at])
                )
    return gain, loss, caught


class Interchange:
    """The search for a problem without capacities and budget. Existing sites stay open."""

    def __init__(self, problem: SitingProblem, sites: int) -> None:
        self._problem = problem
        self.sites = min(sites, int((~problem.stays).sum()))
        self._rows = problem.distances.by_site
        self._level = np.searchsorted(problem.tiers, problem.tier) + 1
        self._figures = len(problem.tiers) + 1

    def run(self, effort: Effort, chosen: BoolArray | None = None) -> BoolArray:
        """Return sites (m) that no single exchange improves; `chosen` is where to begin, at least nothing."""
        open_sites = np.zeros(len(self._problem.site_ids), np.bool_) if chosen is None else chosen.copy()
        while not effort.over:
            step = self._step(open_sites)
            if step is None:
                break
            new, old = step
            open_sites[new] = True
            if old >= 0:
                open_sites[old] = False
        return open_sites

    def _step(self, chosen: BoolArray) -> tuple[int, int] | None:
        """Return the best site to add, and the one to take for it, -1 while there is room for more."""
        problem = self._problem
        opened = np.flatnonzero(chosen)
        place = np.full(chosen.size, -1, np.int64)
        place[opened] = np.arange(opened.size)
        two = _two_nearest(*self._rows, chosen | problem.stays, problem.stays, problem.weight.size)
        gain, loss, caught = _figures(
            *self._rows, problem.weight, self._level, place, two, (opened.size, self._figures)
        )
        shut = np.flatnonzero(~chosen & ~problem.stays)
        if not shut.size or not self.sites:
            return None
        if opened.size < self.sites:
            best = int(shut[_largest(gain[shut])])
            return (best, -1) if _better(gain[best], self._worth(two)) else None
        net = gain[shut][:, None, :] - loss[None, :, :] + caught[shut]
        at = _largest(net.reshape(-1, self._figures))
        if not _better(net.reshape(-1, self._figures)[at], self._worth(two)):
            return None
        return int(shut[at // opened.size]), int(opened[at % opened.size])

    def _worth(self, two: tuple[Ints, Floats, Floats]) -> Floats:
        """Return the figures (k) of a choice, 1 at least: what a gain is compared with."""
        near = np.where(np.isfinite(two[1]), two[1], 0.0)
        return np.maximum(1e-300, np.bincount(self._level, self._problem.weight * near, self._figures))


def _largest(rows: Floats) -> int:
    """Return the row (r, k) that is largest, compared from the left; of equal ones the first."""
    left = np.arange(len(rows))
    for column in rows.T:
        values = column[left]
        most = values.max()
        left = left[values >= most - 1e-9 * abs(most)]
        if left.size == 1:
            break
    return int(left[0])


def _better(gain: Floats, worth: Floats) -> bool:
    """Whether a gain (k) is one: the first figure that is more than rounding is positive."""
    told = np.flatnonzero(np.abs(gain) > np.maximum(worth, 1e-300) * _ROUNDING)
    return bool(told.size and gain[told[0]] > 0)
