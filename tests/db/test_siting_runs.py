"""The queue of studies on both databases: each is computed once, stopped from anywhere, and told when it was left."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, update

from priority.errors import InvalidSiting, Problem
from priority.siting.effort import Progress
from tests.db.conftest import upgraded_engine as engine
from tests.db.siting_queue import OTHER, PLANNER, Slow, added, answered, new_run, worker
from tests.web.siting.cases import answer
from webmap.incidents.errors import ClientKeyReused
from webmap.incidents.moments import now_utc
from webmap.siting.claims import Claimed, Ending, RunClaims
from webmap.siting.computing import Answered
from webmap.siting.errors import SitingRefused, UnknownRun
from webmap.siting.runs import LEASE_S, MOST_WAITING, Run, Runs
from webmap.siting.watch import Watch
from webmap.storage.engine import open_engine
from webmap.storage.tables import SITING_RUNS
from webmap.storage.upgrade import upgrade

__all__ = ["engine"]


@pytest.fixture(autouse=True)
def tables(engine: Engine) -> None:
    upgrade(engine)


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_runs_are_computed_in_the_order_in_which_they_were_asked_for(engine: Engine) -> None:
    asked = [added(engine, name=str(number)) for number in range(3)]
    order: list[str] = []

    def compute(claimed: Claimed, _watch: Watch) -> Answered:
        order.append(claimed.id)
        return answered()

    assert worker(engine, compute).work_off() == 3
    assert order == asked
    whole = Runs(engine).read(asked[0])
    assert (whole.run.state, whole.run.data_version, whole.run.author_name) == ("done", "2-y", "规划员")
    assert whole.study["kind"] == "warm_shelter"
    assert whole.result is not None
    assert whole.result["zh"]["status"] == "optimal"
    assert worker(engine).work_off() == 0


def test_of_several_processes_each_run_is_computed_by_one(engine: Engine) -> None:
    asked = {added(engine) for _ in range(12)}
    computed: list[str] = []
    urls = [engine.url.render_as_string(hide_password=False)] * 4
    engines = [open_engine(url) for url in urls]

    def compute(claimed: Claimed, _watch: Watch) -> Answered:
        computed.append(claimed.id)
        return answered()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(lambda own: worker(own, compute).work_off(), engines)) == 12
    assert sorted(computed) == sorted(asked)
    for own in engines:
        own.dispose()


def test_a_repeated_request_finds_the_run_of_the_first(engine: Engine) -> None:
    runs = Runs(engine)
    first, is_new = runs.add(new_run(), PLANNER, "key")
    assert is_new
    assert runs.add(new_run(), PLANNER, "key") == (first, False)
    assert runs.add(new_run(), OTHER, "key")[0] != first, "keys of different people do not meet"
    with pytest.raises(ClientKeyReused):
        runs.add(new_run(seconds=3), PLANNER, "key")
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: runs.add(new_run(), PLANNER, "at once"), range(6)))
    assert len({run_id for run_id, _ in found}) == 1
    assert sum(new for _, new in found) == 1


def test_the_queue_has_an_end(engine: Engine) -> None:
    for _ in range(MOST_WAITING):
        added(engine)
    with pytest.raises(SitingRefused, match=str(MOST_WAITING)):
        added(engine)
    worker(engine).claims.take()
    assert added(engine)


def test_a_run_that_waits_is_cancelled_at_once_and_never_computed(engine: Engine) -> None:
    run = added(engine)
    Runs(engine).cancel(run)
    assert Runs(engine).look(run).state == "cancelled"
    assert worker(engine).work_off() == 0
    with pytest.raises(UnknownRun):
        Runs(engine).cancel("nothing")


@pytest.mark.parametrize(("document", "kept"), [(None, True), (answer(status="unknown"), False)])
def test_another_process_stops_a_run_which_keeps_the_best_it_had(
    engine: Engine, document: dict[str, Any] | None, kept: bool
) -> None:
    run, slow = added(engine), Slow(document)
    working = worker(engine, slow)
    working.start()
    assert slow.began.wait(20)
    url = engine.url.render_as_string(hide_password=False)
    told = "import sys; from webmap.siting.runs import Runs; from webmap.storage.engine import open_engine; "
    subprocess.run(
        [sys.executable, "-c", f"{told}Runs(open_engine(sys.argv[1])).cancel(sys.argv[2])", url, run], check=True
    )
    until(lambda: Runs(engine).look(run).state == "cancelled")
    working.stop()
    whole = Runs(engine).read(run)
    assert slow.stopped
    assert (whole.result is not None, whole.run.summary is not None) == (kept, kept)
    assert whole.run.ended_at is not None


def test_how_far_a_run_is_can_be_seen_meanwhile(engine: Engine) -> None:
    run, slow = added(engine), Slow()

    def compute(claimed: Claimed, watch: Watch) -> Answered:
        watch.hear(Progress("mclp", 0.2, 80.0, 100.0))
        return slow(claimed, watch)

    working = worker(engine, compute)
    working.start()
    working.wake()
    until(lambda: Runs(engine).look(run).progress is not None)
    seen = Runs(engine).look(run)
    assert (seen.state, seen.stage) == ("running", "mclp")
    assert seen.progress == {"objective": 80.0, "bound": 100.0, "gap": 0.25}
    slow.finish.set()
    until(lambda: Runs(engine).look(run).state == "done")
    working.stop()


def test_figures_of_a_part_of_the_search_are_not_told(engine: Engine) -> None:
    run, slow = added(engine), Slow()

    def compute(claimed: Claimed, watch: Watch) -> Answered:
        watch.hear(Progress("tree", 0.2, 0.0, -1178.3))
        return slow(claimed, watch)

    working = worker(engine, compute)
    working.start()
    until(lambda: Runs(engine).look(run).progress is not None)
    assert Runs(engine).look(run).progress == {"objective": None, "bound": None, "gap": None}
    slow.finish.set()
    working.stop()


def test_a_run_whose_process_is_gone_is_told_as_interrupted(engine: Engine) -> None:
    run = added(engine)
    began = now_utc()
    gone = RunClaims(engine, clock=lambda: began, name="gone")
    assert gone.take() is not None

    def seen(seconds: float) -> Run:
        return Runs(engine, clock=lambda: began + timedelta(seconds=seconds)).look(run)

    assert seen(LEASE_S - 1).state == "running"
    assert seen(LEASE_S + 1).state == "interrupted"
    assert RunClaims(engine, clock=lambda: began + timedelta(seconds=LEASE_S - 1)).abandon() == 0
    assert RunClaims(engine, clock=lambda: began + timedelta(seconds=LEASE_S + 1)).abandon() == 1
    assert seen(0).state == "interrupted"
    assert worker(engine).work_off() == 0, "nobody asked for it again"
    assert gone.end(run, Ending("done", answered().documents, answered().summary)), "it was slow, but knows better"
    assert seen(LEASE_S + 1).state == "done"
    assert not RunClaims(engine, name="somebody else").end(run, Ending("failed"))


def test_a_server_that_stops_leaves_its_run_interrupted_with_the_best(engine: Engine) -> None:
    run, later, slow = added(engine), added(engine), Slow()
    working = worker(engine, slow)
    working.start()
    assert slow.began.wait(20)
    working.stop(20)
    assert Runs(engine).look(run).state == "interrupted"
    assert Runs(engine).read(run).result is not None
    assert Runs(engine).look(later).state == "waiting"
    assert worker(engine).work_off() == 1


def test_what_goes_wrong_is_told_with_the_run_and_the_next_one_is_computed(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    wrong, broken, sound = added(engine), added(engine), added(engine)

    def compute(claimed: Claimed, _watch: Watch) -> Answered:
        if claimed.id == wrong:
            raise InvalidSiting([Problem("demand.townships[0]", "没有这个乡镇", "在地图上选")])
        if claimed.id == broken:
            raise ZeroDivisionError("secret")
        return answered()

    assert worker(engine, compute).work_off() == 3
    read = Runs(engine).read
    assert read(wrong).run.state == read(broken).run.state == "failed"
    assert read(sound).run.state == "done"
    told, unforeseen = read(wrong).error, read(broken).error
    assert told is not None
    assert unforeseen is not None
    assert (told["en"]["code"], told["zh"]["problems"][0]["field"]) == ("invalid_siting", "demand.townships[0]")
    assert unforeseen["zh"]["code"] == "internal_error"
    assert "secret" not in str(unforeseen)
    assert [record.exc_info is not None for record in caplog.records] == [True]


def test_a_row_that_cannot_be_read_holds_nobody_up(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    broken, sound = added(engine), added(engine)
    with engine.begin() as connection:
        connection.execute(update(SITING_RUNS).where(SITING_RUNS.c.id == broken).values(study="{"))
    working = worker(engine)
    working.start()
    until(lambda: Runs(engine).look(sound).state == "done")
    working.stop()
    assert Runs(engine, clock=lambda: now_utc() + timedelta(minutes=1)).look(broken).state == "interrupted"
    assert len(caplog.records) == 1


def test_lists_are_by_plan_and_kind_and_leave_out_what_was_put_away(engine: Engine) -> None:
    runs = Runs(engine)
    first, second = added(engine, name="一"), added(engine, name="二", kind="crew")
    third = added(engine, name="三", plan="heating-zezhou")
    plans = ["energy-chengqu", "heating-zezhou"]
    assert [run.id for run in runs.list(plans)[0]] == [third, second, first]
    assert [run.id for run in runs.list(plans, "crew")[0]] == [second]
    assert [run.id for run in runs.list(["energy-chengqu"])[0]] == [second, first]
    runs.put_away(second, away=True)
    runs.rename(first, "改了名")
    assert [(run.id, run.name) for run in runs.list(["energy-chengqu"])[0]] == [(first, "改了名")]
    assert [run.id for run in runs.list(plans, put_away=True)[0]] == [second]
    runs.put_away(second, away=False)
    assert len(runs.list(plans)[0]) == 3
    for change in (lambda: runs.rename("nothing", None), lambda: runs.put_away("nothing", away=True)):
        with pytest.raises(UnknownRun):
            change()


def test_the_worker_waits_for_the_tables_and_goes_on(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE siting_runs RENAME TO elsewhere")
    working = worker(engine)
    working.start()
    until(lambda: bool(caplog.records))
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO siting_runs")
    run = added(engine)
    until(lambda: Runs(engine).look(run).state == "done")
    working.stop()
    assert len(caplog.records) == 1
