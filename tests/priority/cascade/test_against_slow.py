"""The assessment of random systems at random moments against the slow step-by-step simulation."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from priority.assessment import Assessment
from priority.network.arrays import NETWORK_KEYS
from tests.priority.cascade.random_systems import HORIZON_H, RandomSystem, seconds, systems
from tests.priority.cascade.slow import Happenings, SlowCourse, SlowSimulator, Span
from tests.priority.oracle import SlowDistrict
from tests.priority.small import AT

END_S = HORIZON_H * 3600
thorough = settings(max_examples=40, deadline=None)
moments = st.sampled_from([-3.0, -2.0, -1.0, 0.0, 0.5, 1.0, 2.4, 2.5, 3.0, 3.5, 5.5, 6.25, 8.0, 11.0, 20.0])


def seen_at(system: RandomSystem, hour: float) -> tuple[Assessment, SlowSimulator, SlowCourse]:
    """Both views of a system, from eight o'clock plus `hour`."""
    result = system.seen_at(hour)
    slow = SlowSimulator(system.frames, system.happenings(seconds(hour)))
    return result, slow, slow.run(END_S)


def second_of(moment: str) -> int:
    return round((datetime.fromisoformat(moment) - AT).total_seconds())


def expected_failure(course: SlowCourse, facility: str, now: int) -> tuple[int | None, int | None]:
    """When the present or else the next failure begins, and when it ends; None for never within the horizon."""
    stays = facility in course.spans[-1].failed
    for start, end in course.facility_out(facility):
        if end > now or (stays and end == END_S):
            return start, None if stays and end == END_S else end
    return course.afterwards.get(facility), None


def customers_out(district: SlowDistrict, span: Span) -> dict[str, int]:
    """Customers without supply, by network."""
    out = dict.fromkeys(NETWORK_KEYS, 0)
    for node in span.unsupplied:
        row = district.nodes[node]
        out[row["network"]] += int(row["customers"]) if pd.notna(row["customers"]) else 0
    return out


@thorough
@given(systems(), moments)
def test_what_is_without_supply(system: RandomSystem, hour: float) -> None:
    result, slow, course = seen_at(system, hour)
    now, last = course.at(seconds(hour)), course.spans[-1]
    dead = {line for outage in result.outages.values() for line in outage.dead_lines}
    assert dead == slow.dead_lines(seconds(hour), set(now.failed))
    for key, outage in result.outages.items():
        here = {node for node in now.unsupplied if slow.district.nodes[node]["network"] == key}
        assert set(outage.unsupplied_nodes) == here
        later = [node for node in last.unsupplied if slow.district.nodes[node]["network"] == key]
        assert outage.at_horizon.nodes == len(later)
        begun = [max(at for at, _ in course.node_out(node) if at <= seconds(hour)) for node in here]
        assert (outage.since and second_of(outage.since)) == min(begun, default=None)


@thorough
@given(systems(), moments)
def test_how_every_place_fares(system: RandomSystem, hour: float) -> None:
    places_agree(system, hour)


@thorough
@given(systems(), moments, st.data())
def test_reserves_reported_amidst_an_outage(system: RandomSystem, hour: float, data: st.DataObject) -> None:
    course = SlowSimulator(system.frames, system.with_act(reserves=()).happenings(seconds(hour))).run(END_S)
    unmet = sorted({(*need, span.start) for span in course.spans for need in span.unmet})
    assume(unmet)
    needs = data.draw(st.lists(st.sampled_from(unmet), min_size=1, max_size=3, unique_by=lambda item: item[:2]))
    later_h, left_h = st.sampled_from([0.0, 0.5, 1.0, 3.0, 9.0]), st.sampled_from([0.0, 0.5, 1.0, 4.0])
    reports = tuple((place, what, data.draw(left_h), at / 3600 + data.draw(later_h)) for place, what, at in needs)
    places_agree(system.with_act(reserves=reports), hour)


def places_agree(system: RandomSystem, hour: float) -> None:
    """Compare how every place fares."""
    result, slow, course = seen_at(system, hour)
    now = course.at(seconds(hour))
    assert {row.id for row in result.facilities} == set(slow.district.facilities)
    for row in result.facilities:
        assert (row.state == "failed") == (row.id in now.failed)
        assert (row.state == "on_reserve") == (row.id in now.on_reserve)
        fails, back = expected_failure(course, row.id, seconds(hour))
        told = [moment and second_of(moment) for moment in (row.fails_at, row.back_at)]
        assert told == [fails, back]
        assert set(row.lost) == {commodity for facility, commodity in now.unmet if facility == row.id}


@thorough
@given(systems(), moments)
def test_the_timeline(system: RandomSystem, hour: float) -> None:
    result, slow, course = seen_at(system, hour)
    told = {second_of(moment.at): moment for moment in result.timeline}
    assert list(told) == sorted(told)
    assert min(told) == seconds(hour)
    for span in course.spans:
        before = course.at(span.start - 1)
        if span.start >= seconds(hour) and _differs(slow.district, before, span):
            assert span.start in told
    for second, moment in told.items():
        before, now = course.at(second - 1), course.at(second)
        assert moment.customers_out == customers_out(slow.district, now)
        assert moment.facilities_failed == len(now.failed)
        assert moment.facilities_on_reserve == len(now.on_reserve)
        assert set(moment.new_failures) == now.failed - before.failed
        assert set(moment.returned) == before.failed - now.failed
    _repairs_and_units_are_told(system.happenings(), result)


def _differs(district: SlowDistrict, before: Span, now: Span) -> bool:
    if customers_out(district, before) != customers_out(district, now):
        return True
    return (before.failed, before.on_reserve) != (now.failed, now.on_reserve)


def _repairs_and_units_are_told(happenings: Happenings, result: Assessment) -> None:
    start = second_of(result.at)
    repaired = {(second_of(moment.at), item) for moment in result.timeline for item in moment.repaired}
    lasting = {(at, item) for item, at in happenings.repairs.items() if happenings.faults[item] < at}
    assert {pair for pair in lasting if pair[0] >= start} <= repaired
    assert repaired <= {(at, item) for item, at in happenings.repairs.items()}
    placed = {(second_of(moment.at), item) for moment in result.timeline for item in moment.placed}
    assert placed == {(at, facility) for facility, _, at in happenings.placements if at >= start}
