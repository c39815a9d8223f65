"""Works off the queue of studies: one thread a process, one run after the other."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine

from webmap.errors import Fault, fault_of
from webmap.jobs.loop import Loop
from webmap.languages import LANGUAGES
from webmap.siting.claims import Claimed, Ending, RunClaims
from webmap.siting.computing import Answered, StudyUnfit
from webmap.siting.runs import State
from webmap.siting.watch import Watch, watching
from webmap.storage.persisting import persist

_LOG = logging.getLogger(__name__)

#: Computes a claimed run; told by the watch when to stop, and tells it how far it is.
Compute = Callable[[Claimed, Watch], Answered]


class SitingWorker:
    """Computes in the background from `start` to `stop`. Looks every `poll_s` seconds, and at once when woken."""

    def __init__(
        self, engine: Engine, compute: Compute, *, claims: RunClaims | None = None, poll_s: float = 2.0
    ) -> None:
        self.claims = claims or RunClaims(engine)
        self._compute = compute
        self._poll_s = poll_s
        self._loop = Loop("siting runs", self._turn, failed_s=poll_s)

    def start(self) -> None:
        """Begin; returns at once. To be called once, in the process that serves (after a fork)."""
        self._loop.start()

    def wake(self) -> None:
        """Tell that a run may wait; returns at once."""
        self._loop.wake()

    def stop(self, timeout_s: float = 8.0) -> None:
        """Claim nothing more; the run that is computed ends as interrupted, with the best it has."""
        self._loop.stop(timeout_s)

    def work_off(self) -> int:
        """Compute all that waits, in the calling thread; return how many runs that were."""
        done = 0
        while not self._loop.stopped.is_set() and (claimed := self.claims.take()) is not None:
            self._work(claimed)
            done += 1
        return done

    def _turn(self) -> float:
        if abandoned := self.claims.abandon():
            _LOG.warning("siting runs left by a process that is gone, now interrupted: %d", abandoned)
        self.work_off()
        return self._poll_s

    def _work(self, claimed: Claimed) -> None:
        with watching(self.claims, claimed.id, self._loop.stopped) as watch:
            ending = self._ending(claimed, watch)
        self._record(claimed.id, ending)

    def _ending(self, claimed: Claimed, watch: Watch) -> Ending:
        try:
            answered = self._compute(claimed, watch)
        except Exception as error:  # noqa: BLE001  one run must not end the thread; the error is told with the run
            return self._failed(claimed, watch, error)
        state: State = "done"
        if watch.cancelled():
            state = "cancelled" if watch.was_cancelled else "interrupted"
            if not answered.has_sites:
                return Ending(state)
        return Ending(state, answered.documents, answered.summary, data_version=answered.data_version)

    def _failed(self, claimed: Claimed, watch: Watch, error: Exception) -> Ending:
        if watch.was_cancelled:
            return Ending("cancelled")
        faults = {
            language: fault_of(error.told_in(language) if isinstance(error, StudyUnfit) else error, language)
            for language in LANGUAGES
        }
        if any(fault.status >= 500 for fault in faults.values()):
            _LOG.error("siting run %s: %s", claimed.id, faults["zh"].code, exc_info=error)
        return Ending("failed", error={language: _document(fault) for language, fault in faults.items()})

    def _record(self, run_id: str, ending: Ending) -> None:
        """Write the ending down; what was computed must not be lost because the database is away for a moment."""
        persist(lambda: self.claims.end(run_id, ending), self._loop.stopped)


def _document(fault: Fault) -> dict[str, Any]:
    return dict(fault.document()["error"])
