"""Imports that are cancelled, overtaken by others' writes, or left by a server that was killed: all or nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from layers.store import Store, open_store
from tests.forked import forking
from tests.web.imports.office import ROADS, Office, roads_file
from tests.web.log.house import error_of
from webmap.import_settings import ImportLimits
from webmap.imports.claims import LEASE_S, ImportClaims
from webmap.imports.failures import WorkCancelled
from webmap.imports.files import ImportFiles
from webmap.imports.reading import HereReader
from webmap.imports.working import Working
from webmap.runtime import Runtime


def many(count: int) -> bytes:
    return roads_file([{**ROADS[0], "编号": f"r-{number}"} for number in range(count)])


def test_what_waits_is_cancelled_at_once_and_can_be_taken_up_again(office: Office) -> None:
    item = office.bring(roads_file()).get_json()["id"]
    assert office.post(f"/api/imports/{item}/cancel").get_json()["state"] == "cancelled"
    assert office.worker.work_off() == 0
    assert error_of(office.post(f"/api/imports/{item}/check", json={"plan": {}}))["rule"] == "not_inspected"
    assert office.post(f"/api/imports/{item}/inspect").status_code == 202
    office.worker.work_off()
    assert office.shown(item)["state"] == "inspected"


def test_a_commit_is_cancelled_until_its_last_moment_and_leaves_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    item, before = office.checked(content=many(50)), office.version()
    office.commit(item)
    load = Store.load

    def cancelled_on_the_way(self: Store, parts: Any, said: Any, **options: Any) -> str:
        tell: Callable[[int], object] = options.pop("progress")

        def progress(done: int) -> None:
            assert office.post(f"/api/imports/{item}/cancel").status_code == 200
            assert office.worker.claims.is_cancelled(item)
            tell(done)
            raise WorkCancelled

        return load(self, parts, said, progress=progress, **options)

    monkeypatch.setattr(Store, "load", cancelled_on_the_way)
    office.worker.work_off()
    assert office.version() == before
    assert "r-0" not in set(office.runtime.store.read("roads")["id"])
    monkeypatch.undo()
    assert office.shown(item)["committed_version"] is None
    office.commit(item)
    office.worker.work_off()
    assert office.shown(item)["state"] == "committed", "nothing was lost: it can be written after all"


def test_a_commit_is_refused_when_the_data_went_on_since_the_check(office: Office) -> None:
    item = office.checked()
    roads = office.runtime.store.read("roads")
    office.runtime.store.replace({"sites": office.runtime.store.read("sites")}, "sites")
    assert office.shown(item)["fresh"], "sites are no concern of roads"
    office.runtime.store.replace({"roads": roads.assign(name="另名")}, "others")
    assert not office.shown(item)["fresh"]
    answer = office.commit(item)
    assert (answer.status_code, error_of(answer)["code"]) == (409, "data_changed")


def test_a_write_between_asking_and_writing_is_found_under_the_lock(office: Office) -> None:
    item = office.checked()
    office.commit(item)
    roads = office.runtime.store.read("roads")
    office.runtime.store.replace({"roads": roads.assign(name="另名")}, "others")
    office.worker.work_off()
    shown = office.shown(item)
    assert (shown["state"], shown["failure"]["code"], shown["fresh"]) == ("checked", "data_changed", False)


def test_a_replacement_that_leaves_others_dangling_is_not_written(office: Office) -> None:
    nodes = b"id,name,x,y\nn-1,new,112.8,35.5\n"
    plan = {
        **{"layer": "network_nodes", "table": "nodes", "mapping": {"id": "id", "name": "name"}, "x": "x", "y": "y"},
        "constants": {
            **{"provenance": "surveyed", "source": "s", "network": "heat", "kind": "junction"},
            **{"in_service": True, "normally_open": False},
        },
        **{"datum": "EPSG:4490", "mode": "replace", "id_from": "column"},
    }
    item = office.checked(plan, nodes, name="nodes.csv")
    shown = office.shown(item)
    assert shown["report"]["blocked"]
    assert "commit" not in shown["may"]
    assert error_of(office.commit(item))["rule"] == "blocked"


# --- processes that die ---


def test_what_a_server_left_is_interrupted_and_its_file_is_kept(office: Office) -> None:
    item = office.bring(roads_file()).get_json()["id"]
    gone = ImportClaims(office.house.engine, name="gone")
    assert gone.take() is not None
    assert office.worker.settle_abandoned() == 0, "it may be at it still"
    later = gone.clock() + timedelta(seconds=LEASE_S + 1)
    office.worker.claims.clock = lambda: later
    assert office.worker.settle_abandoned() == 1
    shown = office.shown(item)
    assert (shown["state"], shown["failure"]["code"], shown["file"]["kept"]) == ("failed", "interrupted", True)
    office.post(f"/api/imports/{item}/inspect")
    office.worker.work_off()
    assert office.shown(item)["state"] == "inspected"


def _commit_and_die(url: str, home: Path, item: str, after_rows: int) -> None:
    """What a server does that is killed while it writes, or just after it has written."""
    store = open_store(url)
    claims = ImportClaims(store.engine, name="gone")
    claimed = claims.take()
    working = Working(Runtime(url), ImportFiles(home, ImportLimits()), HereReader())

    def hear(_step: str, done: int, _of: int | None) -> None:
        if done > after_rows:
            os.kill(os.getpid(), signal.SIGKILL)

    assert claimed is not None
    assert claimed.id == item
    working.do(claimed, hear, lambda: False)
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("written", [False, True])
def test_a_server_killed_in_the_middle_of_a_commit_leaves_all_or_nothing(office: Office, written: bool) -> None:
    item, before = office.checked(content=many(50)), office.version()
    office.commit(item)
    url = office.house.engine.url.render_as_string(hide_password=False)
    home = office.files.folder.parent
    process = forking().Process(target=_commit_and_die, args=(url, home, item, 10_000 if written else 10))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    later = office.worker.claims.clock() + timedelta(seconds=LEASE_S + 1)
    office.worker.claims.clock = lambda: later
    assert office.worker.settle_abandoned() == 1
    shown = office.shown(item)
    there = "r-0" in set(office.runtime.store.read("roads")["id"])
    if written:
        assert (shown["state"], shown["committed_version"], there) == ("committed", office.version(), True)
    else:
        assert (shown["state"], shown["failure"]["code"]) == ("checked", "interrupted")
        assert (office.version(), there) == (before, False)


def test_files_go_after_their_days_and_strangers_too(office: Office) -> None:
    item, other = office.checked(), office.checked()
    office.commit(item)
    office.worker.work_off()
    stranger = office.files.folder / "stranger"
    stranger.mkdir()
    (stranger / "coming").write_bytes(b"x")
    os.utime(stranger, (0, 0))
    office.worker.clean()
    assert (office.files.file(item) is not None, stranger.exists()) == (True, False)
    later = office.worker.claims.clock() + timedelta(days=office.files.limits.keep_days, minutes=1)
    office.worker.claims.clock = lambda: later
    office.worker.clean()
    assert office.files.file(item) is None
    assert office.files.file(other) is not None, "what nobody has ended yet is kept"
    assert not office.shown(item)["file"]["kept"]
