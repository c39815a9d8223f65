"""The desk of drills that play themselves: asks the rights, then the rooms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from priority.errors import UnknownPlan
from webmap.accounts.log_rights import require_right
from webmap.accounts.recognition import not_signed_in
from webmap.accounts.roles import Action
from webmap.accounts.viewer import Viewer
from webmap.api.drills.documents import Telling, drill_document, script_document
from webmap.api.drills.shapes import BeginBody, SpeedBody
from webmap.api.log.entry_documents import prose_for
from webmap.api.log.reader import reader_of
from webmap.api.log.view_document import CHINA
from webmap.drills.reading import with_recommended
from webmap.drills.rooms import Beginning, DrillRooms
from webmap.drills.runs import DrillRuns
from webmap.incidents.admission import read_fact
from webmap.incidents.errors import InvalidEntry
from webmap.languages import Language

Change = Callable[[DrillRuns, str], None]
#: What can be done with a drill that plays, by the name in the address; the speed has a body of its own.
CHANGES: Mapping[str, Change] = {
    "pause": DrillRuns.pause,
    "resume": DrillRuns.resume,
    "step": DrillRuns.step,
    "stop": DrillRuns.stop,
}


@dataclass(frozen=True)
class DrillDesk:
    """Serves a viewer in a language."""

    rooms: DrillRooms
    viewer: Viewer
    language: Language

    def scripts(self) -> dict[str, Any]:
        """Return the scripts of the plans for which the viewer may open incidents, and the files that are none."""
        found = self.rooms.scripts()
        known = self.rooms.runtime.plans
        scripts = [
            script_document(script, known[script.plan], self.language)
            for script in found.scripts.values()
            if script.plan in known and self.viewer.may(Action.OPEN_INCIDENT, script.plan)
        ]
        broken = [{"file": file, "message": message} for file, message in found.broken.items()]
        return {"scripts": scripts, "broken": broken}

    def begin(self, asked: BeginBody) -> dict[str, Any]:
        """Begin a drill and return it.

        Raises `UnknownScript`, `UnknownPlan`, `MissingRight`, and what beginning raises.
        """
        script = self.rooms.scripts().script(asked.script)
        self.rooms.runtime.plan(script.plan)
        require_right(self.viewer, Action.OPEN_INCIDENT, script.plan)
        person = self.viewer.person
        if person is None:
            raise not_signed_in()
        begins_at = asked.begins_at or self._now().astimezone(CHINA).replace(microsecond=0)
        beginning = Beginning(asked.name, begins_at, asked.speed, asked.client_key, self.language)
        incident_id = self.rooms.begin(script, person.id, person.display_name, beginning)
        return self._told(incident_id)

    def shown(self, incident_id: str) -> dict[str, Any]:
        """Return the script that plays in an incident, `{"drill": null}` where none does.

        Raises `UnknownIncident` and `MissingRight`.
        """
        opening = self.rooms.player.journal.opening(incident_id)
        require_right(self.viewer, Action.SEE_LOG, opening.plan)
        if self.rooms.runs.find(incident_id) is None:
            return {"drill": None}
        return self._told(incident_id)

    def change(self, incident_id: str, change: Change) -> dict[str, Any]:
        """Change how a drill goes, and return it. Raises `UnknownDrill`, `DrillRefused` and `MissingRight`."""
        run = self.rooms.runs.read(incident_id)
        require_right(self.viewer, Action.OPEN_INCIDENT, run.prepared.plan)
        change(self.rooms.runs, incident_id)
        self.rooms.changed(incident_id)
        return self._told(incident_id)

    def set_speed(self, incident_id: str, asked: SpeedBody) -> dict[str, Any]:
        """Let a drill go at another speed. Raises as `change`."""
        return self.change(incident_id, lambda runs, incident: runs.set_speed(incident, asked.speed))

    def _told(self, incident_id: str) -> dict[str, Any]:
        run = self.rooms.runs.read(incident_id)
        telling = Telling(self.viewer, self.language, self._now().astimezone(CHINA), self._say(run.prepared.plan))
        return {"drill": drill_document(run, telling)}

    def _say(self, plan: str) -> Callable[[dict[str, Any]], str | None]:
        reader = reader_of(self.rooms.runtime, self.viewer, self.language, plan)
        prose = prose_for(reader)

        def say(document: dict[str, Any]) -> str | None:
            try:
                return prose.sentence(read_fact(with_recommended(document, _level_in(document)), self.language))
            except (InvalidEntry, UnknownPlan):
                return None

        return say

    def _now(self) -> datetime:
        return self.rooms.runs.clock()


def _level_in(document: Mapping[str, Any]) -> object:
    """The level that a fact sets: of what is still to come, nobody knows what will be recommended."""
    replacement = document.get("replacement")
    return (replacement if isinstance(replacement, Mapping) else document).get("level")
