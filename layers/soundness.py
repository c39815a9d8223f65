"""Is a set of networks sound? Nothing dangles, everyone is supplied in the normal state, every device isolates.

Works on the layers' frames as `layers.store` or `layers.sample` hand them out (EPSG:4490). Pure: frames in, issues out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers.connected import components
from layers.references import SoundnessIssue, broken_references, issues_of
from layers.vocabulary import DEVICE_KINDS

__all__ = ["SoundnessIssue", "check_networks", "network_issues"]

#: Kinds of node that draw from the network: each must be supplied.
DRAWING_KINDS = ("consumer", "transformer", "heat_exchange")
RADIAL_KV = 10.0
TOUCH_M = 0.1
_DEGREE_M = 111_320.0

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class _Graph:
    """Nodes and lines as arrays. Line `i` runs from node `start[i]` to node `end[i]`; -1 where the node is missing."""

    ids: NDArray[np.object_]
    kind: NDArray[np.object_]
    network: NDArray[np.object_]
    in_service: Flags
    is_device: Flags
    is_open: Flags
    line_ids: NDArray[np.object_]
    start: Ints
    end: Ints
    line_in_service: Flags
    voltage_kv: NDArray[np.float64]


def check_networks(frames: Mapping[str, Any]) -> list[SoundnessIssue]:
    """Check the networks of `frames` (keys of the layer catalogue) and all that refers to them.

    Codes: `missing_node`, `other_network`, `loose_end`, `dead_end`, `isolated_node`, `unsupplied`, `useless_device`,
    `tie_unsupplied`, `not_radial`, `unknown_reference`, `no_coal_need`, `idle_substitute`, `contact_of_nobody`,
    `population`. Issues come sorted by code and element; sound or empty layers give an empty list. `coal_routes` and
    `contacts` may be left out.
    """
    graph = _graph(frames["network_nodes"], frames["network_lines"])
    issues = _ends(frames["network_nodes"], frames["network_lines"], graph)
    issues += broken_references(frames)
    issues += _population(frames)
    if not any(issue.code == "missing_node" for issue in issues):
        issues += _degrees(graph) + _supply(graph) + _devices(graph) + _radial(graph)
    return sorted(issues, key=lambda issue: (issue.code, issue.element, issue.message))


def network_issues(nodes: Any, lines: Any) -> list[SoundnessIssue]:
    """Check how lines and nodes hang together, leaving out lines whose nodes are not there.

    Codes: `dead_end`, `isolated_node`, `unsupplied`, `useless_device`, `tie_unsupplied`, `not_radial`. No nodes give an
    empty list.
    """
    if not len(nodes):
        return []
    whole = lines["from_node"].isin(nodes["id"]) & lines["to_node"].isin(nodes["id"])
    graph = _graph(nodes, lines[whole])
    return _degrees(graph) + _supply(graph) + _devices(graph) + _radial(graph)


def _graph(nodes: Any, lines: Any) -> _Graph:
    index = pd.Index(nodes["id"])
    kind = nodes["kind"].to_numpy(dtype=object)
    is_device = np.isin(kind.astype(str), DEVICE_KINDS)
    return _Graph(
        nodes["id"].to_numpy(dtype=object),
        kind,
        nodes["network"].to_numpy(dtype=object),
        nodes["in_service"].to_numpy(dtype=bool),
        is_device,
        is_device & nodes["normally_open"].to_numpy(dtype=bool),
        lines["id"].to_numpy(dtype=object),
        index.get_indexer(lines["from_node"]).astype(np.int64),
        index.get_indexer(lines["to_node"]).astype(np.int64),
        lines["in_service"].to_numpy(dtype=bool),
        lines["voltage_kv"].to_numpy(dtype=float, na_value=np.nan),
    )


def _ends(nodes: Any, lines: Any, graph: _Graph) -> list[SoundnessIssue]:
    """Every line ends at nodes that exist, are of its network, and lie where its geometry ends."""
    missing = (graph.start < 0) | (graph.end < 0)
    issues = issues_of("missing_node", graph.line_ids[missing], "the line names a node that does not exist")
    if not len(nodes) or not len(lines):
        return issues
    network = lines["network"].to_numpy(dtype=object)
    where = shapely.get_coordinates(nodes.geometry.to_numpy())
    shapes = lines.geometry.to_numpy()
    foreign = np.zeros(len(lines), dtype=bool)
    apart = np.zeros(len(lines), dtype=bool)
    for ends, position in ((graph.start, 0), (graph.end, -1)):
        foreign |= (ends >= 0) & (graph.network[ends] != network)
        reached = shapely.get_coordinates(shapely.get_point(shapes, position))
        gap = (reached - where[ends]) * _DEGREE_M
        apart |= (ends >= 0) & (np.hypot(gap[:, 0] * np.cos(np.radians(where[ends][:, 1])), gap[:, 1]) > TOUCH_M)
    issues += issues_of("other_network", graph.line_ids[foreign], "the line ends at a node of another network")
    return issues + issues_of("loose_end", graph.line_ids[apart], "the line's geometry does not reach its node")


def _degrees(graph: _Graph) -> list[SoundnessIssue]:
    degree = np.bincount(np.concatenate([graph.start, graph.end]), minlength=len(graph.ids))
    junction = graph.kind == "junction"
    issues = issues_of("isolated_node", graph.ids[degree == 0], "no line reaches the node")
    return issues + issues_of("dead_end", graph.ids[junction & (degree == 1)], "a main ends here and serves nobody")


def _split_ends(graph: _Graph, split: Flags) -> tuple[Ints, Ints, int]:
    """Line ends as vertices where the nodes in `split` are taken apart: each line has its own end at such a node."""
    lines = np.arange(len(graph.start))
    count = len(graph.ids)
    start = np.where(split[graph.start], count + 2 * lines, graph.start)
    end = np.where(split[graph.end], count + 2 * lines + 1, graph.end)
    return start, end, count + 2 * len(lines)


def _energised(graph: _Graph) -> tuple[Flags, Flags]:
    """Which nodes, and which lines, a source reaches in the normal state; an open device is reached from no side."""
    blocked = graph.is_open | ~graph.in_service
    start, end, count = _split_ends(graph, blocked)
    on = graph.line_in_service
    label = components(count, start[on], end[on])
    sources = np.flatnonzero((graph.kind == "source") & graph.in_service)
    live = np.zeros(count, dtype=bool)
    live[label[sources]] = True
    node_live = live[label[: len(graph.ids)]] & ~blocked
    return node_live, live[label[start]] & on


def _supply(graph: _Graph) -> list[SoundnessIssue]:
    node_live, line_live = _energised(graph)
    draws = np.isin(graph.kind.astype(str), DRAWING_KINDS) & graph.in_service
    issues = issues_of("unsupplied", graph.ids[draws & ~node_live], "no source supplies it in the normal state")
    dead_sides = np.zeros(len(graph.ids), dtype=np.int64)
    for ends in (graph.start, graph.end):
        np.add.at(dead_sides, ends, ~line_live)
    tie = graph.is_open & graph.in_service & (dead_sides > 0)
    return issues + issues_of("tie_unsupplied", graph.ids[tie], "one side of the open device has no supply")


def _devices(graph: _Graph) -> list[SoundnessIssue]:
    """A device isolates if the lines that meet at it lie in at least two segments."""
    start, end, count = _split_ends(graph, graph.is_device)
    label = components(count, start, end)
    device = np.concatenate([graph.start, graph.end])
    segment = np.concatenate([label[start], label[end]])
    at_device = graph.is_device[device]
    pairs = np.unique(np.column_stack([device[at_device], segment[at_device]]), axis=0)
    sides = np.bincount(pairs[:, 0], minlength=len(graph.ids)) if len(pairs) else np.zeros(len(graph.ids), dtype=int)
    useless = graph.is_device & (sides < 2)
    return issues_of(
        "useless_device", graph.ids[useless], "both sides of the device are one segment: it isolates nothing"
    )


def _radial(graph: _Graph) -> list[SoundnessIssue]:
    """In the normal state 10 kV lines form trees, each with one substation or source: no loop, no double feed."""
    medium = (graph.voltage_kv == RADIAL_KV) & graph.line_in_service
    if not medium.any():
        return []
    start, end, count = _split_ends(graph, graph.is_open | ~graph.in_service)
    start, end = start[medium], end[medium]
    label = components(count, start, end)
    vertices = np.unique(np.concatenate([start, end]))
    size = np.bincount(label[vertices], minlength=count)
    lines = np.bincount(label[start], minlength=count)
    root = np.isin(graph.kind.astype(str), ("substation", "source"))
    roots = vertices[(vertices < len(graph.ids))]
    roots = roots[root[roots]]
    feeds = np.bincount(label[roots], minlength=count)
    looped = np.flatnonzero((size > 0) & ((lines != size - 1) | (feeds > 1)))
    members = [graph.ids[min(vertices[(label[vertices] == part) & (vertices < len(graph.ids))])] for part in looped]
    return issues_of(
        "not_radial", members, "10 kV lines form a loop or are fed from two substations in the normal state"
    )


def _population(frames: Mapping[str, Any]) -> list[SoundnessIssue]:
    """Electricity reaches everybody: the people behind a township's transformers are the township's people."""
    townships, nodes = frames["townships"], frames["network_nodes"]
    power = nodes[(nodes["network"] == "electricity") & nodes["population"].notna()]
    issues = _county_sums(frames["counties"], townships)
    if not len(townships) or not len(power):
        return issues
    tree = shapely.STRtree(townships.geometry.to_numpy())
    who, where = tree.query(power.geometry.to_numpy(), predicate="intersects")
    first = pd.Series(where).groupby(who).min()
    people = power["population"].to_numpy(dtype=np.int64)[first.index.to_numpy()]
    sums = np.bincount(first.to_numpy(), weights=people, minlength=len(townships)).astype(np.int64)
    outside = len(power) - len(first)
    if outside:
        issues.append(SoundnessIssue("population", "network_nodes", f"{outside} transformers stand in no township"))
    census = townships["population"].to_numpy(dtype=np.int64, na_value=-1)
    for number in np.flatnonzero((sums != census) & (census >= 0)):
        message = f"transformers supply {sums[number]} people, the census says {census[number]}"
        issues.append(SoundnessIssue("population", str(townships["id"].iloc[number]), message))
    return issues


def _county_sums(counties: Any, townships: Any) -> list[SoundnessIssue]:
    issues = []
    for column in ("population", "households"):
        sums = townships.groupby("county_code")[column].sum()
        figures = counties.set_index("code")[column]
        for code in sums.index.intersection(figures.index):
            if pd.notna(figures[code]) and sums[code] != figures[code]:
                message = f"{column} of the townships is {sums[code]}, of the county {figures[code]}"
                issues.append(SoundnessIssue("population", f"c-{code}", message))
    return issues
