"""Routes of the versions of the data. Each view reads the request, asks the desk, and answers."""

from __future__ import annotations

from flask import Blueprint, Response, request

from webmap.access import current_viewer
from webmap.answers import json_answer
from webmap.api.data.desk import DataDesk, DataRooms
from webmap.api.data.shapes import RestoreBody
from webmap.api.incidents import query_language, request_document
from webmap.settings import Settings
from webmap.warnings.reading import read_as


def data_blueprint(rooms: DataRooms, settings: Settings) -> Blueprint:
    """Return the routes below /api/data-versions."""
    blueprint = Blueprint("data_api", __name__, url_prefix="/api/data-versions")

    def desk() -> DataDesk:
        return DataDesk(rooms, current_viewer())

    @blueprint.get("")
    def versions() -> Response:
        return json_answer(desk().listed(request.args.get("before"), request.args.get("limit")))

    @blueprint.get("/<version>/compare")
    def compare(version: str) -> Response:
        return json_answer(desk().compared(version, request.args.get("with", "")))

    @blueprint.post("/<version>/restore")
    def restore(version: str) -> Response:
        asked = read_as(RestoreBody, request_document(settings.limits), query_language())
        return json_answer(desk().restore(version, asked))

    return blueprint
