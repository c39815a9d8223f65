"""Between entries and the database's columns."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Row

from webmap.incidents.chain import Head, StoredEntry, canonical, hash_of
from webmap.incidents.entries import FACT, Fact
from webmap.incidents.entry_fields import STORED
from webmap.incidents.errors import UnreadableEntry
from webmap.incidents.moments import as_entered, read_written, utc_seconds, written
from webmap.incidents.records import Author, Entry, Opening
from webmap.storage.tables import INCIDENTS

#: What an entry's columns say besides its body.
_IN_COLUMNS = {"kind", "happened_at", "clause"}
#: Fields that came later; null says nothing.
_ADDED = ("replaces", "expires_at", "warning_id", "speaks_of", "known", "field_report")


def stored(
    opening: Opening, head: Head, fact: Fact, author: Author, moment: datetime, client_key: str | None
) -> StoredEntry:
    """Return the columns of the entry that follows `head`, written at `moment`, with its hash."""
    entry = StoredEntry(
        incident_id=opening.incident_id,
        number=head.number + 1,
        kind=fact.kind,
        happened_at=as_entered(fact.happened_at),
        happened_utc=utc_seconds(fact.happened_at),
        written_at=written(moment),
        author_id=author.id,
        author_name=author.name,
        clause=fact.clause,
        body=body_of(fact),
        client_key=client_key,
        previous_hash=head.hash,
        hash="",
    )
    return replace(entry, hash=hash_of(entry))


def body_of(fact: Fact) -> str:
    """Return the canonical JSON of what a fact says besides its columns, also what it leaves open."""
    body = fact.model_dump(mode="json", exclude=_IN_COLUMNS)
    for said in (body, body.get("replacement") or {}):
        # Entries from before these fields were there say the same without them.
        if said.get("recommendation_failed") is False:
            del said["recommendation_failed"]
        for name in _ADDED:
            if said.get(name, "") is None:
                del said[name]
    return canonical(body)


def stored_entry(row: Row[Any]) -> StoredEntry:
    """Return the columns of a row of `ENTRIES`."""
    return StoredEntry(**row._mapping)


def entry_of(columns: StoredEntry) -> Entry:
    """Return the entry that columns say; `UnreadableEntry` if they say none that this version knows."""
    try:
        body = json.loads(columns.body)
        document = {**body, "kind": columns.kind, "happened_at": columns.happened_at, "clause": columns.clause}
        return Entry(
            columns.number,
            FACT.validate_python(document, context=STORED),
            read_written(columns.written_at),
            columns.author_id,
            columns.author_name,
            columns.client_key,
            columns.hash,
        )
    except (ValueError, TypeError, ValidationError) as error:
        raise UnreadableEntry(columns.incident_id, columns.number) from error


def entry_or_none(columns: StoredEntry) -> Entry | None:
    """Return the entry that columns say, None if they say none that this version knows."""
    try:
        return entry_of(columns)
    except UnreadableEntry:
        return None


def says_the_same(columns: StoredEntry, fact: Fact, author: Author) -> bool:
    """Whether an entry was written by this author and says this."""
    said = (fact.kind, as_entered(fact.happened_at), fact.clause, body_of(fact), author.id)
    return said == (columns.kind, columns.happened_at, columns.clause, columns.body, columns.author_id)


def opening_of(row: Row[Any]) -> Opening:
    """Return how an incident was opened from its row."""
    return Opening(row.id, row.plan, bool(row.drill), row.name, row.opened_at, row.opened_by, row.data_version)


def head_of(row: Row[Any]) -> Head:
    """Return where an incident's row says that its log ends."""
    return Head(row.length, row.last_hash)


def incident_values(opening: Opening, head: Head) -> dict[str, Any]:
    """Return the columns of an incident's row."""
    values = asdict(opening)
    values["id"] = values.pop("incident_id")
    assert values.keys() | {"length", "last_hash"} == set(INCIDENTS.c.keys())  # noqa: S101
    return {**values, "length": head.number, "last_hash": head.hash}
