"""Proof that a request comes from our own page: a secret that only our pages know, sent back with the request.

A page gets the secret masked anew each time, so that nobody can guess it from the sizes of compressed answers (BREACH).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets

#: A form sends the proof as this field, a script as this header.
FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
_BYTES = 32


def new_secret() -> str:
    """Return a new secret, 64 hexadecimal digits."""
    return secrets.token_hex(_BYTES)


def masked(secret: str) -> str:
    """Return a proof of a secret for one page; every call gives another text."""
    content = bytes.fromhex(secret)
    pad = secrets.token_bytes(len(content))
    return base64.urlsafe_b64encode(pad + _joined(pad, content)).decode()


def proves(given: str | None, secret: str) -> bool:
    """Whether a text is a proof of a secret; False for no text, no secret and anything malformed."""
    if not given or not secret:
        return False
    try:
        content = base64.b64decode(given.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return False
    wanted = bytes.fromhex(secret)
    if len(content) != 2 * len(wanted):
        return False
    return hmac.compare_digest(_joined(content[: len(wanted)], content[len(wanted) :]), wanted)


def form_secret(signing_key: str, cookie: str) -> str:
    """Return the secret of forms that are sent before anybody is signed in: bound to a cookie of this browser.

    The signing key goes in, so that who can plant a cookie still cannot make the proof.
    """
    message = b"form:" + cookie.encode("utf-8", "surrogatepass")
    return hmac.new(signing_key.encode(), message, hashlib.sha256).hexdigest()


def _joined(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
