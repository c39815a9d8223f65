"""Small problems beside every schedule there is."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from priority.restoration.problem import NEVER, Crew, Fixed, Problem, Solution
from priority.restoration.rules import RULES, impossible_fixings, rule_schedule
from priority.restoration.solve import solve
from priority.restoration.timing import time_schedule
from priority.restoration.world import ImpossibleFixings
from tests.priority.restoration.exhaustive import all_losses, done_s, keeps_fixed
from tests.priority.restoration.toy import random_problem, with_fixed

SECONDS = 60.0


@st.composite
def problems(draw: st.DrawFn, most: int = 4) -> Problem:
    """Draw a problem of few tasks and crews, some with closed roads, and some with steps fixed by hand."""
    tasks, crews = draw(st.integers(1, most)), draw(st.integers(1, 3))
    problem = random_problem(
        draw(st.integers(0, 10**6)), tasks, crews, skills=draw(st.integers(1, 2)), levels=draw(st.integers(1, 3))
    )
    closed = draw(st.lists(st.tuples(st.integers(0, tasks - 1), st.integers(0, tasks - 1)), max_size=3))
    for left, right in closed:
        if left != right:
            problem.between[left, right] = NEVER
    if draw(st.integers(0, 2)) == 0:
        problem.from_depot[draw(st.integers(0, crews - 1)), draw(st.integers(0, tasks - 1))] = NEVER
    return problem


@st.composite
def fixed_problems(draw: st.DrawFn) -> Problem:
    problem = random_problem(draw(st.integers(0, 10**6)), draw(st.integers(2, 4)), draw(st.integers(1, 3)))
    tasks = draw(st.permutations(range(len(problem.tasks))))[: draw(st.integers(1, 2))]
    crew = st.one_of(st.none(), st.integers(0, len(problem.crews) - 1))
    place = st.one_of(st.none(), st.integers(0, 2))
    steps = [Fixed(task, draw(crew), draw(place)) for task in tasks]
    return with_fixed(problem, *(step if step.crew is not None else Fixed(step.task, None, None) for step in steps))


def loss_of(solution: Solution) -> tuple[int, ...]:
    return tuple(solution.loss.tolist())


def check_against(problem: Problem, solution: Solution, every: list[tuple[int, ...]]) -> None:
    assert loss_of(solution) == min(every)
    assert solution.optimal
    done = done_s(problem, solution.schedule)
    assert done is not None
    assert np.array_equal(done, solution.timing.done_s)
    assert loss_of(solution) == tuple(problem.losses.evaluate(done).tolist())


@given(problems())
@settings(max_examples=50)
def test_small_problems_are_solved_to_the_optimum(problem: Problem) -> None:
    check_against(problem, solve(problem, SECONDS), all_losses(problem))


@given(problems(most=5))
@settings(max_examples=8)
def test_five_repairs_are_solved_to_the_optimum(problem: Problem) -> None:
    check_against(problem, solve(problem, SECONDS), all_losses(problem))


def test_seven_repairs_for_three_crews() -> None:
    problem = random_problem(5, 7, 3, groups=6, skills=3)
    check_against(problem, solve(problem, SECONDS), all_losses(problem))


@given(fixed_problems())
@settings(max_examples=50)
def test_fixed_steps_are_kept_at_the_least_loss(problem: Problem) -> None:
    every = all_losses(problem)
    if not every:
        assert impossible_fixings(problem)
        with pytest.raises(ImpossibleFixings):
            solve(problem, SECONDS)
        return
    assert not impossible_fixings(problem)
    solution = solve(problem, SECONDS)
    check_against(problem, solution, every)
    assert keeps_fixed(problem, solution.schedule)
    for rule in RULES:
        assert keeps_fixed(problem, rule_schedule(problem, rule))


@given(problems())
@settings(max_examples=20)
def test_no_rule_beats_the_plan(problem: Problem) -> None:
    best = loss_of(solve(problem, SECONDS))
    for rule in RULES:
        done = time_schedule(problem, rule_schedule(problem, rule)).done_s
        assert best <= tuple(problem.losses.evaluate(done).tolist())


@given(problems(), st.data())
@settings(max_examples=15)
def test_more_help_never_makes_it_worse(problem: Problem, data: st.DataObject) -> None:
    before = loss_of(solve(problem, SECONDS))
    skill = data.draw(st.sampled_from([task.skill for task in problem.tasks]))
    crew = Crew("extra", frozenset({skill}), 1800)
    depot = np.vstack([problem.from_depot, problem.from_depot.min(axis=0)[None]])
    more = dataclasses.replace(problem, crews=(*problem.crews, crew), from_depot=depot)
    assert loss_of(solve(more, SECONDS)) <= before

    chosen = data.draw(st.integers(0, len(problem.tasks) - 1))
    tasks = list(problem.tasks)
    tasks[chosen] = dataclasses.replace(tasks[chosen], duration_s=tasks[chosen].duration_s // 2)
    assert loss_of(solve(dataclasses.replace(problem, tasks=tuple(tasks)), SECONDS)) <= before

    between, depot = problem.between.copy(), problem.from_depot.copy()
    between[:, chosen] = np.where(between[:, chosen] == NEVER, 7200, between[:, chosen] // 2)
    depot[:, chosen] = np.where(depot[:, chosen] == NEVER, 7200, depot[:, chosen] // 2)
    faster = dataclasses.replace(problem, between=between, from_depot=depot)
    assert loss_of(solve(faster, SECONDS)) <= before


def test_what_no_crew_can_do_is_left_out() -> None:
    problem = random_problem(3, 4, 2, skills=1)
    problem.from_depot[:, 2] = NEVER
    problem.between[:, 2] = NEVER
    solution = solve(problem, SECONDS)
    assert sorted(task for tasks in solution.schedule.lists for task in tasks) == [0, 1, 3]
    assert solution.timing.crew[2] == -1
    assert solution.timing.done_s[2] == NEVER


@pytest.mark.parametrize(("tasks", "crews"), [(0, 2), (3, 0), (0, 0)])
def test_nothing_to_do_and_nobody_to_do_it(tasks: int, crews: int) -> None:
    problem = random_problem(1, 3, 2)
    problem = dataclasses.replace(
        problem,
        tasks=problem.tasks[:tasks],
        crews=problem.crews[:crews],
        from_depot=problem.from_depot[:crews, :tasks],
        between=problem.between[:tasks, :tasks],
        losses=random_problem(1, max(tasks, 1), 1, groups=5).losses if tasks else _no_losses(),
    )
    solution = solve(problem, SECONDS)
    assert solution.schedule.lists == ((),) * crews
    assert solution.optimal
    assert np.array_equal(solution.loss, problem.losses.evaluate(np.full(tasks, NEVER)))


def _no_losses() -> object:
    problem = random_problem(1, 1, 1, groups=1)
    return dataclasses.replace(problem, losses=type(problem.losses)([], 2, 3600)).losses
