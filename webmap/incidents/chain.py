"""The chain: what was written stays as written, or it shows.

Every entry's hash covers all its columns and the hash of the entry before; the first one's covers how the incident was
opened (plan, drill or not, name, when, by whom, on which data). Who can rewrite the whole database can make a new
chain; that shows against a head (number and hash) that was noted elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from webmap.incidents.moments import utc_seconds
from webmap.incidents.records import Opening


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as its columns hold it; `webmap.storage.tables.ENTRIES` has the same names."""

    incident_id: str
    number: int
    kind: str
    happened_at: str
    happened_utc: str
    written_at: str
    author_id: str
    author_name: str
    clause: str | None
    body: str
    client_key: str | None
    previous_hash: str
    hash: str


@dataclass(frozen=True)
class Head:
    """Where a log ends: the number and the hash of its last entry."""

    number: int
    hash: str


Tampering = Literal["missing", "previous", "content", "sort_time", "order", "head", "opening", "anchor"]


@dataclass(frozen=True)
class Break:
    """A place where the log is not what was written. `number` is the entry's; 0 for the incident's own row."""

    number: int
    what: Tampering


def canonical(document: object) -> str:
    """Return the one JSON text of a document: sorted keys, no blanks, letters as they are. NaN raises ValueError."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def beginning(opening: Opening) -> str:
    """Return what the first entry is chained to."""
    said = asdict(opening)
    if opening.data_version is None:  # incidents from before it was written down say the same without it
        del said["data_version"]
    return _digest(said)


def hash_of(entry: StoredEntry) -> str:
    """Return the hash that an entry with these columns has, whatever its `hash` says."""
    # `happened_utc` follows from `happened_at` and is compared with it.
    return _digest({key: getattr(entry, key) for key in _HASHED})


_HASHED = tuple(name for name in StoredEntry.__slots__ if name not in {"happened_utc", "hash"})


def _digest(document: object) -> str:
    return hashlib.sha256(canonical(document).encode()).hexdigest()


def breaks(opening: Opening, head: Head, entries: Sequence[StoredEntry], anchor: Head | None = None) -> list[Break]:
    """Return every break of a log, in order; nothing for one that is as it was written.

    `entries` are all of the incident's in the order of numbers, `head` what its row says is the last. `anchor` is a
    head noted earlier: it must still be part of the chain.
    """
    found: list[Break] = []
    previous, number, written_at = beginning(opening), 0, ""
    for entry in entries:
        found += [Break(missing, "missing") for missing in range(number + 1, entry.number)]
        if entry.number == number + 1 and entry.previous_hash != previous:
            # What the first entry is chained to is how the incident was opened.
            found.append(Break(entry.number, "previous" if number else "opening"))
        found += [Break(entry.number, what) for what in _own_breaks(entry, written_at)]
        previous, number, written_at = entry.hash, entry.number, entry.written_at
    if (head.number, head.hash) != (number, previous if number else head.hash):
        found.append(Break(0, "head"))
    if anchor is not None and (anchor.number, anchor.hash) not in {(entry.number, entry.hash) for entry in entries}:
        found.append(Break(anchor.number, "anchor"))
    return found


def _own_breaks(entry: StoredEntry, earlier: str) -> list[Tampering]:
    found: list[Tampering] = []
    if hash_of(entry) != entry.hash:
        found.append("content")
    if utc_seconds(entry.happened_at) != entry.happened_utc:
        found.append("sort_time")
    if entry.written_at < earlier:
        found.append("order")
    return found
