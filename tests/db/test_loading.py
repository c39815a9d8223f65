"""Streams of records are written whole or not at all, and keep nobody waiting while they come."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine, select

from layers.changes import LayerChange, LayerLoad
from layers.errors import InvalidRecords, StaleVersion
from layers.history import Author, Written
from layers.store import Store, open_store
from layers.tables import METADATA
from tests.db.conftest import MakeEngine
from tests.pictures import District
from webmap.storage.backup import load_backup, save_backup
from webmap.storage.upgrade import upgrade

_SAID = Written(Author(None, "test"), "import")


class Broken(Exception):
    """What comes of a stream that breaks off, or of somebody who cancels."""


@pytest.fixture
def store(upgraded_engine: Engine, frames: dict[str, pd.DataFrame]) -> Store:
    opened = Store(upgraded_engine)
    opened.replace(frames, "first")
    return opened


@pytest.fixture
def frames() -> dict[str, pd.DataFrame]:
    district = District().network("electricity", "S* - s1| - a:10\na - b:20", {"b": 1})
    return dict(district.facility("f", electricity=("a", 2), people=7).frames())


def tables_of(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.engine.connect() as connection:
        return {
            name: sorted(map(tuple, connection.execute(select(table)).all()), key=repr)
            for name, table in METADATA.tables.items()
        }


def breaking(frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
    yield frame
    raise Broken


def cancelling(done: int) -> None:
    if done >= 2:
        raise Broken


def test_a_load_that_fails_leaves_nothing(store: Store, frames: dict[str, pd.DataFrame]) -> None:
    townships, nodes = frames["townships"].assign(name="新名"), frames["network_nodes"]
    before = tables_of(store)

    def load(key: str, batches: Iterator[pd.DataFrame], progress: Callable[[int], object] | None = None) -> None:
        parts = [LayerLoad("townships", "merge", iter([townships])), LayerLoad(key, "replace", batches)]
        store.load(parts, _SAID, progress=progress)

    stranger = nodes.iloc[:1].assign(kind="volcano")
    for key, batches, error in (
        ("network_nodes", breaking(nodes), Broken),
        ("network_nodes", iter([nodes, stranger]), InvalidRecords),
        ("network_nodes", iter([nodes, nodes.iloc[:2]]), InvalidRecords),  # ids that come twice
        ("network_nodes", iter([nodes.iloc[:1]]), InvalidRecords),  # the lines' ends are gone
        ("townships", iter([townships]), ValueError),
    ):
        with pytest.raises(error):
            load(key, batches)
    with pytest.raises(Broken):
        load("network_nodes", iter([nodes]), cancelling)
    assert tables_of(store) == before
    load("network_nodes", iter([nodes]))
    assert set(store.read("townships")["name"]) == {"新名"}


def test_progress_tells_how_many_have_come(store: Store, frames: dict[str, pd.DataFrame]) -> None:
    nodes, lines = frames["network_nodes"], frames["network_lines"]
    told: list[int] = []
    parts = [
        LayerLoad("network_lines", "merge", iter([lines])),
        LayerLoad("network_nodes", "merge", iter([nodes.iloc[:3], nodes.iloc[3:]])),
    ]
    version = store.load(parts, _SAID, progress=told.append)
    assert told == [len(lines), len(lines) + 3, len(lines) + len(nodes)]
    assert store.compare(store.history()[1].version, version) == {}


def test_a_load_checked_against_older_data_is_refused(store: Store, frames: dict[str, pd.DataFrame]) -> None:
    nodes, townships = frames["network_nodes"], frames["townships"].assign(name="新名")
    base = store.data_version()
    store.change({"network_nodes": LayerChange(nodes.iloc[:1].assign(name="他"))}, _SAID, base=base)
    with pytest.raises(StaleVersion) as refused:
        store.load([LayerLoad("network_nodes", "merge", iter([nodes]))], _SAID, base=base)
    assert refused.value.changed == {"network_nodes": ()}
    store.load([LayerLoad("townships", "merge", iter([townships]))], _SAID, base=base)
    assert set(store.read("townships")["name"]) == {"新名"}


def test_while_records_come_others_write(store: Store, frames: dict[str, pd.DataFrame]) -> None:
    """And what they write is neither lost nor in the way."""
    nodes, townships = frames["network_nodes"], frames["townships"]
    other = open_store(store.engine.url.render_as_string(hide_password=False))

    def slow() -> Iterator[pd.DataFrame]:
        yield nodes.iloc[:1].assign(name="来")
        other.change({"townships": LayerChange(townships.iloc[:1].assign(name="他"))}, _SAID, base=None)
        yield nodes.iloc[1:]

    store.load([LayerLoad("network_nodes", "merge", slow())], _SAID)
    other.engine.dispose()
    assert "他" in set(store.read("townships")["name"])
    assert "来" in set(store.read("network_nodes")["name"])
    assert [version.layers for version in store.history(2)] == [("network_nodes",), ("townships",)]


def test_writers_of_every_kind_at_once_leave_a_history_that_can_be_read(
    store: Store, frames: dict[str, pd.DataFrame]
) -> None:
    first, url = store.data_version(), store.engine.url.render_as_string(hide_password=False)
    townships, barrier = frames["townships"], threading.Barrier(4)

    def write(number: int) -> tuple[str, str | None]:
        own = open_store(url)
        mine = townships.iloc[[number % len(townships)]].assign(name=f"镇{number}")
        barrier.wait(30)
        try:
            if number == 0:
                return own.replace({"townships": townships.assign(name="皆")}, "all"), None
            if number == 1:
                return own.change({"townships": LayerChange(mine)}, _SAID, base=None), mine["id"].iloc[0]
            if number == 2:
                return own.load([LayerLoad("townships", "merge", iter([mine]))], _SAID), mine["id"].iloc[0]
            return own.restore(first, _SAID), None
        finally:
            own.engine.dispose()

    with ThreadPoolExecutor(4) as pool:
        done = dict(pool.map(write, range(4)))
    assert sorted(int(version.split("-")[0]) for version in done) == [2, 3, 4, 5]
    names = {version: store.read_at(version, ["townships"])["townships"].set_index("id")["name"] for version in done}
    for version, identifier in done.items():
        sequence = int(version.split("-")[0])
        assert identifier is None or names[version][identifier].startswith("镇"), sequence
    now = store.read("townships").set_index("id")["name"]
    assert now.equals(names[store.data_version()])


def test_the_history_comes_back_from_a_backup(
    store: Store, frames: dict[str, pd.DataFrame], make_engine: MakeEngine, tmp_path: Path
) -> None:
    first = store.data_version()
    nodes = frames["network_nodes"]
    second = store.change({"network_nodes": LayerChange(nodes.iloc[:1].assign(name="新名"))}, _SAID, base=first)
    save_backup(store.engine, tmp_path / "backup.zip")
    kinds = {"sqlite": "postgresql", "postgresql": "sqlite"}
    other = Store(make_engine(kinds[store.engine.dialect.name]))
    upgrade(other.engine)
    load_backup(other.engine, tmp_path / "backup.zip")
    assert other.history() == store.history()
    assert other.compare(first, second) == store.compare(first, second)
    third = other.restore(first, _SAID)
    assert third == store.restore(first, _SAID)
    pd.testing.assert_frame_equal(pd.DataFrame(other.read("network_nodes")), pd.DataFrame(nodes))
