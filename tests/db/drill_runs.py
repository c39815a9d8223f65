"""Drills of notes alone in a database without layers: what is written when, and by whom it is played."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import Engine

from tests.web.drills.scripts import BEGIN, Clock
from webmap.drills.claims import DrillClaims
from webmap.drills.player import Player
from webmap.drills.prepared import Prepared, PreparedStep
from webmap.drills.runs import DrillRuns
from webmap.drills.worker import DrillWorker
from webmap.incidents.entries import Reported
from webmap.incidents.journal import Journal
from webmap.incidents.kept import KeptLogs
from webmap.incidents.records import Author
from webmap.runtime import Runtime
from webmap.workload import Workload

SCRIPT = Author("drill-script:p", "演练脚本（小李）")
PLAN = "energy-chengqu"


def prepared(count: int = 5, every_s: int = 60) -> Prepared:
    """A script of so many steps after the first, each a note, one every minute."""
    steps = [
        PreparedStep(
            number,
            (number - 1) * every_s,
            (number - 1) * every_s,
            None,
            None,
            None,
            ({"kind": "note", "text": f"{number}"},),
        )
        for number in range(1, count + 2)
    ]
    return Prepared("notes", PLAN, "只有便笺", "zh", (), tuple(steps))


@dataclass
class Process:
    """One process of a server: its own connections, its own worker."""

    engine: Engine
    clock: Clock
    journal: Journal = field(init=False)
    runs: DrillRuns = field(init=False)
    player: Player = field(init=False)
    worker: DrillWorker = field(init=False)

    def __post_init__(self) -> None:
        url = self.engine.url.render_as_string(hide_password=False)
        runtime = Runtime(url)
        self.journal = Journal(self.engine, runtime.plan, self.clock)
        self.runs = DrillRuns(self.engine, self.clock)
        self.player = Player.of(runtime, Workload.beside(4), self.journal, KeptLogs(self.journal))
        self.worker = DrillWorker(DrillClaims(self.engine, self.clock), self.player.take)

    def begun(self, count: int = 5, speed: float = 1.0) -> str:
        """Begin a drill as the rooms do; returns its incident."""
        begins_at = BEGIN.astimezone(tz=None)
        opening = Reported(happened_at=begins_at, text="1")
        incident = self.journal.open(PLAN, "演练", opening, SCRIPT, drill=True).incident_id
        self.runs.begin(incident, prepared(count), SCRIPT.id, SCRIPT.name, begins_at, speed)
        return incident

    def turn(self, seconds: float = 0) -> None:
        """Let so much time go by and take everything that is due."""
        self.clock.now += timedelta(seconds=seconds)
        while self.worker.turn() < 0.05:
            pass

    def texts(self, incident: str) -> list[str]:
        """What the log says, in its order."""
        return [getattr(entry.fact, "text", "") for entry in self.journal.read(incident).entries]
