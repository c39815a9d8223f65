"""Lock-out after repeated failures: how long, and the count by address."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

#: Failures that cost nothing: people mistype.
FREE_BY_NAME = 5
#: A whole office may share one address.
FREE_BY_ADDRESS = 20
_FIRST = timedelta(seconds=30)
#: Bounded, so that nobody can keep a commander out for longer than this by guessing.
LONGEST = timedelta(minutes=15)
#: After so long without a lock the failures before it count no more.
FORGOTTEN_AFTER = timedelta(days=1)


def lock_time(failures: int, free: int) -> timedelta:
    """Return for how long the last of so many failures locks: nothing while they are free, then doubled each time."""
    if failures < free:
        return timedelta(0)
    doublings = min(failures - free, 16)
    return min(LONGEST, _FIRST * (1 << doublings))


def address_key(address: str) -> str:
    """Return whom an address stands for: an IPv6 network of 64 bits is one customer; other text stands for itself."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(IPv6Address(int(parsed) >> 64 << 64))


@dataclass
class _Failures:
    count: int
    last_at: datetime
    locked_until: datetime


class AddressLockout:
    """Counts failures by address in this process's memory; at most `kept` addresses, the latest. Shared by threads."""

    def __init__(self, kept: int = 10_000) -> None:
        self._kept = kept
        self._lock = threading.Lock()
        self._failures: OrderedDict[str, _Failures] = OrderedDict()

    def wait(self, address: str, now: datetime) -> timedelta:
        """Return for how long an address must wait; zero if it may try."""
        with self._lock:
            found = self._failures.get(address_key(address))
            return max(timedelta(0), found.locked_until - now) if found else timedelta(0)

    def failed(self, address: str, now: datetime) -> None:
        """Count a failure. A success takes none back: it would free whoever has an account of their own to guess on."""
        key = address_key(address)
        with self._lock:
            found = self._failures.get(key)
            if found is None or now - found.last_at > FORGOTTEN_AFTER:
                found = _Failures(0, now, now)
            found.count += 1
            found.last_at = now
            found.locked_until = max(found.locked_until, now + lock_time(found.count, FREE_BY_ADDRESS))
            self._failures[key] = found
            self._failures.move_to_end(key)
            while len(self._failures) > self._kept:
                self._failures.popitem(last=False)
