"""Reading incidents and entries from the database, within a transaction that the caller has begun."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from webmap.incidents.batches import of_one_request
from webmap.incidents.chain import Head, StoredEntry
from webmap.incidents.effective import corrections_of, effective_facts
from webmap.incidents.entries import Correction, Fact
from webmap.incidents.errors import UnknownIncident
from webmap.incidents.fold import DAMAGE_KINDS, phase_after
from webmap.incidents.moments import as_entered
from webmap.incidents.records import Entry, IncidentSummary, Opening, Phase
from webmap.incidents.rows import entry_of, head_of, opening_of, stored_entry
from webmap.incidents.transitions import RULED_KINDS
from webmap.storage.tables import ENTRIES, INCIDENTS

_BY_HAPPENING = ENTRIES.c.happened_utc, ENTRIES.c.number


def find_incident(connection: Connection, incident_id: str, *, lock: bool = False) -> tuple[Opening, Head] | None:
    """Return an incident's opening and where its log ends; None if there is none.

    With `lock` nobody else appends to it until the transaction ends.
    """
    query = select(INCIDENTS).where(INCIDENTS.c.id == incident_id)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return None if row is None else (opening_of(row), head_of(row))


def require_incident(connection: Connection, incident_id: str, *, lock: bool = False) -> tuple[Opening, Head]:
    """Return an incident's opening and where its log ends; raises `UnknownIncident`."""
    found = find_incident(connection, incident_id, lock=lock)
    if found is None:
        raise UnknownIncident(f"no incident {incident_id!r}")
    return found


def stored_entries(connection: Connection, incident_id: str, *conditions: ColumnElement[bool]) -> list[StoredEntry]:
    """Return an incident's entries that meet the conditions, in the order of their numbers."""
    query = select(ENTRIES).where(ENTRIES.c.incident_id == incident_id, *conditions).order_by(ENTRIES.c.number)
    return [stored_entry(row) for row in connection.execute(query)]


def history_for(connection: Connection, incident_id: str, facts: Iterable[Fact]) -> list[Entry]:
    """Return the entries that the rules ask about before these facts are admitted.

    Those of ruled kinds and all corrections, and the entries to be corrected; none for facts that have no rule.
    """
    facts = list(facts)
    corrected = sorted({fact.corrects for fact in facts if isinstance(fact, Correction)})
    if not corrected and not any(fact.kind in RULED_KINDS for fact in facts):
        return []
    wanted = or_(_decisive(), ENTRIES.c.number.in_(corrected))
    return [entry_of(entry) for entry in stored_entries(connection, incident_id, wanted)]


def written_with(connection: Connection, incident_id: str, client_key: str, most: int) -> list[StoredEntry]:
    """Return what a request with this key has written, and no more than `most` entries of it; nothing if none has."""
    first = stored_entries(connection, incident_id, ENTRIES.c.client_key == client_key)
    if not first:
        return []
    number = first[0].number
    following = ENTRIES.c.number.between(number, number + most - 1)
    return of_one_request(client_key, stored_entries(connection, incident_id, following))


def phase_of(connection: Connection, incident_id: str, *, lock: bool = False) -> Phase:
    """Return how far an incident is after everything that was written; raises `UnknownIncident`.

    With `lock` nobody else appends to its log until the transaction ends.
    """
    require_incident(connection, incident_id, lock=lock)
    wanted = or_(_decisive(), ENTRIES.c.kind.in_(sorted(DAMAGE_KINDS)))
    entries = map(entry_of, stored_entries(connection, incident_id, wanted))
    return phase_after(effective_facts(entries))[0]


def present_of_drill(connection: Connection, incident_id: str) -> datetime:
    """Return the present of a drill, which is played at any time: when what happened last in it happened.

    Raises `UnknownIncident`, also for a log without entries.
    """
    require_incident(connection, incident_id)
    facts = effective_facts(map(entry_of, stored_entries(connection, incident_id)))
    if not facts:
        raise UnknownIncident(f"nothing happened in {incident_id!r}")
    return facts[-1].fact.happened_at


def _decisive() -> ColumnElement[bool]:
    return ENTRIES.c.kind.in_(sorted({*RULED_KINDS, "correction"}))


def summaries(connection: Connection) -> list[IncidentSummary]:
    """Return all incidents with what is in force, the one opened last first."""
    decisive: dict[str, list[Entry]] = defaultdict(list)
    ended = select(ENTRIES.c.incident_id).where(ENTRIES.c.kind.in_(["level_ended", "closed"]))
    # Damage brings back what has ended; of incidents that never ended it is not read.
    back = and_(ENTRIES.c.kind.in_(sorted(DAMAGE_KINDS)), ENTRIES.c.incident_id.in_(ended))
    for row in connection.execute(select(ENTRIES).where(or_(_decisive(), back)).order_by(ENTRIES.c.number)):
        decisive[row.incident_id].append(entry_of(stored_entry(row)))
    query = select(ENTRIES.c.incident_id, func.max(ENTRIES.c.written_at)).group_by(ENTRIES.c.incident_id)
    last = {row[0]: row[1] for row in connection.execute(query)}
    first = select(ENTRIES.c.incident_id, ENTRIES.c.author_name).where(ENTRIES.c.number == 1)
    openers = {row[0]: row[1] for row in connection.execute(first)}
    rows = connection.execute(select(INCIDENTS).order_by(INCIDENTS.c.opened_at.desc(), INCIDENTS.c.id))
    began = _beginnings(connection, decisive)
    return [
        _summary(row, decisive[row.id], began.get(row.id, ""), last.get(row.id, ""), openers.get(row.id, ""))
        for row in rows
    ]


def _summary(
    row: Row[Any], decisive: Iterable[Entry], began_at: str, last_written_at: str, opener: str
) -> IncidentSummary:
    phase, level = phase_after(effective_facts(decisive))
    return IncidentSummary(opening_of(row), head_of(row).number, phase, level, began_at, last_written_at, opener)


def _beginnings(connection: Connection, decisive: Mapping[str, Iterable[Entry]]) -> dict[str, str]:
    """Return when the first of all that counts happened, by incident, as it was entered.

    `decisive` are entries of each incident, with all its corrections.
    """
    place = func.row_number().over(partition_by=ENTRIES.c.incident_id, order_by=_BY_HAPPENING).label("place")
    columns = (ENTRIES.c.incident_id, ENTRIES.c.number, ENTRIES.c.happened_at)
    ranked = select(*columns, place).where(ENTRIES.c.kind != "correction").subquery()
    found = {}
    for row in connection.execute(select(ranked).where(ranked.c.place == 1)):
        corrected = corrections_of(decisive.get(row.incident_id, ()))
        firsts = [row.happened_at]
        if row.number in corrected:
            counts = ENTRIES.c.incident_id == row.incident_id, ENTRIES.c.kind != "correction"
            others = (
                select(ENTRIES.c.happened_at)
                .where(*counts, ENTRIES.c.number.not_in(corrected))
                .order_by(*_BY_HAPPENING)
            )
            firsts = list(connection.scalars(others.limit(1)))
        moments = [datetime.fromisoformat(first) for first in firsts]
        moments += [fact.replacement.happened_at for _, fact in corrected.values() if fact.replacement is not None]
        if moments:
            found[row.incident_id] = as_entered(min(moments))
    return found
