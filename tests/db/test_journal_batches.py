"""Several facts as one, on both databases: all or none, found again by one key, and chained like any others."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import Engine, update

from priority.plans import load_plan
from tests.db.conftest import upgraded_engine as engine
from tests.web.incidents.logs import COMMANDER, DIRECTOR, DUTY, after, fact
from webmap.incidents.entries import Fact
from webmap.incidents.errors import ClientKeyReused, Conflict, Refused
from webmap.incidents.journal import Journal
from webmap.incidents.kept import KeptLogs
from webmap.storage.tables import ENTRIES
from webmap.storage.upgrade import upgrade

__all__ = ["engine"]

TOLD = fact("reported", 0, text="停电")


def note(text: str = "风大") -> Fact:
    return fact("note", 5, text=text)


@pytest.fixture
def journal(engine: Engine) -> Journal:
    upgrade(engine)
    return Journal(engine, load_plan, clock=lambda: after(60))


@pytest.fixture
def incident(journal: Journal) -> str:
    return journal.open("energy-chengqu", "东站停电", TOLD, DUTY, drill=False).incident_id


def test_a_batch_is_chained_and_found_again(journal: Journal, incident: str) -> None:
    facts = [note(str(number)) for number in range(5)]
    first = journal.append_all(incident, facts, DUTY, client_key="k")
    assert [one.entry.number for one in first] == [2, 3, 4, 5, 6]
    journal.append(incident, note("其间"), COMMANDER)
    again = journal.append_all(incident, facts, DUTY, client_key="k")
    assert [one.is_new for one in again] == [False] * 5
    assert [one.entry for one in again] == [one.entry for one in first]
    head, breaks = journal.verify(incident)
    assert (head.number, breaks) == (7, [])


@pytest.mark.parametrize("count", [1, 4, 6])
def test_a_shorter_or_longer_request_with_the_key_is_another(journal: Journal, incident: str, count: int) -> None:
    facts = [note(str(number)) for number in range(6)]
    journal.append_all(incident, facts[:5], DUTY, client_key="k")
    with pytest.raises(ClientKeyReused):
        journal.append_all(incident, facts[:count], DUTY, client_key="k")
    assert journal.read(incident).length == 6


def test_a_refused_fact_keeps_the_others_out(journal: Journal, incident: str) -> None:
    ended = fact("level_ended", 9, office="办公室主任")
    with pytest.raises(Refused) as refused:
        journal.append_all(incident, [note(), ended, note()], DIRECTOR)
    assert refused.value.place == 1
    with pytest.raises(Refused):
        journal.open_all("energy-chengqu", "另一起", [TOLD, ended], DIRECTOR, drill=False)
    assert journal.read(incident).length == 1
    assert len(journal.incidents()) == 1


def test_a_batch_is_judged_as_if_written_one_by_one(journal: Journal, incident: str) -> None:
    started = fact("level_started", 9, office="办公室主任", level="III", recommended="III")
    ended = fact("level_ended", 12, office="办公室主任")
    journal.append_all(incident, [started, ended], DIRECTOR)
    with pytest.raises(Refused) as refused:
        journal.append_all(incident, [started, started], DIRECTOR)
    assert refused.value.code == "level_running"
    corrected = fact("correction", 20, corrects=4, replacement=None, reason="误记")
    journal.append_all(incident, [note(), corrected], DUTY)


def test_an_opening_of_several_facts_comes_once_from_many_at_once(journal: Journal) -> None:
    found: list[str] = []

    def open_one() -> None:
        written = journal.open_all(
            "energy-chengqu", "东站停电", [TOLD, note("一"), note("二")], DUTY, drill=True, client_key="k"
        )
        found.extend(one.incident_id for one in written)

    threads = [threading.Thread(target=open_one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 18
    (incident_id,) = set(found)
    assert journal.read(incident_id).length == 3
    assert journal.verify(incident_id)[1] == []


def test_batches_at_once_do_not_mix(journal: Journal, incident: str) -> None:
    def write(name: str) -> None:
        for number in range(5):
            journal.append_all(incident, [note(f"{name}{number}")] * 3, DUTY, client_key=f"{name}{number}")

    threads = [threading.Thread(target=write, args=(name,)) for name in "甲乙丙丁"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log = journal.read(incident)
    said = [entry.fact.text for entry in log.entries[1:]]  # type: ignore[attr-defined]
    assert len(said) == 60
    assert all(len(set(said[place : place + 3])) == 1 for place in range(0, 60, 3))
    assert journal.verify(incident)[1] == []


def test_who_expects_another_end_writes_nothing_of_a_batch(journal: Journal, incident: str) -> None:
    journal.append(incident, note(), COMMANDER)
    with pytest.raises(Conflict) as conflict:
        journal.append_all(incident, [note("一"), note("二")], DUTY, expected_number=1)
    assert [entry.number for entry in conflict.value.entries] == [2]
    assert journal.read(incident).length == 2


def test_logs_that_are_kept_are_those_of_the_database(journal: Journal, incident: str) -> None:
    logs = KeptLogs(journal, kept=1)
    assert logs.look(incident) == journal.look(incident)
    journal.append_all(incident, [note("一"), note("二")], DUTY)
    assert logs.look(incident) == journal.look(incident)
    other = journal.open("energy-chengqu", "另一起", TOLD, DUTY, drill=True).incident_id
    assert logs.look(other) == journal.look(other)
    assert logs.look(incident) == journal.look(incident)
    # Another log stands there now, as after a backup was loaded.
    with journal.engine.begin() as connection:
        connection.execute(update(ENTRIES).where(ENTRIES.c.number == 3).values(body='{"text":"别的"}', hash="0"))
    assert logs.look(incident) == journal.look(incident)
