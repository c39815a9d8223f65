"""A notice inside the product, and the order in which notices are read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from priority.rows import Row

Kind = Literal[
    "report_due",
    "level_to_decide",
    "warning_to_approve",
    "warning_to_issue",
    "warning_returned",
    "warning_ends",
    "field_reports",
    "deliveries_failed",
    "siting_done",
]
#: `now`: somebody waits or a time is over; `soon`: within half an hour, or of what has no minute; `info`: to be known.
Urgency = Literal["now", "soon", "info"]
_URGENCIES: tuple[Urgency, ...] = ("now", "soon", "info")
#: So long before it is due a notice counts as something to be done.
SOON = timedelta(minutes=30)


class Item(Row):
    """Something that needs the viewer. `key` stays the same while it is about the same thing.

    `at` is the incident's present: the clock's, in a drill that of what happened last in it; what is due is counted
    from there. Times are ISO 8601 with an offset. `link` is the fragment of the page's address that shows it.
    """

    key: str
    kind: Kind
    incident: str | None
    incident_name: str | None
    drill: bool
    title: str
    detail: str
    at: str
    since: str | None
    due_at: str | None
    clause: str | None
    urgency: Urgency
    link: str


class Notices(Row):
    """All that needs the viewer at a moment: real incidents before drills, the most urgent first."""

    now: str
    items: tuple[Item, ...]


def urgency_of(due: datetime, at: datetime) -> Urgency:
    """Say how urgent it is what is due at a moment."""
    if due <= at:
        return "now"
    return "soon" if due - at <= SOON else "info"


def in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return notices as they are read: drills last; by urgency; what is due before what is not, the earliest first."""
    return tuple(sorted(items, key=_place))


def _place(item: Item) -> tuple[bool, int, bool, str, str]:
    told = item.due_at or item.since or ""
    moment = datetime.fromisoformat(told).timestamp() if told else 0.0
    return item.drill, _URGENCIES.index(item.urgency), item.due_at is None, f"{moment:020.3f}", item.key
