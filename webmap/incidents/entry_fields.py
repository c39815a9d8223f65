"""The fields that facts are made of: texts, names, ids, numbers, hours and drawn areas, checked when they are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args
from unicodedata import category

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

from layers.vocabulary import FACILITY_CATEGORIES
from priority.area import AreaFault, parse_area
from priority.fields import Identifier, none_twice

#: Signs that move a terminal's cursor or end a text early have no business in a record; the line feed and tabs have.
#: The last two no XML document can carry.
_CONTROL = frozenset(map(chr, [*range(9), *range(11, 32), *range(127, 160), 0x2028, 0x2029, 0xFFFE, 0xFFFF]))
#: Of signs that only steer how others are shown (directions, joiners, marks of order) those that scripts need.
_NEEDED = frozenset("\u200c\u200d")
#: Letters and signs that nobody sees.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
#: Entries read from the database were checked when they were written; a drawing is not checked again.
STORED: Mapping[str, bool] = {"stored": True}

Network = Literal["electricity", "gas", "heat", "water"]
NETWORKS: tuple[Network, ...] = get_args(Network)


def _is_stored(info: ValidationInfo) -> bool:
    return bool((info.context or {}).get("stored"))


def seen(text: str) -> str:
    """Return a text without the signs that new texts must not have."""
    return "".join(sign for sign in text if sign not in _CONTROL and (category(sign) != "Cf" or sign in _NEEDED))


def one_line(text: str) -> str:
    """Return a text of one line without signs that new texts must not have, "" if nobody would see any of it."""
    shown = " ".join(seen(text).split())
    return shown if any(category(sign)[0] not in "CMZ" and sign not in _BLANK for sign in shown) else ""


def _printable(text: str, info: ValidationInfo) -> str:
    # What an earlier version let through is part of the log and stays readable.
    if _is_stored(info):
        return text
    if seen(text) != text:
        raise PydanticCustomError("control_character", "control character")
    if not any(category(sign)[0] not in "CMZ" and sign not in _BLANK for sign in text):
        raise PydanticCustomError("nothing_visible", "nothing visible")
    return text


def _one_line(text: str, info: ValidationInfo) -> str:
    if not _is_stored(info) and "\n" in text:
        raise PydanticCustomError("control_character", "line break")
    return text


def _plain_breaks(value: object) -> object:
    """Line breaks of other systems are line feeds."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _sound_area(area: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
    if _is_stored(info):
        return area
    try:
        parse_area(area)
    except AreaFault as fault:
        raise PydanticCustomError(fault.code, "area", {"place": fault.place, "detail": fault.detail}) from None
    geometry = area["geometry"] if area["type"] == "Feature" else area
    return {"type": geometry["type"], "coordinates": geometry["coordinates"]}


Text = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=2_000),
    AfterValidator(_printable),
    BeforeValidator(_plain_breaks),
]
Name = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_printable),
    AfterValidator(_one_line),
]
Id = Annotated[Identifier, AfterValidator(_printable), AfterValidator(_one_line)]
Number = Annotated[int, Field(strict=True, ge=1)]
Hours = Annotated[float, Field(strict=True, ge=0, le=8_760, allow_inf_nan=False)]
Area = Annotated[dict[str, Any], AfterValidator(_sound_area)]


def _known_categories(keys: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    known = [choice.key for choice in FACILITY_CATEGORIES]
    if not _is_stored(info) and not set(keys) <= set(known):
        raise PydanticCustomError("category_unknown", "no such class", {"known": "、".join(known)})
    return keys


Categories = Annotated[tuple[Id, ...], AfterValidator(none_twice), AfterValidator(_known_categories)]
