"""The computer of a wall stays signed in for months, and is worth nothing to anybody who may do more than look."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.web.accounts.browser import Browser, app_for
from tests.web.accounts.conftest import PASSWORD, START, Clock, add
from webmap.accounts.accounts import Accounts
from webmap.accounts.roles import Grant, Role
from webmap.accounts.sessions import ABSOLUTE, IDLE, LASTING, LASTING_IDLE

MINUTES_20 = timedelta(minutes=20)


def lasting(accounts: Accounts, *roles: Role) -> str:
    person = add(accounts, "wall", *roles)
    return accounts.sessions.begin(person.id, "", START, lasting=True).token


def test_a_wall_stays_signed_in_for_its_time_and_no_longer(accounts: Accounts) -> None:
    token = lasting(accounts, Role.OBSERVER)
    moment = START
    while (moment := moment + timedelta(hours=20)) < START + LASTING - 2 * ABSOLUTE:
        assert accounts.sessions.find(token, moment), moment
    # In its last day it is as others are, which nobody notices where the page asks every minute.
    while (moment := moment + IDLE - MINUTES_20) < START + LASTING:
        assert accounts.sessions.find(token, moment), moment
    assert accounts.sessions.find(token, START + LASTING) is None


def test_a_wall_that_was_off_over_a_weekend_comes_back_and_one_that_was_put_away_does_not(accounts: Accounts) -> None:
    token = lasting(accounts, Role.OBSERVER)
    back = START + LASTING_IDLE - timedelta(seconds=1)
    # Somebody else's signing in clears what is over away.
    accounts.sessions.begin(add(accounts, "li", Role.OBSERVER).id, "", back)
    assert accounts.sessions.find(token, back)
    assert accounts.sessions.find(token, back + LASTING_IDLE) is None
    accounts.sessions.begin(add(accounts, "wang", Role.OBSERVER).id, "", back + LASTING_IDLE)
    assert accounts.sessions.find(token, back) is None, "it was cleared away"


@pytest.mark.parametrize("roles", [(Role.DUTY_OFFICER,), (Role.OBSERVER, Role.COMMANDER), ()])
def test_who_may_do_more_than_look_is_signed_out_as_from_any_session(
    accounts: Accounts, roles: tuple[Role, ...]
) -> None:
    token = lasting(accounts, *roles)
    moment = START
    while (moment := moment + IDLE - MINUTES_20) < START + ABSOLUTE:
        assert accounts.sessions.find(token, moment), moment
    assert accounts.sessions.find(token, START + ABSOLUTE) is None
    left = accounts.sessions.begin(add(accounts, "other", *roles).id, "", START, lasting=True).token
    assert accounts.sessions.find(left, START + IDLE) is None


@pytest.mark.parametrize("later", [IDLE, 2 * ABSOLUTE])
def test_an_observer_who_is_given_another_role_is_signed_out_for_good(accounts: Accounts, later: timedelta) -> None:
    token = lasting(accounts, Role.OBSERVER)
    moment = START + later - MINUTES_20
    session = accounts.sessions.find(token, moment)
    assert session
    more = Grant(Role.DUTY_OFFICER)
    accounts.people.grant(session.person.id, more, moment, by="test")
    assert accounts.sessions.find(token, moment + IDLE) is None
    accounts.people.revoke(session.person.id, more, moment + IDLE, by="test")
    assert accounts.sessions.find(token, moment + IDLE) is None


@pytest.mark.parametrize(("role", "kept"), [(Role.OBSERVER, True), (Role.DUTY_OFFICER, False)])
def test_the_box_on_the_form_keeps_an_observer_alone(
    engine: Engine, accounts: Accounts, tmp_path: Path, clock: Clock, role: Role, kept: bool
) -> None:
    add(accounts, "wall", role)
    browser = Browser(app_for(engine, accounts, tmp_path).test_client())
    assert "data-for-walls hidden" in browser.open("/sign-in").get_data(as_text=True)
    answer = browser.submit("/sign-in", name="wall", password=PASSWORD, lasting="1")
    (cookie,) = [text for text in answer.headers.getlist("Set-Cookie") if text.startswith("webmap_session=")]
    assert (f"Max-Age={int(LASTING.total_seconds())}" in cookie) is kept
    assert browser.who() == "wall"
    clock.pass_(hours=20)
    assert (browser.who() == "wall") is kept
    clock.pass_(hours=20)
    assert (browser.who() == "wall") is kept
