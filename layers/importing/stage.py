"""The stage: what a file becomes, kept in a SQLite file beside it until somebody writes it into the database or not.

Holds accepted records by layer in the catalogue's columns, rows set aside with their values and reasons, what topology
building did, and a report. Written by one process at a time; read by any number.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self, get_args

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers.catalog import WRITE_ORDER
from layers.crs import STORAGE_EPSG
from layers.records import layer_of
from layers.schema import Title

#: What the write does to a record: it is new, it replaces one of its id, or it stands there already as it is.
What = Literal["added", "changed", "same"]
WHATS: tuple[What, ...] = get_args(What)
#: Records that one batch holds.
BATCH_ROWS = 20_000

_MADE = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE rejected (row INTEGER NOT NULL, zh TEXT NOT NULL, en TEXT NOT NULL, raw TEXT NOT NULL, geometry BLOB);
CREATE TABLE changes (
    kind TEXT NOT NULL, line TEXT, node TEXT, longitude REAL NOT NULL, latitude REAL NOT NULL, moved_m REAL
);
"""


@dataclass(frozen=True)
class Rejected:
    """A row set aside: its number in the file, why, its values as in the file, its geometry in EPSG:4490 if any."""

    row: int
    reason: Title
    raw: Mapping[str, Any]
    geometry: Any = None


@dataclass(frozen=True)
class StagedChange:
    """What topology building did at a place (longitude, latitude): the catalogue's ids, the distance in metres."""

    kind: str
    line: str | None
    node: str | None
    place: tuple[float, float]
    moved_m: float | None

    def document(self) -> dict[str, Any]:
        """Return the change for JSON."""
        return {
            "kind": self.kind,
            "line": self.line,
            "node": self.node,
            "place": list(self.place),
            "moved_m": self.moved_m,
        }


class Stage:
    """An open stage. Use it as a context; what was added is kept when the block ends without an error."""

    def __init__(self, path: Path) -> None:
        """Open what `made` has made; `FileNotFoundError` if there is none."""
        if not path.is_file():
            raise FileNotFoundError(path)
        self.path = path
        self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)

    @classmethod
    def made(cls, path: Path) -> Stage:
        """Make an empty stage in place of what is there, and open it."""
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(_MADE)
        stage = cls(path)
        # A stage that was not finished is made anew: it need not outlive a power cut.
        stage.connection.execute("PRAGMA journal_mode=OFF")
        stage.connection.execute("PRAGMA synchronous=OFF")
        stage.connection.execute("BEGIN")
        return stage

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Keep what was added and close the file."""
        if self.connection.in_transaction:
            self.connection.execute("COMMIT")
        self.connection.close()

    # --- what is kept by name ---

    def put(self, name: str, value: object) -> None:
        """Keep a JSON value by name."""
        text = json.dumps(value, ensure_ascii=False)
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, text))

    def get(self, name: str) -> Any:
        """Return a value kept by name; None if there is none."""
        row = self.connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else json.loads(row[0])

    # --- records ---

    def layers(self) -> tuple[str, ...]:
        """Return the layers that have records here, in the order in which they can be written."""
        tables = {name for (name,) in self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return tuple(key for key in WRITE_ORDER if f"staged_{key}" in tables)

    def add(self, key: str, frame: pd.DataFrame, rows: NDArray[np.int64], whats: Sequence[str]) -> None:
        """Add records of a layer: a conforming frame, the row of the file and the `What` of each."""
        layer = layer_of(key)
        self._require_table(key)
        columns: list[list[Any]] = [rows.tolist(), list(whats)]
        columns += [_plain(frame[name]) for name in layer.columns]
        bounds: list[list[float]] = []
        if layer.geometry is not None:
            shapes = frame["geometry"].to_numpy(dtype=object)
            columns.append(shapely.to_wkb(shapes, byte_order=1).tolist())
            bounds = shapely.bounds(shapes).T.tolist()
        marks = ", ".join("?" * len(columns))
        insert = f"INSERT INTO staged_{key} ({_names(key)}) VALUES ({marks})"  # noqa: S608  names of the catalogue
        first = self._next(key)
        self.connection.executemany(insert, zip(*columns, strict=True))
        if bounds:
            numbers = range(first, first + len(frame))
            self.connection.executemany(
                f"INSERT INTO box_{key} VALUES (?, ?, ?, ?, ?)",  # noqa: S608
                zip(numbers, *bounds, strict=True),
            )

    def count(self, key: str) -> dict[What, int]:
        """Return how many records of a layer there are of each `What`."""
        if key not in self.layers():
            return dict.fromkeys(WHATS, 0)
        found = dict(self.connection.execute(f"SELECT what, count(*) FROM staged_{key} GROUP BY what"))  # noqa: S608
        return {what: int(found.get(what, 0)) for what in WHATS}

    def ids(self, key: str) -> list[str]:
        """Return the ids of a layer's records in the order of the file."""
        if key not in self.layers():
            return []
        return [name for (name,) in self.connection.execute(f"SELECT id FROM staged_{key} ORDER BY n")]  # noqa: S608

    def batches(
        self, key: str, batch_rows: int = BATCH_ROWS, *, news_alone: bool = False
    ) -> Generator[pd.DataFrame, None, None]:
        """Yield a layer's records in the order of the file, ready to be made conforming; nothing for an empty layer.

        With `news_alone` those that stand there already as they are are left out.
        """
        if key not in self.layers():
            return
        layer = layer_of(key)
        names = ", ".join((*layer.columns, *(("geometry",) if layer.geometry is not None else ())))
        with closing(self.connection.cursor()) as cursor:
            which = "WHERE what != 'same'" if news_alone else ""
            cursor.execute(f"SELECT {names} FROM staged_{key} {which} ORDER BY n")  # noqa: S608
            while found := cursor.fetchmany(batch_rows):
                yield _frame(key, found)

    def bounds(self, key: str) -> tuple[float, float, float, float] | None:
        """Return west, south, east, north of a layer's records in degrees; None without geometry or records."""
        if key not in self.layers() or layer_of(key).geometry is None:
            return None
        query = f"SELECT min(west), min(south), max(east), max(north) FROM box_{key}"  # noqa: S608
        found = self.connection.execute(query).fetchone()
        return None if found[0] is None else (found[0], found[1], found[2], found[3])

    # --- rows set aside, and what topology building did ---

    def reject(self, rows: Iterable[Rejected]) -> None:
        """Add rows set aside."""
        self.connection.executemany(
            "INSERT INTO rejected VALUES (?, ?, ?, ?, ?)",
            (
                (
                    item.row,
                    item.reason.zh,
                    item.reason.en,
                    json.dumps(item.raw, ensure_ascii=False, default=str),
                    None if item.geometry is None else shapely.to_wkb(item.geometry),
                )
                for item in rows
            ),
        )

    def rejected(self) -> Iterator[Rejected]:
        """Yield the rows set aside in the order of the file; one that breaks several rules comes once."""
        query = "SELECT row, group_concat(zh, '；'), group_concat(en, '; '), raw, max(geometry) FROM rejected"
        for row, zh, en, raw, blob in self.connection.execute(f"{query} GROUP BY row ORDER BY row"):
            yield Rejected(row, Title(zh, en), json.loads(raw), None if blob is None else shapely.from_wkb(blob))

    def rejected_count(self) -> int:
        """Return how many rows were set aside."""
        return int(self.connection.execute("SELECT count(DISTINCT row) FROM rejected").fetchone()[0])

    def add_changes(self, changes: Iterable[StagedChange]) -> None:
        """Add what topology building did."""
        self.connection.executemany(
            "INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?)",
            ((item.kind, item.line, item.node, *item.place, item.moved_m) for item in changes),
        )

    def change_counts(self) -> dict[str, int]:
        """Return how many changes of each kind topology building made."""
        return dict(self.connection.execute("SELECT kind, count(*) FROM changes GROUP BY kind ORDER BY kind"))

    def _require_table(self, key: str) -> None:
        kinds = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
        layer = layer_of(key)
        columns = ", ".join(f"{field.name} {kinds[field.kind]}" for field in layer.fields)
        geometry = ", geometry BLOB NOT NULL" if layer.geometry is not None else ""
        self.connection.execute(
            f"CREATE TABLE IF NOT EXISTS staged_{key} (n INTEGER PRIMARY KEY, row INTEGER, what TEXT, "
            f"{columns}{geometry})"
        )
        if layer.geometry is not None:
            self.connection.execute(
                f"CREATE TABLE IF NOT EXISTS box_{key} "
                "(n INTEGER PRIMARY KEY, west REAL, south REAL, east REAL, north REAL)"
            )

    def _next(self, key: str) -> int:
        query = f"SELECT coalesce(max(n), 0) + 1 FROM staged_{key}"  # noqa: S608
        return int(self.connection.execute(query).fetchone()[0])


def _names(key: str) -> str:
    layer = layer_of(key)
    geometry = ("geometry",) if layer.geometry is not None else ()
    return ", ".join(("row", "what", *layer.columns, *geometry))


def _plain(values: pd.Series[Any]) -> list[Any]:
    """A column as SQLite takes it: None for what is unknown."""
    if values.dtype == bool:
        return values.astype("int64").tolist()
    plain = values.astype(object)
    return plain.where(values.notna(), None).tolist()


def _frame(key: str, found: list[Any]) -> pd.DataFrame:
    """Records as they were staged: they conformed then, and do but for the types of columns."""
    layer = layer_of(key)
    columns = list(zip(*found, strict=True))
    frame = pd.DataFrame(
        {name: pd.Series(column, dtype=object) for name, column in zip(layer.columns, columns, strict=False)}
    )
    for field in layer.fields:
        if field.kind == "boolean":
            frame[field.name] = frame[field.name].astype("bool")
    if layer.geometry is None:
        return frame
    shapes = shapely.from_wkb(np.array(columns[-1], dtype=object))
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=STORAGE_EPSG)
