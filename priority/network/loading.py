"""How much each line carries, and whether it can carry more: an estimate for networks that are run radially.

Every supplied node is fed along the shortest way from its source; a line carries the demand of all nodes behind it.
In a network that is run as a tree this is exact (losses left out); where loops are closed the real flows share out
otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from priority.network.arrays import NetworkArrays
from priority.network.kernels import BoolArray, IntArray, compiled
from priority.network.supply import Supply, SwitchState

_FLOATS = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Loading:
    """What each line carries: `load` (m), in the unit of the demand.

    `feeder` (n) is the line over which each node is fed, -1 for sources and for what has no supply.
    """

    feeder: IntArray
    load: _FLOATS

    @classmethod
    def of(cls, arrays: NetworkArrays, state: SwitchState, supply: Supply, demand: _FLOATS) -> Loading:
        """Share the demand (n) out over the shortest ways from the sources."""
        passes = ~state.node_out & ~state.is_open
        feeder = _feeders(arrays.indptr, arrays.neighbour, arrays.edge, supply.depth, passes, ~state.line_out)
        order = np.argsort(-supply.depth, kind="stable").astype(np.int32)
        load = _loads(order, supply.depth, feeder, arrays.line_from, arrays.line_to, demand)
        return cls(feeder, load)

    def headroom(self, arrays: NetworkArrays, capacity: _FLOATS, node: int) -> tuple[float, int]:
        """Return what could be drawn more at a supplied node, and the line that bounds it (-1: no capacity is known).

        `capacity` (m) is NaN where it is unknown; infinity is returned where no line on the way has a known one.
        """
        spare, bound = np.inf, -1
        while self.feeder[node] >= 0:
            line = int(self.feeder[node])
            left = capacity[line] - self.load[line]
            if left < spare:  # false for an unknown capacity
                spare, bound = float(left), line
            node = int(arrays.line_from[line] if arrays.line_to[line] == node else arrays.line_to[line])
        return spare, bound


@compiled
def _feeders(
    indptr: IntArray, neighbour: IntArray, edge: IntArray, depth: IntArray, passes: BoolArray, whole: BoolArray
) -> IntArray:
    feeder = np.full(depth.size, -1, np.int32)
    for node in range(depth.size):
        if depth[node] <= 0:
            continue
        for position in range(indptr[node], indptr[node + 1]):
            other = neighbour[position]
            if depth[other] == depth[node] - 1 and passes[other] and whole[edge[position]]:
                feeder[node] = edge[position]
                break
    return feeder


@compiled
def _loads(
    order: IntArray, depth: IntArray, feeder: IntArray, line_from: IntArray, line_to: IntArray, demand: _FLOATS
) -> _FLOATS:
    behind = demand.copy()
    load = np.zeros(line_from.size)
    for node in order:
        line = feeder[node]
        if depth[node] < 0 or line < 0:
            continue
        load[line] = behind[node]
        above = line_from[line] if line_to[line] == node else line_to[line]
        behind[above] += behind[node]
    return load
