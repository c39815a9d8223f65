"""Messages between the processes of one database, where it carries any (PostgreSQL's NOTIFY)."""

from __future__ import annotations

import json
from typing import TypedDict

from sqlalchemy import Connection, text

#: One channel for all that the product tells itself; two products on one server have databases of their own.
CHANNEL = "webmap_live"


class Notice(TypedDict, total=False):
    """What is told: `entries` were written to the log of `incident`, or `what` is to be asked for again."""

    what: str
    incident: str | None


ENTRIES = "entries"


def carries(connection: Connection) -> bool:
    """Whether the database carries messages from one process to another."""
    return connection.dialect.name == "postgresql"


def notify(connection: Connection, notice: Notice) -> None:
    """Tell all processes that listen, when the transaction is committed; in the order of the commits."""
    payload = json.dumps(notice, separators=(",", ":"))
    connection.execute(text("SELECT pg_notify(:channel, :payload)"), {"channel": CHANNEL, "payload": payload})


def read_notice(payload: str) -> Notice | None:
    """Return what a message says; None for one that is not ours."""
    try:
        found = json.loads(payload)
    except ValueError:
        return None
    if not isinstance(found, dict) or not isinstance(found.get("what"), str):
        return None
    incident = found.get("incident")
    return Notice(what=found["what"], incident=incident if isinstance(incident, str) else None)
