"""Routes of what is made of an incident. `progress=1` tells line by line how far the making is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast, get_args

from flask import Blueprint, Response, request

from webmap.access import current_viewer
from webmap.answers import json_answer
from webmap.api.incidents import query_language
from webmap.api.queries import chosen, moment_or_none, number_or_none
from webmap.api.reports.desk import ReportDesk, Wanted, file_line
from webmap.api.reports.kept import Kept
from webmap.api.reports.statistics import StatisticsDesk
from webmap.api.reports.streaming import told_while_made
from webmap.errors import InvalidQuery
from webmap.exports.attachments import attachment
from webmap.incidents.journal import Journal
from webmap.incidents.kept import KeptLogs
from webmap.languages import Language
from webmap.reports.file import ReportFile
from webmap.reports.kinds import REPORTS, Group, Measure, NetworkKey, Paper, Scheme
from webmap.reports.maps.palette import MOST_CLASSES
from webmap.reports.opening import Sources
from webmap.reports.products import Drawing, product_of
from webmap.reports.progress import Progress, untold
from webmap.reports.stages_told import stage_title
from webmap.runtime import Runtime
from webmap.workload import Workload

_Made = TypeVar("_Made")

#: A report that is looked at in a tab of its own or within the page: its own style and pictures, nothing that runs or
#: asks for anything.
_SHOWN_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; sandbox"
)


def reports_blueprint(runtime: Runtime, workload: Workload, journal: Journal, logs: KeptLogs) -> Blueprint:
    """Return the routes below /api/incidents/<id> that make something of it, and the statistics of all."""
    blueprint = Blueprint("reports_api", __name__, url_prefix="/api")
    kept = Kept()

    def desk() -> ReportDesk:
        sources = Sources(runtime, journal.clock)
        return ReportDesk(sources, logs, workload, current_viewer(), query_language(), kept)

    @blueprint.get("/incidents/<incident_id>/impact")
    def impact(incident_id: str) -> Response:
        at_desk = desk()
        return _answered(at_desk.impact(_wanted(incident_id), _drawing()), at_desk.language)

    @blueprint.get("/incidents/<incident_id>/review")
    def review(incident_id: str) -> Response:
        at_desk = desk()
        return _answered(at_desk.review(_wanted(incident_id)), at_desk.language)

    @blueprint.get("/incidents/<incident_id>/report-items")
    def items(incident_id: str) -> Response:
        at_desk = desk()
        return _answered(at_desk.items(_wanted(incident_id), chosen("kind", tuple(REPORTS))), at_desk.language)

    @blueprint.get("/incidents/<incident_id>/<any(reports, maps, files):group>/<name>.<ending>")
    def product(incident_id: str, group: str, name: str, ending: str) -> Response:
        at_desk = desk()
        asked = product_of(cast(Group, group), name, ending, _drawing())
        making = at_desk.file(_wanted(incident_id), asked)
        if _is_watched():
            return told_while_made(lambda tell: file_line(making(tell)), at_desk.language, _titles(at_desk.language))
        return _shown(making(untold)) if ending == "html" and _is_looked_at() else _saved(making(untold))

    @blueprint.get("/incident-statistics")
    def statistics() -> Response:
        at_desk = StatisticsDesk(desk(), journal)
        return _answered(at_desk.statistics(request.args.get("plan") or None), at_desk.desk.language)

    return blueprint


def _saved(file: ReportFile) -> Response:
    return attachment(file.content, file.mimetype, file.plain_name, file.name_parts)


def _shown(file: ReportFile) -> Response:
    response = Response(file.content, mimetype=file.mimetype)
    response.headers["Content-Security-Policy"] = _SHOWN_POLICY
    response.headers["Cache-Control"] = "no-store"
    return response


def _answered(making: Callable[[Progress], Mapping[str, Any]], language: Language) -> Response:
    if _is_watched():
        return told_while_made(lambda tell: {"answer": making(tell)}, language, _titles(language))
    return json_answer(making(untold))


def _titles(language: Language) -> Callable[[str], str]:
    return lambda stage: stage_title(stage, language)


def _is_watched() -> bool:
    return chosen("progress", ("0", "1")) == "1"


def _is_looked_at() -> bool:
    return chosen("view", ("0", "1")) == "1"


def _wanted(incident_id: str) -> Wanted:
    return Wanted(incident_id, moment_or_none("at"), number_or_none("known", 1))


def _drawing() -> Drawing:
    """Return how a map is drawn, from the query; raises `InvalidQuery`."""
    count = number_or_none("count", 3)
    if count is not None and count > MOST_CLASSES:
        raise InvalidQuery("count", str(count), (f"3 … {MOST_CLASSES}",))
    usual = Drawing()
    network = request.args.get("network") or None
    if network is not None and network not in get_args(NetworkKey):
        raise InvalidQuery("network", network, get_args(NetworkKey))
    return Drawing(
        measure=cast(Measure, chosen("measure", get_args(Measure), usual.measure)),
        network=cast(NetworkKey | None, network),
        scheme=cast(Scheme, chosen("scheme", get_args(Scheme), usual.scheme)),
        count=usual.count if count is None else count,
        paper=cast(Paper, chosen("paper", get_args(Paper), usual.paper)),
    )
