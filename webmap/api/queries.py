"""Parameters of a query that several routes read in the same way."""

from __future__ import annotations

from datetime import datetime

from flask import request

from webmap.api.protection import MOMENT_FORM, moment_of
from webmap.errors import InvalidQuery


def chosen(name: str, allowed: tuple[str, ...], usual: str | None = None) -> str:
    """Return a parameter; when it is not given the usual value, or the first allowed one. Raises `InvalidQuery`."""
    given = request.args.get(name, allowed[0] if usual is None else usual)
    if given not in allowed:
        raise InvalidQuery(name, given, allowed)
    return given


def moment_or_none(name: str) -> datetime | None:
    """Return a moment with its offset, None when none is given. Raises `InvalidQuery`."""
    given = request.args.get(name)
    if not given:
        return None
    try:
        # In a query a plus sign stands for a blank; who forgot to write %2B means the offset all the same.
        return moment_of(given.replace(" ", "+"))
    except ValueError:
        raise InvalidQuery(name, given, (MOMENT_FORM,)) from None


def number_or_none(name: str, least: int) -> int | None:
    """Return a whole number of at least `least`, None when none is given. Raises `InvalidQuery`."""
    given = request.args.get(name)
    if given is None:
        return None
    if not given.isascii() or not given.isdecimal() or len(given) > 9 or int(given) < least:
        raise InvalidQuery(name, given, (f"≥ {least}",))
    return int(given)
