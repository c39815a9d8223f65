"""Several facts written as one: the keys that find them again, and the entries that they become."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, update

from priority.errors import UnknownPlan
from webmap.incidents.admission import Candidate, admit
from webmap.incidents.chain import Head, StoredEntry
from webmap.incidents.entries import Fact
from webmap.incidents.errors import ClientKeyReused, LogError
from webmap.incidents.records import Author, Entry, Opening
from webmap.incidents.rows import says_the_same, stored
from webmap.languages import Language
from webmap.storage.tables import ENTRIES, INCIDENTS

if TYPE_CHECKING:
    from priority.plans import Plan

#: Stands between a client's key and the fact's place; no key of a client can hold it.
_SEPARATOR = "\x1f"


@dataclass(frozen=True)
class Request:
    """At least one fact to be written, by whom, and the client's key, by which the same request is known again.

    `from_register` is true for what the register of warnings writes about its own.
    """

    facts: Sequence[Fact]
    author: Author
    client_key: str | None
    from_register: bool = False


def keys_of(client_key: str | None, count: int) -> Sequence[str | None]:
    """Return a key for each of `count` facts of one request: the client's own for the first, from it for the others."""
    if client_key is None:
        return [None] * count
    return [client_key, *(f"{client_key}{_SEPARATOR}{place}" for place in range(2, count + 1))][:count]


def plan_or_none(plan_of: Callable[[str], Plan], key: str) -> Plan | None:
    """Return the plan of a key, None if there is none any more."""
    try:
        return plan_of(key)
    except UnknownPlan:
        return None


def entries_for(
    plan: Plan | None,
    opening: Opening,
    head: Head,
    history: Sequence[Entry],
    request: Request,
    moment: datetime,
    language: Language,
) -> list[StoredEntry]:
    """Return the entries that a request's facts become after `head`, each admitted after those before it.

    `history` is what `admit` asks for. Without a plan nothing is asked: the register of warnings did. Raises what
    `admit` raises; the error's `place` is that of the fact.
    """
    author = request.author
    known, found = list(history), []
    for place, (fact, key) in enumerate(
        zip(request.facts, keys_of(request.client_key, len(request.facts)), strict=True)
    ):
        try:
            number, drill = head.number + 1, opening.drill
            if plan is not None:
                admit(plan, Candidate(fact, author, number, moment, drill, request.from_register), known, language)
        except LogError as error:
            error.place = place
            raise
        entry = stored(opening, head, fact, author, moment, key)
        head = Head(entry.number, entry.hash)
        known.append(Entry(entry.number, fact, moment, author.id, author.name))
        found.append(entry)
    return found


def store_entries(connection: Connection, entries: Sequence[StoredEntry]) -> None:
    """Add the entries of a request to their incident's log, within a transaction that the caller has begun."""
    connection.execute(insert(ENTRIES), [asdict(entry) for entry in entries])
    last = entries[-1]
    incident = update(INCIDENTS).where(INCIDENTS.c.id == last.incident_id)
    connection.execute(incident.values(length=last.number, last_hash=last.hash))


def require_same(earlier: Sequence[StoredEntry], request: Request) -> None:
    """Raise `ClientKeyReused` unless what was written with the request's key is what the request says."""
    same = len(earlier) == len(request.facts) and all(
        says_the_same(entry, fact, request.author) for entry, fact in zip(earlier, request.facts, strict=True)
    )
    if not same:
        raise ClientKeyReused(f"incident {earlier[0].incident_id}, entry {earlier[0].number}")


def of_one_request(client_key: str, entries: Sequence[StoredEntry]) -> list[StoredEntry]:
    """Return those at the beginning of `entries` that one request with this key wrote."""
    keys = keys_of(client_key, len(entries))
    same = [entry.client_key == key for entry, key in zip(entries, keys, strict=True)]
    return list(entries[: same.index(False)] if False in same else entries)
