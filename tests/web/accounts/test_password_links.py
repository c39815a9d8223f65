"""Links with which a person sets a new password, in the register and as a browser meets them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select

from tests.web.accounts.browser import Browser, app_for
from tests.web.accounts.conftest import OTHER_PASSWORD, PASSWORD, START, Clock, add
from webmap.accounts.accounts import Accounts
from webmap.accounts.errors import (
    DemonstrationAccount,
    SignsInElsewhere,
    UnknownPerson,
    UnusableInvitation,
    WeakPassword,
)
from webmap.accounts.lockout import FREE_BY_NAME
from webmap.accounts.password_links import VALID_FOR
from webmap.accounts.roles import Role
from webmap.storage.engine import one_moment
from webmap.storage.tables import IDENTITIES, PASSWORD_LINKS, PEOPLE


def test_a_link_sets_the_password_once_and_ends_everything_of_before(accounts: Accounts, clock: Clock) -> None:
    person = add(accounts, "wang", Role.OBSERVER)
    session = accounts.sessions.begin(person.id, "", START).token
    for _ in range(FREE_BY_NAME):
        accounts.attempts.authenticate("wang", OTHER_PASSWORD, clock.now)
    token = accounts.password_links.make(person.id, clock.now, by="test")
    assert accounts.sessions.find(session, clock.now), "nothing changes before the link is used"
    with one_moment(accounts.people._engine) as connection:
        assert token not in map(str, connection.execute(select(PASSWORD_LINKS)).one())
    assert accounts.password_links.owner(token, clock.now).id == person.id
    accounts.password_links.set_password(token, OTHER_PASSWORD, clock.pass_(hours=1))
    assert accounts.sessions.find(session, clock.now) is None
    assert accounts.attempts.authenticate("wang", PASSWORD, clock.now) is None
    assert accounts.attempts.authenticate("wang", OTHER_PASSWORD, clock.now) is not None
    for again in (accounts.password_links.owner, lambda *given: accounts.password_links.set_password(token, *given)):
        with pytest.raises(UnusableInvitation):
            again(token, clock.now)
    assert [(event.action, event.actor_name) for event in accounts.events.latest(2)] == [
        ("password_changed", "wang"),
        ("password_link_made", "test"),
    ]


def test_a_weak_password_does_not_use_the_link_up(accounts: Accounts) -> None:
    token = accounts.password_links.make(add(accounts, "wang").id, START, by="test")
    with pytest.raises(WeakPassword):
        accounts.password_links.set_password(token, "short", START)
    accounts.password_links.set_password(token, OTHER_PASSWORD, START)


def test_a_link_ends_by_time_by_a_later_one_and_with_what_it_was_for(accounts: Accounts) -> None:
    person = add(accounts, "wang")

    def is_good(token: str, *, hours: float = 0) -> bool:
        try:
            accounts.password_links.owner(token, START + VALID_FOR * hours / 24)
        except UnusableInvitation:
            return False
        return True

    first, second = (accounts.password_links.make(person.id, START, by="test") for _ in range(2))
    assert not is_good(first)
    assert is_good(second, hours=23.9)
    assert not is_good(second, hours=24)
    accounts.people.set_password(person.id, OTHER_PASSWORD, START, by="test")
    assert not is_good(second), "the password was changed otherwise"
    third = accounts.password_links.make(person.id, START, by="test")
    accounts.people.deactivate(person.id, START, by="test")
    accounts.people.activate(person.id, START, by="test")
    assert not is_good(third), "the account was shut meanwhile"


def test_of_many_with_one_link_one_sets_the_password(accounts: Accounts) -> None:
    token = accounts.password_links.make(add(accounts, "wang").id, START, by="test")

    def attempt(number: int) -> bool:
        try:
            accounts.password_links.set_password(token, f"{number} quiet boilers sing", START)
        except UnusableInvitation:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(attempt, range(6))) == 1


def test_who_has_no_password_here_gets_no_link(accounts: Accounts, engine: Engine) -> None:
    elsewhere, demo = add(accounts, "elsewhere", password=None), add(accounts, "demo", password=None)
    with engine.begin() as connection:
        row = {"issuer": "https://id.example", "subject": "7", "person_id": elsewhere.id, "linked_at": "x"}
        connection.execute(insert(IDENTITIES).values(row))
        connection.execute(PEOPLE.update().where(PEOPLE.c.id == demo.id).values(demo=True))
    cases = ((elsewhere.id, SignsInElsewhere), (demo.id, DemonstrationAccount), ("no-id", UnknownPerson))
    for person_id, error in cases:
        with pytest.raises(error):
            accounts.password_links.make(person_id, START, by="test")
    new = add(accounts, "new", password=None)
    accounts.password_links.set_password(accounts.password_links.make(new.id, START, by="test"), OTHER_PASSWORD, START)
    assert accounts.people.named("new").has_password


def test_the_page_of_the_link(engine: Engine, accounts: Accounts, tmp_path: Path) -> None:
    person = add(accounts, "wang", Role.OBSERVER)
    browser = Browser(app_for(engine, accounts, tmp_path).test_client())
    path = f"/new-password/{accounts.password_links.make(person.id, START, by='test')}"
    page = browser.open(path)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "wang同志" in page.get_data(as_text=True)
    fields = {"password": OTHER_PASSWORD, "again": OTHER_PASSWORD}
    for wrong, said in (({"again": "other"}, "不一致"), ({"password": "短", "again": "短"}, "至少")):
        answer = browser.submit(path, **{**fields, **wrong})
        assert answer.status_code == 422
        assert said in answer.get_data(as_text=True)
        assert OTHER_PASSWORD not in answer.get_data(as_text=True)
    assert browser.open(path, "POST", data=fields).status_code == 400, "without proof"
    answer = browser.submit(path, **fields)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert browser.who() == "wang"
    for late in (browser.open(path), browser.open("/new-password/guess")):
        assert late.status_code == 404
        assert "<form" not in late.get_data(as_text=True)
