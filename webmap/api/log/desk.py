"""The desk where logs are read and written: asks the rights, the data and the picture before the journal writes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from layers.errors import MissingLayers
from webmap.accounts.log_rights import ENTRY_RIGHTS, require_right
from webmap.accounts.roles import Action
from webmap.accounts.viewer import Viewer
from webmap.api.log.bodies import Wanted, WantedIncident, in_place
from webmap.api.log.checks import check_names
from webmap.api.log.clauses import with_clauses
from webmap.api.log.data_changes import data_changes
from webmap.api.log.data_checks import require_readable_data
from webmap.api.log.entry_documents import entry_documents, prose_for
from webmap.api.log.places import places_of
from webmap.api.log.reader import Reader, author_of, reader_of
from webmap.api.log.recommendation import Recommender, completed, recommendation_of, with_level
from webmap.api.log.view_document import head_document, view_document
from webmap.exports.incident_mark import IncidentMark
from webmap.exports.log_file import LogExport
from webmap.incidents.effective import effective_facts
from webmap.incidents.entries import Correction, Fact, LevelChanged, LevelStarted, Repaired
from webmap.incidents.errors import Conflict, InvalidEntry, Refused, UnreadableEntry
from webmap.incidents.journal import Journal, Look, Written, incident_id_of
from webmap.incidents.kept import KeptLogs
from webmap.incidents.mentions import elements_named
from webmap.incidents.moments import as_entered, now_utc
from webmap.incidents.records import Author, Entry, Log, Opening
from webmap.languages import Language
from webmap.runtime import Runtime

#: How often a level is recommended anew when others write meanwhile, before the writer is told.
_ATTEMPTS = 5


@dataclass(frozen=True)
class Desk:
    """Reads and writes logs for a viewer in a language."""

    runtime: Runtime
    journal: Journal
    logs: KeptLogs
    recommender: Recommender
    viewer: Viewer
    language: Language
    clock: Callable[[], datetime] = now_utc

    def look(self, incident_id: str, after: int = 0) -> Look:
        """Return a log for a viewer who may see it; raises `UnknownIncident` and `MissingRight`."""
        look = self.logs.look(incident_id) if after == 0 else self.journal.look(incident_id, after)
        require_right(self.viewer, Action.SEE_LOG, look.log.opening.plan)
        return look

    def reader(self, plan: str, log: Log | None = None) -> Reader:
        """Return the viewer as the reader of an incident of a plan, with the names of the data that it rests on."""
        return reader_of(self.runtime, self.viewer, self.language, plan, log)

    def view(self, incident_id: str, at: datetime | None, known: int | None) -> dict[str, Any]:
        """Return an incident at a moment as it was known."""
        look = self.look(incident_id)
        return view_document(look, self.reader(look.log.opening.plan, look.log), self.clock(), at, known)

    def data(self, incident_id: str) -> dict[str, Any]:
        """Return on which data an incident is assessed, and what changed in them since."""
        look = self.look(incident_id)
        return data_changes(self.runtime, self.reader(look.log.opening.plan, look.log), look.log)

    def entries(self, incident_id: str, after: int, known: int | None = None) -> dict[str, Any]:
        """Return the entries after a number, with `known` as they read when that entry was the last."""
        look = self.look(incident_id, after)
        log = look.log if known is None else look.log.up_to(known)
        documents = self.documents(log.entries, log.opening)
        head = head_document(look.log.opening, look.opened_by_name)
        return {"incident": head, "length": look.length, "entries": documents}

    def export(self, incident_id: str) -> LogExport:
        """Return the whole log as what a file of it is made of."""
        look = self.look(incident_id)
        opening = look.log.opening
        documents = self.documents(look.log.entries, opening)
        for entry, document in zip(look.log.entries, documents, strict=True):
            document["written_local"] = as_entered(entry.written_at.astimezone(entry.fact.happened_at.tzinfo))
        plan = self.reader(opening.plan).plan
        title = opening.plan if plan is None else plan.title.in_language(self.language)
        head = head_document(opening, look.opened_by_name)
        return LogExport(IncidentMark(opening), head, documents, title, self._synthetic(), self.language)

    def _synthetic(self) -> bool:
        """Without layers nothing in a log rests on made-up data."""
        try:
            return self.runtime.snapshot().synthetic
        except MissingLayers:
            return False

    def documents(self, entries: Collection[Entry], opening: Opening) -> list[dict[str, Any]]:
        """Return entries of an incident as the viewer may see them."""
        if not entries:
            return []
        reader = self.reader(opening.plan, self._whole(opening))
        named = {entry.fact.corrects for entry in entries if isinstance(entry.fact, Correction)}
        beside = self.journal.spoken_of(opening.incident_id, named) if named else []
        return entry_documents(list(entries), beside, reader, prose_for(reader), drill=opening.drill)

    def _whole(self, opening: Opening) -> Log:
        """Return the whole log; of one that cannot be read the opening alone: it names the data it was opened on."""
        try:
            return self.logs.look(opening.incident_id).log
        except UnreadableEntry:
            return Log(opening)

    def open(self, asked: WantedIncident) -> tuple[Look, bool]:
        """Open an incident; returns it, and whether it is new. Raises what the journal raises, and `MissingRight`."""
        plan, wanted = self.runtime.plan(asked.plan), asked.wanted
        require_right(self.viewer, Action.OPEN_INCIDENT, plan.key)
        author = author_of(self.viewer, plan.key)
        opening = Opening("", plan.key, asked.drill, asked.name, "", author.id)
        log = Log(opening, [])
        self._require_rights(wanted, log)
        wanted = with_clauses(wanted, plan)
        earlier = self._earlier(wanted, incident_id_of(author, wanted.client_key))
        facts = self._as_before(wanted, earlier) if earlier else self._prepared(wanted, log)
        written = self._placed(
            lambda: self.journal.open_all(
                plan.key,
                asked.name,
                facts,
                author,
                drill=asked.drill,
                client_key=wanted.client_key,
                language=self.language,
                data_version=self.runtime.data_version() or None,
            )
        )
        return self.logs.look(written[0].incident_id), written[0].is_new

    def append(self, incident_id: str, wanted: Wanted) -> tuple[list[Written], Look]:
        """Append what is wanted; returns the entries and the log that they were added to.

        Raises what the journal raises, `MissingRight`, and `TooBusy`.
        """
        for attempt in range(1, _ATTEMPTS + 1):
            look = self._look_to_write(incident_id)
            plan = look.log.opening.plan
            self._require_rights(wanted, look.log)
            author = author_of(self.viewer, plan)
            wanted = with_clauses(wanted, self.runtime.plan(plan))
            earlier = self._earlier(wanted, incident_id)
            facts = self._as_before(wanted, earlier) if earlier else self._prepared(wanted, look.log)
            expected = wanted.expected_number
            # Who decides, decides on the picture as it is: what others write meanwhile is taken into it.
            pinned = expected is None and not earlier and any(map(_sets_level, facts))
            try:
                return self._append(incident_id, wanted, facts, author, look.length if pinned else expected), look
            except Conflict:
                if not pinned or attempt == _ATTEMPTS:
                    raise
        raise AssertionError("unreachable")

    def _look_to_write(self, incident_id: str) -> Look:
        """In an emergency the log is not closed over an entry that cannot be read."""
        try:
            return self.logs.look(incident_id)
        except UnreadableEntry:
            return self.journal.look(incident_id, readable=True)

    def _append(
        self, incident_id: str, wanted: Wanted, facts: list[Fact], author: Author, expected: int | None
    ) -> list[Written]:
        return self._placed(
            lambda: self.journal.append_all(
                incident_id,
                facts,
                author,
                client_key=wanted.client_key,
                expected_number=expected,
                language=self.language,
            )
        )

    def _placed(self, write: Callable[[], list[Written]]) -> list[Written]:
        try:
            return write()
        except InvalidEntry as error:
            raise in_place(error, error.place) from error

    def _require_rights(self, wanted: Wanted, log: Log) -> None:
        """Raise `MissingRight` unless the viewer may write each fact; a correction is asked as what it corrects."""
        plan = log.opening.plan
        corrects = any(isinstance(fact, Correction) for fact in wanted.facts)
        kinds = {entry.number: entry.fact.kind for entry in log.entries} if corrects else {}
        for place, fact in enumerate(wanted.facts):
            kind: str | None = fact.kind
            if isinstance(fact, Correction):
                kind = kinds.get(fact.corrects)
                if kind is None or kind == "correction":
                    require_right(self.viewer, Action.RECORD_FACT, plan)
                    kind = None
                if kind is None and fact.corrects not in kinds:
                    refusal = Refused("correction_of_nothing", number=fact.corrects)
                    refusal.place = place
                    raise refusal
            if kind is not None:
                require_right(self.viewer, ENTRY_RIGHTS[kind], plan)

    def _earlier(self, wanted: Wanted, incident_id: str) -> list[Entry]:
        if wanted.client_key is None:
            return []
        return self.journal.written_before(incident_id, wanted.client_key, len(wanted.facts) + 1)

    def _as_before(self, wanted: Wanted, earlier: list[Entry]) -> list[Fact]:
        """A request that comes again says what was recommended when it came first."""
        facts: list[Fact] = []
        for place, fact in enumerate(wanted.facts):
            stored = earlier[place].fact if place < len(earlier) else None
            if isinstance(fact, LevelStarted | LevelChanged) and isinstance(stored, LevelStarted | LevelChanged):
                facts.append(with_level(fact, recommendation_of(stored), wanted.recommended[place], place))
            elif isinstance(fact, Correction) and isinstance(stored, Correction):
                facts.append(_corrected_as(fact, stored.replacement, wanted.recommended[place], place))
            else:
                facts.append(fact)
        return facts

    def _prepared(self, wanted: Wanted, log: Log) -> list[Fact]:
        """Check what facts name, and put what is recommended where they set a level."""
        repairs = any(isinstance(fact, Repaired | Correction) for fact in wanted.facts)
        broken = {name for entry in log.entries for name in elements_named(entry.fact)} if repairs else set()
        for place, fact in enumerate(wanted.facts):
            if any(True for _ in elements_named(fact)):
                places = places_of(self.runtime.snapshot_of(log), restricted=self.viewer.sees_restricted)
                try:
                    check_names(fact, places, broken, self.language)
                except InvalidEntry as error:
                    raise in_place(error, place) from error
            require_readable_data(fact, self.runtime.store, place)
        corrects = any(isinstance(fact, Correction) for fact in wanted.facts)
        effective = {item.number: item.fact for item in effective_facts(log.entries)} if corrects else {}
        facts = [
            _corrected_as(fact, effective.get(fact.corrects), wanted.recommended[place], place)
            if isinstance(fact, Correction)
            else fact
            for place, fact in enumerate(wanted.facts)
        ]
        if not any(map(_sets_level, facts)):
            return facts
        return completed(facts, wanted.recommended, log, self.clock(), self.recommender)


def _sets_level(fact: Fact) -> bool:
    return isinstance(fact, LevelStarted | LevelChanged)


def _corrected_as(fact: Correction, counts: Fact | None, given: object, place: int) -> Correction:
    """A level that is corrected was decided on what was recommended then."""
    setting = fact.replacement
    if not isinstance(setting, LevelStarted | LevelChanged) or not isinstance(counts, LevelStarted | LevelChanged):
        return fact
    return fact.model_copy(update={"replacement": with_level(setting, recommendation_of(counts), given, place)})
