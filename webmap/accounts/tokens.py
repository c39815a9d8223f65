"""API tokens: a program acts as the person who made its token, with that person's rights of the moment."""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, insert, or_, select, update
from sqlalchemy.exc import OperationalError

from layers.schema import Title
from webmap.accounts.errors import InvalidName, UnknownToken
from webmap.accounts.events import AccountAction, record
from webmap.accounts.moments import moment_of, stored
from webmap.accounts.people import found, require_no_demonstration
from webmap.accounts.person import Person, read_person
from webmap.accounts.secret_tokens import digest_of, new_token
from webmap.storage.engine import one_moment, writing
from webmap.storage.tables import API_TOKENS, PEOPLE

#: Marks our tokens, so that one that slipped into a file can be searched for.
MARK = "wm_"
_SHOWN_CHARACTERS = len(MARK) + 6
_MAX_NAME = 80
_USED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class ApiToken:
    """A token as its owner may see it again: never the whole of it."""

    id: str
    name: str
    prefix: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class ApiTokens:
    """Makes, lists, finds and revokes tokens. Moments are arguments."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def make(self, person_id: str, name: str, now: datetime, *, by: str) -> tuple[ApiToken, str]:
        """Make a token for a purpose (`name`) and return it with the secret, which is not to be had again.

        Raises `InvalidName` for an empty or overlong purpose, `UnknownPerson` and `DemonstrationAccount`.
        """
        purpose = name.strip()
        if not purpose or len(purpose) > _MAX_NAME or not purpose.isprintable():
            limits = Title(f"用途为 1 至 {_MAX_NAME} 个字符", f"The purpose has 1 to {_MAX_NAME} characters")
            raise InvalidName(limits)
        secret = MARK + new_token()
        row = {
            "id": str(uuid.uuid4()),
            "person_id": person_id,
            "name": purpose,
            "prefix": secret[:_SHOWN_CHARACTERS],
            "token_hash": digest_of(secret),
            "created_at": stored(now),
        }
        with writing(self._engine) as connection:
            person = found(read_person(connection, PEOPLE.c.id == person_id))
            require_no_demonstration(person)
            connection.execute(insert(API_TOKENS).values(row))
            told: dict[str, Any] = {"prefix": row["prefix"], "purpose": purpose}
            record(connection, AccountAction.TOKEN_MADE, person, now, by=by, **told)
        return ApiToken(row["id"], purpose, row["prefix"], now, None, None), secret

    def of(self, person_id: str) -> list[ApiToken]:
        """Return a person's tokens, the newest first, revoked ones too."""
        chosen = select(API_TOKENS).where(API_TOKENS.c.person_id == person_id)
        with one_moment(self._engine) as connection:
            rows = connection.execute(chosen.order_by(API_TOKENS.c.created_at.desc(), API_TOKENS.c.id)).all()
        return [_token(row) for row in rows]

    def find(self, secret: str, now: datetime) -> Person | None:
        """Return whose token it is; None if it is unknown or revoked, or the account is shut."""
        key = digest_of(secret)
        in_use = (API_TOKENS.c.token_hash == key) & API_TOKENS.c.revoked_at.is_(None)
        with one_moment(self._engine) as connection:
            row = connection.execute(select(API_TOKENS).where(in_use)).first()
            if row is None:
                return None
            person = read_person(connection, (PEOPLE.c.id == row.person_id) & PEOPLE.c.active)
        if person and (row.last_used_at is None or now - moment_of(row.last_used_at) >= _USED_EVERY):
            self._used(row.id, now)
        return person

    def revoke(self, person_id: str, token_id: str, now: datetime, *, by: str) -> None:
        """Revoke a person's token by its id or prefix; raises `UnknownToken` if they have no such token in use."""
        named = or_(API_TOKENS.c.id == token_id, API_TOKENS.c.prefix == token_id)
        if not self._revoke((API_TOKENS.c.person_id == person_id) & named, person_id, now, by):
            raise UnknownToken(Title("没有这个在用的令牌", "There is no such token in use"))

    def revoke_all(self, person_id: str, now: datetime, *, by: str) -> int:
        """Revoke every token of a person and return how many were in use."""
        return self._revoke(API_TOKENS.c.person_id == person_id, person_id, now, by)

    def _revoke(self, which: ColumnElement[bool], person_id: str, now: datetime, by: str) -> int:
        in_use = which & API_TOKENS.c.revoked_at.is_(None)
        with writing(self._engine) as connection:
            rows = connection.execute(select(API_TOKENS).where(in_use).with_for_update()).all()
            connection.execute(update(API_TOKENS).where(in_use).values(revoked_at=stored(now)))
            person = read_person(connection, PEOPLE.c.id == person_id)
            for row in rows:
                told = {"prefix": row.prefix, "purpose": row.name}
                record(connection, AccountAction.TOKEN_REVOKED, person, now, by=by, **told)
        return len(rows)

    def _used(self, token_id: str, now: datetime) -> None:
        # A note for the owner; that somebody else writes for long is no reason to turn a program away.
        with suppress(OperationalError), writing(self._engine) as connection:
            connection.execute(update(API_TOKENS).where(API_TOKENS.c.id == token_id).values(last_used_at=stored(now)))


def _token(row: Any) -> ApiToken:
    return ApiToken(
        id=row.id,
        name=row.name,
        prefix=row.prefix,
        created_at=moment_of(row.created_at),
        last_used_at=moment_of(row.last_used_at) if row.last_used_at else None,
        revoked_at=moment_of(row.revoked_at) if row.revoked_at else None,
    )
