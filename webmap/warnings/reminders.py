"""What falls due of a warning: it is about to end, it ended and nobody said so, somebody waits for an answer."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from priority.wording import Phrases
from webmap.languages import Language
from webmap.warnings.issuing import CHINA
from webmap.warnings.state import WarningState

#: So long before it ends people are reminded, and once more.
SOON = (timedelta(minutes=60), timedelta(minutes=15))
#: Whoever submits a warning should not wait longer for an answer, nor an approved one for its issue.
PATIENCE = timedelta(minutes=15)

Code = Literal["expires_soon", "expired", "waiting_submitted", "waiting_approved"]


@dataclass(frozen=True)
class Reminder:
    """`at` is when it fell due: a reminder with another `at` is a new one."""

    code: Code
    at: datetime
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: Language) -> str:
        """Say it."""
        return Phrases(language).write(f"warning_due.{self.code}", **self.values)


def reminders(state: WarningState, now: datetime, clock: datetime | None = None) -> tuple[Reminder, ...]:
    """Return what is due of a warning at a moment: at most one about its end and one about who waits; none else.

    `clock` is the clock's time where the incident's own is another, as in a drill: people wait by the clock.
    """
    return (*_of_the_end(state, now), *_of_waiting(state, clock or now))


def _of_the_end(state: WarningState, now: datetime) -> Iterator[Reminder]:
    if state.in_force is None:
        return
    ends = state.in_force.expires_at
    left = ends - now
    if left <= timedelta(0):
        yield Reminder("expired", ends, {"clock": f"{ends.astimezone(CHINA):%Y-%m-%d %H:%M}"})
    elif due := [before for before in SOON if left <= before]:
        yield Reminder("expires_soon", ends - min(due), {"minutes": math.ceil(left / timedelta(minutes=1))})


def _of_waiting(state: WarningState, now: datetime) -> Iterator[Reminder]:
    pending = state.pending
    if pending is None or now - pending.since <= PATIENCE:
        return
    minutes = {"minutes": int((now - pending.since) / timedelta(minutes=1))}
    if pending.status == "submitted":
        yield Reminder("waiting_submitted", pending.since + PATIENCE, minutes)
    elif pending.status == "approved":
        yield Reminder("waiting_approved", pending.since + PATIENCE, minutes)
