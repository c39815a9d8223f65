"""The cascade in time: on the sample, and on a million lines with 5,000 facilities, in one run.

    .venv/bin/python -m benchmarks.cascade

Medians of several runs after a warm-up. Beside the simulation stands what the traces alone would take without drawing
the networks together: one full trace for each moment of the course. The million lines are two street grids that are
made up here, electricity and water, with pumps that need power and hospitals that need both.
"""

from __future__ import annotations

import json
import platform
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from benchmarks.street_grid import street_grid
from benchmarks.timing import median_ms
from layers.sample import read_sample
from priority.assessment import take_picture
from priority.cascade import Actions
from priority.cascade.build import wire
from priority.cascade.kernel import simulate
from priority.cascade.script import Outline
from priority.cascade.wiring import Ended, Weights, Wiring
from priority.damage import Damage
from priority.facilities import Facilities, Need
from priority.incident import Incident
from priority.network import NetworkArrays, Segments, Supply, SwitchState, trace_supply
from priority.network.condensed import CondensedNetwork
from priority.plans import load_plan
from priority.system import SupplySystem

LINES, FACILITIES, PUMPS = 1_000_000, 5_000, 60
HORIZON_S = 72 * 3600


@dataclass(frozen=True, eq=False)
class Town:
    """A large made-up town, ready to be asked."""

    arrays: NetworkArrays
    segments: Segments
    condensed: CondensedNetwork
    facilities: Facilities
    baseline: Supply
    wiring: Wiring

    @classmethod
    def build(cls) -> Town:
        """Two grids of half the lines each; pumps stand at the water's sources, the other places anywhere."""
        grids = [street_grid(LINES // 2), street_grid(LINES // 2)]
        nodes = pd.concat([_named(grid.nodes, key) for grid, key in zip(grids, ("electricity", "water"), strict=True)])
        lines = pd.concat([_named(grid.lines, key) for grid, key in zip(grids, ("electricity", "water"), strict=True)])
        arrays = NetworkArrays.build(nodes, lines)
        facilities = _facilities(arrays)
        condensed = CondensedNetwork.of(arrays, facilities.source_node[facilities.source_node >= 0])
        baseline = trace_supply(arrays, SwitchState.normal(arrays))
        wiring = wire(condensed, facilities, baseline.supplied)
        return cls(arrays, Segments.of(arrays), condensed, facilities, baseline, wiring)

    def course(self, struck: np.ndarray[Any, Any]) -> Ended:
        """Follow the failure of some nodes from the fault to the horizon, isolation included."""
        none = np.empty(0, np.intp)
        is_open = self.arrays.is_device & self.arrays.normally_open
        damages = [Damage(0, str(node), "node", 0, np.array([node]), none) for node in struck]
        isolations = [
            self.segments.isolate(item.nodes.astype(np.int32), none.astype(np.int32), is_open) for item in damages
        ]
        count = len(self.facilities.ids)
        outline = Outline.of(self.condensed, count, damages, isolations, Actions())
        script = outline.script([item.ends_s for item in damages], None)
        weights = Weights(np.zeros(count, np.int32), np.zeros(self.condensed.size, np.int64), 2)
        return simulate(self.wiring, script, weights, HORIZON_S, True)


def _named(frame: pd.DataFrame, network: str) -> pd.DataFrame:
    columns = [name for name in ("id", "from_node", "to_node") if name in frame]
    return frame.assign(network=network, **{name: network[0] + frame[name] for name in columns})


def _facilities(arrays: NetworkArrays) -> Facilities:
    random = np.random.default_rng(3)
    electric, watery = (np.flatnonzero((arrays.network == code) & ~arrays.is_source) for code in (0, 3))
    sources = np.flatnonzero(arrays.is_source & (arrays.network == 3))
    source_node = np.full(FACILITIES, -1, np.intp)
    source_node[: min(PUMPS, sources.size)] = sources[:PUMPS]
    hours = random.integers(0, 25, (FACILITIES, 2)) * 0.5
    needs = []
    for facility in range(FACILITIES):
        needs.append(_need(facility, "electricity", int(random.choice(electric)), float(hours[facility, 0])))
        if source_node[facility] < 0:
            needs.append(_need(facility, "water", int(random.choice(watery)), float(hours[facility, 1])))
    names = tuple(f"f{number:05d}" for number in range(FACILITIES))
    nothing = np.zeros(FACILITIES)
    return Facilities(
        names,
        names,
        ("hospital",) * FACILITIES,
        nothing > 0,
        nothing,
        source_node,
        nothing.astype(np.intp),
        tuple(needs),
    )


def _need(facility: int, commodity: str, node: int, hours: float) -> Need:
    return Need(facility, commodity, (node,), round(hours * 3600), True)


def sample_rows() -> dict[str, float]:
    """A substation out in the sample: the whole picture, and networkx tracing once for each moment."""
    system = SupplySystem.build(read_sample(), "benchmark")
    plan = load_plan("energy-chengqu")
    fault = [{"element": "e-sub-110-01"}]
    incident = Incident.parse({"plan": plan.key, "at": "2026-01-12T08:00:00+08:00", "faults": fault})
    picture = take_picture(system, incident, plan)
    moments = picture.cascade.times_s.size
    graph = nx.Graph(zip(system.arrays.line_from.tolist(), system.arrays.line_to.tolist(), strict=True))
    trace = median_ms(lambda: list(nx.connected_components(graph)), 3)
    return {
        "sample: cascade of a substation, 72 h": median_ms(lambda: take_picture(system, incident, plan)),
        f"sample: networkx, components once for each of its {moments} moments": trace * moments,
    }


def town_rows() -> dict[str, float]:
    """Three feeding stations out at once in the large town."""
    town = Town.build()
    struck = np.flatnonzero(town.arrays.is_source & (town.arrays.network == 0))[[2, 40, 77]]
    ended = town.course(struck)
    moments = np.unique(ended.records[:, 0]).size
    failed = int((ended.facility_since < HORIZON_S).sum())
    print(f"{town.arrays.line_ids.size:,} lines, {FACILITIES:,} facilities, {town.condensed.size:,} vertices")
    print(f"{moments} moments, {failed} facilities failed\n")
    state = SwitchState.normal(town.arrays)
    full = median_ms(lambda: trace_supply(town.arrays, state), 3)
    return {
        "a million lines: cascade of three stations, 72 h": median_ms(lambda: town.course(struck)),
        f"a million lines: full traces alone, one for each of its {moments} moments": full * moments,
    }


def main() -> None:
    """Measure and print a Markdown table."""
    rows = {**sample_rows(), **town_rows()}
    print("| what | ms |\n| --- | ---: |")
    for name, value in rows.items():
        print(f"| {name} | {value:,.1f} |")
    print("\n" + json.dumps({"python": platform.python_version(), "machine": platform.machine()}))


if __name__ == "__main__":
    main()
