"""Routes of the incident log. Each view reads the request, asks the desk, and answers."""

from __future__ import annotations

from typing import Any, get_args

from flask import Blueprint, Response

from webmap.access import current_viewer
from webmap.accounts.roles import Action
from webmap.answers import json_answer
from webmap.api.incidents import query_language, request_document
from webmap.api.log.bodies import read_opening, read_writing
from webmap.api.log.desk import Desk
from webmap.api.log.notes import notes
from webmap.api.log.recommendation import Recommender
from webmap.api.log.view_document import CHINA, summary_document, view_document
from webmap.api.queries import chosen, moment_or_none, number_or_none
from webmap.errors import fault_of
from webmap.exports.attachments import attachment, minute_in_name
from webmap.exports.log_file import MIMETYPES, LogFormat
from webmap.incidents.errors import Conflict
from webmap.incidents.journal import Journal, Which
from webmap.incidents.kept import KeptLogs
from webmap.incidents.moments import as_entered
from webmap.runtime import Runtime
from webmap.settings import Settings
from webmap.workload import Workload


def log_blueprint(
    runtime: Runtime, settings: Settings, workload: Workload, journal: Journal, logs: KeptLogs
) -> Blueprint:
    """Return the routes below /api/incidents."""
    blueprint = Blueprint("log_api", __name__, url_prefix="/api/incidents")
    recommender = Recommender(runtime, workload)

    def desk() -> Desk:
        return Desk(runtime, journal, logs, recommender, current_viewer(), query_language(), journal.clock)

    @blueprint.get("")
    def incidents() -> Response:
        which: Which = chosen("which", get_args(Which))  # type: ignore[assignment]
        viewer = current_viewer()
        found = [one for one in journal.incidents(which) if viewer.may(Action.SEE_LOG, one.opening.plan)]
        return json_answer({"incidents": [summary_document(one) for one in found]})

    @blueprint.post("")
    def open_incident() -> Response:
        at_desk = desk()
        asked = read_opening(request_document(settings.limits), at_desk.language)
        look, is_new = at_desk.open(asked)
        reader = at_desk.reader(look.log.opening.plan, look.log)
        return json_answer(view_document(look, reader, at_desk.clock()), 201 if is_new else 200)

    @blueprint.get("/<incident_id>")
    def incident(incident_id: str) -> Response:
        return json_answer(desk().view(incident_id, moment_or_none("at"), number_or_none("known", 1)))

    @blueprint.get("/<incident_id>/data")
    def data(incident_id: str) -> Response:
        return json_answer(desk().data(incident_id))

    @blueprint.get("/<incident_id>/entries")
    def entries(incident_id: str) -> Response:
        return json_answer(desk().entries(incident_id, number_or_none("after", 0) or 0, number_or_none("known", 1)))

    @blueprint.post("/<incident_id>/entries")
    def write(incident_id: str) -> Response:
        at_desk = desk()
        wanted = read_writing(request_document(settings.limits), at_desk.language)
        try:
            written, look = at_desk.append(incident_id, wanted)
        except Conflict as conflict:
            return _written_meanwhile(conflict, at_desk, incident_id)
        documents = at_desk.documents([one.entry for one in written], look.log.opening)
        # What was written before by the same request may have been followed by other entries since.
        length = max(look.length, written[-1].entry.number)
        told = notes([one.entry for one in written], look.log, at_desk.language)
        answer = {"length": length, "entries": documents, "notes": told}
        return json_answer(answer, 201 if written[0].is_new else 200)

    @blueprint.get("/<incident_id>/log")
    def log(incident_id: str) -> Response:
        wanted: LogFormat = chosen("format", get_args(LogFormat))  # type: ignore[assignment]
        exported = desk().export(incident_id)
        content, name = exported.content(wanted), exported.mark.plain_name(f"log.{wanted}")
        now = minute_in_name(as_entered(journal.clock().astimezone(CHINA)))
        return attachment(content, MIMETYPES[wanted], name, [*exported.name_parts(), now])

    return blueprint


def _written_meanwhile(conflict: Conflict, desk: Desk, incident_id: str) -> Response:
    """Answer a conflict with the entries that the writer has not seen."""
    fault = fault_of(conflict, desk.language)
    document: dict[str, Any] = fault.document()
    look = desk.look(incident_id, conflict.length)
    document["error"] |= {
        "length": conflict.length,
        "entries": desk.documents(conflict.entries, look.log.opening),
    }
    return json_answer(document, fault.status)
