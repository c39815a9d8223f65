"""Backfeed: open devices whose closing would bring part of an outage back, and what each brings."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from priority.network.arrays import NetworkArrays
from priority.network.kernels import BoolArray, breadth_first
from priority.network.segments import Isolation
from priority.network.supply import Supply, SwitchState

_NUMBERS = NDArray[np.intp]


def backfeed_devices(
    arrays: NetworkArrays, before: Supply, state: SwitchState, supply: Supply, isolation: Isolation
) -> _NUMBERS:
    """Return the numbers of the devices that could feed back, ascending.

    `state` and `supply` are after the isolation, `before` is the supply before the fault. A device counts if it is open
    and whole, does not stand on the rim of what is isolated, has supply on one side, and on another side a node that
    the outage took and that is not itself lost.
    """
    rim = np.zeros(arrays.node_ids.size, np.bool_)
    rim[isolation.to_open] = True
    rim[isolation.already_open] = True
    candidate = state.is_open & arrays.is_device & arrays.carries_node & ~state.node_out & ~rim
    whole = ~state.line_out
    feeding = supply.supplied & ~state.is_open & ~state.node_out
    waiting = before.supplied & ~supply.supplied & ~state.node_out & ~state.is_open
    candidate &= _touched(arrays, whole, feeding) & _touched(arrays, whole, waiting)
    certain = candidate & _touched(arrays, whole, waiting & ~arrays.is_device)
    # Where only devices wait beside it, nothing but further devices may hang on them: that is worth a walk.
    for device in np.flatnonzero(candidate & ~certain):
        certain[device] = restored_by(arrays, state, supply, int(device)).size > 0
    return np.flatnonzero(certain)


def _touched(arrays: NetworkArrays, whole: BoolArray, marked: BoolArray) -> BoolArray:
    """Return the nodes (n) with a whole line to a marked node."""
    touched = np.zeros(marked.size, np.bool_)
    touched[arrays.line_from[whole & marked[arrays.line_to]]] = True
    touched[arrays.line_to[whole & marked[arrays.line_from]]] = True
    return touched


def restored_by(arrays: NetworkArrays, state: SwitchState, supply: Supply, device: int) -> _NUMBERS:
    """Return the nodes that closing an open device would supply again, ascending; devices left out.

    The walk goes on from the device through what is without supply, over closed devices and whole lines.
    """
    enters = ~state.node_out & ~supply.supplied
    enters[device] = True
    passes = ~state.node_out & ~state.is_open
    passes[device] = True
    start = np.array([device], dtype=np.int32)
    depth = breadth_first(arrays.indptr, arrays.neighbour, arrays.edge, start, passes, enters, ~state.line_out)
    return np.flatnonzero((depth > 0) & ~arrays.is_device)
