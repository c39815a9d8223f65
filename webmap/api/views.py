"""Routes of the API. Each view reads the request, asks one room of the house, and answers."""

from __future__ import annotations

import gzip

from flask import Blueprint, Response, abort, request
from werkzeug.http import generate_etag

from layers.records import layer_of
from layers.vocabulary import NETWORKS
from webmap.access import current_viewer
from webmap.answers import json_answer, prepared_answer
from webmap.api.asked_data import asked_snapshot, asked_version
from webmap.api.catalog import catalog_document
from webmap.api.dispatch import dispatch_request, suggestion_request
from webmap.api.incidents import assess_request
from webmap.api.layer_files import add_layer_files
from webmap.api.layer_payload import layer_payload
from webmap.api.protection import protection_request
from webmap.api.restorations import restore_request
from webmap.api.schemas import SCHEMAS
from webmap.api.takeovers import takeover_request
from webmap.api.vulnerability import vulnerability_document
from webmap.compression import accepts_gzip
from webmap.documents import write_document
from webmap.runtime import Runtime
from webmap.settings import Settings
from webmap.workload import Workload

NETWORK_KEYS = tuple(choice.key for choice in NETWORKS)


def api_blueprint(runtime: Runtime, settings: Settings, workload: Workload) -> Blueprint:
    """Return the routes below /api."""
    blueprint = Blueprint("api", __name__, url_prefix="/api")

    @blueprint.get("/catalog")
    def catalog() -> Response:
        restricted = current_viewer().sees_restricted
        snapshot = asked_snapshot(runtime)
        content: bytes = snapshot.once(
            ("catalog", restricted),
            lambda: write_document(catalog_document(snapshot, runtime.plans, settings.basemap, restricted=restricted)),
        )
        return _revalidated(Response(content, mimetype="application/json"), generate_etag(content))

    @blueprint.get("/layers/<key>")
    def layer(key: str) -> Response:
        layer_of(key)
        viewer = current_viewer()
        # The version alone answers a client that has the layer already, before anything is read.
        tag = f"{asked_version(runtime)}-{viewer.audience}"
        if request.if_none_match.contains_weak(tag):
            return _revalidated(Response(status=304), tag)
        snapshot = asked_snapshot(runtime)
        packed = layer_payload(snapshot, key, restricted=viewer.sees_restricted)
        response = Response(mimetype="application/geo+json")
        if accepts_gzip(request):
            response.headers["Content-Encoding"] = "gzip"
            response.set_data(packed)
        else:
            response.set_data(gzip.decompress(packed))
        return _revalidated(response, f"{snapshot.data_version}-{viewer.audience}")

    add_layer_files(blueprint, runtime, workload)

    @blueprint.post("/assessments")
    def assess() -> Response:
        return json_answer(assess_request(runtime, settings.limits, workload).document)

    @blueprint.get("/vulnerability/<network>")
    def vulnerability(network: str) -> Response:
        if network not in NETWORK_KEYS:
            abort(404)
        plan = runtime.plan(request.args.get("plan") or next(iter(runtime.plans)))
        snapshot, restricted = asked_snapshot(runtime), current_viewer().sees_restricted
        content: bytes = snapshot.once(
            ("vulnerability", network, plan.key, restricted),
            lambda: write_document(vulnerability_document(snapshot, plan, network, restricted=restricted)),
        )
        return _revalidated(Response(content, mimetype="application/json"), generate_etag(content))

    @blueprint.get("/schemas/<name>.json")
    def schema(name: str) -> Response:
        if name not in SCHEMAS:
            abort(404)
        response = Response(write_document(SCHEMAS[name]()), mimetype="application/schema+json")
        return _revalidated(response, generate_etag(response.get_data()))

    _add_planning_routes(blueprint, runtime, settings, workload)
    return blueprint


def _add_planning_routes(blueprint: Blueprint, runtime: Runtime, settings: Settings, workload: Workload) -> None:
    """Add the routes whose answers take a while: what to repair first, what to guard."""

    @blueprint.post("/restorations")
    def restore() -> Response:
        return prepared_answer(restore_request(runtime, settings.limits, workload).content)

    @blueprint.post("/dispatches")
    def dispatch() -> Response:
        return prepared_answer(dispatch_request(runtime, settings.limits, workload).content)

    @blueprint.post("/takeovers")
    def take_over() -> Response:
        return prepared_answer(takeover_request(runtime, settings.limits, workload).content)

    @blueprint.get("/dispatches/supply")
    def dispatch_supply() -> Response:
        content = suggestion_request(runtime)
        return _revalidated(Response(content, mimetype="application/json"), generate_etag(content))

    @blueprint.get("/protection")
    def protection() -> Response:
        content = protection_request(runtime, workload)
        return _revalidated(Response(content, mimetype="application/json"), generate_etag(content))


def _revalidated(response: Response, tag: str) -> Response:
    """Let the client keep the answer but ask each time whether it still holds; answer 304 if it does.

    The tag is weak, because the same content goes out compressed and plain.
    """
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Accept-Encoding")
    response.set_etag(tag, weak=True)
    if response.status_code == 200:
        response.make_conditional(request)
    return response
