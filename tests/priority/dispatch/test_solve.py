"""Schedules against an oracle that tries everything, and what must hold for any of them."""

from __future__ import annotations

import functools
from dataclasses import replace

import numpy as np
import pytest

from priority.dispatch.problem import UNKNOWN_RATE, DispatchProblem, Need, Stock, Vehicle
from priority.dispatch.solve import Solution, solve_dispatch
from priority.siting.effort import Effort
from priority.times import NEVER
from tests.priority.dispatch.toy import best_of_all, checked, problem_of, random_problem

CASES = range(150)
#: With so few needs and stocks three trips a vehicle can be tried too.
SMALL = 3


def solved(problem: DispatchProblem, seconds: float = 5.0) -> Solution:
    return solve_dispatch(problem, Effort(seconds))


@functools.cache
def found_for(seed: int) -> Solution:
    return solved(random_problem(seed))


def one_tanker(needs: list[Need], amount: int = 100_000, load: int = 5_000) -> DispatchProblem:
    """A tanker that stands at its stock, half an hour from every place; it loads and unloads in no time."""
    return problem_of(needs, [Stock(0, amount)], [Vehicle(0, load, 0, 0, 0)], [[0]], 1_800)


def test_nothing_random_is_better_than_what_is_found() -> None:
    """Places without are never more than the oracle's; of the seconds, one case in a hundred may miss the least."""
    missed = []
    for seed in CASES:
        problem = random_problem(seed)
        found = found_for(seed)
        reached = found.schedule.objective
        assert checked(problem, found.schedule) == reached, seed
        best = best_of_all(problem, 3 if len(problem.needs) * len(problem.stocks) <= SMALL else 2)
        bound = tuple(found.bound.objective.tolist())
        assert bound <= min(reached, best)[:-1], seed
        if found.proven:
            assert reached[:-1] == bound
        if reached > best:
            missed.append(seed)
            assert reached[:-1:2] <= best[:-1:2], seed
    assert len(missed) <= len(CASES) // 100


def test_the_same_problem_gets_the_same_schedule() -> None:
    for seed in range(20):
        assert solved(random_problem(seed)).schedule == found_for(seed).schedule


def test_some_cases_are_proven_and_some_are_not() -> None:
    proven = [found_for(seed).proven for seed in range(60)]
    assert 20 < sum(proven) < 60


def test_a_closed_road_never_helps() -> None:
    for seed in range(50):
        problem = random_problem(seed)
        way = problem.way.copy()
        way[:, 0, 0] = NEVER
        with_road, without = found_for(seed), solved(replace(problem, way=way))
        if with_road.proven:
            assert with_road.schedule.objective[:-1] <= without.schedule.objective[:-1], seed


def test_more_in_stock_never_hurts() -> None:
    for seed in range(50):
        problem = random_problem(seed)
        more = replace(problem, stocks=tuple(replace(stock, amount=stock.amount * 4) for stock in problem.stocks))
        poor, rich = found_for(seed), solved(more)
        if rich.proven:
            assert rich.schedule.objective[:-1] <= poor.schedule.objective[:-1], seed


def test_a_lower_level_never_costs_a_higher_one() -> None:
    """Places of the second level change nothing for the first, wherever the least there is proven."""
    compared = 0
    for seed in CASES:
        problem = random_problem(seed)
        first = [number for number, need in enumerate(problem.needs) if need.level == 0]
        if not 0 < len(first) < len(problem.needs):
            continue
        numbers = sorted({problem.needs[number].place for number in first})
        needs = tuple(
            replace(problem.needs[number], place=numbers.index(problem.needs[number].place)) for number in first
        )
        alone = solved(replace(problem, needs=needs, way=problem.way[:, :, first]))
        both = found_for(seed)
        if alone.proven:
            compared += 1
            assert both.schedule.objective[:2] == alone.schedule.objective[:2], seed
    assert compared > 25


def test_the_tempting_many_of_a_lower_level_wait() -> None:
    """One place of the first level, far from being convenient, goes before three that could be kept instead."""
    many = [Need(place, 1, 0, 1_800 * place, 20_000, UNKNOWN_RATE) for place in (1, 3, 5)]
    needs = [Need(0, 0, 0, 9_000, 40_000, UNKNOWN_RATE), *many]
    needs = [replace(need, place=place) for place, need in enumerate(needs)]
    problem = one_tanker(needs)
    way = problem.way.copy()
    way[:, :, 0] = 9_000
    solution = solved(replace(problem, way=way))
    assert solution.schedule.dry_s[0] == 0
    assert solution.schedule.objective[:3] == (0, 0, 3)
    assert solved(problem).schedule.objective[:3] == (0, 0, 1), "nearby, it costs one of them only"


def test_a_place_is_served_again_and_again() -> None:
    """Five units last half an hour's drive there and back and a little more."""
    need = Need(0, 0, 0, 3_600, 36_000, 4_000)
    solution = solved(one_tanker([need]))
    assert solution.proven
    trips = solution.schedule.trips
    assert sum(trip.amount for trip in trips) == 36_000
    assert len(trips) == 8
    assert solution.schedule.objective == (0, 0, 1_800 + 7 * 3_600)


def test_a_use_faster_than_all_vehicles_bring_is_found_hopeless() -> None:
    solution = solved(one_tanker([Need(0, 0, 0, 3_600, 36_000, 10_000)]))
    assert solution.schedule.objective[0] == solution.bound.places[0] == 1
    assert solution.bound.dry_s[0] > 0


def test_who_arrives_on_the_second_is_in_time() -> None:
    assert solved(one_tanker([Need(0, 0, 0, 1_800, 9_000, UNKNOWN_RATE)])).schedule.objective[0] == 0
    late = solved(one_tanker([Need(0, 0, 0, 1_799, 9_000, UNKNOWN_RATE)]))
    assert late.proven
    assert late.schedule.objective[:2] == (1, 1)


@pytest.mark.parametrize("empty", ["needs", "stocks", "vehicles"])
def test_nothing_to_do_or_nothing_to_do_it_with(empty: str) -> None:
    needs = [] if empty == "needs" else [Need(0, 0, 0, 600, 4_200, 1_000)]
    stocks = [] if empty == "stocks" else [Stock(0, 1_000)]
    vehicles = [] if empty == "vehicles" else [Vehicle(0, 1_000, 0, 0, 0)]
    solution = solved(problem_of(needs, stocks, vehicles, np.zeros((len(vehicles), len(stocks))), 60))
    assert solution.schedule.trips == ()
    assert solution.proven
    assert solution.schedule.objective == ((0,) if empty == "needs" else (1, 3_600, 0))


def test_a_search_that_may_take_no_time_still_has_a_schedule() -> None:
    problem = random_problem(7)
    assert checked(problem, (found := solved(problem, 1e-9)).schedule) == found.schedule.objective


def test_a_search_that_is_cancelled_ends_at_once() -> None:
    asked = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > 3

    problem = random_problem(11)
    found = solve_dispatch(problem, Effort(30.0, cancelled=cancelled))
    assert checked(problem, found.schedule) == found.schedule.objective
    assert len(asked) < 10
