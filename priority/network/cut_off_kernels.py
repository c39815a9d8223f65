"""The compiled loops behind `priority.network.cut_off`. All vertices are preorder numbers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from priority.network.kernels import IntArray, compiled

_FLOATS = NDArray[np.float64]


class TreeRows(NamedTuple):
    """The tree, the graph and the sums as plain arrays; see `CutOff`."""

    last: IntArray
    parent: IntArray
    low: IntArray
    indptr: IntArray
    neighbour: IntArray
    below: _FLOATS
    child_indptr: IntArray
    child: IntArray
    child_by_low: IntArray
    child_sum: _FLOATS


class FailedSet(NamedTuple):
    """One set of failed vertices, ascending, and how they lie in the tree (by place in the set).

    `above` is the place of the nearest failed ancestor (-1), `top` the uppermost of the failed vertices joined to this
    one by tree edges, `outermost` the uppermost failed ancestor or the vertex itself.
    """

    failed: IntArray
    above: IntArray
    top: IntArray
    outermost: IntArray


class Scratch(NamedTuple):
    """Memory for all sets: `mark` the set in which a vertex failed, `stamp` the walk that last came over it."""

    mark: IntArray
    stamp: NDArray[np.int64]
    queue: IntArray


@compiled
def losses(rows: TreeRows, set_indptr: IntArray, numbers: IntArray) -> _FLOATS:
    """Return the weight (q x w) lost with each set of vertices; numbers below 0 are out of reach and add nothing."""
    result = np.zeros((set_indptr.size - 1, rows.below.shape[1]))
    size = rows.last.size
    scratch = Scratch(np.full(size, -1, np.int32), np.full(size, -1, np.int64), np.empty(size, np.int32))
    walk = 0
    for query in range(set_indptr.size - 1):
        if set_indptr[query + 1] - set_indptr[query] == 1:
            _lose_one(rows, numbers[set_indptr[query]], result[query])
            continue
        failed = np.unique(numbers[set_indptr[query] : set_indptr[query + 1]])
        failed = failed[failed >= 0]
        scratch.mark[failed] = query
        walk = _settle(rows, _clusters(rows, failed), scratch, query, walk, result[query])
    return result


@compiled
def _lose_one(rows: TreeRows, r: int, total: _FLOATS) -> None:
    """Add to `total` what one vertex takes away: most sets are of one, and need none of the bookkeeping below."""
    if r < 0:
        return
    start = rows.child_indptr[r]
    end = _first_below(rows.child_by_low, rows.low, start, rows.child_indptr[r + 1], r)
    total += rows.below[r + 1] - rows.below[r]
    total += rows.child_sum[end] - rows.child_sum[start]


@compiled
def _settle(rows: TreeRows, group: FailedSet, scratch: Scratch, query: int, walk: int, total: _FLOATS) -> int:
    """Add to `total` what one set takes away; return the number of the last walk made."""
    first_walk = walk
    counted = np.zeros(group.failed.size, np.bool_)  # inside a subtree that was counted as lost whole
    for place in range(group.failed.size):
        r, top = group.failed[place], group.top[place]
        above = group.above[place]
        if above >= 0:
            branch = _branch(rows.child_indptr, rows.child, group.failed[above], r)
            hangs_loose = scratch.mark[branch] != query and rows.low[branch] >= group.top[above]
            counted[place] = counted[above] or hangs_loose
        if counted[place]:
            continue
        total += rows.below[r + 1] - rows.below[r]
        start, stop = rows.child_indptr[r], rows.child_indptr[r + 1]
        end = _first_below(rows.child_by_low, rows.low, start, stop, top)
        total += rows.child_sum[end] - rows.child_sum[start]
        walk = _settle_inside(rows, group, scratch, place, query, walk, first_walk, total)
        if group.outermost[place] != top:
            for position in range(end, _first_below(rows.child_by_low, rows.low, end, stop, group.outermost[place])):
                branch = rows.child_by_low[position]
                if scratch.mark[branch] != query:
                    walk += 1
                    _walk(rows, group, scratch, branch, query, walk, first_walk, total)
    return walk


@compiled
def _settle_inside(
    rows: TreeRows,
    group: FailedSet,
    scratch: Scratch,
    place: int,
    query: int,
    walk: int,
    first_walk: int,
    total: _FLOATS,
) -> int:
    """Settle the branches of one failed vertex that hold further failed ones; return the last walk's number."""
    r, top = group.failed[place], group.top[place]
    for other in range(place + 1, group.failed.size):
        v = group.failed[other]
        if v > rows.last[r]:
            break
        if rows.parent[v] == r and rows.low[v] >= top:
            total -= rows.below[rows.last[v] + 1] - rows.below[v]  # it is settled by itself, not as a lost branch
        branch = _branch(rows.child_indptr, rows.child, r, v)
        if scratch.mark[branch] != query and rows.low[branch] < top:
            walk += 1
            _walk(rows, group, scratch, branch, query, walk, first_walk, total)
    return walk


@compiled
def _clusters(rows: TreeRows, failed: IntArray) -> FailedSet:
    """Find how the vertices of a set lie in the tree."""
    above = np.full(failed.size, -1, np.int32)
    top = failed.copy()
    outermost = failed.copy()
    stack = np.empty(failed.size, np.int32)
    depth = 0
    for place in range(failed.size):
        while depth > 0 and rows.last[failed[stack[depth - 1]]] < failed[place]:
            depth -= 1
        if depth > 0:
            above[place] = stack[depth - 1]
            outermost[place] = failed[stack[0]]
            if rows.parent[failed[place]] == failed[above[place]]:
                top[place] = top[above[place]]
        stack[depth] = place
        depth += 1
    return FailedSet(failed, above, top, outermost)


@compiled
def _branch(child_indptr: IntArray, child: IntArray, ancestor: int, vertex: int) -> int:
    """Return the child of `ancestor` whose subtree holds `vertex`: the last one that is not numbered higher."""
    lower, upper = child_indptr[ancestor], child_indptr[ancestor + 1]
    while upper - lower > 1:
        middle = (lower + upper) // 2
        if child[middle] <= vertex:
            lower = middle
        else:
            upper = middle
    return int(child[lower])


@compiled
def _first_below(child_by_low: IntArray, low: IntArray, start: int, end: int, bound: int) -> int:
    """Return the first place in [start, end) whose child has a low point below `bound` (low points descend)."""
    while start < end:
        middle = (start + end) // 2
        if low[child_by_low[middle]] >= bound:
            start = middle + 1
        else:
            end = middle
    return start


@compiled
def _walk(
    rows: TreeRows,
    group: FailedSet,
    scratch: Scratch,
    begin: int,
    query: int,
    walk: int,
    first_walk: int,
    total: _FLOATS,
) -> None:
    """Walk from `begin` between the failed vertices; count what was walked over as lost if nothing sound is met.

    A part that was walked over before in the same set (stamps above `first_walk`) has been decided and counted.
    """
    # Taken out of their tuples once: inside the loop that would cost more than the loop.
    last, indptr, neighbour = rows.last, rows.indptr, rows.neighbour
    failed, outermost = group.failed, group.outermost
    mark, stamp, queue = scratch.mark, scratch.stamp, scratch.queue
    if stamp[begin] > first_walk:
        return
    stamp[begin] = walk
    queue[0] = begin
    head, tail = 0, 1
    while head < tail:
        vertex = queue[head]
        head += 1
        for position in range(indptr[vertex], indptr[vertex + 1]):
            other = neighbour[position]
            if mark[other] == query or stamp[other] == walk:
                continue
            if stamp[other] > first_walk or _is_sound(last, failed, outermost, other):
                return
            stamp[other] = walk
            queue[tail] = other
            tail += 1
    for place in range(tail):
        vertex = queue[place]
        total += rows.below[vertex + 1] - rows.below[vertex]


@compiled
def _is_sound(last: IntArray, failed: IntArray, outermost: IntArray, vertex: int) -> bool:
    """Tell whether a vertex lies under no failed one: its way to the root in the tree is whole.

    So is what an earlier walk of the set came over and a later one meets: a walk that met nothing sound has left no way
    out of what it came over.
    """
    place = np.searchsorted(failed, vertex) - 1
    return bool(place < 0 or vertex > last[outermost[place]])
