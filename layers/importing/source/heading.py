"""Where the heading of a sheet is: under titles, in one line or two, perhaps with a line of units below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

Line = Sequence[object]
#: How many lines of a sheet are looked at.
LOOKED_AT = 40
_NUMBER = re.compile(r"^[\s+\-]*[\d０-９][\d,，.．０-９]*(e[+\-]?\d+)?\s*%?$", re.IGNORECASE)
_UNIT = re.compile(
    r"^[(（\[【]?\s*(m|km|mm|cm|米|公里|千米|毫米|kv|v|千伏|kw|mw|千瓦|兆瓦|kva|mva|kwh|a|mpa|kpa|pa|兆帕|t|吨|t/h|吨/小时"
    r"|m3|m³|m3/h|m³/h|立方米|立方米/小时|h|小时|min|分钟|s|人|户|个|台|条|座|万元|元|°|度|℃|%)\s*[)）\]】]?$",
    re.IGNORECASE,
)
_BRACKETS = "()（）[]【】 "


@dataclass(frozen=True)
class Heading:
    """The lines of a heading, counted from 0 (`last` is the last of them), and the names of the columns.

    A sheet without a heading has `first` and `last` of -1 and columns that are numbered.
    """

    first: int
    last: int
    names: tuple[str, ...]


def find_heading(lines: Sequence[Line]) -> Heading:
    """Find the heading in the first lines of a sheet, in which merged cells repeat their value.

    The heading is the first line of texts alone that is as wide as the table; titles above are narrower.
    """
    widest = max((_filled(line) for line in lines), default=0)
    for number, line in enumerate(lines):
        if _filled(line) and _is_heading(line, widest):
            return _whole(lines, number)
    columns = max((len(line) for line in lines), default=0)
    return Heading(-1, -1, tuple(f"column_{place}" for place in range(1, columns + 1)))


def _whole(lines: Sequence[Line], first: int) -> Heading:
    top = [_text(cell) for cell in lines[first]]
    below = [_text(cell) for cell in lines[first + 1]] if first + 1 < len(lines) else []
    width = max(len(top), len(below))
    top, below = top + [""] * (width - len(top)), below + [""] * (width - len(below))
    last = first
    if _are_units(top, below):
        joined = [
            f"{name}({unit.strip(_BRACKETS)})" if unit and unit != name else name
            for name, unit in zip(top, below, strict=True)
        ]
        last += 1
    elif _are_second(top, below):
        joined = _joined(top, below)
        last += 1
    else:
        joined = top
    reach = max((_reach(line) for line in lines[last + 1 :]), default=0)
    joined += [""] * (reach - len(joined))
    while joined and not joined[-1] and len(joined) > reach:
        joined.pop()
    return Heading(first, last, unique(joined))


def unique(names: Sequence[str]) -> tuple[str, ...]:
    """Return names of columns, each once: empty ones are numbered, repeated ones get `_2` and on."""
    found: dict[str, None] = {}
    for place, given in enumerate(names, start=1):
        name = given or f"column_{place}"
        repeated, stem = 1, name
        while name in found:
            repeated += 1
            name = f"{stem}_{repeated}"
        found[name] = None
    return tuple(found)


def _is_heading(line: Line, widest: int) -> bool:
    texts = [_text(cell) for cell in line if _text(cell)]
    if any(
        _NUMBER.match(text) or isinstance(cell, int | float) for text, cell in zip(texts, _known(line), strict=True)
    ):
        return False
    # A merged title repeats one text over its width; a heading may repeat some.
    return len(texts) * 2 >= widest and (len(texts) > 1 or widest == 1)


def _are_units(top: list[str], below: list[str]) -> bool:
    given = [unit for name, unit in zip(top, below, strict=True) if unit and unit != name]
    return bool(given) and all(_UNIT.match(unit) for unit in given)


def _are_second(top: list[str], below: list[str]) -> bool:
    """A second line of a heading divides what the first has over several columns, and only that."""
    divides = False
    for place, (name, part) in enumerate(zip(top, below, strict=True)):
        if part and _NUMBER.match(part):
            return False
        spans_left = place > 0 and name in ("", top[place - 1])
        spans_right = place + 1 < len(top) and bool(name) and top[place + 1] in ("", name)
        if part and part != name and not (spans_left or spans_right):
            return False
        divides = divides or bool(spans_left and part and part not in (name, below[place - 1]))
    return divides


def _joined(top: list[str], below: list[str]) -> list[str]:
    names, over = [], ""
    for name, part in zip(top, below, strict=True):
        over = name or (over if part else "")
        names.append(over if not part or part == over else f"{over}/{part}" if over else part)
    return names


def _known(line: Line) -> list[object]:
    return [cell for cell in line if _text(cell)]


def _filled(line: Line) -> int:
    return len(_known(line))


def _reach(line: Line) -> int:
    return max((place for place, cell in enumerate(line, start=1) if _text(cell)), default=0)


def _text(cell: object) -> str:
    return "" if cell is None else re.sub(r"\s*[\r\n]+\s*", "", str(cell)).strip()
