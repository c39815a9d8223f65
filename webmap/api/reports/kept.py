"""A few hundred answers kept in memory, the ones that were not asked for longest given up first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

_Made = TypeVar("_Made")


class Kept:
    """Keeps the `most` answers that were asked for last. Shared by threads; two may make the same at once."""

    def __init__(self, most: int = 300) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._made: OrderedDict[Hashable, Any] = OrderedDict()

    def once(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """Return what `make` gave for the key, now or before. What it raises is not kept."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                kept: _Made = self._made[key]
                return kept
        made = make()
        with self._lock:
            self._made[key] = made
            while len(self._made) > self._most:
                self._made.popitem(last=False)
        return made
