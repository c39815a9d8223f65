"""Every model beside trying everything, on hundreds of small problems drawn at random."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from priority.siting.problem import MODELS, Question
from priority.siting.results import Siting
from priority.siting.solve import solve_siting
from tests.priority.siting.brute import Case, best, random_case

SEEDS = range(120)


def random_question(rng: np.random.Generator, case: Case, model: str) -> Question:
    covering = model in ("lscp", "mclp")
    unlimited = all(map(math.isinf, case.capacity))
    return Question(
        model,  # type: ignore[arg-type]
        sites=None if model == "lscp" else int(rng.integers(0, 4)),
        budget=float(rng.integers(3, 20)) if model != "lscp" and rng.random() < 0.2 else None,
        radius=float(np.round(rng.random() * 15 + 1)) if covering or rng.random() < 0.3 else None,
        backup=int(covering and unlimited and rng.random() < 0.3),
    )


def objectives(case: Case, question: Question, answer: Siting) -> tuple[float, ...]:
    """The objectives of an answer in order, smaller is better, computed anew from its sites and services."""
    site_of = {int(service.demand): int(service.site) for service in answer.services}
    opened = {int(site) for site in answer.selected} | {site for site, stays in enumerate(case.stays) if stays}
    assert set(site_of.values()) <= opened
    for site in opened:
        assert sum(case.weight[row] for row, at in site_of.items() if at == site) <= case.capacity[site] + 1e-6
    tiers = sorted(set(case.tier))
    far = {row: case.table[row][site] for row, site in site_of.items()}
    if question.model == "lscp":
        assert set(far) == set(range(len(case.weight)))
        assert all(each <= (question.radius or 0) for each in far.values())
        return (float(len(answer.selected)),)
    if question.model == "mclp":
        return tuple(-sum(case.weight[row] for row in far if case.tier[row] == tier) for tier in tiers)
    assert set(far) == set(range(len(case.weight)))
    if question.model == "pmedian":
        return tuple(sum(case.weight[row] * far[row] for row in far if case.tier[row] == tier) for tier in tiers)
    return tuple(max(far[row] for row in far if case.tier[row] == tier) for tier in tiers)


def check(case: Case, question: Question) -> None:
    wanted = best(case, question)
    answer = solve_siting(case.problem(), question)
    if wanted is None:
        assert answer.status == "infeasible"
        assert answer.blocked
        assert answer.objective is None
        return
    assert answer.status == "optimal"
    assert answer.gap == 0
    assert question.model == "lscp" or question.sites is None or len(answer.selected) <= question.sites
    if not question.backup:
        assert set(answer.selected) <= {service.site for service in answer.services}, "a site that serves nobody"
    found = objectives(case, question, answer)
    assert found == pytest.approx(wanted[: len(found)], rel=1e-6, abs=1e-6)
    total = {"lscp": found, "mclp": [-each for each in found], "pmedian": found, "pcenter": found}[question.model]
    whole = max(total, default=0.0) if question.model == "pcenter" else sum(total)
    assert answer.objective == pytest.approx(whole, rel=1e-6, abs=1e-6)
    if question.backup and question.model == "mclp" and sum(case.weight):
        assert answer.backed_up_share is not None
        twice = -sum(wanted[len(found) :])
        assert answer.backed_up_share * sum(case.weight) == pytest.approx(twice, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize(("capacities", "tiers"), [*product((False, True), (1, 3))])
@pytest.mark.parametrize("model", MODELS)
def test_no_choice_is_better(model: str, capacities: bool, tiers: int) -> None:
    solved = 0
    for seed in SEEDS:
        rng = np.random.default_rng([seed, MODELS.index(model), tiers, capacities])  # type: ignore[arg-type]
        case = random_case(rng, capacities=capacities, tiers=tiers, decimals=int(rng.integers(0, 3)))
        question = random_question(rng, case, model)
        check(case, question)
        solved += best(case, question) is not None
    assert solved > len(SEEDS) / 4


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Few distinct distances and weights, so that ties, exact hits of the standard and equal sets abound."""
    n, m = draw(st.integers(0, 4)), draw(st.integers(0, 4))
    distance = st.sampled_from([0.0, 0.1, 0.3, 0.7, 1.0, math.inf])
    capacity = st.sampled_from([0.0, 1.0, 2.0, math.inf])
    return Case(
        draw(st.lists(st.lists(distance, min_size=m, max_size=m), min_size=n, max_size=n)),
        draw(st.lists(st.sampled_from([0.0, 1.0, 2.0]), min_size=n, max_size=n)),
        draw(st.lists(st.integers(1, 2), min_size=n, max_size=n)),
        draw(st.lists(st.booleans(), min_size=m, max_size=m)),
        draw(st.lists(st.sampled_from([1.0, 2.0]), min_size=m, max_size=m)),
        draw(st.lists(capacity, min_size=m, max_size=m)),
    )


@settings(max_examples=150, deadline=None)
@given(cases(), st.sampled_from(MODELS), st.integers(0, 3), st.sampled_from([0.0, 0.1, 0.3, 0.7]))
def test_no_choice_is_better_where_much_is_equal(case: Case, model: str, sites: int, radius: float) -> None:
    check(case, Question(model, None if model == "lscp" else sites, radius=radius))  # type: ignore[arg-type]
