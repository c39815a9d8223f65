"""How the product meets its database: one engine for all tables, and transactions alike on both."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url

#: A database that does not answer must not hold threads for ever. The longest statement is the write of a layer.
_CONNECT_S = 5
_STATEMENT_S = 300
#: How often a connection tries to switch a SQLite file's journal over, and how long it rests in between.
_SWITCHES = 100
_PAUSE_S = 0.05
#: Names the lock of layer writers among a PostgreSQL server's advisory locks.
LAYERS_LOCK = 0x656D6170


def open_engine(database_url: str) -> Engine:
    """Return an engine for a SQLAlchemy URL (`sqlite:///file`, `postgresql+psycopg://...`); it connects when used.

    Its errors, which end in logs, name no values: among them are hashes of passwords and restricted records.
    """
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, hide_parameters=True)
        event.listen(engine, "connect", _sqlite_pragmas)
        return engine
    timeouts = {"connect_timeout": _CONNECT_S, "options": f"-c statement_timeout={_STATEMENT_S * 1000}"}
    connect_args = {**timeouts, **url.query}
    return create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=connect_args)


def _sqlite_pragmas(connection: Any, _record: object) -> None:
    """Readers beside one writer (WAL), an acknowledged write survives a power cut (FULL), references are checked."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=10000")
    _become_wal(cursor)
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _become_wal(cursor: Any) -> None:
    """Switch a new file's journal over; SQLite does not wait there for others who do so at the same moment."""
    for attempt in range(_SWITCHES):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if attempt == _SWITCHES - 1:
                raise
            time.sleep(_PAUSE_S)
        else:
            return


@contextmanager
def writing(engine: Engine, lock: int | None = None) -> Iterator[Connection]:
    """One transaction, committed at the end of the block, rolled back if the block raises.

    With `lock` (a number below 2**63) no other transaction with the same lock runs beside it on PostgreSQL: the second
    waits until the first has committed. SQLite has one writer at a time in any case, from the block's first line on.
    """
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            with connection.begin():
                if lock is not None:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})
                yield connection
            return
        # Python's SQLite driver would begin only at the first write, after our reads.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.rollback()
            raise
        connection.commit()


@contextmanager
def preparing(engine: Engine) -> Iterator[Connection]:
    """A connection for filling temporary tables while others write, and for one transaction after `begin_writing`.

    What was written is committed at the end of the block, rolled back if the block raises; the connection is closed
    then, and its temporary tables are gone.
    """
    with engine.connect() as connection:
        try:
            yield connection
        except BaseException:
            connection.rollback()
            raise
        else:
            connection.commit()
        finally:
            # Temporary tables of SQLite outlive a transaction; nobody else is to find them.
            connection.invalidate()


def begin_writing(connection: Connection, lock: int) -> None:
    """Begin the transaction that `preparing` prepared: from here on alone, as in `writing`."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})
        return
    connection.commit()
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def one_moment(engine: Engine) -> Iterator[Connection]:
    """One reading transaction: all reads in the block see the database as of one moment, while writers go on."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        else:
            # Python's SQLite driver begins no transaction for reads.
            connection.exec_driver_sql("BEGIN")
        yield connection
