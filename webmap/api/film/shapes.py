"""The shape of a film as it is given out, for the published schema; the tests hold every answer to it."""

from __future__ import annotations

from typing import Literal

from priority.film import Film
from priority.rows import Row
from webmap.incidents.records import Phase
from webmap.reviews.results import ReportKind


class FilmHead(Row):
    """Of which incident the film is."""

    id: str
    name: str
    drill: bool


class FilmEntry(Row):
    """An entry of the log as the film comes to it, `s` seconds after its begin, with the sentence that counts there."""

    s: int
    number: int
    group: str
    said: str
    late: bool


class FilmReport(Row):
    """The report that is to be sent next. `due_at` is None where the plan names no time."""

    kind: ReportKind
    title: str
    due_at: str | None
    at_once: bool
    clause: str | None


class FilmCourse(Row):
    """What the log says from `s` on, by entries up to number `known`."""

    s: int
    known: int
    phase: Phase
    level: str | None
    next_report: FilmReport | None


class FilmAnswer(Film):
    """A film of what is known now of every moment, or of what was believed at it.

    `known` is the number of the log's last entry, `until` when the film ends, `gone` are ids that the log names and the
    data no longer hold: the film is without them.
    """

    incident: FilmHead
    mode: Literal["known", "believed"]
    known: int
    until: str
    entries: tuple[FilmEntry, ...]
    course: tuple[FilmCourse, ...]
    gone: tuple[str, ...]
