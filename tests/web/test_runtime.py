"""What a process keeps: built once for a data version, by one thread, and anew after a write."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest
from flask import Flask

from layers.errors import MissingLayers, UnknownLayer
from layers.store import open_store
from tests.web.network import HIDDEN_ID, small_district
from webmap.api.layer_payload import layer_payload
from webmap.api.vulnerability import ratings
from webmap.app import warm_up_steps
from webmap.runtime import Readiness, Runtime, Snapshot, WarmUp
from webmap.storage.upgrade import upgrade


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'own.sqlite'}"
    store = open_store(url)
    upgrade(store.engine)
    store.replace(small_district(), note="test")
    store.engine.dispose()
    return url


def test_all_threads_get_the_one_system_of_a_data_version(url: str) -> None:
    runtime = Runtime(url)
    with ThreadPoolExecutor(8) as pool:
        systems = list(pool.map(lambda _: runtime.snapshot().system(), range(32)))
    assert len({id(system) for system in systems}) == 1
    runtime.store.engine.dispose()


def test_a_write_makes_a_new_snapshot_and_leaves_the_old_one_whole(url: str) -> None:
    runtime = Runtime(url)
    old = runtime.snapshot()
    system = old.system()
    frames = small_district()
    runtime.store.replace({"sites": frames["sites"].iloc[:0]}, note="no sites")
    new = runtime.snapshot()
    assert new.data_version == runtime.data_version() != old.data_version
    assert (len(old.frames["sites"]), len(new.frames["sites"])) == (1, 0)
    assert new.system() is not system
    assert new.system().data_version == new.data_version
    runtime.store.engine.dispose()


def test_a_write_of_sites_alone_leaves_everything_else_as_it_was_built(url: str) -> None:
    runtime, plan = Runtime(url), next(iter(Runtime(url).plans.values()))
    old = runtime.snapshot()
    roads, townships = old.system().roads, layer_payload(old, "townships", restricted=False)
    rated = ratings(old, plan, restricted=False)
    shown = layer_payload(old, "sites", restricted=False)
    sites = small_district()["sites"].assign(status="planned")
    runtime.store.replace({"sites": sites}, note="planned")
    new = runtime.snapshot()
    system = new.system()
    assert system.data_version == new.data_version != old.data_version
    assert list(system.places["sites"]["status"]) == ["planned"]
    assert list(old.system().places["sites"]["status"]) == ["existing"]
    assert (system.roads, system.condensed) == (roads, old.system().condensed)
    assert layer_payload(new, "townships", restricted=False) is townships
    assert ratings(new, plan, restricted=False) is rated
    assert layer_payload(new, "sites", restricted=False) != shown
    fresh = Runtime(url).snapshot()
    for key, frame in fresh.frames.items():
        pd.testing.assert_frame_equal(pd.DataFrame(new.frames[key]), pd.DataFrame(frame))
    runtime.store.engine.dispose()


def test_a_write_of_what_the_system_rests_on_builds_it_anew(url: str) -> None:
    runtime, plan = Runtime(url), next(iter(Runtime(url).plans.values()))
    old = runtime.snapshot()
    old_system, rated = old.system(), ratings(old, plan, restricted=False)
    supplies = layer_payload(old, "supplies", restricted=False)
    facilities = small_district()["facilities"].assign(restricted=True)
    runtime.store.replace({"facilities": facilities}, note="all restricted")
    new = runtime.snapshot()
    assert new.system().facilities.restricted.all()
    assert not old_system.facilities.restricted.all()
    assert ratings(new, plan, restricted=False) is not rated
    assert layer_payload(new, "supplies", restricted=False) != supplies, "a supply is restricted by its facility"
    runtime.store.engine.dispose()


def test_each_thing_is_made_once_and_things_do_not_wait_for_each_other() -> None:
    snapshot = Snapshot("1-x", small_district())
    calls: list[str] = []
    started, go_on = threading.Event(), threading.Event()

    def slow() -> str:
        calls.append("slow")
        started.set()
        assert go_on.wait(10)
        return "slow"

    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(snapshot.once, "slow", slow) for _ in range(3)]
        assert started.wait(10)
        assert snapshot.once("quick", lambda: "quick") == "quick"
        go_on.set()
        assert [future.result(10) for future in waiting] == ["slow"] * 3
    assert calls == ["slow"]


def test_what_fails_is_tried_again() -> None:
    snapshot = Snapshot("1-x", {})
    with pytest.raises(ZeroDivisionError):
        snapshot.once("key", lambda: 1 // 0)
    assert snapshot.once("key", lambda: 2) == 2


def test_restricted_records_are_left_out_of_a_layer_and_of_what_hangs_on_it() -> None:
    snapshot = Snapshot("1-x", small_district())
    assert HIDDEN_ID not in set(snapshot.visible("facilities", restricted=False)["id"])
    assert HIDDEN_ID not in set(snapshot.visible("supplies", restricted=False)["facility_id"])
    assert HIDDEN_ID in set(snapshot.visible("supplies", restricted=True)["facility_id"])
    with pytest.raises(UnknownLayer):
        snapshot.visible("dragons", restricted=False)


def test_warm_up_names_its_steps_and_ends_ready() -> None:
    seen: list[str] = []
    warm_up = WarmUp({"layers": lambda: seen.append(warm_up.readiness.step), "system": lambda: seen.append("second")})
    assert not warm_up.readiness.ready
    warm_up.start()
    assert warm_up.wait(10)
    assert seen == ["layers", "second"]
    assert warm_up.readiness.ready


def test_warm_up_waits_for_data_to_come() -> None:
    there = threading.Event()

    def read() -> None:
        if not there.is_set():
            raise MissingLayers("nothing yet")

    warm_up = WarmUp({"layers": read}, retry_seconds=0.01)
    warm_up.start()
    assert not warm_up.wait(0.05)
    assert isinstance(warm_up.readiness.failure, MissingLayers)
    assert warm_up.readiness.step == "layers"
    there.set()
    assert warm_up.wait(10)
    assert warm_up.readiness.failure is None


def test_a_snapshot_is_not_read_again_while_the_data_is_the_same(url: str) -> None:
    runtime = Runtime(url)
    first = runtime.snapshot()
    assert all(runtime.snapshot() is first for _ in range(20))
    runtime.store.engine.dispose()


def test_who_waited_with_an_outdated_version_does_not_read_everything_again(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = Runtime(url)
    reads: list[str] = []
    read_since, data_version = runtime.store.read_since, runtime.store.data_version

    def counted(version: str) -> object:
        reads.append(version)
        return read_since(version)

    current = runtime.snapshot()
    # The version as it was when this thread asked; while it waited, another thread has read the one after.
    answers = iter(["0-before"])
    monkeypatch.setattr(runtime.store, "read_since", counted)
    monkeypatch.setattr(runtime.store, "data_version", lambda: next(answers, None) or data_version())
    assert runtime.snapshot() is current
    assert reads == []
    runtime.store.engine.dispose()


def test_a_failure_is_told_once_and_again_when_its_text_changes() -> None:
    told: list[Readiness] = []
    failures = iter([MissingLayers("one")] * 3 + [MissingLayers("two")] * 3 + [MissingLayers("one")])

    def read() -> None:
        failure = next(failures, None)
        if failure:
            raise failure

    warm_up = WarmUp({"layers": read}, retry_seconds=0.001, on_failure=told.append)
    warm_up.start()
    assert warm_up.wait(10)
    assert [str(readiness.failure) for readiness in told] == ["one", "two", "one"]
    assert {readiness.step for readiness in told} == {"layers"}


def test_a_failure_stays_to_be_seen_while_it_is_tried_again() -> None:
    seen: list[Exception | None] = []
    attempts = iter(range(3))

    def read() -> None:
        seen.append(warm_up.readiness.failure)
        if next(attempts) < 2:
            raise MissingLayers("not yet")

    warm_up = WarmUp({"assets": lambda: None, "layers": read}, retry_seconds=0.001)
    warm_up.start()
    assert warm_up.wait(10)
    assert [str(failure) for failure in seen] == ["None", "not yet", "not yet"]
    assert warm_up.readiness == Readiness(ready=True, step="")


def test_a_stopped_warm_up_tries_no_more() -> None:
    attempts: list[int] = []

    def read() -> None:
        attempts.append(1)
        warm_up.stop()
        raise MissingLayers("never")

    warm_up = WarmUp({"layers": read}, retry_seconds=0.001)
    warm_up.start()
    assert not warm_up.wait(0.2)
    assert len(attempts) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_step_of_the_start_has_its_words_in_the_health_answer(app: Flask, language: str) -> None:
    parts = app.extensions["webmap"]
    answers: dict[str, int] = {}

    def watched(step: str, work: Callable[[], object]) -> Callable[[], object]:
        def run() -> None:
            # The first answer counts: an error here would only make the warm-up try again.
            answers.setdefault(step, app.test_client().get(f"/healthz?lang={language}").status_code)

        return run

    parts.warm_up = WarmUp({step: watched(step, work) for step, work in warm_up_steps(parts).items()})
    try:
        parts.warm_up.start()
        assert parts.warm_up.wait(30), parts.warm_up.readiness
        assert answers == dict.fromkeys(warm_up_steps(parts), 503)
    finally:
        parts.warm_up = None
