"""Compressed rows: row i is `column[start[i]:start[i + 1]]`. Turned and thinned in time proportional to the entries."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from priority.network.kernels import BoolArray, compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@compiled
def transposed(start: Ints, column: Ints, columns: int) -> tuple[Ints, Ints, Ints]:
    """Return the start of each column's entries, the row of each of them, and its place among the entries by row."""
    turned_start = np.zeros(columns + 1, np.int64)
    for at in range(column.size):
        turned_start[column[at] + 1] += 1
    for at in range(columns):
        turned_start[at + 1] += turned_start[at]
    free = turned_start[:-1].copy()
    turned_row = np.empty(column.size, np.int64)
    place = np.empty(column.size, np.int64)
    for row in range(start.size - 1):
        for at in range(start[row], start[row + 1]):
            to = free[column[at]]
            turned_row[to] = row
            place[to] = at
            free[column[at]] = to + 1
    return turned_start, turned_row, place


@compiled
def thinned(start: Ints, column: Ints, rows: BoolArray, columns: BoolArray) -> tuple[Ints, Ints]:
    """Return the entries of some rows and columns, both numbered anew."""
    number = np.cumsum(columns) - 1
    thin_start = np.zeros(rows.sum() + 1, np.int64)
    to = 0
    for row in range(rows.size):
        if rows[row]:
            count = 0
            for at in range(start[row], start[row + 1]):
                count += columns[column[at]]
            thin_start[to + 1] = thin_start[to] + count
            to += 1
    thin_column = np.empty(thin_start[-1], np.int64)
    to = 0
    for row in range(rows.size):
        if rows[row]:
            for at in range(start[row], start[row + 1]):
                if columns[column[at]]:
                    thin_column[to] = number[column[at]]
                    to += 1
    return thin_start, thin_column


@compiled
def near(start: Ints, site: Ints, value: Floats, limit: Floats, stays: BoolArray) -> tuple[Ints, Ints, Ints]:
    """Return the candidates within each row's limit, as rows (start, site), and how many sites that stay are within."""
    rows = start.size - 1
    near_start = np.zeros(rows + 1, np.int64)
    stay = np.zeros(rows, np.int64)
    for row in range(rows):
        count = 0
        for at in range(start[row], start[row + 1]):
            if value[at] <= limit[row]:
                if stays[site[at]]:
                    stay[row] += 1
                else:
                    count += 1
        near_start[row + 1] = near_start[row] + count
    near_site = np.empty(near_start[-1], np.int64)
    to = 0
    for row in range(rows):
        for at in range(start[row], start[row + 1]):
            if value[at] <= limit[row] and not stays[site[at]]:
                near_site[to] = site[at]
                to += 1
    return near_start, near_site, stay
