"""Small networks whose answer one sees at a glance."""

from __future__ import annotations

import pytest

from priority.errors import UnsoundNetwork
from tests.pictures import District
from tests.priority.small import assess_frames

RING = "S* - s1| - a:10 - s2| - b:20 - t1/ - c:30 - s3| - Q*"


def unsupplied(district: District, *faults: str) -> set[str]:
    result = assess_frames(district.frames(), dict.fromkeys(faults, 0.0))
    return set(result.outages["electricity"].unsupplied_nodes)


def test_a_fault_takes_its_segment_and_what_hangs_behind_it() -> None:
    district = District().network("electricity", RING)
    assert unsupplied(district, "a") == {"a", "b"}
    assert unsupplied(district, "b") == {"b"}
    assert unsupplied(district, "a--s2") == {"a", "b"}


def test_a_fault_on_a_device_takes_the_segments_on_all_its_sides() -> None:
    district = District().network("electricity", RING)
    assert unsupplied(district, "s2") == {"a", "b"}
    assert unsupplied(district, "t1") == {"b", "c"}


def test_opening_a_device_with_three_sides_parts_the_healthy_ones_too() -> None:
    district = District().network("electricity", "S* - x| - a:1\nx - c:5")
    assert unsupplied(district, "a") == {"a", "c"}


def test_a_line_between_two_devices_is_a_segment_of_its_own() -> None:
    district = District().network("electricity", "S* - s1| - s2| - b:9")
    row = assess_frames(district.frames(), {"s1--s2": 0.0}).isolation[0]
    assert row.lost_nodes == ()
    assert row.lost_lines == ("s1--s2",)
    assert [device.id for device in row.devices_to_open] == ["s1", "s2"]


def test_devices_are_opened_nearest_to_the_source_first() -> None:
    district = District().network("electricity", "S* - z1| - a - b:1\nb - a2| - c:1\nb - m3| - d:1")
    row = assess_frames(district.frames(), {"a": 0.0}).isolation[0]
    assert [(device.order, device.id) for device in row.devices_to_open] == [(1, "z1"), (2, "a2"), (3, "m3")]


def test_what_is_out_of_service_changes_nothing_and_says_so() -> None:
    district = District().network("electricity", "S* - s1| - a:10\na - ~d")
    result = assess_frames(district.frames(), {"d": 0.0})
    assert result.outages["electricity"].nodes == 0
    assert "fault_without_effect" in {note.code for note in result.assumptions}


def test_nodes_without_a_source_in_the_data_are_no_outage_but_are_told() -> None:
    district = District().network("electricity", "S* - s1| - a:10\nlonely:7 - x - y")
    result = assess_frames(district.frames(), {"a": 0.0})
    assert result.outages["electricity"].unsupplied_nodes == ("a",)
    note = next(note for note in result.assumptions if note.code == "unsupplied_in_data")
    assert "3" in note.text


def test_the_source_itself_can_fail() -> None:
    district = District().network("electricity", RING)
    assert unsupplied(district, "S") == {"S", "a", "b"}


def test_an_empty_district_can_be_assessed() -> None:
    result = assess_frames(District().frames())
    assert result.situation.startswith("没有标注故障")
    assert result.facilities == ()
    assert all(row.customers_share is None for row in result.outages.values())


def test_contradicting_records_name_the_record() -> None:
    district = District().network("electricity", RING)
    frames = district.frames()
    frames["network_lines"] = frames["network_lines"].assign(to_node="nowhere")
    with pytest.raises(UnsoundNetwork, match=r"to_node 'nowhere' is no node"):
        assess_frames(frames)


def test_a_facility_may_not_share_its_id_with_a_node() -> None:
    district = District().network("electricity", RING).facility("a", electricity=("b", 1))
    with pytest.raises(UnsoundNetwork, match="'a' is used by a facility"):
        assess_frames(district.frames())


def test_a_long_chain_overflows_nothing() -> None:
    count = 20_000
    chain = " - ".join(["S*", *(f"n{number}" for number in range(count)), "end:5"])
    result = assess_frames(District().network("electricity", chain).frames(), {"n0": 0.0})
    assert result.outages["electricity"].nodes == count + 2
