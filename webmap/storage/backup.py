"""Backups: the whole database as of one moment in one file, while everybody goes on working; and back again."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Engine,
    LargeBinary,
    MetaData,
    String,
    Table,
    collate,
    create_engine,
    delete,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.exc import DatabaseError

from layers.engine import LAYERS_LOCK
from layers.errors import MissingLayers
from layers.history import data_version_of
from layers.tables import WkbBinary
from webmap.storage.backup_file import (
    BackupFile,
    Manifest,
    TableEntry,
    decoded,
    opened_backup,
    write_manifest,
    write_table,
)
from webmap.storage.engine import one_moment, writing
from webmap.storage.errors import DamagedDatabase, DatabaseNotEmpty, UnusableBackup
from webmap.storage.tables import DELIVERIES
from webmap.storage.versions import HEAD, VERSIONS, bring_to, drop_tables, form_of, require_columns, standing_of
from webmap.warnings.channels.adapter import Outcome
from webmap.warnings.delivery_details import FINAL, settle

#: Never in a backup: what lets somebody in without a password or a token. After loading one, people sign in again.
LEFT_OUT = frozenset({"sessions", "invitations", "password_links"})
#: How many rows are held in memory.
_ROWS_AT_ONCE = 2000


def save_backup(engine: Engine, path: Path) -> Manifest:
    """Write everything in the database, as of one moment, to a new file; return what is in it.

    Writers go on meanwhile. The file is complete and read back before it gets its name, and nobody else may read it: it
    holds restricted records and the hashes of passwords. Tables of an older version are saved as they are. Raises
    `MissingLayers` (there are no tables), `FileExistsError`, `OSError`, `DamagedDatabase`, and as `standing_of`.
    """
    if path.exists():
        raise FileExistsError(path)
    with _as_of_one_moment(engine, path.parent) as connection, _named_when_complete(path) as (file, unnamed):
        version = standing_of(connection).version
        if version is None:
            raise MissingLayers("there are no tables")
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            manifest = Manifest(
                tables_version=version,
                data_version=data_version_of(connection),
                made_at=datetime.now(UTC).isoformat(timespec="seconds"),
                tables=tuple(_saved(connection, archive, table) for table in _saved_tables(form_of(version))),
            )
            write_manifest(archive, manifest)
        file.flush()
        os.fsync(file.fileno())
        check_backup(unnamed)
    return manifest


def check_backup(path: Path) -> Manifest:
    """Return what a backup holds, after comparing all of it with its digests.

    Raises `UnusableBackup` if it is no backup, is damaged, or was made by a newer version; and `OSError`.
    """
    with opened_backup(path) as backup:
        _require_loadable(backup)
        backup.check()
        return backup.manifest


def load_backup(engine: Engine, path: Path, *, replace: bool = False) -> Manifest:
    """Fill the database with a backup from either kind of database, and bring it to the present version.

    One transaction: it holds whole or not at all. Raises `UnusableBackup`; `DatabaseNotEmpty` if there are records and
    `replace` is false; and as `standing_of`.
    """
    with opened_backup(path) as backup:
        _require_loadable(backup)
        backup.check()
        version = backup.manifest.tables_version
        entries = {table.name: table for table in backup.manifest.tables}
        with writing(engine, LAYERS_LOCK) as connection:
            _make_room(connection, version, replace=replace)
            for table in _saved_tables(form_of(version)):
                _fill(connection, table, backup, entries[table.name])
            bring_to(connection, HEAD)
            require_columns(connection)
            _hold_back_deliveries(connection)
        return backup.manifest


def _hold_back_deliveries(connection: Connection) -> None:
    """What waited to be sent at the time of the backup was sent since, as like as not: a person decides.

    So it is with what had failed and could be tried again.
    """
    restored = Outcome("unknown", "restored")
    under_way, failed = DELIVERIES.c.state.in_(("waiting", "sending")), DELIVERIES.c.state == "failed"
    settle(connection, (under_way,), restored, {"by": None})
    settle(connection, (failed,), restored, {"by": None}, wanted=lambda code: code not in FINAL)


@contextmanager
def _as_of_one_moment(engine: Engine, folder: Path) -> Iterator[Connection]:
    """Connect to the database of one moment. SQLite's is copied by its online backup and looked over first."""
    if engine.dialect.name != "sqlite":
        with one_moment(engine) as connection:
            yield connection
        return
    with tempfile.TemporaryDirectory(prefix=".webmap-backup-", dir=folder) as own:
        copy = Path(own) / "copy.sqlite"
        with engine.connect() as source, closing(sqlite3.connect(copy)) as target:
            driver: Any = source.connection.driver_connection
            try:
                driver.backup(target)
            except sqlite3.Error as error:
                raise DamagedDatabase(str(error)) from error
        copied = create_engine(URL.create("sqlite", database=str(copy)))
        try:
            with one_moment(copied) as connection:
                _require_sound(connection)
                yield connection
        finally:
            copied.dispose()


def _require_sound(connection: Connection) -> None:
    try:
        said = str(connection.execute(text("PRAGMA quick_check(1)")).scalar_one())
    except DatabaseError as error:
        raise DamagedDatabase(str(error.orig)) from error
    if said != "ok":
        raise DamagedDatabase(" ".join(said.split()))


@contextmanager
def _named_when_complete(path: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """Yield a new file, readable by its owner alone; it gets its name when the block ends, and is gone if it raises."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    unnamed = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file, unnamed
        unnamed.replace(path)
    except BaseException:
        unnamed.unlink(missing_ok=True)
        raise


def _saved_tables(form: MetaData) -> list[Table]:
    """Return the tables of a backup, those first that others refer to."""
    return [table for table in form.sorted_tables if table.name not in LEFT_OUT]


def _saved(connection: Connection, archive: zipfile.ZipFile, table: Table) -> TableEntry:
    on_postgis = connection.dialect.name == "postgresql"

    def order(column: ColumnElement[Any]) -> ColumnElement[Any]:
        # By code points on both databases, whatever the server's language.
        return collate(column, "C") if on_postgis and isinstance(column.type, String) else column

    def plain(column: ColumnElement[Any]) -> ColumnElement[Any]:
        # PostGIS would give WKB with an SRID in it, in the server's byte order.
        is_shape = on_postgis and isinstance(column.type, WkbBinary)
        return func.ST_AsBinary(column, "NDR", type_=LargeBinary) if is_shape else column

    query = select(*map(plain, table.columns)).order_by(*map(order, table.primary_key.columns))
    with connection.execute(query.execution_options(yield_per=_ROWS_AT_ONCE)) as rows:
        return write_table(archive, table.name, table.columns.keys(), rows)


def _require_loadable(backup: BackupFile) -> None:
    manifest = backup.manifest
    if manifest.tables_version not in VERSIONS:
        raise UnusableBackup(backup.path, f"it was made by a newer version (tables {manifest.tables_version})")
    wanted = {table.name: set(table.columns.keys()) for table in _saved_tables(form_of(manifest.tables_version))}
    if {table.name: set(table.columns) for table in manifest.tables} != wanted:
        raise UnusableBackup(backup.path, f"its tables are not those of version {manifest.tables_version}")


def _make_room(connection: Connection, version: str, *, replace: bool) -> None:
    """Leave the database with the empty tables of a version; raises `DatabaseNotEmpty` if it may not be emptied."""
    present = standing_of(connection).version
    if present is not None:
        tables = form_of(present).sorted_tables
        held = [table.name for table in tables if connection.execute(select(table).limit(1)).first() is not None]
        if held and not replace:
            raise DatabaseNotEmpty(held)
        _lock(connection, tables, "EXCLUSIVE" if present == version else "ACCESS EXCLUSIVE")
        if present == version:
            # Emptied, not dropped: what other programs may read of the tables stays granted.
            for table in reversed(tables):
                connection.execute(delete(table))
        else:
            drop_tables(connection, present)
    bring_to(connection, version)


def _lock(connection: Connection, tables: list[Table], mode: str) -> None:
    """Keep writers out until the end; those first that others refer to, as writers of the log take them too."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"LOCK TABLE {', '.join(table.name for table in tables)} IN {mode} MODE"))


def _fill(connection: Connection, table: Table, backup: BackupFile, entry: TableEntry) -> None:
    binary = [name for name in entry.columns if isinstance(table.columns[name].type, WkbBinary)]
    rows: list[dict[str, Any]] = []
    for values in backup.rows(entry):
        row = dict(zip(entry.columns, values, strict=True))
        for name in binary:
            row[name] = decoded(row[name])
        rows.append(row)
        if len(rows) == _ROWS_AT_ONCE:
            connection.execute(insert(table), rows)
            rows = []
    if rows:
        connection.execute(insert(table), rows)
