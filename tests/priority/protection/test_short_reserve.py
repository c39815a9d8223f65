"""Reserves against the usual repair of what feeds a place."""

from __future__ import annotations

from priority.restoration.durations import usual_hours
from tests.pictures import District
from tests.priority.protection.lists import list_of


def test_short_unknown_and_long_reserves() -> None:
    feeder = usual_hours("electricity", "feeder")
    district = District().network("electricity", "S* - s1| - a - b")
    district.facility("short", electricity=("b", feeder - 1)).facility("none", electricity=("b", 0))
    district.facility("long", electricity=("b", feeder)).facility("unknown", electricity=("b", None))
    district.facility("school", "school", electricity=("b", 0))  # not on the energy plan's list
    rows = list_of(district.frames()).short_reserve
    assert [row.facility for row in rows] == ["none", "short", "unknown"]
    assert [row.reserve_hours for row in rows] == [0.0, feeder - 1, None]
    assert {row.usual_repair_hours for row in rows} == {feeder}
    assert "没有备用" in rows[0].reason
    assert "差 1 小时" in rows[1].reason
    assert "备用时间未知" in rows[2].reason


def test_the_tier_comes_before_the_shortfall() -> None:
    district = District().network("electricity", "S* - s1| - a")
    district.facility("h", electricity=("a", 0)).facility("g", "government", electricity=("a", 3))
    assert [row.facility for row in list_of(district.frames()).short_reserve] == ["g", "h"]


def test_of_several_feeds_the_one_soonest_repaired_counts() -> None:
    district = District().network("electricity", "S* - s1| - a\nQ* - s2| - b")
    next(line for line in district.lines if line["id"] == "s1--a")["kind"] = "transmission"
    next(line for line in district.lines if line["id"] == "s2--b")["kind"] = "service"
    district.facility("h", electricity=(["a", "b"], 1))
    (row,) = list_of(district.frames()).short_reserve
    assert row.usual_repair_hours == usual_hours("electricity", "service") < usual_hours("electricity", "transmission")
    assert "有第二路或联络可转供" in row.reason


def test_a_need_that_nothing_requires_or_feeds_is_left_out() -> None:
    district = District().network("electricity", "S* - s1| - a\nlost")
    district.facility("h", electricity=("a", 0, False)).facility("k", electricity=("lost", 0))
    assert list_of(district.frames()).short_reserve == ()
