"""The versions of the data: who wrote which, when and why, and how a version is named."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, select

from layers.errors import UnknownVersion, VersionNotKept
from layers.tables import DATA_VERSIONS

#: `sample`: the product's own example; `import`: a file; `edit`: on the map; `undo`: back to an earlier version;
#: `sites`: sites chosen by a study; `load`: anything else.
Kind = Literal["sample", "import", "edit", "undo", "sites", "load"]
_DIGITS = 12
#: Names the data before the first write: none. Nothing was written then, so this is always known.
BEFORE_ALL = "0"


@dataclass(frozen=True)
class Author:
    """Who writes: a person's id and name, or, without an id, the command that was called."""

    id: str | None
    name: str


@dataclass(frozen=True)
class Written:
    """What is said of a write. `detail` goes into the history as JSON (file, digest, rows ...): nothing personal."""

    author: Author
    kind: Kind
    note: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Counts:
    """How many records of a layer were added, changed and removed."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True)
class DataVersion:
    """One write. What was not written down yet when it was made is None; `written_at` is UTC (ISO 8601).

    `layers` are the keys of those that it wrote, `changes` says how many of their records; `kept` whether the data can
    still be read as they were after it.
    """

    version: str
    sequence: int
    written_at: str | None
    author_id: str | None
    author_name: str | None
    kind: str | None
    note: str
    detail: Mapping[str, Any]
    layers: tuple[str, ...] | None
    changes: Mapping[str, Counts] | None
    kept: bool


def version_of(sequence: int, chain: str) -> str:
    """Return a version's name: `<sequence>-<digest>`."""
    return f"{sequence}-{chain[:_DIGITS]}"


def chained(before: str, content: str) -> str:
    """Return the digest of a chain that goes on with this content."""
    return hashlib.sha256(f"{before}{content}".encode()).hexdigest()


def last_write(connection: Connection) -> tuple[int, str]:
    """Return the sequence and the chained digest of the last write; (0, "") if nothing was ever written."""
    # Those columns alone that the tables of every version have: backups are made of older ones too.
    columns = DATA_VERSIONS.c
    query = select(columns.sequence, columns.digest).order_by(columns.sequence.desc()).limit(1)
    row = connection.execute(query).first()
    return (0, "") if row is None else (row.sequence, row.digest)


def data_version_of(connection: Connection) -> str:
    """Return the data version as a transaction sees it; "" if nothing was ever written."""
    sequence, chain = last_write(connection)
    return version_of(sequence, chain) if sequence else ""


def sequence_of(connection: Connection, version: str) -> int:
    """Return the sequence of a version; `UnknownVersion` if this database never had it."""
    row = _row(connection, version)
    return int(row.sequence)


def kept_sequence_of(connection: Connection, version: str) -> int:
    """Return the sequence of a version that can be read, 0 for `BEFORE_ALL`.

    Raises `UnknownVersion` and `VersionNotKept`.
    """
    if version == BEFORE_ALL:
        return 0
    row = _row(connection, version)
    if not row.kept:
        raise VersionNotKept(version)
    return int(row.sequence)


def _row(connection: Connection, version: str) -> Row[Any]:
    number = version.partition("-")[0]
    # More digits than a database's whole number has name no version.
    sequence = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0
    row = connection.execute(select(DATA_VERSIONS).where(DATA_VERSIONS.c.sequence == sequence)).first()
    if row is None or version_of(row.sequence, row.digest) != version:
        raise UnknownVersion(version)
    return row


def layers_after(connection: Connection, sequence: int, until: int | None = None) -> set[str] | None:
    """Return the keys of the layers that were written after a sequence (and not after `until`); None if not known."""
    query = select(DATA_VERSIONS.c.layers).where(DATA_VERSIONS.c.sequence > sequence)
    if until is not None:
        query = query.where(DATA_VERSIONS.c.sequence <= until)
    written = connection.scalars(query).all()
    return None if None in written else {key for keys in written for key in str(keys).split()}


def record(
    connection: Connection,
    before: tuple[int, str],
    contents: Sequence[str],
    changes: Mapping[str, Counts],
    said: Written,
) -> str:
    """Write down a write that follows the one `before` (sequence, chain) and return its version.

    `contents` are digests of what was written, `changes` tells of all layers that it wrote, changed or not.
    """
    sequence, chain = before
    for content in contents:
        chain = chained(chain, content)
    row = {
        "sequence": sequence + 1,
        "digest": chain,
        "note": said.note,
        "layers": " ".join(changes),
        "written_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "author_id": said.author.id,
        "author_name": said.author.name or None,
        "kind": said.kind,
        "detail": _json(said.detail),
        "changes": _json({key: asdict(counts) for key, counts in changes.items() if counts}),
        "kept": True,
    }
    connection.execute(insert(DATA_VERSIONS).values(row))
    return version_of(sequence + 1, chain)


def versions(connection: Connection, limit: int, before: int | None = None) -> list[DataVersion]:
    """Return the last versions, newest first; with `before` those that precede that sequence."""
    query = select(DATA_VERSIONS).order_by(DATA_VERSIONS.c.sequence.desc()).limit(limit)
    if before is not None:
        query = query.where(DATA_VERSIONS.c.sequence < before)
    return [_data_version(row) for row in connection.execute(query)]


def version_entry(connection: Connection, version: str) -> DataVersion:
    """Return what is known of a version; raises `UnknownVersion`."""
    return _data_version(_row(connection, version))


def _data_version(row: Row[Any]) -> DataVersion:
    changes = None if row.changes is None else json.loads(row.changes)
    return DataVersion(
        version=version_of(row.sequence, row.digest),
        sequence=row.sequence,
        written_at=row.written_at,
        author_id=row.author_id,
        author_name=row.author_name,
        kind=row.kind,
        note=row.note,
        detail={} if row.detail is None else json.loads(row.detail),
        layers=None if row.layers is None else tuple(row.layers.split()),
        changes=None if changes is None else {key: Counts(**counts) for key, counts in changes.items()},
        kept=bool(row.kept),
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
