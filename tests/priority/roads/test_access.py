"""Places enter the roads at the nearest point of a road, wherever its vertices are."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import LineString, Point

from layers.crs import ellipsoid
from priority.restoration.problem import NEVER
from priority.roads.network import RoadNetwork
from tests.priority.roads.driving import METRES_A_DEGREE, Driving, metres, roads

WEST = (112.8, 35.5)
DEGREES = 1 / METRES_A_DEGREE


def spot(east_m: float, north_m: float) -> tuple[float, float]:
    lon, lat = np.array(WEST) + np.array([east_m, north_m]) * DEGREES
    return round(float(lon), 7), round(float(lat), 7)


def east(along_m: float, aside_m: float = 0.0) -> tuple[float, float]:
    """A point so far along a line that runs due east, and north of it."""
    lon, lat, _ = ellipsoid().fwd(WEST[0] + along_m / (metres(WEST, (112.81, 35.5)) * 100), WEST[1], 0.0, aside_m)
    return lon, lat


SPOTS = st.builds(spot, st.integers(0, 30).map(lambda n: n * 100.0), st.integers(0, 30).map(lambda n: n * 100.0))
PLACES = st.builds(spot, st.floats(-200, 3200), st.floats(-200, 3200))


@st.composite
def sparse(draw: st.DrawFn) -> tuple[Any, frozenset[str]]:
    """A few roads of long straight stretches between a few spots, which cross each other anyhow; some closed."""
    ends = draw(st.lists(SPOTS, min_size=2, max_size=7, unique=True))
    lines = st.lists(st.sampled_from(ends), min_size=2, max_size=4, unique=True)
    shapes = draw(st.lists(lines, min_size=1, max_size=7))
    rows = [(shape, draw(st.sampled_from([None, 0.0, 8.0, 35.5, 80.0]))) for shape in shapes]
    flagged = draw(st.lists(st.integers(0, len(rows) - 1), max_size=1))
    shut = draw(st.lists(st.integers(0, len(rows) - 1), max_size=2))
    return roads(*rows, closed=tuple(flagged)), frozenset(f"r{number}" for number in shut)


@settings(max_examples=100, deadline=None)
@given(sparse(), st.lists(PLACES, min_size=2, max_size=4, unique=True))
def test_times_are_those_of_a_slow_projection_on_every_road(
    drawn: tuple[Any, frozenset[str]], places: list[tuple[float, float]]
) -> None:
    frame, closed = drawn
    driving = Driving(frame, closed)
    clear = [place for place in places if not driving.is_ambiguous(place)]
    assume(len(clear) >= 2)
    found = RoadNetwork.build(frame).travel_s(np.array(clear), np.array(clear), closed)
    for a, b in itertools.permutations(range(len(clear)), 2):
        hours = driving.hours(clear[a], clear[b])
        if hours is None:
            assert found[a, b] == NEVER
        else:
            # Besides the rounding: three kilometres off, two planes put the nearest point half a metre apart.
            assert found[a, b] == pytest.approx(hours * 3600, abs=2)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(SPOTS, min_size=2, max_size=6, unique=True),
    st.sampled_from([15.0, 40.0, 80.0]),
    st.lists(PLACES, min_size=2, max_size=2, unique=True),
    st.booleans(),
)
def test_beside_an_open_road_nobody_is_farther_than_the_drive_along_it_and_both_accesses(
    line: list[tuple[float, float]], speed_kph: float, places: list[tuple[float, float]], backwards: bool
) -> None:
    frame = roads((line[::-1] if backwards else line, speed_kph))
    # Inside a bend two points of the road can be as near: which of them counts is then not said.
    driving = Driving(frame, frozenset())
    assume(not any(driving.is_ambiguous(place) for place in places))
    seconds = int(RoadNetwork.build(frame).travel_s(np.array(places[0]), np.array(places[1]))[0, 0])
    flat = LineString(np.array(line) / DEGREES)
    stand = [Point(np.array(place) / DEGREES) for place in places]
    along_m = abs(flat.project(stand[0]) - flat.project(stand[1]))
    access_m = sum(point.distance(flat) for point in stand)
    # A hundredth more: the plane drawn on is not quite the ellipsoid.
    assert seconds <= (along_m / speed_kph + access_m / 20.0) * 3.6 * 1.01 + 1


@settings(max_examples=100, deadline=None)
@given(sparse(), st.lists(PLACES, min_size=2, max_size=7, unique=True), st.integers(0, 6))
def test_what_holds_for_any_roads_holds_between_vertices_too(
    drawn: tuple[Any, frozenset[str]], places: list[tuple[float, float]], another: int
) -> None:
    frame, closed = drawn
    network, points = RoadNetwork.build(frame), np.array(places)
    travel_s = network.travel_s(points, points, closed)
    assert (np.diag(travel_s) == 0).all()
    assert (travel_s == travel_s.T).all()
    assert (network.travel_s(points, points, closed | {f"r{another}"}) >= travel_s).all()
    assert (network.travel_s(points, points, closed, all_open=True) <= travel_s).all()
    finite = np.where(travel_s == NEVER, 10**9, travel_s)
    for middle in range(len(points)):
        assert (finite <= finite[:, [middle]] + finite[[middle], :]).all()
    turned = frame.iloc[::-1].assign(geometry=frame.iloc[::-1].geometry.reverse())
    assert (RoadNetwork.build(turned).travel_s(points, points, closed) == travel_s).all()


@settings(max_examples=60, deadline=None)
@given(sparse(), PLACES, PLACES)
def test_the_way_drawn_takes_the_time_told(
    drawn: tuple[Any, frozenset[str]], origin: tuple[float, float], target: tuple[float, float]
) -> None:
    frame, closed = drawn
    driving = Driving(frame, closed)
    assume(not driving.is_ambiguous(origin) and not driving.is_ambiguous(target))
    seconds, way = RoadNetwork.build(frame).route(np.array(origin), np.array(target), closed)
    if seconds == NEVER or origin == target:
        return
    assert (tuple(way[0]), tuple(way[-1])) == (origin, target)
    inner = [tuple(point) for point in way[1:-1].tolist()]
    for here in inner:
        assert min(piece.foot(here)[0] for piece in driving.pieces) < 0.01
    # Between two of its points the way runs along one piece, at the speed of the fastest open road over it.
    hours = (metres(way[0], way[1]) + metres(way[-2], way[-1])) / 1000 / 20.0
    for a, b in itertools.pairwise(inner):
        over = [piece for piece in driving.pieces if driving.leads(piece, a) and driving.leads(piece, b)]
        hours += min(metres(a, b) / metres(*p.ends) * (p.slowest_hours if p.hours is None else p.hours) for p in over)
    assert seconds == pytest.approx(hours * 3600, abs=1.5)


def test_neighbours_beside_a_long_straight_road_are_neighbours() -> None:
    network = RoadNetwork.build(roads(([WEST, east(16_000)], 40.0)))
    places = np.array([east(7_994.5, 11), east(8_005.5, 11)])
    # Eleven metres to the road, eleven along it, eleven back: some five seconds, not eight kilometres over the fields.
    assert network.travel_s(places[0], places[1]).tolist() == [[5]]
    assert network.travel_s(places[0], np.array(east(0))).tolist() == [[pytest.approx(7_994.5 / 40 * 3.6 + 2, abs=1)]]
    seconds, way = network.route(places[0], places[1])
    assert (seconds, len(way)) == (5, 4)
    assert metres(way[1], way[2]) == pytest.approx(11, abs=0.1)


def test_beside_a_closed_road_only_who_is_near_its_end_gets_out() -> None:
    frame = roads(([WEST, east(4_000)], 60.0), ([WEST, (112.8, 35.52)], 60.0), closed=(0,))
    network = RoadNetwork.build(frame)
    near, far, neighbour = np.array(east(150, 5)), np.array(east(2_010, 5)), np.array(east(2_100, -5))
    out = np.array((112.8, 35.51))
    # 155 m as slowly as over yards, 1,109 m at 60 km/h.
    assert network.travel_s(near, out).tolist() == [[95]]
    assert network.travel_s(far, out).tolist() == [[NEVER]]
    assert network.travel_s(far, near).tolist() == [[NEVER]]
    assert network.travel_s(far, neighbour).tolist() == [[18]]
    assert network.travel_s(far, np.array(east(2_500))).tolist() == [[NEVER]]
    # Nobody comes through from one end of it to the other.
    assert network.travel_s(near, np.array(east(3_900))).tolist() == [[NEVER]]


def test_an_open_road_over_the_same_stretch_keeps_places_beside_a_closed_one_reachable() -> None:
    stretch = [WEST, east(4_000)]
    network = RoadNetwork.build(roads((stretch, 60.0), (stretch[::-1], 30.0)))
    ends = np.array(east(1_000)), np.array(east(3_000))
    assert network.travel_s(*ends)[0, 0] == pytest.approx(120, abs=1)
    assert network.travel_s(*ends, frozenset({"r0"}))[0, 0] == pytest.approx(240, abs=1)
    assert network.travel_s(*ends, frozenset({"r0", "r1"})).tolist() == [[NEVER]]
