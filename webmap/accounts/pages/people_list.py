"""Everybody as the administrator's list shows them, and what the list can be narrowed to."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from webmap.accounts.page_frame import page_text, present_language
from webmap.accounts.pages.desk import Desk
from webmap.accounts.pages.moments_in_words import moment_in_words
from webmap.accounts.pages.rights_in_words import HeldRole, held_in_words
from webmap.accounts.person import Person
from webmap.accounts.roles import GRANTABLE, Role


class State(StrEnum):
    """How an account stands. Somebody can be in several states."""

    ACTIVE = "active"
    SHUT = "shut"
    LOCKED = "locked"
    DEMO = "demo"
    ELSEWHERE = "elsewhere"
    NO_PASSWORD = "no_password"  # noqa: S105  a state, not a password


@dataclass(frozen=True)
class StateWord:
    """A state in words."""

    key: str
    text: str


@dataclass(frozen=True)
class Row:
    """A person in the list; `last_seen` is None for who is signed in nowhere."""

    person: Person
    held: list[HeldRole]
    states: list[StateWord]
    last_seen: datetime | None


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; the first of each is everybody."""

    text: str = ""
    role: Role | None = None
    state: State | None = None

    @classmethod
    def asked(cls, query: Mapping[str, str]) -> Wanted:
        """Return what an address asks for; what it cannot mean is left out."""
        role, state = query.get("role", ""), query.get("state", "")
        return cls(
            text=query.get("q", "").strip(),
            role=Role(role) if role in set(GRANTABLE) else None,
            state=State(state) if state in set(State) else None,
        )

    def fits(self, person: Person, states: list[State]) -> bool:
        """Whether a person in these states belongs in the narrowed list."""
        if self.role is not None and all(grant.role is not self.role for grant in person.grants):
            return False
        if self.state is not None and self.state not in states:
            return False
        text = _folded(self.text)
        return any(text in _folded(name) for name in (person.name, person.display_name))


def rows(desk: Desk, people: list[Person], wanted: Wanted) -> list[Row]:
    """Return the list, narrowed, in the order of `people`."""
    now, linked = desk.now, desk.accounts.identities.linked()
    last_seen = desk.accounts.sessions.last_seen(now)
    states = {person.id: states_of(person, now, elsewhere=person.id in linked) for person in people}
    return [
        Row(
            person,
            held_in_words(person.grants, desk.plans),
            states_in_words(states[person.id], person, now),
            last_seen.get(person.id),
        )
        for person in people
        if wanted.fits(person, states[person.id])
    ]


def states_of(person: Person, now: datetime, *, elsewhere: bool = False) -> list[State]:
    """Return how an account stands: shut, locked or in use, and what else is particular about it.

    `elsewhere`: the person can sign in through a provider.
    """
    locked = person.locked_until is not None and now < person.locked_until
    standing = State.SHUT if not person.active else State.LOCKED if locked else State.ACTIVE
    further = {
        State.DEMO: person.demo,
        State.ELSEWHERE: elsewhere,
        State.NO_PASSWORD: not (person.demo or elsewhere or person.has_password),
    }
    return [standing, *(state for state, found in further.items() if found)]


def states_in_words(states: list[State], person: Person, now: datetime) -> list[StateWord]:
    """Return how a person's account stands, in words."""
    until = moment_in_words(person.locked_until, now, present_language()) if person.locked_until else ""
    return [StateWord(state.value, page_text(f"people.state.{state.value}", until=until)) for state in states]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
