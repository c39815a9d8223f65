"""The restoration problem solved: the best schedule found, and how much better any other could be."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from priority.restoration.bound import Bound, LevelBound, level_terms
from priority.restoration.clock import Deadline
from priority.restoration.cuts import CutPool
from priority.restoration.exact import SMALL, no_better
from priority.restoration.problem import NEVER, Problem, Schedule, Solution
from priority.restoration.search import Search
from priority.restoration.timing import time_schedule
from priority.restoration.tiny import tiny_problem
from priority.restoration.tree import quickest

#: The share of the time for asking the model, and of the rest for the search; proofs have what is left.
_ASKING = 0.25
_SEARCHING = 0.4
#: The share of what is left then that one step of a proof may take where another follows.
_BOUNDING = 0.7
#: With more tasks only the simple bound is taken: the programs take more time than a commander has.
_PROGRAMS_UP_TO = 150


def solve(problem: Problem, seconds: float, known: Schedule | None = None) -> Solution:
    """Return the best schedule found in about so many seconds, with a proven bound for each level.

    A `known` schedule, which has to hold what is fixed, is where the search begins; no plan is worse than it.

    Small problems are solved to the optimum and proven; larger ones end alike on every machine that has time for all
    rounds. Tasks that no crew can do or reach are on no list; without tasks or crews the lists are empty and the bound
    is the loss. Raises `ImpossibleFixings` where fixed steps contradict each other.
    """
    _warm_up()
    return _solve(problem, Deadline(seconds), known)


@cache
def _warm_up() -> None:
    """Have the compiled loops ready, so that no time limit is spent on compiling."""
    tiny = tiny_problem()
    _solve(tiny, Deadline(60.0))
    search = Search(tiny, CutPool(tiny.losses, 2, 1), 1)
    search.seed(Deadline(60.0))
    no_better(search, 0, Bound(0, 0.0, None, np.zeros(0)), Deadline(60.0))


def _solve(problem: Problem, deadline: Deadline, known: Schedule | None = None) -> Solution:
    tasks = len(problem.tasks)
    nothing = problem.losses.evaluate(np.full(tasks, NEVER))
    if not tasks or not problem.crews:
        schedule = Schedule(tuple(() for _ in problem.crews))
        timing = time_schedule(problem, schedule)
        return Solution(schedule, timing, nothing, nothing.copy(), True, "exact", deadline.elapsed_s)
    pool = CutPool.of_small_sets(problem.losses, tasks, nothing.size, deadline.part(_ASKING))
    search = Search(problem, pool, nothing.size)
    search.run(deadline.part(_SEARCHING), known)
    search.learn(deadline.part(_SEARCHING))
    bounds, proven = _bounds(search, deadline)
    loss = np.array(search.value[:-1], np.int64)
    bound = np.minimum(np.array(bounds, np.int64), loss)
    return Solution(
        search.schedule,
        time_schedule(problem, search.schedule),
        loss,
        bound,
        bool(np.all(bound == loss)),
        "exact" if proven else "search",
        deadline.elapsed_s,
    )


def _bounds(search: Search, deadline: Deadline) -> tuple[list[int], bool]:
    """Return the bound of each level, and whether all levels are at their optimum."""
    floor = _at_once(search)
    small = search.ways.work_s.size <= SMALL
    found = _program_bounds(search, 0, deadline.part(_BOUNDING if small else 1.0))
    for level in range(search.levels):
        if max(found[level].value, floor[level]) >= search.value[level]:
            continue
        if not small:
            break
        before = search.value
        proven = no_better(search, level, found[level], deadline.part(_BOUNDING))
        if search.value != before:
            # What is proven of later levels held for schedules as good as the one before.
            found[level + 1 :] = _program_bounds(search, level + 1, deadline)
        if not proven:
            break
        found[level] = replace(found[level], value=search.value[level])
    bounds = [max(each.value, least) for each, least in zip(found, floor, strict=True)]
    return bounds, all(bound >= loss for bound, loss in zip(bounds, search.value, strict=False))


def _program_bounds(search: Search, first: int, deadline: Deadline) -> list[Bound]:
    levels = range(first, search.levels)
    return [_level_bound(search, level, deadline.part(1 / (search.levels - level))) for level in levels]


def _level_bound(search: Search, level: int, deadline: Deadline) -> Bound:
    if not search.value[level] or deadline.passed or search.ways.work_s.size > _PROGRAMS_UP_TO:
        return Bound(0, 0.0, None, np.zeros(0))
    program = LevelBound(search.world, level_terms(search.world, level, search.value[:-1], search.done_s()))
    program.offer(list(search.lists))
    return program.run(deadline)


def _at_once(search: Search) -> tuple[int, ...]:
    """Return the losses if every task were done as early as its quickest crew alone could."""
    ways = search.ways
    depot = quickest(ways)[1]
    soonest = np.full(ways.work_s.size, NEVER)
    for crew in range(ways.free_s.size):
        can = ways.may[crew] & (depot[crew] != NEVER)
        done = np.maximum(ways.free_s[crew] + np.where(can, depot[crew], 0), ways.release_s) + ways.work_s
        soonest = np.where(can, np.minimum(soonest, done), soonest)
    return search.evaluate(soonest)
