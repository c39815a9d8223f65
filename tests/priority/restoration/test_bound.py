"""The bound as it is computed, before the loss caps it, beside every schedule there is; the references are rules."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from priority.restoration.bound import LevelBound, crew_classes, level_terms, no_detour_pays
from priority.restoration.clock import Deadline
from priority.restoration.cuts import CutPool
from priority.restoration.problem import NEVER, Crew, Fixed, Problem, Seconds, Task
from priority.restoration.rules import RULES, Rule, rule_schedule
from priority.restoration.search import Search
from priority.restoration.solve import solve
from priority.restoration.world import ImpossibleFixings, as_rows, ways_of
from tests.priority.restoration.exhaustive import all_losses
from tests.priority.restoration.toy import HOUR, random_problem, with_fixed


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Draw a problem with short or long horizons; closed roads, detours that pay, or a step fixed by hand."""
    tasks, crews, levels = draw(st.integers(2, 4)), draw(st.integers(1, 3)), draw(st.integers(1, 3))
    seed = draw(st.integers(0, 10**6))
    problem = random_problem(seed, tasks, crews, skills=draw(st.integers(1, 2)), levels=levels)
    problem.losses.horizon_s = draw(st.sampled_from([5, 12, 24, 72])) * HOUR  # type: ignore[misc]
    kind = draw(st.sampled_from(["plain", "closed", "detours", "fixed"]))
    if kind == "closed":
        for left, right in draw(st.lists(st.tuples(st.integers(0, tasks - 1), st.integers(0, tasks - 1)), max_size=2)):
            problem.between[left, right] = 0 if left == right else NEVER
        problem.from_depot[draw(st.integers(0, crews - 1)), draw(st.integers(0, tasks - 1))] = NEVER
    if kind == "detours":
        problem.between[:] = np.random.default_rng(seed).integers(0, 6 * HOUR, (tasks, tasks))
    if kind == "fixed":
        crew = draw(st.none() | st.integers(0, crews - 1))
        place = draw(st.none() | st.integers(0, 1))
        problem = with_fixed(problem, Fixed(draw(st.integers(0, tasks - 1)), crew, place))
    return problem


def after_rule(problem: Problem, rule: Rule, *, learn: bool) -> Search:
    """Return a search that knows nothing but the schedule of a rule."""
    levels = int(problem.losses.evaluate(np.full(len(problem.tasks), NEVER)).size)
    pool = CutPool.of_small_sets(problem.losses, len(problem.tasks), levels, Deadline(60))
    search = Search(problem, pool, levels)
    search.offer(*as_rows(rule_schedule(problem, rule), len(problem.tasks)))
    if learn:
        search.learn(Deadline(60))
    return search


@given(problems(), st.sampled_from(RULES), st.booleans())
@settings(max_examples=150)
def test_no_schedule_as_good_before_loses_less_than_the_bound(problem: Problem, rule: Rule, learn: bool) -> None:
    try:
        search = after_rule(problem, rule, learn=learn)
    except ImpossibleFixings:
        assume(False)
    every, value = all_losses(problem), search.value[:-1]
    for level in range(search.levels):
        program = LevelBound(search.world, level_terms(search.world, level, value, search.done_s()))
        program.offer(list(search.lists))
        bound = program.run(Deadline(60)).value
        # The bound is of schedules better than the reference; what is above the reference's own loss says no more.
        as_good = [loss[level] for loss in every if all(a <= b for a, b in zip(loss[:level], value, strict=False))]
        assert min(bound, value[level]) <= min(as_good)


class TwoPlaces:
    """Two places, each down until its own repair."""

    horizon_s = 10_000
    level: NDArray[np.int64] = np.zeros(2, np.int64)
    weight: NDArray[np.int64] = np.ones(2, np.int64)

    def evaluate(self, done_s: Seconds) -> NDArray[np.int64]:
        return np.array([np.minimum(done_s, self.horizon_s).sum()], np.int64)

    def down_from(self, open_tasks: tuple[int, ...]) -> Seconds:
        return np.array([0 if task in open_tasks else NEVER for task in (0, 1)], np.int64)


def test_crews_that_differ_in_a_task_reached_only_from_another_are_not_alike() -> None:
    """Both depots are alike; only the second crew can mend b, on its way back from a."""
    tasks = (Task("a", "gas", 0, 100), Task("b", "heat", 0, 100))
    crews = (Crew("one", frozenset({"gas"}), 0), Crew("two", frozenset({"gas", "heat"}), 0))
    depot, between = np.array([[10, NEVER], [10, NEVER]]), np.array([[0, 10], [10, 0]])
    problem = Problem(tasks, crews, depot, between, TwoPlaces())
    search = Search(problem, CutPool.of_small_sets(problem.losses, 2, 1, Deadline(60)), 1)
    assert crew_classes(search.world) == [[0], [1]]
    search.offer(*as_rows(rule_schedule(problem, "nearest"), 2))
    program = LevelBound(search.world, level_terms(search.world, 0, (10_110,), np.array([110, NEVER])))
    assert program.run(Deadline(60)).value <= 330
    assert solve(problem, 60.0).loss.tolist() == [330]


def test_a_detour_that_pays_is_noticed() -> None:
    """Also where a crew saves time only on its way from the depot."""
    problem = random_problem(1, 5, 2)
    assert no_detour_pays(ways_of(problem))
    problem.between[1, 2] = 100 * HOUR
    assert not no_detour_pays(ways_of(problem))
    other = random_problem(1, 5, 2)
    other.from_depot[1, 3] = NEVER
    assert not no_detour_pays(ways_of(other))
    other.from_depot[:] = NEVER
    assert no_detour_pays(ways_of(other))
