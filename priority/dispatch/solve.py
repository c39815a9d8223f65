"""Solving a dispatch: a good schedule within the time, and what no schedule can better."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from priority.dispatch.bound import Bound, bound_of
from priority.dispatch.problem import DispatchProblem, Schedule, world_of
from priority.dispatch.search import Search
from priority.siting.effort import Effort

#: The part of the time left for the bound.
_BOUND_SHARE = 0.2


@dataclass(frozen=True, eq=False)
class Solution:
    """`proven`: no schedule leaves fewer places or seconds without, level by level; the driving is not proven."""

    schedule: Schedule
    bound: Bound
    proven: bool


def solve_dispatch(problem: DispatchProblem, effort: Effort) -> Solution:
    """Return the best schedule found within the effort. No needs, stocks or vehicles: a schedule without trips.

    Levels go before all later ones: fewest places without, then least seconds without. Last the least driving. The
    same problem gives the same schedule where the search ends before its time.
    """
    world = world_of(problem)
    search = Search(world, effort)
    search.start()
    bound = bound_of(world, effort.part(_BOUND_SHARE), search.best)
    if problem.needs and problem.stocks and problem.vehicles:
        search.better_choices(bound.objective)
        search.better_lists(bound.objective)
        bound = bound_of(world, effort.part(1.0), search.best) if _worse(search, bound) else bound
    schedule = search.schedule()
    proven = schedule.objective[:-1] == tuple(bound.objective.tolist())
    return Solution(schedule, bound, proven)


def _worse(search: Search, bound: Bound) -> bool:
    """Whether some level is not what the bound says: those after it may then be bounded anew."""
    return bool(np.any(search.best[:-1] != bound.objective))
