"""The store behaves alike on SQLite and on PostgreSQL with PostGIS."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest
from shapely import Point, Polygon
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from layers.catalog import CATALOG
from layers.errors import InvalidRecords, MissingLayers
from layers.sample import read_sample
from layers.store import Store, open_store
from tests.pictures import District
from webmap.storage.errors import UnknownTables
from webmap.storage.upgrade import require_present_tables, upgrade
from webmap.storage.versions import HEAD, drop_tables


@pytest.fixture(params=["sqlite", "postgis"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'layers.sqlite'}"
    else:
        url = request.getfixturevalue("fresh_postgis_url")
    opened = open_store(url)
    yield opened
    with opened.engine.begin() as connection:
        drop_tables(connection, HEAD)
    opened.engine.dispose()


@pytest.fixture
def frames() -> dict[str, pd.DataFrame]:
    district = District().network("electricity", "S* - s1| - a:10\na - b:20", {"b": 1})
    return dict(district.facility("f", electricity=("a", 2), people=7).facility("g", coal=(None, None)).frames())


def test_before_it_is_created_it_says_so(store: Store) -> None:
    assert store.data_version() == ""
    with pytest.raises(MissingLayers):
        store.counts()


def test_creating_twice_does_no_harm_and_an_empty_layer_reads_empty(store: Store) -> None:
    upgrade(store.engine)
    upgrade(store.engine)
    assert set(store.counts().values()) == {0}
    assert store.data_version() == ""
    for key in CATALOG:
        assert len(store.read(key)) == 0


def test_what_was_written_is_read_back_equal(store: Store, frames: dict[str, pd.DataFrame]) -> None:
    upgrade(store.engine)
    store.replace(frames, "test")
    for key, frame in frames.items():
        pd.testing.assert_frame_equal(pd.DataFrame(store.read(key)), pd.DataFrame(frame))


def test_chinese_names_long_decimals_and_holes_survive(store: Store, frames: dict[str, pd.DataFrame]) -> None:
    upgrade(store.engine)
    towns = frames["townships"].copy()
    ring = [(112.1234567890123, 35.0), (113, 35), (113, 36), (112, 36)]
    hole = [(112.5, 35.5), (112.6, 35.5), (112.6, 35.6)]
    towns.loc[0, "name"] = "北石店镇（晋城）“甲”"
    towns.loc[0, "geometry"] = Polygon(ring, [hole])
    store.replace({"townships": towns}, "test")
    row = store.read("townships").iloc[0]
    assert row["name"] == "北石店镇（晋城）“甲”"
    assert row.geometry.equals_exact(Polygon(ring, [hole]), 0.0)


def test_every_write_makes_a_new_version_and_equal_writes_equal_versions(
    store: Store, frames: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    upgrade(store.engine)
    first = store.replace(frames, "one")
    assert store.data_version() == first
    second = store.replace({"townships": frames["townships"]}, "the same again")
    assert second != first
    twin = open_store(f"sqlite:///{tmp_path / 'twin.sqlite'}")
    upgrade(twin.engine)
    assert twin.replace(frames, "one") == first
    twin.engine.dispose()


def test_a_refused_write_leaves_everything_as_it_was(store: Store, frames: dict[str, pd.DataFrame]) -> None:
    upgrade(store.engine)
    version = store.replace(frames, "good")
    broken = frames["supplies"].copy()
    broken["node_id"] = "nowhere"
    with pytest.raises(InvalidRecords, match="node_id names records that network_nodes does not have: nowhere"):
        store.replace({"facilities": frames["facilities"].assign(name="x"), "supplies": broken}, "bad")
    assert store.data_version() == version
    assert list(store.read("facilities")["name"]) == ["单位f", "单位g"]


def test_stored_references_into_a_replaced_layer_are_kept_whole(store: Store, frames: dict[str, pd.DataFrame]) -> None:
    upgrade(store.engine)
    store.replace(frames, "good")
    fewer = frames["network_nodes"][frames["network_nodes"]["id"] != "b"]
    with pytest.raises(InvalidRecords, match="to_node"):
        store.replace({"network_nodes": fewer}, "loses an end")


def test_the_whole_sample_can_be_stored_and_read_back(store: Store) -> None:
    upgrade(store.engine)
    sample = read_sample()
    version = store.replace(sample, "sample")
    read_version, layers = store.read_all()
    assert read_version == version
    assert {key: len(frame) for key, frame in layers.items()} == {key: len(frame) for key, frame in sample.items()}
    pd.testing.assert_frame_equal(pd.DataFrame(layers["network_nodes"]), pd.DataFrame(sample["network_nodes"]))


def test_all_layers_are_read_as_of_one_moment(store: Store, frames: dict[str, pd.DataFrame]) -> None:
    upgrade(store.engine)
    before = store.replace(frames, "first")
    renamed = frames["townships"].assign(name="新名")

    def write_in_between() -> None:
        other = open_store(store.engine.url.render_as_string(hide_password=False))
        other.replace({"townships": renamed}, "second")
        other.engine.dispose()

    calls = iter(range(100))

    def after_the_version(_c: object, _cur: object, statement: str, *_rest: object) -> None:
        if "data_versions.digest" in statement and next(calls) == 0:
            write_in_between()

    event.listen(store.engine, "after_cursor_execute", after_the_version)
    version, layers = store.read_all()
    event.remove(store.engine, "after_cursor_execute", after_the_version)
    assert store.data_version() != before
    assert version == before
    assert set(layers["townships"]["name"]) == set(frames["townships"]["name"])


def test_writers_at_the_same_time_wait_for_each_other(store: Store, frames: dict[str, pd.DataFrame]) -> None:
    def write(number: int) -> str:
        own = open_store(store.engine.url.render_as_string(hide_password=False))
        upgrade(own.engine)
        version = own.replace({"townships": frames["townships"].assign(name=f"镇{number}")}, str(number))
        own.engine.dispose()
        return version

    with ThreadPoolExecutor(6) as pool:
        versions = list(pool.map(write, range(6)))
    assert sorted(int(version.split("-")[0]) for version in versions) == [1, 2, 3, 4, 5, 6]
    assert store.data_version() in versions


def test_tables_that_lack_a_column_are_told(store: Store) -> None:
    upgrade(store.engine)
    with store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE layer_roads DROP COLUMN speed_kph"))
    for look in (upgrade, require_present_tables):
        with pytest.raises(UnknownTables, match="layer_roads has no column speed_kph"):
            look(store.engine)


def test_a_database_that_does_not_answer_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        store = open_store(f"postgresql+psycopg://nobody@127.0.0.1:{port}/nothing")
        start = time.perf_counter()
        with pytest.raises(OperationalError):
            store.data_version()
        assert time.perf_counter() - start < 20
        store.engine.dispose()


def test_postgis_sees_real_geometry(fresh_postgis_url: str, frames: dict[str, pd.DataFrame]) -> None:
    store = open_store(fresh_postgis_url)
    upgrade(store.engine)
    store.replace(frames, "test")
    inside = text(
        "SELECT count(*) FROM layer_network_nodes n JOIN layer_townships t ON ST_Intersects(n.geometry, t.geometry)"
        " WHERE t.code = '140502101'"
    )
    with store.engine.connect() as connection:
        assert connection.execute(inside).scalar_one() == 1
        srid = connection.execute(text("SELECT DISTINCT ST_SRID(geometry) FROM layer_townships")).scalar_one()
    with store.engine.begin() as connection:
        drop_tables(connection, HEAD)
    store.engine.dispose()
    assert srid == 4490
    assert isinstance(frames["network_nodes"].geometry.iloc[0], Point)


def test_after_a_write_only_the_layers_that_it_replaced_are_read_again(
    store: Store, frames: dict[str, pd.DataFrame]
) -> None:
    upgrade(store.engine)
    first = store.replace(frames, "one")
    assert store.read_since(first) == (first, {})
    second = store.replace({"townships": frames["townships"].assign(name="镇")}, "two")
    third = store.replace({"supplies": frames["supplies"]}, "three")
    assert {key: set(store.read_since(version)[1]) for version, key in ((first, "1"), (second, "2"))} == {
        "1": {"townships", "supplies"},
        "2": {"supplies"},
    }
    version, changed = store.read_since(first)
    assert version == third
    assert set(changed["townships"]["name"]) == {"镇"}


def test_all_layers_are_read_where_it_is_not_known_which_were_written(
    store: Store, frames: dict[str, pd.DataFrame]
) -> None:
    upgrade(store.engine)
    first = store.replace(frames, "one")
    second = store.replace({"townships": frames["townships"]}, "two")
    for elsewhere in ("", "7-0123456789ab", "1-0123456789ab", "nonsense", second.replace("2-", "1-")):
        assert set(store.read_since(elsewhere)[1]) == set(CATALOG), elsewhere
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE data_versions SET layers = NULL WHERE sequence = 2"))
    assert set(store.read_since(first)[1]) == set(CATALOG)
    assert store.read_since(second) == (second, {})
