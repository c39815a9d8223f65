"""Entries that rest on a report from the place: what it became, also where nobody could say so afterwards."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine, select

from webmap.incidents.effective import effective_facts
from webmap.incidents.records import Log
from webmap.storage.engine import one_moment
from webmap.storage.tables import ENTRIES


def entries_resting_on(
    report_id: str, engine: Engine, log_of: Callable[[str], Log]
) -> tuple[str, tuple[int, ...]] | None:
    """Return the incident and the numbers of the entries that count and rest on a report; None where there are none.

    `log_of` returns the log of an incident. In more than one they are only where a person wrote them so: the first by
    its id is returned.
    """
    columns = ENTRIES.c
    query = select(columns.incident_id).where(columns.body.contains(f'"field_report":"{report_id}"', autoescape=True))
    with one_moment(engine) as connection:
        incidents = sorted(set(connection.execute(query).scalars()))
    for incident_id in incidents:
        counting = effective_facts(log_of(incident_id).entries)
        numbers = sorted(item.number for item in counting if item.fact.field_report == report_id)
        if numbers:
            return incident_id, tuple(numbers)
    return None
