"""Answered means stored: writers are killed at any moment, and nothing that was answered is lost."""

from __future__ import annotations

import random
import time
from pathlib import Path

from sqlalchemy import Engine

from priority.plans import load_plan
from tests.db.log_writers import append_until_killed
from tests.forked import forking
from tests.web.incidents.logs import DUTY, fact
from webmap.incidents.journal import Journal
from webmap.storage.upgrade import upgrade

KILLS = 60
#: Writers at work at once, so that one is killed while others wait for their turn.
AT_ONCE = 2


def _lines(path: Path) -> list[str]:
    # The last line may be cut off by the kill; then the answer was not noted whole.
    return path.read_text().split("\n")[:-1] if path.exists() else []


def test_hard_kills_lose_no_acknowledged_entry(engine: Engine, tmp_path: Path) -> None:
    upgrade(engine)
    journal = Journal(engine, load_plan)
    incident_id = journal.open(
        "energy-chengqu", "东站停电", fact("reported", 0, text="停电"), DUTY, drill=False
    ).incident_id
    url = engine.url.render_as_string(hide_password=False)
    context = forking()
    moments = random.Random(20260112)  # noqa: S311
    for round_number in range(KILLS // AT_ONCE):
        files = [tmp_path / f"acknowledged-{round_number}-{place}" for place in range(AT_ONCE)]
        writers = [
            context.Process(target=append_until_killed, args=(url, incident_id, str(file), file.name), daemon=True)
            for file in files
        ]
        for writer in writers:
            writer.start()
        deadline = time.monotonic() + 30
        while not all(map(_lines, files)) and time.monotonic() < deadline:
            time.sleep(0.002)
        for writer in writers:
            time.sleep(moments.uniform(0, 0.04))
            writer.kill()
        for writer in writers:
            writer.join()
            assert writer.exitcode == -9
    _, found = journal.verify(incident_id)
    assert found == []
    stored = {f"{entry.number} {entry.hash}" for entry in journal.read(incident_id).entries}
    acknowledged = [line for file in sorted(tmp_path.glob("acknowledged-*")) for line in _lines(file)]
    assert len(acknowledged) >= KILLS
    assert set(acknowledged) <= stored
    # What was stored and not acknowledged was under way at a kill: one entry a writer at most.
    assert len(stored) - 1 - len(acknowledged) <= KILLS
    # The next one who writes goes on where they stopped.
    entry = journal.append(incident_id, fact("note", 1, text="接着记"), DUTY).entry
    assert entry.number == len(stored) + 1
