"""Routes of drafts. Each view reads the request, asks the desk, and answers."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, request

from webmap.access import current_viewer
from webmap.answers import json_answer
from webmap.api.editing.bodies import BeginBody, CommitBody, NameBody, RevisionBody, StepsBody
from webmap.api.editing.desk import EditingDesk, EditingRooms
from webmap.api.incidents import query_language, request_document
from webmap.settings import Settings
from webmap.warnings.reading import read_as

Desk = Callable[[], EditingDesk]
Body = Callable[[], object]


def editing_blueprint(rooms: EditingRooms, settings: Settings) -> Blueprint:
    """Return the routes below /api/data-drafts."""
    blueprint = Blueprint("editing_api", __name__, url_prefix="/api/data-drafts")

    def desk() -> EditingDesk:
        return EditingDesk(rooms, current_viewer(), query_language())

    def body() -> object:
        return request_document(settings.limits)

    @blueprint.get("")
    def drafts() -> Response:
        return json_answer(desk().listed())

    @blueprint.post("")
    def begin() -> Response:
        at_desk = desk()
        return json_answer(at_desk.begin(read_as(BeginBody, body(), at_desk.language)), 201)

    @blueprint.get("/<draft_id>")
    def draft(draft_id: str) -> Response:
        return json_answer(desk().shown(draft_id))

    @blueprint.get("/<draft_id>/record")
    def record(draft_id: str) -> Response:
        layer, identifier = request.args.get("layer", ""), request.args.get("id", "")
        return json_answer(desk().record(draft_id, layer, identifier))

    _add_doing(blueprint, desk, body)
    return blueprint


def _add_doing(blueprint: Blueprint, desk: Desk, body: Body) -> None:
    """Add the routes that change a draft."""

    @blueprint.put("/<draft_id>/operations")
    def save_steps(draft_id: str) -> Response:
        at_desk = desk()
        return json_answer(at_desk.save_steps(draft_id, read_as(StepsBody, body(), at_desk.language)))

    @blueprint.post("/<draft_id>/name")
    def rename(draft_id: str) -> Response:
        at_desk = desk()
        return json_answer(at_desk.rename(draft_id, read_as(NameBody, body(), at_desk.language)))

    @blueprint.post("/<draft_id>/review")
    def review(draft_id: str) -> Response:
        return json_answer(desk().review(draft_id))

    @blueprint.post("/<draft_id>/rebase")
    def rebase(draft_id: str) -> Response:
        at_desk = desk()
        return json_answer(at_desk.rebase(draft_id, read_as(RevisionBody, body(), at_desk.language)))

    @blueprint.post("/<draft_id>/commit")
    def commit(draft_id: str) -> Response:
        at_desk = desk()
        return json_answer(at_desk.commit(draft_id, read_as(CommitBody, body(), at_desk.language)))

    @blueprint.post("/<draft_id>/undo")
    def undo(draft_id: str) -> Response:
        at_desk = desk()
        return json_answer(at_desk.undo(draft_id, read_as(RevisionBody, body(), at_desk.language)))

    @blueprint.post("/<draft_id>/discard")
    def discard(draft_id: str) -> Response:
        return json_answer(desk().discard(draft_id))

    @blueprint.post("/<draft_id>/take_back")
    def take_back(draft_id: str) -> Response:
        return json_answer(desk().take_back(draft_id))
