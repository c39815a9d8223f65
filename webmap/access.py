"""Who may use which route and see which records: one table, checked on every request.

A route that is not in the table is refused, so a new view cannot be opened to the world by forgetting it here.
"""

from __future__ import annotations

from flask import Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from webmap.accounts.accounts import Accounts
from webmap.accounts.csrf import FIELD, HEADER, proves
from webmap.accounts.errors import UnprovenRequest
from webmap.accounts.limits import Buckets
from webmap.accounts.lockout import address_key
from webmap.accounts.log_rights import ENTRY_RIGHTS, ROUTE_RIGHTS, MissingRight
from webmap.accounts.recognition import not_signed_in, viewer_of
from webmap.accounts.roles import GRANTABLE, Action, Role, roles_with
from webmap.accounts.viewer import Viewer
from webmap.settings import AccessSettings

__all__ = [
    "COMPUTING",
    "OWN_PROOF",
    "PAGES",
    "ROUTE_ROLES",
    "SIGNED_IN",
    "Role",
    "Viewer",
    "current_viewer",
    "guard_routes",
]

_EVERYBODY = frozenset(Role)
_PICTURE = roles_with(Action.SEE_PICTURE)
#: Who may write any kind of entry at all. Which kind, and for which plan, the desk asks.
RECORDING = frozenset().union(*map(roles_with, ENTRY_RIGHTS.values()))
#: Who may take any step of a warning; which, the table of steps says.
STEPPING = roles_with(Action.DRAFT_WARNING) | roles_with(Action.ISSUE_WARNING)
#: Who may report from the place, and so look at the reports.
_REPORTING = roles_with(Action.REPORT_FROM_PLACE)
#: Who works with the data, or with what was made of them.
_DATA_READING = roles_with(Action.EDIT_LAYERS) | roles_with(Action.STUDY_SITES) | roles_with(Action.SEE_LOG)
#: Who can be signed in with a role; who is without one is let in to `SIGNED_IN` all the same.
_PEOPLE = frozenset(GRANTABLE)
_ADMINISTRATION = roles_with(Action.MANAGE_ACCOUNTS)

#: Endpoint -> roles of which a viewer needs at least one. What the role is held for, the view asks of the viewer.
ROUTE_ROLES: dict[str, frozenset[Role]] = {
    "static": _EVERYBODY,
    "health.healthz": _EVERYBODY,
    "signing_in.form": _EVERYBODY,
    "signing_in.sign_in": _EVERYBODY,
    "signing_in.demo": _EVERYBODY,
    "signing_in.oidc_done": _EVERYBODY,
    "signing_in.oidc_start": _EVERYBODY,
    "signing_in.sign_out": _EVERYBODY,
    "signing_in.welcome": _EVERYBODY,
    "signing_in.accept": _EVERYBODY,
    "signing_in.new_password": _EVERYBODY,
    "signing_in.set_password": _EVERYBODY,
    "signing_in.viewer": _EVERYBODY,
    "account.page": _PEOPLE,
    "account.change_password": _PEOPLE,
    "account.make_token": _PEOPLE,
    "account.revoke_token": _PEOPLE,
    "account.end_session": _PEOPLE,
    "account.end_other_sessions": _PEOPLE,
    "people.page": _ADMINISTRATION,
    "people.person": _ADMINISTRATION,
    "people.invite": _ADMINISTRATION,
    "people.make_invitation": _ADMINISTRATION,
    "people.withdraw": _ADMINISTRATION,
    "people.make_password_link": _ADMINISTRATION,
    "people.grant": _ADMINISTRATION,
    "people.revoke": _ADMINISTRATION,
    "people.shut": _ADMINISTRATION,
    "people.reopen": _ADMINISTRATION,
    "people.end_sessions": _ADMINISTRATION,
    "people.revoke_tokens": _ADMINISTRATION,
    "map.index": _PICTURE,
    "map.basemap_file": _PICTURE,
    "map.notices": _EVERYBODY,
    "api.catalog": _PICTURE,
    "attention_api.notices": _PEOPLE,
    "api.layer": _PICTURE,
    "api.export_layer": _PICTURE,
    "api.assess": _PICTURE,
    "api.protection": _PICTURE,
    "api.restore": _PICTURE,
    "api.dispatch": _PICTURE,
    "api.dispatch_supply": _PICTURE,
    "api.schema": _EVERYBODY,
    "api.take_over": _PICTURE,
    "api.vulnerability": _PICTURE,
    "command_api.command": roles_with(Action.SEE_LOG),
    "data_api.versions": _DATA_READING,
    "data_api.compare": _DATA_READING,
    "data_api.restore": roles_with(Action.EDIT_LAYERS),
    "drills_api.scripts": roles_with(Action.OPEN_INCIDENT),
    "drills_api.begin": roles_with(Action.OPEN_INCIDENT),
    "drills_api.drill": roles_with(Action.SEE_LOG),
    "drills_api.speed": roles_with(Action.OPEN_INCIDENT),
    "drills_api.change": roles_with(Action.OPEN_INCIDENT),
    **{
        f"editing_api.{name}": roles_with(Action.EDIT_LAYERS)
        for name in (
            *("drafts", "begin", "draft", "record", "save_steps", "rename"),
            *("review", "rebase", "commit", "undo", "discard", "take_back"),
        )
    },
    "exports.assessment": _PICTURE,
    "exports.restoration": _PICTURE,
    "exports.dispatch": _PICTURE,
    "field_api.submit": _REPORTING,
    "field_api.reports_list": _REPORTING,
    "field_api.report": _REPORTING | roles_with(Action.SEE_LOG),
    "field_api.photo": _REPORTING | roles_with(Action.SEE_LOG),
    "field_api.confirm": roles_with(Action.RECORD_FACT),
    "field_api.decline": roles_with(Action.RECORD_FACT),
    "field_api.start": _REPORTING,
    "field_api.elements": _REPORTING,
    "field.page": _REPORTING,
    "field.worker": _EVERYBODY,
    "log_api.incidents": roles_with(Action.SEE_LOG),
    "log_api.incident": roles_with(Action.SEE_LOG),
    "log_api.entries": roles_with(Action.SEE_LOG),
    "log_api.data": roles_with(Action.SEE_LOG),
    "log_api.log": roles_with(Action.SEE_LOG),
    "log_api.open_incident": roles_with(Action.OPEN_INCIDENT),
    **{
        f"imports_api.{name}": roles_with(Action.EDIT_LAYERS)
        for name in (
            *("imports", "upload", "one", "inspect", "check", "commit", "cancel", "discard", "preview", "rejected"),
            *("mappings", "keep_mapping", "remove_mapping"),
        )
    },
    "live_api.stream": roles_with(Action.SEE_LOG),
    "log_api.write": RECORDING,
    "public_warnings.feed": roles_with(Action.SEE_WARNINGS),
    "public_warnings.message": roles_with(Action.SEE_WARNINGS),
    "public_warnings.page": roles_with(Action.SEE_WARNINGS),
    "film_api.film": roles_with(Action.SEE_LOG),
    "reports_api.impact": roles_with(Action.SEE_LOG),
    "reports_api.items": roles_with(Action.SEE_LOG),
    "reports_api.product": roles_with(Action.SEE_LOG),
    "reports_api.review": roles_with(Action.SEE_LOG),
    "reports_api.statistics": roles_with(Action.SEE_LOG),
    "siting_api.assignment": roles_with(Action.STUDY_SITES),
    "siting_api.cancel": roles_with(Action.STUDY_SITES),
    "siting_api.choose": roles_with(Action.EDIT_SITES),
    "siting_api.put_away": roles_with(Action.STUDY_SITES),
    "siting_api.rename": roles_with(Action.STUDY_SITES),
    "siting_api.run": roles_with(Action.STUDY_SITES),
    "siting_api.runs": roles_with(Action.STUDY_SITES),
    "siting_api.sites_map": roles_with(Action.STUDY_SITES),
    "siting_api.sites_table": roles_with(Action.STUDY_SITES),
    "siting_api.start": roles_with(Action.STUDY_SITES),
    "siting_api.survey": roles_with(Action.STUDY_SITES),
    "siting_api.take_back": roles_with(Action.EDIT_SITES),
    "warnings_api.area": roles_with(Action.DRAFT_WARNING),
    "warnings_api.briefing": roles_with(Action.DRAFT_WARNING),
    "warnings_api.decide": roles_with(Action.DRAFT_WARNING),
    "warnings_api.deliveries": roles_with(Action.SEE_LOG),
    "warnings_api.done": roles_with(Action.DRAFT_WARNING),
    "warnings_api.draft": roles_with(Action.DRAFT_WARNING),
    "warnings_api.product": roles_with(Action.SEE_LOG),
    "warnings_api.retry": roles_with(Action.DRAFT_WARNING),
    "warnings_api.step": STEPPING,
    "warnings_api.suggestion": roles_with(Action.DRAFT_WARNING),
    "warnings_api.undo": roles_with(Action.DRAFT_WARNING),
    "warnings_api.warning": roles_with(Action.SEE_WARNINGS) | roles_with(Action.SEE_LOG),
    "warnings_api.warnings": roles_with(Action.SEE_WARNINGS) | roles_with(Action.SEE_LOG),
    "plans.document": _PICTURE,
    "plans.level": _PICTURE,
    "plans.page": _PICTURE,
}

#: Pages that people open: who is not signed in is sent to sign in, where others are told so.
PAGES = frozenset({"map.index", "field.page", "plans.page", "public_warnings.page"}) | frozenset(
    endpoint for endpoint in ROUTE_ROLES if endpoint.startswith(("account.", "people."))
)
#: Pages of one's own account: for whoever is signed in, with or without a role.
SIGNED_IN = frozenset(endpoint for endpoint in ROUTE_ROLES if endpoint.startswith("account."))
#: Routes that are sent a body and change nothing. They take `application/json`, which other sites cannot send.
COMPUTING = frozenset(
    {
        "api.assess",
        "api.restore",
        "api.dispatch",
        "api.take_over",
        "exports.assessment",
        "exports.restoration",
        "exports.dispatch",
        "plans.level",
        "siting_api.survey",
        "warnings_api.area",
        "warnings_api.suggestion",
    }
)
#: Forms for who is not signed in yet, with a proof of their own.
OWN_PROOF = frozenset({"signing_in.sign_in", "signing_in.accept", "signing_in.demo", "signing_in.set_password"})
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_RECOGNISE = "webmap.recognise"


def current_viewer() -> Viewer:
    """Return who is asking; found out when first asked, so that open routes do without the database."""
    if "viewer" not in g:
        recognise = current_app.extensions.get(_RECOGNISE, Viewer)
        g.viewer = recognise()
    viewer: Viewer = g.viewer
    return viewer


def guard_routes(app: Flask, accounts: Accounts, access: AccessSettings) -> None:
    """Refuse every request whose route lists no role of the viewer, that comes too often, or from another site."""
    app.extensions[_RECOGNISE] = lambda: viewer_of(request, accounts, access)

    @app.before_request
    def check() -> Response | None:
        # Nothing has such a name, and PostgreSQL takes no question that holds one. A sign-in that comes back is read by
        # the desk that began it.
        asked = () if request.endpoint == "signing_in.oidc_done" else request.args.items(multi=True)
        if "\0" in request.path or any("\0" in given for _, given in asked):
            abort(404)
        if request.endpoint is None:
            return None  # no such route: the router answers 404 or 405
        allowed = ROUTE_ROLES.get(request.endpoint, frozenset())
        if not allowed:
            abort(403)
        if Role.ANONYMOUS in allowed and (request.method in _SAFE or request.endpoint in OWN_PROOF):
            return None
        _take(accounts.by_address, address_key(request.remote_addr or ""), accounts)
        viewer = current_viewer()
        if viewer.person:
            _take(accounts.by_person, viewer.person.id, accounts)
        if not allowed & viewer.roles and not (viewer.person and request.endpoint in SIGNED_IN):
            return _refuse(viewer)
        _require_proof(viewer)
        return None


def _refuse(viewer: Viewer) -> Response:
    if viewer.person:
        right = ROUTE_RIGHTS.get(request.endpoint or "")
        if right is not None:
            raise MissingRight(right, None)
        abort(403)
    if request.endpoint in PAGES:
        # A form of a page whose session is over leads back to the page, where it can be filled in again.
        here = request.full_path if request.method in _SAFE else "/" + request.path.split("/")[1]
        return redirect(url_for("signing_in.form", next=here.rstrip("?")), 303)
    raise not_signed_in()


def _require_proof(viewer: Viewer) -> None:
    """Raise `UnprovenRequest` if a browser's cookie alone would change something: any site can have it sent."""
    if request.method in _SAFE or request.endpoint in COMPUTING or viewer.came_by != "session":
        return
    given = request.headers.get(HEADER) or request.form.get(FIELD)
    if not proves(given, viewer.csrf):
        raise UnprovenRequest


def _take(buckets: Buckets, key: str, accounts: Accounts) -> None:
    if wait_s := buckets.take(key, accounts.clock()):
        raise TooManyRequests(retry_after=wait_s)
