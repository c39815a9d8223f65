"""The thread that hears of changes which other processes make: told by the database, or by looking."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Engine

from webmap.storage.notify import CHANNEL, Notice, read_notice

_LOG = logging.getLogger(__name__)

#: SQLite tells nobody anything: so often is looked.
_TICK_S = 0.5
#: PostgreSQL tells everything; so often is looked all the same, whatever became of the connection.
_NET_S = 5.0
#: So long `stop` may have to wait for the thread to see it.
_NOTICED_S = 0.5
_FIRST_RETRY_S = 0.25
_LONGEST_RETRY_S = 5.0


class NoticeBoard:
    """A thread that calls `heard` with what is told and `look_again` when something may have been missed."""

    def __init__(self, engine: Engine, heard: Callable[[Notice], object], look_again: Callable[[], object]) -> None:
        self._engine = engine
        self._heard = heard
        self._look_again = look_again
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="live-signals", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self, timeout_s: float) -> None:
        """Hear nothing more."""
        self._stopped.set()
        self._thread.join(timeout_s)

    def _run(self) -> None:
        raise NotImplementedError


class Ticking(NoticeBoard):
    """Has it looked twice a second."""

    def _run(self) -> None:
        while not self._stopped.wait(_TICK_S):
            self._look_again()


class Listening(NoticeBoard):
    """Listens on a connection of its own, and begins anew when that is lost."""

    def _run(self) -> None:
        retry_s = _FIRST_RETRY_S
        while not self._stopped.is_set():
            try:
                with self._connected() as connection:
                    retry_s = _FIRST_RETRY_S
                    self._listen(connection)
            except Exception as error:  # noqa: BLE001  whatever happens, the thread must go on hearing
                # Once each time that it is lost; then it is tried until it is back.
                if retry_s == _FIRST_RETRY_S:
                    _LOG.warning("live pictures hear nothing from the database at present: %s", type(error).__name__)
                self._stopped.wait(retry_s)
                retry_s = min(retry_s * 2, _LONGEST_RETRY_S)

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection that the pool does not count, and that is closed at the end."""
        pooled = self._engine.raw_connection()
        try:
            connection = pooled.driver_connection
            pooled.detach()
            assert isinstance(connection, psycopg.Connection)  # noqa: S101  the engine has no other driver
            connection.rollback()
            connection.autocommit = True
            yield connection
        finally:
            pooled.close()

    def _listen(self, connection: psycopg.Connection[Any]) -> None:
        connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
        looked = float("-inf")
        while not self._stopped.is_set():
            if time.monotonic() - looked >= _NET_S:
                # A connection whose other end is gone shows it here, and what was missed is found.
                connection.execute("SELECT 1")
                self._look_again()
                looked = time.monotonic()
            for told in connection.notifies(timeout=_NOTICED_S):
                notice = read_notice(told.payload)
                if notice is not None:
                    self._heard(notice)
