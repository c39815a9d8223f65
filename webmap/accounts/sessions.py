"""Signed-in browsers: a random token in a cookie, of which only the hash is stored."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, delete, func, insert, or_, select, update
from sqlalchemy.exc import OperationalError

from webmap.accounts.csrf import new_secret
from webmap.accounts.events import AccountAction, record
from webmap.accounts.moments import moment_of, stored
from webmap.accounts.person import Person, read_person
from webmap.accounts.roles import Role
from webmap.accounts.secret_tokens import digest_of, new_token
from webmap.storage.engine import one_moment, writing
from webmap.storage.tables import PEOPLE, SESSIONS

#: A watch lasts a day. Who leaves the desk is signed out after two hours; an open page that asks for news is not idle.
IDLE = timedelta(hours=2)
ABSOLUTE = timedelta(hours=24)
#: A computer that shows the wall view stays signed in so long, while it is seen at least this often; a session that was
#: begun so is good for nobody who holds more than the role of an observer.
LASTING = timedelta(days=90)
LASTING_IDLE = timedelta(days=3)
_LASTING_ROLES = frozenset({Role.OBSERVER})
#: That somebody was here is written at most this often: a request should not cost a write.
SEEN_EVERY = timedelta(minutes=1)
#: So much of the stored hash names a session in a list: 64 bits, never two alike, and no part of the token.
_ID_DIGITS = 16


@dataclass(frozen=True)
class NewSession:
    """A session just begun; the token is known here and to the browser alone."""

    token: str
    csrf: str
    expires_at: datetime


@dataclass(frozen=True)
class Session:
    """A session in use: who it is, and the secret that forms must prove."""

    person: Person
    csrf: str


@dataclass(frozen=True)
class ListedSession:
    """A session as its owner may see it: `id` names it and opens nothing; `present` is the one that asks."""

    id: str
    created_at: datetime
    last_seen_at: datetime
    address: str
    present: bool


class Sessions:
    """Begins, finds and ends sessions. Moments are arguments."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(
        self, person_id: str, address: str, now: datetime, *, replaces: str | None = None, lasting: bool = False
    ) -> NewSession:
        """Begin a session with a new token; the one that the browser had before (`replaces`) ends with it.

        A `lasting` one is for the computer of a wall (`may_last`). Sessions that have expired are removed on the way.
        """
        new = NewSession(new_token(), new_secret(), now + (LASTING if lasting else ABSOLUTE))
        row = {
            "token_hash": digest_of(new.token),
            "person_id": person_id,
            "csrf": new.csrf,
            "created_at": stored(now),
            "last_seen_at": stored(now),
            "expires_at": stored(new.expires_at),
            "address": address,
        }
        over = _over(now)
        with writing(self._engine) as connection:
            if replaces is not None:
                connection.execute(delete(SESSIONS).where(SESSIONS.c.token_hash == digest_of(replaces)))
            connection.execute(delete(SESSIONS).where(over))
            connection.execute(insert(SESSIONS).values(row))
        return new

    def find(self, token: str, now: datetime) -> Session | None:
        """Return the session of a token; None if there is none, it has expired, or the account is shut.

        Rights are read anew each time, so that a role taken away is gone at once.
        """
        key = digest_of(token)
        with one_moment(self._engine) as connection:
            row = connection.execute(select(SESSIONS).where(SESSIONS.c.token_hash == key)).first()
            if row is None or now >= moment_of(row.expires_at):
                return None
            person = read_person(connection, (PEOPLE.c.id == row.person_id) & PEOPLE.c.active)
        if person is None:
            return None
        if _is_over(row, person, now):
            # It must not be good again for who loses a role later on.
            self._remove(key)
            return None
        if now - moment_of(row.last_seen_at) >= SEEN_EVERY:
            self._seen(key, now)
        return Session(person, row.csrf)

    def end(self, token: str) -> None:
        """End the session of a token; nothing happens if there is none."""
        with writing(self._engine) as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.token_hash == digest_of(token)))

    def end_all(self, person_id: str, now: datetime, *, by: str) -> int:
        """End every session of a person and return how many there were."""
        return self._end(SESSIONS.c.person_id == person_id, person_id, now, by)

    def of(self, person_id: str, now: datetime, *, present: str | None = None) -> list[ListedSession]:
        """Return a person's sessions that are not over, the last seen first; `present` is the token of the one here."""
        here = digest_of(present) if present else ""
        chosen = select(SESSIONS).where((SESSIONS.c.person_id == person_id) & ~_over(now))
        with one_moment(self._engine) as connection:
            rows = connection.execute(chosen.order_by(SESSIONS.c.last_seen_at.desc(), SESSIONS.c.token_hash)).all()
        return [
            ListedSession(
                id=row.token_hash[:_ID_DIGITS],
                created_at=moment_of(row.created_at),
                last_seen_at=moment_of(row.last_seen_at),
                address=row.address,
                present=row.token_hash == here,
            )
            for row in rows
        ]

    def last_seen(self, now: datetime) -> dict[str, datetime]:
        """Return when those who are signed in were last seen, by the id of the person."""
        chosen = select(SESSIONS.c.person_id, func.max(SESSIONS.c.last_seen_at)).where(~_over(now))
        with one_moment(self._engine) as connection:
            rows = connection.execute(chosen.group_by(SESSIONS.c.person_id)).all()
        return {person_id: moment_of(seen) for person_id, seen in rows}

    def end_one(self, person_id: str, session_id: str, now: datetime, *, by: str) -> bool:
        """End one session of a person by the id under which it is listed; False if there is none."""
        named = func.substr(SESSIONS.c.token_hash, 1, _ID_DIGITS) == session_id
        return self._end((SESSIONS.c.person_id == person_id) & named, person_id, now, by) > 0

    def end_others(self, person_id: str, present: str, now: datetime, *, by: str) -> int:
        """End every session of a person but that of a token, and return how many there were."""
        others = (SESSIONS.c.person_id == person_id) & (SESSIONS.c.token_hash != digest_of(present))
        return self._end(others, person_id, now, by)

    def _end(self, which: ColumnElement[bool], person_id: str, now: datetime, by: str) -> int:
        with writing(self._engine) as connection:
            count = connection.execute(delete(SESSIONS).where(which)).rowcount
            if count:
                person = read_person(connection, PEOPLE.c.id == person_id)
                record(connection, AccountAction.SESSIONS_ENDED, person, now, by=by, count=count)
        return count

    def _remove(self, key: str) -> None:
        with suppress(OperationalError), writing(self._engine) as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.token_hash == key))

    def _seen(self, key: str, now: datetime) -> None:
        # Who only reads must not be turned away because somebody else writes for long; the next request tries again.
        with suppress(OperationalError), writing(self._engine) as connection:
            # Requests need not be written in the order in which they came.
            earlier = (SESSIONS.c.token_hash == key) & (SESSIONS.c.last_seen_at < stored(now))
            connection.execute(update(SESSIONS).where(earlier).values(last_seen_at=stored(now)))


def may_last(person: Person) -> bool:
    """Whether a session of this person may last: of one who sees what observers see, and does nothing."""
    return bool(person.grants) and {grant.role for grant in person.grants} <= _LASTING_ROLES


def _is_over(row: Row[Any], person: Person, now: datetime) -> bool:
    """Whether a session was out of sight too long, or is too old for who may do more than look.

    A lasting one is told by its end; in its last day it is as others are.
    """
    may = may_last(person)
    idle = LASTING_IDLE if may and moment_of(row.expires_at) > now + ABSOLUTE else IDLE
    return now - moment_of(row.last_seen_at) >= idle or (not may and now - moment_of(row.created_at) >= ABSOLUTE)


def _over(now: datetime) -> ColumnElement[bool]:
    columns = SESSIONS.c
    lasts = columns.expires_at > stored(now + ABSOLUTE)
    unseen = or_(
        columns.last_seen_at <= stored(now - LASTING_IDLE), (columns.last_seen_at <= stored(now - IDLE)) & ~lasts
    )
    return or_(columns.expires_at <= stored(now), unseen)
