"""Transactions that write to logs: on SQLite one after the other, and told of once they are stored."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text

from webmap.storage.engine import writing
from webmap.storage.notify import ENTRIES, Notice, carries, notify

_WRITTEN = "incidents written to"


class Turns:
    """Begins transactions that write to logs.

    On PostgreSQL every process that listens is told of them by the database, at the commit; on SQLite `on_stored` is
    called in this process, after it, with the incident's id.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.on_stored: Callable[[str], object] = lambda _: None
        # SQLite has one writer at a time; those of this process wait in turn, not by trying again and again.
        self._turn = threading.Lock()

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Begin a transaction that writes to logs and what stands beside them; on SQLite in turn with all others."""
        if self._engine.dialect.name == "postgresql":
            with writing(self._engine) as connection:
                connection.execute(text("SET LOCAL synchronous_commit TO on"))
                yield connection
            return
        stored: set[str] = set()
        with self._turn, writing(self._engine) as connection:
            connection.info[_WRITTEN] = stored
            yield connection
        for incident_id in stored:
            self.on_stored(incident_id)


def announce(connection: Connection, incident_id: str) -> None:
    """Have it told that an incident's log has grown, once the transaction that `Turns` began is stored."""
    if carries(connection):
        notify(connection, Notice(what=ENTRIES, incident=incident_id))
    else:
        connection.info.setdefault(_WRITTEN, set()).add(incident_id)
