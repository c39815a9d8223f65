"""A first choice where sites can be full: opened greedily, exchanged while that helps, demands packed into them.

Choices are judged by a row of figures, the smaller the better, compared from the left. Covering: weight that is not
served, tier by tier. Serving all: weight that is not served, then weighted distance tier by tier.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from priority.network.kernels import BoolArray, compiled
from priority.siting.distances import Floats, Ints
from priority.siting.effort import Effort
from priority.siting.nearer import pour, send_nearer
from priority.siting.packing import (
    Packed,
    Rows,
    fill_up,
    make_way,
    nothing_packed,
    opened_rows,
    pack,
    urgency,
)
from priority.siting.problem import Question, SitingProblem
from priority.siting.program import common_measure

Figures = tuple[float, ...]

#: How often a packing is gone over, and how many sites are tried in place of each one.
_ROUNDS, _TRIED = 6, 4
#: Where everyone has to be served, and no more than this share of the weight is left over, more pains are taken.
_FEW = 0.03


@compiled
def _gains(
    start: Ints, demand: Ints, value: Floats, weight: Floats, level: Ints, near: Floats, levels: int
) -> tuple[Floats, Floats, Floats]:
    """Return the weight nobody serves near each site (m, k), the cost it saves others (m, k), and their weight (m).

    `near` (n) is the cost per weight that each demand has now, infinite for nobody.
    """
    sites = start.size - 1
    waiting, saved, nearer = np.zeros((sites, levels)), np.zeros((sites, levels)), np.zeros(sites)
    for site in range(sites):
        for at in range(start[site], start[site + 1]):
            row = demand[at]
            if np.isinf(near[row]):
                waiting[site, level[row]] += weight[row]
            elif value[at] < near[row]:
                saved[site, level[row]] += weight[row] * (near[row] - value[at])
                nearer[site] += weight[row]
    return waiting, saved, nearer


@dataclass(frozen=True, eq=False)
class Sent:
    """Open sites (m), the share of each pair (p) that they serve, and the figures of that."""

    opened: BoolArray
    share: Floats
    figures: Figures


class Sender:
    """Sends demands to open sites by the pairs (p) that may serve.

    `everyone` has to be served, or else as much weight as possible, tier by tier; `nearest` where distance counts;
    with `lightest` as many demands as possible.
    """

    def __init__(
        self,
        problem: SitingProblem,
        pairs: BoolArray,
        *,
        everyone: bool,
        nearest: bool = False,
        shared: bool = False,
        lightest: bool = False,
    ) -> None:
        self._lightest = lightest
        self.problem, self.everyone, self.nearest, self._shared = problem, everyone, nearest, shared
        distances = problem.distances
        kept = np.flatnonzero(pairs)
        kept = kept[np.lexsort((distances.value[kept], distances.demand[kept]))]
        start = np.zeros(len(distances) + 1, np.int64)
        np.cumsum(np.bincount(distances.demand[kept], minlength=len(distances)), out=start[1:])
        self._rows = Rows(start, distances.site[kept], distances.value[kept], kept)
        self.by_site = distances.keep(pairs).by_site
        tiers = nearest or not everyone
        self.level = np.searchsorted(problem.tiers, problem.tier) if tiers else np.zeros(len(distances), np.int64)
        self.levels = max(1, len(problem.tiers)) if tiers else 1
        # Demands without weight have to be served too where everyone has, and so are worth a little.
        least = float(problem.weight[problem.weight > 0].min(initial=1.0)) * 1e-3
        self._counted = np.maximum(problem.weight, least) if everyone else problem.weight
        self._whole = bool(common_measure(problem.weight))
        self._limited = np.isfinite(problem.capacity)

    def send(self, opened: BoolArray, *, deep: bool = False) -> Sent:
        """Send what can be sent; `deep` takes more pains."""
        problem = self.problem
        rows = opened_rows(self._rows, opened | problem.stays)
        order = np.lexsort((urgency(rows, problem.weight, self.nearest), self.level))
        if self._lightest:
            order = np.argsort(problem.weight, kind="stable")
        if self._shared:
            share, _ = pour(rows, problem.weight, order, problem.capacity)
        else:
            packed = self._packed(rows, order, deep=deep)
            share = np.zeros(rows.site.size)
            share[packed.entry[packed.entry >= 0]] = 1.0
        told = np.zeros(len(problem.distances.value))
        told[rows.pair] = share
        return Sent(opened, told, self.figures(told))

    def _packed(self, rows: Rows, order: Ints, *, deep: bool) -> Packed:
        problem = self.problem
        packed = nothing_packed(len(problem.demand_ids), problem.capacity)
        for level in range(self.levels):
            own = order[self.level[order] == level]
            pack(packed, rows, problem.weight, own, self.nearest)
            thorough = deep or (self.everyone and self._few_left(packed))
            for _ in range(_ROUNDS if thorough or self.nearest else 0):
                if not make_way(packed, rows, problem.weight, own, self.nearest):
                    break
            if thorough and not self.nearest:
                self._fill(packed, rows, self.level == level)
        for _ in range(_ROUNDS if self.nearest else 0):
            if not send_nearer(packed, rows, problem.weight, self.level, deep):
                break
        return packed

    def _few_left(self, packed: Packed) -> bool:
        left = float(self.problem.weight[packed.entry < 0].sum())
        return left <= _FEW * float(self.problem.weight.sum())

    def _fill(self, packed: Packed, rows: Rows, mine: BoolArray) -> None:
        order = np.argsort(rows.site, kind="stable")
        entries = np.split(order, np.flatnonzero(np.diff(rows.site[order])) + 1)
        for _ in range(_ROUNDS):
            won = 0.0
            for own in entries:
                if own.size and self._limited[rows.site[own[0]]]:
                    won += fill_up(packed, rows, self.problem.weight, mine, own, self._whole)
            if not won:
                break

    def served(self, share: Floats) -> Floats:
        """Return how much of each demand (n) is served."""
        times = np.bincount(self.problem.distances.demand, share, len(self.problem.demand_ids))
        return np.where(times > 1 - 1e-9, 1.0, times)

    def figures(self, share: Floats) -> Figures:
        """Return what the shares (p) of pairs are worth, the smaller the better."""
        problem = self.problem
        if self._lightest:
            return (float((1.0 - self.served(share)).sum()),)
        left = problem.weight * (1.0 - self.served(share))
        missing = np.bincount(self.level, left, self.levels)
        if not self.everyone:
            return tuple(missing.tolist())
        # A demand without weight has to be served too.
        alone = int((self.served(share) < 1).sum())
        if not self.nearest:
            return float(missing.sum()), float(alone)
        used = np.flatnonzero(share)
        cost = share[used] * (problem.weight[problem.distances.demand[used]] * problem.distances.value[used])
        return (
            float(missing.sum()),
            float(alone),
            *np.bincount(self.level[problem.distances.demand[used]], cost, self.levels).tolist(),
        )

    def gains(self, sent: Sent) -> Floats:
        """Return about what each further site (m) would bring, a row of figures (k) for each, larger is better."""
        problem = self.problem
        near = np.full(len(problem.demand_ids), np.inf)
        used = np.flatnonzero(sent.share > 1e-9)
        near[problem.distances.demand[used]] = problem.distances.value[used] if self.nearest else 0.0
        near[self.served(sent.share) < 1] = np.inf
        waiting, saved, nearer = _gains(*self.by_site, self._counted, self.level, near, self.levels)
        within = np.minimum(np.cumsum(waiting, axis=1), problem.capacity[:, None])
        if not self.nearest:
            return np.diff(within, axis=1, prepend=0.0)
        room = np.clip((problem.capacity - within[:, -1]) / np.maximum(nearer, 1e-12), 0.0, 1.0)
        return np.column_stack([within[:, -1], saved * room[:, None]])


class OpeningSearch:
    """Opens sites greedily within the question's limits, and exchanges them while that helps."""

    def __init__(self, sender: Sender, question: Question, tell: Callable[[Sent], None] | None = None) -> None:
        """`tell` hears of every better choice."""
        self._sender, self._question, self._tell = sender, question, tell or (lambda _: None)
        self._cost = sender.problem.cost

    def run(self, effort: Effort, best: Sent | None = None) -> Sent:
        """Return a choice; what none of the limits allows is never opened."""
        none = np.zeros(len(self._sender.problem.site_ids), np.bool_)
        best = self._filled(best or self._sender.send(none), effort)
        self._tell(best)
        improved = True
        while improved and not effort.over and any(best.figures):
            improved = False
            for site in np.flatnonzero(best.opened):
                found = self._without(best, int(site), effort)
                if found is not None:
                    best, improved = found, True
                    self._tell(best)
                if effort.over:
                    break
        deep = self._sender.send(best.opened, deep=True)
        return deep if deep.figures <= best.figures else best

    def _without(self, best: Sent, site: int, effort: Effort) -> Sent | None:
        """Return a better choice with others in place of one site, if some of the most promising are better."""
        if not best.opened[site]:
            return None
        opened = best.opened.copy()
        opened[site] = False
        left = self._sender.send(opened)
        for other in self._promising(left, site)[:_TRIED]:
            if effort.over:
                return None
            opened[other] = True
            found = self._filled(self._sender.send(opened.copy()), effort)
            if found.figures < best.figures:
                return found
            opened[other] = False
        return None

    def _filled(self, sent: Sent, effort: Effort) -> Sent:
        """Open more sites as long as they bring something."""
        while not effort.over and any(sent.figures):
            order = self._promising(sent, -1)
            if not order.size:
                break
            opened = sent.opened.copy()
            opened[order[0]] = True
            found = self._sender.send(opened)
            if not found.figures < sent.figures:
                break
            sent = found
        return sent

    def _promising(self, sent: Sent, without: int) -> Ints:
        """Return the sites that may be opened and seem to bring something, the best first."""
        question, opened = self._question, sent.opened
        if question.sites is not None and opened.sum() >= question.sites:
            return np.zeros(0, np.int64)
        may = ~opened & ~self._sender.problem.stays
        if question.budget is not None:
            may &= self._cost <= question.budget - self._cost[opened].sum()
        if without >= 0:
            may[without] = False
        gains = self._sender.gains(sent)
        if question.budget is not None:
            gains = gains / np.maximum(self._cost, 1e-12)[:, None]
        may &= (gains > 0).any(axis=1)
        sites = np.flatnonzero(may)
        return sites[np.lexsort(tuple(-column for column in gains[sites].T[::-1]))]
