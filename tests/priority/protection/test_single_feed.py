"""Places on one way alone, against the removal of every element with every tie tried."""

from __future__ import annotations

import networkx as nx
import pandas as pd
from hypothesis import given, settings

from priority.plans import load_plan
from tests.pictures import District
from tests.priority.oracle import SlowDistrict
from tests.priority.protection.lists import list_of
from tests.priority.random_districts import districts

PLAN = load_plan("energy-chengqu")


def test_one_connection_and_the_switches_up_to_the_tie() -> None:
    district = District().network("electricity", "S* - s1| - a - s2| - b - t/ - c - s3| - Q*")
    district.facility("h", electricity=("b", 4))
    (row,) = list_of(district.frames()).single_feed
    # Its own segment (b and two lines) cannot be fed again; nor can it when a device beside it fails.
    assert (row.element, row.elements, row.commodity, row.reserve_hours) == ("b", 5, "electricity", 4.0)
    assert "上级另有 3处停运时可合联络恢复" in row.reason  # S's segment, s1, a's segment


def test_two_feeds_from_two_sources_hang_on_nothing() -> None:
    district = District().network("electricity", "S* - s1| - a\nQ* - s2| - b")
    district.facility("h", electricity=(["a", "b"], 4))
    assert list_of(district.frames()).single_feed == ()


def test_two_feeds_from_one_station_hang_on_it() -> None:
    district = District().network("electricity", "S* - s0| - bus - s1| - a\nbus - s2| - b")
    district.facility("h", electricity=(["a", "b"], 4))
    (row,) = list_of(district.frames()).single_feed
    assert row.element == "bus--s1"  # of the bus's segment the nearest to the place
    assert "几路进线都经过bus—s1" in row.reason


def test_tiers_come_first_then_the_shortest_reserve() -> None:
    district = District().network("electricity", "S* - s1| - a")
    district.facility("h2", electricity=("a", 1)).facility("h1", electricity=("a", 8))
    district.facility("g", "government", electricity=("a", 24)).facility("h0", electricity=("a", None))
    rows = list_of(district.frames()).single_feed
    assert [row.facility for row in rows] == ["g", "h0", "h2", "h1"]
    assert rows[1].reserve_hours is None
    assert "备用时间未知" in rows[1].reason


def slow_supply(district: SlowDistrict, element: str, closed: str | None = None) -> set[str]:
    """What has supply with an element failed and isolated, and one tie closed if given."""
    segment = district.segment_of(element)
    opened = district.rim(segment)
    if closed is None:
        return district.supplied(segment, opened)
    row = district.nodes[closed]
    district.nodes[closed] = {**row, "normally_open": False}
    try:
        return district.supplied(segment, opened)
    finally:
        district.nodes[closed] = row


def slow_hanging(district: SlowDistrict, feeds: set[str]) -> set[str]:
    """The elements on which feeds hang: without supply if they fail, whatever single tie is closed."""
    hanging = set()
    for element in [*district.nodes, *district.lines]:
        segment = district.segment_of(element)
        if feeds & slow_supply(district, element):
            continue
        ties = [
            node
            for node, row in district.nodes.items()
            if district.is_device(node)
            and row["normally_open"]
            and row["in_service"]
            and node not in segment
            and node not in district.rim(segment)
        ]
        if not any(feeds & slow_supply(district, element, tie) for tie in ties):
            hanging.add(element)
    return hanging


def slow_distances(district: SlowDistrict, feeds: set[str]) -> dict[str, float]:
    """How many lines lie between each element and the nearest feed; a line lies half way between its ends."""
    graph = nx.Graph()
    graph.add_nodes_from(node for node, row in district.nodes.items() if row["in_service"])
    for line, row in district.lines.items():
        if district.usable(line):
            graph.add_edges_from([(row["from_node"], line), (line, row["to_node"])])
    return dict(nx.multi_source_dijkstra_path_length(graph, feeds))


@settings(max_examples=30, deadline=None)
@given(districts())
def test_each_row_is_what_removing_every_element_says(district: District) -> None:
    frames = district.frames()
    slow = SlowDistrict(frames)
    normal = slow.supplied(set(), set())
    told = {(row.facility, row.commodity): row for row in list_of(frames).single_feed}
    supplies: pd.DataFrame = frames["supplies"]
    for (facility, commodity), records in supplies.groupby(["facility_id", "commodity"]):
        feeds = set(records["node_id"].dropna()) & normal
        listed = PLAN.priority_of(slow.facilities[facility]["category"]) is not None
        row = told.pop((facility, commodity), None)
        if not (feeds and listed and records["required"].any()):
            assert row is None
            continue
        hanging = slow_hanging(slow, feeds)
        assert (row is not None) == bool(hanging)
        if row is not None:
            assert row.elements == len(hanging)
            distance = slow_distances(slow, feeds)
            named = {item for item in hanging if not (item in slow.nodes and slow.is_device(item))} or hanging
            assert row.element in named
            assert distance[row.element] == min(distance[item] for item in named if item in distance)
    assert not told
