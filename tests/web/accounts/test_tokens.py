from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.web.accounts.conftest import START, Clock, add
from webmap.accounts.accounts import Accounts
from webmap.accounts.errors import InvalidName, UnknownToken
from webmap.accounts.roles import Grant, Role
from webmap.accounts.tokens import MARK
from webmap.storage.engine import one_moment
from webmap.storage.tables import API_TOKENS


def test_a_token_acts_as_its_person_with_the_rights_of_the_moment(accounts: Accounts) -> None:
    person = add(accounts, "wang", Role.DUTY_OFFICER)
    _, secret = accounts.tokens.make(person.id, "SCADA 上报", START, by="test")
    assert secret.startswith(MARK)
    assert accounts.tokens.find(secret, START) == person
    accounts.people.revoke(person.id, Grant(Role.DUTY_OFFICER), START, by="test")
    found = accounts.tokens.find(secret, START)
    assert found is not None
    assert found.grants == frozenset()
    for wrong in ("", MARK, secret[:-1], secret.removeprefix(MARK), secret.upper(), "\x00"):
        assert accounts.tokens.find(wrong, START) is None


def test_only_the_beginning_of_a_token_is_shown_again(accounts: Accounts) -> None:
    person = add(accounts, "wang")
    made, secret = accounts.tokens.make(person.id, "one", START, by="test")
    assert accounts.tokens.of(person.id) == [made]
    assert secret.startswith(made.prefix)
    assert len(secret) - len(made.prefix) > 30
    with one_moment(accounts.people._engine) as connection:
        assert not any(secret in str(value) for value in connection.execute(select(API_TOKENS)).one())


def test_a_revoked_token_opens_nothing_and_stays_in_the_list(accounts: Accounts, clock: Clock) -> None:
    person, other = add(accounts, "wang"), add(accounts, "li")
    made, secret = accounts.tokens.make(person.id, "one", START, by="test")
    kept, kept_secret = accounts.tokens.make(person.id, "two", clock.pass_(hours=1), by="test")
    with pytest.raises(UnknownToken):
        accounts.tokens.revoke(other.id, made.id, clock.now, by="test")
    assert accounts.tokens.find(secret, clock.now)
    accounts.tokens.revoke(person.id, made.id, clock.now, by="test")
    assert accounts.tokens.find(secret, clock.now) is None
    assert accounts.tokens.find(kept_secret, clock.now) == person
    listed = accounts.tokens.of(person.id)
    assert [(token.id, token.revoked_at) for token in listed] == [(kept.id, None), (made.id, clock.now)]
    with pytest.raises(UnknownToken):
        accounts.tokens.revoke(person.id, made.prefix, clock.now, by="test")
    accounts.tokens.revoke(person.id, kept.prefix, clock.now, by="test")
    assert accounts.tokens.find(kept_secret, clock.now) is None


def test_a_shut_account_loses_its_tokens_for_good(accounts: Accounts, clock: Clock) -> None:
    person = add(accounts, "wang")
    _, secret = accounts.tokens.make(person.id, "one", START, by="test")
    accounts.people.deactivate(person.id, clock.now, by="test")
    assert accounts.tokens.find(secret, clock.now) is None
    accounts.people.activate(person.id, clock.now, by="test")
    assert accounts.tokens.find(secret, clock.now) is None


def test_the_owner_sees_when_a_token_was_used(accounts: Accounts, clock: Clock) -> None:
    person = add(accounts, "wang")
    _, secret = accounts.tokens.make(person.id, "one", START, by="test")
    assert accounts.tokens.of(person.id)[0].last_used_at is None
    for minutes, shown in ((3, 3), (0.5, 3), (0.5, 4)):
        accounts.tokens.find(secret, clock.pass_(minutes=minutes))
        last = accounts.tokens.of(person.id)[0].last_used_at
        assert last is not None
        assert (last - START).total_seconds() == shown * 60


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\nb"])
def test_a_token_needs_a_purpose(accounts: Accounts, name: str) -> None:
    person = add(accounts, "wang")
    with pytest.raises(InvalidName):
        accounts.tokens.make(person.id, name, START, by="test")
    assert accounts.tokens.of(person.id) == []


def test_all_tokens_of_a_person_are_revoked_at_once(accounts: Accounts, clock: Clock) -> None:
    person, other = add(accounts, "wang"), add(accounts, "li")
    secrets = [accounts.tokens.make(person.id, purpose, START, by="test")[1] for purpose in ("one", "two")]
    _, kept = accounts.tokens.make(other.id, "three", START, by="test")
    assert accounts.tokens.revoke_all(person.id, clock.now, by="test") == 2
    assert accounts.tokens.revoke_all(person.id, clock.now, by="test") == 0
    assert [accounts.tokens.find(secret, clock.now) for secret in secrets] == [None, None]
    assert accounts.tokens.find(kept, clock.now) == other
