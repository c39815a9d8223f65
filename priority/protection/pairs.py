"""Pairs of failures that together take more than apart.

Where all pairs are few they are all followed. Otherwise those among the heaviest single failures, and for each of the
first to fail (the heaviest, and whatever takes one of several feeds) the failures that then matter most.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from priority.network import SwitchState, trace_supply
from priority.protection.candidates import only_feeds, rate
from priority.protection.effects import Effect, Follower, beyond, consequence_of, weight_of
from priority.protection.failures import Failure
from priority.protection.guard import Followed
from priority.protection.results import PairRow
from priority.protection.scope import Scope
from priority.protection.words import pair_reason

#: Pairs among this many of the heaviest failures are followed, and what comes second is sought after so many firsts.
_HEAVIEST = 15
_FIRSTS = 40
_SECONDS_EACH = 4
_ROWS = 30
#: A gain in hours, customers or people that no rounding of sums makes.
_NO_ROUNDING = 1e-3


@dataclass(frozen=True, eq=False)
class _Pair:
    first: Followed
    second: Followed
    both: Effect
    extra: Effect

    @property
    def order(self) -> tuple[object, ...]:
        return self.first.failure.order, self.second.failure.order


def pair_rows(
    scope: Scope, follower: Follower, followed: tuple[Followed, ...], distinct: tuple[Followed, ...], limit: int
) -> tuple[tuple[PairRow, ...], int, bool]:
    """Return the rows, how many pairs were followed, and whether these were all there are.

    `followed` are all single failures with their effects, `distinct` one for each effect, heaviest first. At most
    about `limit` pairs are followed.
    """
    complete = len(followed) * (len(followed) - 1) // 2 <= limit
    chosen = list(combinations(followed, 2)) if complete else _promising(scope, followed, distinct, limit)
    found: dict[bytes, list[_Pair]] = {}
    for one, other in chosen:
        first, second = (one, other) if one.failure.order <= other.failure.order else (other, one)
        both = follower.follow(first.failure, second.failure)
        extra = beyond(scope, both, first.effect, second.effect)
        if not extra.is_nothing:
            found.setdefault(extra.identity, []).append(_Pair(first, second, both, extra))
    # Of pairs with one and the same excess, the one that takes most in all is named.
    kept = [
        (weight_of(scope, items[0].extra), *min((weight_of(scope, pair.both), pair.order, pair) for pair in items))
        for items in map(_ordered, found.values())
    ]
    counts = {id(pair): len(found[pair.extra.identity]) - 1 for *_, pair in kept}
    kept.sort(key=lambda item: item[:3])
    rows = [_row(scope, rank, item[3], counts[id(item[3])]) for rank, item in enumerate(kept[:_ROWS], start=1)]
    return tuple(rows), len(chosen), complete


def _ordered(pairs: list[_Pair]) -> list[_Pair]:
    return sorted(pairs, key=lambda pair: pair.order)


def _promising(
    scope: Scope, followed: tuple[Followed, ...], distinct: tuple[Followed, ...], limit: int
) -> list[tuple[Followed, Followed]]:
    heaviest = distinct[:_HEAVIEST]
    chosen = {_key(one, other): (one, other) for one, other in combinations(heaviest, 2)}
    for first in _firsts(scope, followed, distinct):
        for second in _seconds(scope, first, followed):
            if len(chosen) < limit:
                chosen.setdefault(_key(first, second), (first, second))
    return list(chosen.values())


def _key(one: Followed, other: Followed) -> tuple[str, ...]:
    return tuple(sorted((one.failure.id, other.failure.id)))


def _firsts(scope: Scope, followed: tuple[Followed, ...], distinct: tuple[Followed, ...]) -> Iterator[Followed]:
    """Give the heaviest, and for places with several feeds the segment of each feed, by tier; no plants."""
    by_segment = {item.failure.number: item for item in followed if item.failure.kind == "segment"}
    facilities, of_node = scope.system.facilities, scope.system.segments.of_node
    many = [number for number in scope.listed_needs if len(scope.feeds(number)) > 1]
    many.sort(key=lambda number: (int(scope.tier[facilities.needs[number].facility]), number))
    feeding = [by_segment.get(int(of_node[node])) for number in many for node in scope.feeds(number)]
    heaviest = [item for item in distinct if item.failure.kind != "plant"][:_HEAVIEST]
    given: set[str] = set()
    for item in (*heaviest, *feeding):
        if item is not None and item.failure.id not in given and len(given) < _FIRSTS:
            given.add(item.failure.id)
            yield item


def _seconds(scope: Scope, first: Followed, followed: tuple[Followed, ...]) -> list[Followed]:
    """Return the failures that take more once the first has happened than before, the heaviest gains first."""
    after, supplied = _after(scope, first.failure)
    loads = scope.system.loads
    people = np.column_stack([loads.customers, loads.population]) * supplied[:, None]
    now = rate(scope, after, np.column_stack([only_feeds(scope, supplied), people]))
    left = only_feeds(scope) * supplied[:, None]
    before = rate(scope, SwitchState.normal(scope.system.arrays), np.column_stack([left, people]))
    tiers = len(scope.tiers)
    failures = [item.failure for item in followed]
    gain = now.rows(failures) - before.rows(failures)
    gaining = np.flatnonzero((gain > _NO_ROUNDING).any(axis=1))
    picked: list[Followed] = []
    for columns in (slice(tiers), slice(tiers, None)):
        # Of equal gains, mostly one and the same thing seen from several elements, the heaviest alone is taken.
        distinct = gaining[np.unique(np.round(gain[gaining], 3), axis=0, return_index=True)[1]]
        order = np.lexsort((distinct, *(-gain[distinct, columns].T[::-1])))
        picked += [followed[number] for number in distinct[order[:_SECONDS_EACH]] if followed[number] is not first]
    return picked


def _after(scope: Scope, failure: Failure) -> tuple[SwitchState, NDArray[np.bool_]]:
    """Return the switches after a failure is isolated, and which nodes (n) then have supply."""
    system = scope.system
    state = SwitchState.normal(system.arrays)
    damage = failure.damage
    isolation = system.segments.isolate(damage.nodes.astype(np.int32), damage.lines.astype(np.int32), state.is_open)
    state.is_open[isolation.to_open] = True
    state.node_out[isolation.nodes] = True
    state.node_out[isolation.damaged] = True
    state.line_out[isolation.lines] = True
    return state, trace_supply(system.arrays, state).supplied


def _row(scope: Scope, rank: int, pair: _Pair, others: int) -> PairRow:
    more = consequence_of(scope, pair.extra)
    harmless = pair.first.effect.is_nothing and pair.second.effect.is_nothing
    return PairRow(
        rank=rank,
        first=pair.first.failure.id,
        first_name=pair.first.failure.name,
        second=pair.second.failure.id,
        second_name=pair.second.failure.name,
        consequence=consequence_of(scope, pair.both),
        beyond=more,
        reason=pair_reason(scope, pair.extra, more, harmless=harmless, others=others),
    )
