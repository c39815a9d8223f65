"""Accounts on both databases, at a cost of hashing that lets many tests run, at moments that tests name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine

from tests.databases import empty_tables
from webmap.accounts.accounts import Accounts
from webmap.accounts.passwords import Passwords
from webmap.accounts.person import Person
from webmap.accounts.roles import Grant, Role
from webmap.storage.engine import open_engine, writing
from webmap.storage.tables import PEOPLE_AND_LOG

START = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)
PASSWORD = "雪夜 供热 抢修 042"  # noqa: S105
OTHER_PASSWORD = "seven quiet boilers"  # noqa: S105


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> datetime:
        self.now += timedelta(**time)
        return self.now


def cheap_passwords() -> Passwords:
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(params=["sqlite", "postgis"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database with all tables and no row: a SQLite file of the test's own, or the module's, emptied after it."""
    if request.param == "sqlite":
        engine = open_engine(empty_tables(tmp_path / "people.sqlite"))
        yield engine
    else:
        engine = open_engine(request.getfixturevalue("postgis_with_tables"))
        yield engine
        with writing(engine) as connection:
            for table in reversed(PEOPLE_AND_LOG.sorted_tables):
                connection.execute(table.delete())
    engine.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(engine: Engine, clock: Clock) -> Accounts:
    return Accounts(engine, clock=clock, passwords=cheap_passwords())


def add(accounts: Accounts, name: str, *roles: Role, plan: str = "", password: str | None = PASSWORD) -> Person:
    grants = frozenset(Grant(role, plan) for role in roles)
    return accounts.people.add(name, f"{name}同志", password, accounts.clock(), grants=grants, by="test")
