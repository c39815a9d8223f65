"""The routes that turn an incident, alone or with crews, into a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args
from urllib.parse import quote

from flask import Blueprint, Response, request

from webmap.access import current_viewer
from webmap.api.incidents import assess_request
from webmap.api.restorations import restore_request
from webmap.errors import InvalidQuery
from webmap.exports.csv_file import SAMPLE_MARK, csv_file, csv_of
from webmap.exports.geojson_file import geojson_file
from webmap.exports.restoration_table import RESTORATION, with_names
from webmap.exports.tables import TABLES, TableKey, in_language
from webmap.languages import Language
from webmap.runtime import Runtime
from webmap.settings import Settings
from webmap.workload import Workload

_FORMATS = ("csv", "geojson")
_MAP_TITLE = {"zh": "态势图", "en": "Situation map"}


def exports_blueprint(runtime: Runtime, settings: Settings, workload: Workload) -> Blueprint:
    """Return the routes below /api/exports."""
    blueprint = Blueprint("exports", __name__, url_prefix="/api/exports")

    @blueprint.post("/assessments")
    def assessment() -> Response:
        format_ = _chosen("format", _FORMATS)
        if format_ == "geojson":
            assessed = assess_request(runtime, settings.limits, workload)
            content = geojson_file(assessed.document, assessed.snapshot, restricted=current_viewer().sees_restricted)
            document, language = assessed.document, assessed.language
            return _attachment(content, "application/geo+json", "map.geojson", document, _MAP_TITLE[language], language)
        table: TableKey = _chosen("table", get_args(TableKey))  # type: ignore[assignment]
        assessed = assess_request(runtime, settings.limits, workload)
        title = in_language(TABLES[table].title, assessed.language)
        content = csv_file(assessed.document, table, assessed.language)
        return _attachment(content, "text/csv", f"{table}.csv", assessed.document, title, assessed.language)

    @blueprint.post("/restorations")
    def restoration() -> Response:
        _chosen("format", ("csv",))
        restored = restore_request(runtime, settings.limits, workload)
        document = with_names(restored.document, restored.snapshot, restricted=current_viewer().sees_restricted)
        title = in_language(RESTORATION.title, restored.language)
        content = csv_of(document, RESTORATION, restored.language)
        return _attachment(content, "text/csv", "restoration.csv", document, title, restored.language)

    return blueprint


def _chosen(name: str, allowed: tuple[str, ...]) -> str:
    """Return a query parameter, the first allowed value when it is not given."""
    given = request.args.get(name, allowed[0])
    if given not in allowed:
        raise InvalidQuery(name, given, allowed)
    return given


def _attachment(
    content: bytes, mimetype: str, plain_name: str, document: Mapping[str, Any], title: str, language: Language
) -> Response:
    """Return a file to save, named like `示例数据-优先保障次序-城区-20260112-0800.csv` (RFC 6266)."""
    at = str(document["at"])[:16].replace("-", "").replace(":", "").replace("T", "-")
    marks = [in_language(SAMPLE_MARK, language)] if document["synthetic"] else []
    suffix = plain_name.rpartition(".")[2]
    name = "-".join([*marks, title, document["plan"]["county_name"], at]) + f".{suffix}"
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain_name}\"; filename*=UTF-8''{quote(name)}"
    response.headers["Cache-Control"] = "no-store"
    return response
