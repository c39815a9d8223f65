"""A person as the tables hold one: the account and the grants."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from layers.schema import Title
from webmap.accounts.errors import InvalidName
from webmap.accounts.moments import moment_of
from webmap.accounts.roles import Grant, Role
from webmap.storage.tables import GRANTS, PEOPLE

#: Letters of any script and digits, with . _ - between them: nothing that looks like something else or like nothing.
_NAME = re.compile(r"[^\W_](?:[\w.-]{0,62}[^\W_])?")
_MAX_DISPLAY_NAME = 80


@dataclass(frozen=True)
class Person:
    """Somebody who may sign in, with what they hold. Never carries the password's hash."""

    id: str
    name: str
    display_name: str
    active: bool
    demo: bool
    created_at: datetime
    failed_attempts: int
    locked_until: datetime | None
    has_password: bool
    grants: frozenset[Grant]


def name_key(name: str) -> str:
    """Return a sign-in name as it is compared: `Ｗang.Li ` and `wang.li` are one. "" for what can be nobody's name."""
    key = unicodedata.normalize("NFKC", name).strip().casefold()
    return key if _NAME.fullmatch(key) else ""


def require_name(name: str) -> str:
    """Return the name to keep; raises `InvalidName`."""
    key = name_key(name)
    if not key:
        allowed = "用户名为 1 至 64 个字母、汉字或数字，中间可有 . _ -"
        raise InvalidName(Title(allowed, "A name is 1 to 64 letters or digits, with . _ - between them"))
    return key


def require_display_name(name: str) -> str:
    """Return the name that is shown; raises `InvalidName`."""
    text = unicodedata.normalize("NFC", name).strip()
    if not text or len(text) > _MAX_DISPLAY_NAME or not text.isprintable():
        allowed = f"姓名为 1 至 {_MAX_DISPLAY_NAME} 个字符"
        raise InvalidName(Title(allowed, f"The name to be shown has 1 to {_MAX_DISPLAY_NAME} characters"))
    return text


def read_people(connection: Connection, where: ColumnElement[bool] | None = None) -> list[Person]:
    """Return the people that fit a condition on `PEOPLE`, all without one, by sign-in name."""
    chosen = select(PEOPLE) if where is None else select(PEOPLE).where(where)
    rows = connection.execute(chosen.order_by(PEOPLE.c.name)).all()
    held = _grants(connection, (row.id for row in rows))
    return [_person(row, frozenset(held[row.id])) for row in rows]


def read_person(connection: Connection, where: ColumnElement[bool]) -> Person | None:
    """Return the one person that fits a condition on `PEOPLE`, or None."""
    return next(iter(read_people(connection, where)), None)


def _grants(connection: Connection, ids: Iterable[str]) -> dict[str, list[Grant]]:
    held: dict[str, list[Grant]] = defaultdict(list)
    known = set(Role)
    chosen = select(GRANTS.c.person_id, GRANTS.c.role, GRANTS.c.plan).where(GRANTS.c.person_id.in_(list(ids)))
    for person_id, role, plan in connection.execute(chosen):
        # A role that a later version brought gives no rights in this one.
        if role in known:
            held[person_id].append(Grant(Role(role), plan))
    return held


def _person(row: Any, grants: frozenset[Grant]) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        display_name=row.display_name,
        active=row.active,
        demo=row.demo,
        created_at=moment_of(row.created_at),
        failed_attempts=row.failed_attempts,
        locked_until=moment_of(row.locked_until) if row.locked_until else None,
        has_password=row.password_hash is not None,
        grants=grants,
    )
