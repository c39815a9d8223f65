"""How somebody is reached: the layer `contacts`, and the telephones that a plan publishes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Address:
    """One line of the layer `contacts`, or of the plan's appendix."""

    key: str
    phone: str | None = None
    email: str | None = None
    person: str | None = None
    role: str | None = None
    private: bool = False
    restricted: bool = False


@dataclass
class AddressBook:
    """The contacts (layer `contacts`) by whom they are of: a facility's id, a township's code, a unit's name."""

    contacts: pd.DataFrame
    _by_subject: dict[tuple[str, str], list[Address]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.contacts.sort_values("id", kind="stable").to_dict("records"):
            subject = _subject(row)
            if subject is not None:
                self._by_subject.setdefault(subject, []).append(_address(row))

    def of(self, kind: str, key: str, published: tuple[str, ...] = ()) -> list[Address]:
        """Return all addresses of somebody; one without anything where nobody knows any.

        A duty telephone that the plan publishes stands first, or beside a contact without one.
        """
        found = list(self._by_subject.get((kind, key), ()))
        if not published:
            return found or [Address(key)]
        return [Address(key, phone="、".join(published)), *found]


def restricted_lines(contacts: pd.DataFrame) -> frozenset[str]:
    """Return the keys of recipients that stand for restricted lines of the layer `contacts`, as recipients have them.

    The first line of a place has the place's own key; units and townships may have one that the plan publishes first.
    """
    found: set[str] = set()
    seen: set[tuple[str, str]] = set()
    for row in contacts.sort_values("id", kind="stable").to_dict("records"):
        subject = _subject(row)
        if subject is None:
            continue
        key = ":".join(subject)
        if bool(row["restricted"]):
            found.add(f"{key}/{row['id']}")
            if subject not in seen and subject[0] == "facility":
                found.add(key)
        seen.add(subject)
    return frozenset(found)


def _subject(row: dict[Any, Any]) -> tuple[str, str] | None:
    for kind, column in (("facility", "facility_id"), ("township", "township_code"), ("unit", "unit")):
        value = _text(row[column])
        if value is not None:
            return kind, value
    return None


def _address(row: dict[Any, Any]) -> Address:
    texts = {name: _text(row[name]) for name in ("phone", "email", "person", "role")}
    return Address(str(row["id"]), **texts, private=True, restricted=bool(row["restricted"]))


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
