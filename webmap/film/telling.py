"""Which facts count at a moment of a film: all that is known now, or those that had been written by then."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Literal, Protocol

from webmap.api.log.view_document import CHINA
from webmap.incidents.effective import Effective, effective_facts
from webmap.incidents.entries import Correction
from webmap.incidents.records import Entry, Log
from webmap.incidents.stages import PICTURE_KINDS

#: `known`: what is known now about each moment; `believed`: what the log said at each.
Mode = Literal["known", "believed"]
MODES: tuple[Mode, ...] = ("known", "believed")

#: Kinds that change the picture of a moment, its ranking included.
_SHOWN_KINDS = PICTURE_KINDS | {"priority_ordered"}


class Telling(Protocol):
    """What a log tells at each moment of a film. Moments are whole seconds."""

    @property
    def moments(self) -> Sequence[datetime]:
        """When something is told or happens, in order, each once."""

    @property
    def picture_moments(self) -> Sequence[datetime]:
        """Those of them at which the picture may change."""

    def facts_at(self, moment: datetime) -> Sequence[Effective]:
        """Return what has happened by a moment, as far as it counts there, in the order of happening."""

    def number_at(self, moment: datetime) -> int:
        """Return the number of the last entry that counts at a moment, 0 for none."""


def whole_second(moment: datetime) -> datetime:
    """Return the first whole second that is not before a moment."""
    floor = moment.replace(microsecond=0)
    return floor if floor == moment else floor + timedelta(seconds=1)


def told_at(log: Log) -> list[datetime]:
    """Return from which moment of the film each entry is known, in the order of their numbers.

    That is when it was written. A drill is played at any time, so what is told last there is its present.
    """
    if not log.opening.drill:
        return [whole_second(entry.written_at.astimezone(CHINA)) for entry in log.entries]
    found: list[datetime] = []
    for entry in log.entries:
        happened = whole_second(entry.fact.happened_at)
        found.append(max(found[-1], happened) if found else happened)
    return found


@dataclass(frozen=True)
class Known:
    """Everything that is known now counts from when it happened."""

    log: Log

    @cached_property
    def _facts(self) -> list[Effective]:
        return effective_facts(self.log.entries)

    @cached_property
    def _happened(self) -> list[datetime]:
        return [item.fact.happened_at for item in self._facts]

    @cached_property
    def moments(self) -> Sequence[datetime]:
        """Every moment at which something happened."""
        return sorted({whole_second(moment) for moment in self._happened})

    @cached_property
    def picture_moments(self) -> Sequence[datetime]:
        """Every moment at which something of the picture happened."""
        return sorted({whole_second(item.fact.happened_at) for item in self._facts if item.fact.kind in _SHOWN_KINDS})

    def facts_at(self, moment: datetime) -> Sequence[Effective]:
        """Return what had happened."""
        return self._facts[: bisect_right(self._happened, moment)]

    def number_at(self, _moment: datetime) -> int:
        """Return the last number of the log."""
        return self.log.length


@dataclass(frozen=True)
class Believed:
    """At each moment the log as it was then: a late entry and a correction count from their writing on."""

    log: Log

    @cached_property
    def _told(self) -> list[datetime]:
        return told_at(self.log)

    @cached_property
    def moments(self) -> Sequence[datetime]:
        """Every moment at which something was written; what was told ahead of its time counts at its time."""
        return self._moments_of(self.log.entries, self._told)

    @cached_property
    def picture_moments(self) -> Sequence[datetime]:
        """The same of what changes the picture; a correction may."""
        pairs = [
            (entry, told)
            for entry, told in zip(self.log.entries, self._told, strict=True)
            if entry.fact.kind in _SHOWN_KINDS or isinstance(entry.fact, Correction)
        ]
        return self._moments_of([entry for entry, _ in pairs], [told for _, told in pairs])

    def _moments_of(self, entries: Sequence[Entry], told: Sequence[datetime]) -> list[datetime]:
        found = set(told)
        for entry, moment in zip(entries, told, strict=True):
            fact = entry.fact
            said = fact.replacement if isinstance(fact, Correction) else fact
            if said is not None and said.happened_at > moment:
                found.add(whole_second(said.happened_at))
        return sorted(found)

    @cached_property
    def _read(self) -> dict[int, list[Effective]]:
        return {}

    def facts_at(self, moment: datetime) -> Sequence[Effective]:
        """Return what had happened by all that was written until then."""
        count = bisect_right(self._told, moment)
        if count not in self._read:
            self._read[count] = effective_facts(self.log.entries[:count])
        facts = self._read[count]
        return facts[: bisect_right(facts, moment, key=lambda item: item.fact.happened_at)]

    def number_at(self, moment: datetime) -> int:
        """Return the number of the entry that was the last one then."""
        count = bisect_right(self._told, moment)
        return self.log.entries[count - 1].number if count else 0


def telling_of(log: Log, mode: Mode) -> Known | Believed:
    """Return how a log tells its film."""
    return Known(log) if mode == "known" else Believed(log)
