"""Signing in by name and password, so that guessing is slow and tells nothing.

An attempt is counted before its password is checked, so that many at once get no more guesses than one after the other.
Whether the name is unknown, the password wrong, the account shut or locked: the answer is None after the same work, in
the database as in hashing.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update

from webmap.accounts.events import AccountAction, record
from webmap.accounts.lockout import FORGOTTEN_AFTER, FREE_BY_NAME, lock_time
from webmap.accounts.moments import moment_of, stored
from webmap.accounts.passwords import Passwords
from webmap.accounts.person import Person, name_key, read_person
from webmap.storage.engine import writing
from webmap.storage.tables import PEOPLE

#: Who locks a name, as the record of changes says it.
_BY = "sign-in"


@dataclass(frozen=True)
class _Counted:
    """An attempt that was counted: on whose account, and the hash to check, None where no password can be right."""

    person_id: str
    password_hash: str | None


class Attempts:
    """Checks names and passwords, and locks a name after repeated failures."""

    def __init__(self, engine: Engine, passwords: Passwords) -> None:
        self._engine = engine
        self._passwords = passwords

    def authenticate(self, name: str, password: str, now: datetime) -> Person | None:
        """Return who signs in with a name and a password, or None. Raises `TooBusy`."""
        # Or the first unknown name after a start would take longer than a known one.
        self._passwords.prepare()
        counted = self._count(name_key(name), now)
        if not self._passwords.verify(counted.password_hash, password):
            return None
        renewed = counted.password_hash
        if renewed and self._passwords.is_outdated(renewed):
            renewed = self._passwords.hash(password)
        return self._forget(counted, renewed)

    def _count(self, key: str, now: datetime) -> _Counted:
        with writing(self._engine) as connection:
            # Written in every case, and removed again, so that a name that is not there takes as long as one that is.
            stand_in = _add_stand_in(connection, now)
            row = connection.execute(select(PEOPLE).where(PEOPLE.c.name == key).with_for_update()).first()
            person_id = row.id if row is not None else stand_in
            locked = row is not None and _is_locked(row, now)
            # Tries during a lock do not make it longer, or it would never end.
            failures = (0 if row is None else _failures(row, now)) + (not locked)
            until = row.locked_until if row is not None and locked else _locked_until(failures, now)
            new = {"failed_attempts": failures, "locked_until": until}
            connection.execute(update(PEOPLE).where(PEOPLE.c.id == person_id).values(new))
            person = read_person(connection, PEOPLE.c.id == person_id)
            connection.execute(delete(PEOPLE).where(PEOPLE.c.id == stand_in))
            locks = until is not None and not locked
            record(connection, AccountAction.LOCKED_OUT, person, now, by=_BY, if_so=locks, until=until)
        usable = row is not None and row.active and not locked
        return _Counted(person_id, row.password_hash if row is not None and usable else None)

    def _forget(self, counted: _Counted, password_hash: str | None) -> Person | None:
        """Forget the failures of who has given the right password; None if it was changed or the account shut since."""
        with writing(self._engine) as connection:
            same = (PEOPLE.c.id == counted.person_id) & (PEOPLE.c.password_hash == counted.password_hash)
            new = {"failed_attempts": 0, "locked_until": None, "password_hash": password_hash}
            connection.execute(update(PEOPLE).where(same & PEOPLE.c.active).values(new))
            now_kept = (PEOPLE.c.id == counted.person_id) & (PEOPLE.c.password_hash == password_hash)
            return read_person(connection, now_kept & PEOPLE.c.active)


def _add_stand_in(connection: Connection, now: datetime) -> str:
    stand_in = str(uuid.uuid4())
    # A blank is in no real name.
    row = {"id": stand_in, "name": f" {stand_in}", "display_name": "", "active": False, "created_at": stored(now)}
    connection.execute(insert(PEOPLE).values(row))
    return stand_in


def _is_locked(row: Any, now: datetime) -> bool:
    return row.locked_until is not None and now < moment_of(row.locked_until)


def _failures(row: Any, now: datetime) -> int:
    long_ago = row.locked_until is not None and now - moment_of(row.locked_until) > FORGOTTEN_AFTER
    return 0 if long_ago else int(row.failed_attempts)


def _locked_until(failures: int, now: datetime) -> str | None:
    lock = lock_time(failures, FREE_BY_NAME)
    return stored(now + lock) if lock else None
