"""A depth-first tree from the sources, with what every single failure needs.

In the tree of a depth-first walk over an undirected graph every other edge leads from a vertex to one of its ancestors
(Tarjan 1972). So whether a subtree hangs on its parent alone is told by the highest ancestor that an edge out of it
reaches: its low point.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from priority.network.kernels import IntArray, compiled


@dataclass(frozen=True, eq=False)
class DepthFirstTree:
    """Vertices reached from the root are numbered in preorder; `order[i]` is the vertex with number i.

    All other arrays are by preorder number (t reached). `last[i]` is the last number in the subtree of i, `parent[i]`
    its parent, `low[i]` the smallest number that an edge out of the subtree of i reaches, i's own edge to its parent
    left out. `number_of` (vertices) is the preorder number, -1 for what the root does not reach.
    """

    order: IntArray
    number_of: IntArray
    last: IntArray
    parent: IntArray
    low: IntArray

    @classmethod
    def grow(cls, indptr: IntArray, neighbour: IntArray, root: int) -> DepthFirstTree:
        """Walk the graph from `root`; the walk keeps its own stack, so a long chain overflows nothing."""
        order, number_of, parent = _walk(indptr, neighbour, root)
        last, low = _bounds(indptr, neighbour, order, number_of, parent)
        return cls(order, number_of, last, parent, low)


@compiled
def _walk(indptr: IntArray, neighbour: IntArray, root: int) -> tuple[IntArray, IntArray, IntArray]:
    size = indptr.size - 1
    number_of = np.full(size, -1, np.int32)
    order = np.empty(size, np.int32)
    parent = np.empty(size, np.int32)
    next_edge = indptr[:-1].copy()
    stack = np.empty(size, np.int32)
    stack[0] = root
    depth = 1
    number_of[root] = 0
    order[0] = root
    parent[0] = -1
    count = 1
    while depth > 0:
        vertex = stack[depth - 1]
        if next_edge[vertex] == indptr[vertex + 1]:
            depth -= 1
            continue
        other = neighbour[next_edge[vertex]]
        next_edge[vertex] += 1
        if number_of[other] < 0:
            number_of[other] = count
            order[count] = other
            parent[count] = number_of[vertex]
            count += 1
            stack[depth] = other
            depth += 1
    return order[:count].copy(), number_of, parent[:count].copy()


@compiled
def _bounds(
    indptr: IntArray, neighbour: IntArray, order: IntArray, number_of: IntArray, parent: IntArray
) -> tuple[IntArray, IntArray]:
    size = order.size
    last = np.arange(size).astype(np.int32)
    low = np.empty(size, np.int32)
    for number in range(size):
        vertex = order[number]
        lowest = number
        for position in range(indptr[vertex], indptr[vertex + 1]):
            other = number_of[neighbour[position]]
            if other != parent[number] and other < lowest:
                lowest = other
        low[number] = lowest
    for number in range(size - 1, 0, -1):
        above = parent[number]
        last[above] = max(last[above], last[number])
        low[above] = min(low[above], low[number])
    return last, low
