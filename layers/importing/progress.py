"""How far the reading of a file is, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable

#: Told how far the work is: step, how many are done, of how many (None: not known).
Progress = Callable[[str, int, int | None], object]


class Cancelled(Exception):
    """Somebody stopped the work; what is staged so far is of no use."""
