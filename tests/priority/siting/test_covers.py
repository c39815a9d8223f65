"""Covers asked of few demands at a time, and the searches and reductions under them, beside plain ones."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from priority.network.kernels import BoolArray
from priority.siting.coverage import Sets, binding_demands, useful_sites
from priority.siting.effort import Effort, Progress
from priority.siting.few_sites import few_enough_sites
from priority.siting.lazy_cover import LazyCover
from priority.siting.program import Program
from tests.priority.siting.test_large import plain

ENOUGH = 100_000


def sets_of(rows: list[list[int]], columns: int) -> Sets:
    start = np.cumsum([0, *map(len, rows)])
    return Sets(start, np.array([column for row in rows for column in row], np.int64), columns)


def random_rows(rng: np.random.Generator, rows: int, columns: int) -> list[list[int]]:
    """Rows that are not empty, some of them equal or within others."""
    density = rng.choice([0.2, 0.4, 0.7])
    inside = rng.random((rows, columns)) < density
    inside[np.arange(rows), rng.integers(0, columns, rows)] = True
    return [np.flatnonzero(row).tolist() for row in inside]


def least_sites(rows: list[list[int]], columns: int) -> int:
    """By trying everything."""
    for size in range(columns + 1):
        for chosen in itertools.combinations(range(columns), size):
            if all(set(row) & set(chosen) for row in rows):
                return size
    raise AssertionError


def covers(sets: Sets, chosen: BoolArray) -> bool:
    return bool((np.bincount(sets.row[chosen[sets.column]], minlength=len(sets)) > 0).all())


@pytest.mark.parametrize("seed", range(60))
def test_the_search_finds_the_fewest_sites_and_refuses_fewer(seed: int) -> None:
    rng = np.random.default_rng(seed)
    columns = int(rng.integers(1, 9))
    rows = random_rows(rng, int(rng.integers(0, 12)), columns)
    sets, least = sets_of(rows, columns), least_sites(rows, columns)
    for most in range(columns + 2):
        found, sure = few_enough_sites(sets, most, ENOUGH)
        assert sure
        assert (found is not None) == (most >= least)
        assert found is None or (found.sum() <= most and covers(sets, found))


def test_a_search_that_is_cut_short_claims_nothing() -> None:
    rows = random_rows(np.random.default_rng(1), 30, 12)
    sets = sets_of(rows, 12)
    answers = [few_enough_sites(sets, least_sites(rows, 12) - 1, nodes) for nodes in (0, 1, 2, ENOUGH)]
    assert all(found is None for found, _ in answers)
    assert [sure for _, sure in answers][0::3] == [False, True]


@pytest.mark.parametrize("seed", range(30))
def test_what_is_left_out_lies_within_or_around_what_is_kept(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = random_rows(rng, 14, 6)
    sets, cost = sets_of(rows, 6), rng.integers(1, 4, 14).astype(float)
    kept = useful_sites(sets, cost)
    for row, keep in enumerate(kept):
        larger = [
            k for k in np.flatnonzero(kept) if k != row and set(rows[row]) <= set(rows[k]) and cost[k] <= cost[row]
        ]
        assert keep == (not larger)
    binding = binding_demands(sets)
    for row, keep in enumerate(binding):
        assert keep == (not [k for k in np.flatnonzero(binding) if k != row and set(rows[k]) <= set(rows[row])])


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("searched", [False, True])
def test_a_few_demands_at_a_time_give_the_answer_of_all(
    seed: int, searched: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, _ = plain(400, 40, seed)
    rows = [np.flatnonzero(row <= 9000).tolist() for row in table]
    rows = [row for row in rows if row]
    sets = sets_of(rows, 40)
    program = Program(np.ones(40), np.ones(40, bool))
    program.add_rows(sets.row, sets.column, np.ones(len(sets.column)), np.ones(len(rows)), np.full(len(rows), np.inf))
    least = round(program.minimise(np.ones(40), Effort(60)).bound)
    # Neither all at once nor by the search alone: every way to an answer is gone.
    monkeypatch.setattr("priority.siting.lazy_cover._FEW_PAIRS", 0)
    monkeypatch.setattr("priority.siting.lazy_cover._LOOKS", 0 if seed % 2 else 20_000_000)
    lazy, need = LazyCover(len(rows), searched=searched), np.ones(len(rows), bool)
    for most in (least - 1, least, least + 1, least - 1):
        found, sure = lazy.at_most(sets, need, most, Effort(60))
        assert sure
        assert (found is not None) == (most >= least)
        assert found is None or (found.sum() <= most and covers(sets, found))
    assert lazy.at_most(sets, np.zeros(len(rows), bool), 0, Effort(60))[0] is not None
    assert lazy.at_most(sets, need, least, Effort(60, cancelled=lambda: True)) == (None, False)


def test_the_listener_hears_of_the_whole_and_not_of_a_question_within() -> None:
    told = list[Progress]()
    asking = Effort(60, told.append).under("lscp", 9.0, 7.0)
    asking.tell("cover", 3.0, 1.0)
    assert [(each.stage, each.objective, each.bound) for each in told] == [("lscp", 9.0, 7.0)]
