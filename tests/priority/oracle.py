"""An independent, slow and obvious assessment, for comparison.

It knows nothing of arrays, kernels or event queues. Supply is asked of networkx at every time that matters, segments
are components of a graph without devices, and the coupling of networks is a fixed point: repeat with all failures
known so far, until none changes.
"""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx
import pandas as pd

DEVICES = {"switch", "valve"}
INFINITY = float("inf")


class SlowDistrict:
    """Plain dictionaries out of the layers' frames."""

    def __init__(self, frames: Mapping[str, pd.DataFrame]) -> None:
        self.nodes = {row["id"]: row for row in frames["network_nodes"].to_dict("records")}
        self.lines = {row["id"]: row for row in frames["network_lines"].to_dict("records")}
        self.facilities = {row["id"]: row for row in frames["facilities"].to_dict("records")}
        self.supplies = frames["supplies"].to_dict("records")

    def usable(self, line: str) -> bool:
        row = self.lines[line]
        ends = [self.nodes[row["from_node"]], self.nodes[row["to_node"]]]
        return bool(row["in_service"]) and all(end["in_service"] for end in ends)

    def is_device(self, node: str) -> bool:
        return self.nodes[node]["kind"] in DEVICES

    def segment_of(self, element: str) -> set[str]:
        """All nodes and lines that isolate together with an element (empty for what is out of service)."""
        graph = nx.Graph()
        for node, row in self.nodes.items():
            if row["in_service"] and not self.is_device(node):
                graph.add_node(node)
        for line, row in self.lines.items():
            if self.usable(line):
                graph.add_node(line)
                graph.add_edges_from(
                    (line, row[end]) for end in ("from_node", "to_node") if not self.is_device(row[end])
                )
        if element in graph:
            return set(nx.node_connected_component(graph, element))
        if element in self.nodes and self.is_device(element) and self.nodes[element]["in_service"]:
            beside = [line for line, row in self.lines.items() if element in (row["from_node"], row["to_node"])]
            parts = [set(nx.node_connected_component(graph, line)) for line in beside if line in graph]
            return set().union({element}, *parts)
        return set()

    def rim(self, segment: set[str]) -> set[str]:
        """The devices at the ends of a segment's lines, the struck ones left out."""
        ends = {self.lines[item][end] for item in segment if item in self.lines for end in ("from_node", "to_node")}
        return {node for node in ends if self.is_device(node) and node not in segment}

    def supplied(self, out: set[str], opened: set[str]) -> set[str]:
        """Nodes that a source reaches; an open device is reached but not passed."""
        graph = nx.DiGraph()
        alive = {node for node, row in self.nodes.items() if row["in_service"] and node not in out}
        graph.add_nodes_from(alive)
        for line, row in self.lines.items():
            ends = (row["from_node"], row["to_node"])
            if line in out or not self.usable(line) or not set(ends) <= alive:
                continue
            for a, b in (ends, ends[::-1]):
                is_open = a in opened or (self.is_device(a) and self.nodes[a]["normally_open"])
                if not is_open:
                    graph.add_edge(a, b)
        sources = [node for node in alive if self.nodes[node]["kind"] == "source"]
        return set().union(*(nx.descendants(graph, source) | {source} for source in sources)) if sources else set()


def slow_course(
    district: SlowDistrict, faults: Mapping[str, float], horizon_h: float
) -> tuple[dict[str, float], dict[str, float]]:
    """Return when each node loses supply and when each facility fails, in hours; nodes never lost are left out."""
    normal = district.supplied(set(), set())
    fails: dict[str, float] = {key: at for key, at in faults.items() if key in district.facilities}
    while True:
        lost = _lost_times(district, faults, fails, normal, horizon_h)
        again = _failure_times(district, faults, lost)
        if again == fails:
            return lost, fails
        fails = again


def _lost_times(
    district: SlowDistrict,
    faults: Mapping[str, float],
    fails: Mapping[str, float],
    normal: set[str],
    horizon_h: float,
) -> dict[str, float]:
    lost: dict[str, float] = {}
    for now in sorted({at for at in [*faults.values(), *fails.values()] if at <= horizon_h}):
        out: set[str] = set()
        opened: set[str] = set()
        for element, at in faults.items():
            if at <= now and element not in district.facilities:
                segment = district.segment_of(element)
                out |= segment
                opened |= district.rim(segment)
        for facility, at in fails.items():
            source = district.facilities[facility]["source_node"]
            if at <= now and isinstance(source, str):
                out.add(source)
        for node in normal - district.supplied(out, opened):
            lost.setdefault(node, now)
    return lost


def _failure_times(district: SlowDistrict, faults: Mapping[str, float], lost: Mapping[str, float]) -> dict[str, float]:
    normal = district.supplied(set(), set())
    fails: dict[str, float] = {key: at for key, at in faults.items() if key in district.facilities}
    needs: dict[tuple[str, str], list[dict[str, object]]] = {}
    for row in district.supplies:
        needs.setdefault((row["facility_id"], row["commodity"]), []).append(row)
    for (facility, _), rows in needs.items():
        feeds = [row["node_id"] for row in rows if isinstance(row["node_id"], str) and row["node_id"] in normal]
        if not feeds or not any(row["required"] for row in rows):
            continue
        gone = max(lost.get(str(node), INFINITY) for node in feeds)
        reserves = [float(str(row["reserve_hours"])) for row in rows if pd.notna(row["reserve_hours"])]
        at = gone + max(reserves, default=0.0)
        if at < fails.get(facility, INFINITY):
            fails[facility] = at
    return fails
