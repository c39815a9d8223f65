"""Passwords: what may be one, and how it is kept (argon2id, RFC 9106)."""

from __future__ import annotations

import re
import secrets
import threading
import unicodedata
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from layers.schema import Title
from webmap.accounts.errors import WeakPassword
from webmap.workload import TooBusy

MIN_CHARACTERS = 10
MAX_CHARACTERS = 256
_MIN_DIFFERENT = 5
_RUN = 4
#: Parts of which guessers try every variant; what is left of a password beside them must be long enough by itself.
_GUESSED = ("password", "passw0rd", "qwerty", "asdfgh", "zxcvbn", "admin", "webmap", "woaini", "iloveyou", "welcome")
_GUESSED_DIGITS = ("0123456789", "9876543210")
_YEAR = re.compile(r"(19|20)\d\d")
#: Each check takes 64 MiB and a core; more at once would starve the map.
_AT_ONCE = 2
_WAIT_S = 10.0


class Passwords:
    """Makes and checks hashes, a few at once. Shared by threads.

    `hasher` holds the cost; the default is RFC 9106's second recommendation (3 passes over 64 MiB, 4 lanes).
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher(time_cost=3, memory_cost=65536, parallelism=4)
        self._slots = threading.BoundedSemaphore(_AT_ONCE)

    def hash(self, password: str) -> str:
        """Return the text to keep of a password; raises `TooBusy` when too many are being computed."""
        with self._slot():
            return self._hasher.hash(_prepared(password))

    def verify(self, kept: str | None, password: str) -> bool:
        """Whether a password is the one that was kept. Without one it is False after the same work.

        Raises `TooBusy` when too many are being computed.
        """
        right = self._matches(self._decoy if kept is None else kept, password)
        return right and kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether a hash was made at another cost than new ones are."""
        return self._hasher.check_needs_rehash(kept)

    def prepare(self) -> None:
        """Make what checks without a hash need; the first call takes as long as a hash, later ones no time."""
        _ = self._decoy

    @cached_property
    def _decoy(self) -> str:
        """A hash of the present cost that no password fits; who asks for nobody's password waits as long."""
        return self._hasher.hash(secrets.token_bytes())

    def _matches(self, kept: str, password: str) -> bool:
        with self._slot():
            try:
                return self._hasher.verify(kept, _prepared(password))
            except (VerificationError, InvalidHashError):
                return False

    def _slot(self) -> _Slot:
        return _Slot(self._slots)


class _Slot:
    """A place among those that compute; `TooBusy` if none is free in time."""

    def __init__(self, slots: threading.BoundedSemaphore) -> None:
        self._slots = slots

    def __enter__(self) -> None:
        if not self._slots.acquire(timeout=_WAIT_S):
            raise TooBusy(int(_WAIT_S))

    def __exit__(self, *_: object) -> None:
        self._slots.release()


def require_strong(password: str, *, name: str) -> None:
    """Raise `WeakPassword`, which says why, unless a password is fit for the person of that sign-in name.

    Length counts, not kinds of characters: those make passwords that are hard to keep and easy to guess.
    """
    text = unicodedata.normalize("NFKC", password)
    if len(text) < MIN_CHARACTERS:
        raise WeakPassword(Title(f"口令至少 {MIN_CHARACTERS} 个字符", f"At least {MIN_CHARACTERS} characters"))
    if len(text) > MAX_CHARACTERS:
        raise WeakPassword(Title(f"口令至多 {MAX_CHARACTERS} 个字符", f"At most {MAX_CHARACTERS} characters"))
    if not text.isprintable():
        raise WeakPassword(Title("口令不能含控制字符", "No control characters"))
    if len(set(text)) < _MIN_DIFFERENT or len(_without_the_guessable(text.casefold(), name)) < MIN_CHARACTERS // 2:
        reason = "口令太容易猜到：请换更长的、不含用户名和常见词的口令"
        raise WeakPassword(Title(reason, "Too easy to guess: use a longer one without your name and common words"))


def _without_the_guessable(text: str, name: str) -> str:
    for part in (unicodedata.normalize("NFKC", name).casefold(), *_GUESSED):
        text = text.replace(part, "") if part else text
    for digits in _GUESSED_DIGITS:
        for length in range(len(digits), _RUN - 1, -1):
            for start in range(len(digits) - length + 1):
                text = text.replace(digits[start : start + length], "")
    return _YEAR.sub("", text)


def _prepared(password: str) -> bytes:
    """Return the bytes that are hashed: full-width characters of a Chinese keyboard count as their plain form."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
