"""Chains of causes in words: they begin with what happened outside, end at the place, and never run in circles."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pictures import District
from tests.priority.cascade.random_systems import HORIZON_H, RandomSystem, seconds, systems
from tests.priority.cascade.reading import hour_of, place
from tests.priority.cascade.slow import SlowSimulator
from tests.priority.small import assess_frames

thorough = settings(max_examples=40, deadline=None)
moments = st.sampled_from([-2.0, 0.0, 0.5, 2.5, 3.0, 6.0, 12.0])

_OUTSIDE = re.compile(r"^(点.+故障（|.+—.+故障（|单位.+本身受损（|断开点.+（|运煤中断或不足$)")
_LOST = re.compile(r"^单位(?P<place>\w+)(?P<what>停电|停气|停热|断煤)（")
_THEN = re.compile(r"^(备用|没有备用|不影响|停运期间备用|.+报告备用还有|.+报告已无备用)")
_REPORTED = re.compile(r"\S+ \S+ 报告")
_CLOCK = re.compile(r"1月(\d+)日 (\d+):(\d+)")
_COMMODITY = {"停电": "electricity", "停气": "gas", "停热": "heat", "断煤": "coal"}


def minute_of(sentence: str) -> int | None:
    """The last clock in a sentence, in minutes after eight o'clock on the twelfth; None without one.

    When somebody reported a reserve is left aside: that may have been before what the sentence tells of.
    """
    found = _CLOCK.findall(_REPORTED.sub("", sentence))
    if not found:
        return None
    day, hour, minute = (int(part) for part in found[-1])
    return (day - 12) * 1440 + hour * 60 + minute - 480


@thorough
@given(systems(), moments)
def test_every_chain_leads_from_outside_to_the_place(system: RandomSystem, hour: float) -> None:
    result = system.seen_at(hour)
    slow = SlowSimulator(system.frames, system.happenings(seconds(hour)))
    course = slow.run(HORIZON_H * 3600)
    for row in result.facilities:
        if row.fails_at is None and row.state not in ("failed", "on_reserve"):
            continue
        first, *links = row.causes
        assert _OUTSIDE.match(first)
        assert all(_LOST.match(text) or _THEN.match(text) for text in links)
        assert len(links) <= 2 * sum(len(course.facility_out(key)) + 1 for key in slow.district.facilities)
        told = [minute for minute in map(minute_of, row.causes) if minute is not None]
        assert told == sorted(told)
        if not links:
            assert row.id in system.act.faults
            continue
        last = _LOST.match(links[-2])
        assert last is not None
        assert last["place"] == row.id
        fails = hour_of(row.fails_at)
        span = course.at(seconds(hour if fails is None or row.state == "failed" else min(fails, HORIZON_H)))
        assert (row.id, _COMMODITY[last["what"]]) in span.unmet


@thorough
@given(systems(), moments)
def test_the_chains_are_as_long_in_both_languages(system: RandomSystem, hour: float) -> None:
    chinese, english = (
        assess_frames(system.frames, **system.act.fields(), plan=system.plan, later_h=hour, language=language)
        for language in ("zh", "en")
    )
    for row, other in zip(chinese.facilities, english.facilities, strict=True):
        assert len(row.causes) == len(other.causes)
        assert not any(re.search("[一-鿿]", text.replace("单位", "").replace("点", "")) for text in other.causes)


def test_a_loop_is_told_once() -> None:
    district = District().network("electricity", "P* - s1| - e:10").network("water", "W* - v1| - w:10")
    district.facility("plant", "utility", feeds="P", water=("w", 4))
    district.facility("pump", "utility", feeds="W", electricity=("e", 1))
    result = assess_frames(district.frames(), {"e": 0}, repairs={"e": 6}, later_h=9)
    assert place(result, "plant").causes == (
        "点e故障（1月12日 08:00）",
        "单位pump停电（1月12日 08:00）",
        "备用可用 1 小时，1月12日 09:00 耗尽",
        "单位plant停水（1月12日 09:00）",
        "备用可用 4 小时，1月12日 13:00 耗尽",
    )
    assert place(result, "pump").causes == place(result, "plant").causes[:3]


def test_the_second_outage_has_its_own_chain() -> None:
    district = District().network("electricity", "S* - s1| - m:30 - s2| - a:10")
    frames = district.facility("hospital", electricity=("a", 3)).frames()
    act = {"repairs": {"a": 5, "m": 9}}
    first = place(assess_frames(frames, {"a": 0, "m": 8}, **act, later_h=4), "hospital")
    assert first.causes[0] == "点a故障（1月12日 08:00）"
    second = place(assess_frames(frames, {"a": 0, "m": 8}, **act, later_h=8.5), "hospital")
    assert second.causes[:2] == ("点m故障（1月12日 16:00）", "单位hospital停电（1月12日 16:00）")
    assert second.causes[2:] == ("备用此前已用完，随即停运",)


def test_a_plant_that_falls_as_its_feeder_is_repaired_is_the_cause_from_then_on() -> None:
    district = District().network("electricity", "P* - e:10").network("heat", "H*")
    district.facility("plant", "utility", feeds="P", heat=("H", 0)).facility("ward", electricity=("P", 0))
    act = {"faults": {"e": 0, "H": 3}, "repairs": {"e": 3}}
    before, after = (place(assess_frames(district.frames(), **act, later_h=hour), "ward") for hour in (1, 4))
    assert before.causes[0] == "点e故障（1月12日 08:00）"
    assert after.causes[:2] == ("点H故障（1月12日 11:00）", "单位plant停热（1月12日 11:00）")
    assert (before.fails_at, before.back_at) == (after.fails_at, after.back_at)


def test_coal_that_is_still_missing_when_the_mine_is_back_is_not_laid_to_the_mine() -> None:
    district = District().network("electricity", "S* - a").network("heat", "H*")
    district.facility("mine", electricity=("a", 0)).facility("plant", "heat_supply", coal=(None, 9, True, 100.0))
    district.stand_in("plant", "coal", "heat", "H").coal_route("north", "plant", "mine", 20.0)
    act = {"faults": {"a": 0, "H": 3}, "repairs": {"a": 3}}
    causes = place(assess_frames(district.frames(), **act, later_h=4), "plant").causes
    assert causes[:2] == ("运煤中断或不足", "单位plant断煤（1月12日 11:00）")


def test_a_reserve_that_lasts_until_the_repair_says_so() -> None:
    district = District().network("electricity", "S* - s1| - a:10")
    frames = district.facility("hospital", electricity=("a", 3)).frames()
    causes = place(assess_frames(frames, {"a": 0}, repairs={"a": 2}), "hospital").causes
    assert causes[-1] == "备用可支撑到 1月12日 10:00 恢复供应"


def test_a_place_repaired_while_its_feeder_is_down_is_down_because_of_the_feeder() -> None:
    district = District().network("electricity", "S* - s1| - a:10")
    act = {"faults": {"hospital": 1, "a": 2}, "repairs": {"hospital": 4, "a": 7}, "later_h": 5}
    bare = assess_frames(district.facility("hospital", electricity=("a", 0)).frames(), **act)
    outside = ("点a故障（1月12日 10:00）", "单位hospital停电（1月12日 10:00）")
    assert place(bare, "hospital").causes[:2] == outside
    district.supplies[0]["reserve_hours"] = 1.5
    lasting = assess_frames(district.frames(), **act)
    assert place(lasting, "hospital").causes == (*outside, "停运期间备用也已用完")
