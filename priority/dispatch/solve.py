"""Solving a dispatch: a good schedule within the time, and what no schedule can better."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from priority.dispatch.bound import Bound, bound_of
from priority.dispatch.problem import DispatchProblem, Schedule, world_of
from priority.dispatch.search import Search
from priority.siting.effort import Effort

#: The part of the time for the bound, first and last.
_BOUND_SHARE = 0.15


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
    search = Search(world, effort.part(1 - _BOUND_SHARE))
    search.start()
    known = search.best.copy()
    bound = bound_of(world, effort.part(_BOUND_SHARE), known)
    if problem.needs and problem.stocks and problem.vehicles:
        search.better_choices(bound.objective)
        search.better_lists(bound.objective)
    if np.any(search.best[:-1:2] != known[:-1:2]):
        # A bound holds for schedules that leave no more places without on the levels before.
        bound = bound_of(world, effort, search.best)
    schedule = search.schedule()
    proven = schedule.objective[:-1] == tuple(bound.objective.tolist())
    return Solution(schedule, bound, proven)
