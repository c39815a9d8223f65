"""Places fixed by hand where roads are closed: kept whenever some schedule keeps them, refused in words otherwise."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from priority.errors import InvalidCrews
from priority.restoration import plan as planning
from priority.restoration.clock import Deadline
from priority.restoration.decision import Decision
from priority.restoration.problem import NEVER, Fixed, Problem
from priority.restoration.rules import RULES, impossible_fixings, rule_schedule
from priority.restoration.scenario import Scenario
from priority.restoration.solve import solve
from priority.restoration.world import ImpossibleFixings
from tests.priority.restoration.exhaustive import all_losses, keeps_fixed
from tests.priority.restoration.towns import crew, plan_for, two_feeders
from tests.priority.restoration.toy import HOUR, random_problem, with_fixed


def cut_off(problem: Problem, islands: list[int], home: list[int]) -> Problem:
    """Close all roads between islands: `islands` has that of each task, `home` that of each crew's depot."""
    of_task, of_crew = np.array(islands), np.array(home)
    depot = np.where(of_crew[:, None] == of_task[None, :], problem.from_depot, NEVER)
    between = np.where(of_task[:, None] == of_task[None, :], problem.between, NEVER)
    return dataclasses.replace(problem, from_depot=depot, between=between)


@st.composite
def islands(draw: st.DrawFn) -> Problem:
    tasks, crews = draw(st.integers(2, 5)), draw(st.integers(1, 2))
    problem = random_problem(draw(st.integers(0, 10**6)), tasks, crews, skills=draw(st.integers(1, 2)))
    island = st.integers(0, 1)
    problem = cut_off(problem, [draw(island) for _ in range(tasks)], [draw(island) for _ in range(crews)])
    chosen = draw(st.permutations(range(tasks)))[: draw(st.integers(1, 3))]
    steps = [Fixed(task, draw(st.integers(0, crews - 1)), draw(st.sampled_from([None, 0, 1, 2]))) for task in chosen]
    return with_fixed(problem, *steps)


@given(islands())
@settings(max_examples=60)
def test_fixed_places_are_kept_by_every_rule_exactly_where_they_can_be(problem: Problem) -> None:
    every = all_losses(problem)
    if not every:
        assert impossible_fixings(problem)
        with pytest.raises(ImpossibleFixings):
            solve(problem, 60.0)
        return
    assert impossible_fixings(problem) == ()
    for rule in RULES:
        assert keeps_fixed(problem, rule_schedule(problem, rule))
    solution = solve(problem, 60.0)
    assert keeps_fixed(problem, solution.schedule)
    assert tuple(solution.loss.tolist()) == min(every)


@pytest.mark.parametrize("long", [0, 1])
def test_a_fault_beyond_closed_roads_fills_no_place_before_a_fixed_one(long: int) -> None:
    """One crew starts late with its second place fixed: the other must leave it one of the faults both can reach."""
    problem = cut_off(random_problem(1, 4, 2, skills=1), [0, 0, 0, 1], [0, 0])
    tasks = [dataclasses.replace(task, release_s=0, duration_s=HOUR) for task in problem.tasks]
    tasks[long] = dataclasses.replace(tasks[long], duration_s=8 * HOUR)
    crews = (dataclasses.replace(problem.crews[0], free_s=0), dataclasses.replace(problem.crews[1], free_s=3 * HOUR))
    fixed = with_fixed(dataclasses.replace(problem, tasks=tuple(tasks), crews=crews), Fixed(2, 1, 1))
    assert impossible_fixings(fixed) == ()
    solution = solve(fixed, 60.0)
    assert tuple(solution.loss.tolist()) == min(all_losses(fixed))
    assert solution.schedule.lists[1][1] == 2
    assert 3 not in {task for tasks in solution.schedule.lists for task in tasks}


def test_what_the_check_overlooks_is_still_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(scenario: Scenario, _deadline: Deadline) -> Decision:
        raise ImpossibleFixings((next(n for n, item in enumerate(scenario.repairs) if item.task.fault == "b"),))

    stand_in: Callable[[Scenario, Deadline], Decision] = refuse
    monkeypatch.setattr(planning, "decide", stand_in)
    fixed = [{"fault": "a", "crew": "c1", "position": 1}, {"fault": "b", "crew": "c1", "position": 2}]
    with pytest.raises(InvalidCrews) as caught:
        plan_for(two_feeders(), {"a": 0.0, "b": 0.0}, {"crews": [crew("c1")], "fixed": fixed})
    assert [item.field for item in caught.value.problems] == ["fixed[1].position"]
