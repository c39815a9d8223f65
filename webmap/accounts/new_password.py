"""The page on which a person sets a new password, reached by a link that works once."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from webmap.accounts.accounts import Accounts
from webmap.accounts.errors import AccountError, UnusableInvitation
from webmap.accounts.passwords import MIN_CHARACTERS
from webmap.accounts.sign_in_pages import SignInPages


def add_new_password_routes(blueprint: Blueprint, accounts: Accounts, pages: SignInPages) -> None:
    """Add the routes of the page to those of signing in."""

    @blueprint.get("/new-password/<token>")
    def new_password(token: str) -> Response:
        return _page(accounts, pages, token)

    @blueprint.post("/new-password/<token>")
    def set_password(token: str) -> Response:
        if (refusal := pages.refusal()) is not None:
            return _page(accounts, pages, token, *refusal)
        password = request.form.get("password", "")
        if password != request.form.get("again", ""):
            return _page(accounts, pages, token, 422, pages.text("welcome.mismatch"))
        try:
            person = accounts.password_links.set_password(token, password, accounts.clock())
        except UnusableInvitation:
            accounts.lockout.failed(request.remote_addr or "", accounts.clock())
            return _page(accounts, pages, token)
        except AccountError as error:
            return _page(accounts, pages, token, 422, pages.said(error))
        return pages.begin_session(person, url_for("map.index"))


def _page(
    accounts: Accounts, pages: SignInPages, token: str, status: int = 200, problem: str = "", wait_s: int = 0
) -> Response:
    try:
        person = accounts.password_links.owner(token, accounts.clock())
    except AccountError as error:
        return pages.page("new_password.html", 404, problem=pages.said(error), person=None)
    values = {"problem": problem, "person": person, "min_characters": MIN_CHARACTERS}
    return pages.form_page("new_password.html", status, wait_s=wait_s, **values)
