"""What a report from the place is once it is stored, and its answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

State = Literal["waiting", "confirmed", "declined"]
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True)
class Answer:
    """What a duty officer decided. `at` is in UTC.

    Confirmed, `entries` are those of `incident` that it became, or that said it already (`known_before`); declined,
    `reason` says why.
    """

    state: State
    at: str
    by_id: str
    by: str
    reason: str | None = None
    incident: str | None = None
    entries: tuple[int, ...] = ()
    known_before: bool = False


@dataclass(frozen=True)
class StoredPhoto:
    """A photograph of a report, without its content."""

    number: int
    sha256: str
    width_px: int
    height_px: int


@dataclass(frozen=True)
class FieldReport:
    """A report. `happened_at` is as entered, `received_at` in UTC; `answers` in their order, the last one counts.

    `body` is what was told: see `webmap.field.body.Told`.
    """

    id: str
    plan: str
    incident: str | None
    drill: bool
    happened_at: str
    received_at: str
    author_id: str
    author: str
    body: dict[str, Any]
    state: State
    answers: tuple[Answer, ...]
    photos: tuple[StoredPhoto, ...] = ()
    client_key: str | None = None

    @property
    def answer(self) -> Answer | None:
        """The answer that counts; None while it waits."""
        return self.answers[-1] if self.answers else None


@dataclass(frozen=True)
class Waiting:
    """How many reports wait for a plan's duty officers: of an incident, or of none (None). `since` is in UTC."""

    plan: str
    incident: str | None
    drill: bool
    count: int
    since: str
