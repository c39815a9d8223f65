"""Answers that browsers save as files, named in Chinese or English."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from flask import Response

#: Signs that file systems take for something else, and those that nobody sees.
_NOT_IN_NAMES = frozenset('/\\:*?"<>|') | frozenset(map(chr, [*range(32), 127]))
_LONGEST_PART = 60


def attachment(content: bytes, mimetype: str, plain_name: str, parts: Iterable[str]) -> Response:
    """Return a file to save, named like `示例数据-优先保障次序-城区-20260112-0800.csv` (RFC 6266).

    `plain_name` is for clients that know ASCII names alone; its ending is that of both names.
    """
    name = file_name(plain_name, parts)
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain_name}\"; filename*=UTF-8''{quote(name)}"
    response.headers["Cache-Control"] = "no-store"
    return response


def file_name(plain_name: str, parts: Iterable[str]) -> str:
    """Return a file's name for people, of its parts and with the ending of its ASCII name."""
    return "-".join(_part(part) for part in parts) + "." + plain_name.rpartition(".")[2]


def minute_in_name(moment: str) -> str:
    """Return an ISO 8601 moment as `20260112-0800`."""
    return moment[:16].replace("-", "").replace(":", "").replace("T", "-")


def _part(text: str) -> str:
    return "".join("_" if sign in _NOT_IN_NAMES else sign for sign in text)[:_LONGEST_PART]
