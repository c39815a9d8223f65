"""Long computations: a few at once, one for all who ask the same, the latest answers kept."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, TypeVar

_Made = TypeVar("_Made")


class TooBusy(Exception):
    """As many long computations run as may; `retry_after_s` says when the first of them should be done."""

    def __init__(self, retry_after_s: int) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(f"too many long computations; try again in {retry_after_s} s")


class Workload:
    """Admits at most `slots` computations at once and keeps the last `kept` answers. Shared by threads.

    Answers are kept because two runs of a search that is bounded by time need not agree: who saves a plan as a file
    gets the plan that was shown.
    """

    def __init__(self, slots: int = 2, kept: int = 32) -> None:
        self._slots = slots
        self._kept = kept
        self._lock = threading.Lock()
        self._ends: dict[Hashable, float] = {}
        self._answers: OrderedDict[Hashable, Future[Any]] = OrderedDict()

    def answer(self, key: Hashable, seconds: float, make: Callable[[], _Made]) -> _Made:
        """Return what `make` gives, from the answers kept if the key is among them.

        Who asks for what is being computed waits for it. `seconds` is how long `make` may take; others are told by it
        when to come back. Raises `TooBusy` at once if no slot is free, and what `make` raises, which is not kept.
        """
        with self._lock:
            found = self._answers.get(key)
            if found is None:
                self._require_slot()
                self._ends[key] = time.monotonic() + seconds
                mine: Future[Any] = Future()
                self._answers[key] = mine
            else:
                self._answers.move_to_end(key)
        made: _Made = found.result() if found is not None else self._compute(key, mine, make)
        return made

    def _require_slot(self) -> None:
        if len(self._ends) >= self._slots:
            raise TooBusy(max(1, math.ceil(min(self._ends.values()) - time.monotonic())))

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
