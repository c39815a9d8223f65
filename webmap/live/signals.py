"""Signals that something changed, from any thread or process of the product to those who tell viewers of it."""

from __future__ import annotations

import logging
import threading
from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from webmap.live.listening import Listening, NoticeBoard, Ticking
from webmap.storage.engine import writing
from webmap.storage.notify import ENTRIES, Notice, carries, notify

_LOG = logging.getLogger(__name__)


class Hearer(Protocol):
    """Who wants to hear. Each call comes from some other thread and must return at once."""

    def entries_written(self, incident_id: str) -> None:
        """An incident's log has grown."""

    def nudged(self, what: str, incident_id: str | None) -> None:
        """`what` is to be asked for again; of one incident, or (None) by everybody."""

    def look_again(self) -> None:
        """Something may have been missed: compare what is watched with the database."""


class Signals:
    """Carries signals within the process, and on PostgreSQL between all processes of the database.

    Nothing runs before somebody listens: then one thread, which on PostgreSQL holds one connection and has everything
    looked at anew after it was lost; on SQLite it has what is watched looked at twice a second, because commands write
    from processes of their own.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._hearer: Hearer | None = None
        self._watch: NoticeBoard | None = None

    def listen(self, hearer: Hearer) -> None:
        """Begin to tell `hearer`, the only one, of everything; to be called in the process that serves."""
        with self._lock:
            if self._watch is None:
                self._hearer = hearer
                kind = Listening if self._engine.dialect.name == "postgresql" else Ticking
                self._watch = kind(self._engine, self._heard, hearer.look_again)
                self._watch.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        """Tell nobody any longer."""
        with self._lock:
            watch, self._watch, self._hearer = self._watch, None, None
        if watch is not None:
            watch.stop(timeout_s)

    def nudge(self, what: str, incident_id: str | None = None, connection: Connection | None = None) -> None:
        """Have pages ask again for `what`, those of one incident or (None) all that watch any.

        To be called once it is stored; on PostgreSQL `connection` may be given instead, and it is told at its commit.
        A database that does not answer loses the nudge: pages ask by themselves from time to time as well.
        """
        notice = Notice(what=what, incident=incident_id)
        if self._engine.dialect.name != "postgresql":
            self._heard(notice)
            return
        try:
            if connection is not None and carries(connection):
                notify(connection, notice)
                return
            with writing(self._engine) as own:
                notify(own, notice)
        except SQLAlchemyError as error:
            _LOG.warning("nudge %s is lost: %s", what, type(error).__name__)

    def entries_written(self, incident_id: str) -> None:
        """Tell within the process that a log has grown; where the database tells it, nobody calls this."""
        self._heard(Notice(what=ENTRIES, incident=incident_id))

    def _heard(self, notice: Notice) -> None:
        hearer = self._hearer
        if hearer is None:
            return
        what, incident_id = notice["what"], notice.get("incident")
        if what != ENTRIES:
            hearer.nudged(what, incident_id)
        elif incident_id is not None:
            hearer.entries_written(incident_id)
