from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from tests.web.accounts.conftest import PASSWORD, START, Clock, add
from webmap.accounts.accounts import Accounts
from webmap.accounts.errors import AccountError, InvalidName, NameTaken, UnusableGrant, UnusableInvitation, WeakPassword
from webmap.accounts.invitations import VALID_FOR
from webmap.accounts.roles import Grant, Role
from webmap.storage.engine import one_moment
from webmap.storage.tables import INVITATIONS


def test_the_first_administrator_comes_in_by_a_link_that_works_once(accounts: Accounts, clock: Clock) -> None:
    token = accounts.invitations.invite_first_administrator(START)
    assert token is not None
    assert accounts.invitations.offered(token, clock.pass_(hours=1)).grant.role is Role.ADMINISTRATOR
    person = accounts.invitations.accept(token, "wang", "王丽", PASSWORD, clock.now)
    assert person.grants == {Grant(Role.ADMINISTRATOR)}
    assert accounts.attempts.authenticate("wang", PASSWORD, clock.now) == person
    with pytest.raises(UnusableInvitation):
        accounts.invitations.accept(token, "li", "李", PASSWORD, clock.now)
    with pytest.raises(UnusableInvitation):
        accounts.invitations.offered(token, clock.now)
    assert accounts.invitations.invite_first_administrator(clock.now) is None
    with one_moment(accounts.people._engine) as connection:
        row = connection.execute(select(INVITATIONS)).one()
    assert row.used_by == person.id
    assert token not in map(str, row)


def test_a_link_expires(accounts: Accounts) -> None:
    token = accounts.invitations.invite(Role.OBSERVER, START, by="test")
    with pytest.raises(UnusableInvitation):
        accounts.invitations.accept(token, "wang", "王丽", PASSWORD, START + VALID_FOR)
    assert accounts.people.all() == []


def test_a_new_link_for_the_first_administrator_puts_the_earlier_one_out_of_use(accounts: Accounts) -> None:
    earlier, observer = (
        accounts.invitations.invite_first_administrator(START),
        accounts.invitations.invite(Role.OBSERVER, START, by="test"),
    )
    later = accounts.invitations.invite_first_administrator(START)
    assert earlier is not None
    assert later is not None
    with pytest.raises(UnusableInvitation):
        accounts.invitations.offered(earlier, START)
    assert accounts.invitations.offered(later, START).grant.role is Role.ADMINISTRATOR
    assert accounts.invitations.offered(observer, START).grant.role is Role.OBSERVER


def test_what_is_filled_in_wrongly_does_not_use_the_link_up(accounts: Accounts) -> None:
    add(accounts, "taken")
    token = accounts.invitations.invite(Role.PLANNER, START, by="test")
    with pytest.raises(WeakPassword):
        accounts.invitations.accept(token, "wang", "王丽", "short", START)
    with pytest.raises(NameTaken):
        accounts.invitations.accept(token, "Taken", "王丽", PASSWORD, START)
    with pytest.raises(AccountError):
        accounts.invitations.accept(token, "wang", " ", PASSWORD, START)
    assert accounts.invitations.accept(token, "wang", "王丽", PASSWORD, START).grants == {Grant(Role.PLANNER)}


def test_of_many_with_one_link_one_gets_in(accounts: Accounts) -> None:
    token = accounts.invitations.invite(Role.ADMINISTRATOR, START, by="test")

    def accept(number: int) -> bool:
        try:
            accounts.invitations.accept(token, f"person{number}", "某人", PASSWORD, START)
        except UnusableInvitation:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(accept, range(8))) == 1
    assert len(accounts.people.all()) == 1


@pytest.mark.parametrize("token", ["", "guess", "\x00", "../etc"])
def test_a_link_that_never_was(accounts: Accounts, token: str) -> None:
    with pytest.raises(UnusableInvitation):
        accounts.invitations.offered(token, START)


def test_an_invitation_is_for_a_plan_and_somebody(accounts: Accounts, clock: Clock) -> None:
    token = accounts.invitations.invite(
        Role.COMMANDER, START, by="test", plan="heating-zezhou", display_name=" 李建国 "
    )
    wanted = Grant(Role.COMMANDER, "heating-zezhou")
    offered = accounts.invitations.offered(token, clock.pass_(hours=1))
    assert (offered.grant, offered.display_name, offered.expires_at) == (wanted, "李建国", START + VALID_FOR)
    assert accounts.invitations.accept(token, "li", "李建国", PASSWORD, clock.now).grants == {wanted}
    before = accounts.invitations.pending(clock.now)
    with pytest.raises(UnusableGrant):
        accounts.invitations.invite(Role.ADMINISTRATOR, START, by="test", plan="heating-zezhou")
    with pytest.raises(InvalidName):
        accounts.invitations.invite(Role.OBSERVER, START, by="test", display_name="a\nb")
    assert accounts.invitations.pending(clock.now) == before == []


def test_pending_invitations_are_listed_and_withdrawn(accounts: Accounts, clock: Clock) -> None:
    first = accounts.invitations.invite(Role.OBSERVER, START, by="test", display_name="王丽")
    second = accounts.invitations.invite(Role.PLANNER, clock.pass_(hours=1), by="test")
    listed = accounts.invitations.pending(clock.now)
    assert [(one.grant.role, one.display_name) for one in listed] == [(Role.OBSERVER, "王丽"), (Role.PLANNER, "")]
    assert not any(one.id in first + second for one in listed)
    accounts.invitations.withdraw(listed[0].id, clock.now, by="test")
    with pytest.raises(UnusableInvitation):
        accounts.invitations.accept(first, "wang", "王丽", PASSWORD, clock.now)
    with pytest.raises(UnusableInvitation):
        accounts.invitations.withdraw(listed[0].id, clock.now, by="test")
    assert accounts.invitations.pending(clock.now) == listed[1:]
    accounts.invitations.accept(second, "sun", "孙", PASSWORD, clock.now)
    assert accounts.invitations.pending(clock.now) == []
    with pytest.raises(UnusableInvitation):
        accounts.invitations.withdraw("", clock.now, by="test")
    assert [event.action for event in accounts.events.latest(4)] == [
        "made",
        "invitation_withdrawn",
        "invited",
        "invited",
    ]
