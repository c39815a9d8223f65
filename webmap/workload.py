"""Long computations: a few at once, one for a few who ask the same, the latest answers kept, most threads left free."""

from __future__ import annotations

import math
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, wait
from typing import Any, TypeVar

_Made = TypeVar("_Made")

#: Threads of the server that long computations and those who wait for them leave to everybody else.
_FREE_THREADS = 4
_MOST_SLOTS = 2
#: Beyond the time that a computation may take: what it needs before and after a search that is bounded by time.
_MARGIN_S = 5.0
_LEAST_RETRY_S = 2
_MOST_LATE_S = 60


class TooBusy(Exception):
    """As many long computations run, or as many wait for one, as may; `retry_after_s` says when to come back."""

    def __init__(self, retry_after_s: int) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(f"too many long computations; try again in {retry_after_s} s")


class Workload:
    """Admits at most `slots` computations at once and keeps the last `kept` answers. Shared by threads.

    At most `waiting` threads in all, and `waiting_each` for one answer, wait for what others compute; each no longer
    than the computation may take and `margin_s` more. Answers are kept because two runs of a search that is bounded by
    time need not agree: who saves a plan as a file gets the plan that was shown.
    """

    def __init__(
        self,
        slots: int = _MOST_SLOTS,
        kept: int = 32,
        *,
        waiting: int = 6,
        waiting_each: int = 3,
        margin_s: float = _MARGIN_S,
    ) -> None:
        self._slots = slots
        self._kept = kept
        self._waiting = waiting
        self._waiting_each = waiting_each
        self._margin_s = margin_s
        self._lock = threading.Lock()
        self._ends: dict[Hashable, float] = {}
        self._answers: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        self._waiters: Counter[Future[Any]] = Counter()

    @classmethod
    def beside(cls, threads: int, kept: int = 32) -> Workload:
        """Return a workload that leaves 4 of a server's threads free; with fewer than 5 it takes one of them."""
        held = max(1, threads - _FREE_THREADS)
        slots = min(_MOST_SLOTS, held)
        return cls(slots, kept, waiting=min(6, held - slots))

    @property
    def waiting_now(self) -> int:
        """How many wait for what others compute."""
        with self._lock:
            return self._waiters.total()

    def answer(self, key: Hashable, seconds: float, make: Callable[[], _Made]) -> _Made:
        """Return what `make` gives, from the answers kept if the key is among them.

        Who asks for what is being computed waits for it. `seconds` is how long `make` may take; others are told by it
        when to come back. Raises `TooBusy` at once if no slot is free or enough wait already, or when the wait has been
        too long; and what `make` raises, which is not kept.
        """
        with self._lock:
            found = self._answers.get(key)
            if found is None:
                self._take_slot(key, seconds)
                mine: Future[Any] = Future()
                self._answers[key] = mine
            else:
                self._answers.move_to_end(key)
                patience_s = None if found.done() else self._queue(key, found)
        if found is None:
            return self._compute(key, mine, make)
        if patience_s is not None:
            self._wait(key, found, patience_s)
        shared: _Made = found.result()
        return shared

    def admit(self, seconds: float, make: Callable[[], _Made]) -> _Made:
        """Return what `make` gives, computed in a slot of its own and not kept. Raises `TooBusy` if none is free."""
        key = object()
        with self._lock:
            self._take_slot(key, seconds)
        try:
            return make()
        finally:
            with self._lock:
                del self._ends[key]

    def _take_slot(self, key: Hashable, seconds: float) -> None:
        if len(self._ends) >= self._slots:
            raise TooBusy(min(map(_retry_after_s, self._ends.values())))
        self._ends[key] = time.monotonic() + seconds

    def _queue(self, key: Hashable, awaited: Future[Any]) -> float:
        """Take a place among those who wait for an answer; return for how many seconds it holds."""
        end = self._ends.get(key, time.monotonic())
        if self._waiters[awaited] >= self._waiting_each or self._waiters.total() >= self._waiting:
            raise TooBusy(_retry_after_s(end))
        self._waiters[awaited] += 1
        return max(0.0, end - time.monotonic()) + self._margin_s

    def _wait(self, key: Hashable, awaited: Future[Any], patience_s: float) -> None:
        wait([awaited], patience_s)
        with self._lock:
            self._waiters[awaited] -= 1
            if not self._waiters[awaited]:
                del self._waiters[awaited]
            if not awaited.done():
                raise TooBusy(_retry_after_s(self._ends.get(key, time.monotonic())))

    def _compute(self, key: Hashable, mine: Future[Any], make: Callable[[], _Made]) -> _Made:
        try:
            made = make()
        except BaseException as failure:
            with self._lock:
                del self._ends[key], self._answers[key]
            mine.set_exception(failure)
            raise
        with self._lock:
            del self._ends[key]
            done = [other for other in self._answers if other not in self._ends]
            for other in done[: -self._kept]:
                del self._answers[other]
        mine.set_result(made)
        return made


def _retry_after_s(end: float) -> int:
    """Say when to ask again what should be done at `end`: what is late is taken to need as long again as it is late."""
    remaining_s = end - time.monotonic()
    if remaining_s < 0:
        remaining_s = min(_MOST_LATE_S, -remaining_s)
    return max(_LEAST_RETRY_S, math.ceil(remaining_s))
