from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from tests.web.accounts.conftest import OTHER_PASSWORD, PASSWORD, START, add
from webmap.accounts.accounts import Accounts
from webmap.accounts.errors import (
    AccountError,
    InvalidName,
    LastAdministrator,
    NameTaken,
    UnknownPerson,
    UnusableGrant,
    WeakPassword,
)
from webmap.accounts.person import name_key
from webmap.accounts.roles import Action, Grant, Role, may
from webmap.storage.engine import one_moment
from webmap.storage.tables import GRANTS, PEOPLE


def test_a_person_is_found_however_the_name_is_typed(accounts: Accounts) -> None:
    made = add(accounts, "Wang.Li", Role.OBSERVER)
    assert made.name == "wang.li"
    for typed in ("wang.li", "WANG.LI ", "ｗａｎｇ．ｌｉ"):
        assert accounts.people.named(typed) == made
    assert made.created_at == START
    assert made.grants == {Grant(Role.OBSERVER)}
    with pytest.raises(UnknownPerson):
        accounts.people.named("wang li")


@pytest.mark.parametrize("name", ["", " ", "a b", "-a", "a.", "a\x00b", "a\u200bb", "<script>", "x" * 65, "a/b", "_"])
def test_a_name_that_cannot_be_typed_or_told_apart_is_refused(accounts: Accounts, name: str) -> None:
    assert name_key(name) == ""
    with pytest.raises(InvalidName):
        add(accounts, name)
    assert accounts.people.all() == []


def test_a_name_is_given_once_even_at_the_same_time(accounts: Accounts) -> None:
    def attempt(number: int) -> bool:
        try:
            add(accounts, "王丽" if number % 2 else " 王丽")
        except NameTaken:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(attempt, range(6))) == 1
    assert [person.name for person in accounts.people.all()] == ["王丽"]


def test_a_weak_password_or_a_grant_that_cannot_be_makes_nobody(accounts: Accounts) -> None:
    with pytest.raises(WeakPassword):
        add(accounts, "li", password="li-li-li-li")  # noqa: S106
    for grant in (Grant(Role.PUBLIC), Grant(Role.ANONYMOUS), Grant(Role.ADMINISTRATOR, "energy-chengqu")):
        with pytest.raises(UnusableGrant):
            accounts.people.add("li", "李", PASSWORD, START, grants=frozenset({grant}), by="test")
    assert accounts.people.all() == []


def test_roles_are_given_for_one_plan_and_taken_away(accounts: Accounts) -> None:
    person = add(accounts, "zhao")
    energy, heating = Grant(Role.COMMANDER, "energy-chengqu"), Grant(Role.OBSERVER, "heating-zezhou")
    for grant in (energy, heating, energy):
        accounts.people.grant(person.id, grant, START, by="admin-id")
    assert accounts.people.named("zhao").grants == {energy, heating}
    with one_moment(accounts.people._engine) as connection:
        given = connection.execute(select(GRANTS).order_by(GRANTS.c.role)).all()
    assert [(row.role, row.granted_by) for row in given] == [("commander", "admin-id"), ("observer", "admin-id")]
    accounts.people.revoke(person.id, energy, START, by="test")
    left = accounts.people.named("zhao").grants
    assert not may(left, Action.DECIDE_LEVEL, "energy-chengqu")
    with pytest.raises(UnusableGrant):
        accounts.people.revoke(person.id, energy, START, by="test")


def test_a_role_that_this_version_does_not_know_gives_nothing(accounts: Accounts) -> None:
    person = add(accounts, "zhao", Role.OBSERVER)
    with accounts.people._engine.begin() as connection:
        connection.execute(GRANTS.update().values(role="emperor"))
    assert accounts.people.named("zhao").grants == frozenset()
    accounts.people.deactivate(person.id, START, by="test")


def test_the_last_administrator_stays(accounts: Accounts) -> None:
    assert not accounts.people.has_administrator()
    first = add(accounts, "first", Role.ADMINISTRATOR)
    add(accounts, "no-password", Role.ADMINISTRATOR, password=None)
    changes = (
        lambda: accounts.people.revoke(first.id, Grant(Role.ADMINISTRATOR), START, by="test"),
        lambda: accounts.people.deactivate(first.id, START, by="test"),
    )
    for change in changes:
        with pytest.raises(LastAdministrator):
            change()
    assert accounts.people.has_administrator()
    add(accounts, "second", Role.ADMINISTRATOR)
    for change in changes:
        change()
    assert not accounts.people.named("first").active


def test_two_administrators_who_remove_each_other_at_once_leave_one(accounts: Accounts) -> None:
    ids = [add(accounts, name, Role.ADMINISTRATOR).id for name in ("one", "two")]

    def remove(person_id: str) -> bool:
        try:
            accounts.people.deactivate(person_id, START, by="test")
        except LastAdministrator:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(remove, ids)) == [False, True]
    assert accounts.people.has_administrator()


def test_changes_to_nobody_are_told(accounts: Accounts) -> None:
    changes = (
        lambda: accounts.people.grant("no-id", Grant(Role.OBSERVER), START, by="test"),
        lambda: accounts.people.revoke("no-id", Grant(Role.OBSERVER), START, by="test"),
        lambda: accounts.people.deactivate("no-id", START, by="test"),
        lambda: accounts.people.activate("no-id", START, by="test"),
        lambda: accounts.people.set_password("no-id", OTHER_PASSWORD, START, by="test"),
    )
    for change in changes:
        with pytest.raises(AccountError):
            change()


def test_the_password_itself_is_nowhere_in_the_database(accounts: Accounts) -> None:
    person = add(accounts, "li")
    accounts.people.set_password(person.id, OTHER_PASSWORD, START, by="test")
    with one_moment(accounts.people._engine) as connection:
        row = connection.execute(select(PEOPLE)).one()
    assert row.password_hash.startswith("$argon2id$")
    assert not any(secret in str(value) for value in row for secret in (PASSWORD, OTHER_PASSWORD))
