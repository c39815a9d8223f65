"""Networks of other libraries in our terms: frames of nodes and lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

Frames = tuple[pd.DataFrame, pd.DataFrame]


class Rows:
    """Collects nodes and lines."""

    def __init__(self, network: str) -> None:
        self._network = network
        self._nodes: list[dict[str, Any]] = []
        self._lines: list[dict[str, Any]] = []

    def node(self, name: str, kind: str = "junction", *, is_open: bool = False, in_service: bool = True) -> str:
        row = {"id": name, "network": self._network, "kind": kind, "normally_open": is_open, "in_service": in_service}
        self._nodes.append(row)
        return name

    def line(self, name: str, left: str, right: str, *, in_service: bool = True) -> None:
        self._lines.append({"id": name, "from_node": left, "to_node": right, "in_service": in_service})

    def frames(self) -> Frames:
        columns = ["id", "from_node", "to_node", "in_service"]
        return pd.DataFrame(self._nodes), pd.DataFrame(self._lines, columns=columns)


def power_frames(grid: dict[str, Any], scenario: dict[str, Any]) -> Frames:
    """Return a pandapower network in a scenario. A bus keeps its number (`bus7`), a switch is a device node.

    A switch at a line or transformer stands on the branch's end at its bus; one between buses has a line to each.
    """
    out, flipped = set(scenario["out"]), set(scenario["flipped"])
    rows = Rows("electricity")
    for bus, in_service in grid["buses"]:
        kind = "source" if bus in grid["sources"] else "junction"
        rows.node(f"bus{bus}", kind, in_service=in_service and f"bus{bus}" not in out)
    end_of: dict[tuple[str, int], str] = {}
    for name, bus, other, closed in grid["switches"]:
        rows.node(name, "switch", is_open=closed == (name in flipped))
        near = end_of.get((str(other), bus), f"bus{bus}")
        rows.line(f"{name}-near", near, name)
        if isinstance(other, int):
            rows.line(f"{name}-far", name, f"bus{other}")
        else:
            end_of[(other, bus)] = name
    for name, left, right, in_service in grid["branches"]:
        ends = [end_of.get((name, bus), f"bus{bus}") for bus in (left, right)]
        rows.line(name, *ends, in_service=in_service and name not in out)
    return rows.frames()


def water_frames(water: dict[str, Any], valves: Sequence[Sequence[str]]) -> Frames:
    """Return a WNTR network with a valve layer. Nodes are `n:` and links `l:` and their name.

    A valve at (link, node) is a device on that link right beside the node; the piece between them is a line `v:`.
    """
    placed = {(link, node) for link, node in valves}
    rows = Rows("water")
    for node in water["nodes"]:
        rows.node(f"n:{node}")
    for link, *ends in water["links"]:
        reached = []
        for node in ends:
            end = f"n:{node}"
            if (link, node) in placed:
                end = rows.node(f"d:{link}:{node}", "valve")
                rows.line(f"v:{link}:{node}", f"n:{node}", end)
            reached.append(end)
        rows.line(f"l:{link}", *reached)
    return rows.frames()
