"""A synthetic distribution network of any size: feeders from substations along a street grid. Nothing in it is real.

A district is a square of streets with a substation in the middle: the trunk follows the middle street, laterals leave
it along every crossing street. Switches stand at the head and in the middle of each lateral and every few crossings on
the trunk. Tips of laterals meet those of the district above over ties, most normally open, one in eight closed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SIDE = 71
_MIDDLE = SIDE // 2
_MID_LATERAL = 18
_TRUNK_SWITCH_EVERY = 6
_TIE_EVERY = 6
_CLOSED_TIE_EVERY = 8


@dataclass(frozen=True, eq=False)
class StreetGrid:
    """Nodes and lines as the product's layers have them, with each node's place in degrees and its township."""

    nodes: pd.DataFrame
    lines: pd.DataFrame
    longitude: NDArray[np.float64]
    latitude: NDArray[np.float64]


def street_grid(lines_wanted: int) -> StreetGrid:
    """Return a network with about `lines_wanted` lines, and one device to 17 of them."""
    across = max(1, round((lines_wanted / SIDE**2 * 2.4) ** 0.5))
    down = max(1, round(lines_wanted / SIDE**2 / across))
    rows, columns = np.divmod(np.arange(down * SIDE * across * SIDE), across * SIDE)
    row, column = rows % SIDE - _MIDDLE, columns % SIDE - _MIDDLE
    tie = (row == -_MIDDLE) & (rows > 0) & (columns % _TIE_EVERY == 0)
    on_trunk = row == 0
    switch = np.where(on_trunk, (np.abs(column) % _TRUNK_SWITCH_EVERY) == 3, np.isin(np.abs(row), (1, _MID_LATERAL)))
    source = on_trunk & (column == 0)
    closed_tie = tie & (columns % (_TIE_EVERY * _CLOSED_TIE_EVERY) == 0)
    kind = np.where(source, "source", np.where(switch | tie, "switch", "consumer"))
    customers = np.where(kind == "consumer", 1 + (rows * 7 + columns * 13) % 9, 0)
    start, end = _lines(rows, columns, row, column, tie, across * SIDE)
    # Ids in an order of their own, so that nothing gains from neighbours lying side by side.
    names = _names("n", np.random.default_rng(1).permutation(rows.size))
    nodes = pd.DataFrame(
        {
            "id": names,
            "network": "electricity",
            "kind": kind,
            "normally_open": tie & ~closed_tie,
            "in_service": True,
            "customers": customers,
            "township": (rows // 100) * 20 + columns // 100,
        }
    )
    line_names = _names("l", np.random.default_rng(2).permutation(start.size))
    lines = pd.DataFrame(
        {"id": line_names, "from_node": names[start], "to_node": names[end], "kind": "feeder", "in_service": True}
    )
    return StreetGrid(nodes, lines, 112.0 + columns * 0.0005, 35.0 + rows * 0.0004)


def _names(prefix: str, numbers: NDArray[np.intp]) -> NDArray[np.object_]:
    return np.char.add(prefix, np.char.zfill(numbers.astype(str), 7)).astype(object)


def _lines(
    rows: NDArray[np.intp],
    columns: NDArray[np.intp],
    row: NDArray[np.intp],
    column: NDArray[np.intp],
    tie: NDArray[np.bool_],
    width: int,
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the ends of all lines: one from each node towards its substation, one more from each tie upwards."""
    number = np.arange(rows.size)
    towards = np.where(row != 0, number - np.sign(row) * width, number - np.sign(column))
    child = number[(row != 0) | (column != 0)]
    ties = number[tie]
    return np.concatenate([child, ties]), np.concatenate([towards[child], ties - width])
