"""The record of changes to accounts: who did what to whose account, when. Events are added and never changed.

An event is written in the transaction of what it tells, as its last statement: neither is there without the other, and
nobody waits for a row while holding the lock under which events are numbered.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, String, func, insert, literal, select, text

from webmap.accounts.moments import moment_of, stored
from webmap.accounts.person import Person
from webmap.storage.engine import one_moment
from webmap.storage.tables import ACCOUNT_EVENTS, PEOPLE

#: Names the lock under which events are numbered among a PostgreSQL server's advisory locks.
_EVENTS_LOCK = 0x65766E74


class AccountAction(StrEnum):
    """What can be done to an account."""

    MADE = "made"
    INVITED = "invited"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    PASSWORD_LINK_MADE = "password_link_made"  # noqa: S105
    ROLE_GRANTED = "role_granted"
    ROLE_TAKEN = "role_taken"
    SHUT = "shut"
    OPENED = "opened"
    PASSWORD_CHANGED = "password_changed"  # by the person  # noqa: S105
    PASSWORD_RESET = "password_reset"  # by somebody else  # noqa: S105
    TOKEN_MADE = "token_made"  # noqa: S105
    TOKEN_REVOKED = "token_revoked"  # noqa: S105
    SESSIONS_ENDED = "sessions_ended"
    LOCKED_OUT = "locked_out"
    IDENTITY_LINKED = "identity_linked"
    DEMO_MADE = "demo_made"
    DEMO_REMOVED = "demo_removed"


@dataclass(frozen=True)
class AccountEvent:
    """One event as it was written. Without an `actor_id` a command or the server did it, which `actor_name` names.

    `action` is text: a later version may know more of them. `detail` depends on the action (`role` and `plan`; `prefix`
    and `purpose` of a token; `count` of sessions; `issuer` and `subject`; `until`).
    """

    number: int
    at: datetime
    actor_id: str | None
    actor_name: str
    action: str
    subject_id: str | None
    subject_name: str
    detail: Mapping[str, Any]


class AccountEvents:
    """Reads the record."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def latest(self, count: int, *, about: str | None = None) -> list[AccountEvent]:
        """Return the last events, the newest first, all people's or those about one (by id); none in a new database."""
        chosen = select(ACCOUNT_EVENTS).order_by(ACCOUNT_EVENTS.c.number.desc()).limit(count)
        if about is not None:
            chosen = chosen.where(ACCOUNT_EVENTS.c.subject_id == about)
        with one_moment(self._engine) as connection:
            return [_event(row) for row in connection.execute(chosen)]


def record(
    connection: Connection,
    action: AccountAction,
    subject: Person | None,
    now: datetime,
    /,
    *,
    by: str,
    if_so: bool = True,
    **detail: Any,
) -> None:
    """Write an event at the end of a transaction; `by` is the id of who did it, or the name of a command.

    Without a `subject` it is about no account yet. With `if_so` false the same statements run and nothing is written:
    where the time that an answer takes must not tell.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _EVENTS_LOCK})
    actor = connection.execute(select(PEOPLE.c.name).where(PEOPLE.c.id == by)).scalar()
    number = select(func.coalesce(func.max(ACCOUNT_EVENTS.c.number), 0) + 1).scalar_subquery()
    values = {
        "at": stored(now),
        "actor_id": None if actor is None else by,
        "actor_name": by if actor is None else actor,
        "action": action.value,
        "subject_id": subject.id if subject else None,
        "subject_name": subject.name if subject else "",
        "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
    }
    row = select(number, *(literal(value, String) for value in values.values())).where(literal(if_so))
    connection.execute(insert(ACCOUNT_EVENTS).from_select(["number", *values], row))


def _event(row: Any) -> AccountEvent:
    return AccountEvent(
        number=row.number,
        at=moment_of(row.at),
        actor_id=row.actor_id,
        actor_name=row.actor_name,
        action=row.action,
        subject_id=row.subject_id,
        subject_name=row.subject_name,
        detail=json.loads(row.detail),
    )
