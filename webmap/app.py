"""The Flask application, put together from its rooms. Nothing happens before `create_app`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from flask import Flask, Response, abort
from sqlalchemy.engine import make_url
from werkzeug.middleware.proxy_fix import ProxyFix

from layers.catalog import CATALOG
from webmap.access import guard_routes
from webmap.accounts.accounts import Accounts
from webmap.accounts.pages.desk import Desk
from webmap.accounts.pages.own_account import account_blueprint
from webmap.accounts.pages.people_pages import people_blueprint
from webmap.accounts.signing_in import signing_in_blueprint
from webmap.answers import answer_errors
from webmap.api.attention import attention_blueprint, attention_of
from webmap.api.command.views import command_blueprint
from webmap.api.data.desk import DataRooms
from webmap.api.data.views import data_blueprint
from webmap.api.drills.views import drills_blueprint
from webmap.api.editing.desk import EditingRooms
from webmap.api.editing.views import editing_blueprint
from webmap.api.field.views import field_blueprint
from webmap.api.film.views import film_blueprint
from webmap.api.imports.desk import ImportRooms
from webmap.api.imports.views import imports_blueprint
from webmap.api.layer_payload import layer_payload
from webmap.api.live.views import live_blueprint
from webmap.api.log.views import log_blueprint
from webmap.api.reports.views import reports_blueprint
from webmap.api.siting.desk import SitingRooms
from webmap.api.siting.views import siting_blueprint
from webmap.api.views import api_blueprint
from webmap.api.warming import assess_something, film_something, rate_everything
from webmap.api.warnings.public_views import public_warnings_blueprint
from webmap.api.warnings.rooms import Rooms, furnish
from webmap.api.warnings.views import warnings_blueprint
from webmap.assets import PageAssets, is_bundle
from webmap.compression import compress_answers
from webmap.drills.rooms import DrillRooms
from webmap.drills.worker import DrillWorker
from webmap.errors import rule_of
from webmap.exports.views import exports_blueprint
from webmap.field.page import field_blueprint as field_page_blueprint
from webmap.health import health_blueprint, not_ready_line
from webmap.http_errors import INTERNAL_ERROR
from webmap.imports.child_process import ChildReader
from webmap.imports.files import ImportFiles
from webmap.imports.mappings import Mappings
from webmap.imports.records import Imports
from webmap.imports.worker import ImportWorker
from webmap.imports.working import Working
from webmap.incidents.journal import Journal
from webmap.incidents.kept import KeptLogs
from webmap.live.hub import Hub, LiveSources
from webmap.live.painter import Painter
from webmap.live.pictures import Pictures
from webmap.live.places import LivePlaces
from webmap.live.signals import Signals
from webmap.map.views import map_blueprint
from webmap.plans.views import plans_blueprint
from webmap.runtime import Readiness, Runtime, WarmUp
from webmap.security import add_headers
from webmap.settings import Settings
from webmap.siting.computing import computing
from webmap.siting.worker import SitingWorker
from webmap.warnings.dispatch import Dispatcher
from webmap.workload import Workload

EXTENSION = "webmap"
_LOG = logging.getLogger(__name__)


@dataclass
class Parts:
    """What an application was put together from; kept under `app.extensions["webmap"]`."""

    settings: Settings
    runtime: Runtime
    assets: PageAssets
    workload: Workload
    accounts: Accounts
    journal: Journal
    logs: KeptLogs
    dispatcher: Dispatcher
    warnings: Rooms
    siting: SitingWorker
    signals: Signals
    live: Hub
    drills: DrillRooms
    imports: ImportWorker
    warm_up: WarmUp | None = None


class _Application(Flask):
    """Flask, but of the folder static/ the built bundles alone are given out, not the sources beside them."""

    def send_static_file(self, filename: str) -> Response:
        """Return a bundle; 404 for any other file."""
        if not is_bundle(filename):
            abort(404)
        return super().send_static_file(filename)


def create_app(settings: Settings, runtime: Runtime | None = None, accounts: Accounts | None = None) -> Flask:
    """Return the application. The database is not touched before the first request or `start_warm_up`."""
    app = _Application("webmap")
    # A path with // is unknown: to redirect it would build an address from the Host header, which anybody can send.
    app.url_map.merge_slashes = False
    app.config.update(
        SECRET_KEY=settings.signing_key(),
        MAX_CONTENT_LENGTH=settings.limits.body_bytes,
    )
    runtime = runtime or Runtime(settings.database_url, settings.plans_folder)
    if settings.access.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.access.proxies, x_proto=settings.access.proxies)  # type: ignore[method-assign]
    parts = Parts(
        settings,
        runtime,
        PageAssets(app),
        Workload.beside(settings.server.threads),
        accounts or Accounts(runtime.store.engine),
        journal := Journal(runtime.store.engine, runtime.plan),
        logs := KeptLogs(journal),
        dispatcher := Dispatcher(runtime.store.engine, settings),
        furnish(runtime, settings, journal, logs, dispatcher.wake),
        siting := SitingWorker(runtime.store.engine, computing(runtime)),
        signals := Signals(runtime.store.engine),
        _live_hub(runtime, logs, journal, signals, settings),
        DrillRooms.of(runtime, settings, Workload.beside(settings.server.threads), journal, logs, signals.nudge),
        _import_worker(runtime, settings, signals),
    )
    journal.turns.on_stored = signals.entries_written
    app.extensions[EXTENSION] = parts
    # After-request hooks run last first: headers are set on what compression gives out.
    add_headers(app, settings.basemap)
    compress_answers(app)
    guard_routes(app, parts.accounts, settings.access)
    answer_errors(app)
    app.register_blueprint(health_blueprint(parts.runtime, lambda: parts.warm_up))
    app.register_blueprint(map_blueprint(parts.assets, settings.basemap))
    app.register_blueprint(api_blueprint(parts.runtime, settings, parts.workload))
    app.register_blueprint(log_blueprint(parts.runtime, settings, parts.workload, parts.journal, parts.logs))
    app.register_blueprint(field_blueprint(runtime, settings.limits, parts.workload, journal, logs, signals.nudge))
    app.register_blueprint(field_page_blueprint(parts.assets))
    places = LivePlaces(settings.server.live_viewers)
    app.register_blueprint(live_blueprint(parts.live, places, parts.logs, parts.accounts, settings.access))
    app.register_blueprint(drills_blueprint(parts.drills, settings))
    app.register_blueprint(command_blueprint(parts.runtime, parts.workload, parts.journal, parts.logs))
    # Files of several megabytes: few are kept, and apart from the answers that the page asks for all the time.
    making = Workload.beside(settings.server.threads, kept=6)
    app.register_blueprint(reports_blueprint(parts.runtime, making, parts.journal, parts.logs))
    app.register_blueprint(film_blueprint(parts.runtime, making, parts.journal, parts.logs))
    app.register_blueprint(warnings_blueprint(parts.warnings, signals.nudge))
    app.register_blueprint(public_warnings_blueprint(parts.warnings))
    notices = attention_of(runtime, parts.workload, parts.warnings)
    app.register_blueprint(attention_blueprint(notices, parts.warnings))
    app.register_blueprint(siting_blueprint(SitingRooms.of(runtime, settings, parts.workload, siting.wake)))
    app.register_blueprint(data_blueprint(DataRooms(runtime, lambda: signals.nudge("data")), settings))
    app.register_blueprint(editing_blueprint(EditingRooms.of(runtime, parts.workload), settings))
    app.register_blueprint(imports_blueprint(_import_rooms(parts), settings.limits))
    app.register_blueprint(exports_blueprint(parts.runtime, settings, parts.workload, parts.journal))
    app.register_blueprint(plans_blueprint(parts.runtime, settings, parts.assets))
    app.register_blueprint(signing_in_blueprint(parts.accounts, runtime, settings, parts.assets))
    desk = Desk(parts.accounts, runtime, settings, parts.assets)
    app.register_blueprint(account_blueprint(desk))
    app.register_blueprint(people_blueprint(desk))
    return app


def _live_hub(runtime: Runtime, logs: KeptLogs, journal: Journal, signals: Signals, settings: Settings) -> Hub:
    # Tests and drills set the journal's clock: it is asked each time.
    def clock() -> datetime:
        return journal.clock()

    pictures = Pictures(runtime, Workload.beside(settings.server.threads))
    return Hub(LiveSources(runtime, logs, clock), signals, Painter(pictures, clock))


def _import_worker(runtime: Runtime, settings: Settings, signals: Signals) -> ImportWorker:
    files = ImportFiles(settings.home, settings.imports)
    working = Working(runtime, files, ChildReader(), lambda: signals.nudge("data"))
    return ImportWorker(Imports(runtime.store.engine), working)


def _import_rooms(parts: Parts) -> ImportRooms:
    engine, settings = parts.runtime.store.engine, parts.settings
    files = ImportFiles(settings.home, settings.imports)
    # Two files may come at once: each takes a thread for as long as its line is slow.
    return ImportRooms(parts.runtime, Imports(engine), Mappings(engine), files, Workload(slots=2), parts.imports.wake)


def start_warm_up(app: Flask) -> WarmUp:
    """Begin to prepare everything in the background; /healthz answers 200 when it is done."""
    parts: Parts = app.extensions[EXTENSION]
    parts.warm_up = WarmUp(
        warm_up_steps(parts),
        on_failure=partial(_log_failure, parts.settings),
        afterwards=partial(_film_something, parts),
    )
    parts.warm_up.start()
    return parts.warm_up


def _film_something(parts: Parts) -> None:
    try:
        film_something(parts.runtime.snapshot(), parts.runtime.plans)
    except Exception as error:  # noqa: BLE001  data without a source, or gone meanwhile: the first film waits instead
        _LOG.info("nothing was filmed at the start: %s", type(error).__name__)


def start_dispatcher(app: Flask) -> Dispatcher:
    """Begin to send in the background what waits to be sent. To be called in the process that serves."""
    parts: Parts = app.extensions[EXTENSION]
    parts.dispatcher.start()
    return parts.dispatcher


def start_siting(app: Flask) -> SitingWorker:
    """Begin to compute in the background the studies that wait. To be called in the process that serves."""
    parts: Parts = app.extensions[EXTENSION]
    parts.siting.start()
    return parts.siting


def start_drills(app: Flask) -> DrillWorker:
    """Begin to play the drills that have a script. To be called in the process that serves."""
    parts: Parts = app.extensions[EXTENSION]
    parts.drills.worker.start()
    return parts.drills.worker


def start_imports(app: Flask) -> ImportWorker:
    """Begin to work off in the background what imports wait for. To be called in the process that serves."""
    parts: Parts = app.extensions[EXTENSION]
    parts.imports.start()
    return parts.imports


def _log_failure(settings: Settings, readiness: Readiness) -> None:
    """Write on the log, which is stderr, why the page cannot be used; where nobody foresaw it, the place as well."""
    failure = readiness.failure
    unforeseen = failure is not None and rule_of(failure) is INTERNAL_ERROR
    line = not_ready_line(readiness, make_url(settings.database_url).password)
    _LOG.warning("%s", line, exc_info=failure if unforeseen else None)


def warm_up_steps(parts: Parts) -> Mapping[str, Callable[[], object]]:
    """Return what is prepared before the page can be used, in order; `/healthz` has words for every step."""
    runtime = parts.runtime
    return {
        "assets": parts.assets.build,
        "layers": runtime.snapshot,
        "payloads": partial(_prepare_payloads, runtime),
        "system": lambda: runtime.snapshot().system(),
        "assessment": lambda: assess_something(runtime.snapshot(), runtime.plans),
        "vulnerability": lambda: rate_everything(runtime.snapshot(), runtime.plans),
    }


def _prepare_payloads(runtime: Runtime) -> None:
    snapshot = runtime.snapshot()
    for key in CATALOG:
        layer_payload(snapshot, key, restricted=False)
