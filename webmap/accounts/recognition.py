"""Recognising who is behind a request: by an API token or by the session's cookie, else nobody."""

from __future__ import annotations

from flask import Request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from webmap.accounts.accounts import Accounts
from webmap.accounts.cookies import SESSION, is_secure, read_cookie
from webmap.accounts.person import Person
from webmap.accounts.viewer import PUBLIC_GRANTS, WARNED_GRANTS, Viewer
from webmap.settings import AccessSettings


def viewer_of(request: Request, accounts: Accounts, access: AccessSettings) -> Viewer:
    """Return who is asking. The database is asked only if the request brings a token or a session's cookie.

    Raises `Unauthorized` for an `Authorization` header that names nobody: a program with a token that was revoked must
    not go on as somebody else. A session that has ended makes its browser one that is not signed in.
    """
    granted = PUBLIC_GRANTS if access.public_picture else frozenset()
    granted |= WARNED_GRANTS if access.warnings_are_public else frozenset()
    if "Authorization" in request.headers:
        person = accounts.tokens.find(_bearer(request), accounts.clock())
        if person is None or _is_void(person, accounts):
            raise not_signed_in()
        return Viewer(granted | person.grants, person, "token")
    cookie = read_cookie(request, SESSION, secure=is_secure(request, access.proxies))
    session = accounts.sessions.find(cookie, accounts.clock()) if cookie else None
    if session is None or _is_void(session.person, accounts):
        return Viewer(granted)
    return Viewer(granted | session.person.grants, session.person, "session", session.csrf)


def not_signed_in() -> Unauthorized:
    """Return the error of a request that must say who it comes from."""
    return Unauthorized(www_authenticate=WWWAuthenticate("bearer"))


def _is_void(person: Person, accounts: Accounts) -> bool:
    """Whether an account is one of the sample's and the data are the sample's no longer."""
    return person.demo and not accounts.demonstration.is_open()


def _bearer(request: Request) -> str:
    authorization = request.authorization
    return (authorization.token or "") if authorization and authorization.type == "bearer" else ""
