"""The cascade in time with repairs, units and operated devices: cases in hours after eight, to be checked by hand."""

from __future__ import annotations

import pytest

from tests.pictures import District
from tests.priority.cascade.reading import events, falls, hour_of, place
from tests.priority.small import assess_frames


def mutual() -> District:
    """A power plant that needs water (tank of 4 h), whose pump needs that power (battery of 1 h)."""
    district = District().network("electricity", "P* - s1| - e:10 - s2| - x:5").network("water", "W* - v1| - w:10")
    district.facility("plant", "utility", feeds="P", water=("w", 4))
    return district.facility("pump", "utility", feeds="W", electricity=("e", 1))


def two_feeds() -> District:
    """A hospital on two substations with a generator for 2 h."""
    district = District().network("electricity", "S* - s1| - a:10\nQ* - s2| - b:20")
    return district.facility("hospital", electricity=(["a", "b"], 2))


def one_feed(reserve_h: float) -> District:
    """A hospital behind two segments, one after the other."""
    district = District().network("electricity", "S* - s1| - m:30 - s2| - a:10")
    return district.facility("hospital", electricity=("a", reserve_h))


class TestMutualDependence:
    def test_it_stays_up_while_the_fault_is_beside_it(self) -> None:
        result = assess_frames(mutual().frames(), {"x": 0})
        assert {row.state for row in result.facilities} == {"supplied"}
        assert events(result) == []

    @pytest.mark.parametrize("repaired_h", [0.5, 1])
    def test_it_stays_up_while_the_battery_lasts(self, repaired_h: float) -> None:
        result = assess_frames(mutual().frames(), {"e": 0}, repairs={"e": repaired_h})
        assert falls(result, "pump") == ("on_reserve", None, None)
        assert events(result) == []

    def test_it_comes_back_while_the_tank_lasts(self) -> None:
        result = assess_frames(mutual().frames(), {"e": 0}, repairs={"e": 4.5})
        assert events(result) == [(1, ("pump",), ()), (4.5, (), ("pump",))]
        assert falls(result, "plant") == ("supplied", None, None)

    def test_once_both_are_down_the_repair_alone_brings_nothing_back(self) -> None:
        result = assess_frames(mutual().frames(), {"e": 0}, repairs={"e": 6})
        assert events(result) == [(1, ("pump",), ()), (5, ("plant",), ())]
        assert falls(result, "pump") == ("on_reserve", 1, None)
        later = assess_frames(mutual().frames(), {"e": 0}, repairs={"e": 6}, later_h=40)
        assert falls(later, "pump") == ("failed", 1, None)
        assert falls(later, "plant") == ("failed", 5, None)
        assert set(later.outages["water"].unsupplied_nodes) == {"W", "w"}
        assert set(later.outages["electricity"].unsupplied_nodes) == {"P", "e", "x"}

    def test_a_mobile_generator_at_the_pump_pulls_both_up(self) -> None:
        act = {"repairs": {"e": 6}, "placements": [("pump", "electricity", 8)]}
        result = assess_frames(mutual().frames(), {"e": 0}, **act, later_h=7)
        assert events(result) == [(8, (), ("plant", "pump"))]
        assert [(hour_of(row.at), row.placed) for row in result.timeline if row.placed] == [(8, ("pump",))]
        assert result.timeline[-1].customers_out == {"electricity": 0, "gas": 0, "heat": 0, "water": 0}

    def test_the_generator_before_the_repair_brings_the_pump_alone(self) -> None:
        act = {"repairs": {"e": 10}, "placements": [("pump", "electricity", 8)]}
        result = assess_frames(mutual().frames(), {"e": 0}, **act)
        assert events(result) == [(1, ("pump",), ()), (5, ("plant",), ()), (8, (), ("plant", "pump"))]
        assert result.outages["electricity"].customers == 15
        assert [row.customers_out["electricity"] for row in result.timeline][-1] == 0


class TestReserves:
    def test_two_feeds_hold_until_both_are_gone(self) -> None:
        faults = {"a": 0, "b": 1}
        calm = assess_frames(two_feeds().frames(), faults, repairs={"a": 3, "b": 9})
        assert falls(calm, "hospital") == ("supplied", None, None)
        assert falls(assess_frames(two_feeds().frames(), faults, repairs={"a": 4, "b": 9}), "hospital") == (
            "supplied",
            3,
            4,
        )

    def test_the_countdown_stops_when_the_generator_arrives(self) -> None:
        frames, faults = one_feed(4).frames(), {"a": 0}
        assert falls(assess_frames(frames, faults, later_h=1), "hospital") == ("on_reserve", 4, None)
        unit = [("hospital", "electricity", 2.5)]
        coming = assess_frames(frames, faults, placements=unit, later_h=1)
        assert falls(coming, "hospital") == ("on_reserve", None, None)
        assert place(coming, "hospital").hours_left is None
        there = assess_frames(frames, faults, placements=unit, later_h=2.5)
        assert falls(there, "hospital") == ("supplied", None, None)
        assert place(there, "hospital").lost == ()
        assert there.outages["electricity"].customers == 10

    def test_a_generator_that_comes_too_late_ends_the_failure(self) -> None:
        result = assess_frames(one_feed(4).frames(), {"a": 0}, placements=[("hospital", "electricity", 6)], later_h=5)
        assert falls(result, "hospital") == ("failed", 4, 6)

    def test_a_reserve_used_in_part_is_not_refilled(self) -> None:
        result = assess_frames(one_feed(3).frames(), {"a": 0, "m": 5}, repairs={"a": 2})
        assert events(result) == [(6, ("hospital",), ())]
        between = assess_frames(one_feed(3).frames(), {"a": 0, "m": 5}, repairs={"a": 2}, later_h=4)
        assert falls(between, "hospital") == ("supplied", 6, None)
        assert place(between, "hospital").hours_left == 2

    def test_a_reserve_used_up_fails_at_once_the_next_time(self) -> None:
        result = assess_frames(one_feed(3).frames(), {"a": 0, "m": 8}, repairs={"a": 5, "m": 9})
        assert events(result) == [
            (3, ("hospital",), ()),
            (5, (), ("hospital",)),
            (8, ("hospital",), ()),
            (9, (), ("hospital",)),
        ]

    @pytest.mark.parametrize(
        ("minutes", "failed"), [(-1, []), (0, []), (1, [(3, ("hospital",), ()), (3 + 1 / 60, (), ("hospital",))])]
    )
    def test_a_repair_in_the_last_minute_counts(self, minutes: int, failed: list[object]) -> None:
        result = assess_frames(one_feed(3).frames(), {"a": 0}, repairs={"a": 3 + minutes / 60})
        assert events(result) == failed

    def test_a_need_with_reserve_left_does_not_hold_a_place_down(self) -> None:
        district = District().network("electricity", "S* - s1| - a:1").network("heat", "H* - v1| - k:1")
        frames = district.facility("ward", electricity=("a", 1), heat=("k", 9)).frames()
        result = assess_frames(frames, {"a": 0, "k": 2}, repairs={"a": 4, "k": 30})
        assert events(result) == [(1, ("ward",), ()), (4, (), ("ward",)), (11, ("ward",), ()), (30, (), ("ward",))]


class TestFaultsAndDevices:
    def test_two_faults_in_a_segment_hold_it_until_both_are_repaired(self) -> None:
        district = District().network("electricity", "S* - s1| - a:10 - b:20 - s2| - c:5")
        for hour, out in [(0, {"a", "b", "c"}), (2, {"a", "b", "c"}), (3.9, {"a", "b", "c"}), (4, set())]:
            result = assess_frames(district.frames(), {"a": 0, "b": 1}, repairs={"a": 2, "b": 4}, later_h=hour)
            assert set(result.outages["electricity"].unsupplied_nodes) == out
        told = assess_frames(district.frames(), {"a": 0, "b": 1}, repairs={"a": 2, "b": 4})
        assert [(hour_of(row.at), row.repaired) for row in told.timeline if row.repaired] == [(2, ("a",)), (4, ("b",))]

    def test_a_closed_tie_brings_the_hospital_back_and_stays_closed(self) -> None:
        district = District().network("electricity", "S* - s1| - m:30 - s2| - a:10 - t/ - q:5 - Q*")
        frames = district.facility("hospital", electricity=("a", 0)).frames()
        closing = [("t", "close", 1.5)]
        result = assess_frames(frames, {"m": 0}, operations=closing)
        assert events(result) == [(0, ("hospital",), ()), (1.5, (), ("hospital",))]
        assert [row.customers_out["electricity"] for row in result.timeline] == [40, 30]
        after = assess_frames(frames, {"m": 0, "q": 5}, repairs={"m": 3}, operations=closing)
        assert events(after) == [(0, ("hospital",), ()), (1.5, (), ("hospital",))]

    def test_a_device_opened_by_hand_cuts_until_it_is_closed(self) -> None:
        frames = one_feed(1).frames()
        result = assess_frames(frames, operations=[("s2", "open", 0), ("s2", "close", 3)])
        assert events(result) == [(1, ("hospital",), ()), (3, (), ("hospital",))]
        assert "断开点s2" in place(result, "hospital").causes[0]

    def test_an_isolating_device_stays_open_whatever_is_operated(self) -> None:
        district = District().network("electricity", "S* - s1| - a:10 - s2| - b:20")
        result = assess_frames(district.frames(), {"a": 0}, repairs={"a": 5}, operations=[("s1", "close", 1)])
        assert [(row.hours, row.customers_out["electricity"]) for row in result.timeline if row.hours in (0, 5)] == [
            (0, 30),
            (5, 0),
        ]
        assert all(row.customers_out["electricity"] == 30 for row in result.timeline if row.hours < 5)

    def test_an_isolation_grown_over_a_stuck_device_ends_with_the_repair(self) -> None:
        district = District().network("electricity", "S* - s1| - m:30 - s2| - a:10 - s3| - b:20")
        for hour, customers in [(1, 60), (3, 0)]:
            fields = {"repairs": {"a": 2}, "inoperable": ["s2"], "later_h": hour}
            result = assess_frames(district.frames(), {"a": 0}, **fields)
            assert result.outages["electricity"].customers == customers

    def test_a_device_opened_during_the_fault_stays_open_after_the_repair(self) -> None:
        district = District().network("electricity", "S* - s1| - a:10 - s2| - b:20")
        frames = district.frames()
        result = assess_frames(frames, {"a": 0}, repairs={"a": 5}, operations=[("s2", "open", 1)], later_h=6)
        assert set(result.outages["electricity"].unsupplied_nodes) == {"b"}

    def test_a_damaged_place_comes_back_when_repaired_if_its_needs_are_met(self) -> None:
        frames = one_feed(0).frames()
        assert events(assess_frames(frames, {"hospital": 1}, repairs={"hospital": 4})) == [
            (1, ("hospital",), ()),
            (4, (), ("hospital",)),
        ]
        both = assess_frames(frames, {"hospital": 1, "a": 2}, repairs={"hospital": 4, "a": 7})
        assert events(both) == [(1, ("hospital",), ()), (7, (), ("hospital",))]

    def test_an_area_is_repaired_by_network(self) -> None:
        district = District().network("electricity", "S* - s1| - a:10").network("heat", "H* - v1| - k:5")
        struck = {"area_townships": ["140502100"]}
        result = assess_frames(district.frames(), **struck)
        assert (result.outages["electricity"].customers, result.outages["heat"].customers) == (10, 5)
        told = assess_frames(district.frames(), repairs={"area/heat": 2, "area": 5}, **struck)
        assert [(row.hours, row.customers_out["electricity"], row.customers_out["heat"]) for row in told.timeline] == [
            (0, 10, 5),
            (2, 10, 0),
            (5, 0, 0),
        ]


class TestCausesThatEnd:
    def test_the_second_fault_in_a_segment_is_named_once_the_first_is_repaired(self) -> None:
        district = District().network("electricity", "S* - s1| - a - b:10").facility("h", electricity=("b", 8))
        frames, faults, repairs = district.frames(), {"a": 0, "b": 1}, {"a": 2}
        row = place(assess_frames(frames, faults, repairs=repairs, later_h=3), "h")
        assert row.causes[0] == "点b故障（1月12日 09:00）"
        assert hour_of(row.fails_at) == 8
        both = place(assess_frames(frames, faults), "h")
        assert both.causes[0] == "点a故障（1月12日 08:00）"

    def test_a_damaged_place_that_is_mended_stays_down_for_want_of_power(self) -> None:
        district = District().network("electricity", "S* - s1| - a:10").facility("h", electricity=("a", 2))
        frames = district.frames()
        faults, repairs = {"h": 0, "a": 0}, {"h": 5}
        row = place(assess_frames(frames, faults, repairs=repairs, later_h=6), "h")
        assert (row.state, hour_of(row.fails_at)) == ("failed", 0)
        assert row.causes[0] == "点a故障（1月12日 08:00）"
        assert "停电" in row.causes[1]

    def test_a_reserve_is_not_told_to_end_beyond_a_repair_that_lies_beyond_the_horizon(self) -> None:
        frames = one_feed(8).frames()
        short = place(assess_frames(frames, {"a": 0}, repairs={"a": 4}, horizon_hours=2), "hospital")
        late = place(assess_frames(frames, {"a": 0}, repairs={"a": 12}, horizon_hours=2), "hospital")
        assert short.fails_at is None
        assert hour_of(late.fails_at) == 8

    def test_help_elsewhere_does_not_move_the_clock_of_the_coal(self) -> None:
        district = District().network("electricity", "S* - s1| - a:10").facility("h", electricity=("a", 2))
        district.facility("plant", "heat_supply", coal=(None, 10, True))
        district.coal_route("north", "plant", None, 100.0, "0,0 1,0")
        for row in district.supplies:
            row["demand"] = 100.0 if row["commodity"] == "coal" else None
        frames = district.frames()
        usual = place(assess_frames(frames, closed_roads=["north"]), "plant")
        helped = place(assess_frames(frames, closed_roads=["north"], placements=[("h", "electricity", -5)]), "plant")
        assert usual.fails_at == helped.fails_at
