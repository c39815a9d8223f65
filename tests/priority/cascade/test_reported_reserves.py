"""Somebody phones how long a reserve still lasts: cases in hours after eight, to be checked by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings

from priority.assessment import Assessment
from priority.errors import InvalidIncident
from priority.incident import Incident
from tests.pictures import District
from tests.priority.cascade.random_systems import BEFORE_ALL_H, RandomSystem, systems
from tests.priority.cascade.reading import events, falls, place
from tests.priority.small import assess_frames, incident_document

POWER = ("hospital", "electricity")


def hospital(reserve_h: float | None) -> District:
    """A hospital with a generator behind two segments of one feeder."""
    district = District().network("electricity", "S* - s1| - m:30 - s2| - a:10")
    return district.facility("hospital", electricity=("a", reserve_h))


def pumped_ward(battery_h: float, tank_h: float) -> District:
    """A ward with a tank, on the water of a pump with a battery."""
    district = District().network("electricity", "S* - s1| - e:10").network("water", "W* - v1| - w:10")
    district.facility("pump", "utility", feeds="W", electricity=("e", battery_h))
    return district.facility("ward", water=("w", tank_h))


def reason_for(result: Assessment, identifier: str) -> str:
    return next(row.reason for row in result.ranking if row.id == identifier)


class TestThePhoneCall:
    def test_the_report_counts_from_the_call_on_whatever_was_used_before(self) -> None:
        frames = hospital(8).frames()
        without = assess_frames(frames, {"a": 0}, later_h=2)
        assert falls(without, "hospital") == ("on_reserve", 8, None)
        called = assess_frames(frames, {"a": 0}, reserves=[(*POWER, 2, 1.5)], later_h=2)
        assert falls(called, "hospital") == ("on_reserve", 3.5, None)
        assert place(called, "hospital").hours_left == 1.5
        assert [moment.hours for moment in called.timeline if moment.new_failures] == [1.5]

    def test_card_and_ranking_say_who_tells_the_figure_and_when(self) -> None:
        frames, told = hospital(8).frames(), {"reserves": [(*POWER, 2, 1.5)], "later_h": 2}
        called = assess_frames(frames, {"a": 0}, **told)
        assert place(called, "hospital").causes[-1] == "1月12日 09:30 报告备用还有 2 小时，1月12日 11:30 耗尽"
        words = "停电（1月12日 09:30 报告备用还有 2 小时），备用还可用 1 小时 30 分，1月12日 11:30 耗尽"
        assert words in reason_for(called, "hospital")
        english = assess_frames(frames, {"a": 0}, **told, language="en")
        assert place(english, "hospital").causes[-1] == (
            "Reported at 12 Jan 09:30: 2 h of reserve left, until 12 Jan 11:30"
        )
        assert "(reserve reported at 12 Jan 09:30: 2 h left)" in reason_for(english, "hospital")
        notes = {note.code: note.text for note in called.assumptions}
        assert notes["reserve_reported"].startswith("1 处单位的备用按报告计")
        silent = assess_frames(frames, {"a": 0}, later_h=2)
        assert "reserve_reported" not in {note.code for note in silent.assumptions}

    def test_a_place_that_the_data_thought_failed_had_not_failed(self) -> None:
        frames, told = hospital(1).frames(), [(*POWER, 2, 3)]
        believed = assess_frames(frames, {"a": 0}, later_h=3)
        assert falls(believed, "hospital") == ("failed", 1, None)
        corrected = assess_frames(frames, {"a": 0}, reserves=told, later_h=3)
        assert falls(corrected, "hospital") == ("on_reserve", 5, None)
        whole = assess_frames(frames, {"a": 0}, reserves=told)
        assert events(whole) == [(5, ("hospital",), ())]

    def test_nor_had_what_hangs_on_it_lost_anything(self) -> None:
        frames = pumped_ward(1, 1).frames()
        assert events(assess_frames(frames, {"e": 0})) == [(1, ("pump",), ()), (2, ("ward",), ())]
        told = [("pump", "electricity", 2, 3)]
        assert events(assess_frames(frames, {"e": 0}, reserves=told)) == [(5, ("pump",), ()), (6, ("ward",), ())]

    def test_nothing_left_ends_the_place_at_the_call(self) -> None:
        frames = hospital(8).frames()
        result = assess_frames(frames, {"a": 0}, reserves=[(*POWER, 0, 3)], later_h=4)
        assert falls(result, "hospital") == ("failed", 3, None)
        assert place(result, "hospital").causes[-1] == "1月12日 11:00 报告已无备用，随即停运"
        assert events(assess_frames(frames, {"a": 0}, reserves=[(*POWER, 0, 3)])) == [(3, ("hospital",), ())]

    def test_of_a_reserve_that_is_gone_the_data_tell_when_it_ended(self) -> None:
        result = assess_frames(hospital(1).frames(), {"a": 0}, reserves=[(*POWER, 0, 3)], later_h=4)
        assert falls(result, "hospital") == ("failed", 1, None)
        assert place(result, "hospital").causes[-1] == "备用可用 1 小时，1月12日 09:00 耗尽"

    def test_an_unknown_reserve_becomes_known(self) -> None:
        frames = hospital(None).frames()
        unknown = assess_frames(frames, {"a": 0})
        assert (place(unknown, "hospital").reserve_unknown, falls(unknown, "hospital")[1]) == (True, 0)
        assert "reserve_unknown" in {note.code for note in unknown.assumptions}
        told = assess_frames(frames, {"a": 0}, reserves=[(*POWER, 2, 1)], later_h=1)
        assert (place(told, "hospital").reserve_unknown, falls(told, "hospital")) == (False, ("on_reserve", 3, None))
        assert "reserve_unknown" not in {note.code for note in told.assumptions}


class TestCounting:
    def test_reported_before_the_fault_it_counts_from_the_loss(self) -> None:
        result = assess_frames(hospital(9).frames(), {"a": 1}, reserves=[(*POWER, 3, -2)])
        assert falls(result, "hospital") == ("supplied", 4, None)
        words = "预计 1月12日 09:00 停电（1月12日 06:00 报告备用还有 3 小时）；备用 3 小时，1月12日 12:00 失去供应"
        assert words in reason_for(result, "hospital")

    def test_none_left_before_the_fault_means_failing_with_it(self) -> None:
        result = assess_frames(hospital(9).frames(), {"a": 1}, reserves=[(*POWER, 0, -2)])
        assert falls(result, "hospital") == ("supplied", 1, None)
        assert "（1月12日 06:00 报告已无备用）；没有备用，随即失去供应" in reason_for(result, "hospital")

    def test_what_is_left_counts_only_while_the_supply_is_gone(self) -> None:
        act: dict[str, Any] = {"repairs": {"a": 2}, "reserves": [(*POWER, 2, 1)]}
        assert events(assess_frames(hospital(9).frames(), {"a": 0, "m": 5}, **act)) == [(6, ("hospital",), ())]

    def test_a_repair_in_time_is_told_with_the_report(self) -> None:
        result = assess_frames(hospital(1).frames(), {"a": 0}, repairs={"a": 4}, reserves=[(*POWER, 2, 3)], later_h=3.5)
        assert falls(result, "hospital") == ("on_reserve", None, None)
        assert place(result, "hospital").causes[-1] == (
            "1月12日 11:00 报告备用还有 2 小时，备用可支撑到 1月12日 12:00 恢复供应"
        )
        assert "停电（1月12日 11:00 报告备用还有 2 小时），备用可支撑到" in reason_for(result, "hospital")

    def test_two_needs_of_one_place_are_reported_apart(self) -> None:
        district = District().network("electricity", "S* - s1| - a:1").network("heat", "H* - v1| - k:1")
        frames = district.facility("ward", electricity=("a", 1), heat=("k", 9)).frames()
        reports = [("ward", "electricity", 6, 0.5), ("ward", "heat", 2, 1)]
        both = assess_frames(frames, {"a": 0, "k": 0}, reserves=reports, later_h=2)
        assert falls(both, "ward") == ("on_reserve", 3, None)
        assert place(both, "ward").causes[1].startswith("单位ward停热")

    def test_coal_lasts_twice_as_long_while_half_of_it_comes(self) -> None:
        district = District().network("heat", "H* - v1| - k:50")
        district.facility("plant", "heat_supply", feeds="H", coal=(None, 24, True, 100.0))
        frames = district.coal_route("north", "plant", None, 50.0).coal_route("south", "plant", None, 50.0).frames()
        told = [("plant", "coal", 6, 4)]
        result = assess_frames(frames, closed_roads=["south"], started_h=0, reserves=told, later_h=5)
        assert falls(result, "plant") == ("on_reserve", 16, None)
        assert result.outages["heat"].at_horizon.customers == 50

    def test_a_report_beyond_the_horizon_says_that_it_lasts_until_then(self) -> None:
        result = assess_frames(hospital(1).frames(), {"a": 0}, reserves=[(*POWER, 2, 10)], horizon_hours=4)
        assert falls(result, "hospital") == ("on_reserve", None, None)

    def test_a_mobile_unit_meets_the_need_before_the_reserve_counts(self) -> None:
        act: dict[str, Any] = {"placements": [(*POWER, 2)], "reserves": [(*POWER, 1.5, 1)]}
        assert events(assess_frames(hospital(9).frames(), {"a": 0}, **act)) == []


@settings(max_examples=30, deadline=None)
@given(systems())
def test_a_report_before_everything_is_as_good_as_the_data(system: RandomSystem) -> None:
    plain = system.with_act(reserves=())
    supplies = system.frames["supplies"].copy()
    for facility, commodity, left_h, _ in system.act.reserves:
        mine = (supplies["facility_id"] == facility) & (supplies["commodity"] == commodity)
        supplies.loc[mine & supplies["substitutes_for"].isna(), "reserve_hours"] = left_h
    reported = system.with_act(reserves=tuple((*item[:3], BEFORE_ALL_H) for item in system.act.reserves))
    known, told = plain.seen_at(BEFORE_ALL_H, {**system.frames, "supplies": supplies}), reported.seen_at(BEFORE_ALL_H)
    assert told.timeline == known.timeline
    for row, other in zip(told.facilities, known.facilities, strict=True):
        assert (row.state, row.fails_at, row.back_at, row.lost) == (
            other.state,
            other.fails_at,
            other.back_at,
            other.lost,
        )


def problems(frames: dict[str, pd.DataFrame], *, restricted: bool = True, **fields: Any) -> dict[str, str]:
    with pytest.raises(InvalidIncident) as caught:
        assess_frames(frames, {"a": 0}, restricted=restricted, **fields)
    assert all(problem.message and problem.remedy for problem in caught.value.problems)
    return {problem.field: problem.message for problem in caught.value.problems}


class TestSlips:
    def test_a_place_or_need_that_is_not_there_is_named(self) -> None:
        frames = hospital(1).frames()
        reports = [(*POWER, 1, 0), ("clinic", "electricity", 1, 0), ("hospital", "heat", 1, 0)]
        found = problems(frames, reserves=reports)
        assert found == {
            "reserves[1].facility": "没有编号为“clinic”的单位",
            "reserves[2].facility": "“hospital”没有这一项需要（heat）",
        }

    def test_a_restricted_place_is_as_unknown_as_one_that_is_not_there(self) -> None:
        district = District().network("electricity", "S* - s1| - a:10")
        district.facility("bunker", restricted=True, electricity=("a", 1))
        frames, report = district.frames(), [("bunker", "electricity", 1, 0)]
        assert problems(frames, restricted=False, reserves=report) == {
            "reserves[0].facility": "没有编号为“bunker”的单位"
        }
        assert falls(assess_frames(frames, {"a": 0}, reserves=report, later_h=0.5), "bunker")[1] == 1

    def test_one_report_a_need_is_enough(self) -> None:
        reports = [(*POWER, 1, 0), ("hospital", "heat", 1, 0), (*POWER, 2, 1)]
        assert list(problems(hospital(1).frames(), reserves=reports)) == ["reserves[2].facility"]

    @pytest.mark.parametrize(
        ("change", "field", "told"),
        [
            ({"hours": -1}, "reserves[0].hours", "超出范围"),
            ({"hours": 8761}, "reserves[0].hours", "超出范围"),
            ({"hours": float("nan")}, "reserves[0].hours", "超出范围"),
            ({"hours": "2"}, "reserves[0].hours", "应为数字"),
            ({"hours": True}, "reserves[0].hours", "应为数字"),
            ({"commodity": "oil"}, "reserves[0].commodity", "没有这个选项"),
            ({"at": "2026-01-12T08:00:00"}, "reserves[0].at", "没有时区"),
            ({"facility": ""}, "reserves[0].facility", "不能为空"),
            ({"by": "Li"}, "reserves[0].by", "没有这个字段"),
        ],
    )
    def test_each_slip_names_its_field(self, change: dict[str, Any], field: str, told: str) -> None:
        document = incident_document({"a": 0}, reserves=[(*POWER, 1, 0)])
        document["reserves"][0].update(change)
        with pytest.raises(InvalidIncident) as caught:
            Incident.parse(document)
        assert [problem.field for problem in caught.value.problems] == [field]
        assert told in caught.value.problems[0].message
