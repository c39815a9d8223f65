"""Works off what imports wait for: one thread a process, one import after the other."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from webmap.imports.claims import Ending, ImportClaims
from webmap.imports.failures import WorkCancelled, failure, failure_of
from webmap.imports.files import ImportFiles
from webmap.imports.records import Import, Imports
from webmap.imports.states import State
from webmap.imports.working import Working
from webmap.incidents.moments import now_utc
from webmap.jobs.loop import Loop
from webmap.jobs.watch import Rhythm, Watch
from webmap.storage.persisting import persist

_LOG = logging.getLogger(__name__)
_CLEAN_EVERY_S = 3600.0
#: A folder without a row this young may belong to a file that is just coming.
_YOUNG_S = 3600.0
_ENDED: tuple[State, ...] = ("committed", "failed", "cancelled", "discarded")


class ImportWorker:
    """Works in the background from `start` to `stop`. Looks every `poll_s` seconds, and at once when woken."""

    def __init__(
        self, imports: Imports, working: Working, *, poll_s: float = 2.0, clock: Callable[[], datetime] = now_utc
    ) -> None:
        self.claims = ImportClaims(imports.engine, clock)
        self._imports = imports
        self._working = working
        self._poll_s = poll_s
        self._rhythm = Rhythm()
        self._loop = Loop("imports", self._turn, failed_s=poll_s)
        self._cleaned_at: float | None = None

    def start(self) -> None:
        """Begin; returns at once. To be called once, in the process that serves (after a fork)."""
        self._loop.start()

    def wake(self) -> None:
        """Tell that an import may wait; returns at once."""
        self._loop.wake()

    def stop(self, timeout_s: float = 4.0) -> None:
        """Begin nothing more; what is under way ends as interrupted, with nothing written."""
        self._loop.stop(timeout_s)

    def work_off(self) -> int:
        """Do all that waits, in the calling thread; return how many pieces of work that were."""
        done = 0
        while not self._loop.stopped.is_set() and (item := self.claims.take()) is not None:
            self._work(item)
            done += 1
        return done

    def settle_abandoned(self) -> int:
        """End what processes that are gone were at; return how many. A commit that went well counts as one."""
        left = self.claims.abandoned()
        for item in left:
            self.claims.end(item.id, self._settled(item))
        return len(left)

    def clean(self) -> None:
        """Take away the files of imports that ended long ago, and of those that never began."""
        files: ImportFiles = self._working.files
        oldest = self.claims.clock() - timedelta(days=files.limits.keep_days)
        for import_id in self._imports.ended_before(oldest, _ENDED):
            files.remove(import_id)
        if files.folder.is_dir():
            known = self._imports.ids()
            for path in files.folder.iterdir():
                if path.name not in known and time.time() - path.stat().st_mtime > _YOUNG_S:
                    shutil.rmtree(path, ignore_errors=True)

    def _turn(self) -> float:
        if abandoned := self.settle_abandoned():
            _LOG.warning("imports left by a process that is gone, now settled: %d", abandoned)
        self.work_off()
        now = time.monotonic()
        if self._cleaned_at is None or now - self._cleaned_at > _CLEAN_EVERY_S:
            self._cleaned_at = now
            self.clean()
        return self._poll_s

    def _work(self, item: Import) -> None:
        watch: Watch[Mapping[str, Any]] = Watch(
            f"import {item.id}",
            lambda: self.claims.is_cancelled(item.id),
            lambda news: self.claims.keep(item.id, news),
            self._loop.stopped,
            self._rhythm,
        )
        with watch:
            ending = self._ending(item, watch)
        persist(lambda: self.claims.end(item.id, ending), self._loop.stopped)

    def _ending(self, item: Import, watch: Watch[Mapping[str, Any]]) -> Ending:
        def hear(step: str, done: int, of: int | None) -> None:
            watch.hear({"step": step, "done": done, "of": of})

        try:
            return self._working.do(item, hear, watch.cancelled)
        except WorkCancelled:
            return Ending("cancelled") if watch.was_cancelled else _failed(item, failure("interrupted"))
        except Exception as error:  # noqa: BLE001  one import must not end the thread; the error is told with it
            found = failure_of(error)
            if found["code"] == "internal_error":
                _LOG.error("import %s: %s", item.id, type(error).__name__, exc_info=error)
            return _failed(item, found)

    def _settled(self, item: Import) -> Ending:
        version = self._working.committed_as(item.id) if item.state == "committing" else None
        if version is not None:
            return Ending("committed", {"committed_version": version})
        return _failed(item, failure("interrupted"))


def _failed(item: Import, document: Mapping[str, Any]) -> Ending:
    """How failed work ends: a commit can be asked for again as it is, since nothing was written."""
    state: State = "checked" if item.state == "committing" else "failed"
    return Ending(state, {"failure": document})
