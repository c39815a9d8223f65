"""What a planner sees: edges of the standard, nothing to site, and who makes a problem unsolvable."""

from __future__ import annotations

import numpy as np
import pytest

from priority.siting.curve import curve
from priority.siting.distances import Distances
from priority.siting.effort import Effort
from priority.siting.problem import MODELS, InvalidSiting, Model, Question, SitingProblem
from priority.siting.results import Siting
from priority.siting.solve import solve_siting

INF = np.inf


def problem(table: object, weight: object = None, **more: object) -> SitingProblem:
    distances = Distances.from_dense(np.array(table, dtype=float).reshape(np.shape(table)))
    return SitingProblem.of(distances, weight, **more)  # type: ignore[arg-type]


def asked(model: Model, sites: int = 1, **more: float) -> Question:
    return Question(model, None if model == "lscp" else sites, radius=more.pop("radius", 10.0), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("distance", [10.0, 0.1 + 0.2, 1e-9, 123456.789, 1 / 3])
def test_at_exactly_the_radius_is_covered(distance: float) -> None:
    for radius in (distance, round(distance, 13)):
        assert solve_siting(problem([[distance]]), asked("mclp", radius=radius)).covered_share == 1
        assert solve_siting(problem([[distance]]), asked("lscp", radius=radius)).objective == 1


@pytest.mark.parametrize("model", ["lscp", "mclp"])
def test_a_millimetre_beyond_the_radius_is_not(model: Model) -> None:
    found = solve_siting(problem([[10_000.001]]), asked(model, radius=10_000.0))
    assert found.uncovered == ("0",)
    assert not found.selected


@pytest.mark.parametrize("model", MODELS)
def test_no_demands_need_no_sites(model: Model) -> None:
    found = solve_siting(problem(np.zeros((0, 3))), asked(model))
    assert (found.status, found.objective, found.selected, found.covered_share) == ("optimal", 0, (), None)


@pytest.mark.parametrize(("model", "objective"), [("lscp", 0), ("mclp", 2), ("pmedian", 3), ("pcenter", 2)])
def test_with_no_new_sites_the_existing_ones_serve(model: Model, objective: float) -> None:
    for table, stays in (([[1, 1], [2, 1]], [True, False]), ([[1], [2]], [True])):
        found = solve_siting(problem(table, stays=stays), asked(model, 0))
        assert (found.status, found.objective, found.selected) == ("optimal", objective, ())
        assert found.assignment == {"0": "0", "1": "0"}


@pytest.mark.parametrize("model", ["pmedian", "pcenter"])
def test_no_new_sites_and_no_existing_ones_serve_nobody(model: Model) -> None:
    found = solve_siting(problem([[1, 2], [2, 1]]), asked(model, 0))
    assert (found.status, found.selected, found.uncovered) == ("infeasible", (), ("0", "1"))
    assert [each.obstacle for each in found.blocked] == ["not_enough"] * 2
    assert solve_siting(problem([[1, 2], [2, 1]]), asked("mclp", 0)).objective == 0


def test_nobody_within_the_standard_is_an_answer_and_not_an_error() -> None:
    for more in ({}, {"capacity": [5.0, 5.0]}, {"tier": [1, 2]}):
        found = solve_siting(problem([[11, 12], [13, 14]], **more), asked("mclp", 2))
        assert (found.status, found.objective, found.gap, found.selected) == ("optimal", 0, 0, ())
        assert (found.uncovered, found.covered_share, found.worst) == (("0", "1"), 0, None)


@pytest.mark.parametrize("model", ["lscp", "mclp", "pmedian", "pcenter"])
def test_of_sites_that_are_as_good_one_is_chosen_always_the_same(model: Model) -> None:
    case = problem([[5, 5, 5], [5, 5, 5]])
    answers = {solve_siting(case, asked(model, 1)).selected for _ in range(3)}
    assert len(answers) == 1
    assert len(answers.pop()) == 1


def test_the_worst_case_may_differ_by_a_rounding() -> None:
    # 0.1 + 0.2 is a rounding more than 0.3: one step of the search covers both.
    found = solve_siting(problem([[0.3, 9], [9, 0.1 + 0.2]]), asked("pcenter", 2))
    assert (found.status, found.objective) == ("optimal", 0.1 + 0.2)


def test_a_gap_of_nothing_reached_is_unknown_and_not_infinite() -> None:
    found = solve_siting(line(40), Question("mclp", 3, radius=1.0), Effort(60, cancelled=lambda: True))
    assert found.gap is None or found.gap < 1e6


@pytest.mark.parametrize("model", ["lscp", "pmedian", "pcenter"])
def test_without_candidates_every_place_is_named(model: Model) -> None:
    found = solve_siting(problem(np.zeros((2, 0))), asked(model))
    assert (found.status, found.objective, found.gap) == ("infeasible", None, None)
    assert [(each.demand, each.obstacle) for each in found.blocked] == [("0", "unreachable"), ("1", "unreachable")]
    assert found.uncovered == ("0", "1")


def test_without_candidates_nothing_is_covered() -> None:
    found = solve_siting(problem(np.zeros((2, 0))), asked("mclp"))
    assert (found.status, found.objective, found.uncovered) == ("optimal", 0, ("0", "1"))


def test_the_place_beyond_the_standard_is_named() -> None:
    found = solve_siting(problem([[1, 9], [50, 60], [2, 3]]), asked("lscp"))
    assert (found.status, found.selected) == ("infeasible", ())
    assert [(each.demand, each.obstacle) for each in found.blocked] == [("1", "unreachable")]


@pytest.mark.parametrize("model", ["pmedian", "pcenter"])
def test_valleys_with_too_few_sites_are_named(model: Model) -> None:
    table = [[1, INF, INF], [2, INF, INF], [INF, 1, INF], [INF, INF, 3]]
    found = solve_siting(problem(table), asked(model, 2))
    assert found.status == "infeasible"
    assert [each.obstacle for each in found.blocked] == ["not_enough"]
    assert found.blocked[0].demand in ("2", "3")
    assert solve_siting(problem(table), asked(model, 3)).status == "optimal"


@pytest.mark.parametrize("model", ["lscp", "pmedian", "pcenter"])
def test_too_little_capacity_names_what_is_left_over(model: Model) -> None:
    found = solve_siting(problem([[1], [1], [1]], [1.0, 1.0, 1.0], capacity=[2.0]), asked(model))
    assert found.status == "infeasible"
    assert [each.obstacle for each in found.blocked] == ["not_enough"]


def test_a_demand_too_large_for_one_site_may_be_shared() -> None:
    case = problem([[1, 2]], [100.0], capacity=[60.0, 60.0])
    assert solve_siting(case, asked("lscp")).status == "infeasible"
    found = solve_siting(case, Question("lscp", radius=10.0, shared=True))
    assert (found.status, found.objective) == ("optimal", 2)
    assert sum(service.share for service in found.services) == pytest.approx(1)
    assert all(service.share <= 0.6 + 1e-9 for service in found.services)


def test_existing_sites_stay_and_are_not_counted() -> None:
    case = problem([[1, 50], [50, 1]], stays=[True, False])
    found = solve_siting(case, asked("lscp"))
    assert (found.objective, found.selected, found.assignment) == (1, ("1",), {"0": "0", "1": "1"})
    assert solve_siting(case, asked("mclp", 0)).objective == 1
    assert solve_siting(case, asked("pmedian", 0)).objective == 51


def test_sites_that_help_nobody_are_not_built() -> None:
    found = solve_siting(problem([[1, 2, 3], [1, 2, 3]]), asked("mclp", 3))
    assert (found.selected, found.covered_share) == (("0",), 1)


def test_sites_that_serve_nobody_are_not_built_within_a_budget_either() -> None:
    # Site 0 is nobody's nearest and costs nothing that is counted.
    case = problem([[9, 1, INF], [9, 1, INF], [INF, INF, 2]], cost=[1.0, 2.0, 3.0])
    assert solve_siting(case, Question("pmedian", budget=6.0)).selected == ("1", "2")
    assert solve_siting(case, Question("pcenter", budget=6.0)).selected == ("1", "2")


def test_the_budget_limits_the_cost_of_new_sites() -> None:
    case = problem([[1, INF], [INF, 1]], [9.0, 5.0], cost=[10.0, 3.0])
    found = solve_siting(case, Question("mclp", budget=9.0, radius=5.0))
    assert (found.selected, found.objective) == (("1",), 5)
    assert solve_siting(case, Question("mclp", budget=13.0, radius=5.0)).objective == 14


def test_a_median_in_which_nobody_has_a_way_to_go() -> None:
    # The bound is reached at once, and nothing is left of the direction in which better prices are looked for.
    case = problem([[0, 0, 0.1], [0, 0, 0]], np.array([1.0, 0.0]), stays=np.array([False, True, True]))
    found = solve_siting(case, Question("pmedian", 0))
    assert (found.status, found.objective, found.selected) == ("optimal", 0, ())


def test_everybody_goes_to_the_nearest_open_site() -> None:
    found = solve_siting(problem([[1, 2], [4, 3]]), asked("pmedian", 2))
    assert found.assignment == {"0": "0", "1": "1"}
    assert found.worst == 3


@pytest.mark.parametrize(
    ("question", "field"),
    [
        (lambda: Question("mclp", 3), "radius"),
        (lambda: Question("pmedian"), "sites"),
        (lambda: Question("mclp", -1, radius=3), "sites"),
        (lambda: Question("lscp", radius=float("nan")), "radius"),
        (lambda: Question("pcenter", 2, backup=1), "backup"),
        (lambda: problem([[1.0]], [-1.0]), "weight[0]"),
        (lambda: problem([[1.0]], [np.nan]), "weight[0]"),
        (lambda: problem([[-1.0]]), "distances"),
        (lambda: problem([[1.0]], capacity=[-1.0]), "capacity[0]"),
    ],
)
def test_what_cannot_be_asked_is_named(question: object, field: str) -> None:
    with pytest.raises(InvalidSiting) as raised:
        question()  # type: ignore[operator]
    assert field in [each.field for each in raised.value.problems]


def test_backup_and_capacities_do_not_go_together() -> None:
    with pytest.raises(InvalidSiting, match="backup"):
        solve_siting(problem([[1.0]], capacity=[1.0]), asked("mclp", backup=1))


def line(count: int) -> SitingProblem:
    """Places along a road, a kilometre apart, each of them a candidate."""
    at = np.arange(count, dtype=float)
    return problem(np.abs(at[:, None] - at[None, :]))


def points(case: SitingProblem, question: Question, reach: int) -> list[tuple[int, float | None]]:
    answer: Siting = solve_siting(case, question)
    return [(point.sites, point.objective) for point in curve(case, question, answer, Effort(30), reach)]


def test_the_curve_tells_what_one_more_and_one_less_would_change() -> None:
    assert points(line(9), Question("pcenter", 2), 1) == [(1, 4), (2, 2), (3, 1)]
    assert points(line(9), Question("mclp", 2, radius=1.0), 2) == [(0, 0), (1, 3), (2, 6), (3, 9), (4, 9)]


def test_the_curve_of_the_fewest_sites_tells_what_fewer_can_cover() -> None:
    case, question = line(9), Question("lscp", radius=1.0)
    answer = solve_siting(case, question)
    found = curve(case, question, answer, Effort(30), 2)
    assert [(point.sites, point.covered_share) for point in found] == [(1, 3 / 9), (2, 6 / 9), (3, 1)]


def test_the_curve_ends_at_the_candidates() -> None:
    assert points(line(3), Question("pmedian", 3), 1) == [(2, 1), (3, 0)]
