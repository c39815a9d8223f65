"""An incident as warnings look at it, kept for a while: while somebody draws, the same picture is asked for often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from priority.plans.warning_figures import NO_RESPONSE
from webmap.api.log.view_document import present_of
from webmap.incidents.effective import effective_facts
from webmap.incidents.fold import fold_of
from webmap.incidents.journal import Look
from webmap.incidents.records import Opening
from webmap.runtime import Runtime, Snapshot
from webmap.warnings.areas import is_laborious
from webmap.warnings.content import AreaSpec
from webmap.warnings.ground import Ground
from webmap.warnings.sending_shapes import SendingShapes
from webmap.workload import Workload

if TYPE_CHECKING:
    from priority.plans import Plan

_Made = TypeVar("_Made")
#: A picture of the sample's worst outage takes a tenth of this; told to those who are turned away.
_SECONDS = 10
#: Incidents at a moment whose pictures are kept: those of the officers who draft at the same time.
_KEPT = 6


@dataclass(frozen=True, eq=False)
class Scene:
    """An incident at its present, as known from entries up to number `known`. Shared by threads.

    `running_level` is the response that runs, `NO_RESPONSE` for none.
    """

    opening: Opening
    known: int
    at: datetime
    plan: Plan
    snapshot: Snapshot
    ground: Ground
    running_level: str

    @property
    def synthetic(self) -> bool:
        """Whether made-up data are behind it."""
        return self.snapshot.synthetic


class Scenes:
    """Takes pictures of incidents for warnings, a few at once, and keeps the latest."""

    def __init__(self, runtime: Runtime, threads: int) -> None:
        self._runtime = runtime
        held = max(1, min(2, threads // 4))
        self._workload = Workload(held, _KEPT, waiting=2 * held, waiting_each=2)
        self.shapes = SendingShapes(held)

    def of(self, look: Look, now: datetime) -> Scene:
        """Return an incident's present. Raises `UnknownPlan`, `MissingLayers` and `TooBusy`."""
        log = look.log
        plan, snapshot = self._runtime.plan(log.opening.plan), self._runtime.snapshot_of(log)
        facts = effective_facts(log.entries)
        at = _minute_of(present_of(facts, now, drill=log.opening.drill), facts[-1].fact.happened_at if facts else None)

        def make() -> Scene:
            state = fold_of(log, facts, at)
            running = NO_RESPONSE if state.level is None else state.level.level or NO_RESPONSE
            ground = Ground.of(snapshot, plan, tuple(self._runtime.plans), state.document, self.shapes.of)
            return Scene(log.opening, log.length, at, plan, snapshot, ground, running)

        last = log.entries[-1].hash if log.entries else ""
        key = (log.opening.incident_id, log.length, last, at.isoformat(), snapshot.data_version)
        return self._workload.answer(key, _SECONDS, make)

    def made(self, spec: AreaSpec | None, make: Callable[[], _Made]) -> _Made:
        """Return what is made of an area; a laborious one takes one of the few slots. Raises `TooBusy`."""
        if spec is None or not is_laborious(spec):
            return make()
        return self._workload.admit(_SECONDS, make)


def _minute_of(present: datetime, last: datetime | None) -> datetime:
    """Return the minute of the present, but not before what happened last: within a minute the picture is the same."""
    minute = present.replace(second=0, microsecond=0)
    return minute if last is None or last <= minute else last
