"""Problems too large to try everything: bounds that hold, time limits, cancelling, progress."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from priority.siting.cover import Within
from priority.siting.cover_bound import bounded_cover
from priority.siting.coverage import reduced, useful_sites
from priority.siting.distances import Distances, Floats
from priority.siting.effort import Effort, Progress
from priority.siting.interchange import Interchange
from priority.siting.lazy_cover import apart
from priority.siting.local_cover import greedy_cover, smaller_cover
from priority.siting.maximal import most_covered
from priority.siting.median import least_travel
from priority.siting.problem import MODELS, Model, Question, SitingProblem
from priority.siting.served import ServingProgram, nearest_share, weighted
from priority.siting.solve import solve_siting


def plain(demands: int, sites: int, seed: int, decimals: int = 0) -> tuple[Floats, Floats]:
    """Distances between random places on a plain of 30 km, and weights."""
    rng = np.random.default_rng(seed)
    here, there = rng.random((demands, 2)) * 30_000, rng.random((sites, 2)) * 30_000
    table = np.hypot(*(here[:, None, axis] - there[None, :, axis] for axis in (0, 1)))
    return np.round(table, decimals), np.round(rng.lognormal(5, 1, demands), decimals)


def median_problem(seed: int, decimals: int = 0) -> SitingProblem:
    table, weight = plain(150, 40, seed, decimals)
    rng = np.random.default_rng(seed)
    table[rng.random(table.shape) < 0.1] = np.nan
    stays = np.arange(40) < seed % 3
    return SitingProblem.of(Distances.from_dense(table), weight, stays=stays)


def by_program(problem: SitingProblem, sites: int) -> float:
    """The optimum of the whole program, without bounds and interchange."""
    pairs, all_sites = np.ones(len(problem.distances.value), bool), np.ones(len(problem.site_ids), bool)
    program = ServingProgram(problem, Question("pmedian", sites), pairs, all_sites, all_served=True)
    program.limit()
    return program.solve(program.pair_costs(weighted(problem)), Effort(60)).choice.reached[0]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("decimals", [0, 3])
def test_a_median_proven_by_bounds_is_that_of_the_whole_program(seed: int, decimals: int) -> None:
    problem = median_problem(seed, decimals)
    found = solve_siting(problem, Question("pmedian", 5), Effort(60))
    assert found.status == "optimal"
    assert found.objective == pytest.approx(by_program(problem, 5), rel=1e-7)


@pytest.mark.parametrize("seed", range(3))
def test_a_median_in_tiers_is_that_of_the_whole_program(seed: int) -> None:
    plain_problem = median_problem(seed)
    problem = replace(plain_problem, tier=np.minimum(np.arange(150) // 12, 2))
    found = solve_siting(problem, Question("pmedian", 5), Effort(60))
    assert found.status == "optimal"
    pairs, sites = np.ones(len(problem.distances.value), bool), np.ones(40, bool)
    program = ServingProgram(problem, Question("pmedian", 5), pairs, sites, all_served=True)
    program.limit()
    whole = program.solve(program.pair_costs(weighted(problem)), Effort(60)).choice
    assert whole.finished
    assert [tier.objective for tier in found.tiers] == pytest.approx(list(whole.reached), rel=1e-7)


@pytest.mark.parametrize("seed", range(4))
def test_a_median_stopped_early_has_a_true_bound(seed: int) -> None:
    problem = median_problem(seed)
    optimum = by_program(problem, 5)
    checks = iter(range(10_000))
    served = least_travel(problem, Question("pmedian", 5), Effort(60, cancelled=lambda: next(checks) > 30 + 20 * seed))
    assert served.choice.bounds[0] <= optimum * (1 + 1e-9)
    assert served.choice.reached[0] >= optimum * (1 - 1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_coverage_proven_by_bounds_is_that_of_the_whole_program(seed: int) -> None:
    table, weight = plain(300, 60, seed, seed % 2)
    distances = Distances.from_dense(np.where(table < 4000, table, np.nan))
    problem = SitingProblem.of(distances, weight)
    found = most_covered(problem, Question("mclp", 8, radius=4000.0), Effort(60))
    # A budget of eight sites of cost 1 asks the same, and goes to the whole program.
    whole = most_covered(problem, Question("mclp", budget=8.0, radius=4000.0), Effort(60))
    assert found.finished
    assert whole.finished
    assert whole.reached[0] == pytest.approx(found.reached[0], rel=1e-7)


def test_the_bound_of_a_cover_holds_when_the_search_is_cut_short() -> None:
    table, weight = plain(600, 80, 3)
    within = Within.of(SitingProblem.of(Distances.from_dense(table)), 4000.0)
    sets = within.sites_of.part(within.sites_of.size > 0, np.ones(80, bool))
    weight = weight[within.sites_of.size > 0]
    exact = bounded_cover(sets, weight, 8, Effort(60))
    assert exact.proven
    for limit in (5, 40, 200):
        checks = iter(range(100_000))
        cut = bounded_cover(sets, weight, 8, Effort(60, cancelled=lambda: next(checks) > limit))  # noqa: B023
        assert cut.bound <= exact.missed <= cut.missed


@pytest.mark.parametrize("seed", range(4))
def test_what_reduction_leaves_needs_as_many_sites(seed: int) -> None:
    table, _ = plain(120, 30, seed)
    question = Question("lscp", radius=12000.0)
    whole = SitingProblem.of(Distances.from_dense(table))
    sets = Within.of(whole, 12000.0).sites_of
    demands, sites = reduced(sets, np.zeros(30))
    assert demands.sum() < 120
    part = SitingProblem.of(Distances.from_dense(np.where(table <= 12000, table, np.nan)[np.ix_(demands, sites)]))
    least = solve_siting(whole, question).objective
    assert solve_siting(part, question).objective == least
    start = greedy_cover(sets, np.ones(120, np.int64))
    smaller = smaller_cover(sets, start, Effort(5), 1, 5000)
    assert least <= smaller.sum() <= start.sum()  # type: ignore[operator]
    assert (np.bincount(sets.row[smaller[sets.column]], minlength=120) > 0).all()
    lone = apart(sets.start, sets.column, sets.columns, np.arange(120))
    assert 1 < lone.sum() <= least  # type: ignore[operator]
    assert (np.bincount(sets.column, lone[sets.row], sets.columns) <= 1).all()
    assert useful_sites(sets.turned(), np.zeros(30)).sum() <= 30


def test_no_single_exchange_improves_what_interchange_ends_with() -> None:
    problem = median_problem(1)
    chosen = Interchange(problem, 4).run(Effort(60))

    def cost(sites: np.ndarray) -> tuple[float, float]:
        share = nearest_share(problem, sites)
        missing = 150 - share.sum()
        return float(missing), float((share * weighted(problem)).sum())

    least = cost(chosen)
    assert chosen.sum() == 4
    for old in np.flatnonzero(chosen):
        for new in np.flatnonzero(~chosen & ~problem.stays):
            other = chosen.copy()
            other[[old, new]] = False, True
            assert cost(other) >= (least[0], least[1] * (1 - 1e-9))


@pytest.mark.parametrize("model", MODELS)
def test_who_cancels_gets_what_there_is(model: Model) -> None:
    table, weight = plain(400, 80, 1)
    problem = SitingProblem.of(Distances.from_dense(table), weight)
    question = Question(model, None if model == "lscp" else 6, radius=6000.0)
    optimum = solve_siting(problem, question, Effort(60))
    assert optimum.status == "optimal"
    cut = solve_siting(problem, question, Effort(60, cancelled=lambda: True))
    assert cut.status in ("gap", "unknown", "optimal")
    if cut.objective is not None and optimum.objective is not None:
        worse = -1 if model == "mclp" else 1
        assert worse * cut.objective >= worse * optimum.objective
        assert cut.bound is None or worse * cut.bound <= worse * optimum.objective + 1e-6


def test_a_listener_hears_bounds_that_close_in() -> None:
    table, weight = plain(400, 80, 2)
    told = list[Progress]()
    found = solve_siting(
        SitingProblem.of(Distances.from_dense(table), weight), Question("pmedian", 12), Effort(60, told.append)
    )
    heard = [each for each in told if each.objective is not None and each.bound is not None]
    assert heard
    assert all(each.bound <= found.objective * (1 + 1e-9) <= each.objective * (1 + 2e-9) for each in heard)  # type: ignore[operator]


@pytest.mark.parametrize("model", ["mclp", "pmedian", "lscp", "pcenter"])
def test_capacities_with_more_pairs_than_a_program_takes_claim_no_more_than_is_so(
    model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, weight = plain(60, 12, 1)
    room = np.full(12, weight.sum() / 2.5)
    problem = SitingProblem.of(Distances.from_dense(table), weight, capacity=room)
    question = Question(model, None if model == "lscp" else 6, radius=30_000.0)
    exact = solve_siting(problem, question, Effort(10))
    monkeypatch.setattr("priority.siting.served.MOST_PAIRS", 300)
    found = solve_siting(problem, question, Effort(10))
    assert exact.status == "optimal"
    assert not found.blocked
    if model == "pcenter":
        # Within the shortest limits there are few pairs, so that what is refused there is refused for good.
        assert found.objective == exact.objective
        return
    assert found.status == ("optimal" if found.gap == 0 else "gap")
    assert found.objective is not None
    assert found.bound is not None
    assert exact.objective is not None
    worse = -1 if model == "mclp" else 1
    assert worse * found.bound <= worse * exact.objective + 1e-6 <= worse * found.objective + 2e-6
