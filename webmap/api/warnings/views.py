"""Routes of warnings. Each view reads the request, asks the desk, and answers."""

from __future__ import annotations

from flask import Blueprint, Response

from webmap.access import current_viewer
from webmap.answers import json_answer
from webmap.api.incidents import query_language, request_document
from webmap.api.warnings.bodies import AreaBody, SuggestionBody
from webmap.api.warnings.desk import WarningDesk
from webmap.api.warnings.scenes import Scenes
from webmap.incidents.journal import Journal
from webmap.incidents.kept import KeptLogs
from webmap.runtime import Runtime
from webmap.settings import Settings
from webmap.warnings.reading import read_as


def warnings_blueprint(runtime: Runtime, settings: Settings, journal: Journal, logs: KeptLogs) -> Blueprint:
    """Return the routes below /api/warnings."""
    blueprint = Blueprint("warnings_api", __name__, url_prefix="/api/warnings")
    scenes = Scenes(runtime, settings.server.threads)

    def desk() -> WarningDesk:
        return WarningDesk(settings, logs, scenes, current_viewer(), query_language(), journal.clock)

    @blueprint.post("/suggestions")
    def suggestion() -> Response:
        at_desk = desk()
        asked = read_as(SuggestionBody, request_document(settings.limits), at_desk.language)
        return json_answer(at_desk.suggestion(asked))

    @blueprint.post("/areas")
    def area() -> Response:
        at_desk = desk()
        asked = read_as(AreaBody, request_document(settings.limits), at_desk.language)
        return json_answer(at_desk.area(asked))

    return blueprint
