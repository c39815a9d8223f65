"""What is cut off when some vertices fail together, for many sets of vertices in one pass.

Let r be a failed vertex with no failed ancestor in the depth-first tree. A child's subtree stays connected exactly if an
edge out of it reaches above r, that is, if its low point is smaller than r's number; and with it all of that subtree, if
nothing inside it failed. So most sets are answered by sums that were made once. Where failed vertices lie below one
another with sound ones between them, the parts between are walked until they prove to hang together with something
sound, or are exhausted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from priority.network.depth_first import DepthFirstTree
from priority.network.kernels import BoolArray, IntArray, compiled

_FLOATS = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class CutOff:
    """Answers for one graph and one set of weights (t x w, by preorder number).

    `below` are running sums of the weights in preorder. `child` lists the children of every vertex by number,
    `child_by_low` those with the highest low point first, `child_sum` the running sums of their subtrees' weights in
    that second order; `child_indptr` serves both.
    """

    tree: DepthFirstTree
    indptr: IntArray
    neighbour: IntArray
    below: _FLOATS
    child_indptr: IntArray
    child: IntArray
    child_by_low: IntArray
    child_sum: _FLOATS

    @classmethod
    def build(cls, tree: DepthFirstTree, indptr: IntArray, neighbour: IntArray, weight: _FLOATS) -> CutOff:
        """Prepare for a graph in compressed rows by vertex and weights (t x w) by preorder number."""
        below = np.vstack([np.zeros((1, weight.shape[1])), np.cumsum(weight, axis=0)])
        by_number, rows = _renumbered(tree.order, tree.number_of, indptr, neighbour)
        child = np.arange(1, tree.order.size, dtype=np.int32)
        child = child[np.argsort(tree.parent[child], kind="stable")]
        child_by_low = child[np.lexsort((-tree.low[child], tree.parent[child]))]
        child_indptr = np.zeros(tree.order.size + 1, np.int32)
        np.cumsum(np.bincount(tree.parent[child], minlength=tree.order.size), out=child_indptr[1:])
        subtree = below[tree.last[child_by_low] + 1] - below[child_by_low]
        child_sum = np.vstack([np.zeros((1, weight.shape[1])), np.cumsum(subtree, axis=0)])
        return cls(tree, by_number, rows, below, child_indptr, child, child_by_low, child_sum)

    def loss(self, set_indptr: IntArray, vertices: IntArray) -> _FLOATS:
        """Return the weight lost (q x w) with each set of vertices (compressed rows), their own weight included.

        Vertices that the root does not reach add nothing; an empty set loses nothing.
        """
        tree = self.tree
        return _loss(
            set_indptr,
            tree.number_of[vertices],
            tree.last,
            tree.parent,
            tree.low,
            self.indptr,
            self.neighbour,
            self.below,
            self.child_indptr,
            self.child,
            self.child_by_low,
            self.child_sum,
        )


def _renumbered(
    order: IntArray, number_of: IntArray, indptr: IntArray, neighbour: IntArray
) -> tuple[IntArray, IntArray]:
    """Return the rows of reached vertices in preorder, their neighbours as preorder numbers."""
    degree = np.diff(indptr)[order]
    by_number = np.zeros(order.size + 1, np.int32)
    np.cumsum(degree, out=by_number[1:])
    position = np.repeat(indptr[order] - by_number[:-1], degree) + np.arange(by_number[-1])
    return by_number, number_of[neighbour[position]].astype(np.int32)


@compiled
def _loss(  # noqa: PLR0913  a kernel takes plain arrays
    set_indptr: IntArray,
    numbers: IntArray,
    last: IntArray,
    parent: IntArray,
    low: IntArray,
    indptr: IntArray,
    neighbour: IntArray,
    below: _FLOATS,
    child_indptr: IntArray,
    child: IntArray,
    child_by_low: IntArray,
    child_sum: _FLOATS,
) -> _FLOATS:
    result = np.zeros((set_indptr.size - 1, below.shape[1]))
    mark = np.full(last.size, -1, np.int32)  # the query in which a vertex failed
    stamp = np.full(last.size, -1, np.int64)  # the walk that last came over a vertex
    walk = 0
    queue = np.empty(last.size, np.int32)
    for query in range(set_indptr.size - 1):
        failed = np.unique(numbers[set_indptr[query] : set_indptr[query + 1]])
        failed = failed[failed >= 0]
        mark[failed] = query
        above, top, outermost = _clusters(failed, last, parent)
        first_walk = walk
        counted = np.zeros(failed.size, np.bool_)  # inside a subtree that was counted as lost whole
        for place in range(failed.size):
            r = failed[place]
            if above[place] >= 0:
                over = failed[above[place]]
                branch = _branch(over, r, child_indptr, child)
                counted[place] = counted[above[place]] or (mark[branch] != query and low[branch] >= top[above[place]])
            if counted[place]:
                continue
            result[query] += below[r + 1] - below[r]
            start = child_indptr[r]
            end = _first_below(child_by_low, start, child_indptr[r + 1], low, top[place])
            result[query] += child_sum[end] - child_sum[start]
            for other in range(place + 1, failed.size):
                v = failed[other]
                if v > last[r]:
                    break
                if parent[v] == r and low[v] >= top[place]:
                    result[query] -= below[last[v] + 1] - below[v]
                branch = _branch(r, v, child_indptr, child)
                if mark[branch] != query and low[branch] < top[place]:
                    walk += 1
                    _walk(
                        query,
                        branch,
                        walk,
                        first_walk,
                        failed,
                        outermost,
                        last,
                        mark,
                        stamp,
                        queue,
                        indptr,
                        neighbour,
                        below,
                        result,
                    )
            if outermost[place] != top[place]:
                stop = _first_below(child_by_low, end, child_indptr[r + 1], low, outermost[place])
                for position in range(end, stop):
                    branch = child_by_low[position]
                    if mark[branch] != query:
                        walk += 1
                        _walk(
                            query,
                            branch,
                            walk,
                            first_walk,
                            failed,
                            outermost,
                            last,
                            mark,
                            stamp,
                            queue,
                            indptr,
                            neighbour,
                            below,
                            result,
                        )
    return result


@compiled
def _clusters(failed: IntArray, last: IntArray, parent: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Return for each failed vertex (ascending) the place of its nearest failed ancestor (-1), the top of its cluster
    (failed vertices joined by tree edges), and its outermost failed ancestor or itself."""
    above = np.full(failed.size, -1, np.int32)
    top = failed.copy()
    outermost = failed.copy()
    stack = np.empty(failed.size, np.int32)
    depth = 0
    for place in range(failed.size):
        while depth > 0 and last[failed[stack[depth - 1]]] < failed[place]:
            depth -= 1
        if depth > 0:
            above[place] = stack[depth - 1]
            outermost[place] = failed[stack[0]]
            if parent[failed[place]] == failed[above[place]]:
                top[place] = top[above[place]]
        stack[depth] = place
        depth += 1
    return above, top, outermost


@compiled
def _branch(ancestor: int, vertex: int, child_indptr: IntArray, child: IntArray) -> int:
    """Return the child of `ancestor` whose subtree holds `vertex`: the last one that is not numbered higher."""
    lower, upper = child_indptr[ancestor], child_indptr[ancestor + 1]
    while upper - lower > 1:
        middle = (lower + upper) // 2
        if child[middle] <= vertex:
            lower = middle
        else:
            upper = middle
    return child[lower]


@compiled
def _first_below(child_by_low: IntArray, start: int, end: int, low: IntArray, bound: int) -> int:
    """Return the first place in [start, end) whose child has a low point below `bound` (low points descend)."""
    while start < end:
        middle = (start + end) // 2
        if low[child_by_low[middle]] >= bound:
            start = middle + 1
        else:
            end = middle
    return start


@compiled
def _walk(  # noqa: PLR0913
    query: int,
    begin: int,
    walk: int,
    first_walk: int,
    failed: IntArray,
    outermost: IntArray,
    last: IntArray,
    mark: IntArray,
    stamp: NDArray[np.int64],
    queue: IntArray,
    indptr: IntArray,
    neighbour: IntArray,
    below: _FLOATS,
    result: _FLOATS,
) -> None:
    """Walk from `begin` between the failed vertices; count what was walked over as lost if nothing sound is met.

    Sound is what lies under no failed vertex: its way to the root in the tree is whole. So is what an earlier walk of
    this query (numbers above `first_walk`) came over and this one meets: a walk that met nothing sound has left no
    way out of what it came over.
    """
    if stamp[begin] > first_walk:
        return
    stamp[begin] = walk
    queue[0] = begin
    head, tail, sound = 0, 1, False
    while head < tail:
        vertex = queue[head]
        head += 1
        for position in range(indptr[vertex], indptr[vertex + 1]):
            other = neighbour[position]
            if mark[other] == query or stamp[other] == walk:
                continue
            if stamp[other] > first_walk:
                sound = True
                break
            place = np.searchsorted(failed, other) - 1
            if place < 0 or other > last[outermost[place]]:
                sound = True
                break
            stamp[other] = walk
            queue[tail] = other
            tail += 1
        if sound:
            break
    if not sound:
        for place in range(tail):
            result[query] += below[queue[place] + 1] - below[queue[place]]
