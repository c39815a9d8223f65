"""The register of people: who there is, what they hold. Every change is one transaction."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from layers.schema import Title
from webmap.accounts.errors import DemonstrationAccount, LastAdministrator, NameTaken, UnknownPerson, UnusableGrant
from webmap.accounts.events import AccountAction, record
from webmap.accounts.moments import stored
from webmap.accounts.passwords import Passwords, require_strong
from webmap.accounts.person import Person, name_key, read_people, read_person, require_display_name, require_name
from webmap.accounts.roles import GRANTABLE, Grant, Role, holds_for_one_plan
from webmap.storage.engine import one_moment, writing
from webmap.storage.tables import ALL_PLANS, API_TOKENS, GRANTS, IDENTITIES, PASSWORD_LINKS, PEOPLE, SESSIONS

#: Names the lock of those who change people among a PostgreSQL server's advisory locks.
PEOPLE_LOCK = 0x70656F70


class People:
    """Reads and changes the accounts. Moments are arguments; `by` is the id of who does it, or a command's name."""

    def __init__(self, engine: Engine, passwords: Passwords) -> None:
        self._engine = engine
        self._passwords = passwords

    def all(self) -> list[Person]:
        """Return everybody, by sign-in name; nobody in a new database."""
        with one_moment(self._engine) as connection:
            return read_people(connection)

    def named(self, name: str) -> Person:
        """Return who has a sign-in name; raises `UnknownPerson`."""
        with one_moment(self._engine) as connection:
            return found(read_person(connection, PEOPLE.c.name == name_key(name)))

    def with_id(self, person_id: str) -> Person:
        """Return who has an id; raises `UnknownPerson`."""
        with one_moment(self._engine) as connection:
            return found(read_person(connection, PEOPLE.c.id == person_id))

    def add(
        self, name: str, display_name: str, password: str | None, now: datetime, *, grants: frozenset[Grant], by: str
    ) -> Person:
        """Make an account; without a password nobody can sign in to it yet.

        Raises `InvalidName`, `NameTaken`, `WeakPassword` and `UnusableGrant`; then nothing was made.
        """
        kept = self.kept_password(password, name=name) if password is not None else None
        with writing(self._engine, PEOPLE_LOCK) as connection:
            return add_person(connection, name, display_name, kept, now, grants=grants, by=by)

    def kept_password(self, password: str, *, name: str) -> str:
        """Return the hash to keep of a new password; raises `WeakPassword`. Takes a while: not in a transaction."""
        require_strong(password, name=name)
        return self._passwords.hash(password)

    def set_password(self, person_id: str, password: str, now: datetime, *, by: str) -> None:
        """Change the password, lift a lock, and sign the person out everywhere.

        Raises `UnknownPerson`, `WeakPassword` and `DemonstrationAccount`.
        """
        person = self.with_id(person_id)
        require_no_demonstration(person)
        kept = self.kept_password(password, name=person.name)
        with writing(self._engine, PEOPLE_LOCK) as connection:
            replace_password(connection, person_id, kept)
            action = AccountAction.PASSWORD_CHANGED if by == person_id else AccountAction.PASSWORD_RESET
            record(connection, action, person, now, by=by)

    def grant(self, person_id: str, grant: Grant, now: datetime, *, by: str) -> None:
        """Give a role; one that is held already stays as it is.

        Raises `UnknownPerson`, `UnusableGrant` and `DemonstrationAccount`.
        """
        with writing(self._engine, PEOPLE_LOCK) as connection:
            person = found(read_person(connection, PEOPLE.c.id == person_id))
            require_no_demonstration(person)
            if grant not in person.grants:
                _add_grant(connection, person_id, grant, now, by)
                record(connection, AccountAction.ROLE_GRANTED, person, now, by=by, role=grant.role, plan=grant.plan)

    def revoke(self, person_id: str, grant: Grant, now: datetime, *, by: str) -> None:
        """Take a role away; it is gone with the person's next request.

        Raises `UnknownPerson`, `UnusableGrant` if it is not held, `LastAdministrator` and `DemonstrationAccount`.
        """
        with writing(self._engine, PEOPLE_LOCK) as connection:
            person = found(read_person(connection, PEOPLE.c.id == person_id))
            require_no_demonstration(person)
            if grant not in person.grants:
                raise UnusableGrant(Title("此人没有这个角色", "The person does not hold that role"))
            if grant.role is Role.ADMINISTRATOR:
                _require_another_administrator(connection, person)
            held = (GRANTS.c.role == grant.role.value) & (GRANTS.c.plan == grant.plan)
            connection.execute(delete(GRANTS).where((GRANTS.c.person_id == person_id) & held))
            record(connection, AccountAction.ROLE_TAKEN, person, now, by=by, role=grant.role, plan=grant.plan)

    def deactivate(self, person_id: str, now: datetime, *, by: str) -> None:
        """Shut an account, with its sessions and API tokens; what the person wrote stays.

        Raises `UnknownPerson` and `LastAdministrator`.
        """
        with writing(self._engine, PEOPLE_LOCK) as connection:
            person = found(read_person(connection, PEOPLE.c.id == person_id))
            _require_another_administrator(connection, person)
            shut(connection, person_id, now)
            if person.active:
                record(connection, AccountAction.SHUT, person, now, by=by)

    def activate(self, person_id: str, now: datetime, *, by: str) -> None:
        """Open a shut account again and lift a lock; its API tokens stay revoked. Raises `UnknownPerson`."""
        with writing(self._engine, PEOPLE_LOCK) as connection:
            person = found(read_person(connection, PEOPLE.c.id == person_id))
            new = {"active": True, "failed_attempts": 0, "locked_until": None}
            connection.execute(update(PEOPLE).where(PEOPLE.c.id == person_id).values(new))
            if not person.active or person.failed_attempts:
                record(connection, AccountAction.OPENED, person, now, by=by)

    def has_administrator(self) -> bool:
        """Whether anybody can sign in and manage the accounts."""
        with one_moment(self._engine) as connection:
            return bool(_administrators(connection))


def add_person(
    connection: Connection,
    name: str,
    display_name: str,
    kept_password: str | None,
    now: datetime,
    *,
    grants: frozenset[Grant],
    by: str,
    demo: bool = False,
) -> Person:
    """Make an account within a transaction that holds `PEOPLE_LOCK`; `InvalidName`, `NameTaken`, `UnusableGrant`."""
    key, shown = require_name(name), require_display_name(display_name)
    row = {
        "id": str(uuid.uuid4()),
        "name": key,
        "display_name": shown,
        "password_hash": kept_password,
        "demo": demo,
        "created_at": stored(now),
    }
    taken = NameTaken(Title(f"用户名已有人使用：{key}", f"The name is taken: {key}"))
    if read_person(connection, PEOPLE.c.name == key):
        raise taken
    try:
        connection.execute(insert(PEOPLE).values(row))
    except IntegrityError:
        raise taken from None
    held = sorted(grants, key=lambda grant: (grant.role, grant.plan))
    for grant in held:
        _add_grant(connection, str(row["id"]), grant, now, by)
    made = found(read_person(connection, PEOPLE.c.id == row["id"]))
    action = AccountAction.DEMO_MADE if demo else AccountAction.MADE
    record(connection, action, made, now, by=by, roles=[{"role": grant.role, "plan": grant.plan} for grant in held])
    return made


def replace_password(connection: Connection, person_id: str, kept: str) -> None:
    """Put a new hash in place, lift a lock, and end sessions and links for a new password; holds `PEOPLE_LOCK`."""
    new = {"password_hash": kept, "failed_attempts": 0, "locked_until": None}
    connection.execute(update(PEOPLE).where(PEOPLE.c.id == person_id).values(new))
    _end_sessions_and_links(connection, person_id)


def shut(connection: Connection, person_id: str, now: datetime) -> None:
    """Shut an account with its sessions and API tokens, within a transaction that holds `PEOPLE_LOCK`."""
    connection.execute(update(PEOPLE).where(PEOPLE.c.id == person_id).values(active=False))
    _end_sessions_and_links(connection, person_id)
    mine = (API_TOKENS.c.person_id == person_id) & API_TOKENS.c.revoked_at.is_(None)
    connection.execute(update(API_TOKENS).where(mine).values(revoked_at=stored(now)))


def _end_sessions_and_links(connection: Connection, person_id: str) -> None:
    for table in (SESSIONS, PASSWORD_LINKS):
        connection.execute(delete(table).where(table.c.person_id == person_id))


def require_no_demonstration(person: Person) -> None:
    """Raise `DemonstrationAccount` for an account that stays as it was made: anybody may sign in to it."""
    if person.demo:
        raise DemonstrationAccount(
            Title(
                "演示账户不能更改，也没有口令和令牌",
                "A demonstration account stays as it is, without password and tokens",
            )
        )


def require_grantable(grant: Grant) -> None:
    """Raise `UnusableGrant` for a role that nobody is given, or not for one plan."""
    if grant.role not in GRANTABLE:
        raise UnusableGrant(Title("这不是可以授予的角色", "That is not a role to be granted"))
    if grant.plan != ALL_PLANS and not holds_for_one_plan(grant.role):
        raise UnusableGrant(Title("这个角色只能对全部预案授予", "That role holds for all plans only"))


def _add_grant(connection: Connection, person_id: str, grant: Grant, now: datetime, by: str) -> None:
    require_grantable(grant)
    row = {"person_id": person_id, "role": grant.role.value, "plan": grant.plan}
    connection.execute(insert(GRANTS).values(**row, granted_by=by, granted_at=stored(now)))


def found(person: Person | None) -> Person:
    """Return a person that was looked for; raises `UnknownPerson`."""
    if person is None:
        raise UnknownPerson(Title("没有这个人", "There is no such person"))
    return person


def _administrators(connection: Connection) -> set[str]:
    """Return the ids of those who can sign in and manage the accounts."""
    elsewhere = select(IDENTITIES.c.person_id)
    can_sign_in = PEOPLE.c.active & or_(PEOPLE.c.password_hash.is_not(None), PEOPLE.c.id.in_(elsewhere))
    holds = (GRANTS.c.role == Role.ADMINISTRATOR.value) & (GRANTS.c.plan == ALL_PLANS)
    chosen = select(PEOPLE.c.id).join(GRANTS, GRANTS.c.person_id == PEOPLE.c.id).where(can_sign_in & holds)
    return set(connection.scalars(chosen))


def _require_another_administrator(connection: Connection, person: Person) -> None:
    administrators = _administrators(connection)
    if administrators == {person.id}:
        raise LastAdministrator(
            Title("这是最后一名管理员，请先另设一名", "This is the last administrator; appoint another one first")
        )
