"""Distance matrices as tables of text: demands down, candidates across."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from priority.errors import PriorityError
from priority.siting.distances import Floats


class InvalidMatrix(PriorityError):
    """A distance matrix cannot be used; the message names row and column, `remedy` says what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(problem)


@dataclass(frozen=True, eq=False)
class Matrix:
    """Distances (n, m) in metres or minutes, NaN where there is no way, with the ids of rows and columns."""

    demand_ids: tuple[str, ...]
    site_ids: tuple[str, ...]
    value: Floats

    def part(self, demand_ids: tuple[str, ...], site_ids: tuple[str, ...]) -> Floats:
        """Return the distances (k, l) for these ids in this order. Raises `InvalidMatrix` naming an id it lacks."""
        rows = _places(self.demand_ids, demand_ids, "行", "row")
        columns = _places(self.site_ids, site_ids, "列", "column")
        return self.value[np.ix_(rows, columns)]


def parse_matrix(rows: list[list[str]]) -> Matrix:
    """Read rows of cells: the first column has demand ids, the first row candidate ids; an empty cell is unreachable.

    Rows and columns are counted from 1, the header and the ids included. A header alone gives a matrix without
    demands. Raises `InvalidMatrix`.
    """
    if not rows:
        raise InvalidMatrix("矩阵是空的 (the matrix is empty)", "第一行写候选点编号 (name the candidates in row 1)")
    header = tuple(rows[0][1:])
    _require_distinct(header, "候选点", "candidate")
    ids = tuple(row[0] for row in rows[1:])
    _require_distinct(ids, "需求点", "demand")
    value = np.full((len(ids), len(header)), np.nan)
    for at, row in enumerate(rows[1:]):
        if len(row) != len(header) + 1:
            raise InvalidMatrix(
                f"第 {at + 2} 行 {row[0]!r} 有 {len(row)} 格，应为 {len(header) + 1} 格 "
                f"(row {at + 2}: {len(row)} cells, not {len(header) + 1})",
                "补上或删去逗号；到不了的留空 (mend the commas; leave unreachable cells empty)",
            )
        try:
            value[at] = [float(cell) if cell else math.nan for cell in row[1:]]
        except ValueError:
            raise _wrong_cell(at, row, header) from None
    known = np.array([[bool(cell) for cell in row[1:]] for row in rows[1:]]).reshape(value.shape)
    wrong = known & ~(np.isfinite(value) & (value >= 0))
    if wrong.any():
        at = int(np.argmax(wrong.any(axis=1)))
        raise _wrong_cell(at, rows[at + 1], header)
    return Matrix(ids, header, value)


def _wrong_cell(at: int, row: list[str], header: tuple[str, ...]) -> InvalidMatrix:
    """The first cell of a row that is not a distance."""
    place = next(number for number, cell in enumerate(row[1:]) if cell and not _is_distance(cell))
    return InvalidMatrix(
        f"第 {at + 2} 行 {row[0]!r}、第 {place + 2} 列 {header[place]!r} 的值 {row[place + 1]!r} 不是距离 "
        f"(row {at + 2}, column {place + 2}: not a distance)",
        "写不小于 0 的数；到不了的留空 (write 0 or more; leave unreachable cells empty)",
    )


def _is_distance(cell: str) -> bool:
    try:
        return math.isfinite(float(cell)) and float(cell) >= 0
    except ValueError:
        return False


def _require_distinct(ids: tuple[str, ...], name: str, english: str) -> None:
    seen: dict[str, int] = {}
    for number, identifier in enumerate(ids, 2):
        line = f"第 {number} {'列' if english == 'candidate' else '行'}"
        if not identifier:
            raise InvalidMatrix(f"{line}没有{name}编号 (no {english} id)", "补上编号 (give it an id)")
        if identifier in seen:
            raise InvalidMatrix(
                f"{line}的{name}编号 {identifier!r} 与第 {seen[identifier]} 个重复 ({english} id repeated)",
                "每个编号只写一次 (give every id once)",
            )
        seen[identifier] = number


def _places(known: tuple[str, ...], asked: tuple[str, ...], name: str, english: str) -> list[int]:
    number = {identifier: at for at, identifier in enumerate(known)}
    missing = [identifier for identifier in asked if identifier not in number]
    if missing:
        shown = ", ".join(map(repr, missing[:3])) + (" …" if len(missing) > 3 else "")
        raise InvalidMatrix(
            f"距离矩阵没有这些{name} (the matrix lacks these {english}s): {shown}",
            "矩阵第一列是需求点编号，第一行是候选点与现有点的编号 (demands down, candidates and existing sites across)",
        )
    return [number[identifier] for identifier in asked]
