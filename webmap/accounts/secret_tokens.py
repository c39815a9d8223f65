"""Random tokens that open something: given out once, of which only the SHA-256 is stored.

A token has 256 random bits, so a plain hash is enough: there is nothing to guess, unlike with passwords.
"""

from __future__ import annotations

import hashlib
import secrets

_BYTES = 32


def new_token() -> str:
    """Return a new token of 43 characters that may stand in an address."""
    return secrets.token_urlsafe(_BYTES)


def digest_of(token: str) -> str:
    """Return what is stored of a token: its SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
