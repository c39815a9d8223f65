"""Who is within the standard of whom, made as small as it can be without changing any optimum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from priority.network.kernels import BoolArray, compiled
from priority.siting.distances import Floats, Ints
from priority.siting.sparse import thinned, transposed


@dataclass(frozen=True, eq=False)
class Sets:
    """Rows (r) of columns (c): row i is `column[start[i]:start[i + 1]]`, ascending."""

    start: Ints
    column: Ints
    columns: int

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.start) - 1

    @property
    def row(self) -> Ints:
        """The row of each entry."""
        return np.repeat(np.arange(len(self)), self.size)

    @property
    def size(self) -> Ints:
        """How many columns each row has."""
        return np.diff(self.start)

    def turned(self) -> Sets:
        """Return rows and columns exchanged."""
        start, row, _ = transposed(self.start, self.column, self.columns)
        return Sets(start, row, len(self))

    def part(self, rows: BoolArray, columns: BoolArray) -> Sets:
        """Return these rows and columns alone, numbered anew."""
        start, column = thinned(self.start, self.column, rows, columns)
        return Sets(start, column, int(columns.sum()))

    def like(self) -> Ints:
        """Return for each row the number of the first row with the same columns."""
        first: dict[bytes, int] = {}
        ends = zip(self.start[:-1].tolist(), self.start[1:].tolist(), strict=True)
        keys = (self.column[begin:end].tobytes() for begin, end in ends)
        return np.array([first.setdefault(key, row) for row, key in enumerate(keys)], dtype=np.int64)


@compiled
def _lies_within(start: Ints, column: Ints, row: int, other: int) -> bool:
    """Return whether every column of a row is one of another's: the first that is missing ends the comparison."""
    at, end = start[other], start[other + 1]
    for place in range(start[row], start[row + 1]):
        while at < end and column[at] < column[place]:
            at += 1
        if at == end or column[at] != column[place]:
            return False
        at += 1
    return True


@compiled
def _rarest(start: Ints, column: Ints, turned_start: Ints, row: int) -> int:
    """Return the column of a row that is not empty which fewest rows have."""
    rarest = column[start[row]]
    for at in range(start[row], start[row + 1]):
        if turned_start[column[at] + 1] - turned_start[column[at]] < turned_start[rarest + 1] - turned_start[rarest]:
            rarest = column[at]
    return rarest  # type: ignore[no-any-return]


@compiled
def _contained(start: Ints, column: Ints, turned_start: Ints, turned_row: Ints, cost: Floats) -> BoolArray:
    """Return which rows lie within another row that costs no more; of equal ones the first stays."""
    rows = start.size - 1
    within = np.zeros(rows, np.bool_)
    for row in range(rows):
        own = start[row + 1] - start[row]
        if own == 0:
            continue
        rarest = _rarest(start, column, turned_start, row)
        for at in range(turned_start[rarest], turned_start[rarest + 1]):
            other = turned_row[at]
            size = start[other + 1] - start[other]
            # What lies within a row that is left out lies within the row that this one is left out for.
            if other == row or size < own or cost[other] > cost[row] or within[other]:
                continue
            if size == own and cost[other] == cost[row] and other > row:
                continue
            if _lies_within(start, column, row, other):
                within[row] = True
                break
    return within


@compiled
def _contains(start: Ints, column: Ints, turned_start: Ints, turned_row: Ints) -> BoolArray:
    """Return which rows contain another row; of equal ones the first does not count as containing."""
    rows = start.size - 1
    around = np.zeros(rows, np.bool_)
    for row in range(rows):
        own = start[row + 1] - start[row]
        if own == 0 or around[row]:
            continue
        rarest = _rarest(start, column, turned_start, row)
        for at in range(turned_start[rarest], turned_start[rarest + 1]):
            other = turned_row[at]
            size = start[other + 1] - start[other]
            if other == row or size < own or around[other] or (size == own and other < row):
                continue
            around[other] = _lies_within(start, column, row, other)
    return around


def contained(sets: Sets, cost: Floats) -> BoolArray:
    """Return which rows (r) lie within another row that costs no more, empty ones too; of equal rows one is left out.

    "Contained and no dearer" is a partial order once equal rows are ranked by number, so every row that is named lies
    within one that is not.
    """
    turned = sets.turned()
    found = _contained(sets.start, sets.column, turned.start, turned.column, cost)
    inside: BoolArray = found | (sets.size == 0)
    return inside


def useful_sites(covers: Sets, cost: Floats) -> BoolArray:
    """Return which sites to keep of those whose demands are rows of `covers`: the others are dominated.

    Let site a cover nothing that b does not, and b cost no more. In any choice with a put b in its place (or only drop
    a, if b is there): as much is covered, with no more sites and at no more cost. So some optimum of every model in
    which a demand needs one site within the standard, capacity unlimited, has kept sites alone.
    """
    return ~contained(covers, cost)


def binding_demands(sites_of: Sets) -> BoolArray:
    """Return which demands to keep where all have to be covered: the others are covered whenever these are.

    If every site that covers i covers k too, then whoever covers i covers k: k may be forgotten. Rows here are the
    sites of each demand, and a row that contains another is the one forgotten; of equal rows the first stays.
    """
    turned = sites_of.turned()
    around = _contains(sites_of.start, sites_of.column, turned.start, turned.column)
    kept: BoolArray = np.logical_not(around)
    return kept


def reduced(sites_of: Sets, cost: Floats) -> tuple[BoolArray, BoolArray]:
    """Return which demands and which sites are left when all demands have to be covered (both reductions in turn).

    Every demand needs a site. What is left out of one kind can make the other dominated: they alternate until nothing
    goes, and some optimum of what is left is one of the whole.
    """
    demands, sites = np.ones(len(sites_of), np.bool_), np.ones(sites_of.columns, np.bool_)
    while True:
        now = sites_of.part(demands, sites)
        keep_demands = binding_demands(now)
        now = now.part(keep_demands, np.ones(now.columns, np.bool_))
        keep_sites = useful_sites(now.turned(), cost[sites])
        demands[np.flatnonzero(demands)[~keep_demands]] = False
        sites[np.flatnonzero(sites)[~keep_sites]] = False
        if keep_sites.all():
            return demands, sites
