"""One choice for several scenarios, beside trying every choice."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from priority.siting.distances import Distances
from priority.siting.effort import Effort
from priority.siting.problem import InvalidSiting, Model, Question, SitingProblem
from priority.siting.regret import least_regret
from tests.priority.siting.brute import Case, best, choices, random_case


def scenarios(seed: int) -> list[Case]:
    """Cases over the same sites, with other distances and weights."""
    rng = np.random.default_rng(seed)
    first = random_case(rng, decimals=1)
    cases = [replace(first, tier=[1] * len(first.weight))]
    for _ in range(2):
        table = np.round(rng.random((len(first.weight), len(first.stays))) * 20, 1)
        weight = np.round(rng.random(len(first.weight)) * 50).tolist()
        cases.append(replace(cases[0], table=table.tolist(), weight=weight))
    return cases


def worst_regret(cases: list[Case], question: Question, new: frozenset[int]) -> float:
    """The worst regret of a choice, infinite where it is none."""
    regrets = []
    for case in cases:
        alone = best(case, question)
        fixed = replace(case, stays=[stays or site in new for site, stays in enumerate(case.stays)])
        here = best(fixed, replace(question, sites=0))
        if alone is None or here is None:
            return math.inf
        regrets.append(sum(here) - sum(alone))
    return max(regrets)


@pytest.mark.parametrize("model", ["mclp", "pmedian"])
def test_no_choice_has_a_smaller_worst_regret(model: Model) -> None:
    solved = 0
    for seed in range(60):
        cases = scenarios(seed)
        question = Question(model, 2, radius=8.0)
        least = min(worst_regret(cases, question, new) for new in choices(cases[0], question))
        found = least_regret([case.problem() for case in cases], question)
        if math.isinf(least):
            assert found.status == "infeasible"
            continue
        solved += 1
        assert found.status == "optimal"
        assert found.worst_regret == pytest.approx(least, abs=1e-5)
        chosen = frozenset(map(int, found.selected))
        assert worst_regret(cases, question, chosen) == pytest.approx(least, abs=1e-5)
    assert solved > 20


def test_a_compromise_beats_both_extremes() -> None:
    # Each scenario has its best site; the third is nearly as good in both.
    table = [[1.0, 30.0, 5.0]]
    case = Case(table, [1.0], [1], [False] * 3, [1.0] * 3, [math.inf] * 3)
    other = replace(case, table=[[30.0, 1.0, 5.0]])
    found = least_regret([case.problem(), other.problem()], Question("pmedian", 1))
    assert found.selected == ("2",)
    assert [row.regret for row in found.scenarios] == pytest.approx([4, 4])
    assert found.worst_regret == found.bound == pytest.approx(4)


def test_a_scenario_without_a_solution_is_named() -> None:
    case = Case([[1.0]], [1.0], [1], [False], [1.0], [math.inf])
    cut = replace(case, table=[[math.inf]])
    found = least_regret([case.problem(), cut.problem()], Question("pmedian", 1))
    assert (found.status, found.infeasible) == ("infeasible", (1,))


def test_scenarios_have_to_be_comparable() -> None:
    case = Case([[1.0]], [1.0], [1], [False], [1.0], [math.inf])
    wider = Case([[1.0, 2.0]], [1.0], [1], [False] * 2, [1.0] * 2, [math.inf] * 2)
    with pytest.raises(InvalidSiting, match="different sites"):
        least_regret([case.problem(), wider.problem()], Question("pmedian", 1))
    with pytest.raises(InvalidSiting, match="mclp and pmedian"):
        least_regret([case.problem()], Question("pcenter", 1))


@pytest.mark.parametrize("model", ["mclp", "pmedian"])
def test_every_scenario_tells_what_the_choice_reaches_there(model: Model) -> None:
    for seed in range(40):
        cases = scenarios(seed)
        question = Question(model, None, budget=8.0, radius=8.0)
        found = least_regret([case.problem() for case in cases], question)
        if not found.scenarios:
            continue
        chosen = frozenset(map(int, found.selected))
        assert sum(cases[0].cost[site] for site in chosen) <= 8.0
        least = min(worst_regret(cases, question, new) for new in choices(cases[0], question))
        assert found.worst_regret == pytest.approx(least, abs=1e-5)
        for case, row in zip(cases, found.scenarios, strict=True):
            fixed = replace(case, stays=[stays or site in chosen for site, stays in enumerate(case.stays)])
            here = best(fixed, replace(question, sites=0))
            assert here is not None
            assert row.reached == pytest.approx(abs(sum(here)), abs=1e-5)


def test_capacities_are_kept_in_every_scenario() -> None:
    # Both people fit only where there is room for two, though another site is nearer.
    case = Case([[1.0, 9.0], [1.0, 9.0]], [1.0, 1.0], [1, 1], [False] * 2, [1.0] * 2, [1.0, 2.0])
    found = least_regret([case.problem(), case.problem()], Question("pmedian", 1))
    assert (found.status, found.selected, found.worst_regret) == ("optimal", ("1",), 0.0)


@pytest.mark.parametrize("model", ["mclp", "pmedian"])
def test_a_large_choice_has_an_answer_and_a_true_bound_in_the_time(model: Model) -> None:
    rng = np.random.default_rng(5)
    demands, places = rng.random((3, 400, 2)), rng.random((60, 2))
    problems = []
    for homes in demands:
        table = np.hypot(*(homes[:, None, :] - places[None, :, :]).transpose(2, 0, 1))
        problems.append(SitingProblem.of(Distances.from_dense(table), rng.integers(1, 50, 400).astype(float)))
    found = least_regret(problems, Question(model, 5, radius=0.15), Effort(2.0))
    assert found.status in ("optimal", "gap")
    assert len(found.selected) == 5
    assert found.worst_regret is not None and found.bound is not None
    assert 0 <= found.bound <= found.worst_regret + 1e-6
    for row in found.scenarios:
        assert row.regret <= found.worst_regret
