"""Places in a process: so many ordinary requests at once, so many viewers; neither can take the other's."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from webmap.workload import TooBusy

#: When to come back while there is no place: others leave, and streams end after ten minutes.
_RETRY_S = 15


class LiveFull(TooBusy):
    """As many viewers watch as this process has places for."""


class LivePlaces:
    """The places of viewers, `most` of them. Shared by threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken = 0
        self._lock = threading.Lock()

    @property
    def taken(self) -> int:
        """How many watch."""
        with self._lock:
            return self._taken

    def take(self) -> None:
        """Take a place; raises `LiveFull` if there is none."""
        with self._lock:
            if self._taken >= self._most:
                raise LiveFull(_RETRY_S)
            self._taken += 1

    def leave(self) -> None:
        """Give a place back."""
        with self._lock:
            self._taken -= 1


class Lane:
    """The ordinary requests of a process: `width` at once, the others wait.

    A stream leaves the lane before it waits for news; what it holds from then on is a viewer's place alone.
    """

    def __init__(self, width: int) -> None:
        self._free = threading.Semaphore(width)

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Hold one of the places during the block, until `leave_lane` is called in the same thread."""
        self._free.acquire()
        _HELD.lane = self
        try:
            yield
        finally:
            leave_lane()

    def leave(self) -> None:
        """Let the next one in."""
        self._free.release()


_HELD = threading.local()


def leave_lane() -> None:
    """Give the ordinary place of this thread's request back; nothing happens where it holds none."""
    lane: Lane | None = getattr(_HELD, "lane", None)
    _HELD.lane = None
    if lane is not None:
        lane.leave()
