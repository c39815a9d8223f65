"""The route of an incident's live stream: who may have it, and in which form."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from webmap.access import current_viewer
from webmap.accounts.accounts import Accounts
from webmap.accounts.log_rights import require_right
from webmap.accounts.recognition import viewer_of
from webmap.accounts.roles import Action
from webmap.api.incidents import query_language
from webmap.api.queries import number_or_none
from webmap.compression import accepts_gzip
from webmap.incidents.kept import KeptLogs
from webmap.languages import Language
from webmap.live.departures import Departures
from webmap.live.hub import Hub
from webmap.live.messages import Packed, Plain
from webmap.live.places import LivePlaces
from webmap.live.stream import Stream
from webmap.live.telling import Audience, audience_of
from webmap.settings import AccessSettings

_HEADERS = {
    "Cache-Control": "no-store",
    # nginx must pass on each message as it comes.
    "X-Accel-Buffering": "no",
}


def live_blueprint(
    hub: Hub, places: LivePlaces, logs: KeptLogs, accounts: Accounts, access: AccessSettings
) -> Blueprint:
    """Return the route /api/incidents/<incident_id>/live."""
    departures = Departures()
    blueprint = Blueprint("live_api", __name__, url_prefix="/api/incidents")

    def rights_of(plan: str, language: Language) -> Callable[[Audience], str | None]:
        """Return what finds out whether who asks now may go on, for as long as the stream lasts."""
        asking: Any = request._get_current_object()  # type: ignore[attr-defined]

        def rights(before: Audience) -> str | None:
            try:
                viewer = viewer_of(asking, accounts, access)
            except HTTPException:
                return "rights"
            except SQLAlchemyError:
                return None  # nobody's rights changed; it is asked again
            if not viewer.may(Action.SEE_LOG, plan):
                return "rights"
            # Who may see more or less than before begins anew.
            return None if audience_of(viewer, language, plan) == before else "age"

        return rights

    @blueprint.get("/<incident_id>/live", endpoint="stream")
    def live(incident_id: str) -> Response:
        language, after = query_language(), _seen()
        viewer = current_viewer()
        look = logs.look(incident_id)
        plan = look.log.opening.plan
        require_right(viewer, Action.SEE_LOG, plan)
        with ExitStack() as held:
            places.take()
            held.callback(places.leave)
            seat = held.enter_context(hub.seat(look, viewer, language, rights_of(plan, language)))
            carrier = Packed() if accepts_gzip(request) else Plain()
            stream = Stream(seat, after, carrier, hub.rhythm)
            # Gunicorn's, which alone lets a stream know its connection.
            held.enter_context(departures.watching(request.environ.get("gunicorn.socket"), stream))
            response = Response(stream.bytes(), mimetype="text/event-stream", headers=_HEADERS)
            response.vary.add("Accept-Encoding")
            if carrier.encoding:
                response.headers["Content-Encoding"] = carrier.encoding
            response.call_on_close(held.pop_all().close)
        return response

    return blueprint


def _seen() -> int:
    """Return the last entry that the client has: what it says when it comes back counts more than its address."""
    given = request.headers.get("Last-Event-ID", "")
    if given.isascii() and given.isdigit() and len(given) < 10:
        return int(given)
    return number_or_none("after", 0) or 0
