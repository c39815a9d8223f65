"""What writer processes do in the kill test: append until they are killed, and note what was acknowledged."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime

from priority.plans import load_plan
from webmap.incidents.admission import read_fact
from webmap.incidents.journal import Journal
from webmap.incidents.records import Author
from webmap.storage.engine import open_engine

#: People think between two entries. A writer without a pause keeps SQLite's lock from the other for seconds.
_BREATH_S = 0.004
#: Read before the fork, once for all writers.
PLAN = load_plan("energy-chengqu")


def append_until_killed(database_url: str, incident_id: str, acknowledged: str, name: str) -> None:
    """Append notes for ever; after each answer put its number and hash into the file `acknowledged`."""
    journal = Journal(open_engine(database_url), {PLAN.key: PLAN}.__getitem__)
    author = Author(name, name)
    # Written past all buffers of ours: what stands in the file was answered before the kill.
    file = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    while True:
        happened_at = datetime.now(UTC).isoformat(timespec="seconds")
        fact = read_fact({"kind": "note", "happened_at": happened_at, "text": f"{name} 报告，用户 " + "甲" * 200})
        entry = journal.append(incident_id, fact, author).entry
        os.write(file, f"{entry.number} {entry.hash}\n".encode())
        time.sleep(_BREATH_S)
