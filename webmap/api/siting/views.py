"""Routes of siting. Each view reads the request, asks the desk, and answers."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, request

from webmap.access import current_viewer
from webmap.answers import json_answer, prepared_answer
from webmap.api.incidents import query_language, request_document
from webmap.api.log.view_document import CHINA
from webmap.api.siting.bodies import AwayBody, KeyBody, NameBody, StartBody
from webmap.api.siting.desk import SitingDesk, SitingRooms
from webmap.exports.siting_files import assignment_csv, sites_csv, sites_geojson
from webmap.incidents.moments import as_entered
from webmap.warnings.reading import read_as

Desk = Callable[[], SitingDesk]
Body = Callable[[], object]


def siting_blueprint(rooms: SitingRooms) -> Blueprint:
    """Return the routes below /api/siting."""
    blueprint = Blueprint("siting_api", __name__, url_prefix="/api/siting")

    def desk() -> SitingDesk:
        return SitingDesk(rooms, current_viewer(), query_language())

    def body() -> object:
        return request_document(rooms.settings.limits)

    @blueprint.post("/survey")
    def survey() -> Response:
        document = body()
        return prepared_answer(desk().survey(document))

    @blueprint.post("/runs")
    def start() -> Response:
        at_desk = desk()
        return json_answer(at_desk.start(read_as(StartBody, body(), at_desk.language)), 202)

    @blueprint.get("/runs")
    def runs() -> Response:
        at_desk = desk()
        listed = at_desk.listed(request.args.get("kind") or None, request.args.get("put_away") or None)
        return json_answer({**listed, "now": as_entered(at_desk.now().astimezone(CHINA))})

    @blueprint.get("/runs/<run_id>")
    def run(run_id: str) -> Response:
        return json_answer(desk().shown(run_id))

    _add_doing(blueprint, desk, body)
    _add_files(blueprint, desk, rooms)
    return blueprint


def _add_doing(blueprint: Blueprint, desk: Desk, body: Body) -> None:
    """Add the routes that do something with a run."""

    @blueprint.post("/runs/<run_id>/cancel")
    def cancel(run_id: str) -> Response:
        return json_answer(desk().cancel(run_id))

    @blueprint.post("/runs/<run_id>/name")
    def rename(run_id: str) -> Response:
        at_desk = desk()
        return json_answer(at_desk.rename(run_id, read_as(NameBody, body(), at_desk.language)))

    @blueprint.post("/runs/<run_id>/put_away")
    def put_away(run_id: str) -> Response:
        at_desk = desk()
        return json_answer(at_desk.put_away(run_id, read_as(AwayBody, body(), at_desk.language)))

    @blueprint.post("/runs/<run_id>/choose")
    def choose(run_id: str) -> Response:
        at_desk = desk()
        return json_answer(at_desk.choose(run_id, read_as(KeyBody, body(), at_desk.language)))

    @blueprint.post("/runs/<run_id>/take_back")
    def take_back(run_id: str) -> Response:
        at_desk = desk()
        return json_answer(at_desk.take_back(run_id, read_as(KeyBody, body(), at_desk.language)))


def _add_files(blueprint: Blueprint, desk: Desk, rooms: SitingRooms) -> None:
    """Add the routes that turn an answer into a file."""

    @blueprint.get("/runs/<run_id>/sites.geojson")
    def sites_map(run_id: str) -> Response:
        at_desk = desk()
        return sites_geojson(at_desk.whole(run_id), rooms.runtime.snapshot(), at_desk.language)

    @blueprint.get("/runs/<run_id>/sites.csv")
    def sites_table(run_id: str) -> Response:
        at_desk = desk()
        return sites_csv(at_desk.whole(run_id), rooms.runtime.snapshot(), at_desk.language)

    @blueprint.get("/runs/<run_id>/assignment.csv")
    def assignment(run_id: str) -> Response:
        at_desk = desk()
        return assignment_csv(at_desk.whole(run_id), at_desk.language)
