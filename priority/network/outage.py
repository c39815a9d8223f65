"""Outages seen from afar: which nodes a fault takes supply from, answered on segments instead of nodes.

A network has far fewer segments and devices than nodes, and a fault takes out whole segments. So the walk from the
sources goes over the segment graph, which fits into the processor's cache, and only what was lost is looked up by node.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from priority.network.arrays import NetworkArrays
from priority.network.kernels import BoolArray, IntArray, compiled
from priority.network.segment_graph import SegmentGraph
from priority.network.segments import Segments

_NUMBERS = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class OutageIndex:
    """Answers for one position of the devices. `supplied` (vertices of the graph) holds before any fault.

    `member_indptr`, `member` list the nodes of every segment in compressed rows, ascending. `vertex_of` (n) is the
    graph's vertex of each device, -1 for other nodes.
    """

    segments: Segments
    graph: SegmentGraph
    supplied: BoolArray
    member_indptr: IntArray
    member: IntArray
    vertex_of: IntArray

    @classmethod
    def build(cls, arrays: NetworkArrays, segments: Segments, is_open: BoolArray) -> OutageIndex:
        """Prepare for devices that are open as told (n). Costs some traces; keep it while no device moves."""
        graph = SegmentGraph.build(arrays, segments, is_open)
        vertex_of = np.full(arrays.node_ids.size, -1, np.int32)
        vertex_of[graph.devices] = np.arange(graph.devices.size, dtype=np.int32) + segments.count
        inside = np.flatnonzero(segments.of_node >= 0)
        member = inside[np.argsort(segments.of_node[inside], kind="stable")].astype(np.int32)
        member_indptr = np.zeros(segments.count + 1, np.int32)
        np.cumsum(np.bincount(segments.of_node[inside], minlength=segments.count), out=member_indptr[1:])
        supplied = _reached(graph.indptr, graph.neighbour, graph.root, np.zeros(graph.root + 1, np.bool_))
        return cls(segments, graph, supplied, member_indptr, member, vertex_of)

    def newly_unsupplied(self, nodes: IntArray, lines: IntArray) -> _NUMBERS:
        """Return the nodes that lose supply to a fault on these nodes and lines together, ascending; no devices.

        The closed devices around the faulted segments are open afterwards. Elements out of service change nothing.
        """
        graph = self.graph
        out = np.zeros(graph.root + 1, np.bool_)
        for vertex in self._struck(nodes, lines):
            out[vertex] = True
            beside = graph.neighbour[graph.indptr[vertex] : graph.indptr[vertex + 1]]
            out[beside[beside != graph.root]] = True
        # A struck device takes the segments on its sides, and these take the devices around them.
        reached = _reached(graph.indptr, graph.neighbour, graph.root, out)
        lost = np.flatnonzero(self.supplied[: graph.segment_count] & ~reached[: graph.segment_count])
        start, size = self.member_indptr[lost], np.diff(self.member_indptr)[lost]
        offset = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
        return np.sort(self.member[np.repeat(start, size) + offset]).astype(np.intp)

    def _struck(self, nodes: IntArray, lines: IntArray) -> _NUMBERS:
        """Return the faulted segments, and the devices that the fault struck (they need no opening)."""
        graph, segments = self.graph, self.segments
        devices = self.vertex_of[nodes]
        devices = devices[devices >= 0]
        numbers = devices - graph.segment_count
        sides = [graph.side[graph.side_indptr[device] : graph.side_indptr[device + 1]] for device in numbers]
        touched = np.concatenate([segments.of_node[nodes], segments.of_line[lines], *sides])
        return np.concatenate([np.unique(touched[touched >= 0]), devices]).astype(np.intp)


@compiled
def _reached(indptr: IntArray, neighbour: IntArray, root: int, out: BoolArray) -> BoolArray:
    """Return what a walk from the root reaches without the vertices that are out."""
    reached = np.zeros(indptr.size - 1, np.bool_)
    queue = np.empty(indptr.size - 1, np.int32)
    reached[root] = True
    queue[0] = root
    head, tail = 0, 1
    while head < tail:
        vertex = queue[head]
        head += 1
        for position in range(indptr[vertex], indptr[vertex + 1]):
            other = neighbour[position]
            if not reached[other] and not out[other]:
                reached[other] = True
                queue[tail] = other
                tail += 1
    return reached
