"""Beside a computation: writes down how far it is, says that it goes on, and hears whether somebody cancelled it."""

from __future__ import annotations

import logging
import threading
import time
from types import TracebackType
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import SQLAlchemyError

from webmap.siting.claims import RunClaims

if TYPE_CHECKING:
    from priority.siting.effort import Progress

_LOG = logging.getLogger(__name__)
#: How often the row is looked at, and written if there is news; without news it is written this often.
_LOOK_S = 0.5
_HEARTBEAT_S = 5.0


class Watch:
    """A thread beside a run from `with` to its end. What solves asks `cancelled` and calls `hear` alone."""

    def __init__(self, claims: RunClaims, run_id: str, stopped: threading.Event) -> None:
        self._claims = claims
        self._run_id = run_id
        self._stopped = stopped
        self._cancelled = threading.Event()
        self._over = threading.Event()
        self._latest: Progress | None = None
        self._thread = threading.Thread(target=self._run, name="siting-watch", daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    @property
    def was_cancelled(self) -> bool:
        """Whether a person cancelled the run."""
        return self._cancelled.is_set()

    def cancelled(self) -> bool:
        """Whether to stop: a person cancelled the run, or this process ends."""
        return self._cancelled.is_set() or self._stopped.is_set()

    def hear(self, progress: Progress) -> None:
        """Take note of how far the search is."""
        self._latest = progress

    def _run(self) -> None:
        told, told_at = None, time.monotonic()
        while not self._over.wait(_LOOK_S):
            try:
                if self._claims.is_cancelled(self._run_id):
                    self._cancelled.set()
                latest = self._latest
                if latest is not told or time.monotonic() - told_at >= _HEARTBEAT_S:
                    stage = None if latest is None else latest.stage
                    self._claims.keep(self._run_id, stage, None if latest is None else _progress(latest))
                    told, told_at = latest, time.monotonic()
            except SQLAlchemyError as error:  # tried again at the next look
                _LOG.warning("siting run %s cannot tell how far it is: %s", self._run_id, type(error).__name__)


def _progress(latest: Progress) -> dict[str, Any]:
    objective, bound = latest.objective, latest.bound
    # Weights, ways and numbers of sites: below zero are only figures of a part of the search.
    if min(objective or 0.0, bound or 0.0) < 0:
        objective = bound = None
    known = objective is not None and bound is not None and objective != 0
    gap = abs(objective - bound) / abs(objective) if known else None  # type: ignore[operator, arg-type]
    return {"objective": objective, "bound": bound, "gap": gap}
