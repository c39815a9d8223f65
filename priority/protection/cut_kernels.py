"""The compiled walk behind `cuts`: what one failure leaves, and what closing one tie would bring back of the rest."""

from __future__ import annotations

import numpy as np

from priority.network.kernels import BoolArray, IntArray, compiled


@compiled
def walk(indptr: IntArray, neighbour: IntArray, start: IntArray, closed_off: BoolArray, reached: BoolArray) -> None:
    """Mark in `reached` (v) what hangs together with the vertices of `start`, over none that is closed off."""
    queue = np.empty(reached.size, np.int32)
    tail = 0
    for vertex in start:
        if not (closed_off[vertex] or reached[vertex]):
            reached[vertex] = True
            queue[tail] = vertex
            tail += 1
    head = 0
    while head < tail:
        vertex = queue[head]
        head += 1
        for position in range(indptr[vertex], indptr[vertex + 1]):
            other = neighbour[position]
            if not (closed_off[other] or reached[other]):
                reached[other] = True
                queue[tail] = other
                tail += 1


@compiled
def tied(
    indptr: IntArray,
    neighbour: IntArray,
    side_indptr: IntArray,
    side: IntArray,
    ties: IntArray,
    out: BoolArray,
    reached: BoolArray,
) -> BoolArray:
    """Return the vertices (v) that closing one of the `ties` (open devices, by place) would supply again.

    A tie with a side in what is `out` isolates it and stays open. What several ties bring back is joined: each of them
    by itself brings its part.
    """
    again = np.zeros(reached.size, np.bool_)
    closed_off = out | reached
    for tie in ties:
        feeding, isolating = False, False
        for position in range(side_indptr[tie], side_indptr[tie + 1]):
            feeding = feeding or reached[side[position]]
            isolating = isolating or out[side[position]]
        if feeding and not isolating:
            walk(indptr, neighbour, side[side_indptr[tie] : side_indptr[tie + 1]], closed_off, again)
    return again
