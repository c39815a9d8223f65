"""The slow simulator itself: against an older fixed-point version, and against itself with needless stops."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.priority.cascade.random_systems import HORIZON_H, RandomSystem, systems
from tests.priority.cascade.slow import Happenings, SlowSimulator
from tests.priority.oracle import SlowDistrict, slow_course
from tests.priority.random_districts import RandomCase, cases

thorough = settings(max_examples=40, deadline=None)


@thorough
@given(cases())
def test_without_repairs_it_is_the_fixed_point_of_all_failures(case: RandomCase) -> None:
    frames = case.district.frames()
    lost, fails = slow_course(SlowDistrict(frames), case.faults, HORIZON_H)
    faults = {element: round(hour * 3600) for element, hour in case.faults.items()}
    course = SlowSimulator(frames, Happenings(faults)).run(HORIZON_H * 3600)
    end = HORIZON_H * 3600
    district = SlowDistrict(frames)
    for node in district.nodes:
        expected = [] if node not in lost or district.is_device(node) else [(round(lost[node] * 3600), end)]
        assert course.node_out(node) == expected
    for facility in district.facilities:
        at = round(fails[facility] * 3600) if fails.get(facility, HORIZON_H + 1) <= HORIZON_H else None
        assert course.facility_out(facility) == ([] if at is None else [(at, end)])


@thorough
@given(systems(), st.lists(st.integers(-9000, 90000), max_size=6))
def test_needless_stops_change_nothing(system: RandomSystem, stops: list[int]) -> None:
    slow = SlowSimulator(system.frames, system.happenings())
    plain, halting = slow.run(HORIZON_H * 3600), slow.run(HORIZON_H * 3600, (*stops, *range(0, 36000, 1800)))
    for node in slow.district.nodes:
        assert plain.node_out(node) == halting.node_out(node)
    for facility in slow.district.facilities:
        assert plain.facility_out(facility) == halting.facility_out(facility)
    assert plain.afterwards == halting.afterwards
