"""How far the making of a report is, and how it is stopped."""

from __future__ import annotations

from typing import Protocol


class Cancelled(Exception):
    """Nobody waits for what is being made any more."""


class Progress(Protocol):
    """Told of each step: the stage's key, how many of its parts are done, and of how many. May raise `Cancelled`."""

    def __call__(self, stage: str, done: int, total: int, /) -> None:
        """Hear of a step."""


def untold(_stage: str, _done: int, _total: int, /) -> None:
    """Hear nothing: for who does not watch."""
