"""Isolation around devices out of order, ties that feed back, and the switching plan."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from priority.errors import InvalidIncident
from priority.results import SwitchingStep
from tests.pictures import District
from tests.priority.oracle import SlowDistrict
from tests.priority.random_districts import RandomCase, cases
from tests.priority.small import assess_frames

RING = "S* - s1| - a:10 - s2| - b:20 - t1/ - c:30 - s3| - Q*"


def steps(district: District, *faults: str, **fields: Any) -> list[SwitchingStep]:
    return list(assess_frames(district.frames(), dict.fromkeys(faults, 0.0), **fields).switching)


def told(plan: list[SwitchingStep]) -> list[tuple[str, str]]:
    return [(step.action, step.id) for step in plan]


def with_capacity(district: District, **capacity: float) -> District:
    for line in district.lines:
        line["capacity"] = capacity.get(str(line["id"]).replace("--", "_"), line.get("capacity"))
    return district


def test_first_isolate_then_close_the_tie() -> None:
    plan = steps(District().network("electricity", RING), "a")
    assert told(plan) == [("open", "s1"), ("open", "s2"), ("close", "t1")]
    assert [step.order for step in plan] == [1, 2, 3]
    assert plan[2].restores is not None
    assert (plan[2].restores.customers, plan[2].restores.capacity) == (20, "unknown")
    assert plan[2].text == "合上 点t1；可恢复 20 户、0 家单位；沿途线路容量未知，操作前须核对"


def test_a_tie_on_the_rim_of_the_fault_is_not_closed() -> None:
    assert told(steps(District().network("electricity", RING), "b")) == [("open", "s2")]


def test_a_tie_that_would_overload_a_line_is_named_and_not_advised() -> None:
    district = with_capacity(District().network("electricity", RING), s3_Q=45.0)
    plan = steps(district, "a")
    assert [(step.id, step.advised) for step in plan][-1] == ("t1", False)
    restores = plan[-1].restores
    assert restores is not None
    assert (restores.capacity, restores.headroom, restores.limiting_line) == ("exceeded", 15.0, "s3--Q")
    enough = steps(with_capacity(District().network("electricity", RING), s3_Q=50.0), "a")
    assert (enough[-1].advised, enough[-1].restores.capacity) == (True, "enough")  # type: ignore[union-attr]


def test_the_tie_that_serves_the_higher_tier_is_closed_first() -> None:
    district = District().network(
        "electricity", "S* - s1| - a - s2| - b:500 - t1/ - Q*\na - s3| - c:1 - t2/ - R*", {"b": 1}
    )
    district.facility("gov", "government", electricity=("c", 5))
    assert told(steps(district, "a"))[-2:] == [("close", "t2"), ("close", "t1")]


def test_valves_are_shut_and_turned_on() -> None:
    district = District().network("gas", RING)
    for node in district.nodes.values():
        node["kind"] = "valve" if node["kind"] == "switch" else node["kind"]
    texts = [step.text.split("；")[0] for step in steps(district, "a")]
    assert texts == ["关闭 点s1", "关闭 点s2", "打开 点t1"]


def test_a_device_out_of_order_makes_the_isolation_grow_and_says_so() -> None:
    district = District().network("electricity", RING)
    result = assess_frames(district.frames(), {"a": 0.0}, inoperable=["s2"])
    row = result.isolation[0]
    assert [device.id for device in row.devices_stuck] == ["s2"]
    assert [device.id for device in row.devices_to_open] == ["s1"]
    assert [device.id for device in row.devices_already_open] == ["t1"]
    assert row.lost_nodes == ("a", "b")
    assert told(list(result.switching)) == [("open", "s1")]


def test_a_tie_out_of_order_is_not_closed() -> None:
    assert told(steps(District().network("electricity", RING), "a", inoperable=["t1"])) == [
        ("open", "s1"),
        ("open", "s2"),
    ]


def test_only_a_switch_or_valve_can_be_out_of_order() -> None:
    with pytest.raises(InvalidIncident) as caught:
        steps(District().network("electricity", RING), "a", inoperable=["s2", "b", "nothing"])
    assert [problem.field for problem in caught.value.problems] == ["inoperable[1]", "inoperable[2]"]


def test_faults_that_lose_the_same_elements_are_told_as_overlapping() -> None:
    district = District().network("electricity", "S* - s1| - a:1 - b:1 - s2| - c:1")
    rows = {row.fault: row for row in assess_frames(district.frames(), {"a": 0.0, "b": 0.0, "c": 0.0}).isolation}
    assert (rows["a"].overlaps, rows["b"].overlaps, rows["c"].overlaps) == (("b",), ("a",), ())


def test_a_fault_still_to_come_has_no_steps_yet() -> None:
    district = District().network("electricity", RING)
    assert list(assess_frames(district.frames(), {"a": 3.0}).switching) == []


@settings(max_examples=100, deadline=None)
@given(cases())
def test_each_tie_brings_back_exactly_what_it_says(case: RandomCase) -> None:
    """Against the slow district: apply the steps one by one and compare the nodes with supply before and after."""
    frames = case.district.frames()
    district = SlowDistrict(frames)
    result = assess_frames(frames, case.faults, later_h=3.0)
    out: set[str] = set()
    opened: set[str] = set()
    for element in case.faults:
        if element not in district.facilities:
            segment = district.segment_of(element)
            out |= segment
            opened |= district.rim(segment)
    isolated = set(out)
    out |= {
        district.facilities[row.id]["source_node"]
        for row in result.facilities
        if row.state == "failed" and isinstance(district.facilities[row.id]["source_node"], str)
    }
    closing = [step for step in result.switching if step.action == "close" and step.advised]
    assert {step.id for step in result.switching if step.action == "open"} == {
        node for node in opened - isolated if not district.nodes[node]["normally_open"]
    }
    supplied = district.supplied(out, opened)
    for step in closing:
        district.nodes[step.id] = {**district.nodes[step.id], "normally_open": False}
        after = district.supplied(out, opened - {step.id})
        gained = {node for node in after - supplied if not district.is_device(node)}
        assert step.restores is not None
        assert step.restores.nodes == len(gained) > 0
        supplied = after


@settings(max_examples=75, deadline=None)
@given(cases(), st.data())
def test_overlaps_are_the_faults_that_lose_an_element_in_common(case: RandomCase, data: st.DataObject) -> None:
    """Against the lost elements of all rows compared pair by pair; devices that are stuck let isolations grow."""
    district = case.district
    elements = [*district.nodes, *(line["id"] for line in district.lines), *(row["id"] for row in district.facilities)]
    faults = {
        name: data.draw(st.sampled_from([-2.0, 0.0, 3.0])) for name in data.draw(st.sets(st.sampled_from(elements)))
    }
    devices = [name for name, row in district.nodes.items() if row["kind"] == "switch"]
    stuck = sorted(data.draw(st.sets(st.sampled_from(devices)))) if devices else []
    rows = assess_frames(district.frames(), faults, inoperable=stuck).isolation
    taken = [{*row.lost_nodes, *row.lost_lines} for row in rows]
    for number, row in enumerate(rows):
        others = [other.fault for place, other in enumerate(rows) if place != number and taken[place] & taken[number]]
        assert list(row.overlaps) == others[:20]
        assert row.overlaps_more == len(others[20:])


def test_of_many_faults_in_one_place_the_first_are_named_and_the_others_counted() -> None:
    chain = " - ".join(f"n{number:02}:1" for number in range(30))
    district = District().network("electricity", f"S* - s1| - {chain} - s2| - c:1")
    rows = assess_frames(district.frames(), {f"n{number:02}": 0.0 for number in range(30)}).isolation
    assert rows[0].overlaps == tuple(f"n{number:02}" for number in range(1, 21))
    assert rows[29].overlaps == tuple(f"n{number:02}" for number in range(20))
    assert {row.overlaps_more for row in rows} == {9}


def test_very_many_faults_with_repairs_are_assessed_in_seconds() -> None:
    """Comparing each fault with every other takes minutes here."""
    count = 2_000
    chain = " - ".join(f"n{number:04}:1 - d{number:04}|" for number in range(count))
    faults = {f"n{number:04}": -1.0 for number in range(count)}
    repairs = {f"n{number:04}": 1.0 + number / 60 for number in range(count)}
    started_s = time.perf_counter()
    result = assess_frames(
        District().network("electricity", f"S* - s1| - {chain}").frames(), faults, repairs=repairs, horizon_hours=48
    )
    assert time.perf_counter() - started_s < 30
    assert len(result.isolation) == count
    assert [moment.customers_out["electricity"] for moment in result.timeline[:3]] == [count, count - 1, count - 2]
    assert len(result.timeline) == 1 + count
