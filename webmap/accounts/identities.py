"""Who somebody is at a sign-in provider: which identity belongs to which account, and accounts made from identities."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import datetime

from sqlalchemy import Connection, Engine, insert, select

from layers.schema import Title
from webmap.accounts.errors import IdentityTaken, InvalidName
from webmap.accounts.events import AccountAction, record
from webmap.accounts.moments import stored
from webmap.accounts.people import PEOPLE_LOCK, add_person, found, require_no_demonstration
from webmap.accounts.person import Person, name_key, read_person, require_display_name
from webmap.storage.engine import one_moment, writing
from webmap.storage.tables import IDENTITIES, PEOPLE

#: Who makes accounts for those who sign in at the provider, as the record of changes says it.
_BY = "OpenID Connect"
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")
_LONGEST = 48


class Identities:
    """Finds, links and makes the accounts of identities. Moments are arguments."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def person_of(self, issuer: str, subject: str) -> Person | None:
        """Return whose identity it is, also if the account is shut; None if it is nobody's."""
        with one_moment(self._engine) as connection:
            return _person_of(connection, issuer, subject)

    def linked(self) -> frozenset[str]:
        """Return the ids of those who can sign in at a provider."""
        with one_moment(self._engine) as connection:
            return frozenset(connection.scalars(select(IDENTITIES.c.person_id)))

    def link(self, person_id: str, issuer: str, subject: str, now: datetime, *, by: str) -> None:
        """Link an identity to an account; one that is linked to it already stays as it is.

        Raises `UnknownPerson`, `InvalidName` for an empty identity, `IdentityTaken` and `DemonstrationAccount`.
        """
        if not issuer or not subject:
            raise InvalidName(Title("身份要有签发者和编号", "An identity has an issuer and a subject"))
        with writing(self._engine, PEOPLE_LOCK) as connection:
            person = found(read_person(connection, PEOPLE.c.id == person_id))
            require_no_demonstration(person)
            owner = _person_of(connection, issuer, subject)
            if owner is None:
                _link(connection, person, issuer, subject, now, by)
            elif owner.id != person_id:
                taken = f"这个身份已属于 {owner.name}", f"That identity belongs to {owner.name}"
                raise IdentityTaken(Title(*taken))

    def make(self, issuer: str, subject: str, name: str, display_name: str, now: datetime) -> Person:
        """Return the account of an identity, which is made without roles and password unless there is one.

        Its sign-in name is made from `name`, with a number behind it where somebody has that name.
        """
        with writing(self._engine, PEOPLE_LOCK) as connection:
            person = _person_of(connection, issuer, subject)
            if person is None:
                key = _free_name(connection, _readable(name, issuer, subject))
                shown = _shown(display_name, key)
                person = add_person(connection, key, shown, None, now, grants=frozenset(), by=_BY)
                _link(connection, person, issuer, subject, now, _BY)
        return person


def _person_of(connection: Connection, issuer: str, subject: str) -> Person | None:
    wanted = (IDENTITIES.c.issuer == issuer) & (IDENTITIES.c.subject == subject)
    person_id = connection.execute(select(IDENTITIES.c.person_id).where(wanted)).scalar()
    return None if person_id is None else read_person(connection, PEOPLE.c.id == person_id)


def _link(connection: Connection, person: Person, issuer: str, subject: str, now: datetime, by: str) -> None:
    row = {"issuer": issuer, "subject": subject, "person_id": person.id, "linked_at": stored(now)}
    connection.execute(insert(IDENTITIES).values(row))
    record(connection, AccountAction.IDENTITY_LINKED, person, now, by=by, issuer=issuer, subject=subject)


def _readable(name: str, issuer: str, subject: str) -> str:
    """Return a sign-in name made from what the provider calls somebody: `Wang Li@corp` gives `wang.li`."""
    text = unicodedata.normalize("NFKC", name).partition("@")[0]
    key = _NOT_IN_NAMES.sub(".", text.casefold())[:_LONGEST].strip("._-")
    digest = hashlib.sha256(f"{issuer} {subject}".encode("utf-8", "surrogatepass")).hexdigest()
    return name_key(key) or f"user-{digest[:8]}"


def _free_name(connection: Connection, name: str) -> str:
    taken = set(connection.scalars(select(PEOPLE.c.name).where(PEOPLE.c.name.startswith(name, autoescape=True))))
    number = 1
    while (candidate := name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    return candidate


def _shown(display_name: str, name: str) -> str:
    try:
        return require_display_name(display_name)
    except InvalidName:
        return name
