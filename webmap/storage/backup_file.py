"""The file of a backup: a zip with one JSON Lines file for each table, and a manifest with their digests.

    manifest.json           what follows, how many rows, the SHA-256 of each file
    tables/people.jsonl     one JSON array for each row, values in the manifest's order of columns, sorted by key

Bytes (geometry as WKB) are base64. Nothing in it depends on the database: the same rows give the same digests on SQLite
and on PostgreSQL.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from webmap.storage.errors import UnusableBackup

_MANIFEST = "manifest.json"
_BYTES_AT_ONCE = 1 << 20
#: No row of ours is longer; a file that is no backup must not fill the memory.
_ROW_BYTES = 1 << 28
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError)


class TableEntry(BaseModel):
    """One table of a backup."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


class Manifest(BaseModel):
    """What a backup holds. `tables_version` is the version of the tables, `made_at` is in UTC (ISO 8601)."""

    model_config = ConfigDict(frozen=True)

    format: Literal["webmap-backup"] = "webmap-backup"
    format_version: Literal[1] = 1
    tables_version: str
    data_version: str
    made_at: str
    tables: tuple[TableEntry, ...]

    @property
    def rows(self) -> int:
        """The number of records in all tables."""
        return sum(table.rows for table in self.tables)


def write_table(
    archive: zipfile.ZipFile, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> TableEntry:
    """Write the rows of a table, as they come, and return their entry in the manifest."""
    digest = hashlib.sha256()
    count = 0
    with archive.open(_member(name), "w", force_zip64=True) as file:
        for row in rows:
            line = json.dumps(list(row), default=_encoded, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            digest.update(line)
            file.write(line)
            count += 1
    return TableEntry(name=name, columns=tuple(columns), rows=count, sha256=digest.hexdigest())


def write_manifest(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Write the manifest, once all tables are written."""
    archive.writestr(_MANIFEST, manifest.model_dump_json(indent=2))


class BackupFile:
    """A backup opened for reading."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self.path = path
        self.manifest = manifest
        self._archive = archive

    def check(self) -> None:
        """Compare every table with its digest and number of rows; raises `UnusableBackup`."""
        for table in self.manifest.tables:
            digest = hashlib.sha256()
            count = 0
            with self._opened(table) as file:
                while part := file.read(_BYTES_AT_ONCE):
                    digest.update(part)
                    count += part.count(b"\n")
            if (digest.hexdigest(), count) != (table.sha256, table.rows):
                raise UnusableBackup(self.path, f"table {table.name} is not as it was written")

    def rows(self, table: TableEntry) -> Iterator[list[Any]]:
        """Yield the rows of a table; bytes are still base64. Raises `UnusableBackup`."""
        with self._opened(table) as file:
            while line := file.readline(_ROW_BYTES):
                row = json.loads(line)
                if not isinstance(row, list) or len(row) != len(table.columns):
                    raise UnusableBackup(self.path, f"a row of table {table.name} has not {len(table.columns)} values")
                yield row

    @contextmanager
    def _opened(self, table: TableEntry) -> Iterator[IO[bytes]]:
        try:
            with self._archive.open(_member(table.name)) as file:
                yield file
        except (*_BROKEN, ValueError) as error:
            raise UnusableBackup(self.path, f"table {table.name} cannot be read: {error}") from error


@contextmanager
def opened_backup(path: Path) -> Iterator[BackupFile]:
    """Open a backup for reading; raises `UnusableBackup` if it is none, and `OSError`."""
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile:
        raise UnusableBackup(path, "the file is no backup, or was cut off") from None
    with archive:
        try:
            manifest = Manifest.model_validate_json(archive.read(_MANIFEST))
        except _BROKEN:
            raise UnusableBackup(path, "the file is no backup: it has no readable manifest") from None
        except ValidationError as error:
            raise UnusableBackup(path, f"the manifest is not valid: {_first(error)}") from None
        yield BackupFile(path, archive, manifest)


def decoded(value: str) -> bytes:
    """Return the bytes that a row holds as base64; `ValueError` if it does not."""
    return base64.b64decode(value, validate=True)


def _encoded(value: Any) -> str:
    return base64.b64encode(value).decode("ascii")


def _member(table: str) -> str:
    return f"tables/{table}.jsonl"


def _first(error: ValidationError) -> str:
    problem = error.errors()[0]
    return f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"
