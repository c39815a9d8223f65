"""Our answers beside those of pandapower and WNTR, on networks that they bring along."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from priority.network import NetworkArrays, Segments, SwitchState, trace_supply
from tests.oracles.mapping import power_frames, water_frames
from tests.oracles.programs import run_oracle

#: pandapower's networks whose buses all have a place; the first three have switches.
GRIDS = (
    "mv_oberrhein",
    "create_cigre_network_mv",
    "create_cigre_network_lv",
    "case_illinois200",
    "case145",
    "iceland",
    "GBnetwork",
    "case1888rte",
    "case3120sp",
)
WATER = ("Net1", "Net2", "Net3", "ky4", "ky10", "Net6")
SCENARIOS = 12


@pytest.fixture(scope="module")
def grids(oracles_python: Path) -> dict[str, Any]:
    answers = run_oracle(oracles_python, "unsupplied_buses.py", str(SCENARIOS), *GRIDS)
    return {answer["name"]: answer for answer in answers}


@pytest.fixture(scope="module")
def waters(oracles_python: Path) -> dict[str, Any]:
    return {answer["name"]: answer for answer in run_oracle(oracles_python, "valve_segments.py", *WATER)}


@pytest.mark.parametrize("name", GRIDS)
def test_the_same_buses_are_unsupplied_as_pandapower_finds(grids: dict[str, Any], name: str) -> None:
    grid = grids[name]
    assert grid["without_place"] == 0
    assert grid["beyond"] == []
    assert len(grid["scenarios"]) == SCENARIOS + 1
    for scenario in grid["scenarios"]:
        arrays = NetworkArrays.build(*power_frames(grid, scenario))
        dark = ~trace_supply(arrays, SwitchState.normal(arrays)).supplied & arrays.carries_node & ~arrays.is_device
        assert sorted(int(bus.removeprefix("bus")) for bus in arrays.node_ids[dark]) == scenario["unsupplied"]


def test_the_scenarios_leave_buses_unsupplied(grids: dict[str, Any]) -> None:
    for grid in grids.values():
        assert any(scenario["unsupplied"] for scenario in grid["scenarios"]), grid["name"]


@pytest.mark.parametrize("name", WATER)
def test_the_same_segments_as_wntr_finds(waters: dict[str, Any], name: str) -> None:
    water = waters[name]
    for layer in water["layers"]:
        assert layer["valves"]
        arrays = NetworkArrays.build(*water_frames(water, layer["valves"]))
        segments = Segments.of(arrays)
        ours = {
            **dict(zip(arrays.node_ids, segments.of_node.tolist(), strict=True)),
            **dict(zip(arrays.line_ids, segments.of_line.tolist(), strict=True)),
        }
        theirs = {
            **{f"n:{node}": segment for node, segment in layer["node_segments"].items()},
            **{f"l:{link}": segment for link, segment in layer["link_segments"].items()},
        }
        pairs = {(ours[element], segment) for element, segment in theirs.items()}
        assert len(pairs) == len({our for our, _ in pairs}) == len({their for _, their in pairs})
        assert len(pairs) == segments.count
        assert min(our for our, _ in pairs) >= 0
