"""Takes one step of a script: writes what it says into the drill's log, or says there why it was not taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from priority.wording import Phrases
from webmap.api.log.bodies import read_writing
from webmap.api.log.desk import Desk
from webmap.api.log.recommendation import SETS_LEVEL, Recommender
from webmap.drills.author import script_viewer
from webmap.drills.filling import Telling
from webmap.drills.prepared import PreparedStep
from webmap.drills.runs import Run
from webmap.incidents.effective import effective_facts
from webmap.incidents.errors import ClientKeyReused, InvalidEntry, Refused
from webmap.incidents.fold import has_ended
from webmap.incidents.journal import Journal
from webmap.incidents.kept import KeptLogs
from webmap.incidents.records import Log
from webmap.languages import Language
from webmap.runtime import Runtime

if TYPE_CHECKING:
    from webmap.workload import Workload

#: How it went: written, written before, not taken and said so in the log, or the drill was ended by people.
Outcome = Literal["written", "repeated", "skipped", "ended"]
_KEY = "drill-script"
_ENDINGS = frozenset({"level_ended", "closed"})
#: A level is set with a reason where it is not the one recommended; a script's own, or this.
_WITHOUT_REASON = frozenset({"reason_missing", "reason_without_recommendation", "reason_without_assessment"})


def key_of(number: int) -> str:
    """Return the key under which a step is written: the same step is never written twice into one incident."""
    return f"{_KEY}:{number}"


def _skip_key(number: int) -> str:
    return f"{_KEY}:{number}:not-taken"


@dataclass(frozen=True)
class Player:
    """Takes steps. Shared by threads."""

    runtime: Runtime
    journal: Journal
    logs: KeptLogs
    recommender: Recommender

    @classmethod
    def of(cls, runtime: Runtime, workload: Workload, journal: Journal, logs: KeptLogs) -> Player:
        """Return a player over the rooms of an application."""
        return cls(runtime, journal, logs, Recommender(runtime, workload))

    def take(self, run: Run) -> Outcome:
        """Take the next step of a run.

        A step that the rules refuse, since people did otherwise, is left out, and a note in the log says why. Raises
        what reading and assessing raise (the plan is gone, the database is), and `TooBusy`: then nothing was written,
        and the step can be taken again.
        """
        step = run.prepared.steps[run.position]
        log = self.logs.look(run.incident_id).log
        if not log.opening.drill or _ended_by_people(log, run.author_id):
            return "ended"
        if self._wrote(run, key_of(step.number)) or self._wrote(run, _skip_key(step.number)):
            return "repeated"
        try:
            self._write(run, step, log)
        except KeyError:
            self._skip(run, step, Phrases(run.prepared.language).write("drills.skipped_reference"))
            return "skipped"
        except (Refused, InvalidEntry, ClientKeyReused) as error:
            self._skip(run, step, _said(error, run.prepared.language))
            return "skipped"
        return "written"

    def desk_for(self, author_id: str, author_name: str, plan: str, language: Language) -> Desk:
        """Return the desk at which a script writes."""
        viewer = script_viewer(author_id, author_name, plan)
        return Desk(self.runtime, self.journal, self.logs, self.recommender, viewer, language, self.journal.clock)

    def _desk(self, run: Run) -> Desk:
        prepared = run.prepared
        return self.desk_for(run.author_id, run.author_name, prepared.plan, prepared.language)

    def _wrote(self, run: Run, key: str) -> bool:
        earlier = self.journal.written_before(run.incident_id, key, 1)
        return bool(earlier) and earlier[0].author_id == run.author_id

    def _write(self, run: Run, step: PreparedStep, log: Log) -> None:
        documents = facts_of(run, step, _numbers(run, log))
        try:
            self._append(run, documents, key_of(step.number))
        except Refused as refusal:
            if refusal.code not in _WITHOUT_REASON:
                raise
            reason = Phrases(run.prepared.language).write("drills.reason")
            reasoned = [{"reason": reason, **one} if one["kind"] in SETS_LEVEL else one for one in documents]
            self._append(run, reasoned, key_of(step.number))

    def _skip(self, run: Run, step: PreparedStep, said: str) -> None:
        text = Phrases(run.prepared.language).write("drills.skipped", number=step.number, said=said)
        happened_at = Telling(run.begins_at, None, {}).moment(step.at_s)
        self._append(run, [{"kind": "note", "happened_at": happened_at, "text": text}], _skip_key(step.number))

    def _append(self, run: Run, documents: list[dict[str, Any]], key: str) -> None:
        wanted = read_writing({"facts": documents, "client_key": key}, run.prepared.language)
        self._desk(run).append(run.incident_id, wanted)


def facts_of(run: Run, step: PreparedStep, numbers: dict[str, int]) -> list[dict[str, Any]]:
    """Return what a step writes; `numbers` are the entries of named steps, `KeyError` names one that wrote none."""
    telling = Telling(run.begins_at, step.by, numbers)
    return [telling.fact(document, step.happened_s) for document in step.facts]


def _numbers(run: Run, log: Log) -> dict[str, int]:
    """The number of the entry that each named step wrote."""
    written = {entry.client_key: entry.number for entry in log.entries if entry.author_id == run.author_id}
    written[key_of(1)] = 1  # the first step opened the incident, under the key of who began the drill
    named = ((step.name, written.get(key_of(step.number))) for step in run.prepared.steps if step.name is not None)
    return {name: number for name, number in named if number is not None}


def _ended_by_people(log: Log, script: str) -> bool:
    """Whether people ended the incident; then a script must not begin it anew."""
    facts = effective_facts(log.entries)
    if not has_ended(facts):
        return False
    authors = {entry.number: entry.author_id for entry in log.entries}
    last = next(item for item in reversed(facts) if item.fact.kind in _ENDINGS)
    return authors[last.number] != script


def _said(error: Refused | InvalidEntry | ClientKeyReused, language: Language) -> str:
    if isinstance(error, Refused):
        return error.message(language)
    if isinstance(error, InvalidEntry):
        return "; ".join(f"{item.field}: {item.message}" for item in error.problems)
    return str(error)
