"""What the pages of an administrator's and of everybody's own account share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from priority.plans import Plan
from webmap.access import current_viewer
from webmap.accounts.accounts import Accounts
from webmap.accounts.cookies import SESSION, is_secure, read_cookie, set_cookie
from webmap.accounts.csrf import masked
from webmap.accounts.errors import AccountError, UnprovenRequest
from webmap.accounts.page_frame import account_page, carried, in_own_words, page_text, present_language
from webmap.accounts.pages.moments_in_words import moment_in_words
from webmap.accounts.person import Person
from webmap.accounts.roles import Action
from webmap.addresses import full_address
from webmap.answers import keep_headers
from webmap.assets import PageAssets
from webmap.errors import fault_of
from webmap.runtime import Runtime
from webmap.settings import Settings


@dataclass(frozen=True)
class Desk:
    """The parts of one application that the pages use."""

    accounts: Accounts
    runtime: Runtime
    settings: Settings
    assets: PageAssets

    @property
    def plans(self) -> Mapping[str, Plan]:
        """The plans for which a role can be held."""
        return self.runtime.plans

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self.accounts.clock()

    def viewer(self) -> Person:
        """Return who is looking, who is signed in: these pages are open to nobody else."""
        person = current_viewer().person
        if person is None:
            abort(403)
        return person

    def present_token(self) -> str:
        """Return the token of the session that asks."""
        return read_cookie(request, SESSION, secure=self._secure) or ""

    def page(self, template: str, status: int = 200, **values: object) -> Response:
        """Return a page below `templates/account`, with who is looking and the proof of its forms."""
        viewer = current_viewer()
        return account_page(
            self.assets,
            f"account/{template}",
            status,
            me=viewer.person,
            manages=viewer.may(Action.MANAGE_ACCOUNTS),
            proof=masked(viewer.csrf) if viewer.csrf else "",
            moment=lambda moment: moment_in_words(moment, self.now, present_language()),
            done=_done_text(),
            **values,
        )

    def go_on(self, endpoint: str, done: str = "", **values: str) -> Response:
        """Return the redirect after a change; the page it leads to says what was done."""
        query: dict[str, Any] = {**values, "done": done or None, **carried()}
        return redirect(url_for(endpoint, **query), 303)

    def address(self, endpoint: str, **values: str) -> str:
        """Return the full address of a page, to be sent to somebody."""
        return full_address(request, self.settings.access, endpoint, **values)

    def begin_session(self, person: Person, response: Response) -> Response:
        """Sign a person in again in this browser, whose session ended with a change, and return the response."""
        new = self.accounts.sessions.begin(person.id, request.remote_addr or "", self.now)
        set_cookie(response, SESSION, new.token, secure=self._secure)
        return response

    @property
    def _secure(self) -> bool:
        return is_secure(request, self.settings.access.proxies)


def session_blueprint(name: str, desk: Desk) -> Blueprint:
    """Return a blueprint of pages for people in a browser, whose errors are pages too."""
    blueprint = Blueprint(name, __name__)

    @blueprint.before_request
    def require_session() -> None:
        # A program that got hold of a token must not make itself more tokens, or accounts.
        if current_viewer().came_by != "session":
            abort(403)

    def problem(error: Exception) -> Response:
        fault = fault_of(error, present_language())
        response = desk.page("problem.html", fault.status, problem=fault.message, remedy=fault.remedy)
        if isinstance(error, HTTPException):
            keep_headers(error, response)
        return response

    blueprint.register_error_handler(HTTPException, problem)
    blueprint.register_error_handler(UnprovenRequest, problem)
    return blueprint


def said(error: AccountError) -> str:
    """Return what is wrong, in the language of the request."""
    return in_own_words(error.title)


def _done_text() -> str:
    """Return what the address says was done; "" for anything that is not in the list of such texts."""
    try:
        return page_text(f"account.done.{request.args.get('done', '')}")
    except KeyError:
        return ""
