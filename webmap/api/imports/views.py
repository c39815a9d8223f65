"""Routes of imports. Each view reads the request, asks the desk, and answers."""

from __future__ import annotations

import math
from collections.abc import Callable

from flask import Blueprint, Response, request, send_file

from webmap.access import current_viewer
from webmap.answers import json_answer
from webmap.api.imports.bodies import CheckBody, CommitBody, InspectBody, MappingBody
from webmap.api.imports.desk import ImportDesk, ImportRooms
from webmap.api.imports.documents import in_language
from webmap.api.incidents import query_language, request_document
from webmap.errors import InvalidQuery
from webmap.exports.attachments import file_name
from webmap.settings import Limits
from webmap.warnings.reading import read_as

Desk = Callable[[], ImportDesk]
Body = Callable[[], object]
_MOST_FEATURES = 5000
_ENDINGS = {"csv": "text/csv", "gpkg": "application/geopackage+sqlite3"}


def imports_blueprint(rooms: ImportRooms, limits: Limits) -> Blueprint:
    """Return the routes below /api/imports and /api/import-mappings."""
    blueprint = Blueprint("imports_api", __name__, url_prefix="/api")

    def desk() -> ImportDesk:
        return ImportDesk(rooms, current_viewer(), query_language())

    def body() -> object:
        return request_document(limits)

    @blueprint.get("/imports")
    def imports() -> Response:
        return json_answer(desk().listed())

    @blueprint.post("/imports")
    def upload() -> Response:
        return json_answer(desk().upload(request, request.args.get("layer") or None), 201)

    @blueprint.get("/imports/<import_id>")
    def one(import_id: str) -> Response:
        return json_answer(desk().shown(import_id))

    _add_doing(blueprint, desk, body)
    _add_products(blueprint, desk)
    _add_mappings(blueprint, desk, body)
    return blueprint


def _add_doing(blueprint: Blueprint, desk: Desk, body: Body) -> None:
    """Add the routes that do something with an import. What takes long is only begun: 202."""

    @blueprint.post("/imports/<import_id>/inspect")
    def inspect(import_id: str) -> Response:
        at_desk = desk()
        return json_answer(at_desk.inspect(import_id, read_as(InspectBody, body(), at_desk.language)), 202)

    @blueprint.post("/imports/<import_id>/check")
    def check(import_id: str) -> Response:
        at_desk = desk()
        return json_answer(at_desk.check(import_id, read_as(CheckBody, body(), at_desk.language)), 202)

    @blueprint.post("/imports/<import_id>/commit")
    def commit(import_id: str) -> Response:
        at_desk = desk()
        return json_answer(at_desk.commit(import_id, read_as(CommitBody, body(), at_desk.language)), 202)

    @blueprint.post("/imports/<import_id>/cancel")
    def cancel(import_id: str) -> Response:
        return json_answer(desk().cancel(import_id))

    @blueprint.post("/imports/<import_id>/discard")
    def discard(import_id: str) -> Response:
        return json_answer(desk().discard(import_id))


def _add_products(blueprint: Blueprint, desk: Desk) -> None:
    """Add what a checked import gives to look at."""

    @blueprint.get("/imports/<import_id>/preview")
    def preview(import_id: str) -> Response:
        at_desk = desk()
        found = at_desk.preview(import_id, _box(), _most())
        return json_answer(in_language(found, at_desk.language))

    @blueprint.get("/imports/<import_id>/rejected")
    def rejected(import_id: str) -> Response:
        ending = request.args.get("format", "csv")
        if ending not in _ENDINGS:
            raise InvalidQuery("format", ending, tuple(_ENDINGS))
        path, name = desk().rejected_file(import_id, ending)
        told = file_name(f"rejected.{ending}", (name, "未入库", "rejected"))
        response = send_file(path, _ENDINGS[ending], as_attachment=True, download_name=told)
        response.headers["Cache-Control"] = "no-store"
        return response


def _add_mappings(blueprint: Blueprint, desk: Desk, body: Body) -> None:
    @blueprint.get("/import-mappings")
    def mappings() -> Response:
        return json_answer(desk().mappings(request.args.get("layer") or None))

    @blueprint.put("/import-mappings/<name>")
    def keep_mapping(name: str) -> Response:
        at_desk = desk()
        return json_answer(at_desk.keep_mapping(name, read_as(MappingBody, body(), at_desk.language)))

    @blueprint.delete("/import-mappings/<name>")
    def remove_mapping(name: str) -> Response:
        return json_answer(desk().remove_mapping(name))


def _box() -> tuple[float, float, float, float] | None:
    given = request.args.get("bbox")
    if given is None:
        return None
    try:
        west, south, east, north = map(float, given.split(","))
    except ValueError:
        raise InvalidQuery("bbox", given, ("west,south,east,north",)) from None
    if not all(map(math.isfinite, (west, south, east, north))):
        raise InvalidQuery("bbox", given, ("west,south,east,north",))
    return west, south, east, north


def _most() -> int:
    given = request.args.get("limit", str(_MOST_FEATURES))
    if not given.isascii() or not given.isdigit() or not 1 <= int(given) <= _MOST_FEATURES:
        raise InvalidQuery("limit", given, (f"1 … {_MOST_FEATURES}",))
    return int(given)
