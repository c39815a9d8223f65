"""Films of random logs over a small district, and stills of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from layers.catalog import CATALOG
from layers.records import conform, empty_frame
from priority.film import Film
from priority.plans import plan_book
from tests.web.incidents.logs import DUTY, OPENING, START
from tests.web.incidents.places import frames_of_the_logs
from webmap.accounts.roles import Grant, Role
from webmap.accounts.viewer import Viewer
from webmap.api.log.places import places_of
from webmap.api.log.reader import Reader
from webmap.api.log.redaction import hides_nothing
from webmap.film import Mode, film_document
from webmap.incidents.entries import Fact
from webmap.incidents.records import Entry, Log, Opening
from webmap.reports.source import Asked, ReportSource
from webmap.runtime import Snapshot


@cache
def snapshot() -> Snapshot:
    """A district that knows every id of the random logs."""
    frames = frames_of_the_logs()
    found = {key: conform(key, frames[key]) if key in frames else empty_frame(key) for key in CATALOG}
    return Snapshot("small-film", found)


def log_of(facts: Sequence[Fact], delays: Sequence[int], *, drill: bool = False) -> Log:
    """Return a log of facts, each written so many seconds after it happened, never before the one before it."""
    opening = Opening(**{**OPENING.__dict__, "drill": drill})
    entries, last = [], START
    for number, (fact, delay) in enumerate(zip(facts, delays, strict=True), start=1):
        last = max(last, fact.happened_at + timedelta(seconds=delay))
        entries.append(Entry(number, fact, last, DUTY.id, DUTY.name))
    return Log(opening, entries)


def source_of(log: Log, at: datetime) -> ReportSource:
    """Return a log's source for who may know of everything."""
    plans = plan_book(None)
    viewer = Viewer(frozenset({Grant(Role.DUTY_OFFICER)}))
    reader = Reader(viewer, "zh", places_of(snapshot(), restricted=True), hides_nothing, plans[log.opening.plan])
    asked = Asked(at, log.length, at)
    return ReportSource(log, reader, plans[log.opening.plan], snapshot(), asked, plan_keys=tuple(plans))


def document_of(log: Log, at: datetime, mode: Mode) -> dict[str, Any]:
    return film_document(source_of(log, at), mode)


def film_in(document: dict[str, Any]) -> Film:
    """Return the film that a document holds, checked."""
    return Film.model_validate({key: document[key] for key in Film.model_fields})
