"""An answer laid over the demand: what is served from where, what is covered, how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from priority.network.kernels import BoolArray
from priority.siting.distances import Floats, Ints
from priority.siting.results import Service
from priority.siting.study.ground import Ground, Layout

_WHOLE = 1 - 1e-6


@dataclass(frozen=True, eq=False)
class Outcome:
    """`opened` (m) are the open sites, existing ones too. Services are by `demand`, `site`, `share`, `distance` (q).

    Of each demand (n): `covered`, the share that is served within the standard, or at all where there is none; `main`,
    the site that serves most of it, else the nearest open one, -1 without any in reach; `away`, how far that is,
    infinite then; `nearest`, how far the nearest open site is.
    """

    opened: BoolArray
    demand: Ints
    site: Ints
    share: Floats
    distance: Floats
    covered: Floats
    main: Ints
    away: Floats
    nearest: Floats

    @property
    def whole(self) -> BoolArray:
        """Which demands (n) are covered in full."""
        full: BoolArray = self.covered >= 1
        return full


def outcome_of(layout: Layout, ground: Ground, opened: BoolArray, services: Sequence[Service] | None) -> Outcome:
    """Lay sites (m) and their services over the demand; without services everybody goes to the nearest site.

    With a model of coverage nobody is served beyond the standard.
    """
    distances, n = ground.distances, len(ground.demand)
    standard = layout.setting.study.question.standard
    pair, nearest = distances.nearest(opened)
    main = np.where(pair >= 0, distances.site[pair] if pair.size and distances.site.size else -1, -1)
    away = nearest.copy()
    if services is None:
        limit = np.inf
        if layout.setting.study.question.model in ("lscp", "mclp") and standard is not None:
            limit = standard
        demand = np.flatnonzero((pair >= 0) & _within(nearest, limit))
        site, share, distance = main[demand], np.ones(demand.size), nearest[demand]
    else:
        demand, site, share, distance = _columns(layout, ground, services)
        order = np.lexsort((distance, share))  # of what serves a demand the largest share is written last
        main[demand[order]], away[demand[order]] = site[order], distance[order]
    inside = _within(distance, np.inf if standard is None else standard)
    covered = np.bincount(demand, share * inside, n).astype(np.float64)
    covered[covered > _WHOLE] = 1.0
    return Outcome(opened, demand, site, share, distance, covered, main.astype(np.int64), away, nearest)


def left_without(layout: Layout, ground: Ground, outcome: Outcome) -> tuple[Floats, Floats, Floats]:
    """Return for each open site (m), if it alone were not there: weight covered, weighted way, longest way.

    Everybody goes to the nearest site then. Ways are infinite where somebody who is served would have none.
    """
    distances, weight, m = ground.distances, ground.demand.weight, ground.distances.sites
    standard = layout.setting.study.question.standard
    limit = np.inf if standard is None else standard
    first = np.full(len(ground.demand), -1, np.int64)
    pair = distances.nearest(outcome.opened)[0]
    first[pair >= 0] = distances.site[pair[pair >= 0]]
    used = outcome.opened[distances.site] & (np.arange(distances.site.size) != pair[distances.demand])
    second = distances.keep(used).nearest(outcome.opened)[1]
    inside = _within(outcome.nearest, limit) & (first >= 0)
    own = first >= 0
    lost = np.bincount(first[own], (weight * (inside & ~_within(second, limit)))[own], m)
    covered = (float(weight[inside].sum()) - lost).astype(np.float64)
    reached = np.where(own, outcome.nearest, 0.0)
    with np.errstate(invalid="ignore"):
        more = np.where(own & (weight > 0), weight * (second - reached), 0.0)
    way = (float(weight @ reached) + np.bincount(first[own], more[own], m)).astype(np.float64)
    longest = np.array([_longest(reached, second, first == site) for site in range(m)], dtype=np.float64)
    return covered, way, longest


def _longest(reached: Floats, second: Floats, own: BoolArray) -> float:
    return float(np.where(own, second, reached).max(initial=0.0))


def _columns(layout: Layout, ground: Ground, services: Sequence[Service]) -> tuple[Ints, Ints, Floats, Floats]:
    demand_number = {identifier: number for number, identifier in enumerate(ground.demand.ids)}
    site_number = {place.id: number for number, place in enumerate(layout.sites)}
    return (
        np.array([demand_number[item.demand] for item in services], dtype=np.int64),
        np.array([site_number[item.site] for item in services], dtype=np.int64),
        np.array([item.share for item in services], dtype=np.float64),
        np.array([item.distance for item in services], dtype=np.float64),
    )


def _within(distance: Floats, limit: float) -> BoolArray:
    """Which distances keep a standard; exactly at it counts, as in `Distances.within`."""
    inside: BoolArray = distance <= limit * (1 + 1e-12)
    return inside
