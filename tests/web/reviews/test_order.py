"""The ranking at the start, against the order in which places came back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.incidents.logs import after
from tests.web.reviews.cases import broken, impact_of, log_written, material, minute, started, told
from webmap.incidents.entries import Fact
from webmap.reviews.order import kendall, ranking_review
from webmap.reviews.results import RankingReview

Asked = list[tuple[datetime, datetime]]


def compared(
    facts: Sequence[Fact],
    back: dict[str, float | None],
    at: float = 600,
    ranked: str = "abcd",
    asked: Asked | None = None,
) -> RankingReview:
    def take(moment: datetime, known_at: datetime) -> Mapping[str, Any]:
        if asked is not None:
            asked.append((moment, known_at))
        return {
            "ranking": [
                {"rank": rank, "id": place, "name": place, "tier": rank} for rank, place in enumerate(ranked, start=1)
            ]
        }

    return ranking_review(material(log_written(facts), at, impact=impact_of(back=back), pictures=take))


def test_the_ranking_at_the_start_of_the_response_against_the_return() -> None:
    asked: Asked = []
    found = compared([broken(0), started(30, "III")], {"a": 100, "b": 90, "c": 200, "x": 50}, asked=asked)
    assert asked == [(after(30), after(30))]
    assert [(row.id, minute(row.back_at), row.returned) for row in found.order] == [
        ("a", 100, 3),
        ("b", 90, 2),
        ("c", 200, 4),
        ("d", None, None),
    ]
    assert found.pairs == 3
    assert found.agreement == pytest.approx(1 / 3, abs=1e-4)  # of three pairs two agree and one does not
    assert "部分一致" in found.sentence


def test_without_a_level_the_ranking_is_that_of_an_hour_after_the_first_damage() -> None:
    asked: Asked = []
    assert compared([told(0), broken(10)], {}, at=69, asked=asked).at is None
    assert asked == []
    assert minute(compared([told(0), broken(10)], {}, at=70, asked=asked).at) == 70


def test_fewer_than_two_places_or_all_at_once_give_no_figure() -> None:
    level = [broken(0), started(30, "III")]
    assert (compared(level, {"a": 100}).agreement, compared(level, {"a": 100}).pairs) == (None, 1)
    assert compared(level, {"a": 100, "b": 100}).agreement is None
    assert "同时" in compared(level, {"a": 100, "b": 100}).sentence
    assert compared(level, {}, ranked="").sentence == "当时已知的情况下没有需要排序的单位。"


def test_places_that_came_back_together_share_their_place() -> None:
    found = compared([broken(0), started(30, "III")], {"a": 100, "b": 100, "c": 200})
    assert [row.returned for row in found.order] == [1, 1, 2, None]


def test_without_pictures_nothing_is_ranked() -> None:
    found = ranking_review(material(log_written([broken(0), started(5, "III")]), 100))
    assert (found.order, found.agreement, found.pairs) == ((), None, 0)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 6), min_size=2, max_size=12))
def test_the_agreement_is_kendalls_tau_b_counted_pair_by_pair(returned: list[int]) -> None:
    ranks = list(range(1, len(returned) + 1))
    signs = [(second > first) - (second < first) for first, second in combinations(returned, 2)]
    total = len(signs)
    untied = total - signs.count(0)
    expected = None if not untied else sum(signs) / math.sqrt(total * untied)
    found = kendall(ranks, returned)
    assert found == (None if expected is None else pytest.approx(expected, abs=1e-4))
