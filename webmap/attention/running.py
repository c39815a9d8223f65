"""The incidents that may need somebody, read once for everybody who asks within a moment."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from priority.errors import UnknownPlan
from priority.plans import Plan
from webmap.api.log.view_document import present_of
from webmap.incidents.effective import Effective, effective_facts
from webmap.incidents.errors import UnreadableEntry
from webmap.incidents.journal import Journal, Look
from webmap.incidents.kept import KeptLogs
from webmap.incidents.moments import read_written
from webmap.incidents.records import IncidentSummary, Phase
from webmap.warnings.register import Register
from webmap.warnings.state import WarningState

#: A drill that nobody has written to for so long needs nobody any more.
DRILL_RESTS = timedelta(hours=12)
#: An incident that ended is looked after so long: a final report may be owed.
ENDED_STAYS = timedelta(days=7)
#: Incidents that are looked at: those that run first, then drills, then those that ended, each the ones opened last.
_MOST = 24
#: Everybody who asks within this time gets what was read once.
KEPT_S = 1.0


@dataclass(frozen=True, eq=False)
class Running:
    """An incident with what stands at its present. `plan` is None where the district took the plan away."""

    look: Look
    facts: Sequence[Effective]
    present: datetime
    phase: Phase
    plan: Plan | None
    warnings: tuple[WarningState, ...]

    @property
    def id(self) -> str:
        """The incident's id."""
        return self.look.log.opening.incident_id

    @property
    def drill(self) -> bool:
        """Whether it is an exercise."""
        return self.look.log.opening.drill


class RunningIncidents:
    """Reads what runs, at most once a second. Shared by threads: who comes while another reads gets what was read."""

    def __init__(self, journal: Journal, logs: KeptLogs, register: Register, plan_of: Callable[[str], Plan]) -> None:
        self._journal = journal
        self._logs = logs
        self._register = register
        self._plan_of = plan_of
        self._lock = threading.Lock()
        self._read_at = 0.0
        self._kept: tuple[Running, ...] | None = None

    def all(self) -> tuple[Running, ...]:
        """Return the incidents that run, drills that are played, and those that ended a short while ago."""
        kept = self._kept
        if kept is not None and time.monotonic() - self._read_at < KEPT_S:
            return kept
        if not self._lock.acquire(blocking=kept is None):
            assert kept is not None  # noqa: S101  only then it is not waited for
            return kept
        try:
            found = self._read()
            self._kept, self._read_at = found, time.monotonic()
            return found
        finally:
            self._lock.release()

    def _read(self) -> tuple[Running, ...]:
        now = self._journal.clock()
        looked_after = [one for one in self._journal.incidents("all") if _is_looked_after(one, now)]
        wanted = sorted(looked_after, key=lambda one: (one.phase == "ended", one.opening.drill))[:_MOST]
        warnings: dict[str, list[WarningState]] = {}
        for state in self._register.list("all") if wanted else ():
            warnings.setdefault(state.incident_id, []).append(state)
        found = (self._running(one, warnings.get(one.opening.incident_id, []), now) for one in wanted)
        return tuple(one for one in found if one is not None)

    def _running(self, one: IncidentSummary, warnings: Sequence[WarningState], now: datetime) -> Running | None:
        try:
            look = self._logs.look(one.opening.incident_id)
        except UnreadableEntry:  # the log itself says what is wrong with it
            return None
        facts = effective_facts(look.log.entries)
        try:
            plan = self._plan_of(one.opening.plan)
        except UnknownPlan:
            plan = None
        present = present_of(facts, now, drill=one.opening.drill)
        return Running(look, facts, present, one.phase, plan, tuple(warnings))


def _is_looked_after(one: IncidentSummary, now: datetime) -> bool:
    rests = now - read_written(one.last_written_at) if one.last_written_at else timedelta(0)
    if one.opening.drill:
        return one.phase != "ended" and rests <= DRILL_RESTS
    return one.phase != "ended" or rests <= ENDED_STAYS
