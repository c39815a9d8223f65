"""Beside what takes long: writes down how far it is, says that it goes on, and hears whether somebody cancelled it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, Self, TypeVar

from sqlalchemy.exc import SQLAlchemyError

_LOG = logging.getLogger(__name__)
_News = TypeVar("_News")


@dataclass(frozen=True)
class Rhythm:
    """How often the record is looked at, and written if there is news; without news it is written each heartbeat."""

    look_s: float = 0.5
    heartbeat_s: float = 5.0


_USUAL = Rhythm()


class Watch(Generic[_News]):
    """A thread beside a piece of work from `with` to its end. What works asks `cancelled` and calls `hear` alone.

    `is_cancelled` asks the record whether a person wants the work stopped; `keep` writes the latest news (None before
    the first) and that we are at it; `stopped` is set when this process ends.
    """

    def __init__(
        self,
        what: str,
        is_cancelled: Callable[[], bool],
        keep: Callable[[_News | None], object],
        stopped: threading.Event,
        rhythm: Rhythm = _USUAL,
    ) -> None:
        self._what = what
        self._is_cancelled = is_cancelled
        self._keep = keep
        self._stopped = stopped
        self._rhythm = rhythm
        self._cancelled = threading.Event()
        self._over = threading.Event()
        self._latest: _News | None = None
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    @property
    def was_cancelled(self) -> bool:
        """Whether a person cancelled the work."""
        return self._cancelled.is_set()

    def cancelled(self) -> bool:
        """Whether to stop: a person cancelled the work, or this process ends."""
        return self._cancelled.is_set() or self._stopped.is_set()

    def hear(self, news: _News) -> None:
        """Take note of how far the work is."""
        self._latest = news

    def _run(self) -> None:
        told, told_at = None, time.monotonic()
        while not self._over.wait(self._rhythm.look_s):
            try:
                if self._is_cancelled():
                    self._cancelled.set()
                latest = self._latest
                if latest is not told or time.monotonic() - told_at >= self._rhythm.heartbeat_s:
                    self._keep(latest)
                    told, told_at = latest, time.monotonic()
            except SQLAlchemyError as error:  # tried again at the next look
                _LOG.warning("%s cannot tell how far it is: %s", self._what, type(error).__name__)
