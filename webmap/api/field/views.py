"""Routes of reports from the place. Each view reads the request, asks the desk, and answers."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import TooManyRequests

from webmap.access import current_viewer
from webmap.accounts.limits import Buckets, Rate
from webmap.accounts.roles import Action
from webmap.answers import json_answer
from webmap.api.field.bodies import ConfirmBody, DeclineBody
from webmap.api.field.desk import FieldDesk, Nudge
from webmap.api.field.documents import incident_document
from webmap.api.field.ground import elements_document, township_outlines
from webmap.api.incidents import query_language, request_document
from webmap.api.log.desk import Desk
from webmap.api.log.recommendation import Recommender
from webmap.api.log.view_document import CHINA
from webmap.api.queries import chosen
from webmap.errors import InvalidQuery
from webmap.field.body import WHAT_TITLES, FieldBody
from webmap.field.gate import PhotoGate
from webmap.field.photos import MIMETYPE
from webmap.field.records import STATES, State
from webmap.field.reports import FieldReports
from webmap.incidents.journal import Journal
from webmap.incidents.kept import KeptLogs
from webmap.incidents.moments import as_entered
from webmap.runtime import Runtime
from webmap.settings import Limits
from webmap.warnings.reading import read_as
from webmap.workload import Workload

#: Reports of one person: each costs the decoding of three photographs. A phone that comes back sends what waited.
REPORTING = Rate(burst=40, per_second=0.2)


def field_blueprint(
    runtime: Runtime, limits: Limits, workload: Workload, journal: Journal, logs: KeptLogs, nudge: Nudge
) -> Blueprint:
    """Return the routes below /api/field-reports and /api/field."""
    blueprint = Blueprint("field_api", __name__, url_prefix="/api")

    def clock() -> datetime:
        return journal.clock()  # tests and drills set the journal's clock: it is asked each time

    reports = FieldReports(runtime.store.engine, clock)
    recommender = Recommender(runtime, workload)
    buckets = Buckets(REPORTING)
    gate = PhotoGate()

    def desk() -> FieldDesk:
        log = Desk(runtime, journal, logs, recommender, current_viewer(), query_language(), journal.clock)
        return FieldDesk(reports, log, nudge, gate)

    @blueprint.post("/field-reports")
    def submit() -> Response:
        at_desk = desk()
        person = at_desk.viewer.person
        if wait_s := buckets.take(person.id if person else "", journal.clock()):
            raise TooManyRequests(retry_after=wait_s)
        body = read_as(FieldBody, request_document(limits), at_desk.language)
        document, is_new = at_desk.submit(body)
        return json_answer(document, 201 if is_new else 200)

    @blueprint.get("/field-reports")
    def reports_list() -> Response:
        mine = request.args.get("mine") == "1"
        state: State | None = chosen("state", STATES) if "state" in request.args else None  # type: ignore[assignment]
        listed = desk().listed(state, mine=mine)
        return json_answer({**listed, "now": as_entered(journal.clock().astimezone(CHINA))})

    @blueprint.get("/field-reports/<report_id>")
    def report(report_id: str) -> Response:
        return json_answer(desk().shown(report_id))

    @blueprint.get("/field-reports/<report_id>/photos/<int:number>")
    def photo(report_id: str, number: int) -> Response:
        """Serve a photograph that we made ourselves. It never changes, but who may see it is asked each time."""
        response = Response(desk().photo(report_id, number), mimetype=MIMETYPE)
        response.headers["Cache-Control"] = "private, no-cache"
        response.set_etag(f"{report_id}-{number}")
        response.headers["Content-Disposition"] = f'inline; filename="field-{number}.jpg"'
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response.make_conditional(request)
        return response

    _add_answering(blueprint, desk, limits)
    _add_places(blueprint, runtime, journal)
    return blueprint


def _add_answering(blueprint: Blueprint, desk: Callable[[], FieldDesk], limits: Limits) -> None:
    """Add the routes of duty officers."""

    @blueprint.post("/field-reports/<report_id>/confirm")
    def confirm(report_id: str) -> Response:
        at_desk = desk()
        return json_answer(at_desk.confirm(report_id, read_as(ConfirmBody, request_document(limits), at_desk.language)))

    @blueprint.post("/field-reports/<report_id>/decline")
    def decline(report_id: str) -> Response:
        at_desk = desk()
        return json_answer(at_desk.decline(report_id, read_as(DeclineBody, request_document(limits), at_desk.language)))


def _add_places(blueprint: Blueprint, runtime: Runtime, journal: Journal) -> None:
    """Add the routes that help a person say where."""

    @blueprint.get("/field/start")
    def start() -> Response:
        viewer, language, snapshot = current_viewer(), query_language(), runtime.snapshot()
        plans = [plan for plan in runtime.plans.values() if viewer.may(Action.REPORT_FROM_PLACE, plan.key)]
        running: dict[str, list[dict[str, Any]]] = {plan.key: [] for plan in plans}
        for one in journal.incidents():
            if one.phase != "ended" and one.opening.plan in running:
                running[one.opening.plan].append(incident_document(one.opening))
        titles = ((what, title.zh if language == "zh" else title.en) for what, title in WHAT_TITLES.items())
        document = {
            "now": as_entered(journal.clock().astimezone(CHINA)),
            "plans": [
                {
                    "key": plan.key,
                    "title": plan.title.in_language(language),
                    "county_code": plan.county_code,
                    "incidents": running[plan.key],
                }
                for plan in plans
            ],
            "whats": [{"key": what, "title": title} for what, title in titles],
            "townships": township_outlines(snapshot),
            "synthetic": snapshot.synthetic,
        }
        return json_answer(document)

    @blueprint.get("/field/elements")
    def elements() -> Response:
        viewer, language = current_viewer(), query_language()
        lon, lat = _degrees("lon", 180), _degrees("lat", 90)
        found = elements_document(runtime.snapshot(), lon, lat, language, restricted=viewer.sees_restricted)
        return json_answer(found)


def _degrees(name: str, most: float) -> float:
    given = request.args.get(name, "")
    allowed = (f"-{most:g} … {most:g}",)
    try:
        value = float(given)
    except ValueError:
        raise InvalidQuery(name, given, allowed) from None
    if not math.isfinite(value) or abs(value) > most:
        raise InvalidQuery(name, given, allowed)
    return value
