"""What a log is made of: how an incident was opened, who writes, and the entries as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from webmap.incidents.entries import Fact

#: `reported`: no response was started yet; `responding`: a level runs; `ended`: it was ended, or the incident closed.
Phase = Literal["reported", "responding", "ended"]


@dataclass(frozen=True)
class Author:
    """Who writes. `offices` are those that this person holds for the incident's plan, in the plan's words (指挥长)."""

    id: str
    name: str
    offices: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Opening:
    """What was settled when the incident was opened and never changes: it is part of what the chain begins with.

    `data_version` is that of the data it was opened on; None where there were none, and where nobody wrote it down yet.
    """

    incident_id: str
    plan: str
    drill: bool
    name: str
    opened_at: str
    opened_by: str
    data_version: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the log. `written_at` is in UTC and never earlier than that of the entry before."""

    number: int
    fact: Fact
    written_at: datetime
    author_id: str
    author_name: str
    client_key: str | None = None
    hash: str = ""


@dataclass(frozen=True)
class Log:
    """An incident's entries in the order of writing; `entries[n - 1]` has number n."""

    opening: Opening
    entries: Sequence[Entry] = field(default=())

    @property
    def length(self) -> int:
        """The number of the last entry, 0 for none."""
        return self.entries[-1].number if self.entries else 0

    def up_to(self, number: int) -> Log:
        """Return the log as it was when entry `number` was the last."""
        return replace(self, entries=[entry for entry in self.entries if entry.number <= number])

    def known_at(self, moment: datetime) -> Log:
        """Return the log as it was at a moment: what was believed then."""
        return replace(self, entries=[entry for entry in self.entries if entry.written_at <= moment])


@dataclass(frozen=True)
class IncidentSummary:
    """An incident in a list: how far it is, the running level (None: none), when its log was last written to (UTC).

    `began_at` is when the first of all that counts happened, with the offset it was entered with; `opened_by_name` is
    the name of who wrote the first entry.
    """

    opening: Opening
    length: int
    phase: Phase
    level: str | None
    began_at: str
    last_written_at: str
    opened_by_name: str
