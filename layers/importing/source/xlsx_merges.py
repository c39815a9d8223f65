"""Merged cells of a sheet: the value stands in the first cell alone, and is meant for all of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from layers.importing.source.refusals import refusal
from layers.importing.source.sheet import NumberedLine
from layers.importing.source.xml_stream import elements, local_name

_RANGE = re.compile(r"^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$")
_MOST = 100_000
#: A merge that is wider than that is no heading and no value of several records.
_WIDEST = 256


@dataclass(frozen=True)
class _Merge:
    left: int
    right: int
    last_row: int


@dataclass(frozen=True)
class Merges:
    """Merged ranges by the line that they begin in."""

    by_row: dict[int, tuple[_Merge, ...]]

    def below(self, row: int) -> list[int]:
        """Return the lines after `row` in which a merge of several lines begins."""
        return sorted(
            first
            for first, merges in self.by_row.items()
            if first > row and any(merge.last_row > first for merge in merges)
        )

    def filled(self, lines: Iterator[NumberedLine]) -> Iterator[NumberedLine]:
        """Yield the lines with the value of each merged range in all its cells."""
        active: list[tuple[_Merge, object]] = []
        waiting = sorted(self.by_row, reverse=True)
        for number, cells in lines:
            while waiting and waiting[-1] <= number:
                row = waiting.pop()
                begun = cells if row == number else []
                active += [(merge, _at(begun, merge.left)) for merge in self.by_row[row]]
            if active:
                active = [(merge, value) for merge, value in active if merge.last_row >= number]
                for merge, value in active:
                    _fill(cells, merge, value)
            yield number, cells


def merges_of(path: Path) -> Merges:
    """Read the merged ranges of a sheet, which stand after its lines."""
    found: dict[int, list[_Merge]] = defaultdict(list)
    count = 0
    for _, element in elements(path, ("row", "mergeCell"), ("row", "mergeCell")):
        if local_name(element) == "row":
            continue
        count += 1
        if count > _MOST:
            raise refusal("too_many_columns", found=count, limit=_MOST)
        match = _RANGE.match(str(element.get("ref", "")))
        if match is None:
            continue
        left, right = _column(match[1]), _column(match[3])
        if 0 <= right - left < _WIDEST:
            found[int(match[2])].append(_Merge(left, right, int(match[4])))
    return Merges({row: tuple(merges) for row, merges in found.items()})


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column


def _at(cells: list[object], column: int) -> object:
    return cells[column - 1] if column <= len(cells) else None


def _fill(cells: list[object], merge: _Merge, value: object) -> None:
    if value is None:
        return
    if len(cells) < merge.right:
        cells.extend([None] * (merge.right - len(cells)))
    for column in range(merge.left, merge.right + 1):
        if cells[column - 1] is None:
            cells[column - 1] = value
