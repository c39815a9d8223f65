"""How much somebody may ask for: token buckets in this process's memory, by address and by person."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Rate:
    """So many at once (`burst`), and so many a second in the long run."""

    burst: int
    per_second: float


#: Generous: a map with its layers, playback and a whole office behind one address. It stops loops, not people.
BY_ADDRESS = Rate(burst=1200, per_second=120)
BY_PERSON = Rate(burst=600, per_second=60)
#: Each costs a hash of 64 MiB.
SIGN_IN_BY_ADDRESS = Rate(burst=20, per_second=0.5)


@dataclass
class _Bucket:
    left: float
    at_s: float


class Buckets:
    """One bucket for each key, of at most `kept` keys, the latest used. Shared by threads."""

    def __init__(self, rate: Rate, kept: int = 10_000) -> None:
        self._rate = rate
        self._kept = kept
        self._lock = threading.Lock()
        self._buckets: OrderedDict[Hashable, _Bucket] = OrderedDict()

    def take(self, key: Hashable, now: datetime) -> int:
        """Take one from a key's bucket; returns 0, or the whole seconds to wait if it is empty (nothing is taken)."""
        now_s = now.timestamp()
        with self._lock:
            bucket = self._buckets.get(key) or _Bucket(self._rate.burst, now_s)
            # A clock that was set back gives nothing and takes nothing.
            passed_s = max(0.0, now_s - bucket.at_s)
            bucket.left = min(self._rate.burst, bucket.left + passed_s * self._rate.per_second)
            bucket.at_s = now_s
            self._buckets[key] = bucket
            self._buckets.move_to_end(key)
            while len(self._buckets) > self._kept:
                self._buckets.popitem(last=False)
            if bucket.left < 1:
                return max(1, math.ceil((1 - bucket.left) / self._rate.per_second))
            bucket.left -= 1
            return 0
