"""Who may have photographs made anew: one report at a time, few who wait for it, nobody twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from webmap.workload import TooBusy

#: Threads of the server that may wait for another's photographs; everybody else's requests need the others.
_MOST_WAITING = 2
#: Three photographs take a second or two; whoever waits longer had better come again.
_PATIENCE_S = 8.0
_RETRY_AFTER_S = 5


class PhotoGate:
    """Lets the photographs of one report be decoded at a time, so that memory and threads are bounded.

    At most `waiting` others wait, each at most `patience_s`, and nobody is in it twice. Shared by threads.
    """

    def __init__(self, waiting: int = _MOST_WAITING, patience_s: float = _PATIENCE_S) -> None:
        self._most = waiting + 1
        self._patience_s = patience_s
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._inside: set[str] = set()

    @property
    def occupied(self) -> int:
        """How many are in it: one whose photographs are decoded, and those who wait."""
        with self._lock:
            return len(self._inside)

    @contextmanager
    def turn_of(self, person_id: str) -> Iterator[None]:
        """Hold the turn for a block. Raises `TooBusy` at once where no place is left, or after waiting too long."""
        with self._lock:
            if person_id in self._inside or len(self._inside) >= self._most:
                raise TooBusy(_RETRY_AFTER_S)
            self._inside.add(person_id)
        try:
            if not self._turn.acquire(timeout=self._patience_s):
                raise TooBusy(_RETRY_AFTER_S)
            try:
                yield
            finally:
                self._turn.release()
        finally:
            with self._lock:
                self._inside.remove(person_id)
