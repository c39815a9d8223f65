"""What everybody may read who is to be warned: the feed, the messages as they went out, a page. Never a drill."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime

from flask import Blueprint, Response, abort, request, url_for
from werkzeug.http import generate_etag

from priority.errors import UnknownPlan
from priority.townships import Townships
from webmap.addresses import full_address
from webmap.api.incidents import query_language
from webmap.api.warnings.rooms import Rooms
from webmap.runtime import Snapshot
from webmap.warnings.feed import CAP_TYPE, FEED_TYPE, atom_feed
from webmap.warnings.messages import Message, bulletin_of
from webmap.warnings.public_page import PUBLIC_PAGE_POLICY, render_public_page
from webmap.warnings.standing import LIFTED_STAYS
from webmap.warnings.standing import Message as PublicMessage

_LOG = logging.getLogger(__name__)
#: What is asked for again so soon need not be made anew, in seconds.
_FRESH_S = 15
#: A message that went out never changes.
_FOR_GOOD_S = 86_400


def public_warnings_blueprint(rooms: Rooms) -> Blueprint:
    """Return the routes /warnings and /feeds/warnings."""
    blueprint = Blueprint("public_warnings", __name__)

    def address_of(endpoint: str, **values: str) -> str:
        return full_address(request, rooms.settings.access, endpoint, **values)

    def told(message: Message) -> Iterator[PublicMessage]:
        try:
            plan = message.plan or rooms.runtime.plan(rooms.register.read(message.warning_id).plan)
        except UnknownPlan:
            # Stored by an earlier version, without its plan. The others are told all the same.
            _LOG.exception("message %s is not in the feed: its plan was taken away", message.identifier)
            return
        address = address_of("public_warnings.message", identifier=message.identifier)
        yield PublicMessage(bulletin_of(message, plan), address)

    def standing(now: datetime) -> list[PublicMessage]:
        return [item for message in _that_may_count(rooms, now) for item in told(message)]

    @blueprint.get("/feeds/warnings.atom")
    def feed() -> Response:
        now = rooms.journal.clock()
        own, page = address_of("public_warnings.feed"), address_of("public_warnings.page")
        content = atom_feed(standing(now), now, url=own, page=page, sender=rooms.settings.cap.sender)
        response = Response(content, content_type=f"{FEED_TYPE}; charset=utf-8")
        if not rooms.settings.access.public_url:
            response.vary.add("Host")  # its links have the host by which it was asked for
        return _kept(rooms, response, _FRESH_S)

    @blueprint.get("/feeds/warnings/<identifier>.xml")
    def message(identifier: str) -> Response:
        found = rooms.register.message(identifier)
        if found is None or found.drill:
            abort(404)
        return _kept(rooms, Response(found.xml, content_type=CAP_TYPE), _FOR_GOOD_S)

    @blueprint.get("/warnings")
    def page() -> Response:
        now = rooms.journal.clock()
        townships = townships_of(rooms.snapshot())
        feed = url_for("public_warnings.feed")
        text = render_public_page(standing(now), query_language(), now=now, townships=townships, feed=feed)
        response = Response(text, mimetype="text/html")
        response.headers["Content-Security-Policy"] = PUBLIC_PAGE_POLICY
        response.vary.update(("Accept-Language", "Cookie"))
        return _kept(rooms, response, _FRESH_S)

    return blueprint


def townships_of(snapshot: Snapshot) -> Townships | None:
    """Return the townships of the data, None where there are none."""
    frame = snapshot.frames.get("townships")
    if frame is None or frame.empty:
        return None
    made: Townships = snapshot.once("townships drawn", lambda: Townships.build(frame))
    return made


def _that_may_count(rooms: Rooms, now: datetime) -> list[Message]:
    """Return all messages of every warning that has one which had not expired a day ago.

    A later message that expires before an earlier one still replaces it; a lifting is told longer than it is valid.
    """
    recent = rooms.register.unexpired_messages(now - LIFTED_STAYS)
    warnings = dict.fromkeys(item.warning_id for item in recent)
    return [item for warning_id in warnings for item in rooms.register.messages(warning_id)]


def _kept(rooms: Rooms, response: Response, seconds: int) -> Response:
    """Let caches keep an answer that everybody may see; where people sign in for it, only their own browser's."""
    whose = "public" if rooms.settings.access.warnings_are_public else "private"
    response.headers["Cache-Control"] = f"{whose}, max-age={seconds}"
    # Pages go out compressed and plain, messages as they are.
    response.set_etag(generate_etag(response.get_data()), weak=response.mimetype == "text/html")
    response.make_conditional(request)
    return response
