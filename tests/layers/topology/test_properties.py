"""Whatever is drawn: the answer is the slow oracle's, nothing moves too far, nothing is lost, once is enough."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from random import Random

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.topology import Topology, build_topology
from tests.layers.topology.drawings import Place, frame_of_lines, frame_of_nodes, metres, nodes_along, pieces_of
from tests.layers.topology.oracle import Builder, far, foot, length

TOLERANCE = 0.537
KINDS = ("valve", "junction", "consumer", "source")
Drawn = tuple[dict[str, list[Place]], dict[str, tuple[Place, str]]]


@st.composite
def drawings(draw: st.DrawFn) -> Drawn:
    """Lines between places of a small pool, so that some meet exactly, some nearly, and some lie on each other."""
    jitter = Random(draw(st.integers(0, 10**6)))  # noqa: S311
    size = draw(st.sampled_from([15, 40, 120]))
    grid = st.tuples(st.integers(0, size), st.integers(0, size))
    pool = [
        (x * 0.1 + jitter.uniform(0, 0.02), y * 0.1 + jitter.uniform(0, 0.02))
        for x, y in draw(st.lists(grid, min_size=4, max_size=14, unique=True))
    ]
    paths = st.lists(st.sampled_from(pool), min_size=2, max_size=4, unique=True)
    lines = draw(st.lists(paths, min_size=1, max_size=8))
    nodes = draw(
        st.lists(st.tuples(st.sampled_from(pool), st.sampled_from(KINDS)), max_size=4, unique_by=lambda n: n[0])
    )
    return {f"l{i}": path for i, path in enumerate(lines)}, {f"n{i}": node for i, node in enumerate(nodes)}


def built(drawn: Drawn) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, Topology]:
    lines = frame_of_lines(drawn[0], capacity=[float(number) for number in range(len(drawn[0]))])
    nodes = frame_of_nodes(drawn[1])
    return lines, nodes, build_topology(lines, nodes, TOLERANCE)


def oracle_of(lines: gpd.GeoDataFrame, nodes: gpd.GeoDataFrame) -> Builder:
    """The oracle on the very coordinates that the product sees, back in metres."""
    paths = {name: metres(shape) for name, shape in zip(lines["id"], lines.geometry, strict=True)}
    given = zip(nodes["id"], nodes["kind"], nodes.geometry, strict=True)
    return Builder(paths, {name: (metres(shape)[0], kind == "valve") for name, kind, shape in given}, TOLERANCE)


@settings(max_examples=80, deadline=None)
@given(drawings())
def test_lines_meet_where_the_oracle_says(drawn: Drawn) -> None:
    lines, nodes, topology = built(drawn)
    oracle = oracle_of(lines, nodes)
    met: dict[str, set[tuple[str, int]]] = {}
    for line in drawn[0]:
        names = nodes_along(topology, line)
        met.setdefault(names[0], set()).add((line, 0))
        met.setdefault(names[-1], set()).add((line, 1))
    labels = {name: name if name in drawn[1] else frozenset(ends) for name, ends in met.items()}
    labels |= {name: name for name in drawn[1]}
    for line in drawn[0]:
        start, *middle, end = (labels[name] for name in nodes_along(topology, line))
        assert (start, end) == (oracle.at[line, 0].label, oracle.at[line, 1].label)
        along = {joint.label: where for where, joint in oracle.cuts(line)}
        assert Counter(middle) == Counter(list(along))
        order = [along[label] for label in middle]
        assert all(b - a > -1e-6 for a, b in pairwise(order))


@settings(max_examples=50, deadline=None)
@given(drawings())
def test_nothing_moves_further_than_the_tolerance_and_nothing_is_lost(drawn: Drawn) -> None:
    lines, _, topology = built(drawn)
    shape_of = dict(zip(lines["id"], lines.geometry, strict=True))
    total_before = total_after = 0.0
    for number, line in enumerate(drawn[0]):
        path = metres(shape_of[line])
        pieces = [metres(shape) for shape in pieces_of(topology, line).geometry]
        assert all(length(piece) > 0 for piece in pieces)
        assert set(pieces_of(topology, line)["capacity"]) == {float(number)}
        reach = min(TOLERANCE, 0.4 * length(path)) + 0.001
        assert far(pieces[0][0], path[0]) <= reach
        assert far(pieces[-1][-1], path[-1]) <= reach
        joined = [*pieces[0], *(place for piece in pieces[1:] for place in piece[1:])]
        assert all(foot(joined, place)[0] <= TOLERANCE + 0.001 for place in path)
        assert all(foot(path, place)[0] <= TOLERANCE + 0.001 for place in joined)
        total_before, total_after = total_before + length(path), total_after + length(joined)
    moved = sum(change.moved_m for change in topology.changes)
    assert abs(total_after - total_before) <= 2 * moved + 0.01 * len(topology.changes)
    assert max((change.moved_m for change in topology.changes), default=0.0) <= TOLERANCE + 0.001


@settings(max_examples=50, deadline=None)
@given(drawings(), st.randoms(use_true_random=False))
def test_building_again_changes_nothing_and_the_order_of_rows_does_not_matter(drawn: Drawn, order: Random) -> None:
    """Also where some lines name nodes already, whether these are there or not."""
    lines, nodes, _ = built(drawn)
    for column in ("from_node", "to_node"):
        lines[column] = [order.choice([None, None, "gone", *drawn[1]]) for _ in range(len(lines))]
    topology = build_topology(lines, nodes, TOLERANCE)
    known = gpd.GeoDataFrame(pd.concat([nodes, topology.nodes], ignore_index=True), crs=4490)
    again = build_topology(topology.lines, known, TOLERANCE)
    assert again.changes == ()
    assert not len(again.nodes)
    assert again.parts == {}
    same(again.lines, topology.lines)
    assert again.crossings == topology.crossings
    rows, spots = list(range(len(lines))), list(range(len(nodes)))
    order.shuffle(rows)
    order.shuffle(spots)
    shuffled = build_topology(lines.iloc[rows], nodes.iloc[spots], TOLERANCE)
    same(shuffled.lines, topology.lines)
    same(shuffled.nodes, topology.nodes)
    assert shuffled.changes == topology.changes


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 5))
def test_where_joints_lie_well_apart_the_drawing_alone_gives_them_again(seed: int, side: int) -> None:
    """A grid of streets drawn with ends 0.15 m off: built, stripped of its names, and built anew, it is the same."""
    off = Random(seed)  # noqa: S311
    near = lambda x, y: (x * 20 + off.uniform(-0.15, 0.15), y * 20 + off.uniform(-0.15, 0.15))  # noqa: E731
    steps = [((x, y), step) for x in range(side) for y in range(side) for step in ((1, 0), (0, 1))]
    lines = {f"{x}-{y}-{dx}": [near(x, y), near(x + dx, y + dy)] for (x, y), (dx, dy) in steps}
    topology = build_topology(frame_of_lines(lines), frame_of_nodes({}), TOLERANCE)
    meant = {
        frozenset(
            line for line, ((x, y), (dx, dy)) in zip(lines, steps, strict=True) if place in ((x, y), (x + dx, y + dy))
        )
        for place in {(x + dx * k, y + dy * k) for (x, y), (dx, dy) in steps for k in (0, 1)}
    }
    assert groups(topology) == meant
    bare = topology.lines.drop(columns=["from_node", "to_node"])
    again = build_topology(bare, frame_of_nodes({}), TOLERANCE)
    assert groups(again) == meant
    assert all(change.moved_m == 0 for change in again.changes)


def groups(topology: Topology) -> set[frozenset[str]]:
    at: dict[str, set[str]] = {}
    for column in ("from_node", "to_node"):
        for line, node in zip(topology.lines["id"], topology.lines[column], strict=True):
            at.setdefault(node, set()).add(line)
    return {frozenset(members) for members in at.values()}


def same(one: gpd.GeoDataFrame, other: gpd.GeoDataFrame) -> None:
    pd.testing.assert_frame_equal(
        pd.DataFrame(one.drop(columns="geometry")), pd.DataFrame(other.drop(columns="geometry"))
    )
    assert np.array_equal(shapely.to_wkb(one.geometry.to_numpy()), shapely.to_wkb(other.geometry.to_numpy()))
