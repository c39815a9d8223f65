"""What a failure does in time: which places and people are without supply for how long, and how two failures compare.

Nothing is repaired until the horizon, so what is lost stays lost, and a loss is told by when it begins.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from priority.cascade import Cascade, run_cascade
from priority.network.arrays import NETWORK_KEYS
from priority.network.kernels import BoolArray
from priority.protection.failures import Failure
from priority.protection.results import Consequence, FailedPlace
from priority.protection.scope import UNLISTED, Scope

_SECONDS = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Effect:
    """Listed places (numbers ascending) that fail before the horizon, and nodes with customers or people that are lost.

    `fails_s`, `need`: when each of `places` fails and which need ends it (-1: it was struck itself); `down_s` and
    `lost_down_s` are the seconds until the horizon that count; `newly` marks the nodes whose customers count.
    """

    places: NDArray[np.intp]
    fails_s: _SECONDS
    need: NDArray[np.int64]
    down_s: _SECONDS
    lost: NDArray[np.intp]
    lost_down_s: _SECONDS
    newly: BoolArray

    @property
    def is_nothing(self) -> bool:
        """True where no listed place and nobody counted is ever without supply."""
        return not (self.places.size or self.lost.size)

    @property
    def identity(self) -> bytes:
        """Return the same bytes for equal effects alone."""
        parts = (self.places, self.fails_s, self.down_s, self.lost, self.lost_down_s, self.newly)
        return b"|".join(part.tobytes() for part in parts)


class Follower:
    """Follows failures for a scope. What happens without any failure (a stock of coal that runs out) is not theirs."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._usual = _run(scope, ())

    def follow(self, *failures: Failure) -> Effect:
        """Return what failures that happen together at the scope's moment take away, nothing being repaired."""
        effect = _run(self._scope, failures)
        return effect if self._usual.is_nothing else beyond(self._scope, effect, self._usual, self._usual)


def _run(scope: Scope, failures: tuple[Failure, ...]) -> Effect:
    damages = tuple(sorted((failure.damage for failure in failures), key=lambda damage: damage.element))
    return _read(scope, run_cascade(scope.system, damages, scope.horizon_s, wiring=scope.wiring))


def _read(scope: Scope, course: Cascade) -> Effect:
    fails = course.facility_track.spells(0)
    places = np.flatnonzero((fails.begins_s < scope.horizon_s) & (scope.tier != UNLISTED))
    lost_s = course.lost_spells(0).begins_s
    lost = np.flatnonzero((lost_s < scope.horizon_s) & scope.weighing)
    return Effect(
        places=places,
        fails_s=fails.begins_s[places],
        need=fails.cause[places],
        down_s=scope.horizon_s - fails.begins_s[places],
        lost=lost,
        lost_down_s=scope.horizon_s - lost_s[lost],
        newly=np.ones(lost.size, np.bool_),
    )


def beyond(scope: Scope, both: Effect, first: Effect, second: Effect) -> Effect:
    """Return what two failures together take that neither takes alone: the time in which it would have had supply."""
    alone_s = np.maximum(_spread(scope, first), _spread(scope, second))
    more_s = both.down_s - alone_s[both.places]
    kept = more_s > 0
    apart_s = np.maximum(_spread_lost(scope, first), _spread_lost(scope, second))[both.lost]
    longer = both.lost_down_s > apart_s
    return Effect(
        places=both.places[kept],
        fails_s=both.fails_s[kept],
        need=both.need[kept],
        down_s=more_s[kept],
        lost=both.lost[longer],
        lost_down_s=(both.lost_down_s - apart_s)[longer],
        newly=(apart_s == 0)[longer],
    )


def _spread(scope: Scope, effect: Effect) -> _SECONDS:
    down_s = np.zeros(scope.tier.size, np.int64)
    down_s[effect.places] = effect.down_s
    return down_s


def _spread_lost(scope: Scope, effect: Effect) -> _SECONDS:
    down_s = np.zeros(scope.weighing.size, np.int64)
    down_s[effect.lost] = effect.lost_down_s
    return down_s


def weight_of(scope: Scope, effect: Effect) -> tuple[float, ...]:
    """Return what ranks an effect, the heaviest smallest: seconds of each tier in turn, people's seconds, customers."""
    tier = scope.tier[effect.places]
    by_tier = [-int(effect.down_s[tier == wanted].sum()) for wanted in scope.tiers]
    people_s = _by_network(scope, effect.lost, scope.system.loads.population[effect.lost] * effect.lost_down_s).max()
    newly = effect.lost[effect.newly]
    return (*by_tier, -float(people_s), -float(scope.system.loads.customers[newly].sum()))


def consequence_of(scope: Scope, effect: Effect) -> Consequence:
    """Write an effect in figures. `population` is the most of any network: at least so many people."""
    loads, facilities = scope.system.loads, scope.system.facilities
    newly = effect.lost[effect.newly]
    customers = _by_network(scope, newly, loads.customers[newly])
    places = [
        FailedPlace(
            id=facilities.ids[place],
            name=facilities.names[place],
            tier=int(scope.tier[place]),
            hours=round(max(0, int(fails_s)) / 3600, 4),
        )
        for place, fails_s in zip(effect.places, effect.fails_s, strict=True)
    ]
    return Consequence(
        customers={key: round(float(customers[code])) for code, key in enumerate(NETWORK_KEYS)},
        population=round(float(_by_network(scope, newly, loads.population[newly]).max())),
        facility_hours=round(int(effect.down_s.sum()) / 3600, 4),
        facilities=tuple(sorted(places, key=lambda item: (item.tier, item.hours, item.id))),
    )


def _by_network(scope: Scope, nodes: NDArray[np.intp], values: NDArray[np.float64]) -> NDArray[np.float64]:
    network = scope.system.arrays.network[nodes]
    return np.bincount(network, values, minlength=len(NETWORK_KEYS)).astype(np.float64)
