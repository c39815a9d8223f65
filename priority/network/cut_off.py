"""What is cut off when some vertices fail together, for many sets of vertices in one pass.

Let r be a failed vertex with no failed ancestor in the depth-first tree. A child's subtree stays connected exactly if
an edge out of it reaches above r, that is, if its low point is smaller than r's number; and with it all of that
subtree, if nothing inside it failed. So most sets are answered by sums that were made once. Where failed vertices lie
below one another with sound ones between them, the parts between are walked until they prove to hang together with
something sound, or are exhausted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from priority.network.cut_off_kernels import TreeRows, losses
from priority.network.depth_first import DepthFirstTree
from priority.network.kernels import IntArray

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
        rows = TreeRows(
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
        return losses(rows, set_indptr, tree.number_of[vertices])


def _renumbered(
    order: IntArray, number_of: IntArray, indptr: IntArray, neighbour: IntArray
) -> tuple[IntArray, IntArray]:
    """Return the rows of reached vertices in preorder, their neighbours as preorder numbers."""
    degree = np.diff(indptr)[order]
    by_number = np.zeros(order.size + 1, np.int32)
    np.cumsum(degree, out=by_number[1:])
    position = np.repeat(indptr[order] - by_number[:-1], degree) + np.arange(by_number[-1])
    return by_number, number_of[neighbour[position]].astype(np.int32)
