"""Links that make one account once: how the first administrator comes in, and others choose their own password."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, select, update

from layers.schema import Title
from webmap.accounts.errors import UnusableInvitation
from webmap.accounts.events import AccountAction, record
from webmap.accounts.moments import stored
from webmap.accounts.people import PEOPLE_LOCK, People, add_person
from webmap.accounts.person import Person
from webmap.accounts.roles import Grant, Role
from webmap.accounts.secret_tokens import digest_of, new_token
from webmap.storage.engine import one_moment, writing
from webmap.storage.tables import ALL_PLANS, INVITATIONS

VALID_FOR = timedelta(hours=24)
_BY = "invitation"
#: Who invites the first administrator: nobody is there yet.
_SERVER = "webmap serve"


class Invitations:
    """Makes invitations and turns one into an account. Moments are arguments."""

    def __init__(self, engine: Engine, people: People) -> None:
        self._engine = engine
        self._people = people

    def invite(self, role: Role, now: datetime, *, by: str) -> str:
        """Return the token of a new invitation to a role for all plans, good once within a day."""
        with writing(self._engine) as connection:
            return _add(connection, role, now, by)

    def invite_first_administrator(self, now: datetime) -> str | None:
        """Return the token of a new invitation if nobody can manage the accounts, else None.

        Earlier links for administrators that were not used are worth nothing any more.
        """
        if self._people.has_administrator():
            return None
        unused = (INVITATIONS.c.role == Role.ADMINISTRATOR.value) & INVITATIONS.c.used_at.is_(None)
        with writing(self._engine) as connection:
            connection.execute(delete(INVITATIONS).where(unused))
            return _add(connection, Role.ADMINISTRATOR, now, _SERVER)

    def role_offered(self, token: str, now: datetime) -> Role:
        """Return the role that an invitation gives; raises `UnusableInvitation`."""
        usable = _usable(token, now)
        with one_moment(self._engine) as connection:
            role = connection.execute(select(INVITATIONS.c.role).where(usable)).scalar()
        if role is None:
            raise _unusable()
        return Role(role)

    def accept(self, token: str, name: str, display_name: str, password: str, now: datetime) -> Person:
        """Make the account that an invitation is for; the link is used up by it.

        Raises `UnusableInvitation`, `InvalidName`, `NameTaken` and `WeakPassword`; then the link is as good as before.
        """
        self.role_offered(token, now)
        kept = self._people.kept_password(password, name=name)
        with writing(self._engine, PEOPLE_LOCK) as connection:
            usable = _usable(token, now)
            role = connection.execute(select(INVITATIONS.c.role).where(usable).with_for_update()).scalar()
            if role is None:
                raise _unusable()
            grants = frozenset({Grant(Role(role))})
            person = add_person(connection, name, display_name, kept, now, grants=grants, by=_BY)
            used = {"used_at": stored(now), "used_by": person.id}
            # Asked again within the change itself: two people with one link make one account.
            if connection.execute(update(INVITATIONS).where(usable).values(used)).rowcount != 1:
                raise _unusable()
        return person


def _add(connection: Connection, role: Role, now: datetime, by: str) -> str:
    token = new_token()
    row = {
        "token_hash": digest_of(token),
        "role": role.value,
        "created_at": stored(now),
        "expires_at": stored(now + VALID_FOR),
    }
    connection.execute(insert(INVITATIONS).values(row))
    record(connection, AccountAction.INVITED, None, now, by=by, role=role, plan=ALL_PLANS)
    return token


def _usable(token: str, now: datetime) -> ColumnElement[bool]:
    unused = INVITATIONS.c.used_at.is_(None) & (INVITATIONS.c.expires_at > stored(now))
    return (INVITATIONS.c.token_hash == digest_of(token)) & unused


def _unusable() -> UnusableInvitation:
    return UnusableInvitation(
        Title("此链接已用过、已过期或不存在", "This link was used, has expired or does not exist")
    )
