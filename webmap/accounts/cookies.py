"""The cookies of accounts, with flags that keep them from scripts, from plain http and from other sites."""

from __future__ import annotations

from flask import Request
from werkzeug.wrappers import Response

SESSION = "webmap_session"
FORM = "webmap_form"
OIDC = "webmap_oidc"
#: A browser takes a cookie of this name only over https, for this host alone and for the whole of it.
_HOST_ONLY = "__Host-"


def cookie_name(name: str, *, secure: bool) -> str:
    """Return the name under which a cookie is set."""
    return f"{_HOST_ONLY}{name}" if secure else name


def is_secure(request: Request, proxies: int) -> bool:
    """Whether the browser came by https. Behind a proxy of ours it did unless the proxy says otherwise."""
    if request.is_secure:
        return True
    return proxies > 0 and "X-Forwarded-Proto" not in request.headers


def read_cookie(request: Request, name: str, *, secure: bool) -> str | None:
    """Return a cookie's value; over https only the one that cannot have come from elsewhere counts."""
    return request.cookies.get(cookie_name(name, secure=secure)) or None


def set_cookie(response: Response, name: str, value: str, *, secure: bool, max_age_s: int | None = None) -> None:
    """Set a cookie that ends with the browser or after a time; when a session is over is decided here, not there."""
    full = cookie_name(name, secure=secure)
    response.set_cookie(full, value, secure=secure, httponly=True, samesite="Lax", path="/", max_age=max_age_s)


def clear_cookie(response: Response, name: str, *, secure: bool) -> None:
    """Have the browser forget a cookie."""
    full = cookie_name(name, secure=secure)
    response.delete_cookie(full, secure=secure, httponly=True, samesite="Lax", path="/")
