"""Every version of the data can be read, compared and brought back, to the last bit, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import Engine, delete, func, insert, select

from layers.changes import LayerChange, LayerLoad
from layers.errors import InvalidRecords, StaleVersion, UnknownVersion, VersionNotKept
from layers.history import BEFORE_ALL, Author, Counts, Written
from layers.records import digest
from layers.store import Store
from layers.tables import LAYER_TABLES, METADATA
from tests.db.conftest import MakeEngine
from tests.db.versions_oracle import KEYS, OPERATIONS, Content, Oracle, Refused, contents, counted, frame_of
from tests.pictures import District
from webmap.storage.upgrade import upgrade
from webmap.storage.versions import bring_to, form_of

_SAID = Written(Author("p", "王"), "edit", "改线", {"rows": 3})


@pytest.fixture
def store(upgraded_engine: Engine) -> Store:
    return Store(upgraded_engine)


def empty(store: Store) -> None:
    with store.engine.begin() as connection:
        for table in METADATA.tables.values():
            connection.execute(delete(table))


@given(OPERATIONS)
@settings(
    max_examples=16,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
def test_every_version_reads_as_it_was_written(store: Store, operations: list[Any]) -> None:
    empty(store)
    oracle = Oracle()
    for operation in operations:
        before = oracle.now
        try:
            version = _apply(store, oracle, *operation)
        except Refused:
            assert store.data_version() in {"", *oracle.versions}
            continue
        _assert_counts(store, version, before, oracle.now)
    _assert_as_told(store, oracle)


def _apply(store: Store, oracle: Oracle, what: str, layers: Any, more: Any) -> str:
    """Do one write to both; raises `Refused` if both refuse it."""
    if what == "restore":
        return _restore(store, oracle, more)
    frames = {key: frame_of(key, rows) for key, rows in layers.items()}
    written = {key: contents(key, frame) for key, frame in frames.items()}
    removed: dict[str, tuple[str, ...]] = {}
    if what == "change":
        removed = {key: _chosen(oracle, key, places, written.get(key, {})) for key, places in more.items()}
    keeps = what == "change" or more == "merge"
    wanted = {key: {**(oracle.now[key] if keeps else {}), **written.get(key, {})} for key in {*written, *removed}}
    for key, ids in removed.items():
        for one in ids:
            del wanted[key][one]
    try:
        after = oracle.write(wanted)
    except Refused:
        with pytest.raises(InvalidRecords):
            _do(store, what, frames, removed, more)
        raise
    version = _do(store, what, frames, removed, more)
    oracle.written(version, after)
    return version


def _do(
    store: Store, what: str, frames: dict[str, pd.DataFrame], removed: dict[str, tuple[str, ...]], mode: Any
) -> str:
    if what == "replace":
        return store.replace(frames, "replaced")
    if what == "change":
        keys = {*frames, *removed}
        changes = {key: LayerChange(frames.get(key), removed.get(key, ())) for key in keys}
        return store.change(changes, _SAID, base=store.data_version() or None)
    parts = [LayerLoad(key, mode, iter([frame.iloc[:1], frame.iloc[1:]])) for key, frame in frames.items()]
    return store.load(parts, _SAID)


def _chosen(oracle: Oracle, key: str, places: set[int], kept: dict[str, Any]) -> tuple[str, ...]:
    there = sorted(oracle.now[key])
    return tuple(there[place] for place in sorted(places) if place < len(there) and there[place] not in kept)


def _restore(store: Store, oracle: Oracle, place: int) -> str:
    if not oracle.versions:
        raise Refused
    earlier = list(oracle.versions)[place % len(oracle.versions)]
    version = store.restore(earlier, _SAID)
    assert store.compare(earlier, version) == {}
    oracle.written(version, oracle.write(oracle.versions[earlier]))
    return version


def _assert_counts(store: Store, version: str, before: Content, after: Content) -> None:
    (latest,) = store.history(1)
    assert latest.version == version
    expected = {key: Counts(*map(len, counted(before, after, key))) for key in KEYS}
    assert latest.changes == {key: counts for key, counts in expected.items() if counts}


def _assert_as_told(store: Store, oracle: Oracle) -> None:
    for version, content in oracle.versions.items():
        read = store.read_at(version, KEYS)
        assert {key: contents(key, frame) for key, frame in read.items()} == content, version
    with store.engine.connect() as connection:
        for key in KEYS:
            table = LAYER_TABLES[key]
            since = dict(map(tuple, connection.execute(select(table.c.id, table.c.since)).all()))
            assert since == oracle.since[key], "a record that is the same was touched"
    if len(oracle.versions) > 1:
        first, *_, last = oracle.versions
        for one, other in ((first, last), (last, first)):
            found = store.compare(one, other)
            for key in KEYS:
                told = counted(oracle.versions[one], oracle.versions[other], key)
                given = found.get(key)
                shown = ((), (), ()) if given is None else (given.added, given.changed, given.removed)
                assert tuple(map(list, shown)) == told
                assert given is None or given.counts == Counts(*map(len, told))


@pytest.fixture
def frames() -> dict[str, pd.DataFrame]:
    district = District().network("electricity", "S* - s1| - a:10\na - b:20", {"b": 1})
    return dict(district.facility("f", electricity=("a", 2), people=7).frames())


def test_the_history_says_who_wrote_what_and_when(store: Store, frames: dict[str, pd.DataFrame]) -> None:
    assert store.history() == []
    first = store.replace(frames, "first")
    second = store.change(
        {"townships": LayerChange(frames["townships"].iloc[:1].assign(name="新名"))}, _SAID, base=first
    )
    latest, earliest = store.history()
    assert (latest.version, earliest.version) == (second, first)
    assert (latest.author_id, latest.author_name, latest.kind, latest.note) == ("p", "王", "edit", "改线")
    assert (latest.detail, latest.layers, latest.kept) == ({"rows": 3}, ("townships",), True)
    assert latest.changes == {"townships": Counts(changed=1)}
    assert latest.written_at is not None
    assert latest.written_at.endswith("Z")
    assert (earliest.kind, earliest.author_name) == ("load", None)
    assert store.history(1) == [latest]
    assert store.history(before=second) == [earliest]
    assert store.version(first) == earliest
    assert store.written_between(second, first) == {"townships"}
    assert store.read_since(first)[1].keys() == {"townships"}


def test_a_record_that_somebody_else_changed_is_not_written_over(store: Store, frames: dict[str, pd.DataFrame]) -> None:
    nodes, lines = frames["network_nodes"], frames["network_lines"]
    base = store.replace(frames, "first")
    theirs = store.change({"network_nodes": LayerChange(nodes[nodes["id"] == "b"].assign(name="他"))}, _SAID, base=base)
    line = lines[lines["to_node"] == "b"]
    (identifier,) = line["id"]
    after = store.change({"network_lines": LayerChange(removed=(identifier,))}, _SAID, base=base)
    for stale in (
        {"network_nodes": LayerChange(nodes[nodes["id"].isin(["a", "b"])].assign(name="我"))},
        {"network_nodes": LayerChange(removed=("b",))},
        {"network_nodes": LayerChange(nodes[nodes["id"] == "a"]), "network_lines": LayerChange(line)},
    ):
        with pytest.raises(StaleVersion) as refused:
            store.change(stale, _SAID, base=base)
        named = {key: ids for key, ids in refused.value.changed.items() if ids}
        assert named in ({"network_nodes": ("b",)}, {"network_lines": (identifier,)})
    assert store.data_version() == after
    # Records that nobody else touched, and the same ones by who has seen what was done.
    store.change({"network_nodes": LayerChange(nodes[nodes["id"] == "a"].assign(name="我"))}, _SAID, base=base)
    store.change({"network_nodes": LayerChange(removed=("b",))}, _SAID, base=theirs)
    assert "b" not in set(store.read("network_nodes")["id"])


def test_a_change_that_breaks_a_rule_is_refused_whole(store: Store, frames: dict[str, pd.DataFrame]) -> None:
    nodes = frames["network_nodes"]
    base = store.replace(frames, "first")
    renamed = frames["townships"].assign(name="新名")
    for broken, said in (
        (LayerChange(removed=("b",)), "to_node names records that network_nodes does not have: b"),
        (LayerChange(removed=("nobody",)), r"no such records to remove \(nobody\)"),
        (LayerChange(nodes[nodes["id"] == "b"], ("b",)), r"both written and removed \(b\)"),
        (LayerChange(nodes.assign(kind="volcano")), "kind is none of"),
    ):
        with pytest.raises(InvalidRecords, match=said):
            store.change({"townships": LayerChange(renamed), "network_nodes": broken}, _SAID, base=base)
    assert store.data_version() == base
    assert set(store.read("townships")["name"]) == set(frames["townships"]["name"])


def test_the_first_write_can_be_taken_back_too(store: Store, frames: dict[str, pd.DataFrame]) -> None:
    first = store.replace(frames, "first", _SAID)
    assert {key: one.counts.removed for key, one in store.compare(first, BEFORE_ALL).items()} == {
        key: len(frame) for key, frame in frames.items() if len(frame)
    }
    bare = store.restore(BEFORE_ALL, Written(Author("p", "王"), "undo", "", {"restored": BEFORE_ALL}), base=first)
    assert set(store.counts().values()) == {0}
    assert all(frame.empty for frame in store.read_at(BEFORE_ALL).values())
    assert store.compare(bare, BEFORE_ALL) == {}
    store.restore(first, _SAID)
    for key, frame in store.read_at(first).items():
        assert digest(key, store.read(key)) == digest(key, frame)


def test_versions_that_there_are_not_are_told(store: Store, frames: dict[str, pd.DataFrame]) -> None:
    version = store.replace(frames, "first")
    looks: list[Callable[[str], object]] = [
        store.read_at,
        store.version,
        lambda unknown: store.history(before=unknown),
        lambda unknown: store.compare(version, unknown),
        lambda unknown: store.restore(unknown, _SAID),
        lambda unknown: store.change({}, _SAID, base=unknown),
    ]
    for unknown in ("", "nonsense", "2-" + version[2:], "1-0123456789ab", "9" * 30 + "-a", "²-a", "1"):
        for look in looks:
            with pytest.raises(UnknownVersion):
                look(unknown)


def test_of_a_database_made_before_only_the_last_version_can_be_read(make_engine: MakeEngine) -> None:
    for kind in ("sqlite", "postgresql"):
        engine = make_engine(kind)
        with engine.begin() as connection:
            bring_to(connection, "0002")
        make_records(engine)
        upgrade(engine)
        store = Store(engine)
        second, first = store.history()
        assert (first.kept, second.kept, first.author_name, second.changes) == (False, True, None, None)
        with pytest.raises(VersionNotKept):
            store.read_at(first.version)
        with pytest.raises(VersionNotKept):
            store.compare(first.version, second.version)
        was = store.read_at(second.version)
        assert list(was["facilities"]["name"]) == ["热电厂"]
        store.replace({"facilities": was["facilities"].assign(name="新名")}, "renamed")
        assert list(store.read_at(second.version)["facilities"]["name"]) == ["热电厂"]
        store.restore(second.version, _SAID)
        assert list(store.read("facilities")["name"]) == ["热电厂"]


def make_records(engine: Engine) -> None:
    """Fill tables of version 0002 with a record and two writes."""
    tables = form_of("0002").tables
    plant = {"id": "plant", "name": "热电厂", "provenance": "synthetic", "source": "用户", "category": "utility"}
    shape = bytes.fromhex("0101000000") + bytes(16)
    with engine.begin() as connection:
        connection.execute(insert(tables["layer_facilities"]).values(**plant, restricted=False, geometry=shape))
        for sequence in (1, 2):
            row = {"sequence": sequence, "digest": f"{sequence}" * 64, "note": "own data"}
            connection.execute(insert(tables["data_versions"]).values(row))


def test_going_back_and_forth_does_not_let_the_past_grow_beyond_what_changed(
    store: Store, frames: dict[str, pd.DataFrame]
) -> None:
    first = store.replace(frames, "first")
    second = store.change(
        {"townships": LayerChange(frames["townships"].iloc[:1].assign(name="新名"))}, _SAID, base=first
    )
    for version in (first, second, first):
        store.restore(version, _SAID)
    with store.engine.connect() as connection:
        kept = {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in METADATA.tables.items()
            if name.startswith("past_")
        }
    assert {name: count for name, count in kept.items() if count} == {"past_townships": 4}
