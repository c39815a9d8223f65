"""Routes of drills that play themselves. Each view reads the request, asks the desk, and answers."""

from __future__ import annotations

from flask import Blueprint, Response

from webmap.access import current_viewer
from webmap.answers import json_answer
from webmap.api.drills.desk import CHANGES, DrillDesk
from webmap.api.drills.shapes import BeginBody, SpeedBody
from webmap.api.incidents import query_language, request_document
from webmap.drills.rooms import DrillRooms
from webmap.settings import Settings
from webmap.warnings.reading import read_as


def drills_blueprint(rooms: DrillRooms, settings: Settings) -> Blueprint:
    """Return the routes below /api/drills, and the list of scripts."""
    blueprint = Blueprint("drills_api", __name__, url_prefix="/api")

    def desk() -> DrillDesk:
        return DrillDesk(rooms, current_viewer(), query_language())

    @blueprint.get("/drill-scripts")
    def scripts() -> Response:
        return json_answer(desk().scripts())

    @blueprint.post("/drills")
    def begin() -> Response:
        at_desk = desk()
        asked = read_as(BeginBody, request_document(settings.limits), at_desk.language)
        return json_answer(at_desk.begin(asked), 201)

    @blueprint.get("/drills/<incident_id>")
    def drill(incident_id: str) -> Response:
        return json_answer(desk().shown(incident_id))

    @blueprint.post("/drills/<incident_id>/speed")
    def speed(incident_id: str) -> Response:
        at_desk = desk()
        asked = read_as(SpeedBody, request_document(settings.limits), at_desk.language)
        return json_answer(at_desk.set_speed(incident_id, asked))

    @blueprint.post(f"/drills/<incident_id>/<any({', '.join(CHANGES)}):change>")
    def change(incident_id: str, change: str) -> Response:
        return json_answer(desk().change(incident_id, CHANGES[change]))

    return blueprint
