"""Links that make one account once: how the first administrator comes in, and others choose their own password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, delete, func, insert, select, update

from layers.schema import Title
from webmap.accounts.errors import UnusableInvitation
from webmap.accounts.events import AccountAction, record
from webmap.accounts.moments import moment_of, stored
from webmap.accounts.people import PEOPLE_LOCK, People, add_person, require_grantable
from webmap.accounts.person import Person, require_display_name
from webmap.accounts.roles import Grant, Role
from webmap.accounts.secret_tokens import digest_of, new_token
from webmap.storage.engine import one_moment, writing
from webmap.storage.tables import ALL_PLANS, INVITATIONS

VALID_FOR = timedelta(hours=24)
_BY = "invitation"
#: So much of the stored hash names an invitation in a list: no part of the token.
_ID_DIGITS = 16
#: Who invites the first administrator: nobody is there yet.
_SERVER = "webmap serve"


@dataclass(frozen=True)
class Invitation:
    """An invitation that can still be accepted. `id` names it and opens nothing; `display_name` may be ""."""

    id: str
    grant: Grant
    display_name: str
    expires_at: datetime


class Invitations:
    """Makes invitations and turns one into an account. Moments are arguments."""

    def __init__(self, engine: Engine, people: People) -> None:
        self._engine = engine
        self._people = people

    def invite(self, role: Role, now: datetime, *, by: str, plan: str = ALL_PLANS, display_name: str = "") -> str:
        """Return the token of a new invitation to a role, good once within a day.

        `display_name` is whom it is meant for, if that is known. Raises `UnusableGrant` and `InvalidName`.
        """
        require_grantable(Grant(role, plan))
        whom = require_display_name(display_name) if display_name else ""
        with writing(self._engine) as connection:
            return _add(connection, Grant(role, plan), whom, now, by)

    def invite_first_administrator(self, now: datetime) -> str | None:
        """Return the token of a new invitation if nobody can manage the accounts, else None.

        Earlier links for administrators that were not used are worth nothing any more.
        """
        if self._people.has_administrator():
            return None
        unused = (INVITATIONS.c.role == Role.ADMINISTRATOR.value) & INVITATIONS.c.used_at.is_(None)
        with writing(self._engine) as connection:
            connection.execute(delete(INVITATIONS).where(unused))
            return _add(connection, Grant(Role.ADMINISTRATOR), "", now, _SERVER)

    def offered(self, token: str, now: datetime) -> Invitation:
        """Return what an invitation gives; raises `UnusableInvitation`."""
        with one_moment(self._engine) as connection:
            row = connection.execute(select(INVITATIONS).where(_usable(token, now))).first()
        if row is None:
            raise _unusable()
        return _invitation(row)

    def pending(self, now: datetime) -> list[Invitation]:
        """Return the invitations that can still be accepted, the one that ends first at the head."""
        chosen = select(INVITATIONS).where(_unused(now)).order_by(INVITATIONS.c.expires_at, INVITATIONS.c.token_hash)
        with one_moment(self._engine) as connection:
            return [_invitation(row) for row in connection.execute(chosen)]

    def withdraw(self, invitation_id: str, now: datetime, *, by: str) -> None:
        """Make an invitation worthless; raises `UnusableInvitation` if it can no longer be accepted anyway."""
        named = func.substr(INVITATIONS.c.token_hash, 1, _ID_DIGITS) == invitation_id
        with writing(self._engine) as connection:
            row = connection.execute(select(INVITATIONS).where(named & _unused(now)).with_for_update()).first()
            if row is None:
                raise _unusable()
            connection.execute(delete(INVITATIONS).where(INVITATIONS.c.token_hash == row.token_hash))
            told = {"role": row.role, "plan": row.plan, "whom": row.display_name}
            record(connection, AccountAction.INVITATION_WITHDRAWN, None, now, by=by, **told)

    def accept(self, token: str, name: str, display_name: str, password: str, now: datetime) -> Person:
        """Make the account that an invitation is for; the link is used up by it.

        Raises `UnusableInvitation`, `InvalidName`, `NameTaken` and `WeakPassword`; then the link is as good as before.
        """
        self.offered(token, now)
        kept = self._people.kept_password(password, name=name)
        with writing(self._engine, PEOPLE_LOCK) as connection:
            usable = _usable(token, now)
            row = connection.execute(select(INVITATIONS).where(usable).with_for_update()).first()
            if row is None:
                raise _unusable()
            grants = frozenset({_invitation(row).grant})
            person = add_person(connection, name, display_name, kept, now, grants=grants, by=_BY)
            used = {"used_at": stored(now), "used_by": person.id}
            # Asked again within the change itself: two people with one link make one account.
            if connection.execute(update(INVITATIONS).where(usable).values(used)).rowcount != 1:
                raise _unusable()
        return person


def _add(connection: Connection, grant: Grant, display_name: str, now: datetime, by: str) -> str:
    token = new_token()
    row = {
        "token_hash": digest_of(token),
        "role": grant.role.value,
        "plan": grant.plan,
        "display_name": display_name,
        "created_at": stored(now),
        "expires_at": stored(now + VALID_FOR),
    }
    connection.execute(insert(INVITATIONS).values(row))
    record(connection, AccountAction.INVITED, None, now, by=by, role=grant.role, plan=grant.plan, whom=display_name)
    return token


def _invitation(row: Any) -> Invitation:
    return Invitation(
        id=row.token_hash[:_ID_DIGITS],
        grant=Grant(Role(row.role), row.plan),
        display_name=row.display_name,
        expires_at=moment_of(row.expires_at),
    )


def _usable(token: str, now: datetime) -> ColumnElement[bool]:
    return (INVITATIONS.c.token_hash == digest_of(token)) & _unused(now)


def _unused(now: datetime) -> ColumnElement[bool]:
    return INVITATIONS.c.used_at.is_(None) & (INVITATIONS.c.expires_at > stored(now))


def _unusable() -> UnusableInvitation:
    return UnusableInvitation(
        Title("此链接已用过、已过期或不存在", "This link was used, has expired or does not exist")
    )
