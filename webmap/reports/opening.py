"""From a log and its reader to the source of its reports: which moment, which entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from priority.errors import UnknownPlan
from webmap.api.log.view_document import present_of
from webmap.incidents.effective import effective_facts
from webmap.reports.progress import Progress, untold
from webmap.reports.source import Asked, ReportSource

if TYPE_CHECKING:
    from webmap.api.log.reader import Reader
    from webmap.incidents.journal import Look
    from webmap.incidents.records import Log
    from webmap.runtime import Runtime


@dataclass(frozen=True)
class Sources:
    """Opens sources of reports."""

    runtime: Runtime
    clock: Callable[[], datetime]

    def asked(self, look: Look, at: datetime | None, known: int | None, made_by: str | None) -> Asked:
        """Return of which moment and which entries: without them the present, to the minute, and all there are."""
        log = look.log if known is None else look.log.up_to(known)
        now = self.clock()
        return Asked(at or _present(log, now), log.length, now, made_by)

    def open(self, look: Look, reader: Reader, asked: Asked, progress: Progress = untold) -> ReportSource:
        """Return the source; raises `UnknownPlan` where the incident's plan is gone, and `MissingLayers`."""
        if reader.plan is None:
            raise UnknownPlan(f"no plan {look.log.opening.plan!r}")
        log = log_of(look, asked)
        keys = tuple(self.runtime.plans)
        snapshot = self.runtime.snapshot_of(log)
        return ReportSource(log, reader, reader.plan, snapshot, asked, plan_keys=keys, progress=progress)


def log_of(look: Look, asked: Asked) -> Log:
    """Return the part of a log that a report rests on."""
    return look.log if asked.known >= look.log.length else look.log.up_to(asked.known)


def _present(log: Log, now: datetime) -> datetime:
    """Return the present to the minute, so that those who ask within one share an answer; never before a fact."""
    facts = effective_facts(log.entries)
    present = present_of(facts, now, drill=log.opening.drill)
    minute = present.replace(second=0, microsecond=0)
    return minute if not facts or minute >= facts[-1].fact.happened_at else present
