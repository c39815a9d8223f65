"""Reports from the place that wait to be confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from webmap.accounts.roles import Role
from webmap.api.log.view_document import CHINA
from webmap.attention.asking import Asking
from webmap.attention.items import Item
from webmap.attention.running import Running
from webmap.field.records import Waiting
from webmap.incidents.moments import as_entered, read_written

#: Who confirms what is reported from the place.
CONFIRMERS = frozenset({Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR})
#: What was reported longer ago and belongs to no incident calls nobody any more; the list of reports has it.
_NEWS = timedelta(days=2)


def reports_to_confirm(asking: Asking, incidents: Sequence[Running], waiting: Sequence[Waiting]) -> Iterator[Item]:
    """Yield the reports that wait for who confirms: those of each incident, and those that belong to none.

    `waiting` are those of plans for which the viewer confirms.
    """
    running = {one.id: one for one in incidents}
    for item in waiting:
        since = read_written(item.since).astimezone(CHINA)
        code = "field_report" if item.count == 1 else "field_reports"
        values: dict[str, object] = {"count": item.count}
        if item.incident is None:
            if asking.clock - since <= _NEWS:
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
