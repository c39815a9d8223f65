"""Links with which one person sets a new password once: nobody else ever knows it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, select

from layers.schema import Title
from webmap.accounts.errors import SignsInElsewhere, UnusableInvitation
from webmap.accounts.events import AccountAction, record
from webmap.accounts.moments import stored
from webmap.accounts.people import PEOPLE_LOCK, People, found, replace_password, require_no_demonstration
from webmap.accounts.person import Person, read_person
from webmap.accounts.secret_tokens import digest_of, new_token
from webmap.storage.engine import one_moment, writing
from webmap.storage.tables import IDENTITIES, PASSWORD_LINKS, PEOPLE

VALID_FOR = timedelta(hours=24)


class PasswordLinks:
    """Makes links and sets the password of who comes by one. Moments are arguments."""

    def __init__(self, engine: Engine, people: People) -> None:
        self._engine = engine
        self._people = people

    def make(self, person_id: str, now: datetime, *, by: str) -> str:
        """Return the token of a new link, good once within a day; an earlier one of the person is worth nothing then.

        The present password stays good until the link is used. Raises `UnknownPerson`, `DemonstrationAccount`, and
        `SignsInElsewhere` for who has no password here but signs in through a provider.
        """
        token = new_token()
        row = {"token_hash": digest_of(token), "person_id": person_id, "created_at": stored(now)}
        with writing(self._engine, PEOPLE_LOCK) as connection:
            person = found(read_person(connection, PEOPLE.c.id == person_id))
            require_no_demonstration(person)
            _require_password(connection, person)
            over = PASSWORD_LINKS.c.expires_at <= stored(now)
            connection.execute(delete(PASSWORD_LINKS).where((PASSWORD_LINKS.c.person_id == person_id) | over))
            connection.execute(insert(PASSWORD_LINKS).values(**row, expires_at=stored(now + VALID_FOR)))
            record(connection, AccountAction.PASSWORD_LINK_MADE, person, now, by=by)
        return token

    def owner(self, token: str, now: datetime) -> Person:
        """Return whose password a link sets; raises `UnusableInvitation`, also if the account is shut."""
        with one_moment(self._engine) as connection:
            return _owner(connection, _usable(token, now))

    def set_password(self, token: str, password: str, now: datetime) -> Person:
        """Set the password of the link's owner, who is signed out everywhere; the link is used up by it.

        Raises `UnusableInvitation` and `WeakPassword`; then the link is as good as before.
        """
        kept = self._people.kept_password(password, name=self.owner(token, now).name)
        with writing(self._engine, PEOPLE_LOCK) as connection:
            person = _owner(connection, _usable(token, now))
            replace_password(connection, person.id, kept)
            record(connection, AccountAction.PASSWORD_CHANGED, person, now, by=person.id)
            return found(read_person(connection, PEOPLE.c.id == person.id))


def _require_password(connection: Connection, person: Person) -> None:
    elsewhere = select(IDENTITIES.c.person_id).where(IDENTITIES.c.person_id == person.id)
    if not person.has_password and connection.execute(elsewhere).first() is not None:
        raise SignsInElsewhere(
            Title(
                "此人通过统一身份认证登录，这里没有口令",
                "The person signs in through a provider and has no password here",
            )
        )


def _usable(token: str, now: datetime) -> ColumnElement[bool]:
    return (PASSWORD_LINKS.c.token_hash == digest_of(token)) & (PASSWORD_LINKS.c.expires_at > stored(now))


def _owner(connection: Connection, usable: ColumnElement[bool]) -> Person:
    chosen = select(PASSWORD_LINKS.c.person_id).where(usable)
    person = read_person(connection, PEOPLE.c.id.in_(chosen) & PEOPLE.c.active)
    if person is None:
        raise UnusableInvitation(
            Title("此链接已用过、已过期或不存在", "This link was used, has expired or does not exist")
        )
    return person
