"""The incident log: the fold of 10,000 entries, reading them, and writing one, on SQLite.

Run: .venv/bin/python -m benchmarks.log
"""

from __future__ import annotations

import json
import platform
import tempfile
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert, update

from benchmarks.timing import median_ms
from priority.plans import load_plan
from webmap.incidents.admission import read_fact
from webmap.incidents.chain import Head
from webmap.incidents.fold import fold
from webmap.incidents.journal import Journal
from webmap.incidents.records import Author, Log
from webmap.incidents.rows import stored
from webmap.storage.engine import open_engine
from webmap.storage.tables import ENTRIES, INCIDENTS
from webmap.storage.upgrade import upgrade

ENTRIES_COUNT = 10_000
START = datetime.fromisoformat("2026-01-12T08:00:00+08:00")
AUTHOR = Author("p-1", "值班员", frozenset({"办公室主任"}))


def document(number: int) -> dict[str, Any]:
    """Return what the entry of that number says: a mixture of kinds, every 20th late, every 50th a correction."""
    late_min = 90 if number % 20 == 0 else 0
    happened_at = (START + timedelta(seconds=30 * number) - timedelta(minutes=late_min)).isoformat()
    fault = {"kind": "fault_located", "element": f"e-{number % 700}"}
    kinds: tuple[dict[str, Any], ...] = (
        fault,
        {"kind": "figure_reported", "figure": "customers_out_share", "value": round(number % 97 / 100, 2)},
        {"kind": "device_operated", "device": f"s-{number % 300}", "action": "open"},
        {"kind": "repaired", "element": f"e-{(number - 4) % 700}"},
        {"kind": "note", "text": f"第 {number} 条：巡查正常，继续观察。"},
        {"kind": "reserve_reported", "facility": f"f-{number % 80}", "commodity": "electricity", "hours": 2.5},
        {"kind": "crew_sent", "crew": f"{number % 9} 队", "element": f"e-{number % 700}"},
    )
    if number % 50 == 8:
        corrected = {**document(number - 1), "happened_at": happened_at}
        return {
            "kind": "correction",
            "corrects": number - 1,
            "reason": "核对",
            "happened_at": happened_at,
            "replacement": corrected,
        }
    return {**kinds[number % len(kinds)], "happened_at": happened_at}


def filled(engine: Engine, journal: Journal) -> str:
    """Put a log of 10,000 entries into the database in one transaction; return its incident's id."""
    report = read_fact({"kind": "reported", "happened_at": START.isoformat(), "text": "东站全停"})
    opened = journal.open("energy-chengqu", "基准", report, AUTHOR, drill=True)
    opening = journal.read(opened.incident_id).opening
    head, rows = Head(1, opened.entry.hash), []
    for number in range(2, ENTRIES_COUNT + 1):
        moment = opened.entry.written_at + timedelta(seconds=number)
        entry = stored(opening, head, read_fact(document(number)), AUTHOR, moment, None)
        rows.append(asdict(entry))
        head = Head(entry.number, entry.hash)
    with engine.begin() as connection:
        connection.execute(insert(ENTRIES), rows)
        row = update(INCIDENTS).where(INCIDENTS.c.id == opened.incident_id)
        connection.execute(row.values(length=head.number, last_hash=head.hash))
    return opened.incident_id


def rows_of(folder: Path) -> dict[str, float]:
    """Measure on a SQLite database in a folder."""
    engine = open_engine(f"sqlite:///{folder / 'log.sqlite'}")
    upgrade(engine)
    journal = Journal(engine, load_plan)
    incident_id = filled(engine, journal)
    log: Log = journal.read(incident_id)
    end = START + timedelta(days=5)
    note = read_fact({"kind": "note", "happened_at": START.isoformat(), "text": "巡查正常"})
    measured = {
        f"fold of {len(log.entries):,} entries": median_ms(lambda: fold(log, end)),
        "fold of the same half-way, as known then": median_ms(
            lambda: fold(log.known_at(log.entries[5_000].written_at), START + timedelta(hours=20))
        ),
        "read and check them from the database": median_ms(lambda: journal.read(incident_id)),
        "read those after entry 9,990": median_ms(lambda: journal.read(incident_id, after=9_990)),
        "verify the chain": median_ms(lambda: journal.verify(incident_id)),
        "append one, synchronised to the disk": median_ms(lambda: journal.append(incident_id, note, AUTHOR), 50),
    }
    engine.dispose()
    return measured


def main() -> None:
    """Measure and print a Markdown table."""
    with tempfile.TemporaryDirectory() as folder:
        rows = rows_of(Path(folder))
    print("| what | ms |\n| --- | ---: |")
    for name, value in rows.items():
        print(f"| {name} | {value:,.1f} |")
    print("\n" + json.dumps({"python": platform.python_version(), "machine": platform.machine()}))


if __name__ == "__main__":
    main()
