"""Distances between demands and sites: only pairs that exist, everything else is unreachable."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from priority.network.kernels import BoolArray
from priority.siting.sparse import transposed

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Metres, minutes, or what the maker of a matrix meant.
Unit = Literal["m", "min", "unknown"]

#: A demand at exactly the standard is covered, and so is one that is farther by a rounding of floating point only.
_ROUNDING = 1e-12


@dataclass(frozen=True, eq=False)
class Distances:
    """Pairs (p) in compressed rows by demand, sites ascending: row i is `site[start[i]:start[i + 1]]`.

    `start` (n + 1), `site` (p) and `value` (p, finite, not negative) describe n demands and `sites` sites. A pair that
    is absent is unreachable. `straight` tells that values are straight lines because no road was known.
    """

    start: Ints
    site: Ints
    value: Floats
    sites: int
    unit: Unit = "unknown"
    straight: bool = False

    @classmethod
    def from_dense(cls, table: Floats, unit: Unit = "unknown", *, straight: bool = False) -> Distances:
        """Read a table (n, m) in which NaN or infinity stands for unreachable."""
        table = np.asarray(table, dtype=np.float64)
        known = np.isfinite(table)
        start = np.zeros(len(table) + 1, np.int64)
        np.cumsum(known.sum(axis=1), out=start[1:])
        return cls(start, np.nonzero(known)[1].astype(np.int64), table[known], table.shape[1], unit, straight)

    @classmethod
    def from_pairs(
        cls,
        demand: Ints,
        site: Ints,
        value: Floats,
        size: tuple[int, int],
        unit: Unit = "unknown",
        straight: bool = False,
    ) -> Distances:
        """Read pairs in any order, each at most once; `size` is the number of demands and of sites."""
        order = np.lexsort((site, demand))
        start = np.zeros(size[0] + 1, np.int64)
        np.cumsum(np.bincount(demand, minlength=size[0]), out=start[1:])
        return cls(start, site[order].astype(np.int64), np.asarray(value)[order], size[1], unit, straight)

    def __len__(self) -> int:
        """Return the number of demands."""
        return len(self.start) - 1

    @cached_property
    def demand(self) -> Ints:
        """The demand of each pair (p)."""
        return np.repeat(np.arange(len(self)), np.diff(self.start))

    @cached_property
    def by_site(self) -> tuple[Ints, Ints, Floats]:
        """The same pairs in compressed rows by site: start (m + 1), demand (p), value (p)."""
        start, demand, place = transposed(self.start, self.site, self.sites)
        return start, demand, self.value[place]

    def within(self, limit: Floats | float) -> BoolArray:
        """Return which pairs (p) are no farther than a limit, one for all or one for each demand."""
        inside: BoolArray = self.value <= self.reach(limit)[self.demand]
        return inside

    def reach(self, limit: Floats | float) -> Floats:
        """Return the farthest that counts as within a limit, one for all or one for each demand (n)."""
        return np.broadcast_to(np.asarray(limit, dtype=np.float64) * (1 + _ROUNDING), len(self))

    def keep(self, pairs: BoolArray) -> Distances:
        """Return the distances with these pairs (p) alone."""
        start = np.zeros(len(self.start), np.int64)
        np.cumsum(np.bincount(self.demand[pairs], minlength=len(self)), out=start[1:])
        return Distances(start, self.site[pairs], self.value[pairs], self.sites, self.unit, self.straight)

    def nearest(self, open_sites: BoolArray) -> tuple[Ints, Floats]:
        """Return for each demand the pair of its nearest open site (n), -1 where none, and the distance, infinite then.

        Of sites equally near the first counts.
        """
        far = np.full(len(self), np.inf)
        pair = np.full(len(self), -1, np.int64)
        filled = np.diff(self.start) > 0
        if not filled.any():
            return pair, far
        first = self.start[:-1][filled]
        value = np.where(open_sites[self.site], self.value, np.inf)
        far[filled] = np.minimum.reduceat(value, first)
        nearest = np.where(value == far[self.demand], np.arange(value.size), value.size)
        pair[filled] = np.minimum.reduceat(nearest, first)
        pair[~np.isfinite(far)] = -1
        return pair, far
