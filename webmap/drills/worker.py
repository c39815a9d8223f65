"""Plays the drills of a process: one thread, which takes each step when its moment has come."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from webmap.drills.claims import HEARTBEAT_S, DrillClaims
from webmap.drills.player import Outcome
from webmap.drills.runs import Run
from webmap.errors import fault_of
from webmap.incidents.errors import Conflict
from webmap.jobs.loop import Loop
from webmap.languages import LANGUAGES
from webmap.workload import TooBusy

_LOG = logging.getLogger(__name__)
#: How often it is looked for drills to play; while one plays, for what people did with it from other processes.
_POLL_S = 2.0
_PLAYING_POLL_S = 0.5

Take = Callable[[Run], Outcome]


class DrillWorker:
    """Plays from `start` to `stop`, and looks at once when woken.

    `take` takes one step of a run; `told` is called with an incident's id whenever its drill went on or ended.
    """

    def __init__(self, claims: DrillClaims, take: Take, told: Callable[[str], object] = lambda _: None) -> None:
        self.claims = claims
        self._take = take
        self._told = told
        self._loop = Loop("drills", self.turn, self._release)
        self._kept_at: datetime | None = None

    def start(self) -> None:
        """Begin; returns at once. To be called once, in the process that serves (after a fork)."""
        self._loop.start()

    def wake(self) -> None:
        """Tell that a drill began, or that somebody changed how it goes; returns at once."""
        self._loop.wake()

    def stop(self, timeout_s: float = 4.0) -> None:
        """Take no further step; drills stand still until somebody plays them again."""
        self._loop.stop(timeout_s)

    def turn(self) -> float:
        """Take every step that is due, in the calling thread; return in how many seconds to look again."""
        self.claims.take()
        runs = self.claims.mine()
        if not runs:
            return _POLL_S
        self._keep()
        waits = [_PLAYING_POLL_S]
        for run in runs:
            wait = self._play(run)
            waits += [] if wait is None else [wait]
        return max(0.01, min(waits))

    def _release(self) -> None:
        try:
            self.claims.release()
        except SQLAlchemyError as error:  # the lease runs out by itself
            _LOG.warning("drills are not released: %s", type(error).__name__)

    def _keep(self) -> None:
        now = self.claims.clock()
        if self._kept_at is None or abs((now - self._kept_at).total_seconds()) >= HEARTBEAT_S:
            self.claims.keep()
            self._kept_at = now

    def _play(self, run: Run) -> float | None:
        """Take a run's next step if it is due; return in how many seconds the next one is, None for who knows."""
        at_s, now = run.next_at_s, self.claims.clock()
        if at_s is None or not run.course.is_due(at_s, now):
            return None if at_s is None else run.course.due_in_s(at_s, now)
        try:
            outcome = self._take(run)
        except (Conflict, TooBusy):  # others write or compute; a moment later
            return 0.2
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001  one drill must not end the thread; the error is told with the drill
            self._fail(run, error)
            return None
        if outcome == "ended":
            self.claims.end(run, "stopped")
        else:
            self.claims.advance(run)
        self._told(run.incident_id)
        return 0.0

    def _fail(self, run: Run, error: Exception) -> None:
        faults = {language: fault_of(error, language) for language in LANGUAGES}
        if any(fault.status >= 500 for fault in faults.values()):
            _LOG.error("drill %s: %s", run.incident_id, faults["zh"].code, exc_info=error)
        self.claims.end(run, "failed", {language: fault.document()["error"] for language, fault in faults.items()})
        self._told(run.incident_id)
