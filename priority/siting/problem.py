"""The siting problem: demands, sites that stay, candidates, distances, and the question that is asked of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from priority.errors import InvalidSiting, Problem
from priority.network.kernels import BoolArray
from priority.siting.distances import Distances, Floats, Ints

__all__ = ["MODELS", "InvalidSiting", "Model", "Question", "SitingProblem"]

#: Location set covering (fewest sites for all), maximal covering (most weight), p-median (least weighted travel),
#: p-center (shortest worst case).
Model = Literal["lscp", "mclp", "pmedian", "pcenter"]
MODELS: tuple[Model, ...] = ("lscp", "mclp", "pmedian", "pcenter")


@dataclass(frozen=True, eq=False)
class SitingProblem:
    """`n` demands and `m` sites, candidates and existing ones alike.

    `weight` (n) is what a demand asks of a site, people as a rule; it counts in objectives and against `capacity` (m,
    infinite for unlimited, in the same unit). `tier` (n): a lower number comes first, and nothing is gained for a later
    tier at the cost of an earlier one. `stays` (m): existing sites, which are open whatever is chosen and are not
    counted. `cost` (m) counts against a budget, in whatever unit that has.
    """

    demand_ids: tuple[str, ...]
    weight: Floats
    tier: Ints
    site_ids: tuple[str, ...]
    stays: BoolArray
    cost: Floats
    capacity: Floats
    distances: Distances

    @classmethod
    def of(
        cls,
        distances: Distances,
        weight: Floats | None = None,
        *,
        tier: Ints | None = None,
        stays: BoolArray | None = None,
        cost: Floats | None = None,
        capacity: Floats | None = None,
    ) -> SitingProblem:
        """Build a problem whose ids are numbers; weights and costs are 1, capacities unlimited where not given."""
        n, m = len(distances), distances.sites
        return cls(
            tuple(map(str, range(n))),
            np.ones(n) if weight is None else np.asarray(weight, dtype=np.float64),
            np.ones(n, np.int64) if tier is None else np.asarray(tier, dtype=np.int64),
            tuple(map(str, range(m))),
            np.zeros(m, np.bool_) if stays is None else np.asarray(stays, dtype=np.bool_),
            np.ones(m) if cost is None else np.asarray(cost, dtype=np.float64),
            np.full(m, np.inf) if capacity is None else np.asarray(capacity, dtype=np.float64),
            distances,
        )

    def __post_init__(self) -> None:
        n, m = len(self.distances), self.distances.sites
        sizes = (
            *(("demand", len(part), n) for part in (self.demand_ids, self.weight, self.tier)),
            *(("site", len(part), m) for part in (self.site_ids, self.stays, self.cost, self.capacity)),
        )
        for name, size, wanted in sizes:
            if size != wanted:
                raise ValueError(f"{size} values for {wanted} {name}s")
        problems = [
            *_below_zero("weight", self.weight, self.demand_ids),
            *_below_zero("cost", self.cost, self.site_ids),
            *_below_zero("capacity", self.capacity, self.site_ids, infinite=True),
            *_repeated("demand", self.demand_ids),
            *_repeated("site", self.site_ids),
        ]
        if len(self.distances.value) and not (np.isfinite(self.distances.value) & (self.distances.value >= 0)).all():
            problems.append(Problem("distances", "a distance is negative or not a number", "give lengths of 0 or more"))
        if problems:
            raise InvalidSiting(problems)

    @cached_property
    def tiers(self) -> Ints:
        """The tiers that occur, the first first; none without demands."""
        return np.unique(self.tier)

    @property
    def limited(self) -> bool:
        """Whether any site can be full."""
        return bool(np.isfinite(self.capacity).any())


@dataclass(frozen=True)
class Question:
    """What is asked: a model, the number of new sites or the budget for them, and the standard.

    `sites` and `budget` limit the new sites, both if both are given. `radius` is the standard in the unit of the
    distances; for p-median and p-center it limits nothing and is only reported on. `backup` asks for that many sites
    beyond the first within the standard: by all demands in `lscp`, by as much weight as possible, after first coverage,
    in `mclp`. `shared` lets several sites serve one demand together where capacities are limited; otherwise one site
    serves it whole.
    """

    model: Model
    sites: int | None = None
    budget: float | None = None
    radius: float | None = None
    backup: int = 0
    shared: bool = False

    def __post_init__(self) -> None:
        problems = [*self._missing(), *self._wrong()]
        if problems:
            raise InvalidSiting(problems)

    def _missing(self) -> list[Problem]:
        missing = []
        if self.model in ("lscp", "mclp") and self.radius is None:
            missing.append(Problem("radius", "this model needs a standard", "give the radius in the distances' unit"))
        if self.model != "lscp" and self.sites is None and self.budget is None:
            missing.append(Problem("sites", "this model needs a number of sites or a budget", "give one of them"))
        return missing

    def _wrong(self) -> list[Problem]:
        wrong = []
        for name in ("sites", "budget", "radius", "backup"):
            value = getattr(self, name)
            if value is not None and not (np.isfinite(value) and value >= 0):
                wrong.append(Problem(name, f"{value} is no amount", "give 0 or more"))
        if self.backup and self.model in ("pmedian", "pcenter"):
            wrong.append(Problem("backup", "only lscp and mclp know backup coverage", "leave it out"))
        return wrong


def _below_zero(name: str, values: Floats, ids: tuple[str, ...], *, infinite: bool = False) -> list[Problem]:
    wrong = np.isnan(values) | (values < 0) | (np.isinf(values) & (not infinite))
    return [
        Problem(f"{name}[{ids[at]}]", f"{values[at]} is no amount", "give 0 or more")
        for at in np.flatnonzero(wrong)[:3]
    ]


def _repeated(name: str, ids: tuple[str, ...]) -> list[Problem]:
    if len(set(ids)) == len(ids):
        return []
    seen = set[str]()
    twice = next(each for each in ids if each in seen or seen.add(each))  # type: ignore[func-returns-value]
    return [Problem(f"{name} id", f"{twice!r} occurs twice", "give every record an id of its own")]
