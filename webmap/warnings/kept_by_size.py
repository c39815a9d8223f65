"""What was made lately, kept up to a size."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Generic, TypeVar

_Made = TypeVar("_Made")
#: Beside what it measures, everything that is kept takes some room.
_LEAST_SIZE = 50


class KeptBySize(Generic[_Made]):
    """Keeps what was used last, as long as the sizes together are at most `most`. Shared by threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[_Made, int]] = OrderedDict()

    @property
    def size(self) -> int:
        """The sizes of what is kept, together."""
        with self._lock:
            return self._size

    def get(self, key: str) -> _Made | None:
        """Return what is kept by a key, None for nothing."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def keep(self, key: str, made: _Made, size: int) -> None:
        """Keep something; what was used longest ago makes room. What is larger than everything together is not kept."""
        size = max(size, _LEAST_SIZE)
        if size > self._most:
            return
        with self._lock:
            self._size += size - self._kept.pop(key, (made, 0))[1]
            self._kept[key] = (made, size)
            while self._size > self._most:
                _, (_, freed) = self._kept.popitem(last=False)
                self._size -= freed
