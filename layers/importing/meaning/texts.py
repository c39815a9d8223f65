"""Places written as text: degrees in several ways, pairs of coordinates, well-known text."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers.importing.meaning.words import is_nothing
from layers.schema import GeometryKind

_DEGREES = re.compile(
    r"([nsew东西南北]?(?:经|纬)?)\s*([+-]?\d{1,3}(?:\.\d+)?)\s*(?:°|度|º)\s*"
    r"(?:(\d{1,2}(?:\.\d+)?)\s*(?:['′’分])\s*)?(?:(\d{1,2}(?:\.\d+)?)\s*(?:\"|″|”|''|秒)\s*)?([nsew]?)\Z"
)
_PLAIN = re.compile(r"([+-]?\d+(?:\.\d+)?(?:e[+-]?\d{1,2})?)\s*(?:m|米)?\Z")
_PAIR = re.compile(r"\s*([+-]?\d+(?:\.\d+)?)\s*[, ]\s*([+-]?\d+(?:\.\d+)?)\s*\Z")
_EWKT = re.compile(r"SRID=\d{1,9};", re.IGNORECASE)
#: No coordinate, and no pair of them, is longer. What is could keep the patterns busy for hours.
_LONGEST = 80
#: Collections within one another that are followed: thousands would exhaust the stack of the library.
_DEEPEST = 20
_NEGATIVE = frozenset({"s", "w", "西", "南", "西经", "南纬"})
_SEPARATORS = re.compile(r"[;|]")


def read_ordinates(cells: pd.Series[Any]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return a column of coordinates as numbers, NaN where empty or unreadable, and which could not be read.

    Degrees may be decimal, with a degree sign, or in degrees, minutes and seconds (`112°51′23″E`, `东经112度51分`).
    """
    raw = cells.to_numpy(dtype=object)
    numbers = pd.to_numeric(pd.Series(raw, dtype=object), errors="coerce").to_numpy(dtype=np.float64, copy=True)
    flags = np.array([isinstance(cell, (bool, np.bool_)) for cell in raw], dtype=bool)
    numbers[flags | ~np.isfinite(numbers)] = np.nan
    unread = flags.copy()
    for place in np.flatnonzero(np.isnan(numbers) & ~pd.isna(raw) & ~flags):
        text = str(raw[place])
        if is_nothing(text):
            continue
        value = _ordinate(text)
        unread[place] = value is None
        numbers[place] = np.nan if value is None else value
    return numbers, unread


def read_shapes(cells: pd.Series[Any], kind: GeometryKind) -> tuple[NDArray[np.object_], NDArray[np.bool_]]:
    """Return a column of texts as geometries, None where empty or unreadable, and which could not be read.

    A text is well-known text, `x,y`, or pairs of that with `;` or `|` between, which make a line or an outline.
    """
    raw = cells.to_numpy(dtype=object)
    filled = ~pd.isna(raw)
    texts = np.array(
        [_bare(str(cell)) if known else None for cell, known in zip(raw, filled, strict=True)], dtype=object
    )
    with np.errstate(all="ignore"):
        # Digits without end overflow, and make no geometry.
        shapes = np.asarray(shapely.from_wkt(texts, on_invalid="ignore"), dtype=object)
    unread = np.zeros(len(raw), dtype=bool)
    for place in np.flatnonzero(shapely.is_missing(shapes) & filled):
        if is_nothing(str(raw[place])):
            continue
        shapes[place] = _from_pairs(str(texts[place]), kind)
        unread[place] = shapes[place] is None
    return shapes, unread


def _bare(text: str) -> str:
    """A text without the reference system that some databases write before it."""
    stripped = text.strip()
    if stripped.casefold().count("collection") > _DEEPEST:
        return ""
    found = _EWKT.match(stripped)
    return stripped[found.end() :] if found else stripped


def _ordinate(text: str) -> float | None:
    # The signs ′ and ″ would fall apart into several characters when normalised: they are looked for as written too.
    plain = unicodedata.normalize("NFKC", text.replace("″", '"').replace("′", "'")).strip().casefold()
    if len(plain) > _LONGEST:
        return None
    found = _PLAIN.match(plain)
    if found is not None:
        return float(found[1])
    found = _DEGREES.match(plain)
    if found is None:
        return None
    before, degrees, minutes, seconds, after = found.groups()
    if float(minutes or 0) >= 60 or float(seconds or 0) >= 60:
        return None
    size = abs(float(degrees)) + float(minutes or 0) / 60 + float(seconds or 0) / 3600
    negative = degrees.startswith("-") or before in _NEGATIVE or after in _NEGATIVE
    return -size if negative else size


def _from_pairs(text: str, kind: GeometryKind) -> Any:
    plain = unicodedata.normalize("NFKC", text).strip(" []()")
    parts = _SEPARATORS.split(plain.rstrip(";|"))
    if any(len(part) > _LONGEST for part in parts):
        return None
    found = [_PAIR.match(part) for part in parts]
    pairs = [(float(pair[1]), float(pair[2])) for pair in found if pair is not None]
    if len(pairs) < len(found):
        return None
    if kind == "Point":
        return shapely.Point(pairs[0]) if len(pairs) == 1 else None
    if kind == "LineString":
        return shapely.LineString(pairs) if len(pairs) > 1 else None
    return shapely.Polygon(pairs) if len(pairs) > 2 else None
