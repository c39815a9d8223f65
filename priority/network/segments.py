"""Segments: what isolates together, and which devices isolate it.

A device (switch, valve) splits the network at its node, open or closed. Two lines at one device therefore lie in
different segments unless another way joins them. A line between two devices is a segment by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from priority.network.arrays import NetworkArrays
from priority.network.kernels import BoolArray, IntArray, union_components

_NUMBERS = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Isolation:
    """What it takes to cut a fault off: numbers of devices, nodes and lines, each ascending.

    `stuck` are closed devices that should have been opened but cannot be operated: the isolation has grown over them.
    `to_open` are closed devices on the rim, `already_open` those there that are open, `damaged` those that the fault
    itself struck (they cannot be operated). `nodes` and `lines` are lost until the repair.
    """

    to_open: _NUMBERS
    already_open: _NUMBERS
    damaged: _NUMBERS
    nodes: _NUMBERS
    lines: _NUMBERS
    stuck: _NUMBERS


@dataclass(frozen=True, eq=False)
class Segments:
    """The segment of every node (n) and line (m); -1 for devices and for what is out of service."""

    arrays: NetworkArrays
    count: int
    of_node: IntArray
    of_line: IntArray

    @classmethod
    def of(cls, arrays: NetworkArrays) -> Segments:
        """Join lines and the nodes at their ends wherever the node is no device (union-find over n + m items)."""
        n, m = arrays.node_ids.size, arrays.line_ids.size
        lines = np.flatnonzero(arrays.carries_line).astype(np.int32)
        left, right = [], []
        for end in (arrays.line_from, arrays.line_to):
            joins = ~arrays.is_device[end[lines]]
            left.append(end[lines][joins])
            right.append(lines[joins] + np.int32(n))
        root = union_components(n + m, np.concatenate(left), np.concatenate(right))
        belongs = np.concatenate([arrays.carries_node & ~arrays.is_device, arrays.carries_line])
        numbers = np.full(n + m, -1, np.int32)
        roots, numbers[belongs] = np.unique(root[belongs], return_inverse=True)
        return cls(arrays, roots.size, numbers[:n], numbers[n:])

    def isolate(
        self, nodes: IntArray, lines: IntArray, is_open: BoolArray, inoperable: BoolArray | None = None
    ) -> Isolation:
        """Return what isolates a fault on these nodes and lines together, given which devices are open (n).

        A fault on a device takes out the segments on all its sides. Elements out of service add nothing. Where a closed
        device on the rim is `inoperable` (n), the isolation grows over it to the next devices.
        """
        arrays = self.arrays
        struck = nodes[arrays.is_device[nodes] & arrays.carries_node[nodes]]
        beside = [arrays.lines_at(int(device)) for device in struck]
        touched = np.concatenate([self.of_node[nodes], self.of_line[lines], *(self.of_line[near] for near in beside)])
        faulted = np.zeros(self.count + 1, np.bool_)  # the last place stands for "in no segment" and stays false
        faulted[touched[touched >= 0]] = True
        stuck = np.empty(0, np.intp)
        while True:
            lost_lines = np.flatnonzero((self.of_line >= 0) & faulted[self.of_line])
            rim = self._rim(lost_lines, struck)
            if inoperable is None:
                break
            stuck = rim[inoperable[rim] & ~is_open[rim]].astype(np.intp)
            beyond = np.concatenate([np.empty(0, np.int32), *(self.of_line[arrays.lines_at(int(d))] for d in stuck)])
            beyond = beyond[beyond >= 0]
            if faulted[beyond].all():
                break
            faulted[beyond] = True
        lost_nodes = np.flatnonzero((self.of_node >= 0) & faulted[self.of_node])
        rim = rim[~np.isin(rim, stuck)]
        return Isolation(
            to_open=rim[~is_open[rim]].astype(np.intp),
            already_open=rim[is_open[rim]].astype(np.intp),
            damaged=np.unique(struck).astype(np.intp),
            nodes=lost_nodes,
            lines=lost_lines,
            stuck=stuck,
        )

    def _rim(self, lost_lines: _NUMBERS, struck: IntArray) -> _NUMBERS:
        """Return the devices at the ends of these lines, those struck left out."""
        arrays = self.arrays
        ends = np.unique(np.concatenate([arrays.line_from[lost_lines], arrays.line_to[lost_lines]]))
        rim = ends[arrays.is_device[ends]]
        return np.asarray(rim[~np.isin(rim, struck)], dtype=np.intp)
