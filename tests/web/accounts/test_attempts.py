"""Guessing passwords: slow, and telling nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, event

from tests.web.accounts.conftest import OTHER_PASSWORD, PASSWORD, START, Clock, add
from webmap.accounts.accounts import Accounts
from webmap.accounts.attempts import Attempts
from webmap.accounts.lockout import (
    FREE_BY_ADDRESS,
    FREE_BY_NAME,
    LONGEST,
    AddressLockout,
    address_key,
    lock_time,
)
from webmap.accounts.passwords import Passwords
from webmap.accounts.roles import Role

SignIn = Callable[..., bool]


@pytest.fixture
def sign_in(accounts: Accounts, clock: Clock) -> SignIn:
    def attempt(password: str = PASSWORD, name: str = "wang") -> bool:
        return accounts.attempts.authenticate(name, password, clock.now) is not None

    return attempt


def test_the_right_password_signs_in_and_no_other(accounts: Accounts, sign_in: SignIn) -> None:
    made = add(accounts, "wang", Role.COMMANDER)
    assert accounts.attempts.authenticate("WANG", PASSWORD, START) == made
    assert not sign_in(OTHER_PASSWORD)
    assert not sign_in("")
    assert not sign_in(PASSWORD, "li")
    assert not sign_in(PASSWORD, "wa\x00ng")


def test_without_a_password_or_with_a_shut_account_nobody_signs_in(accounts: Accounts, sign_in: SignIn) -> None:
    add(accounts, "wang", password=None)
    assert not sign_in("")
    shut = add(accounts, "li")
    accounts.people.deactivate(shut.id, START, by="test")
    assert not sign_in(PASSWORD, "li")
    accounts.people.activate(shut.id, START, by="test")
    assert sign_in(PASSWORD, "li")


def test_repeated_failures_lock_for_longer_each_time_up_to_a_bound(
    accounts: Accounts, sign_in: SignIn, clock: Clock
) -> None:
    add(accounts, "wang")
    for _ in range(FREE_BY_NAME - 1):
        assert not sign_in(OTHER_PASSWORD)
    assert accounts.people.named("wang").locked_until is None
    locks = []
    for _ in range(8):
        assert not sign_in(OTHER_PASSWORD)
        until = accounts.people.named("wang").locked_until
        assert until is not None
        locks.append((until - clock.now).total_seconds())
        clock.now = until - timedelta(microseconds=1)
        assert not sign_in(PASSWORD), "the right password opens nothing during a lock"
        clock.now = until
    assert locks == [30, 60, 120, 240, 480, 900, 900, 900]
    assert sign_in(PASSWORD)


def test_tries_during_a_lock_do_not_make_it_longer(accounts: Accounts, sign_in: SignIn, clock: Clock) -> None:
    add(accounts, "wang")
    for _ in range(FREE_BY_NAME + 50):
        sign_in(OTHER_PASSWORD)
    clock.pass_(seconds=30)
    assert sign_in(PASSWORD)


def test_a_success_forgets_the_failures_before_it(accounts: Accounts, sign_in: SignIn) -> None:
    add(accounts, "wang")
    for _ in range(3):
        for _ in range(FREE_BY_NAME - 1):
            assert not sign_in(OTHER_PASSWORD)
        assert sign_in()
    assert accounts.people.named("wang").failed_attempts == 0


def test_a_day_after_a_lock_the_count_starts_anew(accounts: Accounts, sign_in: SignIn, clock: Clock) -> None:
    add(accounts, "wang")
    for _ in range(FREE_BY_NAME):
        sign_in(OTHER_PASSWORD)
    clock.pass_(days=2)
    for _ in range(FREE_BY_NAME - 1):
        sign_in(OTHER_PASSWORD)
    assert sign_in()


def test_a_new_password_or_opening_the_account_again_lifts_a_lock(accounts: Accounts, sign_in: SignIn) -> None:
    person = add(accounts, "wang")
    people = accounts.people

    def open_again() -> None:
        people.activate(person.id, START, by="test")

    def renew() -> None:
        people.set_password(person.id, PASSWORD, START, by="test")

    for change in (open_again, renew):
        for _ in range(FREE_BY_NAME):
            sign_in(OTHER_PASSWORD)
        assert not sign_in()
        change()
        assert sign_in()


def test_many_guesses_at_once_are_no_more_than_one_after_the_other(accounts: Accounts, clock: Clock) -> None:
    add(accounts, "wang")
    checked = []

    class Watching(Passwords):
        def verify(self, kept: str | None, password: str) -> bool:
            checked.append(kept is not None)
            return super().verify(kept, password)

    watching = Watching(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    attempts = Attempts(accounts.people._engine, watching)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: attempts.authenticate("wang", f"guess number {n}", clock.now), range(24)))
    assert found == [None] * 24
    assert sum(checked) == FREE_BY_NAME
    assert len(checked) == 24


@pytest.fixture
def work(accounts: Accounts, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What an attempt costs, in order: statements, commits and hashes."""
    done: list[str] = []
    hasher = accounts.passwords._hasher
    verify = hasher.verify

    def counted(kept: str, password: bytes) -> bool:
        done.append("hash " + kept.rpartition("p=")[0])
        return bool(verify(kept, password))

    class Spy:
        hash, check_needs_rehash = hasher.hash, hasher.check_needs_rehash

    Spy.verify = staticmethod(counted)  # type: ignore[attr-defined]
    monkeypatch.setattr(accounts.passwords, "_hasher", Spy)

    def statement(_connection: object, _cursor: object, text: str, *_: object) -> None:
        done.append(text)

    def committed(_connection: object) -> None:
        done.append("commit")

    accounts.passwords.prepare()
    event.listen(engine, "before_cursor_execute", statement)
    event.listen(engine, "commit", committed)
    yield done
    event.remove(engine, "before_cursor_execute", statement)
    event.remove(engine, "commit", committed)


def test_an_unknown_name_costs_the_same_work_as_a_wrong_password(
    accounts: Accounts, work: list[str], clock: Clock
) -> None:
    add(accounts, "wang")
    add(accounts, "locked")
    add(accounts, "elsewhere", password=None)
    accounts.people.deactivate(add(accounts, "shut").id, clock.now, by="test")
    for _ in range(FREE_BY_NAME):
        accounts.attempts.authenticate("locked", OTHER_PASSWORD, clock.now)
    costs = {}
    for name in ("wang", "locked", "elsewhere", "shut", "nobody", "no\x00body", "x" * 9999):
        work.clear()
        assert accounts.attempts.authenticate(name, OTHER_PASSWORD, clock.now) is None
        costs[name] = list(work)
    assert sum(step.startswith("hash") for step in costs["wang"]) == 1
    assert sum(step == "commit" for step in costs["wang"]) == 1
    assert any(step.startswith("UPDATE people") for step in costs["wang"])
    assert all(cost == costs["wang"] for cost in costs.values()), costs


def test_the_stand_in_for_unknown_names_is_never_seen(accounts: Accounts, sign_in: SignIn) -> None:
    add(accounts, "wang")
    for _ in range(3):
        sign_in(name="nobody")
    assert [person.name for person in accounts.people.all()] == ["wang"]


def test_a_hash_of_old_cost_is_renewed_by_signing_in(accounts: Accounts, engine: Engine) -> None:
    made = add(accounts, "wang")
    dearer = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert Attempts(engine, dearer).authenticate("wang", PASSWORD, START) == made
    with engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT password_hash FROM people").scalar_one()
    assert "m=16,t=2" in kept
    assert dearer.verify(kept, PASSWORD)


@pytest.mark.parametrize("free", [FREE_BY_NAME, FREE_BY_ADDRESS])
def test_lock_times_never_shrink_and_are_bounded(free: int) -> None:
    times = [lock_time(failures, free) for failures in range(2000)]
    assert times == sorted(times)
    assert times[free - 1] == timedelta(0) < times[free]
    assert times[-1] == LONGEST


def test_an_address_that_keeps_failing_must_wait_for_longer_each_time(clock: Clock) -> None:
    lockout = AddressLockout()
    for _ in range(FREE_BY_ADDRESS - 1):
        lockout.failed("192.0.2.7", clock.now)
    assert lockout.wait("192.0.2.7", clock.now) == timedelta(0)
    waits = []
    for _ in range(7):
        lockout.failed("192.0.2.7", clock.now)
        waits.append(lockout.wait("192.0.2.7", clock.now).total_seconds())
        clock.pass_(seconds=waits[-1])
        assert lockout.wait("192.0.2.7", clock.now) == timedelta(0)
    assert waits == [30, 60, 120, 240, 480, 900, 900]
    assert lockout.wait("192.0.2.8", clock.now) == timedelta(0)


def test_addresses_kept_are_bounded_and_one_network_is_one_customer(clock: Clock) -> None:
    lockout = AddressLockout(kept=3)
    for _ in range(FREE_BY_ADDRESS):
        lockout.failed("2001:db8:1:2:aaaa::1", clock.now)
    assert lockout.wait("2001:db8:1:2:bbbb::2", clock.now) > timedelta(0)
    assert lockout.wait("2001:db8:1:3::1", clock.now) == timedelta(0)
    for number in range(4):
        lockout.failed(f"192.0.2.{number}", clock.now)
    assert len(lockout._failures) == 3
    assert address_key("::ffff:192.0.2.7") == address_key("192.0.2.7")
    assert address_key("unix:") == "unix:"
