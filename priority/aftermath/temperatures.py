"""Reported outdoor temperatures: each holds until the next report, six hours at most; then it is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from priority.damage import seconds_after
from priority.times import Seconds

#: How long a report holds.
HOLDS_S = 6 * 3600


@dataclass(frozen=True, eq=False)
class Temperatures:
    """Reports in order of time: `time_s` (r) after the incident's first moment, `celsius` (r)."""

    time_s: Seconds
    celsius: NDArray[np.float64]

    @classmethod
    def of(cls, reports: Sequence[tuple[datetime, float]], origin: datetime) -> Temperatures:
        """Sort reports; of several at one second the last one given counts."""
        latest = {seconds_after(moment, origin): celsius for moment, celsius in reports}
        times = sorted(latest)
        return cls(np.array(times, dtype=np.int64), np.array([latest[time] for time in times], dtype=np.float64))

    def at(self, time_s: Seconds) -> NDArray[np.float64]:
        """Return the temperature (°C) at moments, NaN where it is not known."""
        last = np.searchsorted(self.time_s, time_s, side="right") - 1
        known = last >= 0
        found = np.full(len(time_s), np.nan)
        held = np.zeros(len(time_s), np.bool_)
        held[known] = np.asarray(time_s)[known] < self.time_s[last[known]] + HOLDS_S
        found[held] = self.celsius[last[held]]
        return found

    @property
    def changes_s(self) -> Seconds:
        """Every moment at which the known temperature may change."""
        return np.unique(np.concatenate([self.time_s, self.time_s + HOLDS_S]))
