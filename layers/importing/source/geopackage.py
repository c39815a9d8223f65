"""GeoPackages, read as the SQLite files they are: nothing in them is run, no view, no trigger, no function.

OGC 12-128: `gpkg_contents` lists the tables, `gpkg_geometry_columns` their geometry, which is a short head before WKB.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pandas as pd

from layers.importing.source.model import Batch, Limits, SourceTable
from layers.importing.source.notes import Notes
from layers.importing.source.refusals import refusal
from layers.importing.source.sampling import Samples
from layers.importing.source.shapes import check_vertices, crs_name, flat, from_wkb, kinds_of, one_kind

_SAMPLED_ROWS = 2_000
_ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_KINDS = {
    **{"POINT": "Point", "MULTIPOINT": "Point", "LINESTRING": "LineString", "MULTILINESTRING": "LineString"},
    **{"POLYGON": "Polygon", "MULTIPOLYGON": "Polygon"},
}
#: What a statement of ours may do; anything else (functions, attached files, recursion) is denied.
_ALLOWED = frozenset({sqlite3.SQLITE_READ, sqlite3.SQLITE_SELECT})
_COUNT = "count"
_LONGEST_VALUE = 64 * 2**20


@dataclass(frozen=True)
class _Content:
    name: str
    columns: tuple[str, ...]
    geometry: str | None


@dataclass
class GeopackageReader:
    """Reads the tables of a GeoPackage."""

    path: Path
    limits: Limits
    contents: dict[str, _Content] = field(default_factory=dict)

    def batches(self, table: str, encoding: str, batch_rows: int) -> Iterator[Batch]:
        """Yield the rows in the order of their row numbers; texts are UTF-8 by the standard."""
        del encoding
        content = self.contents[table]
        with _reading(self.path) as connection:
            first = 0
            for rows in _rows(connection, content, batch_rows):
                numbers = np.arange(first + 1, first + len(rows) + 1, dtype=np.int64)
                first += len(rows)
                if first > self.limits.rows:
                    raise refusal("too_many_rows", limit=self.limits.rows)
                geometry = None
                if content.geometry is not None:
                    geometry = flat(from_wkb([_wkb(row[-1]) for row in rows]))
                    check_vertices(geometry, numbers, self.limits)
                yield Batch(numbers, _frame(content, rows), geometry)


def open_geopackage(path: Path, limits: Limits, notes: Notes) -> tuple[GeopackageReader, tuple[SourceTable, ...]]:
    """Return the reader and the tables. Views and special tables are left out, and a note says so."""
    reader = GeopackageReader(path, limits)
    tables: list[SourceTable] = []
    with _reading(path) as connection:
        kinds = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
        listed = connection.execute(
            "SELECT table_name, data_type FROM gpkg_contents WHERE data_type IN ('features', 'attributes')"
        )
        for name, _ in listed.fetchall():
            if not _is_plain(connection, kinds.get(name), name):
                notes.add("table_left_out", table=str(name))
                continue
            tables.append(_table(connection, str(name), reader, limits))
    if not tables:
        raise refusal("no_tables")
    return reader, tuple(tables)


def _is_plain(connection: sqlite3.Connection, sql: str | None, name: str) -> bool:
    """Say whether it is a table of stored values: no view, no virtual table, no column that is computed."""
    if sql is None or not sql.lstrip().upper().startswith("CREATE TABLE"):
        return False
    return not any(row[6] in (1, 2, 3) for row in connection.execute(f"PRAGMA table_xinfo({_quoted(name)})"))


def _table(connection: sqlite3.Connection, name: str, reader: GeopackageReader, limits: Limits) -> SourceTable:
    columns = [str(row[1]) for row in connection.execute(f"PRAGMA table_info({_quoted(name)})")]
    if len(columns) > limits.columns:
        raise refusal("too_many_columns", found=len(columns), limit=limits.columns)
    geometry, said, crs = None, None, None
    try:
        described = connection.execute(
            "SELECT column_name, geometry_type_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?", (name,)
        ).fetchone()
    except sqlite3.OperationalError:
        described = None
    if described is not None and described[0] in columns:
        geometry, said, crs = str(described[0]), str(described[1]), _crs(connection, described[2])
    content = _Content(name, tuple(column for column in columns if column != geometry), geometry)
    reader.contents[name] = content
    samples, kinds = Samples(content.columns), set()
    for rows in islice(_rows(connection, content, _SAMPLED_ROWS), 1):
        frame = _frame(content, rows)
        for column in content.columns:
            samples.add(column, frame[column])
        if geometry is not None:
            kinds = kinds_of(from_wkb([_wkb(row[-1]) for row in rows]))
    kind = _KINDS.get((said or "").upper()) or one_kind(kinds) if geometry is not None else None
    return SourceTable(name, _row_count(connection, name), content.columns, kind, crs, samples.taken())


def _row_count(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {_quoted(name)}").fetchone()[0])  # noqa: S608  quoted


def _crs(connection: sqlite3.Connection, srs_id: object) -> str | None:
    found = connection.execute(
        "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?",
        (srs_id,),
    ).fetchone()
    if found is None or srs_id in (-1, 0):
        return None
    organisation, code, definition = found
    return f"EPSG:{code}" if str(organisation).upper() == "EPSG" else crs_name(str(definition))


def _rows(connection: sqlite3.Connection, content: _Content, size: int) -> Iterator[list[tuple[object, ...]]]:
    wanted = [*content.columns, *([content.geometry] if content.geometry else [])]
    columns = ", ".join(map(_quoted, wanted))
    cursor = connection.execute(f"SELECT {columns} FROM {_quoted(content.name)}")  # noqa: S608  quoted
    while rows := cursor.fetchmany(size):
        yield rows


def _frame(content: _Content, rows: list[tuple[object, ...]]) -> pd.DataFrame:
    count = len(content.columns)
    data = {
        name: [_plain(row[place]) for row in rows] for place, name in zip(range(count), content.columns, strict=True)
    }
    return pd.DataFrame(data, index=pd.RangeIndex(len(rows)), columns=list(content.columns), dtype=object)


def _plain(value: object) -> object:
    return None if isinstance(value, bytes) or value == "" else value


def _wkb(blob: object) -> bytes | None:
    """Return the WKB behind the head of a geometry; None for an empty one or anything else."""
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        return None
    flags = blob[3]
    envelope = _ENVELOPE_BYTES.get(flags >> 1 & 7)
    return None if envelope is None or flags & 0x10 else blob[8 + envelope :]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _authorise(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    if action in _ALLOWED:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION and second == _COUNT:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA and first in ("table_info", "table_xinfo"):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open without any lock, journal or writing, and with every statement authorised."""
    try:
        connection = sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True)
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
            connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
            connection.set_authorizer(_authorise)
            yield connection
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise refusal("truncated", detail=str(error)[:200]) from None
