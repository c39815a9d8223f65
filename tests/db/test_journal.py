"""The journal on both databases: what it answers is stored, in one chain, once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, select, text, update

from priority.errors import UnknownPlan
from priority.plans import load_plan
from tests.db.conftest import upgraded_engine as engine
from tests.web.incidents.logs import COMMANDER, DIRECTOR, DUTY, after, fact
from webmap.incidents.effective import effective_facts
from webmap.incidents.entries import Fact
from webmap.incidents.errors import ClientKeyReused, Conflict, InvalidEntry, Refused, UnknownIncident, UnreadableEntry
from webmap.incidents.fold import fold
from webmap.incidents.journal import Journal, Written
from webmap.incidents.records import Author
from webmap.storage.tables import ENTRIES, INCIDENTS
from webmap.storage.upgrade import upgrade

__all__ = ["engine"]

PLAN = "energy-chengqu"
WRITERS = 200


@pytest.fixture
def journal(engine: Engine) -> Journal:
    upgrade(engine)
    return Journal(engine, load_plan)


def opened(journal: Journal, name: str = "东站停电", *, drill: bool = False, **more: str) -> Written:
    return journal.open(PLAN, name, fact("reported", 0, text="东站全停"), DUTY, drill=drill, **more)  # type: ignore[arg-type]


def note(text_: str = "甲", minute: float = 1) -> Fact:
    return fact("note", minute, text=text_)


def started(minute: float = 10) -> Fact:
    return fact("level_started", minute, office="办公室主任", level="III", recommended="III")


def intact(journal: Journal, incident_id: str) -> int:
    """Return the length of a log after checking it."""
    head, found = journal.verify(incident_id)
    assert found == []
    return head.number


def test_what_was_written_is_read_back(journal: Journal) -> None:
    first = opened(journal)
    second = journal.append(first.incident_id, fact("fault_located", 5, element="e-1", clause="4.5.1"), DUTY)
    log = journal.read(first.incident_id)
    assert list(log.entries) == [first.entry, second.entry]
    assert (log.opening.plan, log.opening.drill, log.opening.name) == (PLAN, False, "东站停电")
    assert (second.entry.number, second.entry.author_name, second.is_new) == (2, DUTY.name, True)
    assert journal.read(first.incident_id, after=1).entries == [second.entry]
    assert fold(log, after(9)).document["faults"] == [{"element": "e-1", "at": after(5).isoformat()}]
    assert intact(journal, first.incident_id) == 2


def test_two_hundred_writers_at_once_all_succeed(journal: Journal) -> None:
    incident_id = opened(journal).incident_id

    def write(number: int) -> list[int]:
        author = Author(f"p-{number}", f"值班员{number}")
        return [journal.append(incident_id, note(f"{number}-{turn}"), author).entry.number for turn in range(3)]

    with ThreadPoolExecutor(WRITERS) as writers:
        answered = list(writers.map(write, range(WRITERS)))
    assert intact(journal, incident_id) == 1 + 3 * WRITERS
    assert sorted(number for numbers in answered for number in numbers) == list(range(2, 2 + 3 * WRITERS))
    texts = {entry.number: entry.fact.text for entry in journal.read(incident_id).entries}  # type: ignore[attr-defined]
    for writer, numbers in enumerate(answered):
        assert [texts[number] for number in numbers] == [f"{writer}-{turn}" for turn in range(3)]


def test_of_two_who_start_a_response_at_once_one_is_told(journal: Journal) -> None:
    incident_id = opened(journal).incident_id

    def start(_: int) -> str:
        try:
            journal.append(incident_id, started(), DIRECTOR)
        except Refused as refused:
            return refused.code
        return "started"

    with ThreadPoolExecutor(8) as directors:
        told = sorted(directors.map(start, range(8)))
    assert told == ["level_running"] * 7 + ["started"]
    assert intact(journal, incident_id) == 2


def test_a_repeated_request_writes_nothing_new(journal: Journal) -> None:
    incident_id = opened(journal).incident_id
    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(lambda _: journal.append(incident_id, note(), DUTY, client_key="k-1"), range(20)))
    assert {answer.entry.number for answer in answers} == {2}
    assert sum(answer.is_new for answer in answers) == 1
    # Also when others have written meanwhile, and although the number expected then is not the last any more.
    journal.append(incident_id, note("乙"), COMMANDER)
    again = journal.append(incident_id, note(), DUTY, client_key="k-1", expected_number=1)
    assert (again.entry, again.is_new) == (answers[0].entry, False)
    assert intact(journal, incident_id) == 3


def test_a_key_used_for_something_else_is_told(journal: Journal) -> None:
    incident_id = opened(journal).incident_id
    journal.append(incident_id, note(), DUTY, client_key="k-1")
    for other, author in ((note("乙"), DUTY), (note(minute=2), DUTY), (note(), COMMANDER)):
        with pytest.raises(ClientKeyReused):
            journal.append(incident_id, other, author, client_key="k-1")
    # The same key in another incident is another key.
    elsewhere = opened(journal, "西站停电").incident_id
    assert journal.append(elsewhere, note("乙"), DUTY, client_key="k-1").is_new


def test_an_incident_is_opened_once(journal: Journal) -> None:
    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(lambda _: opened(journal, client_key="o-1"), range(10)))
    assert len({answer.incident_id for answer in answers}) == 1
    assert sum(answer.is_new for answer in answers) == 1
    assert len(journal.incidents()) == 1
    with pytest.raises(ClientKeyReused):
        opened(journal, drill=True, client_key="o-1")
    other = journal.open(
        PLAN, "东站停电", fact("reported", 0, text="东站全停"), COMMANDER, drill=False, client_key="o-1"
    )
    assert other.is_new
    assert opened(journal).is_new
    assert len(journal.incidents()) == 3


def test_who_has_not_seen_the_last_entry_is_told_what_was_written(journal: Journal) -> None:
    incident_id = opened(journal).incident_id
    journal.append(incident_id, started(), DIRECTOR, expected_number=1)
    since = journal.append(incident_id, note("已到场"), DUTY)
    raised = fact("level_changed", 20, office="指挥长", level="II", recommended="II")
    with pytest.raises(Conflict) as conflict:
        journal.append(incident_id, raised, COMMANDER, expected_number=2)
    assert (conflict.value.length, conflict.value.entries) == (3, (since.entry,))
    with pytest.raises(Conflict):
        journal.append(incident_id, raised, COMMANDER, expected_number=9)
    assert journal.append(incident_id, raised, COMMANDER, expected_number=3).entry.number == 4


def test_what_is_refused_leaves_no_trace(journal: Journal) -> None:
    incident_id = opened(journal).incident_id
    journal.append(incident_id, started(), DIRECTOR)
    raised = fact("level_changed", 20, office="指挥长", level="II", recommended="III", reason="还在扩大")
    journal.append(incident_id, raised, COMMANDER)
    with pytest.raises(Refused) as refused:
        journal.append(incident_id, fact("level_ended", 40, office="办公室主任"), DIRECTOR)
    assert (refused.value.code, refused.value.clause) == ("not_ending", "4.4")
    with pytest.raises(InvalidEntry):
        journal.append(incident_id, note(), DUTY, client_key="")
    with pytest.raises(InvalidEntry):
        journal.append(incident_id, fact("figure_reported", 5, figure="deaths", value=1), DUTY)
    assert intact(journal, incident_id) == 3
    with pytest.raises(UnknownPlan):
        journal.open("atlantis", "无", fact("reported", 0, text="无"), DUTY, drill=False)
    with pytest.raises(Refused):
        journal.open(PLAN, "无", note(), DUTY, drill=False)
    assert len(journal.incidents()) == 1


def test_a_correction_is_checked_against_what_it_corrects(journal: Journal) -> None:
    incident_id = opened(journal).incident_id
    journal.append(incident_id, fact("fault_located", 5, element="e-1"), DUTY)
    for number in range(20):
        journal.append(incident_id, note(str(number)), DUTY)
    replacement = fact("fault_located", 6, element="e-2").model_dump(mode="json")
    for corrects, code in ((99, "correction_of_nothing"), (3, "correction_of_other_kind")):
        with pytest.raises(Refused) as refused:
            journal.append(
                incident_id, fact("correction", 9, corrects=corrects, replacement=replacement, reason="错"), DUTY
            )
        assert refused.value.code == code
    journal.append(incident_id, fact("correction", 9, corrects=2, replacement=replacement, reason="错"), DUTY)
    found = fold(journal.read(incident_id), after(30)).document["faults"]
    assert found == [{"element": "e-2", "at": after(6).isoformat()}]


def test_incidents_are_listed_by_what_became_of_them(journal: Journal) -> None:
    running = opened(journal, "进行中").incident_id
    ended = opened(journal, "已结束").incident_id
    drill = opened(journal, "演习", drill=True).incident_id
    mistaken = opened(journal, "误报").incident_id
    for incident_id in (running, ended, drill):
        journal.append(incident_id, started(), DIRECTOR)
    journal.append(ended, fact("level_ended", 40, office="办公室主任"), DIRECTOR)
    journal.append(mistaken, fact("closed", 5, reason="误报"), DUTY)
    assert [one.opening.incident_id for one in journal.incidents()] == [mistaken, drill, ended, running]
    assert [one.opening.incident_id for one in journal.incidents("running")] == [running]
    assert [one.opening.incident_id for one in journal.incidents("ended")] == [mistaken, ended]
    (found,) = journal.incidents("drills")
    assert (found.opening.incident_id, found.opening.drill, found.level, found.length) == (drill, True, "III", 2)
    # The end was a mistake and is withdrawn: it runs again.
    withdrawn = fact("correction", 50, corrects=3, replacement=None, reason="未结束", office="办公室主任")
    journal.append(ended, withdrawn, DIRECTOR)
    assert {one.opening.incident_id for one in journal.incidents("running")} == {running, ended}


def test_damage_after_the_end_is_listed_among_those_that_run(journal: Journal) -> None:
    whole, broken, before = (opened(journal, name).incident_id for name in ("甲", "乙", "丙"))
    for incident_id in (whole, broken, before):
        journal.append(incident_id, fact("closed", 20, reason="误报"), DUTY)
    journal.append(whole, fact("road_closed", 30, road="r-1", closed=False), DUTY)
    journal.append(broken, fact("fault_located", 30, element="e-1"), DUTY)
    journal.append(before, fact("fault_located", 10, element="e-1"), DUTY)
    assert [one.opening.incident_id for one in journal.incidents("running")] == [broken]
    journal.append(broken, fact("correction", 40, corrects=3, replacement=None, reason="看错"), DUTY)
    journal.append(broken, fact("note", 41, text="x"), DUTY)
    assert journal.incidents("running") == []
    assert [entry.number for entry in journal.spoken_of(broken, {3})] == [3, 4]


def test_the_list_says_when_each_began_by_what_counts(journal: Journal) -> None:
    """The first in time may be written last, withdrawn, or corrected to a later moment; incidents do not mix."""
    plain, mended = opened(journal, "甲").incident_id, opened(journal, "乙").incident_id
    journal.append(plain, fact("note", -5, text="早先"), DUTY)
    for minute, corrects, replaced in ((7, 1, "reported"), (9, 2, "note")):
        journal.append(mended, fact("note", -30 + minute, text="x"), DUTY)
        replacement = fact(replaced, minute, text="更正").model_dump(mode="json")
        journal.append(mended, fact("correction", 9, corrects=corrects, replacement=replacement, reason="错"), DUTY)
    journal.append(mended, fact("correction", 9, corrects=4, replacement=None, reason="错"), DUTY)
    began = {one.opening.incident_id: one.began_at for one in journal.incidents()}
    for incident_id in (plain, mended):
        first = effective_facts(journal.read(incident_id).entries)[0].fact.happened_at
        assert began[incident_id] == first.isoformat()
    assert (began[plain], began[mended]) == (after(-5).isoformat(), after(7).isoformat())


def test_a_clock_set_back_does_not_turn_the_order_of_writing(engine: Engine) -> None:
    upgrade(engine)
    times = iter([after(60), after(90), after(30), after(91)])
    journal = Journal(engine, load_plan, clock=lambda: next(times))
    incident_id = opened(journal).incident_id
    for _ in range(3):
        journal.append(incident_id, note(), DUTY)
    written = [entry.written_at for entry in journal.read(incident_id).entries]
    assert written == [after(60), after(90), after(90), after(91)]
    assert len(journal.read(incident_id).known_at(after(90)).entries) == 3


def test_what_was_believed_when(engine: Engine) -> None:
    upgrade(engine)
    clock = [after(60)]
    journal = Journal(engine, load_plan, clock=lambda: clock[0])
    incident_id = opened(journal).incident_id
    clock[0] += timedelta(hours=2)
    journal.append(incident_id, fact("fault_located", 30, element="e-1"), DUTY)
    log = journal.read(incident_id)
    faults: Callable[[datetime], object] = lambda known: fold(log.known_at(known), after(45)).document.get("faults")  # noqa: E731
    assert faults(after(100)) is None
    assert faults(after(180)) == [{"element": "e-1", "at": after(30).isoformat()}]


def test_unknown_incidents_are_told(journal: Journal) -> None:
    for ask in (journal.read, journal.verify, lambda key: journal.append(key, note(), DUTY)):
        with pytest.raises(UnknownIncident):
            ask("no such incident")


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        (update(ENTRIES).where(ENTRIES.c.number == 2).values(body='{"text":"假"}'), (2, "content")),
        (update(ENTRIES).where(ENTRIES.c.number == 3).values(author_name="别人"), (3, "content")),
        (update(ENTRIES).where(ENTRIES.c.number == 2).values(happened_utc="2026-01-01T00:00:00Z"), (2, "sort_time")),
        (delete(ENTRIES).where(ENTRIES.c.number == 2), (2, "missing")),
        (delete(ENTRIES).where(ENTRIES.c.number == 4), (0, "head")),
        (update(INCIDENTS).values(drill=True), (1, "opening")),
        (update(INCIDENTS).values(length=3), (0, "head")),
    ],
)
def test_tampering_in_the_database_is_found(journal: Journal, statement: object, what: tuple[int, str]) -> None:
    incident_id = opened(journal).incident_id
    for number in range(3):
        journal.append(incident_id, note(str(number)), DUTY)
    with journal.engine.begin() as connection:
        connection.execute(statement)  # type: ignore[call-overload]
    _, found = journal.verify(incident_id)
    assert what in [(one.number, one.what) for one in found]


def test_an_entry_of_a_later_version_is_named(journal: Journal) -> None:
    incident_id = opened(journal).incident_id
    journal.append(incident_id, note(), DUTY)
    with journal.engine.begin() as connection:
        connection.execute(update(ENTRIES).where(ENTRIES.c.number == 2).values(kind="telepathy"))
    with pytest.raises(UnreadableEntry) as told:
        journal.read(incident_id)
    assert told.value.number == 2
    # Writing goes on: in an emergency the log is not closed over it.
    assert journal.append(incident_id, note(), DUTY).entry.number == 3


def test_an_append_on_postgresql_waits_for_the_disk_whatever_the_servers_setting(journal: Journal) -> None:
    if journal.engine.dialect.name != "postgresql":
        with journal.engine.connect() as connection:
            assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 2  # FULL
        return
    incident_id = opened(journal).incident_id
    told = []
    with journal.engine.connect() as connection:
        assert connection.execute(text("SHOW synchronous_commit")).scalar_one() == "off"  # as the test server has it
    with journal.writing() as connection:
        told.append(connection.execute(text("SHOW synchronous_commit")).scalar_one())
        assert connection.execute(select(INCIDENTS.c.id)).scalar_one() == incident_id
    assert told == ["on"]
