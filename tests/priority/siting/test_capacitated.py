"""Sites that can be full: the first choice keeps every limit by itself, and what is claimed of it is so."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest

from priority.siting.distances import Distances
from priority.siting.effort import Effort, Progress
from priority.siting.problem import MODELS, Model, Question, SitingProblem
from priority.siting.program import Answer, Program
from priority.siting.served_start import OpeningSearch, Sender
from priority.siting.solve import solve_siting
from tests.priority.siting.brute import best, random_case
from tests.priority.siting.test_brute_force import objectives, random_question


def drawn(seed: int) -> SitingProblem:
    """Forty demands of three tiers, ten sites of which two stay, with room for about as much as there is."""
    rng = np.random.default_rng(seed)
    table = rng.integers(1, 30, (40, 10)).astype(float)
    table[rng.random((40, 10)) < 0.3] = np.inf
    weight = rng.integers(0, 60, 40).astype(float) / (1 + seed % 3)
    return SitingProblem.of(
        Distances.from_dense(table),
        weight,
        tier=rng.integers(1, 4, 40),
        stays=np.arange(10) < 2,
        cost=rng.integers(0, 9, 10).astype(float),
        capacity=np.where(rng.random(10) < 0.1, np.inf, np.round(weight.sum() / 6 * (0.4 + rng.random(10)))),
    )


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize(("everyone", "nearest"), [(False, False), (True, False), (True, True)])
def test_the_first_choice_keeps_capacities_number_and_budget(everyone: bool, nearest: bool, shared: bool) -> None:
    for seed in range(25):
        problem = drawn(seed)
        distances = problem.distances
        question = Question("mclp", 1 + seed % 5, budget=None if seed % 2 else 12.0, radius=20.0)
        pairs = distances.within(20.0) & (problem.weight[distances.demand] <= problem.capacity[distances.site])
        sender = Sender(problem, pairs, everyone=everyone, nearest=nearest, shared=shared)
        sent = OpeningSearch(sender, question).run(Effort(10))
        load = np.bincount(distances.site, sent.share * problem.weight[distances.demand], 10)
        assert (load <= problem.capacity + 1e-6).all()
        assert (np.bincount(distances.demand, sent.share, 40) <= 1 + 1e-9).all()
        may = pairs & (sent.opened | problem.stays)[distances.site]
        assert not sent.share[~may].any()
        assert shared or set(sent.share.tolist()) <= {0.0, 1.0}
        assert sent.opened.sum() <= (question.sites or 0)
        assert not (sent.opened & problem.stays).any()
        assert problem.cost[sent.opened].sum() <= (question.budget or np.inf)


@pytest.mark.parametrize("tiers", [1, 3])
@pytest.mark.parametrize("model", MODELS)
def test_without_the_solver_nothing_is_claimed_that_is_not_so(
    model: Model, tiers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    for seed in range(60):
        rng = np.random.default_rng([seed, 7, tiers])
        case = random_case(rng, capacities=True, tiers=tiers, decimals=int(rng.integers(0, 3)))
        question = random_question(rng, case, model)
        if all(map(math.isinf, case.capacity)):
            continue
        exact = solve_siting(case.problem(), question)
        with monkeypatch.context() as patch:
            patch.setattr(Program, "minimise", lambda *_, **__: Answer(None, -np.inf, infeasible=False, finished=False))
            found = solve_siting(case.problem(), question)
        told.append(found.status)
        wanted = best(case, question)
        if found.objective is None:
            assert found.status == "unknown" or wanted is None
            continue
        assert wanted is not None
        reached = objectives(case, question, found)
        assert reached >= tuple(each - 1e-6 for each in wanted)
        assert question.sites is None or len(found.selected) <= question.sites
        if found.status == "optimal":
            assert reached == pytest.approx(wanted, abs=1e-6)
        if tiers == 1 and found.bound is not None:
            worse = -1 if model == "mclp" else 1
            assert worse * found.bound <= wanted[0] + 1e-6
        # What the solver then makes of it is never worse.
        assert objectives(case, question, exact) <= tuple(each + 1e-6 for each in reached)
    assert told.count("optimal") + told.count("infeasible") > len(told) / 3
    assert told.count("unknown") < len(told) / 4


def crowded(count: int, sites: int) -> SitingProblem:
    """Hamlets of some hundred people, and shelters with room for a few of them each."""
    rng = np.random.default_rng(8)
    homes, places = rng.random((count, 2)) * 30, rng.random((sites, 2)) * 30
    table = np.hypot(*(homes[:, None] - places[None]).transpose(2, 0, 1))
    capacity = rng.integers(4, 45, sites) * 20.0
    return SitingProblem.of(Distances.from_dense(table), rng.integers(71, 284, count).astype(float), capacity=capacity)


@pytest.mark.parametrize("shared", [False, True])
def test_shelters_that_hold_a_hundredth_of_the_people_are_filled_up(shared: bool) -> None:
    problem, told = crowded(2500, 100), list[Progress]()
    question = Question("mclp", 8, radius=15.0, shared=shared)
    solve_siting(crowded(60, 8), question, Effort(5))
    started = time.perf_counter()
    found = solve_siting(problem, question, Effort(20, told.append))
    # Far under a second on a machine that has nothing else to do.
    assert time.perf_counter() - started < 5
    assert found.gap is not None
    assert found.gap < 0.01
    assert found.objective == pytest.approx(np.sort(problem.capacity)[-8:].sum(), rel=0.01)
    heard = [each for each in told if each.stage == "mclp" and each.objective is not None]
    assert heard
    assert all(0 <= each.objective <= (found.bound or 0.0) * (1 + 1e-9) for each in heard)  # type: ignore[operator]
    assert any(each.bound is not None and each.bound >= found.objective for each in heard)  # type: ignore[operator]


def test_too_little_room_for_all_is_proven_at_a_glance() -> None:
    problem = crowded(300, 20)
    for model in ("pmedian", "lscp"):
        started = time.perf_counter()
        found = solve_siting(problem, Question(model, None if model == "lscp" else 8, radius=50.0), Effort(20))
        assert time.perf_counter() - started < 8
        assert (found.status, found.objective) == ("infeasible", None)
        assert found.blocked


def test_another_makes_way_where_only_that_serves_all() -> None:
    # The first can go to either site, the second only to the one that is nearest to both.
    table = np.array([[1.0, 2.0], [1.0, np.inf]])
    problem = SitingProblem.of(Distances.from_dense(table), np.array([5.0, 5.0]), capacity=np.array([5.0, 5.0]))
    sender = Sender(problem, np.ones(3, np.bool_), everyone=True, nearest=True)
    sent = sender.send(np.ones(2, np.bool_))
    assert sent.figures == (0.0, 0.0, 15.0)
    assert sent.share.tolist() == [0.0, 1.0, 1.0]


def test_the_fewest_are_counted_also_where_the_first_choice_served_nobody() -> None:
    # Nothing weighs anything and no site holds anything: what is greedy sees nothing to gain.
    near = Distances.from_dense(np.array([[0.0, 0.0], [0.1, 0.0]]))
    problem = SitingProblem.of(near, np.zeros(2), capacity=np.zeros(2))
    answer = solve_siting(problem, Question("lscp", radius=0.0))
    assert (answer.status, answer.objective, answer.selected) == ("optimal", 1, ("1",))
