"""The one clock of the analysis: it only ends a search early, what is found before never depends on it."""

from __future__ import annotations

from time import perf_counter


class Deadline:
    """A time limit that began when it was made."""

    def __init__(self, seconds: float) -> None:
        self._start = perf_counter()
        self._seconds = seconds

    @property
    def elapsed_s(self) -> float:
        """Seconds since the start."""
        return perf_counter() - self._start

    @property
    def left_s(self) -> float:
        """Seconds until the limit, 0 when it has passed."""
        return max(0.0, self._seconds - self.elapsed_s)

    @property
    def passed(self) -> bool:
        """Whether the limit has passed."""
        return self.elapsed_s >= self._seconds

    def part(self, share: float) -> Deadline:
        """Return a limit that ends after this share of the time left."""
        return Deadline(self.left_s * share)
