"""Demonstration accounts: one for each office of the plans, there only while the data are the sample.

Anybody may sign in to one without a password, and change layers as its office may. As soon as anybody else wrote other
data their rights are worth nothing, also those of sessions that began before; `webmap init` shuts them then. Nobody can
change one, and none is administrator.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, select

from layers.history import data_version_of
from webmap.accounts.events import AccountAction, record
from webmap.accounts.people import PEOPLE_LOCK, add_person, shut
from webmap.accounts.person import Person, read_people, read_person
from webmap.accounts.roles import GRANTABLE, ROLE_TITLES, Grant, Role
from webmap.sample_note import nothing_but_a_demonstration, writes_of
from webmap.storage.engine import one_moment, writing
from webmap.storage.tables import PEOPLE

_ROLES = tuple(role for role in GRANTABLE if role is not Role.ADMINISTRATOR)


def demonstration_name(role: Role) -> str:
    """Return the sign-in name of a role's demonstration account."""
    return f"demo-{role.replace('_', '-')}"


class Demonstration:
    """Knows whether there are demonstration accounts now, makes them and shuts them. Shared by threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        #: Data version and whether it is the sample and what these accounts made of it; replaced as a whole.
        self._known: tuple[str, bool] = ("", False)

    def is_open(self) -> bool:
        """Whether nobody but these accounts ever wrote anything but the sample: one small query, as a rule."""
        with one_moment(self._engine) as connection:
            version = data_version_of(connection)
            if version != self._known[0]:
                accounts = set(connection.scalars(select(PEOPLE.c.id).where(PEOPLE.c.demo)))
                self._known = (version, nothing_but_a_demonstration(writes_of(connection), accounts))
        return self._known[1]

    def people(self) -> list[Person]:
        """Return the accounts to which anybody may sign in now, from the least office to the highest; usually none."""
        if not self.is_open():
            return []
        with one_moment(self._engine) as connection:
            found = {person.name: person for person in read_people(connection, PEOPLE.c.demo & PEOPLE.c.active)}
        return [found[name] for name in map(demonstration_name, _ROLES) if name in found]

    def named(self, name: str) -> Person | None:
        """Return the account of that name to which anybody may sign in now, or None."""
        return next((person for person in self.people() if person.name == name), None)

    def make(self, now: datetime, *, by: str) -> list[Person]:
        """Make the accounts that are not there yet and return them; none unless the data are the sample alone.

        A name that somebody has stays theirs, and an account that was shut stays shut.
        """
        if not self.is_open():
            return []
        made = []
        for role in _ROLES:
            name, grants = demonstration_name(role), frozenset({Grant(role)})
            with writing(self._engine, PEOPLE_LOCK) as connection:
                if read_person(connection, PEOPLE.c.name == name) is None:
                    shown = f"{ROLE_TITLES[role].zh}（演示）"
                    made.append(add_person(connection, name, shown, None, now, grants=grants, by=by, demo=True))
        return made

    def remove(self, now: datetime, *, by: str) -> list[Person]:
        """Shut the accounts once the data are no longer the sample alone, and return those that were open."""
        if self.is_open():
            return []
        with writing(self._engine, PEOPLE_LOCK) as connection:
            people = read_people(connection, PEOPLE.c.demo & PEOPLE.c.active)
            for person in people:
                shut(connection, person.id, now)
            for person in people:
                record(connection, AccountAction.DEMO_REMOVED, person, now, by=by)
        return people
