"""A thread that takes one turn after the other until it is told to stop, whatever happens in a turn."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

_LOG = logging.getLogger(__name__)
#: How long to wait after a turn that failed.
_AFTER_FAILURE_S = 2.0


class Loop:
    """Calls `turn` from `start` to `stop`, and at once when woken; `turn` returns after how many seconds to look again.

    `what` says in the log which work waits. A failure is logged once, however often it comes back. `at_end` is called
    in the thread after the last turn.
    """

    def __init__(
        self, what: str, turn: Callable[[], float], at_end: Callable[[], object] = lambda: None, failed_s: float = 0.0
    ) -> None:
        self.stopped = threading.Event()
        self._what = what
        self._turn = turn
        self._at_end = at_end
        self._failed_s = failed_s or _AFTER_FAILURE_S
        self._woken = threading.Event()
        self._thread = threading.Thread(target=self._run, name=what, daemon=True)
        self._told = ""

    def start(self) -> None:
        """Begin; returns at once. To be called once, in the process that serves (after a fork)."""
        self._thread.start()

    def wake(self) -> None:
        """Tell that there may be work; returns at once."""
        self._woken.set()

    def stop(self, timeout_s: float) -> None:
        """Begin no further turn, and wait for the present one to end."""
        self.stopped.set()
        self.wake()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)

    def _run(self) -> None:
        while not self.stopped.is_set():
            self._woken.clear()
            wait_s = self._failed_s
            try:
                wait_s = self._turn()
                self._told = ""
            except SQLAlchemyError as error:  # not initialised yet, upgraded at present, or away
                self._tell(type(error).__name__, "%s: waits for the database: %s")
            except Exception as error:  # noqa: BLE001  a row that cannot be read must not end the thread
                self._tell(type(error).__name__, "%s: cannot go on at present: %s")
            if not self.stopped.is_set():
                self._woken.wait(wait_s)
        self._at_end()

    def _tell(self, failure: str, text: str) -> None:
        if failure != self._told:
            self._told = failure
            _LOG.warning(text, self._what, failure)
