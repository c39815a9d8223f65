"""What serves drills that play themselves, put together once for an application or a command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from webmap.api.log.bodies import WantedIncident, read_writing
from webmap.drills.author import script_author_id, script_author_name
from webmap.drills.claims import DrillClaims
from webmap.drills.filling import Telling
from webmap.drills.player import Player
from webmap.drills.prepared import Prepared, prepare
from webmap.drills.runs import DrillRuns
from webmap.drills.script import Script
from webmap.drills.script_book import ScriptBook, script_book
from webmap.drills.worker import DrillWorker
from webmap.incidents.entry_fields import one_line
from webmap.incidents.journal import Journal, incident_id_of
from webmap.incidents.kept import KeptLogs
from webmap.incidents.records import Author
from webmap.languages import Language
from webmap.runtime import Runtime
from webmap.workload import Workload

if TYPE_CHECKING:
    from webmap.settings import Settings

Nudge = Callable[[str, str | None], object]


@dataclass(frozen=True)
class Beginning:
    """How a script is to be played: under which name (its title without one), from when, how fast, asked for how."""

    name: str | None
    begins_at: datetime
    speed: float
    client_key: str | None
    language: Language


@dataclass(frozen=True, eq=False)
class DrillRooms:
    """Scripts, runs, and the worker that plays them."""

    runtime: Runtime
    folder: Path
    runs: DrillRuns
    player: Player
    worker: DrillWorker
    nudge: Nudge

    @classmethod
    def of(
        cls, runtime: Runtime, settings: Settings, workload: Workload, journal: Journal, logs: KeptLogs, nudge: Nudge
    ) -> DrillRooms:
        """Put the rooms together. The database is not touched; nothing plays before the worker is started."""
        engine = runtime.store.engine
        player = Player.of(runtime, workload, journal, logs)
        worker = DrillWorker(DrillClaims(engine), player.take, lambda incident_id: nudge("drill", incident_id))
        # Where the district keeps scripts of its own; need not exist.
        folder = settings.home / "drills"
        return cls(runtime, folder, DrillRuns(engine), player, worker, nudge)

    def scripts(self) -> ScriptBook:
        """Return the scripts there are now."""
        return script_book(self.folder)

    def changed(self, incident_id: str) -> None:
        """Tell who plays a drill and who watches it that somebody changed how it goes."""
        self.worker.wake()
        self.nudge("drill", incident_id)

    def begin(self, script: Script, person_id: str, person_name: str, asked: Beginning) -> str:
        """Open a drill with the script's first step and let it play; return its incident.

        Asked again with the same key it finds the first. Raises `ScriptUnfit`, `UnknownPlan`, `MissingLayers` and what
        opening an incident raises.
        """
        author = Author(script_author_id(person_id), script_author_name(person_name, asked.language))
        if asked.client_key is not None and self.runs.find(known := incident_id_of(author, asked.client_key)):
            return known
        plan = self.runtime.plan(script.plan)
        prepared = prepare(script, self.runtime.snapshot(), plan, asked.begins_at, asked.language)
        incident_id = self._open(prepared, author, asked)
        self.runs.begin(incident_id, prepared, author.id, author.name, asked.begins_at, asked.speed)
        self.changed(incident_id)
        return incident_id

    def _open(self, prepared: Prepared, author: Author, asked: Beginning) -> str:
        first = prepared.steps[0]
        telling = Telling(asked.begins_at, first.by, {})
        facts = [telling.fact(document, first.happened_s) for document in first.facts]
        body = {"facts": facts} | ({} if asked.client_key is None else {"client_key": asked.client_key})
        wanted = read_writing(body, asked.language)
        desk = self.player.desk_for(author.id, author.name, prepared.plan, asked.language)
        name = one_line(asked.name or "") or prepared.title
        look, _ = desk.open(WantedIncident(prepared.plan, name, drill=True, wanted=wanted))
        return look.log.opening.incident_id
