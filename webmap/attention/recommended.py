"""The level that an incident's picture asks for, assessed seldom: once for an entry, else every few minutes."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from layers.errors import LayerError
from priority.errors import UnknownPlan
from webmap.api.log.recommendation import Recommender
from webmap.attention.running import Running
from webmap.runtime import Runtime
from webmap.workload import TooBusy

#: Reserves end as time goes on, and with them the level may change without an entry.
AGAIN_S = 300.0
#: While entry follows on entry it is assessed no more often.
SELDOM_S = 5.0
_KEPT = 64


@dataclass(frozen=True)
class _Known:
    """A level and what it was found for; `at_s` by the process's own clock."""

    length: int
    data_version: str
    level: str | None
    at_s: float


class RecommendedLevels:
    """Keeps the last level of each incident. Shared by threads: one of them assesses, the others get what was known."""

    def __init__(self, runtime: Runtime, recommender: Recommender) -> None:
        self._runtime = runtime
        self._recommender = recommender
        self._lock = threading.Lock()
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._under_way: set[str] = set()

    def level(self, running: Running) -> str | None:
        """Return the level that is recommended; None for none, where nobody knows, and until the first is found."""
        version = self._runtime.data_version()
        with self._lock:
            known = self._known.get(running.id)
            if running.id in self._under_way or (known is not None and self._counts(known, running, version)):
                return None if known is None else known.level
            self._under_way.add(running.id)
        try:
            return self._found(running, version, known)
        finally:
            with self._lock:
                self._under_way.discard(running.id)

    def _counts(self, known: _Known, running: Running, version: str) -> bool:
        age_s = time.monotonic() - known.at_s
        same = known.length == running.look.length and known.data_version == version
        return age_s < (AGAIN_S if same else SELDOM_S)

    def _found(self, running: Running, version: str, before: _Known | None) -> str | None:
        try:
            level = self._recommender.recommend(running.look.log, running.present).level
        except (TooBusy, UnknownPlan, LayerError):
            return None if before is None else before.level
        with self._lock:
            self._known[running.id] = _Known(running.look.length, version, level, time.monotonic())
            self._known.move_to_end(running.id)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return level
