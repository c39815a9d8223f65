"""The networks with everything drawn together that can only lose supply together.

Faults take whole segments out, and a failed plant its own node. So nodes that hang together without a device or such a
node between them are one vertex here, and a trace over a million lines becomes one over their switches and valves.
The answer is exactly that of `supply.trace_supply` on the full networks; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from priority.network.arrays import NetworkArrays, adjacency
from priority.network.kernels import BoolArray, IntArray, union_components
from priority.network.segments import Isolation


@dataclass(frozen=True, eq=False)
class CondensedNetwork:
    """`v` vertices and the edges between them.

    `of_node` (n) is each node's vertex, -1 out of service; `edge_of_line` (m) each line's edge, -1 for lines that lie
    inside a vertex or carry nothing. `indptr`, `neighbour`, `edge` list the edges at each vertex in compressed rows.
    `is_source`, `is_open` (v): holds a source; is a device that is open in the normal state. `joins` (edges): both ends
    are devices or plants' nodes, so that the line may go out while both ends stay.
    """

    of_node: IntArray
    edge_of_line: IntArray
    indptr: IntArray
    neighbour: IntArray
    edge: IntArray
    is_source: BoolArray
    is_open: BoolArray
    joins: BoolArray

    @classmethod
    def of(cls, arrays: NetworkArrays, kept: NDArray[np.intp]) -> CondensedNetwork:
        """Draw together what may be; every device, and every node in `kept`, stays a vertex by itself."""
        apart = arrays.is_device.copy()
        apart[kept] = True
        carrying = np.flatnonzero(arrays.carries_line)
        left, right = arrays.line_from[carrying], arrays.line_to[carrying]
        inside = ~apart[left] & ~apart[right]
        root = union_components(arrays.node_ids.size, left[inside], right[inside])
        of_node = np.full(arrays.node_ids.size, -1, np.int32)
        roots, of_node[arrays.carries_node] = np.unique(root[arrays.carries_node], return_inverse=True)
        crossing = carrying[~inside]
        edge_of_line = np.full(arrays.line_ids.size, -1, np.int32)
        edge_of_line[crossing] = np.arange(crossing.size, dtype=np.int32)
        ends = of_node[arrays.line_from[crossing]], of_node[arrays.line_to[crossing]]
        indptr, neighbour, edge = adjacency(roots.size, *ends)
        is_source = np.zeros(roots.size, np.bool_)
        is_source[of_node[arrays.is_source & arrays.carries_node]] = True
        is_open = np.zeros(roots.size, np.bool_)
        is_open[of_node[arrays.is_device & arrays.normally_open & arrays.carries_node]] = True
        joins = apart[arrays.line_from[crossing]] & apart[arrays.line_to[crossing]]
        return cls(of_node, edge_of_line, indptr, neighbour, edge, is_source, is_open, joins)

    @property
    def size(self) -> int:
        """The number of vertices."""
        return self.indptr.size - 1

    def vertices(self, nodes: NDArray[np.intp]) -> IntArray:
        """Return the vertices of these nodes, each once, those out of service left out."""
        found = np.unique(self.of_node[nodes])
        return found[found >= 0]

    def taken_by(self, isolation: Isolation) -> tuple[IntArray, IntArray, IntArray]:
        """Return what an isolation takes out: vertices and edges, and the vertices of devices that it holds open."""
        vertices = self.vertices(np.concatenate([isolation.nodes, isolation.damaged]))
        edges = self.edge_of_line[isolation.lines]
        edges = edges[edges >= 0]
        held_open = self.vertices(np.concatenate([isolation.to_open, isolation.already_open]))
        return vertices, edges[self.joins[edges]], held_open

    def sum_of(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the sum over each vertex (v) of values of nodes (n)."""
        sums = np.zeros(self.size)
        known = self.of_node >= 0
        np.add.at(sums, self.of_node[known], values[known])
        return sums
