"""Routes of warnings. Each view reads the request, asks the desk, and answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, request

from priority.wording import Phrases
from webmap.access import COMPUTING, current_viewer
from webmap.answers import json_answer
from webmap.api.incidents import query_language, request_document
from webmap.api.log.view_document import CHINA
from webmap.api.warnings.bodies import (
    AreaBody,
    DecideBody,
    DoneBody,
    DraftBody,
    RetryBody,
    SuggestionBody,
    UndoBody,
    read_wanted_step,
)
from webmap.api.warnings.briefing import briefing_document
from webmap.api.warnings.delivery_desk import DeliveryDesk
from webmap.api.warnings.desk import WarningDesk
from webmap.api.warnings.listing import asked_of
from webmap.api.warnings.products import product_file
from webmap.api.warnings.rooms import Rooms
from webmap.errors import fault_of
from webmap.incidents.moments import as_entered
from webmap.warnings.errors import StepConflict
from webmap.warnings.reading import read_as

Desk = Callable[[], WarningDesk]
Body = Callable[[], object]


def warnings_blueprint(rooms: Rooms, nudge: Callable[[str], None]) -> Blueprint:
    """Return the routes below /api/warnings. `nudge` has pages ask again once something was changed."""
    blueprint = Blueprint("warnings_api", __name__, url_prefix="/api/warnings")

    def desk() -> WarningDesk:
        return WarningDesk(rooms, current_viewer(), query_language())

    def body() -> object:
        return request_document(rooms.settings.limits)

    @blueprint.after_request
    def told(response: Response) -> Response:
        if request.method == "POST" and request.endpoint not in COMPUTING and response.status_code in {200, 201}:
            nudge("warnings")
            nudge("attention")
        return response

    _add_drafting(blueprint, desk, body)
    _add_reading(blueprint, desk)
    _add_deliveries(blueprint, desk, body)
    return blueprint


def _add_drafting(blueprint: Blueprint, desk: Desk, body: Body) -> None:
    """Add the routes by which a warning comes about."""

    @blueprint.post("/suggestions")
    def suggestion() -> Response:
        at_desk = desk()
        return json_answer(at_desk.suggestion(read_as(SuggestionBody, body(), at_desk.language)))

    @blueprint.post("/areas")
    def area() -> Response:
        at_desk = desk()
        return json_answer(at_desk.area(read_as(AreaBody, body(), at_desk.language)))

    @blueprint.post("")
    def draft() -> Response:
        at_desk = desk()
        warning, is_new = at_desk.draft(read_as(DraftBody, body(), at_desk.language))
        return json_answer({"warning": warning}, 201 if is_new else 200)

    @blueprint.post("/<warning_id>/steps")
    def step(warning_id: str) -> Response:
        at_desk = desk()
        asked = read_wanted_step(body(), at_desk.language)
        try:
            warning, is_new = at_desk.take(warning_id, asked)
        except StepConflict as conflict:
            return _changed_meanwhile(conflict, at_desk, warning_id)
        return json_answer({"warning": warning}, 201 if is_new else 200)


def _add_reading(blueprint: Blueprint, desk: Desk) -> None:
    """Add the routes that show warnings and what goes out of them."""

    @blueprint.get("")
    def warnings() -> Response:
        at_desk = desk()
        listed, more = at_desk.listed(asked_of(request.args))
        return json_answer({"warnings": listed, "more": more, "now": as_entered(at_desk.now().astimezone(CHINA))})

    @blueprint.get("/<warning_id>")
    def warning(warning_id: str) -> Response:
        return json_answer({"warning": desk().shown(warning_id)})

    @blueprint.get("/<warning_id>/briefing")
    def briefing(warning_id: str) -> Response:
        return json_answer(briefing_document(desk(), warning_id))

    @blueprint.get("/<warning_id>/versions/<int:number>/<product>")
    def product(warning_id: str, number: int, product: str) -> Response:
        chosen = (request.args.get(name) or None for name in ("message", "audience"))
        file = product_file(desk(), warning_id, number, product, *chosen)
        if file is None:
            abort(404)
        response = Response(file.content, mimetype=file.mimetype)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Disposition"] = f'inline; filename="warning-{number}-{product}"'
        if file.policy:
            response.headers["Content-Security-Policy"] = file.policy
        return response


def _add_deliveries(blueprint: Blueprint, desk: Desk, body: Body) -> None:
    """Add the routes that say how far a warning has come."""

    @blueprint.get("/<warning_id>/deliveries")
    def deliveries(warning_id: str) -> Response:
        return json_answer(DeliveryDesk(desk()).shown(warning_id))

    @blueprint.post("/<warning_id>/deliveries/retry")
    def retry(warning_id: str) -> Response:
        at_desk = desk()
        return json_answer(DeliveryDesk(at_desk).retry(warning_id, read_as(RetryBody, body(), at_desk.language)))

    @blueprint.post("/<warning_id>/deliveries/done")
    def done(warning_id: str) -> Response:
        at_desk = desk()
        return json_answer(DeliveryDesk(at_desk).done(warning_id, read_as(DoneBody, body(), at_desk.language)))

    @blueprint.post("/<warning_id>/deliveries/undo")
    def undo(warning_id: str) -> Response:
        at_desk = desk()
        return json_answer(DeliveryDesk(at_desk).undo(warning_id, read_as(UndoBody, body(), at_desk.language)))

    @blueprint.post("/<warning_id>/deliveries/decide")
    def decide(warning_id: str) -> Response:
        at_desk = desk()
        return json_answer(DeliveryDesk(at_desk).decide(warning_id, read_as(DecideBody, body(), at_desk.language)))


def _changed_meanwhile(conflict: StepConflict, desk: WarningDesk, warning_id: str) -> Response:
    """Answer a conflict with the steps that the client has not seen, and who took them."""
    fault = fault_of(conflict, desk.language)
    document: dict[str, Any] = fault.document()
    steps = desk.steps_since(conflict, warning_id)
    document["error"] |= {"length": conflict.length, "steps": steps}
    if steps:  # what happened and by whom says more than that something did
        said = Phrases(desk.language).write("warning_view.then").join(step["said"] for step in steps)
        document["error"]["message"] = Phrases(desk.language).write("warning_view.meanwhile", said=said)
    return json_answer(document, fault.status)
