"""Drills on both databases: each step is written once, whoever plays it and whatever ends in between."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from tests.db.conftest import upgraded_engine as engine
from tests.db.drill_runs import SCRIPT, Process
from tests.web.drills.scripts import Clock
from webmap.drills.claims import LEASE_S, DrillClaims
from webmap.drills.errors import DrillRefused, UnknownDrill
from webmap.drills.runs import DrillRuns, Run
from webmap.drills.worker import DrillWorker
from webmap.storage.engine import open_engine

__all__ = ["engine"]

MakeProcess = Callable[[], Process]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def process(engine: Engine, clock: Clock) -> Process:
    return Process(engine, clock)


@pytest.fixture
def another(engine: Engine, clock: Clock) -> Iterator[MakeProcess]:
    """Makes further processes over the same database."""
    engines: list[Engine] = []

    def make() -> Process:
        engines.append(open_engine(engine.url.render_as_string(hide_password=False)))
        return Process(engines[-1], clock)

    yield make
    for own in engines:
        own.dispose()


def test_what_is_due_at_once_is_written_in_order(process: Process) -> None:
    incident = process.begun(speed=600)
    process.turn()
    process.turn(60)
    assert process.texts(incident) == ["1", "2", "3", "4", "5", "6"]
    assert process.runs.read(incident).state == "done"


def test_of_several_processes_each_drill_is_played_by_one(process: Process, another: MakeProcess, clock: Clock) -> None:
    incidents = [process.begun(speed=600) for _ in range(4)]
    processes = [another() for _ in range(3)]
    together = threading.Barrier(3)

    def play(own: Process) -> None:
        together.wait()
        own.worker.turn()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(play, processes))
        assert sum(len(own.worker.claims.mine()) for own in processes) == 4
        clock.forward(1)
        for _ in range(6):
            list(pool.map(play, processes))
    for incident in incidents:
        assert process.texts(incident) == ["1", "2", "3", "4", "5", "6"]


def test_a_step_that_was_written_as_its_process_ended_is_not_written_again(
    process: Process, another: MakeProcess, clock: Clock
) -> None:
    incident = process.begun()
    process.turn()
    clock.forward(60)
    # Written, and the process ends before it could say so.
    assert process.player.take(process.worker.claims.mine()[0]) == "written"
    clock.forward(LEASE_S + 1)
    other = another()
    other.turn()
    other.turn(61)
    assert process.texts(incident) == ["1", "2"]
    assert other.runs.read(incident).position == 2
    other.turn(60)
    assert process.texts(incident) == ["1", "2", "3"]


def test_two_that_take_the_same_step_write_it_once(process: Process, another: MakeProcess, clock: Clock) -> None:
    incident = process.begun()
    process.turn()
    clock.forward(60)
    run = process.worker.claims.mine()[0]
    players = [process.player, another().player]
    together = threading.Barrier(2)

    def take(number: int) -> str:
        together.wait()
        return players[number].take(run)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(take, range(2)))
    assert process.texts(incident) == ["1", "2"]


def test_while_nobody_plays_a_drill_stands_still(process: Process, another: MakeProcess, clock: Clock) -> None:
    incident = process.begun()
    process.turn(0)
    process.turn(65)
    clock.forward(86_400)
    other = another()
    other.turn()
    assert process.texts(incident) == ["1", "2"]
    assert other.runs.read(incident).course.drill_s(clock()) < 120
    other.turn(60)
    assert process.texts(incident) == ["1", "2", "3"]


def test_a_process_that_ends_in_order_leaves_its_drills_to_others(process: Process, another: MakeProcess) -> None:
    incident = process.begun()
    process.turn(0)
    process.turn(30)
    other = another()
    other.turn()
    assert other.worker.claims.mine() == []
    process.worker.claims.release()
    other.turn()
    assert [run.incident_id for run in other.worker.claims.mine()] == [incident]
    assert other.runs.read(incident).course.drill_s(other.clock()) == pytest.approx(30, abs=1)


def test_held_from_elsewhere_nothing_more_is_written(process: Process, another: MakeProcess) -> None:
    incident = process.begun()
    process.turn(0)
    process.turn(61)
    elsewhere = another().runs
    elsewhere.pause(incident)
    process.turn(3600)
    assert process.texts(incident) == ["1", "2"]
    elsewhere.step(incident)
    process.turn()
    assert process.texts(incident) == ["1", "2", "3"]
    elsewhere.set_speed(incident, 600)
    process.turn(3600)
    assert process.texts(incident) == ["1", "2", "3"]
    elsewhere.resume(incident)
    process.turn(0.1)
    assert process.texts(incident) == ["1", "2", "3", "4"]
    elsewhere.stop(incident)
    process.turn(3600)
    assert process.texts(incident) == ["1", "2", "3", "4"]
    for change in (elsewhere.pause, elsewhere.resume, elsewhere.step, elsewhere.stop):
        with pytest.raises(DrillRefused) as refused:
            change(incident)
        assert refused.value.rule == "over"
    with pytest.raises(UnknownDrill):
        elsewhere.pause("nowhere")


def test_held_as_a_step_is_due_it_waits_for_that_step_too(process: Process) -> None:
    incident = process.begun()
    process.turn(0)
    process.clock.forward(61)
    process.runs.pause(incident)
    process.turn(60)
    assert process.texts(incident) == ["1"]
    process.runs.resume(incident)
    process.turn(0.1)
    assert process.texts(incident) == ["1", "2"]


def test_what_was_stopped_while_a_step_was_written_is_not_gone_on_with(process: Process) -> None:
    incident = process.begun()
    process.turn(0)
    process.clock.forward(60)

    def take(run: Run) -> str:
        process.runs.stop(run.incident_id)
        return process.player.take(run)

    DrillWorker(process.worker.claims, take).turn()  # type: ignore[arg-type]
    run = process.runs.read(incident)
    assert (run.state, run.position) == ("stopped", 1)
    process.turn(600)
    assert process.texts(incident) == ["1", "2"]


def test_a_drill_begun_twice_plays_once(process: Process) -> None:
    incident = process.begun()
    run = process.runs.read(incident)
    assert not process.runs.begin(incident, run.prepared, SCRIPT.id, SCRIPT.name, run.begins_at, 600)
    assert process.runs.read(incident).course.speed == 1


def test_its_thread_plays_by_itself_and_ends_when_told(process: Process, engine: Engine) -> None:
    told: list[str] = []
    worker = DrillWorker(DrillClaims(engine), process.player.take, told.append)
    runs = DrillRuns(engine)
    incident = process.begun(speed=600)
    # Begun by a clock of long ago, it goes on by the one on the wall.
    runs.pause(incident)
    runs.resume(incident)
    worker.start()
    deadline = time.monotonic() + 20
    while runs.read(incident).state != "done":
        assert time.monotonic() < deadline
        time.sleep(0.02)
    worker.stop()
    assert process.texts(incident) == ["1", "2", "3", "4", "5", "6"]
    assert told == [incident] * 5
