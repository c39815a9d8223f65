"""Branch and bound with Lagrangian bounds, for medians and coverings with so many sites that one program is too slow.

A node fixes some sites open and some shut; its bound comes from some rounds at its parent's prices. What a node leaves
out is proven by its bound, so that the least bound of the open nodes holds for everything.
"""

from __future__ import annotations

import heapq
from itertools import count

import numpy as np

from priority.siting.effort import Effort
from priority.siting.lagrange import BoundSearch, Fixed, LagrangianBound

_ROUNDS = 50
_ASK_EVERY = 25

_Node = tuple[float, int, LagrangianBound, Fixed]


def branch_and_bound(search: BoundSearch, root: LagrangianBound, effort: Effort) -> float:
    """Return a proven bound: the upper bound of `search`, which sinks on the way, unless the effort ends before."""
    number = count()
    open_nodes: list[_Node] = [(root.value, next(number), root, Fixed.nothing(search.free.size))]
    while open_nodes:
        if effort.over:
            return min(open_nodes[0][0], search.upper)
        _, _, found, fixed = heapq.heappop(open_nodes)
        if search.closed(found):
            return search.upper
        fixed = search.tightened(found, fixed)
        site = _branching_site(search, found, fixed)
        if site is None:
            # What is left is one choice, and the best choice known is no worse once that is asked for.
            search.ask_for(fixed.inside, effort)
            continue
        for inside in (True, False):
            child = fixed.with_site(site, inside=inside)
            bound = search.run(found.price, effort, child, _ROUNDS)
            serial = next(number)
            if serial % _ASK_EVERY == 0:
                search.ask(bound, effort)
            if bound.value < found.value:
                bound = LagrangianBound(found.value, bound.price, bound.reduced_cost, bound.sites, bound.liked)
            if not search.closed(bound):
                heapq.heappush(open_nodes, (bound.value, serial, bound, child))
        effort.tell("tree", search.upper, min(search.upper, open_nodes[0][0]) if open_nodes else search.upper)
    return search.upper


def _branching_site(search: BoundSearch, found: LagrangianBound, fixed: Fixed) -> int | None:
    """Return the free site that relaxed solutions opened about every other time; None if there is no choice left."""
    may = search.free & ~fixed.inside & ~fixed.outside
    if not may.any() or fixed.inside.sum() >= search.sites:
        return None
    doubt = np.where(may, np.abs(found.liked - 0.5), np.inf)
    return int(np.argmin(doubt))
