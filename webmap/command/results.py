"""What the commander's view says, as typed rows. The JSON document and its schema are made from these.

Times are ISO 8601 text with the offset they were entered with; None stands for unknown, not there, or not yet.
"""

from __future__ import annotations

from typing import Literal

from priority.rows import Row
from webmap.api.log.shapes import HandedOver, Refusal
from webmap.reviews.results import MeasureState, NextReport, ReportKind

#: Why a measure stands in a group: the plan names the group or the unit, or the group's duty covers it (our reading).
GroupedBy = Literal["plan", "unit", "duty", "none"]
Section = Literal["named", "duty", "suppliers", "townships", "places", "members", "upward"]


class SentRow(Row):
    """A report that went up: to whom, when, written down by whom."""

    entry: int
    kind: ReportKind
    title: str
    at: str
    to: str
    by: str
    text: str | None


class Timers(Row):
    """Which report is due next, and what was sent, the last one first.

    `interval_minutes` is the span at whose end `next` is due (None where the plan names no minutes), `receivers` are
    those whom the plan names, `last_to` who got the last one.
    """

    next: NextReport | None
    interval_minutes: float | None
    clause: str
    receivers: str | None
    last_to: str | None
    sent: tuple[SentRow, ...]


class MeasureItem(Row):
    """A measure of the checklist. `by` is the unit that did it, `author` who wrote that down.

    `units` are those that may have done it, the likeliest first; none where the plan names nobody. `at_level` is the
    level at which the same words were done before they were asked for again, with `done_clause`.
    """

    clause: str | None
    text: str
    unit: str | None
    grouped_by: GroupedBy
    units: tuple[str, ...]
    state: MeasureState
    due_from: str | None
    done_at: str | None
    by: str | None
    author: str | None
    entry: int | None
    at_level: str | None = None
    done_clause: str | None = None


class MeasureGroup(Row):
    """The measures of a working group, what is open first; `key` is "headquarters" or "none" for those of no group."""

    key: str
    name: str
    lead: str | None
    members: tuple[str, ...]
    duty: str | None
    clause: str | None
    measures: tuple[MeasureItem, ...]
    done: int
    due: int


class CauseGroup(Row):
    """The measures for a cause (heating plan 4.5); `why` says what points to it, None where nothing does."""

    key: str
    clause: str
    cause: str
    why: str | None
    measures: tuple[MeasureItem, ...]


class Called(Row):
    """That somebody was called, from a note of the log."""

    entry: int
    at: str
    by: str


class Call(Row):
    """Somebody to call. `why` is a sentence, `clause` its source in the plan, `numbers_clause` that of the numbers.

    `note` is the text under which a call is noted; `called` are such notes, the last one first.
    """

    key: str
    section: Section
    unit: str
    person: str | None
    role: str | None
    numbers: tuple[str, ...]
    numbers_clause: str | None
    why: str
    clause: str | None
    note: str
    called: tuple[Called, ...]


class Handover(Row):
    """Who has the command. `offered` is false where the plan says nothing of handing over; `why_not` says so.

    `standing` is to whom it was handed over, None while the own headquarters has it. `may` are the viewer's offices
    that may take the next step, `refusal` why none may.
    """

    offered: bool
    why_not: str | None
    clause: str | None
    text: str | None
    level_clause: str | None
    level_text: str | None
    to: str | None
    offices: tuple[str, ...]
    may: tuple[str, ...]
    refusal: Refusal | None
    standing: HandedOver | None


class Command(Row):
    """The commander's view at a moment, from the entries up to number `known`: see `docs/command.md`."""

    incident: str
    drill: bool
    at: str
    known: int
    level: str | None
    level_clause: str | None
    reports: Timers
    groups: tuple[MeasureGroup, ...]
    causes: tuple[CauseGroup, ...]
    measures_done: int
    measures_due: int
    calls: tuple[Call, ...]
    calls_note: str | None
    handover: Handover

    def document(self) -> dict[str, object]:
        """Return the JSON document."""
        return self.model_dump(mode="json")
