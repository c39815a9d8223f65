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
    r"^[(（\[【]?\s*(m|km|mm|cm|米|公里|千米|毫米|kv|v|千伏|kw|mw|千瓦|兆瓦|kva|mva|kwh|mpa|kpa|pa|兆帕|t|吨|t/h|吨/小时"
    r"|m3|m³|m3/h|m³/h|立方米|立方米/小时|h|小时|min|分钟|人|户|个|台|条|座|万元|元|°|度|℃|%)\s*[)）\]】]?$",
    re.IGNORECASE,
)
#: Lines between title and heading tell who made the table and when: `单位：…`, `2026年1月`.
_ABOUT = re.compile(r"[:：]|^\d{4}\s*[年./-]")
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
    joined = _joined(top + [""] * (width - len(top)), below + [""] * (width - len(below)))
    last = first if joined is None else first + 1
    names = top if joined is None else joined
    reach = max((_reach(line) for line in lines[last + 1 :]), default=0)
    names += [""] * (reach - len(names))
    while names and not names[-1] and len(names) > reach:
        names.pop()
    return Heading(first, last, unique(names))


def _joined(top: list[str], below: list[str]) -> list[str] | None:
    """Return names of two lines together; None if the second is no part of the heading.

    It is one if it does nothing but divide what the first has over several columns, and give units.
    """
    names: list[str] = []
    over, adds = "", False
    for place, (name, part) in enumerate(zip(top, below, strict=True)):
        spans_left = place > 0 and bool(over) and name in ("", over)
        spans_right = bool(name) and place + 1 < len(top) and top[place + 1] in ("", name)
        over = over if spans_left else name
        if not part or part == name:
            names.append(name)
        elif _UNIT.match(part):
            names.append(f"{over}({part.strip(_BRACKETS)})")
            adds = True
        elif (spans_left or spans_right) and not _NUMBER.match(part):
            names.append(f"{over}/{part}")
            adds = adds or (spans_left and part != below[place - 1])
        else:
            return None
    return names if adds else None


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
    known = _known(line)
    if any(isinstance(cell, int | float) or _NUMBER.match(_text(cell)) for cell in known):
        return False
    # A merged title repeats one text over its width; a heading may repeat some.
    different = len({_text(cell) for cell in known})
    if different < widest and any(_ABOUT.search(_text(cell)) for cell in known):
        return False
    return different * 2 >= widest and (different > 1 or widest == 1)


def _known(line: Line) -> list[object]:
    return [cell for cell in line if _text(cell)]


def _filled(line: Line) -> int:
    return len(_known(line))


def _reach(line: Line) -> int:
    return max((place for place, cell in enumerate(line, start=1) if _text(cell)), default=0)


def _text(cell: object) -> str:
    return "" if cell is None else re.sub(r"\s*[\r\n]+\s*", "", str(cell)).strip()
