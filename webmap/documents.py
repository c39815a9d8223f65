"""JSON documents from outside, read within bounds."""

from __future__ import annotations

import json
import re
from typing import Any

_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")


class MalformedJson(Exception):
    """The text is not JSON; `line` and `column` (from 1) say where it stops being so, 0 if that is unknown."""

    def __init__(self, reason: str, line: int = 0, column: int = 0) -> None:
        self.reason = reason
        self.line = line
        self.column = column
        super().__init__(f"line {line}, column {column}: {reason}" if line else reason)


class DocumentTooDeep(Exception):
    """The document is JSON, but nested deeper than `limit` levels, which no valid document is."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"more than {limit} levels of nesting")


class TooManyValues(Exception):
    """The text could hold more than `limit` values, which no valid document does."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"more than {limit} values")


def read_document(content: bytes, depth: int, values: int) -> object:
    """Parse a UTF-8 JSON text of at most `depth` levels and `values` values.

    Stricter than `json`: no NaN or Infinity (they are not JSON), no key given twice (one of them would be lost).
    Raises `MalformedJson`, `DocumentTooDeep` and `TooManyValues`.
    """
    # A value costs up to a hundred times its text in memory, so they are counted before any is made. Every value but
    # the first follows one of these signs; those within strings count too, but texts as long are not valid either.
    if sum(map(content.count, (b",", b"[", b"{"))) >= values:
        raise TooManyValues(values)
    document = _parse(content)
    _check_depth(document, depth)
    return document


def write_document(document: object) -> bytes:
    """Return compact UTF-8 JSON. Lone surrogates, which UTF-8 cannot carry, become question marks."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "replace")


def _parse(content: bytes) -> object:
    try:
        text = content.decode("utf-8-sig")
        document: object = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_object)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        raise MalformedJson("not UTF-8", before.count("\n") + 1, len(before) - before.rfind("\n")) from None
    except json.JSONDecodeError as error:
        raise MalformedJson(error.msg, error.lineno, error.colno) from None
    except RecursionError:
        raise MalformedJson("nested too deeply") from None
    except ValueError as error:  # an integer of more digits than Python converts
        raise MalformedJson(str(error)) from None
    if _SURROGATE_ESCAPE.search(text):
        _refuse_lone_surrogates(document)
    return document


def _refuse_lone_surrogates(document: object) -> None:
    """Half of a pair, written as an escape, is no text: nothing could store or print it."""
    try:
        json.dumps(document, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise MalformedJson("a \\u escape is half of a surrogate pair") from None


def _refuse_constant(name: str) -> object:
    raise MalformedJson(f"{name} is not a JSON number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        raise MalformedJson(f"key {_first_repeated(pairs)[:80]!r} is given twice")
    return result


def _first_repeated(pairs: list[tuple[str, Any]]) -> str:
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            return key
        seen.add(key)
    raise ValueError("no key is repeated")


def _check_depth(document: object, limit: int) -> None:
    """Walk level by level, so that a deep document cannot exhaust the stack."""
    level = [document]
    for _ in range(limit):
        level = [child for item in level for child in _children(item) if isinstance(child, dict | list)]
        if not level:
            return
    raise DocumentTooDeep(limit)


def _children(item: object) -> list[Any]:
    if isinstance(item, dict):
        return list(item.values())
    return item if isinstance(item, list) else []
