"""Proof for small problems: level by level, no schedule is left that could be better.

Column generation in HiGHS gives a bound and prices for each level. If the bound meets the loss, nothing is left to do.
If not, all schedules are walked through whose lists cost no more at these prices than the gap allows and whose least
losses are below the best; what remains is put to the exact model. Earlier levels are at their proven optimum by then,
so a better schedule has to be better on this level.
"""

from __future__ import annotations

import numpy as np

from priority.restoration.bound import Bound, crew_classes
from priority.restoration.clock import Deadline
from priority.restoration.problem import NEVER, Seconds
from priority.restoration.routes import Prices
from priority.restoration.search import Search
from priority.restoration.tree import Pruning, next_candidate, quickest, start

#: Problems with more tasks than this are not walked through; up to about 12 it takes less than a second.
SMALL = 15
_STEPS = 200_000


def no_better(search: Search, level: int, bound: Bound, deadline: Deadline) -> bool:
    """Look for every schedule better on `level`; return whether that was finished.

    Whatever is found is in `search` afterwards. All levels before have to be at their optimum.
    """
    tree = start(search.ways)
    quick = quickest(search.ways)
    while not deadline.passed:
        pruning = _pruning(search, level, bound, quick)
        found = next_candidate(tree, search.world, pruning, _STEPS)
        if found == 0:
            return True
        if found == 1:
            search.offer(tree.rows, tree.length)
    return False


def _pruning(search: Search, level: int, bound: Bound, quick: tuple[Seconds, Seconds]) -> Pruning:
    crews, tasks = search.ways.free_s.size, search.ways.work_s.size
    limit = np.array(search.value[: level + 1], np.int64)
    if bound.prices is None:
        nothing = np.zeros((tasks, 2))
        moment = np.array([0, search.problem.losses.horizon_s])
        prices = Prices(moment, nothing, nothing, np.zeros(tasks), np.full(tasks, NEVER))
        return Pruning(limit, prices, np.zeros(crews + 1), np.inf, *quick)
    cheapest = np.zeros(crews)
    for number, members in enumerate(crew_classes(search.world)):
        cheapest[members] = bound.crew_cost[number]
    base = bound.exact - cheapest.sum() + np.append(np.cumsum(cheapest[::-1])[::-1], 0.0)
    return Pruning(limit, bound.prices, base, float(limit[level]) - 1 + 1e-3, *quick)
