"""Larger problems: the search beside the rules and beside the proof, bounds that hold, and the same result again."""

from __future__ import annotations

import numpy as np
import pytest

from priority.restoration import solve as solving
from priority.restoration.bound import LevelBound, level_terms
from priority.restoration.clock import Deadline
from priority.restoration.cuts import CutPool
from priority.restoration.problem import Fixed, Problem
from priority.restoration.rules import RULES, rule_schedule
from priority.restoration.search import Search
from priority.restoration.solve import solve
from priority.restoration.timing import time_schedule
from tests.priority.restoration.exhaustive import all_losses, keeps_fixed
from tests.priority.restoration.toy import HOUR, random_problem, with_fixed


def searched(problem: Problem, levels: int) -> Search:
    pool = CutPool.of_small_sets(problem.losses, len(problem.tasks), levels, Deadline(60))
    search = Search(problem, pool, levels)
    search.run(Deadline(60))
    return search


@pytest.mark.parametrize("seed", range(12))
def test_the_search_alone_is_close_and_its_bound_holds(seed: int) -> None:
    problem = random_problem(seed, 4, 2 + seed % 2, levels=1 + seed % 3)
    search = searched(problem, 1 + seed % 3)
    every = all_losses(problem)
    assert search.value[:-1] == min(every)
    # The bound for a worse schedule has to hold too: it may lose more on the levels before.
    for loss in (min(every), sorted(every)[len(every) // 2]):
        for level in range(len(loss)):
            terms = level_terms(search.world, level, loss, search.done_s())
            bound = LevelBound(search.world, terms).run(Deadline(60)).value
            assert bound <= min(other[level] for other in every if all(np.array(other[:level]) <= loss[:level]))


@pytest.mark.parametrize("seed", range(3))
def test_the_search_finds_the_proven_optimum_of_nine_repairs(seed: int) -> None:
    problem = random_problem(seed, 9, 3)
    solution = solve(problem, 60)
    assert solution.optimal
    assert searched(problem, 2).value[:-1] == tuple(solution.loss.tolist())


def test_twenty_repairs_beat_every_rule_with_a_small_gap() -> None:
    problem = random_problem(11, 20, 5, skills=3)
    fixed = with_fixed(problem, Fixed(4, 1, 2), Fixed(7, 1, None), Fixed(5, None, 0))
    for each in (problem, fixed):
        solution = solve(each, 12)
        loss = tuple(solution.loss.tolist())
        for rule in RULES:
            done = time_schedule(each, rule_schedule(each, rule)).done_s
            assert loss < tuple(each.losses.evaluate(done).tolist())
        assert np.all(solution.bound <= solution.loss)
        assert solution.bound[0] >= 0.9 * solution.loss[0]
        assert keeps_fixed(each, solution.schedule)


def test_the_same_problem_has_the_same_plan() -> None:
    plans = [solve(random_problem(2, 12, 3), 60) for _ in range(2)]
    assert plans[0].schedule == plans[1].schedule
    assert np.array_equal(plans[0].bound, plans[1].bound)


def test_no_time_still_gives_a_plan() -> None:
    problem = random_problem(4, 15, 4)
    solution = solve(problem, 0.001)
    assert sorted(task for tasks in solution.schedule.lists for task in tasks) == list(range(15))
    assert np.all(solution.bound <= solution.loss)


def test_a_crew_leaves_in_time_for_a_fault_that_is_still_to_come() -> None:
    problem = random_problem(0, 1, 1, skills=1)
    late = Problem(
        (type(problem.tasks[0])("f0", "electricity", 6 * HOUR, HOUR),),
        problem.crews,
        problem.from_depot,
        problem.between,
        problem.losses,
    )
    timing = solving.solve(late, 10).timing
    assert timing.start_s[0] == timing.arrive_s[0] == 6 * HOUR
    assert timing.depart_s[0] == 6 * HOUR - late.from_depot[0, 0]
    assert timing.done_s[0] == 7 * HOUR
