"""The routes that turn an incident, alone or with crews, into a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from flask import Blueprint, Response

from layers.schema import Title
from webmap.access import current_viewer
from webmap.api.dispatch import dispatch_request
from webmap.api.incidents import assess_request
from webmap.api.queries import chosen
from webmap.api.restorations import restore_request
from webmap.exports.attachments import attachment, minute_in_name
from webmap.exports.csv_file import SAMPLE_MARK, Fixed, csv_file, csv_of
from webmap.exports.dispatch_table import DISPATCH
from webmap.exports.geojson_file import geojson_file
from webmap.exports.incident_mark import IncidentMark, asked_mark
from webmap.exports.restoration_table import RESTORATION, with_names
from webmap.exports.tables import TABLES, TableKey, in_language
from webmap.incidents.journal import Journal
from webmap.languages import Language
from webmap.runtime import Runtime
from webmap.settings import Settings
from webmap.workload import Workload

_FORMATS = ("csv", "geojson")
_MAP_TITLE = Title("态势图", "Situation map")


def exports_blueprint(runtime: Runtime, settings: Settings, workload: Workload, journal: Journal) -> Blueprint:
    """Return the routes below /api/exports. `?incident=` and `?what_if=1` mark a file."""
    blueprint = Blueprint("exports", __name__, url_prefix="/api/exports")

    @blueprint.post("/assessments")
    def assessment() -> Response:
        format_ = chosen("format", _FORMATS)
        table: TableKey = chosen("table", get_args(TableKey))  # type: ignore[assignment]
        assessed = assess_request(runtime, settings.limits, workload)
        document, language = assessed.document, assessed.language
        mark = asked_mark(journal, current_viewer(), document["plan"]["key"])
        if format_ == "geojson":
            told = None if mark is None else mark.properties()
            restricted = current_viewer().sees_restricted
            content = geojson_file(document, assessed.snapshot, restricted=restricted, incident=told)
            return _file(content, "application/geo+json", "map.geojson", document, _MAP_TITLE, language, mark)
        content = csv_file(document, table, language, _columns(mark, language))
        return _file(content, "text/csv", f"{table}.csv", document, TABLES[table].title, language, mark)

    @blueprint.post("/restorations")
    def restoration() -> Response:
        chosen("format", ("csv",))
        restored = restore_request(runtime, settings.limits, workload)
        document, language = restored.document, restored.language
        mark = asked_mark(journal, current_viewer(), document["plan"]["key"])
        named = with_names(document, restored.snapshot, restricted=current_viewer().sees_restricted)
        content = csv_of(named, RESTORATION, language, _columns(mark, language))
        return _file(content, "text/csv", "restoration.csv", document, RESTORATION.title, language, mark)

    @blueprint.post("/dispatches")
    def dispatch() -> Response:
        chosen("format", ("csv",))
        dispatched = dispatch_request(runtime, settings.limits, workload)
        document, language = dispatched.document, dispatched.language
        mark = asked_mark(journal, current_viewer(), document["plan"]["key"])
        content = csv_of(document, DISPATCH, language, _columns(mark, language))
        return _file(content, "text/csv", "dispatch.csv", document, DISPATCH.title, language, mark)

    return blueprint


def _columns(mark: IncidentMark | None, language: Language) -> list[Fixed]:
    return [] if mark is None else mark.columns(language)


def _file(
    content: bytes,
    mimetype: str,
    plain_name: str,
    document: Mapping[str, Any],
    title: Title,
    language: Language,
    mark: IncidentMark | None,
) -> Response:
    """Return a file to save, named like `演练-东站停电-示例数据-优先保障次序-城区-20260112-0800.csv`."""
    marks = [in_language(SAMPLE_MARK, language)] if document["synthetic"] else []
    about = [] if mark is None else mark.in_name(language)
    name = plain_name if mark is None else mark.plain_name(plain_name)
    place, at = document["plan"]["county_name"], minute_in_name(str(document["at"]))
    return attachment(content, mimetype, name, [*about, *marks, in_language(title, language), place, at])
