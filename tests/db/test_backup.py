"""A backup is the database of one moment, whoever writes meanwhile, and fits either kind of database."""

from __future__ import annotations

import stat
import time
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine, text

from layers.errors import MissingLayers
from layers.sample import read_sample
from layers.store import Store
from tests.db.conftest import MakeEngine
from tests.db.contents import fill, records
from tests.db.ledger import append_entries, lengths, writers
from tests.db.old_tables import UNRECORDED, make_old_tables
from webmap.storage.backup import LEFT_OUT, load_backup, save_backup
from webmap.storage.backup_file import Manifest
from webmap.storage.errors import DatabaseNotEmpty
from webmap.storage.upgrade import require_present_tables, upgrade
from webmap.storage.versions import bring_to

KINDS = ("sqlite", "postgresql")


def digests(manifest: Manifest) -> dict[str, tuple[int, str]]:
    return {table.name: (table.rows, table.sha256) for table in manifest.tables}


def test_everything_comes_back_but_what_lets_somebody_in(
    engine: Engine, make_engine: MakeEngine, tmp_path: Path
) -> None:
    fill(engine)
    saved = save_backup(engine, tmp_path / "backup.zip")
    assert saved.data_version == Store(engine).data_version()
    other = make_engine(engine.dialect.name)
    assert load_backup(other, tmp_path / "backup.zip") == saved
    assert require_present_tables(other)
    before, after = records(engine), records(other)
    assert {name for name, rows in before.items() if rows} >= {"people", "grants", "sessions", "entries", "siting_runs"}
    assert {name: [] if name in LEFT_OUT else rows for name, rows in before.items()} == after
    (_, layers), (version, loaded) = Store(engine).read_all(), Store(other).read_all()
    assert version == saved.data_version
    for key, frame in layers.items():
        pd.testing.assert_frame_equal(pd.DataFrame(loaded[key]), pd.DataFrame(frame))


@pytest.mark.parametrize(("kind", "other_kind"), [KINDS, KINDS[::-1]])
def test_a_backup_moves_between_the_databases_and_back(
    make_engine: MakeEngine, tmp_path: Path, kind: str, other_kind: str
) -> None:
    here, there, back = make_engine(kind), make_engine(other_kind), make_engine(kind)
    fill(here)
    Store(here).replace(read_sample(), "sample")
    first = save_backup(here, tmp_path / "first.zip")
    load_backup(there, tmp_path / "first.zip")
    second = save_backup(there, tmp_path / "second.zip")
    load_backup(back, tmp_path / "second.zip")
    third = save_backup(back, tmp_path / "third.zip")
    assert first.rows > 10_000
    assert digests(first) == digests(second) == digests(third)
    assert first.data_version == third.data_version


def test_a_backup_is_of_one_moment_while_writers_go_on(engine: Engine, make_engine: MakeEngine, tmp_path: Path) -> None:
    fill(engine)
    made = []
    with writers(engine) as done:
        for number in range(6):
            while done.written < 8 * number and not done.failures:
                time.sleep(0.005)
            made.append(save_backup(engine, tmp_path / f"{number}.zip"))
        written_at_the_end = done.written
    assert not done.failures, done.failures
    assert written_at_the_end >= 40
    held = [digests(manifest)["incidents"][0] for manifest in made]
    assert held == sorted(held)
    assert held[-1] > held[0]
    other = make_engine(engine.dialect.name)
    for number, manifest in enumerate(made):
        load_backup(other, tmp_path / f"{number}.zip", replace=True)
        found = lengths(other)
        assert len(found) == held[number]
        assert all(length == count for length, count in found.values())
        assert Store(other).data_version() == manifest.data_version
        sequence = int(manifest.data_version.split("-")[0])
        assert digests(manifest)["data_versions"][0] == sequence


def test_loading_over_records_while_writers_go_on_leaves_whole_logs(engine: Engine, tmp_path: Path) -> None:
    fill(engine)
    for _ in range(5):
        append_entries(engine)
    save_backup(engine, tmp_path / "backup.zip")
    before = lengths(engine)
    with writers(engine) as done:
        while done.written < 10 and not done.failures:
            time.sleep(0.005)
        load_backup(engine, tmp_path / "backup.zip", replace=True)
        after_loading = done.written
        while done.written < after_loading + 10 and not done.failures:
            time.sleep(0.005)
    assert not done.failures, done.failures
    after = lengths(engine)
    assert before.items() <= after.items()
    assert all(length == count for length, count in after.values())
    assert Store(engine).data_version() > ""
    assert records(engine)["sessions"] == []


def test_records_are_not_replaced_unasked(engine: Engine, tmp_path: Path) -> None:
    fill(engine)
    save_backup(engine, tmp_path / "backup.zip")
    append_entries(engine)
    before = records(engine)
    with pytest.raises(DatabaseNotEmpty, match="incidents"):
        load_backup(engine, tmp_path / "backup.zip")
    assert records(engine) == before
    load_backup(engine, tmp_path / "backup.zip", replace=True)
    assert len(records(engine)["incidents"]) == 1


def test_tables_without_records_count_as_empty(engine: Engine, make_engine: MakeEngine, tmp_path: Path) -> None:
    fill(engine)
    save_backup(engine, tmp_path / "backup.zip")
    other = make_engine(engine.dialect.name)
    upgrade(other)
    load_backup(other, tmp_path / "backup.zip")
    assert len(records(other)["people"]) == 1


@pytest.mark.parametrize("version", UNRECORDED)
def test_a_backup_of_an_older_version_is_loaded_and_upgraded(
    engine: Engine, make_engine: MakeEngine, tmp_path: Path, version: str
) -> None:
    make_old_tables(engine, version)
    assert save_backup(engine, tmp_path / "old.zip").tables_version == version
    other = make_engine(engine.dialect.name)
    fill(other)
    load_backup(other, tmp_path / "old.zip", replace=True)
    assert require_present_tables(other)
    assert list(Store(other).read("supplies")["name"]) == ["用煤"]
    assert Store(other).read("supplies")["demand"].isna().all()
    assert records(other)["people"] == []


def test_an_older_database_takes_a_backup_of_the_present_version(
    engine: Engine, make_engine: MakeEngine, tmp_path: Path
) -> None:
    fill(engine)
    save_backup(engine, tmp_path / "backup.zip")
    other = make_engine(engine.dialect.name)
    make_old_tables(other, "0001")
    load_backup(other, tmp_path / "backup.zip", replace=True)
    assert require_present_tables(other)
    assert records(other)["incidents"] == records(engine)["incidents"]


def test_a_load_that_fails_half_way_leaves_everything_as_it_was(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(engine)
    save_backup(engine, tmp_path / "backup.zip")
    append_entries(engine)
    before, version = records(engine), Store(engine).data_version()

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("webmap.storage.backup.require_columns", fail)
    with pytest.raises(ZeroDivisionError):
        load_backup(engine, tmp_path / "backup.zip", replace=True)
    assert (records(engine), Store(engine).data_version()) == (before, version)


def test_a_backup_is_for_its_owner_and_leaves_no_other_file(engine: Engine, tmp_path: Path) -> None:
    fill(engine)
    folder = tmp_path / "backups"
    folder.mkdir()
    save_backup(engine, folder / "backup.zip")
    assert stat.S_IMODE((folder / "backup.zip").stat().st_mode) == 0o600
    before = (folder / "backup.zip").read_bytes()
    with pytest.raises(FileExistsError):
        save_backup(engine, folder / "backup.zip")
    assert (folder / "backup.zip").read_bytes() == before
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Exception, match="9999"):
        save_backup(engine, folder / "second.zip")
    assert [path.name for path in folder.iterdir()] == ["backup.zip"]


def test_nothing_is_not_saved(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(MissingLayers):
        save_backup(engine, tmp_path / "backup.zip")
    assert not (tmp_path / "backup.zip").exists()


def test_a_recorded_older_version_is_saved_as_it_is(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        bring_to(connection, "0002")
    manifest = save_backup(engine, tmp_path / "backup.zip")
    assert (manifest.tables_version, manifest.rows) == ("0002", 0)
