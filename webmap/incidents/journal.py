"""The journal: incidents and their entries in the database. What it answers is stored, for good.

An append is one transaction, and those of one incident come one after another. On SQLite the file is synchronised
before the answer (the engine sees to that); on PostgreSQL the write-ahead log is, whatever the server's own setting.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection, Engine, bindparam, insert, or_, select
from sqlalchemy.exc import IntegrityError

from webmap.incidents.admission import require_key, require_name
from webmap.incidents.batches import Request, entries_for, plan_or_none, require_same, store_entries
from webmap.incidents.chain import Break, Head, StoredEntry, beginning, breaks
from webmap.incidents.entries import Fact
from webmap.incidents.errors import ClientKeyReused, Conflict
from webmap.incidents.moments import now_utc, read_written, written
from webmap.incidents.reading import (
    find_incident,
    history_for,
    require_incident,
    stored_entries,
    summaries,
    written_with,
)
from webmap.incidents.records import Author, Entry, IncidentSummary, Log, Opening
from webmap.incidents.rows import entry_of, entry_or_none, incident_values
from webmap.incidents.turns import Turns, announce
from webmap.languages import Language
from webmap.storage.engine import one_moment
from webmap.storage.tables import ENTRIES, INCIDENTS

if TYPE_CHECKING:
    from priority.plans import Plan

#: Makes an incident's id from who opens it and the client's key, so that a repeated opening finds the first.
_OPENINGS = uuid.UUID("6a0e4bb0-55b5-4d0a-9d4e-6c8f5c1f5a10")

_FIRST_AUTHOR = select(ENTRIES.c.author_name).where(
    ENTRIES.c.incident_id == bindparam("incident_id"), ENTRIES.c.number == 1
)

Which = Literal["all", "running", "ended", "drills"]


@dataclass(frozen=True)
class Written:
    """An entry that is stored. `is_new` is false where a repeated request found what the first one had written."""

    incident_id: str
    entry: Entry
    is_new: bool


@dataclass(frozen=True)
class Look:
    """A part of a log, the number of the whole log's last entry, and the name of who wrote its first."""

    log: Log
    length: int
    opened_by_name: str


class Journal:
    """Opens incidents, appends to their logs, and reads them.

    `plan_of` returns the plan of a key (`UnknownPlan` if there is none), `clock` the present moment.
    """

    def __init__(self, engine: Engine, plan_of: Callable[[str], Plan], clock: Callable[[], datetime] = now_utc) -> None:
        self.engine = engine
        self._plan_of = plan_of
        self.clock = clock
        self.turns = Turns(engine)

    def open(
        self,
        plan: str,
        name: str,
        fact: Fact,
        author: Author,
        *,
        drill: bool,
        client_key: str | None = None,
        language: Language = "zh",
    ) -> Written:
        """Open an incident with one entry, as `open_all` does with several."""
        return self.open_all(plan, name, [fact], author, drill=drill, client_key=client_key, language=language)[0]

    def open_all(
        self,
        plan: str,
        name: str,
        facts: Sequence[Fact],
        author: Author,
        *,
        drill: bool,
        client_key: str | None = None,
        language: Language = "zh",
        data_version: str | None = None,
    ) -> list[Written]:
        """Open an incident with its first entries, all or none; the first says what was reported.

        `data_version` is that of the data it is opened on. With `client_key` a repeated opening by the same author
        finds the first. Raises `Refused`, `InvalidEntry`, `ClientKeyReused`, and `UnknownPlan`.
        """
        now = self.clock()
        name = require_name(name, language)
        require_key(client_key, language)
        opening = Opening(incident_id_of(author, client_key), plan, drill, name, written(now), author.id, data_version)
        head = Head(0, beginning(opening))
        request = Request(facts, author, client_key)
        found = entries_for(self._plan_of(plan), opening, head, (), request, now, language)
        try:
            with self.writing() as connection:
                if client_key is None or find_incident(connection, opening.incident_id) is None:
                    head = Head(found[-1].number, found[-1].hash)
                    connection.execute(insert(INCIDENTS).values(incident_values(opening, head)))
                    connection.execute(insert(ENTRIES), [asdict(entry) for entry in found])
                    announce(connection, opening.incident_id)
                    return _answers(found, is_new=True)
        except IntegrityError:  # the same opening came twice at once, and the other one was first
            if client_key is None:
                raise
        return self._opened_before(opening, request)

    def _opened_before(self, wanted: Opening, request: Request) -> list[Written]:
        with self.engine.connect() as connection:
            found, _ = require_incident(connection, wanted.incident_id)
            first = written_with(connection, found.incident_id, request.client_key or "", len(request.facts) + 1)
        if (found.plan, found.drill, found.name) != (wanted.plan, wanted.drill, wanted.name):
            raise ClientKeyReused(f"incident {found.incident_id}")
        require_same(first, request)
        return _answers(first, is_new=False)

    def append(
        self,
        incident_id: str,
        fact: Fact,
        author: Author,
        *,
        client_key: str | None = None,
        expected_number: int | None = None,
        language: Language = "zh",
    ) -> Written:
        """Append one entry, as `append_all` does several."""
        found = self.append_all(
            incident_id, [fact], author, client_key=client_key, expected_number=expected_number, language=language
        )
        return found[0]

    def append_all(
        self,
        incident_id: str,
        facts: Sequence[Fact],
        author: Author,
        *,
        client_key: str | None = None,
        expected_number: int | None = None,
        language: Language = "zh",
    ) -> list[Written]:
        """Append an entry for each of at least one fact, all or none, and return them once they are stored.

        With `client_key` a repeated request finds what the first one wrote. With `expected_number`, the last entry that
        the author has seen, `Conflict` tells what was written since. Raises `Refused`, `InvalidEntry`,
        `ClientKeyReused`, `UnknownIncident`, and `UnknownPlan`.
        """
        require_key(client_key, language)
        request = Request(facts, author, client_key)
        with self.writing() as connection:
            opening, head = require_incident(connection, incident_id, lock=True)
            if client_key is not None:
                earlier = written_with(connection, incident_id, client_key, len(facts) + 1)
                if earlier:
                    require_same(earlier, request)
                    return _answers(earlier, is_new=False)
            if expected_number is not None and expected_number != head.number:
                since = stored_entries(connection, incident_id, ENTRIES.c.number > expected_number)
                raise Conflict(expected_number, head.number, [entry_of(entry) for entry in since])
            return self._append(connection, opening, head, request, language)

    def append_for_register(
        self,
        connection: Connection,
        incident_id: str,
        fact: Fact,
        author: Author,
        *,
        not_before: datetime,
        language: Language = "zh",
    ) -> Written:
        """Append an entry about a warning of the register within a transaction that `writing` began.

        It is stored when that transaction is, together with all else in it. Written at `not_before` (UTC) or later.
        Where the plan is gone the register's own rules are enough. Raises `Refused` and `UnknownIncident`.
        """
        opening, head = require_incident(connection, incident_id, lock=True)
        request = Request([fact], author, None, from_register=True)
        return self._append(connection, opening, head, request, language, not_before)[0]

    def _append(
        self,
        connection: Connection,
        opening: Opening,
        head: Head,
        request: Request,
        language: Language,
        not_before: datetime | None = None,
    ) -> list[Written]:
        now = max(filter(None, (self._next_moment(connection, opening.incident_id, head), not_before)))
        history = history_for(connection, opening.incident_id, request.facts)
        plan = plan_or_none(self._plan_of, opening.plan) if request.from_register else self._plan_of(opening.plan)
        found = entries_for(plan, opening, head, history, request, now, language)
        store_entries(connection, found)
        announce(connection, opening.incident_id)
        return _answers(found, is_new=True)

    def written_before(self, incident_id: str, client_key: str, most: int) -> list[Entry]:
        """Return what a request with this key has written, no more than `most` entries of it; nothing if none has."""
        with one_moment(self.engine) as connection:
            return [entry_of(entry) for entry in written_with(connection, incident_id, client_key, most)]

    def _next_moment(self, connection: Connection, incident_id: str, head: Head) -> datetime:
        """Clocks are set back now and then; an entry is never written before the one that it follows."""
        last = stored_entries(connection, incident_id, ENTRIES.c.number == head.number)
        return max([self.clock(), *(read_written(entry.written_at) for entry in last)])

    def read(self, incident_id: str, after: int = 0) -> Log:
        """Return an incident's log, or the entries after a number. Raises `UnknownIncident` and `UnreadableEntry`."""
        return self.look(incident_id, after).log

    def opening(self, incident_id: str) -> Opening:
        """Return how an incident was opened; raises `UnknownIncident`."""
        with one_moment(self.engine) as connection:
            return require_incident(connection, incident_id)[0]

    def look(self, incident_id: str, after: int = 0, *, readable: bool = False) -> Look:
        """Return the entries after a number with the length of the whole log, all of one moment; raises as `read`.

        With `readable` entries that cannot be read are left out: writing goes on over them.
        """
        with one_moment(self.engine) as connection:
            opening, head = require_incident(connection, incident_id)
            found = stored_entries(connection, incident_id, ENTRIES.c.number > after)
            first = connection.execute(_FIRST_AUTHOR, {"incident_id": incident_id}).scalar_one_or_none()
        entries = [entry for entry in map(entry_or_none, found) if entry] if readable else list(map(entry_of, found))
        return Look(Log(opening, entries), head.number, first or "")

    def spoken_of(self, incident_id: str, numbers: Collection[int]) -> list[Entry]:
        """Return the entries of these numbers that there are and all corrections of them, in their order."""
        wanted = or_(ENTRIES.c.number.in_(sorted(numbers)), ENTRIES.c.kind == "correction")
        with one_moment(self.engine) as connection:
            found = [entry_of(entry) for entry in stored_entries(connection, incident_id, wanted)]
        return [entry for entry in found if {entry.number, getattr(entry.fact, "corrects", 0)} & set(numbers)]

    def incidents(self, which: Which = "all") -> list[IncidentSummary]:
        """Return incidents, the one opened last first. `running` and `ended` are real ones; drills stand apart."""
        with one_moment(self.engine) as connection:
            found = summaries(connection)
        wanted: dict[Which, Callable[[IncidentSummary], bool]] = {
            "all": lambda _: True,
            "running": lambda one: not one.opening.drill and one.phase != "ended",
            "ended": lambda one: not one.opening.drill and one.phase == "ended",
            "drills": lambda one: one.opening.drill,
        }
        return [one for one in found if wanted[which](one)]

    def verify(self, incident_id: str, anchor: Head | None = None) -> tuple[Head, list[Break]]:
        """Return where a log ends, and every place where it is not what was written. Raises `UnknownIncident`.

        `anchor` is a head noted earlier, of which the log must be a continuation.
        """
        with one_moment(self.engine) as connection:
            opening, head = require_incident(connection, incident_id)
            return head, breaks(opening, head, stored_entries(connection, incident_id), anchor)

    def writing(self) -> AbstractContextManager[Connection]:
        """Begin a transaction that writes to logs and what stands beside them; on SQLite in turn with all others."""
        return self.turns.begin()


def incident_id_of(author: Author, client_key: str | None) -> str:
    """Return the id of an incident that is opened with a client's key; a new one each time without."""
    return str(uuid.uuid4() if client_key is None else uuid.uuid5(_OPENINGS, f"{author.id}\n{client_key}"))


def _answers(entries: Sequence[StoredEntry], *, is_new: bool) -> list[Written]:
    return [Written(entry.incident_id, entry_of(entry), is_new) for entry in entries]
