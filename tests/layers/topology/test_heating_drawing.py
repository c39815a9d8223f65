"""A small heating network from drawings: ends 0.3 m apart, valves beside the line, a tap; and what is special."""

from __future__ import annotations

import math
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest

from layers.importing.checks import check_network, topology_issues
from layers.records import conform
from layers.topology import ToleranceTooLarge, Topology, build_topology
from tests.layers.topology.drawings import Place, frame_of_lines, frame_of_nodes, metres, nodes_along, pieces_of

#: A main of two drawings that end 0.3 m apart, a branch that ends 0.3 m before the main, and one beyond a valve.
PIPES: dict[str, list[Place]] = {
    "main-1": [(0, 0), (60, 0), (120, 0)],
    "main-2": [(120.3, 0), (240, 0)],
    "branch": [(80, 0.3), (80, 50)],
    "service": [(200, -0.2), (200, -30)],
}
#: Valves stand 0.25 m beside the main and at the branch's end; the boiler house and two consumers are at ends.
PLACES: dict[str, tuple[Place, str]] = {
    "boiler": ((0.1, 0.1), "source"),
    "valve-1": ((40, 0.25), "valve"),
    "valve-2": ((160, -0.25), "valve"),
    "house-1": ((80, 50.2), "heat_exchange"),
    "house-2": ((200, -30.1), "consumer"),
    "house-3": ((240, 0.2), "consumer"),
}


def heating(tolerance_m: float = 0.5, **options: Any) -> Topology:
    lines = frame_of_lines(PIPES, capacity=[9.0, 8.0, 3.0, 1.0], provenance="surveyed", source="图纸")
    return build_topology(lines, frame_of_nodes(PLACES), tolerance_m, **options)


def test_the_drawing_becomes_a_network() -> None:
    topology = heating()
    joint, tap, other_tap = "J-main-1-2", "J-branch-1", "J-service-1"
    assert nodes_along(topology, "main-1") == ["boiler", "valve-1", tap, joint]
    assert nodes_along(topology, "main-2") == [joint, "valve-2", other_tap, "house-3"]
    assert nodes_along(topology, "branch") == [tap, "house-1"]
    assert nodes_along(topology, "service") == [other_tap, "house-2"]
    assert topology.parts == {
        "main-1": ("main-1~1", "main-1~2", "main-1~3"),
        "main-2": ("main-2~1", "main-2~2", "main-2~3"),
    }
    assert list(pieces_of(topology, "main-1")["capacity"]) == [9.0, 9.0, 9.0]
    assert topology.off_line == ()


def test_every_change_is_told_with_place_and_distance() -> None:
    topology = heating()
    told = {(change.kind, change.line_id, change.node_id): change.moved_m for change in topology.changes}
    assert told["joined", "main-2", "J-main-1-2"] == pytest.approx(0.3, abs=0.002)
    assert told["joined", "branch", "J-branch-1"] == pytest.approx(0.3, abs=0.002)
    assert told["split", "main-1", "valve-1"] == pytest.approx(0.25, abs=0.002)
    assert told["snapped", "branch", "house-1"] == pytest.approx(0.2, abs=0.002)
    assert {kind for kind, *_ in told} == {"node_made", "joined", "snapped", "split"}
    valve = next(change for change in topology.changes if change.node_id == "valve-1")
    assert valve.place == pytest.approx(frame_of_nodes(PLACES).geometry.iloc[1].coords[0])


def test_a_tap_is_drawn_to_the_main_and_a_valve_stays_where_it_stands() -> None:
    topology = heating()
    main = [metres(shape) for shape in pieces_of(topology, "main-1").geometry]
    assert main[1][0] == pytest.approx((40, 0.25), abs=0.001)
    assert main[1][1:] == [pytest.approx((60, 0), abs=0.001), pytest.approx((80, 0), abs=0.001)]


def test_the_network_is_sound_and_everybody_is_supplied() -> None:
    topology = heating()
    common = {"provenance": "surveyed", "source": "图纸", "normally_open": False, "in_service": True}
    given = frame_of_nodes(PLACES).assign(name="点", **common)
    nodes = conform("network_nodes", gpd.GeoDataFrame(pd.concat([given, topology.nodes], ignore_index=True)))
    lines = conform("network_lines", topology.lines.assign(kind="trunk", in_service=True))
    assert check_network(lines, nodes) == ()
    notes = {issue.code: issue.count for issue in topology_issues(topology, 0.5)}
    assert notes == {"ends_snapped": 7, "lines_split": 2, "nodes_made": 3}


def test_a_smaller_tolerance_leaves_gaps_and_says_so() -> None:
    topology = heating(0.05)
    assert topology.parts == {}
    assert set(topology.off_line) == set(PLACES)
    assert topology.lines["from_node"].nunique() == len(PIPES)


def test_without_making_nodes_only_given_ones_are_used() -> None:
    topology = heating(make_nodes=False)
    assert not len(topology.nodes)
    branch = topology.lines.set_index("id").loc["branch"]
    assert pd.isna(branch["from_node"])
    assert branch["to_node"] == "house-1"
    assert nodes_along(topology, "main-1")[:2] == ["boiler", "valve-1"]


def test_what_lines_name_is_kept_and_only_new_ends_cut_them() -> None:
    built = heating()
    nodes = frame_of_nodes({**PLACES, "well": ((20, 0.1), "junction")})
    known = gpd.GeoDataFrame(pd.concat([nodes, built.nodes], ignore_index=True), crs=4490)
    lines = built.lines
    assert build_topology(lines, known, 0.5).parts == {}, "a node beside a built line is left alone"
    assert build_topology(lines, known, 0.5, new_nodes=["well"]).parts == {"main-1~1": ("main-1~1~1", "main-1~1~2")}
    more = pd.concat([lines, frame_of_lines({"new": [(100, 0.2), (100, 9)]}, capacity=1.0)], ignore_index=True)
    extended = build_topology(gpd.GeoDataFrame(more, crs=4490), known, 0.5)
    assert extended.parts == {"main-1~3": ("main-1~3~1", "main-1~3~2")}
    assert list(extended.nodes["id"]) == ["J-new-1", "J-new-2"]
    over = build_topology(gpd.GeoDataFrame(more, crs=4490), known, 0.5, standing=lines["id"])
    assert over.parts == {"main-1~3": ("main-1~3", "main-1~3~2")}


def test_the_same_drawing_once_more_over_what_it_became_is_the_same() -> None:
    built = heating()
    known = gpd.GeoDataFrame(pd.concat([frame_of_nodes(PLACES), built.nodes], ignore_index=True), crs=4490)
    again = build_topology(frame_of_lines(PIPES), known, 0.5)
    assert not len(again.nodes)
    names = ["id", "from_node", "to_node"]
    assert again.lines[names].equals(built.lines[names])
    assert again.lines.geometry.geom_equals_exact(built.lines.geometry, 0.0).all()


def test_lines_that_only_cross_are_told_and_not_joined() -> None:
    cross = {"a": [(0.0, 0.0), (10.0, 10.0)], "b": [(0.0, 10.0), (10.0, 0.0)]}
    topology = build_topology(frame_of_lines(cross), frame_of_nodes({}), 0.5)
    assert topology.parts == {}
    assert metres_of(topology.crossings) == [pytest.approx((5, 5), abs=0.1)]
    assert [issue.code for issue in topology_issues(topology, 0.5)] == ["crossing_not_joined", "nodes_made"]
    with_valve = build_topology(frame_of_lines(cross), frame_of_nodes({"v": ((5.1, 5.1), "valve")}), 0.5)
    assert set(with_valve.parts) == {"a", "b"}
    assert with_valve.crossings == ()


def test_networks_are_never_joined_to_each_other() -> None:
    lines = frame_of_lines({"hot": [(0, 0), (10, 0)], "cold": [(10.1, 0), (20, 0)]})
    lines["network"] = ["heat", "water"]
    topology = build_topology(lines, frame_of_nodes({"v": ((10, 0), "valve")}), 0.5)
    ends = topology.lines.set_index("id")
    assert ends.loc["hot", "to_node"] == "v"
    assert ends.loc["cold", "from_node"] == "J-cold-1"
    assert dict(zip(topology.nodes["id"], topology.nodes["network"], strict=True))["J-cold-1"] == "water"


def test_a_chain_of_near_ends_is_not_drawn_together() -> None:
    """Sixteen lines start 0.4 m from each other around a circle: neighbours meet in pairs, the circle stays open."""
    turns = [(math.cos(math.tau * i / 16), math.sin(math.tau * i / 16)) for i in range(16)]
    inner = 0.2 / math.sin(math.pi / 16)
    star = {f"l{i:02}": [(inner * x, inner * y), (30 * x, 30 * y)] for i, (x, y) in enumerate(turns)}
    topology = build_topology(frame_of_lines(star), frame_of_nodes({}), 0.5)
    assert max(change.moved_m for change in topology.changes) == pytest.approx(0.4, abs=0.001)
    assert topology.lines["from_node"].nunique() == 8


def test_short_lines_keep_both_their_ends() -> None:
    """A stub of 0.4 m between two mains is shorter than the tolerance: it still joins them, and is still a line."""
    pipes = {"left": [(0, 0), (50, 0)], "stub": [(50, 0), (50.4, 0)], "right": [(50.4, 0), (99, 0)]}
    topology = build_topology(frame_of_lines(pipes), frame_of_nodes({}), 0.5)
    ends = topology.lines.set_index("id")
    assert ends.loc["left", "to_node"] == ends.loc["stub", "from_node"]
    assert ends.loc["stub", "to_node"] == ends.loc["right", "from_node"]
    assert ends.loc["stub", "from_node"] != ends.loc["stub", "to_node"]


def test_ids_that_are_taken_are_not_given_again() -> None:
    lines = frame_of_lines({"a": [(0, 0), (30, 0)], "a~1": [(0, 9), (30, 9)], "t": [(15, 0.1), (15, 5)]})
    topology = build_topology(lines, frame_of_nodes({"J-a-1": ((0, 100), "junction")}), 0.5)
    assert topology.parts == {"a": ("a~1+", "a~2")}
    assert topology.lines["id"].is_unique
    assert "J-a-1+" in set(topology.nodes["id"])


def test_nothing_gives_nothing_and_a_tolerance_must_make_sense() -> None:
    empty = build_topology(frame_of_lines(PIPES).iloc[:0], frame_of_nodes(PLACES), 0.5)
    assert (len(empty.lines), len(empty.nodes), empty.changes) == (0, 0, ())
    assert set(empty.off_line) == set(PLACES)
    for tolerance_m in (0.0, -1.0, 1000.0, float("nan")):
        with pytest.raises(ValueError, match="tolerance_m"):
            heating(tolerance_m)


def test_a_tolerance_that_would_join_everything_is_refused_at_once() -> None:
    """Six thousand ends within a few metres: a tolerance of 40 m would pair each with each."""
    bundle: dict[str, list[Place]] = {f"l{i}": [(i * 0.001, 0.0), (i * 0.001, 3000.0)] for i in range(6000)}
    with pytest.raises(ToleranceTooLarge, match="40 米"):
        build_topology(frame_of_lines(bundle), frame_of_nodes({}), 40.0)


def metres_of(places: tuple[Place, ...]) -> list[Place]:
    return [metres(point)[0] for point in gpd.points_from_xy(*zip(*places, strict=True))]


def test_a_joint_that_cannot_move_to_the_main_bends_it() -> None:
    """Two branches meet 0.45 m beside the main, one of them from 0.9 m: it would move too far to the main itself."""
    pipes = {"a": [(20, 5), (0, 0.45)], "b": [(-20, 5), (0, 0.9)], "main": [(-50, 0), (50, 0)]}
    topology = build_topology(frame_of_lines(pipes), frame_of_nodes({}), 0.5)
    assert nodes_along(topology, "main") == ["J-main-1", "J-a-2", "J-main-2"]
    assert nodes_along(topology, "b")[-1] == "J-a-2"
    assert metres(pieces_of(topology, "main").geometry.iloc[0])[-1] == pytest.approx((0, 0.45), abs=0.001)


def test_two_taps_from_both_sides_meet_in_one_joint() -> None:
    pipes = {"north": [(10, 0.45), (10, 20)], "south": [(10, -0.45), (10, -20)], "main": [(0, 0), (40, 0)]}
    topology = build_topology(frame_of_lines(pipes), frame_of_nodes({}), 0.5)
    assert nodes_along(topology, "main") == ["J-main-1", "J-north-1", "J-main-2"]
    assert nodes_along(topology, "south")[0] == "J-north-1"


def test_where_a_device_and_a_joint_share_a_place_the_device_cuts_the_line() -> None:
    nodes = frame_of_nodes({"a-joint": ((10, 0.1), "junction"), "valve": ((10, 0.1), "valve")})
    topology = build_topology(frame_of_lines({"main": [(0, 0), (40, 0)]}), nodes, 0.5)
    assert nodes_along(topology, "main")[1:-1] == ["valve"]
    assert topology.off_line == ("a-joint",)
