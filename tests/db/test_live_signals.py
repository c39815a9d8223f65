"""What one process writes another one hears of, on both databases; on PostgreSQL also after the connection was lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text

from tests.db.live_writers import PLAN, append_notes, nudge
from tests.forked import forking
from tests.web.incidents.logs import DUTY, fact
from webmap.incidents.admission import read_fact
from webmap.incidents.journal import Journal
from webmap.live.signals import Signals

PATIENCE_S = 20.0


class Ear:
    """Notes what it hears, with the moment."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.entries: list[str] = []
        self.nudges: list[tuple[str, str | None]] = []
        self.looks = 0

    def entries_written(self, incident_id: str) -> None:
        with self.changed:
            self.entries.append(incident_id)
            self.changed.notify_all()

    def nudged(self, what: str, incident_id: str | None) -> None:
        with self.changed:
            self.nudges.append((what, incident_id))
            self.changed.notify_all()

    def look_again(self) -> None:
        with self.changed:
            self.looks += 1
            self.changed.notify_all()

    def await_looks(self, count: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.looks >= count, PATIENCE_S)

    def await_entries(self, count: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.entries) >= count, PATIENCE_S), self.entries

    def await_nudges(self, count: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.nudges) >= count, PATIENCE_S), self.nudges


@pytest.fixture
def journal(upgraded_engine: Engine) -> Journal:
    return Journal(upgraded_engine, {PLAN.key: PLAN}.__getitem__)


@pytest.fixture
def ear(journal: Journal) -> Iterator[Ear]:
    """Somebody who listens in this process, from a moment at which everything had been looked at."""
    ear, signals = Ear(), Signals(journal.engine)
    journal.turns.on_stored = signals.entries_written
    signals.listen(ear)
    ear.await_looks(1)
    yield ear
    signals.stop()


def _open(journal: Journal) -> str:
    return journal.open(PLAN.key, "东站停电", fact("reported", 0, text="停电"), DUTY, drill=False).incident_id


def _url(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def test_what_is_stored_is_heard_of_within_the_process(journal: Journal, ear: Ear) -> None:
    incident = _open(journal)
    ear.await_entries(1)
    journal.append(incident, fact("note", 1, text="已派人"), DUTY)
    ear.await_entries(2)
    assert ear.entries == [incident, incident]


def test_what_is_not_stored_is_not_heard_of(journal: Journal, ear: Ear) -> None:
    incident = _open(journal)
    ear.await_entries(1)

    def write_and_fail() -> None:
        with journal.writing() as connection:
            moment = datetime.now(UTC)
            said = read_fact({"kind": "note", "happened_at": moment.isoformat(timespec="seconds"), "text": "不算"})
            journal.append_for_register(connection, incident, said, DUTY, not_before=moment)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        write_and_fail()
    journal.append(incident, fact("note", 1, text="算"), DUTY)
    ear.await_entries(2)
    time.sleep(0.05)
    assert ear.entries == [incident, incident]
    assert journal.read(incident).length == 2


def test_what_another_process_writes_is_heard_of_or_looked_for(journal: Journal, ear: Ear) -> None:
    incident = _open(journal)
    ear.await_entries(1)
    writer = forking().Process(target=append_notes, args=(_url(journal.engine), incident, 3))
    looks = ear.looks
    writer.start()
    writer.join(PATIENCE_S)
    assert writer.exitcode == 0
    if journal.engine.dialect.name == "postgresql":
        ear.await_entries(4)
        assert ear.entries == [incident] * 4
    else:  # SQLite tells nobody: what is watched is looked at twice a second
        begun = time.monotonic()
        ear.await_looks(looks + 4)
        assert time.monotonic() - begun < 5


@pytest.mark.parametrize("upgraded_engine", ["postgresql"], indirect=True)
def test_a_nudge_of_another_process_is_heard(journal: Journal, ear: Ear) -> None:
    for what, incident in (("drill", "i-1"), ("attention", None)):
        process = forking().Process(target=nudge, args=(_url(journal.engine), what, incident))
        process.start()
        process.join(PATIENCE_S)
    ear.await_nudges(2)
    assert ear.nudges == [("drill", "i-1"), ("attention", None)]


@pytest.mark.parametrize("upgraded_engine", ["postgresql"], indirect=True)
def test_a_nudge_within_a_transaction_is_told_at_its_commit(journal: Journal, ear: Ear) -> None:
    signals = Signals(journal.engine)
    with journal.writing() as connection:
        signals.nudge("warnings", "i-1", connection)
        signals.nudge("attention")
        ear.await_nudges(1)
    ear.await_nudges(2)
    assert ear.nudges == [("attention", None), ("warnings", "i-1")]


@pytest.mark.parametrize("upgraded_engine", ["postgresql"], indirect=True)
def test_after_a_lost_connection_everything_is_looked_at_and_heard_again(journal: Journal, ear: Ear) -> None:
    incident = _open(journal)
    ear.await_entries(1)
    looks = ear.looks
    listening = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query = :said"
    deadline = time.monotonic() + PATIENCE_S
    ended = 0
    while not ended and time.monotonic() < deadline:  # what it did last is a look now and then
        with journal.engine.connect() as connection:
            for said in ('LISTEN "webmap_live"', "SELECT 1"):
                ended += len(connection.execute(text(listening), {"said": said}).all())
    assert ended
    ear.await_looks(looks + 1)
    journal.append(incident, fact("note", 1, text="还在"), DUTY)
    ear.await_entries(2)


@pytest.mark.parametrize("upgraded_engine", ["postgresql"], indirect=True)
def test_messages_of_others_on_the_channel_are_nobodys(journal: Journal, ear: Ear) -> None:
    with journal.engine.begin() as connection:
        for payload in ("", "{", "[]", '{"what": 3}', '{"what": "entries"}'):
            connection.execute(text("SELECT pg_notify('webmap_live', :payload)"), {"payload": payload})
    incident = _open(journal)
    ear.await_entries(1)
    assert (ear.entries, ear.nudges) == ([incident], [])
