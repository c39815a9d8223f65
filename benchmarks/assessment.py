"""How long an assessment of the sample takes, beside networkx doing its slowest part, in one run.

    .venv/bin/python -m benchmarks.assessment

Medians of several runs in one process, after a warm-up. networkx answers only the question "which nodes have supply
after this fault", on a graph that it is given ready-made; the assessment answers everything.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Callable
from typing import Any

import networkx as nx

from benchmarks.timing import median_ms
from layers.sample import read_sample
from priority.assessment import assess
from priority.incident import Incident
from priority.network import SwitchState, trace_supply
from priority.plans import load_plan
from priority.system import SupplySystem


def incident(**fields: Any) -> Incident:
    return Incident.parse({"plan": "energy-chengqu", "at": "2026-01-12T08:00:00+08:00", **fields})


def networkx_supply(system: SupplySystem, lost: set[int]) -> Callable[[], int]:
    arrays = system.arrays
    graph = nx.DiGraph()
    for a, b in zip(arrays.line_from.tolist(), arrays.line_to.tolist(), strict=True):
        for left, right in ((a, b), (b, a)):
            if not (arrays.is_device[left] and arrays.normally_open[left]):
                graph.add_edge(left, right)
    sources = [node for node in range(arrays.node_ids.size) if arrays.is_source[node]]

    def trace() -> int:
        alive = graph.subgraph(graph.nodes - lost)
        reached: set[int] = set()
        for source in sources:
            if source in alive and source not in reached:
                reached |= nx.descendants(alive, source) | {source}
        return len(reached)

    return trace


def main() -> None:
    """Measure and print a Markdown table."""
    frames = read_sample()
    system = SupplySystem.build(frames, "benchmark")
    plan = load_plan("energy-chengqu")
    nodes = frames["network_nodes"]
    substation = str(nodes.loc[nodes["kind"] == "substation", "id"].iloc[0])
    one = incident(faults=[{"element": substation}])
    everything = incident(area_townships=list(system.townships.codes))
    lost = {system.node_number[name] for name in assess(system, one, plan).isolation[0].lost_nodes}
    trace_ours = median_ms(lambda: trace_supply(system.arrays, SwitchState.normal(system.arrays)))
    trace_theirs = median_ms(networkx_supply(system, lost), runs=5)
    rows = [
        ("build the system from frames", median_ms(lambda: SupplySystem.build(frames, "again"), runs=5)),
        ("assess one substation", median_ms(lambda: assess(system, one, plan))),
        ("assess one substation, to JSON text", median_ms(lambda: json.dumps(assess(system, one, plan).document()))),
        ("assess the whole district dark", median_ms(lambda: assess(system, everything, plan))),
        ("trace supply once, these arrays", trace_ours),
        ("trace supply once, networkx", trace_theirs),
    ]
    print(f"Python {platform.python_version()}, {len(nodes):,} nodes, {len(frames['network_lines']):,} lines,")
    print(f"{len(frames['facilities'])} facilities; medians\n")
    print("| what | ms |\n| --- | ---: |")
    for name, value in rows:
        print(f"| {name} | {value:.2f} |")
    print(f"\nnetworkx takes {trace_theirs / trace_ours:.0f} times as long for the trace alone.")


if __name__ == "__main__":
    main()
