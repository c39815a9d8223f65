from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event, select

from tests.web.accounts.conftest import OTHER_PASSWORD, START, Clock, add
from webmap.accounts.accounts import Accounts
from webmap.accounts.roles import Grant, Role
from webmap.accounts.sessions import ABSOLUTE, IDLE, Sessions
from webmap.storage.engine import one_moment, open_engine, writing
from webmap.storage.tables import SESSIONS


def test_a_session_is_found_by_its_token_alone_and_only_its_hash_is_kept(accounts: Accounts) -> None:
    person = add(accounts, "wang", Role.OBSERVER)
    new = accounts.sessions.begin(person.id, "192.0.2.7", START)
    found = accounts.sessions.find(new.token, START)
    assert found is not None
    assert (found.person, found.csrf) == (person, new.csrf)
    with one_moment(accounts.people._engine) as connection:
        row = connection.execute(select(SESSIONS)).one()
    assert row.token_hash == hashlib.sha256(new.token.encode()).hexdigest()
    assert new.token not in map(str, row)
    assert row.address == "192.0.2.7"
    for wrong in ("", row.token_hash, new.token[:-1], new.token + "x", new.token.swapcase(), "\x00", "\ud800"):
        assert accounts.sessions.find(wrong, START) is None


def test_a_session_ends_when_nobody_uses_it(accounts: Accounts, clock: Clock) -> None:
    token = accounts.sessions.begin(add(accounts, "wang").id, "", START).token
    for _ in range(3):
        assert accounts.sessions.find(token, clock.pass_(seconds=IDLE.total_seconds() - 1))
    assert accounts.sessions.find(token, clock.now + IDLE) is None


def test_a_session_ends_after_a_watch_however_busy_it_was(accounts: Accounts, clock: Clock) -> None:
    token = accounts.sessions.begin(add(accounts, "wang").id, "", START).token
    while clock.pass_(hours=1) < START + ABSOLUTE:
        assert accounts.sessions.find(token, clock.now)
    assert accounts.sessions.find(token, START + ABSOLUTE) is None
    assert accounts.sessions.find(token, START + ABSOLUTE - timedelta(seconds=1))


def test_use_is_written_once_a_minute_at_most(accounts: Accounts, clock: Clock) -> None:
    token = accounts.sessions.begin(add(accounts, "wang").id, "", START).token

    def seen() -> str:
        with one_moment(accounts.people._engine) as connection:
            return str(connection.scalar(select(SESSIONS.c.last_seen_at)))

    accounts.sessions.find(token, clock.pass_(seconds=59))
    assert seen() == "2026-01-12T08:00:00.000000+00:00"
    accounts.sessions.find(token, clock.pass_(seconds=1))
    assert seen() == "2026-01-12T08:01:00.000000+00:00"
    accounts.sessions._seen(hashlib.sha256(token.encode()).hexdigest(), START)
    assert seen() == "2026-01-12T08:01:00.000000+00:00", "a request that was overtaken takes nothing back"


def test_signing_in_again_replaces_the_token_and_clears_what_has_expired(accounts: Accounts, clock: Clock) -> None:
    person, other = add(accounts, "wang"), add(accounts, "li")
    old = accounts.sessions.begin(person.id, "", START)
    accounts.sessions.begin(other.id, "", START)
    clock.pass_(hours=1)
    kept = accounts.sessions.begin(other.id, "", clock.now)
    clock.pass_(minutes=61)
    new = accounts.sessions.begin(person.id, "", clock.now, replaces=old.token)
    assert len({old.token, new.token, kept.token}) == 3
    assert old.csrf != new.csrf
    with one_moment(accounts.people._engine) as connection:
        left = set(connection.scalars(select(SESSIONS.c.token_hash)))
    assert left == {hashlib.sha256(token.encode()).hexdigest() for token in (kept.token, new.token)}


def test_reading_goes_on_while_another_writes_for_long(accounts: Accounts, engine: Engine, clock: Clock) -> None:
    token = accounts.sessions.begin(add(accounts, "wang").id, "", START).token
    url = engine.url
    if engine.dialect.name == "postgresql":
        url = url.update_query_dict({"options": "-c lock_timeout=20"})
    impatient = open_engine(url.render_as_string(hide_password=False))
    if engine.dialect.name == "sqlite":
        event.listen(impatient, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=20").close())
    with writing(engine) as connection:
        connection.execute(SESSIONS.update().values(address="elsewhere"))
        assert Sessions(impatient).find(token, clock.pass_(minutes=5)) is not None
    impatient.dispose()


def test_rights_are_those_of_the_moment(accounts: Accounts) -> None:
    person = add(accounts, "wang", Role.COMMANDER)
    token = accounts.sessions.begin(person.id, "", START).token
    accounts.people.revoke(person.id, Grant(Role.COMMANDER), START, by="test")
    found = accounts.sessions.find(token, START)
    assert found is not None
    assert found.person.grants == frozenset()


def test_leaving_a_new_password_or_a_shut_account_end_sessions(accounts: Accounts) -> None:
    person = add(accounts, "wang")
    changes = (
        accounts.sessions.end,
        lambda _: accounts.sessions.end_all(person.id, START, by="test"),
        lambda _: accounts.people.set_password(person.id, OTHER_PASSWORD, START, by="test"),
        lambda _: accounts.people.deactivate(person.id, START, by="test"),
    )
    for change in changes:
        token = accounts.sessions.begin(person.id, "", START).token
        assert accounts.sessions.find(token, START)
        change(token)
        assert accounts.sessions.find(token, START) is None
    accounts.people.activate(person.id, START, by="test")
    assert accounts.sessions.find(token, START) is None


def test_a_session_begun_while_the_account_was_being_shut_opens_nothing(accounts: Accounts) -> None:
    person = add(accounts, "wang")
    accounts.people.deactivate(person.id, START, by="test")
    token = accounts.sessions.begin(person.id, "", START).token
    assert accounts.sessions.find(token, START) is None


def test_many_sessions_at_once(accounts: Accounts) -> None:
    ids = [add(accounts, f"p{number}").id for number in range(4)]

    def one(number: int) -> bool:
        token = accounts.sessions.begin(ids[number % 4], "", START).token
        found = accounts.sessions.find(token, START + timedelta(minutes=2))
        return found is not None and found.person.id == ids[number % 4]

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(one, range(32)))


@pytest.mark.parametrize("naive", [START.replace(tzinfo=None)])
def test_a_moment_without_an_offset_is_refused(accounts: Accounts, naive: object) -> None:
    person = add(accounts, "wang")
    with pytest.raises(ValueError, match="offset"):
        accounts.sessions.begin(person.id, "", naive)  # type: ignore[arg-type]


def test_a_person_sees_their_sessions_and_ends_them_singly_or_all_others(accounts: Accounts, clock: Clock) -> None:
    person, other = add(accounts, "wang"), add(accounts, "li")
    assert accounts.sessions.of(person.id, START) == []
    accounts.sessions.begin(person.id, "192.0.2.1", START)
    clock.pass_(minutes=61)
    here = accounts.sessions.begin(person.id, "192.0.2.2", clock.now)
    third = accounts.sessions.begin(person.id, "192.0.2.3", clock.pass_(minutes=1))
    foreign = accounts.sessions.begin(other.id, "192.0.2.4", clock.now)
    listed = accounts.sessions.of(person.id, clock.now, present=here.token)
    assert [(session.address, session.present) for session in listed] == [
        ("192.0.2.3", False),
        ("192.0.2.2", True),
        ("192.0.2.1", False),
    ]
    assert (listed[2].created_at, listed[2].last_seen_at) == (START, START)
    assert not any(session.id in here.token or here.token in session.id for session in listed)
    idle = clock.pass_(minutes=58)
    assert [session.address for session in accounts.sessions.of(person.id, idle)] == ["192.0.2.3", "192.0.2.2"]
    assert accounts.sessions.last_seen(idle) == {person.id: listed[0].last_seen_at, other.id: listed[0].last_seen_at}
    assert not accounts.sessions.end_one(other.id, listed[0].id, START, by="test"), "nobody ends another's"
    assert not accounts.sessions.end_one(person.id, "", START, by="test")
    assert accounts.sessions.end_one(person.id, listed[0].id, START, by="test")
    assert accounts.sessions.find(third.token, idle) is None
    assert accounts.sessions.end_others(person.id, here.token, START, by="test") == 1
    assert accounts.sessions.find(here.token, idle)
    assert accounts.sessions.find(foreign.token, idle)
