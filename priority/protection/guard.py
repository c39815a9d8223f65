"""What to guard first: every single failure followed in time, the heaviest first.

Elements whose failures have one and the same effect are one row; the element that people know best stands for them.
"""

from __future__ import annotations

from dataclasses import dataclass

from priority.protection.effects import Effect, Follower, consequence_of, weight_of
from priority.protection.failures import Failure
from priority.protection.results import GuardRow
from priority.protection.scope import Scope
from priority.protection.words import guard_reason

#: No one guards more elements than this at a time.
_ROWS = 50


@dataclass(frozen=True, eq=False)
class Followed:
    """A failure with its effect and weight, and how many other elements would have the very same effect."""

    failure: Failure
    effect: Effect
    weight: tuple[float, ...]
    others: int = 0


def follow_all(scope: Scope, follower: Follower, failures: tuple[Failure, ...]) -> tuple[Followed, ...]:
    """Follow each failure by itself; the heaviest first, equal weights by the order of naming."""
    followed = []
    for failure in failures:
        effect = follower.follow(failure)
        followed.append(Followed(failure, effect, weight_of(scope, effect)))
    return tuple(sorted(followed, key=lambda item: (item.weight, item.failure.order)))


def one_for_each_effect(followed: tuple[Followed, ...]) -> tuple[Followed, ...]:
    """Keep one failure for each effect, the one named first; failures without effect are left out."""
    kept: dict[bytes, Followed] = {}
    elements: dict[bytes, int] = {}
    for item in followed:
        if item.effect.is_nothing:
            continue
        identity = item.effect.identity
        kept.setdefault(identity, item)  # they come in the order of naming
        elements[identity] = elements.get(identity, 0) + item.failure.elements
    return tuple(
        Followed(item.failure, item.effect, item.weight, elements[identity] - 1) for identity, item in kept.items()
    )


def guard_rows(scope: Scope, distinct: tuple[Followed, ...]) -> tuple[GuardRow, ...]:
    """Return the heaviest failures as rows. Nothing that fails takes anything away: no rows."""
    rows = []
    for rank, item in enumerate(distinct[:_ROWS], start=1):
        failure = item.failure
        consequence = consequence_of(scope, item.effect)
        rows.append(
            GuardRow(
                rank=rank,
                id=failure.id,
                name=failure.name,
                kind=failure.element_kind,
                network=failure.network,
                consequence=consequence,
                reason=guard_reason(scope, item.effect, consequence, item.others),
            )
        )
    return tuple(rows)
