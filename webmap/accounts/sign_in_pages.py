"""The pages on which one signs in or makes an account, and the cookies that go with them."""

from __future__ import annotations

import logging
from contextlib import suppress

from flask import redirect, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from webmap.access import current_viewer
from webmap.accounts.accounts import Accounts
from webmap.accounts.cookies import FORM, SESSION, clear_cookie, is_secure, read_cookie, set_cookie
from webmap.accounts.csrf import FIELD, form_secret, masked, proves
from webmap.accounts.errors import AccountError
from webmap.accounts.lockout import address_key
from webmap.accounts.page_frame import account_page, in_own_words, page_text
from webmap.accounts.passwords import MIN_CHARACTERS
from webmap.accounts.person import Person
from webmap.accounts.return_path import return_path
from webmap.accounts.roles import ROLE_TITLES
from webmap.accounts.secret_tokens import new_token
from webmap.accounts.sessions import LASTING, may_last
from webmap.accounts.viewer_document import held_roles
from webmap.assets import PageAssets
from webmap.languages import language_of
from webmap.settings import Settings

_LOG = logging.getLogger(__name__)


class SignInPages:
    """The pages and cookies of one application."""

    def __init__(self, accounts: Accounts, settings: Settings, assets: PageAssets) -> None:
        self._accounts = accounts
        self._access = settings.access
        self._signing_key = settings.signing_key()
        self._assets = assets
        #: For a link, not a form: the page's policy lets forms go to this site alone, redirects included.
        self._oidc_title = settings.oidc.title if settings.oidc else None

    @property
    def secure(self) -> bool:
        """Whether the present request came by https."""
        return is_secure(request, self._access.proxies)

    def cookie(self, name: str) -> str | None:
        """Return a cookie of the present request."""
        return read_cookie(request, name, secure=self.secure)

    def text(self, key: str, **values: object) -> str:
        """Return a text of the page's, in the language of the request."""
        return page_text(key, **values)

    def said(self, error: AccountError) -> str:
        """Return what is wrong, in the language of the request."""
        return in_own_words(error.title)

    def refusal(self) -> tuple[int, str, int] | None:
        """Return status, text and seconds to wait if a form that was sent may not be tried; None if it may."""
        cookie = self.cookie(FORM)
        if not cookie or not proves(request.form.get(FIELD), form_secret(self._signing_key, cookie)):
            return 400, self.text("sign_in.expired"), 0
        return self.too_often()

    def too_often(self) -> tuple[int, str, int] | None:
        """Return status, text and seconds to wait if this address must wait; None if it may try."""
        address, now = request.remote_addr or "", self._accounts.clock()
        wait_s = self._accounts.sign_in_by_address.take(address_key(address), now)
        wait_s = max(wait_s, int(self._accounts.lockout.wait(address, now).total_seconds()))
        return (429, self.text("sign_in.wait", seconds=wait_s), wait_s) if wait_s else None

    def sign_in(self, status: int = 200, problem: str = "", wait_s: int = 0) -> Response:
        """Return the page on which one signs in, or that says as whom one is signed in."""
        viewer = current_viewer()
        if viewer.person:
            proof, roles = masked(viewer.csrf) if viewer.csrf else "", held_roles(viewer, language_of(request))
            return self.page("sign_in.html", status, viewer=viewer, roles=roles, proof=proof, problem=problem)
        path, name = return_path(request.values.get("next")), request.form.get("name", "")
        values = {"next": path, "name": name, "demo_accounts": self._demo_accounts(), "oidc": self._oidc_title}
        return self.form_page("sign_in.html", status, problem=problem, wait_s=wait_s, **values)

    def _demo_accounts(self) -> list[dict[str, str]]:
        """Return the accounts to which one press signs in: name, name to be shown, and the office in words."""
        people: list[Person] = []
        # The page shows itself also while the database does not answer; signing in says what is wrong then.
        with suppress(SQLAlchemyError):
            people = self._accounts.demonstration.people()
        return [
            {"name": person.name, "display_name": person.display_name, "role": in_own_words(ROLE_TITLES[grant.role])}
            for person in people
            for grant in person.grants
        ]

    def welcome(self, token: str, status: int = 200, problem: str = "", wait_s: int = 0) -> Response:
        """Return the page on which an account is made; without a form if the link is not to be used."""
        try:
            offered = self._accounts.invitations.offered(token, self._accounts.clock())
        except AccountError as error:
            return self.page("welcome.html", 404, problem=self.said(error), role="")
        whom = request.form.get("display_name", offered.display_name)
        typed = {"name": request.form.get("name", ""), "display_name": whom}
        role = in_own_words(ROLE_TITLES[offered.grant.role])
        values = {**typed, "role": role, "plan": offered.grant.plan, "problem": problem}
        return self.form_page("welcome.html", status, wait_s=wait_s, min_characters=MIN_CHARACTERS, **values)

    def begin_session(self, person: Person, path: str, *, lasting: bool = False) -> Response:
        """Return a redirect that signs a person in, with a token that this browser did not have before.

        With `lasting` the computer of a wall stays signed in, for who may.
        """
        now, address = self._accounts.clock(), request.remote_addr or ""
        lasting = lasting and may_last(person)
        replaced = self.cookie(SESSION)
        new = self._accounts.sessions.begin(person.id, address, now, replaces=replaced, lasting=lasting)
        _LOG.info("signed in: %s, address %s", person.name, address)
        response = redirect(path, 303)
        # One that lasts is kept over a restart of the wall's computer.
        max_age_s = int(LASTING.total_seconds()) if lasting else None
        set_cookie(response, SESSION, new.token, secure=self.secure, max_age_s=max_age_s)
        clear_cookie(response, FORM, secure=self.secure)
        return response

    def form_page(self, template: str, status: int, *, wait_s: int, **values: object) -> Response:
        """Return a page with a form for who is not signed in, and the cookie to which its proof is bound."""
        cookie = self.cookie(FORM) or new_token()
        proof = masked(form_secret(self._signing_key, cookie))
        response = self.page(template, status, proof=proof, **values)
        set_cookie(response, FORM, cookie, secure=self.secure)
        if wait_s:
            response.headers["Retry-After"] = str(wait_s)
        return response

    def page(self, template: str, status: int, **values: object) -> Response:
        """Return a page without a form."""
        return account_page(self._assets, template, status, **values)
