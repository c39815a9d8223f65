"""The desk where reports from the place are taken, looked at and answered: asks the rights before anything else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from priority.errors import Problem
from priority.validation import problem
from priority.wording import Phrases
from webmap.accounts.log_rights import MissingRight, require_right
from webmap.accounts.roles import Action
from webmap.accounts.viewer import Viewer
from webmap.api.field.bodies import ConfirmBody, DeclineBody
from webmap.api.field.documents import Telling
from webmap.api.log.bodies import read_opening, read_writing
from webmap.api.log.desk import Desk
from webmap.api.log.reader import author_of
from webmap.field.body import FieldBody
from webmap.field.errors import FieldRefused, PhotoRefused, UnknownFieldReport
from webmap.field.gate import PhotoGate
from webmap.field.photos import Photo, made_anew
from webmap.field.records import Answer, FieldReport, State
from webmap.field.reports import FieldReports
from webmap.field.resting import entries_resting_on
from webmap.incidents.errors import InvalidEntry
from webmap.incidents.moments import written
from webmap.languages import Language

#: Tells pages that there is something to ask for: what, and of which incident (None: all).
Nudge = Callable[[str, str | None], None]


@dataclass(frozen=True)
class FieldDesk:
    """Serves a viewer in a language; `log` is the desk at which entries are written."""

    reports: FieldReports
    log: Desk
    nudge: Nudge
    gate: PhotoGate

    @property
    def viewer(self) -> Viewer:
        """Who asks."""
        return self.log.viewer

    @property
    def language(self) -> Language:
        """The language asked for."""
        return self.log.language

    def submit(self, body: FieldBody) -> tuple[dict[str, Any], bool]:
        """Store a report; return its document, and whether it is new.

        Raises `MissingRight`, `UnknownPlan`, `UnknownIncident`, `FieldRefused`, `InvalidEntry`, `ClientKeyReused` and
        `TooBusy`. What was stored before is answered without looking at the photographs again.
        """
        plan = self.log.runtime.plan(body.plan)
        require_right(self.viewer, Action.REPORT_FROM_PLACE, plan.key)
        drill = False
        if body.incident is not None:
            opening = self.log.journal.opening(body.incident)
            if opening.plan != plan.key:
                raise FieldRefused("other_plan")
            drill = opening.drill
        author = author_of(self.viewer, plan.key)
        if (before := self.reports.sent_before(body.told(), author.id, body.client_key)) is not None:
            return self._document(before), False
        photos = self._photos(body.photos, author.id)
        report, is_new = self.reports.add(body.told(), photos, author, drill=drill, client_key=body.client_key)
        if is_new:
            self.nudge("field_reports", report.incident)
        return self._document(report), is_new

    def _photos(self, contents: Sequence[bytes], author_id: str) -> list[Photo]:
        if not contents:
            return []
        with self.gate.turn_of(author_id):
            return [self._photo(content, place) for place, content in enumerate(contents)]

    def _photo(self, content: bytes, place: int) -> Photo:
        try:
            return made_anew(content)
        except PhotoRefused as refused:
            told = Problem(f"photos[{place}]", refused.message(self.language), refused.remedy(self.language))
            raise InvalidEntry([told]) from refused

    def listed(self, state: State | None, *, mine: bool) -> dict[str, Any]:
        """Return the reports that the viewer may answer, or the viewer's own; the last received first."""
        person = self.viewer.person
        right = Action.REPORT_FROM_PLACE if mine else Action.RECORD_FACT
        plans = [key for key in self.log.runtime.plans if self.viewer.may(right, key)]
        found, more = self.reports.find(plans, state, author_id=person.id if mine and person else None)
        telling = self._telling()
        return {"reports": [telling.document(report) for report in found], "more": more}

    def shown(self, report_id: str) -> dict[str, Any]:
        """Return a report to who reported it, may answer it, or reads of it in the log; `UnknownFieldReport`."""
        return self._document(self._known(report_id))

    def photo(self, report_id: str, number: int) -> bytes:
        """Return a photograph to who may see its report; raises `UnknownFieldReport`."""
        self._known(report_id)
        return self.reports.photo(report_id, number)

    def confirm(self, report_id: str, asked: ConfirmBody) -> dict[str, Any]:
        """Write a report into a log as the viewer; return its document.

        Asked again it is as it was. Raises what the log's desk raises, `FieldRefused`, and `UnknownFieldReport`.
        """
        report = self._answerable(report_id)
        with self.reports.answering():
            report = self.reports.read(report_id)
            if report.state == "confirmed":
                raise FieldRefused("answered_already", name=report.answers[-1].by)
            incident_id, numbers = self._said_already(report, asked) if asked.entries else self._once(report, asked)
            answer = self._answer("confirmed", incident=incident_id, entries=numbers)
            answer = replace(answer, known_before=asked.entries is not None)
            drill = self.log.journal.opening(incident_id).drill
            report = self.reports.answer(report_id, answer, drill=drill)
        self.nudge("field_reports", report.incident)
        return self._document(report)

    def decline(self, report_id: str, asked: DeclineBody) -> dict[str, Any]:
        """Say why a report is not taken; return its document. Raises `FieldRefused` and `UnknownFieldReport`."""
        self._answerable(report_id)
        with self.reports.answering():
            report = self.reports.read(report_id)
            if report.state != "waiting":
                rule = "answered_already" if report.state == "confirmed" else "declined_already"
                raise FieldRefused(rule, name=report.answers[-1].by)
            report = self.reports.answer(report_id, self._answer("declined", asked.reason), drill=report.drill)
        self.nudge("field_reports", report.incident)
        return self._document(report)

    def _once(self, report: FieldReport, asked: ConfirmBody) -> tuple[str, tuple[int, ...]]:
        """What an earlier confirmation wrote whose answer could not be kept counts, whoever gave it; else write."""
        engine, logs = self.reports.engine, self.log.logs
        return entries_resting_on(report.id, engine, lambda key: logs.look(key).log) or self._written(report, asked)

    def _written(self, report: FieldReport, asked: ConfirmBody) -> tuple[str, tuple[int, ...]]:
        """Write what a report comes to."""
        facts = self._telling().facts(report) if asked.facts is None else asked.facts
        body: dict[str, Any] = {"facts": [{**item, "field_report": report.id} for item in facts]}
        body["client_key"] = f"field-{report.id}-{len(report.answers)}"
        if asked.open is not None:
            return self._opened(report, asked, body)
        incident_id = self._incident_for(report, asked)
        entries, _ = self.log.append(incident_id, read_writing(body, self.language))
        return incident_id, tuple(one.entry.number for one in entries)

    def _opened(self, report: FieldReport, asked: ConfirmBody, body: dict[str, Any]) -> tuple[str, tuple[int, ...]]:
        """Open an incident that begins with the report: in the words of the note, where one is to be written."""
        assert asked.open is not None  # noqa: S101  who calls has looked
        self._require_same_world(report, drill=asked.open.drill)
        notes = [item.get("text") for item in body["facts"] if item.get("kind") == "note"]
        words = notes[0] if notes else self._document(report)["words_for_all"][:2_000]
        first = {"kind": "reported", "happened_at": report.happened_at, "text": words, "source": report.author}
        facts = [first | {"field_report": report.id}, *(item for item in body["facts"] if item.get("kind") != "note")]
        wanted = {**body, "facts": facts, "plan": report.plan, "name": asked.open.name, "drill": asked.open.drill}
        look, _ = self.log.open(read_opening(wanted, self.language))
        return look.log.opening.incident_id, tuple(range(1, len(facts) + 1))

    def _said_already(self, report: FieldReport, asked: ConfirmBody) -> tuple[str, tuple[int, ...]]:
        incident_id, numbers = self._incident_for(report, asked), asked.entries or ()
        length = self.log.look(incident_id).length
        for number in numbers:
            if number > length:
                raise FieldRefused("no_such_entry", number=number)
        return incident_id, numbers

    def _incident_for(self, report: FieldReport, asked: ConfirmBody) -> str:
        incident_id = asked.incident or report.incident
        if incident_id is None:
            raise InvalidEntry([problem(Phrases(self.language), "incident", "field_answer", {})])
        opening = self.log.journal.opening(incident_id)
        if opening.plan != report.plan:
            raise FieldRefused("other_plan")
        self._require_same_world(report, drill=opening.drill)
        return incident_id

    def _require_same_world(self, report: FieldReport, *, drill: bool) -> None:
        """Who reported of an incident knew whether it was a drill; of a report of none the duty officer says."""
        if report.incident is not None and report.drill != drill:
            raise FieldRefused("drill_apart")

    def _answer(self, state: Any, reason: str | None = None, **told: Any) -> Answer:
        person = self.viewer.person
        assert person is not None  # noqa: S101  the right was asked
        return Answer(state, written(self.reports.clock()), person.id, person.display_name, reason, **told)

    def _answerable(self, report_id: str) -> FieldReport:
        """Return a report to who may record facts under its plan; others do not learn that there is one."""
        report = self.reports.read(report_id)
        if not self.viewer.may(Action.RECORD_FACT, report.plan):
            if self._sees(report):
                raise MissingRight(Action.RECORD_FACT, report.plan)
            raise UnknownFieldReport(report_id)
        return report

    def _known(self, report_id: str) -> FieldReport:
        report = self.reports.read(report_id)
        if not self._sees(report):
            raise UnknownFieldReport(report_id)
        return report

    def _sees(self, report: FieldReport) -> bool:
        """Who reads the log sees what became part of it, unless it names a place that they may not know of."""
        person = self.viewer.person
        if person is not None and person.id == report.author_id:
            return True
        if self.viewer.may(Action.RECORD_FACT, report.plan):
            return True
        if report.state != "confirmed" or not self.viewer.may(Action.SEE_LOG, report.plan):
            return False
        reader = self.log.reader(report.plan)
        element = report.body["element"]
        return element is None or not reader.hides(element)

    def _document(self, report: FieldReport) -> dict[str, Any]:
        return self._telling().document(report)

    def _telling(self) -> Telling:
        return Telling.to(self.viewer, self.language, self.log.runtime, cache(self.log.journal.opening))
