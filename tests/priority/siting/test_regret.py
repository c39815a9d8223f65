"""One choice for several scenarios, beside trying every choice."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from priority.siting.problem import InvalidSiting, Model, Question
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
