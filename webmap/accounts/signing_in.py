"""The pages of signing in and out, and of the link that makes an account. They need no script.

With one, the sign-in page also keeps the fragment of the address that was asked for: what a shared link shows.
"""

from __future__ import annotations

import logging

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from webmap.access import current_viewer
from webmap.accounts.accounts import Accounts
from webmap.accounts.cookies import SESSION, clear_cookie
from webmap.accounts.errors import AccountError
from webmap.accounts.new_password import add_new_password_routes
from webmap.accounts.oidc.provider import Provider
from webmap.accounts.oidc.routes import add_oidc_routes
from webmap.accounts.return_path import return_path
from webmap.accounts.sign_in_pages import SignInPages
from webmap.accounts.viewer_document import viewer_document
from webmap.answers import json_answer
from webmap.assets import PageAssets
from webmap.languages import language_of
from webmap.runtime import Runtime
from webmap.settings import Settings

_LOG = logging.getLogger(__name__)


def signing_in_blueprint(accounts: Accounts, runtime: Runtime, settings: Settings, assets: PageAssets) -> Blueprint:
    """Return the routes of signing in and out, of invitations, and of what the viewer may do."""
    blueprint = Blueprint("signing_in", __name__)
    pages = SignInPages(accounts, settings, assets)

    @blueprint.get("/sign-in")
    def form() -> Response:
        if current_viewer().person and "next" in request.args:
            return redirect(return_path(request.args["next"]), 303)
        return pages.sign_in(problem=pages.text("sign_in.account_made") if "made" in request.args else "")

    @blueprint.post("/sign-in")
    def sign_in() -> Response:
        if (refusal := pages.refusal()) is not None:
            return pages.sign_in(*refusal)
        address, now = request.remote_addr or "", accounts.clock()
        name, password = request.form.get("name", ""), request.form.get("password", "")
        person = accounts.attempts.authenticate(name, password, now)
        if person is None:
            accounts.lockout.failed(address, now)
            # Not the name that was typed: people type passwords there.
            _LOG.warning("sign-in refused, address %s", address)
            return pages.sign_in(403, pages.text("sign_in.wrong"))
        lasting = request.form.get("lasting") == "1"
        return pages.begin_session(person, return_path(request.form.get("next")), lasting=lasting)

    @blueprint.post("/sign-out")
    def sign_out() -> Response:
        cookie = pages.cookie(SESSION)
        if cookie:
            accounts.sessions.end(cookie)
        response = redirect(url_for("signing_in.form"), 303)
        clear_cookie(response, SESSION, secure=pages.secure)
        return response

    @blueprint.get("/api/viewer")
    def viewer() -> Response:
        return json_answer(viewer_document(current_viewer(), list(runtime.plans), language_of(request)))

    _add_demonstration_route(blueprint, accounts, pages)
    provider = Provider(settings.oidc) if settings.oidc else None
    add_oidc_routes(blueprint, accounts, pages, provider, settings.signing_key())
    _add_invitation_routes(blueprint, accounts, pages)
    add_new_password_routes(blueprint, accounts, pages)
    return blueprint


def _add_demonstration_route(blueprint: Blueprint, accounts: Accounts, pages: SignInPages) -> None:
    @blueprint.post("/sign-in/demo/<name>")
    def demo(name: str) -> Response:
        person = accounts.demonstration.named(name)
        if person is None:
            abort(404)
        if (refusal := pages.refusal()) is not None:
            return pages.sign_in(*refusal)
        return pages.begin_session(person, return_path(request.form.get("next")))


def _add_invitation_routes(blueprint: Blueprint, accounts: Accounts, pages: SignInPages) -> None:
    @blueprint.get("/welcome/<token>")
    def welcome(token: str) -> Response:
        return pages.welcome(token)

    @blueprint.post("/welcome/<token>")
    def accept(token: str) -> Response:
        if (refusal := pages.refusal()) is not None:
            return pages.welcome(token, *refusal)
        typed = {field: request.form.get(field, "") for field in ("name", "display_name", "password", "again")}
        if typed["password"] != typed.pop("again"):
            return pages.welcome(token, 422, pages.text("welcome.mismatch"))
        try:
            person = accounts.invitations.accept(token, **typed, now=accounts.clock())
        except AccountError as error:
            accounts.lockout.failed(request.remote_addr or "", accounts.clock())
            return pages.welcome(token, 422, pages.said(error))
        return pages.begin_session(person, url_for("map.index"))
