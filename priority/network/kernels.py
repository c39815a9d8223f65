"""Compiled loops over the arrays. Each is plain Python that numba turns into machine code and caches on disk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

_P = ParamSpec("_P")
_R = TypeVar("_R")

IntArray = NDArray[np.integer[Any]]
BoolArray = NDArray[np.bool_]


def compiled(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Compile a function at its first call; the machine code is kept on disk and the interpreter lock let go.

    The kept code is looked up by the function's name, so a mark of all that it is made of becomes a part of the name:
    numba itself does not notice when a function that is called from another file has changed.
    """
    function.__qualname__ = f"{function.__qualname__}_{_mark(function)}"
    return cast("Callable[_P, _R]", numba.njit(cache=True, nogil=True)(function))


def _mark(function: Callable[..., object]) -> str:
    """Return a digest of a function's code, its constants, and everything compiled or fixed that it refers to.

    What a function in another file calls must stand above its callers in its own file: what is not there yet cannot be
    a part of the mark.
    """
    code = function.__code__
    parts = [code.co_code.hex(), repr(code.co_consts)]
    for name in sorted(code.co_names):
        value: Any = function.__globals__.get(name)
        if isinstance(value, bool | int | float):
            parts.append(f"{name}={value!r}")
        elif hasattr(value, "py_func"):
            parts.append(value.py_func.__qualname__)
        elif hasattr(value, "_fields"):
            parts.append(f"{name}{value._fields!r}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


@compiled
def breadth_first(
    indptr: IntArray,
    neighbour: IntArray,
    edge: IntArray,
    sources: IntArray,
    node_passes: BoolArray,
    node_enters: BoolArray,
    line_passes: BoolArray,
) -> IntArray:
    """Return each node's number of lines from the nearest source, -1 where none reaches it.

    `indptr`, `neighbour`, `edge` are the adjacency in compressed rows (node -> neighbour over line). A node is entered
    only where `node_enters`, and left again only where `node_passes` (an open device is reached but not passed).
    """
    depth = np.full(indptr.size - 1, -1, np.int32)
    queue = np.empty(indptr.size - 1, np.int32)
    head = 0
    tail = 0
    for source in sources:
        if node_enters[source] and depth[source] < 0:
            depth[source] = 0
            queue[tail] = source
            tail += 1
    while head < tail:
        node = queue[head]
        head += 1
        if not node_passes[node]:
            continue
        for position in range(indptr[node], indptr[node + 1]):
            other = neighbour[position]
            if depth[other] < 0 and node_enters[other] and line_passes[edge[position]]:
                depth[other] = depth[node] + 1
                queue[tail] = other
                tail += 1
    return depth


@compiled
def spread_labels(
    indptr: IntArray,
    neighbour: IntArray,
    seeds: IntArray,
    seed_labels: IntArray,
    inside: BoolArray,
) -> IntArray:
    """Return for each node the label of the nearest seed, walking only through nodes where `inside`; -1 elsewhere.

    Seeds need not be inside themselves. Of seeds equally near, the one listed first wins.
    """
    label = np.full(indptr.size - 1, -1, np.int32)
    queue = np.empty(indptr.size - 1 + seeds.size, np.int32)
    head = 0
    tail = 0
    for position in range(seeds.size):
        seed = seeds[position]
        if label[seed] < 0:
            label[seed] = seed_labels[position]
            queue[tail] = seed
            tail += 1
    while head < tail:
        node = queue[head]
        head += 1
        for position in range(indptr[node], indptr[node + 1]):
            other = neighbour[position]
            if label[other] < 0 and inside[other]:
                label[other] = label[node]
                queue[tail] = other
                tail += 1
    return label


@compiled
def union_components(size: int, left: IntArray, right: IntArray) -> IntArray:
    """Return for each of `size` items the smallest item of its component under the pairs (left[i], right[i])."""
    parent = np.arange(size).astype(np.int32)
    for position in range(left.size):
        a = left[position]
        b = right[position]
        while parent[a] != a:
            parent[a] = parent[parent[a]]
            a = parent[a]
        while parent[b] != b:
            parent[b] = parent[parent[b]]
            b = parent[b]
        if a < b:
            parent[b] = a
        elif b < a:
            parent[a] = b
    for item in range(size):
        root = item
        while parent[root] != root:
            root = parent[root]
        parent[item] = root
    return parent
