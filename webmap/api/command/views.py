"""The route of the commander's view: made once for all viewers who may see the same, kept until something changes."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response

from webmap.access import current_viewer
from webmap.accounts.log_rights import require_right
from webmap.accounts.roles import Action
from webmap.answers import json_answer
from webmap.api.incidents import query_language
from webmap.api.log.reader import offices_of, reader_of
from webmap.api.queries import moment_or_none, number_or_none
from webmap.incidents.journal import Journal
from webmap.incidents.kept import KeptLogs
from webmap.reports.opening import Sources, log_of
from webmap.runtime import Runtime
from webmap.workload import Workload

#: An assessment takes this long at the most; who comes meanwhile is told by it when to try again.
_SECONDS = 10.0


def command_blueprint(runtime: Runtime, workload: Workload, journal: Journal, logs: KeptLogs) -> Blueprint:
    """Return the route below /api/incidents/<id>."""
    blueprint = Blueprint("command_api", __name__, url_prefix="/api")
    sources = Sources(runtime, journal.clock)

    @blueprint.get("/incidents/<incident_id>/command")
    def command(incident_id: str) -> Response:
        from webmap.command import command_of  # noqa: PLC0415  it loads what reviews and reports need

        viewer, language = current_viewer(), query_language()
        look = logs.look(incident_id)
        plan = look.log.opening.plan
        require_right(viewer, Action.SEE_LOG, plan)
        asked = sources.asked(look, moment_or_none("at"), number_or_none("known", 1), None)
        reader = reader_of(runtime, viewer, language, plan, log_of(look, asked))
        offices = offices_of(viewer, plan)
        key = ("command", incident_id, _minute(asked.at), asked.known, viewer.audience, offices, language)
        made = workload.answer(
            (*key, runtime.data_version()),
            _SECONDS,
            lambda: command_of(sources.open(look, reader, asked)).document(),
        )
        return json_answer(made)

    return blueprint


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
