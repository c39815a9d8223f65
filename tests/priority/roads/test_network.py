"""Travel times against another library's shortest paths, and what must hold whatever the roads are."""

from __future__ import annotations

import itertools
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.crs import ellipsoid
from layers.records import empty_frame
from layers.sample import read_sample
from priority.restoration.problem import NEVER
from priority.roads.network import RoadNetwork
from tests.priority.roads.driving import metres, roads

ROWS, COLUMNS = 5, 6
GRID = np.array([(112.8 + 0.004 * x, 35.5 + 0.003 * y) for y in range(ROWS) for x in range(COLUMNS)])
LINKS = [
    (a, b)
    for a, b in itertools.combinations(range(len(GRID)), 2)
    if np.abs(GRID[a] - GRID[b]) @ [1 / 0.004, 1 / 0.003] < 1.5
]


@st.composite
def networks(draw: st.DrawFn) -> tuple[Any, frozenset[str]]:
    """A random part of a grid as roads of one or two edges, some closed, some of unknown speed."""
    links = draw(st.lists(st.sampled_from(LINKS), min_size=1, max_size=45, unique=True))
    rows = []
    for a, b in links:
        via = draw(st.sampled_from([None, *(d for c, d in LINKS if c == b)]))
        points = [GRID[a], GRID[b], *([] if via is None else [GRID[via]])]
        rows.append((points, draw(st.sampled_from([None, 0.0, 20.0, 35.5, 80.0]))))
    flagged = draw(st.lists(st.integers(0, len(rows) - 1), max_size=3))
    shut = draw(st.lists(st.integers(0, len(rows) - 1), max_size=4))
    return roads(*rows, closed=tuple(flagged)), frozenset(f"r{number}" for number in shut)


def oracle(frame: Any, closed: frozenset[str]) -> Any:
    """The same roads for networkx, weighted in hours."""
    graph = nx.MultiGraph()
    for row in frame.itertuples():
        points = list(row.geometry.coords)
        graph.add_nodes_from(points)
        if row.id in closed or row.closed or row.speed_kph == 0:
            continue
        for a, b in itertools.pairwise(points):
            speed_kph = 30.0 if np.isnan(row.speed_kph) else row.speed_kph
            graph.add_edge(a, b, hours=metres(a, b) / 1000 / speed_kph)
    return graph


@settings(max_examples=60, deadline=None)
@given(networks())
def test_between_vertices_times_are_those_of_another_librarys_shortest_paths(
    drawn: tuple[Any, frozenset[str]],
) -> None:
    frame, closed = drawn
    graph = oracle(frame, closed)
    nodes = list(graph)
    found = RoadNetwork.build(frame).travel_s(np.array(nodes), np.array(nodes), closed)
    for row, start in enumerate(nodes):
        reached = nx.single_source_dijkstra_path_length(graph, start, weight="hours")
        for column, node in enumerate(nodes):
            if node in reached:
                assert found[row, column] == pytest.approx(reached[node] * 3600, abs=1.1)
            else:
                assert found[row, column] == NEVER


@settings(max_examples=60, deadline=None)
@given(networks(), st.integers(0, 44))
def test_closing_a_road_never_makes_a_trip_shorter(drawn: tuple[Any, frozenset[str]], another: int) -> None:
    frame, closed = drawn
    network = RoadNetwork.build(frame)
    places = GRID[::4] + np.array([0.001, 0.0004])
    before = network.travel_s(places, GRID, closed)
    assert (network.travel_s(places, GRID, closed | {f"r{another}"}) >= before).all()
    assert (network.travel_s(places, GRID, closed, all_open=True) <= before).all()


@settings(max_examples=60, deadline=None)
@given(networks())
def test_a_stop_on_the_way_never_saves_time_and_both_ways_take_the_same(drawn: tuple[Any, frozenset[str]]) -> None:
    frame, closed = drawn
    places = np.concatenate([GRID[::3], GRID[::5] + np.array([0.0012, -0.0007])])
    travel_s = RoadNetwork.build(frame).travel_s(places, places, closed)
    assert (np.diag(travel_s) == 0).all()
    assert (travel_s == travel_s.T).all()
    finite = np.where(travel_s == NEVER, 10**9, travel_s)
    for middle in range(len(places)):
        assert (finite <= finite[:, [middle]] + finite[[middle], :]).all()


def test_row_order_and_unknown_closed_ids_change_nothing() -> None:
    frame = roads(([GRID[0], GRID[1], GRID[7]], 40.0), ([GRID[7], GRID[13]], None))
    turned = frame.iloc[::-1]
    expected = RoadNetwork.build(frame).travel_s(GRID, GRID)
    assert (RoadNetwork.build(turned).travel_s(GRID, GRID, frozenset({"nothing"})) == expected).all()


def test_a_road_of_one_kilometre_at_sixty_takes_a_minute() -> None:
    north = ellipsoid().fwd(112.8, 35.5, 0.0, 1000.0)[:2]
    network = RoadNetwork.build(roads(([(112.8, 35.5), north], 60.0)))
    assert network.travel_s(np.array([112.8, 35.5]), np.array(north)).tolist() == [[60]]
    assert network.travel_s(np.array([112.8, 35.5]), np.array(north), frozenset({"r0"})).tolist() == [[NEVER]]


def test_roads_that_cross_without_a_common_vertex_do_not_join() -> None:
    across = roads(([(112.8, 35.5), (112.82, 35.5)], 40.0), ([(112.81, 35.49), (112.81, 35.51)], 40.0))
    ends = np.array([(112.8, 35.5), (112.81, 35.51)])
    assert RoadNetwork.build(across).travel_s(ends, ends).tolist() == [[0, NEVER], [NEVER, 0]]


@pytest.mark.parametrize(
    "nothing", [None, empty_frame("roads"), pd.DataFrame({"id": []})], ids=["no layer", "empty", "bare"]
)
def test_without_roads_times_come_from_straight_lines_and_say_so(nothing: Any) -> None:
    network = RoadNetwork.build(nothing)
    north = ellipsoid().fwd(112.8, 35.5, 0.0, 25_000.0)[:2]
    assert network.assumed
    assert network.travel_s(np.array([112.8, 35.5]), np.array([north, (112.8, 35.5)])).tolist() == [[5040, 0]]
    assert network.route(np.array([112.8, 35.5]), np.array(north))[1].tolist() == [[112.8, 35.5], list(north)]
    assert network.roads_along(GRID) == frozenset()


def test_no_places_give_no_times() -> None:
    network = RoadNetwork.build(roads(([GRID[0], GRID[1]], 40.0)))
    assert network.travel_s(np.empty((0, 2)), GRID).shape == (0, len(GRID))
    assert network.travel_s(GRID, np.empty((0, 2))).shape == (len(GRID), 0)


def test_a_line_over_roads_names_the_roads_it_shares_an_edge_with() -> None:
    network = RoadNetwork.build(
        roads(([GRID[0], GRID[1], GRID[2]], 40.0), ([GRID[2], GRID[8]], 40.0), ([GRID[1], GRID[7]], 40.0))
    )
    assert network.roads_along(GRID[[0, 1, 2, 8]]) == {"r0", "r1"}
    assert network.roads_along(GRID[[8, 2]]) == {"r1"}
    assert network.roads_along(GRID[[0, 2]]) == frozenset()


def test_every_coal_route_of_the_sample_runs_over_its_roads() -> None:
    sample = read_sample()
    network = RoadNetwork.build(sample["roads"])
    where = np.array([shape.coords[0] for shape in sample["facilities"].geometry])
    assert (network.travel_s(where[:6], where) < 3 * 3600).all()
    assert all(network.roads_along(np.array(shape.coords)) for shape in sample["coal_routes"].geometry)


def test_roads_shorter_than_a_centimetre_are_no_roads() -> None:
    dot = (112.8, 35.5), (112.800000001, 35.5)
    assert RoadNetwork.build(roads((list(dot), 40.0))).assumed
    network = RoadNetwork.build(roads((list(dot), 40.0), ([GRID[0], GRID[1]], 40.0)))
    assert network.travel_s(GRID[0], GRID[1]).tolist() == [[pytest.approx(metres(GRID[0], GRID[1]) / 40 * 3.6, abs=1)]]
