"""Reports from the place that wait to be confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, func, select

from webmap.accounts.roles import Role
from webmap.api.log.view_document import CHINA
from webmap.attention.asking import Asking
from webmap.attention.items import Item
from webmap.attention.running import Running
from webmap.incidents.moments import as_entered, read_written
from webmap.storage.engine import one_moment
from webmap.storage.tables import FIELD_REPORTS

#: Who confirms what is reported from the place.
CONFIRMERS = frozenset({Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR})
#: What was reported longer ago and belongs to no incident calls nobody any more; the list of reports has it.
_NEWS = timedelta(days=2)


@dataclass(frozen=True)
class Waiting:
    """How many reports wait for an incident, or for a plan without one, and since when the first does (UTC)."""

    incident: str | None
    plan: str
    drill: bool
    count: int
    since: datetime


def waiting_reports(engine: Engine) -> Sequence[Waiting]:
    """Count the reports that wait, by incident; one query."""
    columns = FIELD_REPORTS.c
    by = (columns.incident_id, columns.plan, columns.drill)
    chosen = select(*by, func.count().label("count"), func.min(columns.received_at).label("since"))
    with one_moment(engine) as connection:
        rows = connection.execute(chosen.where(columns.state == "waiting").group_by(*by)).all()
    return [Waiting(row.incident_id, row.plan, row.drill, row[3], read_written(row.since)) for row in rows]


def reports_to_confirm(asking: Asking, incidents: Sequence[Running], waiting: Sequence[Waiting]) -> Iterator[Item]:
    """Yield the reports that wait for who confirms: those of each incident, and those that belong to none."""
    running = {one.id: one for one in incidents}
    for item in waiting:
        if not asking.holds(CONFIRMERS, item.plan):
            continue
        since = item.since.astimezone(CHINA)
        code = "field_report" if item.count == 1 else "field_reports"
        values: dict[str, object] = {"count": item.count}
        if item.incident is None:
            if asking.clock - item.since <= _NEWS:
                yield _of_no_incident(asking, item, asking.phrases.write(f"attention.{code}", **values), since)
        elif item.incident in running:
            yield asking.item(
                running[item.incident], "field_reports", "", code=code, urgency="now", values=values, since=since
            )


def _of_no_incident(asking: Asking, item: Waiting, title: str, since: datetime) -> Item:
    return Item(
        key=f"field_reports:{item.plan}",
        kind="field_reports",
        incident=None,
        incident_name=None,
        drill=item.drill,
        title=title,
        detail=asking.phrases.write("attention.field_no_incident"),
        at=as_entered(asking.clock.astimezone(CHINA)),
        since=as_entered(since),
        due_at=None,
        clause=None,
        urgency="now",
        link="#",
    )
