"""Streams of the real server: what other processes write arrives, and nothing is lost when the server is killed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from layers.store import open_store
from tests.db.live_server import Client, LiveServer
from tests.db.live_writers import PLAN
from tests.web.network import small_district
from webmap.accounts.accounts import Accounts
from webmap.accounts.roles import Grant, Role
from webmap.incidents.admission import read_fact
from webmap.incidents.journal import Journal
from webmap.incidents.records import Author

WRITER = Author("p-writer", "值班员甲")


@pytest.fixture
def server(upgraded_engine: Engine, tmp_path: Path) -> Iterator[LiveServer]:
    url = upgraded_engine.url.render_as_string(hide_password=False)
    store = open_store(url)
    store.replace(small_district(), note="small district")
    store.engine.dispose()
    server = LiveServer(url, tmp_path, WEBMAP_WORKERS="2", WEBMAP_THREADS="4", WEBMAP_LIVE_VIEWERS="20")
    server.start()
    yield server
    server.kill()


def _token(engine: Engine) -> str:
    accounts = Accounts(engine)
    now = accounts.clock()
    person = accounts.people.add("viewer", "观察员", None, now, grants=frozenset({Grant(Role.OBSERVER)}), by="test")
    return accounts.tokens.make(person.id, "live", now, by="test")[1]


def _note(journal: Journal, incident: str, text: str) -> int:
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    return journal.append(
        incident, read_fact({"kind": "note", "happened_at": moment, "text": text}), WRITER
    ).entry.number


def test_entries_of_another_process_arrive_and_a_killed_server_leaves_no_gap(
    upgraded_engine: Engine, server: LiveServer
) -> None:
    journal = Journal(upgraded_engine, {PLAN.key: PLAN}.__getitem__)
    reported = {"kind": "reported", "happened_at": datetime.now(UTC).isoformat(timespec="seconds"), "text": "停电"}
    incident = journal.open(PLAN.key, "东站停电", read_fact(reported), WRITER, drill=False).incident_id
    token = _token(upgraded_engine)
    # More than the threads for ordinary requests, and on PostgreSQL of both processes.
    clients = [Client(server.port, incident, token) for _ in range(12)]
    for client in clients:
        client.await_entry(1)
    # PostgreSQL tells it; only where it does not, it is looked for, after up to half a second or five.
    limit_s = 2.5 if upgraded_engine.dialect.name == "postgresql" else 4.0
    for _ in range(3):
        number = _note(journal, incident, "雪还在下")
        written = time.monotonic()
        for client in clients:
            client.await_entry(number)
            assert client.at[number] - written < limit_s
    writing = threading.Thread(target=_write_on, args=[journal, incident])
    writing.start()
    time.sleep(0.3)
    server.kill()
    server.start()
    writing.join()
    last = _note(journal, incident, "最后一条")
    for client in clients:
        client.await_entry(last)
        assert client.numbers == list(range(1, last + 1))
        assert client.connections >= 2
    took_s = server.stop()
    for client in clients:
        client.await_bye()
        client.stop()
        assert client.byes == ["restart"]
    assert took_s < 8


def _write_on(journal: Journal, incident: str) -> None:
    for _ in range(40):
        _note(journal, incident, "接着记")
        time.sleep(0.02)
