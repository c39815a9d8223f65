"""A good common choice for several scenarios by interchange, without capacities: quick, and without a proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from priority.network.kernels import BoolArray
from priority.siting.distances import Floats, Ints
from priority.siting.effort import Effort
from priority.siting.problem import Question, SitingProblem

#: Smaller differences than this share of what is compared are rounding.
_EQUAL = 1e-9
#: How many times farther than the longest way unserved demand counts in a p-median, so that it is served first.
_FAR = 1e3


@dataclass(frozen=True, eq=False)
class Scene:
    """One scenario: pairs (q) of `demand` and `site` with their `value`, and the weights (n).

    With `covering`, pairs are those within the standard; else `far` stands for the way of who is not served.
    """

    demand: Ints
    site: Ints
    value: Floats
    weight: Floats
    sites: int
    covering: bool
    far: float
    best: float

    @classmethod
    def of(cls, problem: SitingProblem, question: Question, best: float) -> Scene:
        """Read a problem without capacities; `best` is what a choice for this scenario alone would reach."""
        distances = problem.distances
        covering = question.model == "mclp"
        kept = distances.within(float(question.radius or 0.0)) if covering else np.ones(len(distances.value), np.bool_)
        far = (1.0 + float(distances.value.max(initial=0.0))) * _FAR
        return cls(
            distances.demand[kept],
            distances.site[kept],
            distances.value[kept],
            problem.weight,
            distances.sites,
            covering,
            far,
            best,
        )

    def reached(self, opened: BoolArray) -> float:
        """Return covered weight, or weight times way, with these sites (m) open."""
        way = self._ways(opened)
        return float(self.weight[np.isfinite(way)].sum()) if self.covering else float(self.weight @ self._finite(way))

    def regret(self, opened: BoolArray) -> float:
        """Return by how much that is worse than `best`."""
        reached = self.reached(opened)
        return self.best - reached if self.covering else reached - self.best

    def regrets_with(self, opened: BoolArray) -> Floats:
        """Return the regret with each further site (m) open, one at a time."""
        way = self._ways(opened)
        if self.covering:
            missed = ~np.isfinite(way)[self.demand]
            gain = np.bincount(self.site[missed], self.weight[self.demand[missed]], self.sites)
        else:
            shorter = np.maximum(0.0, self._finite(way)[self.demand] - self.value)
            gain = np.bincount(self.site, self.weight[self.demand] * shorter, self.sites)
        regrets: Floats = (self.regret(opened) - gain).astype(np.float64)
        return regrets

    def serves_all(self, opened: BoolArray) -> bool:
        """Tell whether every demand has an open site; asked of a p-median alone."""
        return self.covering or bool(np.isfinite(self._ways(opened)).all())

    def _ways(self, opened: BoolArray) -> Floats:
        """The way of each demand (n) to the nearest open site, infinite without one."""
        used = opened[self.site]
        way = np.full(self.weight.size, np.inf)
        np.minimum.at(way, self.demand[used], self.value[used])
        return way

    def _finite(self, way: Floats) -> Floats:
        return np.where(np.isfinite(way), way, self.far)


@dataclass(frozen=True, eq=False)
class Interchange:
    """Exchanges one site at a time as long as the worst regret, or with the same worst regret the sum, gets smaller."""

    scenes: Sequence[Scene]
    stays: BoolArray
    cost: Floats
    question: Question

    def measure(self, chosen: BoolArray) -> tuple[float, float]:
        """Return the worst regret of a choice (m) and the sum of the regrets."""
        regrets = [scene.regret(chosen | self.stays) for scene in self.scenes]
        return max(regrets), sum(regrets)

    def serves_all(self, chosen: BoolArray) -> bool:
        """Tell whether a choice leaves nobody without a site in any scenario."""
        return all(scene.serves_all(chosen | self.stays) for scene in self.scenes)

    def improved(self, chosen: BoolArray, effort: Effort) -> BoolArray:
        """Return the choice (m) at which no exchange helps any more, or the best by the end of the time."""
        now = self.measure(chosen)
        while not effort.over:
            step = min(self._steps(chosen, effort), key=lambda item: item[0], default=None)
            if step is None or not _less(step[0], now):
                break
            now, chosen = step
            effort.tell("regret", now[0])
        return self._without_idle(chosen)

    def _steps(self, chosen: BoolArray, effort: Effort) -> Iterator[tuple[tuple[float, float], BoolArray]]:
        """The best exchange for each site that may go, and the best site that may be added."""
        for gone in (-1, *np.flatnonzero(chosen).tolist()):
            if effort.over:
                return
            left = chosen.copy()
            if gone >= 0:
                left[gone] = False
            allowed = self._allowed(left)
            if not allowed.size:
                continue
            regrets = np.array([scene.regrets_with(left | self.stays)[allowed] for scene in self.scenes])
            worst, total = regrets.max(axis=0), regrets.sum(axis=0)
            at = int(np.lexsort((total, worst))[0])
            left[allowed[at]] = True
            yield (float(worst[at]), float(total[at])), left

    def _allowed(self, chosen: BoolArray) -> Ints:
        """The sites that may be added within the limits."""
        if self.question.sites is not None and chosen.sum() >= self.question.sites:
            return np.zeros(0, np.int64)
        allowed = ~chosen & ~self.stays
        if self.question.budget is not None:
            allowed &= self.cost + self.cost[chosen].sum() <= self.question.budget
        return np.flatnonzero(allowed)

    def _without_idle(self, chosen: BoolArray) -> BoolArray:
        """Leave out sites without which nothing changes in any scenario."""
        kept, now = chosen.copy(), self.measure(chosen)
        for site in np.flatnonzero(chosen).tolist():
            kept[site] = False
            if _less(now, self.measure(kept)):
                kept[site] = True
        return kept


def _less(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether a measure is smaller by more than rounding, its first figure before its second."""
    for left, right in zip(one, other, strict=True):
        margin = _EQUAL * max(1.0, abs(left), abs(right))
        if abs(left - right) > margin:
            return left < right
    return False
