"""Compiled shortest ways over a road network."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from priority.network.kernels import BoolArray, IntArray, compiled

#: The time to a vertex that no open road reaches.
UNREACHED = np.iinfo(np.int64).max


@compiled
def _push(time: IntArray, vertex: IntArray, size: int, new_time: int, new_vertex: int) -> None:
    """Add a pair to the binary heap of `size` pairs; pairs compare by time, then by vertex."""
    position = size
    while position > 0:
        parent = (position - 1) >> 1
        if time[parent] < new_time or (time[parent] == new_time and vertex[parent] <= new_vertex):
            break
        time[position] = time[parent]
        vertex[position] = vertex[parent]
        position = parent
    time[position] = new_time
    vertex[position] = new_vertex


@compiled
def _drop_first(time: IntArray, vertex: IntArray, size: int) -> None:
    """Take the first pair off the heap of `size` pairs."""
    last = size - 1
    moved_time = time[last]
    moved_vertex = vertex[last]
    position = 0
    while True:
        child = 2 * position + 1
        if child >= last:
            break
        right = child + 1
        if right < last:
            tied = time[right] == time[child]
            if time[right] < time[child] or (tied and vertex[right] < vertex[child]):
                child = right
        if moved_time < time[child] or (moved_time == time[child] and moved_vertex <= vertex[child]):
            break
        time[position] = time[child]
        vertex[position] = vertex[child]
        position = child
    time[position] = moved_time
    vertex[position] = moved_vertex


@compiled
def quickest(
    indptr: IntArray,
    neighbour: IntArray,
    edge: IntArray,
    edge_ms: IntArray,
    edge_open: BoolArray,
    begin: IntArray,
    begin_ms: IntArray,
    wanted: BoolArray,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each vertex's time in ms and the position in `edge` over which it is reached (Dijkstra).

    The search begins at the vertices `begin` with the times `begin_ms`; those are reached over -1. `indptr`,
    `neighbour`, `edge` are the adjacency in compressed rows. Only open edges are used. The search ends once all
    `wanted` vertices are reached; others may then be left at `UNREACHED`. Equal times are settled by vertex number, so
    the result does not depend on chance.
    """
    size = indptr.size - 1
    total_ms = np.full(size, UNREACHED, np.int64)
    over = np.full(size, -1, np.int64)
    settled = np.zeros(size, np.bool_)
    heap_ms = np.empty(neighbour.size + begin.size, np.int64)
    heap_vertex = np.empty(neighbour.size + begin.size, np.int64)
    waiting = wanted.sum()
    count = 0
    for number in range(begin.size):
        if begin_ms[number] < total_ms[begin[number]]:
            total_ms[begin[number]] = begin_ms[number]
            _push(heap_ms, heap_vertex, count, begin_ms[number], begin[number])
            count += 1
    while count > 0 and waiting > 0:
        here = heap_vertex[0]
        _drop_first(heap_ms, heap_vertex, count)
        count -= 1
        if settled[here]:
            continue
        settled[here] = True
        if wanted[here]:
            waiting -= 1
        for position in range(indptr[here], indptr[here + 1]):
            other = neighbour[position]
            if settled[other] or not edge_open[edge[position]]:
                continue
            reached_ms = total_ms[here] + edge_ms[edge[position]]
            if reached_ms < total_ms[other]:
                total_ms[other] = reached_ms
                over[other] = position
                _push(heap_ms, heap_vertex, count, reached_ms, other)
                count += 1
    return np.where(settled, total_ms, UNREACHED), over
