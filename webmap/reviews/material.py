"""What a review is made of. Nothing of it reads a database or knows of the web."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from priority.plans import Language, Plan
from priority.wording import Phrases
from webmap.incidents.effective import Effective
from webmap.incidents.entries import Fact
from webmap.incidents.records import Log
from webmap.reviews.spans import Episode, Span, began_at, episodes, happened, level_spans

#: The assessment document of a moment, from what was written by another.
Pictures = Callable[[datetime, datetime], Mapping[str, Any]]
#: Writes a fact that stands in an entry (its number) as a sentence, as the reader may have it.
Said = Callable[[int, Fact], str]


@dataclass(frozen=True)
class Material:
    """An incident for one reader: `facts` are the effective ones, in any order; `said` leaves out what must be.

    `impact` is the impact document, None where there is none (no layers); without `pictures` neither forecasts nor the
    ranking are judged. `hidden` are entries whose words the reader may not have.
    """

    plan: Plan
    log: Log
    facts: Sequence[Effective]
    at: datetime
    said: Said
    impact: Mapping[str, Any] | None = None
    pictures: Pictures | None = None
    hidden: frozenset[int] = frozenset()
    language: Language = "zh"
    phrases: Phrases = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "phrases", Phrases(self.language))

    @cached_property
    def past(self) -> list[Effective]:
        """The facts up to `at`, in the order of happening."""
        return happened(self.facts, self.at)

    @cached_property
    def spans(self) -> list[Span]:
        """The levels that ran."""
        return level_spans(self.past)

    @cached_property
    def episodes(self) -> list[Episode]:
        """The incident's episodes."""
        return episodes(self.past)

    @property
    def ended(self) -> bool:
        """Whether the incident has ended at `at`."""
        return bool(self.episodes) and self.episodes[-1].ends is not None

    @cached_property
    def beginning(self) -> Effective | None:
        """The first fact of the event."""
        return began_at(self.past)

    def of_kind(self, kind: str) -> list[Effective]:
        """Return the facts of a kind, in the order of happening."""
        return [item for item in self.past if item.fact.kind == kind]

    def written_by(self, moment: datetime) -> datetime:
        """Return the moment of writing up to which a log was known at a moment of the incident.

        The clock of a drill is not the one on the wall: there everything counts as written when it happened.
        """
        if not self.log.opening.drill:
            return moment
        told = [entry.written_at for entry in self.log.entries if entry.fact.happened_at <= moment]
        return max(told, default=moment)
