"""A process that writes to a log while another one listens, as two workers of a server do."""

from __future__ import annotations

from datetime import UTC, datetime

from priority.plans import load_plan
from webmap.incidents.admission import read_fact
from webmap.incidents.journal import Journal
from webmap.incidents.records import Author
from webmap.live.signals import Signals
from webmap.storage.engine import open_engine

PLAN = load_plan("energy-chengqu")


def append_notes(database_url: str, incident_id: str, count: int) -> None:
    """Append notes, each an entry of its own."""
    journal = Journal(open_engine(database_url), {PLAN.key: PLAN}.__getitem__)
    for number in range(count):
        happened_at = datetime.now(UTC).isoformat(timespec="seconds")
        fact = read_fact({"kind": "note", "happened_at": happened_at, "text": f"第 {number} 次来电"})
        journal.append(incident_id, fact, Author("p-other", "值班员乙"))


def nudge(database_url: str, what: str, incident_id: str | None) -> None:
    """Have pages ask again, from a process that serves nobody."""
    Signals(open_engine(database_url)).nudge(what, incident_id)
