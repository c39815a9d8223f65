"""No lower tier may cost a higher one: cases in which the sum of all would tempt."""

from __future__ import annotations

import numpy as np
import pytest

from priority.siting.distances import Distances
from priority.siting.problem import Question, SitingProblem
from priority.siting.results import Siting
from priority.siting.solve import solve_siting

INF = np.inf


def answer(
    table: list[list[float]], weight: list[float], tier: list[int], question: Question, **more: object
) -> Siting:
    distances = Distances.from_dense(np.array(table))
    problem = SitingProblem.of(distances, np.array(weight), tier=np.array(tier), **more)  # type: ignore[arg-type]
    return solve_siting(problem, question)


def test_one_patient_outweighs_a_town_of_a_later_tier() -> None:
    # Site 0 covers a hospital of one person, site 1 a town of ten million.
    found = answer([[1, INF], [INF, 1]], [1, 10_000_000], [1, 2], Question("mclp", 1, radius=5))
    assert found.selected == ("0",)
    assert found.objective == 1
    assert [tier.covered_weight for tier in found.tiers] == [1, 0]


def test_equal_first_tiers_are_decided_by_the_second() -> None:
    table = [[1, 1, INF], [INF, 1, INF], [INF, INF, 1]]
    found = answer(table, [5, 1, 1000], [1, 2, 3], Question("mclp", 1, radius=5))
    assert found.selected == ("1",)


def test_a_first_tier_that_needs_all_sites_leaves_none() -> None:
    table = [[1, INF, INF], [INF, 1, INF], [INF, INF, 1]]
    found = answer(table, [1, 1, 1_000_000], [1, 1, 2], Question("mclp", 2, radius=5))
    assert found.selected == ("0", "1")
    assert found.uncovered == ("2",)


@pytest.mark.parametrize("weight", [1e3, 1e6, 1e9])
def test_a_metre_of_the_first_tier_is_not_sold(weight: float) -> None:
    found = answer([[100, 101], [900_000, 1]], [1, weight], [1, 2], Question("pmedian", 1))
    assert found.selected == ("0",)
    assert [tier.objective for tier in found.tiers] == [100, 900_000 * weight]


def test_the_worst_case_of_the_first_tier_is_held() -> None:
    # Site 2 is best for all together, site 0 for the first tier.
    table = [[10, 20, 11], [90, 10, 11], [80, 10, 11]]
    found = answer(table, [1, 1, 1], [1, 2, 2], Question("pcenter", 1))
    assert found.selected == ("0",)
    assert [tier.objective for tier in found.tiers] == [10, 90]
    assert found.objective == 90


def test_the_last_place_goes_to_the_first_tier() -> None:
    # One site, room for three: two patients first, though four townspeople would fill it no worse.
    found = answer([[1], [1], [1]], [2, 3, 1], [1, 2, 3], Question("mclp", 1, radius=5), capacity=np.array([3.0]))
    assert found.assignment == {"0": "0", "2": "0"}


def test_backup_never_costs_first_coverage() -> None:
    # Sites 0 and 1 both cover the hospital, site 2 a hamlet of a later tier.
    table = [[1, 1, INF], [INF, INF, 1]]
    found = answer(table, [1000, 1], [1, 2], Question("mclp", 2, radius=5, backup=1))
    assert "2" in found.selected
    assert found.covered_share == 1
    assert found.backed_up_share == 0


def test_tiers_that_are_all_alike_change_nothing() -> None:
    rng = np.random.default_rng(5)
    distances = Distances.from_dense(rng.integers(1, 50, (30, 12)).astype(float))
    weight = rng.integers(1, 9, 30).astype(float)
    for question in (Question("mclp", 3, radius=9), Question("pmedian", 3), Question("pcenter", 3)):
        plain = solve_siting(SitingProblem.of(distances, weight), question)
        same = solve_siting(SitingProblem.of(distances, weight, tier=np.full(30, 7)), question)
        assert plain.objective == same.objective
