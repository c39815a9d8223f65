"""The journal: incidents and their entries in the database. What it answers is stored, for good.

An append is one transaction, and those of one incident come one after another. On SQLite the file is synchronised
before the answer (the engine sees to that); on PostgreSQL the write-ahead log is, whatever the server's own setting.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection, Engine, insert, text, update
from sqlalchemy.exc import IntegrityError

from webmap.incidents.admission import Candidate, admit, require_key, require_name
from webmap.incidents.chain import Break, Head, StoredEntry, beginning, breaks
from webmap.incidents.entries import Fact
from webmap.incidents.errors import ClientKeyReused, Conflict
from webmap.incidents.moments import now_utc, read_written, written
from webmap.incidents.reading import find_incident, history_for, require_incident, stored_entries, summaries
from webmap.incidents.records import Author, Entry, IncidentSummary, Log, Opening
from webmap.incidents.rows import entry_of, incident_values, says_the_same, stored
from webmap.languages import Language
from webmap.storage.engine import one_moment, writing
from webmap.storage.tables import ENTRIES, INCIDENTS

if TYPE_CHECKING:
    from priority.plans import Plan

#: Makes an incident's id from who opens it and the client's key, so that a repeated opening finds the first.
_OPENINGS = uuid.UUID("6a0e4bb0-55b5-4d0a-9d4e-6c8f5c1f5a10")

Which = Literal["all", "running", "ended", "drills"]


@dataclass(frozen=True)
class Written:
    """An entry that is stored. `is_new` is false where a repeated request found what the first one had written."""

    incident_id: str
    entry: Entry
    is_new: bool


class Journal:
    """Opens incidents, appends to their logs, and reads them.

    `plan_of` returns the plan of a key (`UnknownPlan` if there is none), `clock` the present moment.
    """

    def __init__(self, engine: Engine, plan_of: Callable[[str], Plan], clock: Callable[[], datetime] = now_utc) -> None:
        self.engine = engine
        self._plan_of = plan_of
        self._clock = clock
        # SQLite has one writer at a time; those of this process wait in turn, not by trying again and again.
        self._turn = threading.Lock()

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
        """Open an incident with its first entry, which says what was reported.

        With `client_key` a repeated opening by the same author finds the first. Raises `Refused`, `InvalidEntry`,
        `ClientKeyReused`, and `UnknownPlan`.
        """
        now = self._clock()
        name = require_name(name, language)
        require_key(client_key, language)
        admit(self._plan_of(plan), Candidate(fact, author, 1, now, drill), (), language)
        incident_id = str(uuid.uuid4() if client_key is None else uuid.uuid5(_OPENINGS, f"{author.id}\n{client_key}"))
        opening = Opening(incident_id, plan, drill, name, written(now), author.id)
        entry = stored(opening, Head(0, beginning(opening)), fact, author, now, client_key)
        try:
            with self._writing() as connection:
                if client_key is None or find_incident(connection, incident_id) is None:
                    connection.execute(insert(INCIDENTS).values(incident_values(opening, Head(1, entry.hash))))
                    connection.execute(insert(ENTRIES).values(asdict(entry)))
                    return _answer(entry, is_new=True)
        except IntegrityError:  # the same opening came twice at once, and the other one was first
            if client_key is None:
                raise
        return self._opened_before(opening, fact, author)

    def _opened_before(self, wanted: Opening, fact: Fact, author: Author) -> Written:
        with self.engine.connect() as connection:
            found, _ = require_incident(connection, wanted.incident_id)
            first = stored_entries(connection, found.incident_id, ENTRIES.c.number == 1)[0]
        if (found.plan, found.drill, found.name) != (wanted.plan, wanted.drill, wanted.name):
            raise ClientKeyReused(f"incident {found.incident_id}")
        return _repeated(first, fact, author)

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
        """Append an entry and return it once it is stored.

        With `client_key` a repeated request finds what the first one wrote. With `expected_number`, the last entry that
        the author has seen, `Conflict` tells what was written since. Raises `Refused`, `InvalidEntry`,
        `ClientKeyReused`, `UnknownIncident`, and `UnknownPlan`.
        """
        require_key(client_key, language)
        with self._writing() as connection:
            opening, head = require_incident(connection, incident_id, lock=True)
            if client_key is not None:
                earlier = stored_entries(connection, incident_id, ENTRIES.c.client_key == client_key)
                if earlier:
                    return _repeated(earlier[0], fact, author)
            if expected_number is not None and expected_number != head.number:
                since = stored_entries(connection, incident_id, ENTRIES.c.number > expected_number)
                raise Conflict(expected_number, head.number, [entry_of(entry) for entry in since])
            now = self._next_moment(connection, incident_id, head)
            candidate = Candidate(fact, author, head.number + 1, now, opening.drill)
            admit(self._plan_of(opening.plan), candidate, history_for(connection, incident_id, fact), language)
            entry = stored(opening, head, fact, author, now, client_key)
            _store(connection, entry)
        return _answer(entry, is_new=True)

    def _next_moment(self, connection: Connection, incident_id: str, head: Head) -> datetime:
        """Clocks are set back now and then; an entry is never written before the one that it follows."""
        last = stored_entries(connection, incident_id, ENTRIES.c.number == head.number)
        return max([self._clock(), *(read_written(entry.written_at) for entry in last)])

    def read(self, incident_id: str, after: int = 0) -> Log:
        """Return an incident's log, or the entries after a number. Raises `UnknownIncident` and `UnreadableEntry`."""
        with one_moment(self.engine) as connection:
            opening, _ = require_incident(connection, incident_id)
            found = stored_entries(connection, incident_id, ENTRIES.c.number > after)
        return Log(opening, [entry_of(entry) for entry in found])

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

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self.engine.dialect.name != "postgresql":
            with self._turn, writing(self.engine) as connection:
                yield connection
            return
        with writing(self.engine) as connection:
            connection.execute(text("SET LOCAL synchronous_commit TO on"))
            yield connection


def _store(connection: Connection, entry: StoredEntry) -> None:
    connection.execute(insert(ENTRIES).values(asdict(entry)))
    incident = update(INCIDENTS).where(INCIDENTS.c.id == entry.incident_id)
    connection.execute(incident.values(length=entry.number, last_hash=entry.hash))


def _answer(entry: StoredEntry, *, is_new: bool) -> Written:
    return Written(entry.incident_id, entry_of(entry), is_new)


def _repeated(earlier: StoredEntry, fact: Fact, author: Author) -> Written:
    if not says_the_same(earlier, fact, author):
        raise ClientKeyReused(f"incident {earlier.incident_id}, entry {earlier.number}")
    return _answer(earlier, is_new=False)
