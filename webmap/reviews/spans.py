"""When which level ran, and when the incident ended and went on: read from the facts up to a moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from priority.wording import Phrases
from webmap.incidents.effective import Effective
from webmap.incidents.entries import Closed, LevelChanged, LevelEnded, LevelStarted
from webmap.incidents.fold import is_damage


@dataclass(frozen=True)
class Span:
    """A level from its start to when it was changed or ended, None while it runs; `starts` a response, or changes it.

    `number` is the entry's.
    """

    level: str
    begins: datetime
    ends: datetime | None
    starts: bool
    number: int


@dataclass(frozen=True)
class Episode:
    """An incident from its first fact, or from the damage or response that opened it again, to its end (None: none)."""

    begins: datetime
    ends: datetime | None


def happened(facts: Iterable[Effective], at: datetime) -> list[Effective]:
    """Return the facts up to a moment, in the order of happening."""
    return sorted((item for item in facts if item.fact.happened_at <= at), key=_order)


def _order(item: Effective) -> tuple[datetime, int]:
    return item.fact.happened_at, item.number


def level_spans(facts: Sequence[Effective]) -> list[Span]:
    """Return the levels in the order in which they ran; `facts` are in the order of happening."""
    spans: list[Span] = []
    for item in facts:
        fact = item.fact
        if not isinstance(fact, LevelStarted | LevelChanged | LevelEnded):
            continue
        if spans and spans[-1].ends is None:
            spans[-1] = replace(spans[-1], ends=fact.happened_at)
        if not isinstance(fact, LevelEnded):
            starts = isinstance(fact, LevelStarted)
            spans.append(Span(fact.level, fact.happened_at, None, starts, item.number))
    return spans


def episodes(facts: Sequence[Effective]) -> list[Episode]:
    """Return the incident's episodes, none without facts.

    Damage or a response after the end opens the incident again, as in the log's own phase.
    """
    found: list[Episode] = []
    for item in facts:
        fact = item.fact
        if not found:
            found.append(Episode(fact.happened_at, None))
        ended = found[-1].ends is not None
        if isinstance(fact, LevelEnded | Closed):
            found[-1] = replace(found[-1], ends=fact.happened_at)
        elif ended and (is_damage(fact) or isinstance(fact, LevelStarted | LevelChanged)):
            found.append(Episode(fact.happened_at, None))
    return found


def began_at(facts: Sequence[Effective]) -> Effective | None:
    """Return the first fact of the event: damage, or somebody's report of it, whichever was first.

    Without either it is the first fact of all; None for none.
    """
    events = [item for item in facts if is_damage(item.fact) or item.fact.kind == "reported"]
    return next(iter(events or facts), None)


def level_name(phrases: Phrases, level: str) -> str:
    """Return a level's name in a sentence; some plans' keys say that they are levels."""
    bare = level.removesuffix("级")
    return (
        phrases.write("review.level", level=bare) if bare == level else phrases.write("review.level_as_is", level=level)
    )
