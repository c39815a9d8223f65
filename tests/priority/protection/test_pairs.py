"""Pairs of failures: two feeds of one place, two ends of a ring, and all pairs of random districts tried."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.pictures import District
from tests.priority.protection.brute import Brute
from tests.priority.protection.lists import HORIZON_H, list_of
from tests.priority.random_districts import districts


def test_two_feeds_of_one_hospital() -> None:
    district = District().network("electricity", "S* - s1| - a\nQ* - s2| - b")
    district.facility("h", electricity=(["a", "b"], 4))
    result = list_of(district.frames())
    assert result.guard == ()
    pair = result.pairs[0]
    assert pair.beyond.facility_hours == pair.consequence.facility_hours == 20.0
    assert {pair.first, pair.second} == {"S", "Q"}
    assert "单独停运都不影响清单单位和用户" in pair.reason
    assert "4 小时后单位h（第 4 类）因停电停运" in pair.reason


def test_both_ends_of_a_ring() -> None:
    district = District().network("electricity", "S* - s1| - m:9 - s2| - Q*")
    pair = list_of(district.frames()).pairs[0]
    assert {pair.first, pair.second} == {"S", "Q"}
    assert (pair.beyond.customers["electricity"], pair.consequence.customers["electricity"]) == (9, 9)


def test_what_fails_earlier_counts_by_the_hours() -> None:
    district = District().network("electricity", "S* - s1| - a").network("water", "W* - v1| - b")
    district.facility("h", electricity=("a", 6), water=("b", 6))
    assert list_of(district.frames()).pairs == ()  # either alone ends the hospital after six hours
    both = District().network("electricity", "S* - s1| - a\nQ* - s2| - b").network("water", "W* - v1| - w")
    both.facility("h", electricity=(["a", "b"], 2), water=("w", 6))
    row = next(item for item in list_of(both.frames()).pairs if {item.first, item.second} == {"S", "Q"})
    assert row.beyond.facility_hours == 22.0


@settings(max_examples=20, deadline=None)
@given(districts())
def test_all_pairs_tried(district: District) -> None:
    frames = district.frames()
    brute = Brute(frames, HORIZON_H, restricted=True)
    rows = list_of(frames).pairs
    expected = brute.pairs()
    assert [brute.weight(brute.beyond(row.first, row.second)) for row in rows] == expected[:30]
    for row in rows:
        extra = brute.beyond(row.first, row.second)
        assert row.beyond.customers == brute.customers(extra)
        assert row.beyond.facility_hours == pytest.approx(sum(hours for _, hours in extra.places))
        whole = brute.toll(row.first, row.second)
        assert row.consequence.facility_hours == pytest.approx(sum(hours for _, hours in whole.places))
