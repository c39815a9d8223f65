"""How the benchmarks that run in this project's own environment take time."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

RUNS = 7


def median_ms(action: Callable[[], Any], runs: int = RUNS) -> float:
    """Return the median of several runs in milliseconds, after one that is not counted."""
    action()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000
