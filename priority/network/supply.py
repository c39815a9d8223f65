"""Supply: which nodes a source reaches, and what a change of state took away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from priority.network.arrays import NetworkArrays
from priority.network.kernels import BoolArray, IntArray, breadth_first


@dataclass(eq=False)
class SwitchState:
    """The state of the networks at a moment: open devices (n), nodes out (n), lines out (m).

    `out` is what a fault has taken, a station that has failed, or what is out of service. Normal position, present
    position and service are three facts; this holds the last two.
    """

    is_open: BoolArray
    node_out: BoolArray
    line_out: BoolArray

    @classmethod
    def normal(cls, arrays: NetworkArrays) -> SwitchState:
        """Every device in its normal position, everything in service that the data says is."""
        return cls(arrays.is_device & arrays.normally_open, ~arrays.carries_node, ~arrays.carries_line)

    def copy(self) -> SwitchState:
        """Return an independent copy."""
        return SwitchState(self.is_open.copy(), self.node_out.copy(), self.line_out.copy())


@dataclass(frozen=True, eq=False)
class Supply:
    """`depth` (n): lines between a node and its nearest source, -1 without supply. `live` (m): lines that carry."""

    depth: IntArray
    live: BoolArray

    @property
    def supplied(self) -> BoolArray:
        """True for every node that a source reaches (an open device is reached, but not passed)."""
        return self.depth >= 0


def trace_supply(arrays: NetworkArrays, state: SwitchState) -> Supply:
    """Walk from every source over what is in and closed. No sources: nothing is supplied."""
    enters = ~state.node_out
    passes = enters & ~state.is_open
    line_passes = ~state.line_out
    sources = np.flatnonzero(arrays.is_source).astype(np.int32)
    depth = breadth_first(arrays.indptr, arrays.neighbour, arrays.edge, sources, passes, enters, line_passes)
    feeds = (depth >= 0) & passes
    return Supply(depth, line_passes & (feeds[arrays.line_from] | feeds[arrays.line_to]))
