"""The features of a large JSON file, decoded one by one from a sliding window of its text."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from layers.importing.source.model import Limits
from layers.importing.source.refusals import refusal

_CHUNK = 2**20
#: Characters a vertex may take in a feature of the largest size allowed.
_VERTEX_CHARS = 64
#: A text ends at a quote that is not escaped; outside of texts only braces and brackets change the depth.
_QUOTED = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BLANK = re.compile(r"[\s,]*")
_OPENING, _CLOSING = np.frombuffer(b"[{", np.uint8), np.frombuffer(b"]}", np.uint8)
#: NaN and Infinity are no JSON: they are read as unknown.
_DECODER = json.JSONDecoder(parse_constant=lambda _: None)


def scan(path: Path, limits: Limits) -> None:
    """Refuse JSON that is nested too deep, before any of it is decoded. NUL characters are refused too."""
    depth, rest = 0, b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if b"\0" in chunk:
                raise refusal("nul_bytes")
            block, rest = _whole(rest + chunk)
            if len(rest) > limits.text_chars * 4 + _CHUNK:
                raise refusal("too_long_text", row=1, limit=limits.text_chars)
            signs = np.frombuffer(_QUOTED.sub(b"", block), np.uint8)
            steps = np.isin(signs, _OPENING).astype(np.int64) - np.isin(signs, _CLOSING)
            depths = depth + np.cumsum(steps)
            if len(depths) and depths.max() > limits.depth:
                raise refusal("too_deep", limit=limits.depth)
            depth = int(depths[-1]) if len(depths) else depth


def _whole(block: bytes) -> tuple[bytes, bytes]:
    """Split off a text that has begun and not ended; the quotes before it come in pairs."""
    plain = re.sub(rb"\\.", b"..", block, flags=re.DOTALL)
    if plain.endswith(b"\\"):
        block, plain, held = block[:-1], plain[:-1], block[-1:]
    else:
        held = b""
    if plain.count(b'"') % 2 == 0:
        return block, held
    place = plain.rfind(b'"')
    return block[:place], block[place:] + held


class Features:
    """The features of a FeatureCollection, of one Feature, or of lines with a Feature each, in their order.

    After it was gone through, `crs` is the member of that name (None without), and `is_geojson` says whether there
    was a collection or feature at all. Raises `UnusableFile` for JSON that is broken or cut off.
    """

    def __init__(self, path: Path, encoding: str, limits: Limits) -> None:
        self.crs: object = None
        self.is_geojson = False
        self._path, self._encoding, self._limits = path, encoding, limits
        self._longest = limits.vertices * _VERTEX_CHARS + limits.text_chars

    def __iter__(self) -> Iterator[dict[str, Any]]:
        window = _Window(self._path, self._encoding, self._longest, self._limits)
        while window.skip(_BLANK) and window.peek() == "{":
            yield from self._object(window)
        if window.peek():
            raise refusal("broken_json", detail=f"{window.peek()!r}")

    def _object(self, window: _Window) -> Iterator[dict[str, Any]]:
        """One object at the top: its members are gone through, and those of `features` given out."""
        members: dict[str, Any] = {}
        window.take("{")
        while window.skip(_BLANK) and window.peek() != "}":
            key = window.value()
            window.skip(_BLANK)
            window.take(":")
            window.skip(_BLANK)
            if key == "features" and window.peek() == "[":
                self.is_geojson = True
                yield from _listed(window)
            else:
                members[str(key)] = window.value()
        window.take("}")
        self.crs = members.get("crs", self.crs)
        if members.get("type") == "Feature":
            self.is_geojson = True
            yield members


def _listed(window: _Window) -> Iterator[dict[str, Any]]:
    window.take("[")
    while window.skip(_BLANK) and window.peek() != "]":
        feature = window.value()
        yield feature if isinstance(feature, dict) else {}
    window.take("]")


class _Window:
    """A text file seen through a window that holds one value at a time."""

    def __init__(self, path: Path, encoding: str, longest: int, limits: Limits) -> None:
        self._chunks = _texts(path, encoding)
        self._text, self._place = "", 0
        self._longest, self._limits, self._count = longest, limits, 0

    def peek(self) -> str:
        """Return the next character, "" at the end."""
        return self._text[self._place : self._place + 1]

    def skip(self, blank: re.Pattern[str]) -> bool:
        """Go past blanks and commas; say whether anything is left."""
        while True:
            found = blank.match(self._text, self._place)
            self._place = found.end() if found else self._place
            if self._place < len(self._text):
                return True
            if not self._more():
                return False

    def take(self, sign: str) -> None:
        """Go past one sign that must be there."""
        if self.peek() != sign:
            raise refusal("broken_json", detail=f"{sign!r} / {self.peek()!r}")
        self._place += 1

    def value(self) -> Any:
        """Decode the next value, reading on until it is whole."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._place)
                # A number at the end of the window may go on.
                if end < len(self._text) or not self._more():
                    self._place, self._count = end, self._count + 1
                    return value
            except ValueError as error:
                if not self._more():
                    raise refusal("broken_json", detail=str(error)[:200]) from None
            except RecursionError:
                raise refusal("too_deep", limit=self._limits.depth) from None
            if len(self._text) - self._place > self._longest:
                raise refusal("too_many_vertices", row=max(self._count, 1), limit=self._limits.vertices)

    def _more(self) -> bool:
        # A value that is not whole is decoded from its start again: the window grows by its own size each time.
        wanted, parts = max(_CHUNK, len(self._text) - self._place), [self._text[self._place :]]
        while wanted > 0 and (chunk := next(self._chunks, "")):
            parts.append(chunk)
            wanted -= len(chunk)
        self._text, self._place = "".join(parts), 0
        return len(parts) > 1


def _texts(path: Path, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig" if encoding == "UTF-8" else encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                if text := decoder.decode(chunk):
                    yield text
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise refusal("encoding", encoding=encoding) from None
