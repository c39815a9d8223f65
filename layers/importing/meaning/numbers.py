"""Numbers as offices write them: full-width digits, thousands, units, nominal diameters, Chinese numerals.

What can be read in two ways is not read: ranges, `约 100`, a comma that separates nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from layers.importing.meaning.units import factor

#: Why a text is no number; `outer` is a number that was read, from a diameter given as the outer one.
Fault = Literal["not_a_number", "range", "unit", "outer"]

_PLAIN = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d{1,3})?|[+-]?\.\d+"
_NUMBER = re.compile(rf"({_PLAIN})\s*(.*)\Z", re.DOTALL)
_DIAMETER = re.compile(r"(dn|de|d|φ|ø|ф|外径)\s*(\d+(?:\.\d+)?)\s*(?:[x×*]\s*\d+(?:\.\d+)?)?\s*(?:mm)?\Z")
_VOLTAGE_PREFIX = re.compile(r"(?:ac|dc|交流|直流)\s*")
_RANGE = re.compile(rf"(?:{_PLAIN})\D*?[-~～—至到](?:\s*)(?:{_PLAIN})|^[<>≤≥约近超]|左右|以上|以下|以内|多$")
#: No amount is longer. What is could keep the patterns busy for hours.
_LONGEST = 60
_MULTIPLES = {"万": 1e4, "亿": 1e8, "千": 1e3, "百": 1e2}
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True)
class Quantity:
    """What a text says: a number in the field's own unit, or a fault with None."""

    value: float | None
    fault: Fault | None = None


def read_quantity(text: str, dimensions: tuple[str, ...], unit: str | None = None) -> Quantity:
    """Return the number that a text means, in the first unit of the matching dimension.

    `dimensions` are the units of the field (none for a bare number), `unit` is that of a number without one of its own.
    A unit in the cell counts before it.
    """
    stripped = text.strip()
    if len(stripped) > _LONGEST:
        return Quantity(None, "not_a_number")
    plain = unicodedata.normalize("NFKC", stripped).strip().casefold()
    if "mm" in dimensions and (found := _DIAMETER.match(plain)):
        return Quantity(float(found[2]), None if found[1] == "dn" else "outer")
    if "kV" in dimensions:
        plain = _VOLTAGE_PREFIX.sub("", plain, count=1)
    found = _NUMBER.match(plain)
    if found is None:
        numeral = chinese_number(plain)
        if numeral is not None:
            return Quantity(numeral * _scale(unit, dimensions))
        return Quantity(None, "range" if _RANGE.search(plain) else "not_a_number")
    rest = found[2].strip()
    scale = _scale(unit, dimensions) if not rest else factor(rest, dimensions)
    if scale is None and rest in _MULTIPLES:
        scale = _MULTIPLES[rest] * _scale(unit, dimensions)
    if scale is not None:
        return Quantity(float(found[1].replace(",", "")) * scale)
    return Quantity(None, _fault(plain, rest))


def _fault(plain: str, rest: str) -> Fault:
    """Why a number followed by `rest` cannot be read."""
    if _RANGE.search(plain):
        return "range"
    return "not_a_number" if re.search(r"\d", rest) else "unit"


def chinese_number(text: str) -> float | None:
    """Return a whole number in Chinese numerals below 100 million (`三百二十`, `二〇二三`, `一万二千`); else None."""
    if not 0 < len(text) <= _LONGEST or any(
        sign not in _DIGITS and sign not in _PLACES and sign != "万" for sign in text
    ):
        return None
    if all(sign in _DIGITS for sign in text):
        # A row of digits is a number only where none stands for a place left out (`两百五` is 250, not 205).
        return float("".join(str(_DIGITS[sign]) for sign in text))
    head, myriad, tail = text.partition("万")
    if "万" in tail or (myriad and not head):
        return None
    high, low = (head, tail) if myriad else ("", head)
    parts = [_below_myriad(part) if part else 0 for part in (high, low)]
    if parts[0] is None or parts[1] is None or (myriad and low and low[0] in _DIGITS and not _complete(low)):
        return None
    return float(parts[0] * 10_000 + parts[1])


def _complete(text: str) -> bool:
    """Whether the part after 万 says its own places: `一万二` is 12 000 in speech, and so is not read."""
    return text[0] in {"零", "〇"} or any(sign in _PLACES for sign in text)


def _below_myriad(text: str) -> int | None:
    total, digit, last_place, zero = 0, None, 10_000, False
    for index, sign in enumerate(text):
        if sign in _DIGITS:
            if digit not in {None, 0}:
                return None
            digit = _DIGITS[sign]
            zero = zero or digit == 0
            continue
        place = _PLACES[sign]
        if place >= last_place or (digit is None and not (place == 10 and index == 0)) or digit == 0:
            return None
        total, digit, last_place, zero = total + (1 if digit is None else digit) * place, None, place, False
    if digit and last_place not in {10, 10_000} and not zero:
        return None
    return total + (digit or 0)


def _scale(unit: str | None, dimensions: tuple[str, ...]) -> float:
    return 1.0 if unit is None else factor(unit, dimensions) or 1.0
