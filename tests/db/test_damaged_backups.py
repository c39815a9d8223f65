"""A backup that is not as it was written is refused before anything is lost."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from layers.sample import read_sample
from layers.store import Store
from tests.db.conftest import MakeEngine
from tests.db.contents import fill, records
from webmap.storage.backup import check_backup, load_backup, save_backup
from webmap.storage.errors import DamagedDatabase, UnusableBackup
from webmap.storage.versions import HEAD


def changed(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Write the backup anew with changed members."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    other = path.with_name("changed.zip")
    with zipfile.ZipFile(other, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return other


def _alter(members: dict[str, bytes]) -> None:
    members["tables/people.jsonl"] = members["tables/people.jsonl"].replace(b"wang", b"wong")


def _lose_a_row(members: dict[str, bytes]) -> None:
    members["tables/entries.jsonl"] = members["tables/entries.jsonl"].split(b"\n", 1)[1]


def _lose_a_table(members: dict[str, bytes]) -> None:
    del members["tables/entries.jsonl"]


def _lose_the_manifest(members: dict[str, bytes]) -> None:
    del members["manifest.json"]


def _of_the_future(members: dict[str, bytes]) -> None:
    members["manifest.json"] = members["manifest.json"].replace(
        f'"tables_version": "{HEAD}"'.encode(), b'"tables_version": "9999"'
    )


def _without_the_log(members: dict[str, bytes]) -> None:
    manifest = json.loads(members["manifest.json"])
    manifest["tables"] = [table for table in manifest["tables"] if table["name"] != "entries"]
    members["manifest.json"] = json.dumps(manifest).encode()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_alter, "people is not as it was written"),
        (_lose_a_row, "entries is not as it was written"),
        (_lose_a_table, "entries cannot be read"),
        (_lose_the_manifest, "no readable manifest"),
        (_of_the_future, "newer version"),
        (_without_the_log, f"not those of version {HEAD}"),
    ],
)
def test_a_changed_backup_is_refused_and_nothing_is_lost(
    make_engine: MakeEngine, tmp_path: Path, change: Callable[[dict[str, bytes]], None], told: str
) -> None:
    engine = make_engine("sqlite")
    fill(engine)
    save_backup(engine, tmp_path / "backup.zip")
    assert check_backup(changed(tmp_path / "backup.zip", lambda _: None)).rows > 0
    other = changed(tmp_path / "backup.zip", change)
    before = records(engine)
    with pytest.raises(UnusableBackup, match=told):
        check_backup(other)
    with pytest.raises(UnusableBackup, match=told):
        load_backup(engine, other, replace=True)
    assert records(engine) == before


@pytest.mark.parametrize("table", ["layer_facilities", "people", "account_events"])
def test_a_backup_with_a_changed_byte_or_cut_off_is_refused(
    make_engine: MakeEngine, tmp_path: Path, table: str
) -> None:
    engine = make_engine("sqlite")
    fill(engine)
    save_backup(engine, tmp_path / "backup.zip")
    content = bytearray((tmp_path / "backup.zip").read_bytes())
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        member = archive.getinfo(f"tables/{table}.jsonl")
        name = member.filename.encode()
    # In the middle of its content, which its local header ends with; a changed date in the header would do no harm.
    at = content.index(name, member.header_offset) + len(name) + member.compress_size // 2
    content[at] ^= 0xFF
    (tmp_path / "changed.zip").write_bytes(content)
    (tmp_path / "cut.zip").write_bytes(content[:at])
    for name in ("changed.zip", "cut.zip"):
        with pytest.raises(UnusableBackup):
            check_backup(tmp_path / name)


def test_a_damaged_sqlite_file_is_told(make_engine: MakeEngine, tmp_path: Path) -> None:
    engine = make_engine("sqlite")
    fill(engine)
    Store(engine).replace(read_sample(), "sample")
    with engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    engine.dispose()
    path = Path(str(engine.url.database))
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 65536] = bytes(65536)
    path.write_bytes(content)
    with pytest.raises(DamagedDatabase):
        save_backup(engine, tmp_path / "backup.zip")
    assert not (tmp_path / "backup.zip").exists()
