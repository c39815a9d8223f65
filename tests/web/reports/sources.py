"""Sources of reports over the small district or the sample, made of facts as people would write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from layers.catalog import CATALOG
from layers.records import conform, empty_frame
from layers.sample import read_sample
from priority.plans import plan_book
from tests.web.incidents.logs import DUTY, START, after
from tests.web.log.house import district
from webmap.accounts.roles import Grant, Role
from webmap.accounts.viewer import Viewer
from webmap.api.log.places import places_of
from webmap.api.log.reader import Reader
from webmap.api.log.redaction import hides_beyond, hides_nothing
from webmap.incidents.admission import read_fact
from webmap.incidents.records import Entry, Log, Opening
from webmap.languages import Language
from webmap.reports.source import Asked, ReportSource
from webmap.runtime import Snapshot

ENERGY, HEATING = "energy-chengqu", "heating-zezhou"
Document = dict[str, Any]


@cache
def small_snapshot() -> Snapshot:
    """The small district as the server would hold it; never changed."""
    frames = district()
    return Snapshot(
        "small-1", {key: conform(key, frames[key]) if key in frames else empty_frame(key) for key in CATALOG}
    )


@cache
def sample_snapshot() -> Snapshot:
    """The sample as the server would hold it; never changed. Some seconds the first time."""
    return Snapshot("sample-1", {key: conform(key, frame) for key, frame in read_sample().items()})


def told(kind: str, minutes: float, **fields: Any) -> Document:
    """Return a fact that happened so many minutes after the start, as it is sent."""
    return {"kind": kind, "happened_at": after(minutes).isoformat(), **fields}


def log_of(facts: Sequence[Document], plan: str = ENERGY, *, drill: bool = False, written: Sequence[float] = ()) -> Log:
    """Return a log of these facts, each written as it happened, or at these minutes, never before the one before it."""
    opening = Opening("i-1", plan, drill, "东站停电", "2026-01-12T00:00:00.000000Z", DUTY.id)
    entries, last = [], START
    for number, document in enumerate(facts, start=1):
        fact = read_fact(document)
        moment = after(written[number - 1]) if number <= len(written) else fact.happened_at
        last = max(last, moment)
        entries.append(Entry(number, fact, last, DUTY.id, DUTY.name))
    return Log(opening, entries)


def source_of(
    facts: Sequence[Document],
    *,
    at: datetime | None = None,
    plan: str = ENERGY,
    language: Language = "zh",
    restricted: bool = True,
    drill: bool = False,
    sample: bool = False,
    written: Sequence[float] = (),
    known: int | None = None,
) -> ReportSource:
    """Return the source of an incident of these facts, by default an hour after the last of them happened."""
    log = log_of(facts, plan, drill=drill, written=written)
    log = log if known is None else log.up_to(known)
    snapshot = sample_snapshot() if sample else small_snapshot()
    places = places_of(snapshot, restricted=restricted)
    plans = plan_book(None)
    viewer = Viewer(frozenset({Grant(Role.DUTY_OFFICER if restricted else Role.OBSERVER)}))
    hides = hides_nothing if restricted else hides_beyond(places)
    moments = [entry.fact.happened_at for entry in log.entries]
    at = max(moments, default=START) + timedelta(hours=1) if at is None else at
    asked = Asked(at, log.length, at, DUTY.name)
    reader = Reader(viewer, language, places, hides, plans[plan])
    return ReportSource(log, reader, plans[plan], snapshot, asked, plan_keys=tuple(plans))
