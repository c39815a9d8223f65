"""The two addresses of signing in at the provider: where one leaves for it, and where one comes back."""

from __future__ import annotations

import logging

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from webmap.accounts.accounts import Accounts
from webmap.accounts.cookies import OIDC, clear_cookie, set_cookie
from webmap.accounts.oidc.errors import OidcError, ProviderProblem, RefusedThere
from webmap.accounts.oidc.pending import VALID_FOR, begun, opened, sealed
from webmap.accounts.oidc.provider import Identity, Provider
from webmap.accounts.return_path import return_path
from webmap.accounts.sign_in_pages import SignInPages

_LOG = logging.getLogger(__name__)


def add_oidc_routes(
    blueprint: Blueprint, accounts: Accounts, pages: SignInPages, provider: Provider | None, signing_key: str
) -> None:
    """Add both routes; without a provider they answer 404."""

    @blueprint.get("/sign-in/oidc")
    def oidc_start() -> Response:
        if provider is None:
            abort(404)
        if (refusal := pages.too_often()) is not None:
            return pages.sign_in(*refusal)
        scheme = "https" if pages.secure else "http"
        back = url_for("signing_in.oidc_done", _external=True, _scheme=scheme)
        pending = begun(back, return_path(request.args.get("next")), accounts.clock())
        try:
            there = provider.address(pending, accounts.clock())
        except OidcError as error:
            return _failed(pages, error)
        response = _private(redirect(there, 303))
        seconds = int(VALID_FOR.total_seconds())
        set_cookie(response, OIDC, sealed(pending, signing_key), secure=pages.secure, max_age_s=seconds)
        return response

    @blueprint.get("/sign-in/oidc/done")
    def oidc_done() -> Response:
        if provider is None:
            abort(404)
        if (refusal := pages.too_often()) is not None:
            return pages.sign_in(*refusal)
        answer, now = request.args.to_dict(), accounts.clock()
        try:
            pending = opened(pages.cookie(OIDC), signing_key, answer.get("state", ""), now)
            response = _welcome(accounts, pages, provider.identity(pending, answer, now), pending.path)
        except OidcError as error:
            response = _failed(pages, error)
        # Good once, whatever came of it.
        clear_cookie(response, OIDC, secure=pages.secure)
        return _private(response)


def _welcome(accounts: Accounts, pages: SignInPages, identity: Identity, path: str) -> Response:
    """Return the answer to somebody whom the provider vouches for."""
    now = accounts.clock()
    person = accounts.identities.person_of(identity.issuer, identity.subject)
    if person is None:
        made = accounts.identities.make(identity.issuer, identity.subject, identity.name, identity.display_name, now)
        _LOG.info("account made at the first sign-in: %s", made.name)
        return redirect(url_for("signing_in.form", made="1"), 303)
    if not person.active:
        raise RefusedThere("the account is shut")
    # Who has no role yet would only be refused there.
    return pages.begin_session(person, path if person.grants else url_for("signing_in.form"))


def _failed(pages: SignInPages, error: OidcError) -> Response:
    _LOG.warning("sign-in at the provider, address %s: %s", request.remote_addr or "", error)
    if isinstance(error, ProviderProblem):
        return pages.sign_in(502, pages.text("sign_in.oidc_unavailable"))
    if isinstance(error, RefusedThere):
        return pages.sign_in(403, pages.text("sign_in.oidc_refused"))
    return pages.sign_in(400, pages.text("sign_in.oidc_stale"))


def _private(response: Response) -> Response:
    """Keep the addresses with code and state out of caches and from other sites."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
