"""A sign-in that was begun: what must come back, kept in the browser itself in a signed cookie for a few minutes."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from webmap.accounts.oidc.errors import StaleSignIn

VALID_FOR = timedelta(minutes=10)
_SALT = "webmap.oidc"
#: Longest value of the cookie, characters: browsers leave out a cookie that is longer than 4096 with its name and rest.
_LONGEST_COOKIE = 3800


@dataclass(frozen=True)
class Pending:
    """What this browser was sent to the provider with: `verifier` proves that it is us who fetch the answer (PKCE).

    `path` is where to go afterwards, `begun_s` the moment in seconds since 1970.
    """

    state: str
    nonce: str
    verifier: str
    redirect_uri: str
    path: str
    begun_s: int


def begun(redirect_uri: str, path: str, now: datetime) -> Pending:
    """Return a new sign-in, with secrets that nobody can guess."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return Pending(state, nonce, verifier, redirect_uri, path, int(now.timestamp()))


def sealed(pending: Pending, signing_key: str) -> str:
    """Return the cookie's value. The person's own browser may read it; nobody can make or change one.

    A path that is too long for a cookie loses its fragment, then its query, then all: signing in matters more.
    """
    serializer = URLSafeSerializer(signing_key, salt=_SALT)
    paths = (pending.path, pending.path.partition("#")[0], pending.path.partition("?")[0], "/")
    values = (str(serializer.dumps(asdict(replace(pending, path=path)))) for path in paths)
    return next(value for value in values if len(value) <= _LONGEST_COOKIE)


def opened(cookie: str | None, signing_key: str, state: str, now: datetime) -> Pending:
    """Return the sign-in that a cookie holds; raises `StaleSignIn` unless it is ours, young, and of that `state`."""
    try:
        pending = Pending(**URLSafeSerializer(signing_key, salt=_SALT).loads(cookie or ""))
    except (BadData, TypeError):
        raise StaleSignIn("no cookie of a sign-in") from None
    age_s = now.timestamp() - pending.begun_s
    # A second of grace: the moment was rounded.
    if not -1 <= age_s <= VALID_FOR.total_seconds():
        raise StaleSignIn("begun too long ago")
    if not hmac.compare_digest(pending.state.encode(), state.encode("utf-8", "surrogatepass")):
        raise StaleSignIn("another state")
    return pending
