"""Every change to an account is written down with it: who, what, whose, when."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, func, select

from tests.web.accounts.conftest import OTHER_PASSWORD, PASSWORD, START, Clock, add
from webmap.accounts.accounts import Accounts
from webmap.accounts.errors import AccountError
from webmap.accounts.event_words import said
from webmap.accounts.events import AccountEvent
from webmap.accounts.lockout import FREE_BY_NAME
from webmap.accounts.person import Person
from webmap.accounts.roles import Grant, Role
from webmap.storage.tables import ACCOUNT_EVENTS, PEOPLE


@pytest.fixture
def admin(accounts: Accounts) -> Person:
    return add(accounts, "admin", Role.ADMINISTRATOR)


@pytest.fixture
def li(accounts: Accounts, admin: Person) -> Person:
    grants = frozenset({Grant(Role.OBSERVER)})
    return accounts.people.add("li", "李", PASSWORD, START, grants=grants, by=admin.id)


def what(event: AccountEvent) -> tuple[str, str, str]:
    return event.actor_name, event.action, event.subject_name


def test_every_change_is_an_event(accounts: Accounts, admin: Person, li: Person, clock: Clock) -> None:
    people, by = accounts.people, admin.id
    plan = Grant(Role.COMMANDER, "energy-chengqu")
    people.grant(li.id, plan, clock.now, by=by)
    people.revoke(li.id, plan, clock.now, by=by)
    people.set_password(li.id, OTHER_PASSWORD, clock.now, by=by)
    people.set_password(li.id, PASSWORD, clock.now, by=li.id)
    made, secret = accounts.tokens.make(li.id, "SCADA", clock.now, by=li.id)
    accounts.tokens.revoke(li.id, made.id, clock.now, by=by)
    accounts.sessions.begin(li.id, "::1", clock.now)
    accounts.sessions.end_all(li.id, clock.now, by=by)
    people.deactivate(li.id, clock.now, by=by)
    people.activate(li.id, clock.pass_(hours=1), by=by)
    accounts.invitations.invite(Role.PLANNER, clock.now, by="webmap people")
    events = accounts.events.latest(10)
    assert [what(event) for event in reversed(events)] == [
        ("admin", "role_granted", "li"),
        ("admin", "role_taken", "li"),
        ("admin", "password_reset", "li"),
        ("li", "password_changed", "li"),
        ("li", "token_made", "li"),
        ("admin", "token_revoked", "li"),
        ("admin", "sessions_ended", "li"),
        ("admin", "shut", "li"),
        ("admin", "opened", "li"),
        ("webmap people", "invited", ""),
    ]
    told = {event.action: event for event in events}
    assert told["role_granted"].detail == {"role": "commander", "plan": "energy-chengqu"}
    assert told["token_made"].detail == {"prefix": made.prefix, "purpose": "SCADA"}
    assert told["sessions_ended"].detail == {"count": 1}
    assert (told["opened"].at - told["shut"].at).total_seconds() == 3600
    assert (told["shut"].actor_id, told["shut"].subject_id) == (admin.id, li.id)
    assert (told["invited"].actor_id, told["invited"].subject_id) == (None, None)
    assert not any(text in repr(events) for text in (secret, PASSWORD, OTHER_PASSWORD))


def test_what_changes_nothing_is_no_event(accounts: Accounts, admin: Person, li: Person) -> None:
    before = accounts.events.latest(100)
    accounts.people.grant(li.id, Grant(Role.OBSERVER), START, by=admin.id)
    accounts.people.activate(li.id, START, by=admin.id)
    assert accounts.sessions.end_all(li.id, START, by=admin.id) == 0
    assert accounts.tokens.revoke_all(li.id, START, by=admin.id) == 0
    for refused in (
        lambda: accounts.people.deactivate(admin.id, START, by=li.id),
        lambda: accounts.people.revoke(li.id, Grant(Role.PLANNER), START, by=admin.id),
        lambda: accounts.people.set_password(li.id, "short", START, by=li.id),
        lambda: accounts.people.add("li", "李", None, START, grants=frozenset(), by=admin.id),
        lambda: accounts.tokens.make("no-id", "x", START, by=admin.id),
    ):
        with pytest.raises(AccountError):
            refused()
    assert accounts.events.latest(100) == before


def test_an_account_made_by_an_invitation_says_so(accounts: Accounts) -> None:
    token = accounts.invitations.invite_first_administrator(START)
    assert token
    accounts.invitations.accept(token, "zhao", "赵", PASSWORD, START)
    made, invited = accounts.events.latest(5)
    assert what(made) == ("invitation", "made", "zhao")
    assert made.detail == {"roles": [{"role": "administrator", "plan": ""}]}
    assert what(invited) == ("webmap serve", "invited", "")


def test_a_lock_is_told_once_each_time(accounts: Accounts, li: Person, clock: Clock) -> None:
    for _ in range(FREE_BY_NAME + 3):
        accounts.attempts.authenticate("li", OTHER_PASSWORD, clock.now)
        accounts.attempts.authenticate("nobody", OTHER_PASSWORD, clock.now)
    locks = [event for event in accounts.events.latest(100) if event.action == "locked_out"]
    assert [(what(event), event.detail["until"]) for event in locks] == [
        (("sign-in", "locked_out", "li"), "2026-01-12T08:00:30.000000+00:00")
    ]
    clock.pass_(seconds=30)
    accounts.attempts.authenticate("li", OTHER_PASSWORD, clock.now)
    assert accounts.events.latest(1)[0].detail["until"] == "2026-01-12T08:01:30.000000+00:00"
    assert "08:01Z" in said(accounts.events.latest(1)[0], "zh")


def test_numbers_have_no_gaps_and_the_latest_come_first(
    accounts: Accounts, admin: Person, li: Person, engine: Engine
) -> None:
    roles = [Role.PLANNER, Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR, Role.COMMANDER, Role.DEPUTY_COMMANDER]

    def change(role: Role) -> None:
        accounts.people.grant(li.id, Grant(role), START, by=admin.id)
        accounts.sessions.begin(li.id, "", START)
        accounts.sessions.end_all(li.id, START, by=admin.id)
        accounts.tokens.make(li.id, role, START, by=li.id)

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(change, roles))
    with engine.connect() as connection:
        count = connection.execute(select(func.count()).select_from(ACCOUNT_EVENTS)).scalar_one()
    numbers = [event.number for event in accounts.events.latest(1000)]
    assert numbers == list(range(count, 0, -1))
    assert count >= 2 + 2 * len(roles)
    assert [event.number for event in accounts.events.latest(2)] == [count, count - 1]
    assert {event.subject_name for event in accounts.events.latest(1000, about=admin.id)} == {"admin"}


def test_a_change_that_cannot_be_written_down_is_not_made(
    accounts: Accounts, admin: Person, li: Person, engine: Engine
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE account_events RENAME TO elsewhere")
    with pytest.raises(Exception, match="account_events"):
        accounts.people.deactivate(li.id, START, by=admin.id)
    with engine.begin() as connection:
        active = connection.execute(select(PEOPLE.c.active).where(PEOPLE.c.id == li.id)).scalar_one()
        connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO account_events")
    assert active


@pytest.mark.parametrize(
    ("detail", "action", "zh", "en"),
    [
        (
            {"role": "commander", "plan": "energy-chengqu"},
            "role_granted",
            "授予 li 角色：指挥长（energy-chengqu）",
            "gave li the role commander (energy-chengqu)",
        ),
        ({"roles": []}, "made", "建立了账户 li", "made the account li"),
        (
            {"roles": [{"role": "observer", "plan": ""}, {"role": "seer", "plan": ""}]},
            "demo_made",
            "建立了演示账户 li：观察员（全部预案）、seer（全部预案）",
            "made the demo account li: observer (all plans), seer (all plans)",
        ),
        (
            {"issuer": "https://id", "subject": "{x}"},
            "identity_linked",
            "把 li 与统一身份认证的身份 {x}（https://id）关联",
            "linked li to the identity {x} of the sign-in provider https://id",
        ),
        ({}, "of_a_later_version", "of_a_later_version li", "of_a_later_version li"),
    ],
)
def test_events_in_words(detail: dict[str, object], action: str, zh: str, en: str) -> None:
    event = AccountEvent(1, START, None, "webmap people", action, "id", "li", detail)
    assert (said(event, "zh"), said(event, "en")) == (zh, en)
