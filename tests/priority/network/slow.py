"""The rules of isolation and supply written once more, with sets and one step after another, as an oracle."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

Frames = tuple[pd.DataFrame, pd.DataFrame]


@dataclass
class SlowTrace:
    """What a fault does, as sets of ids."""

    isolating: set[str]
    lost_nodes: set[str]
    lost_lines: set[str]
    unsupplied: set[str]
    newly: set[str]
    backfeed: set[str]


class SlowNetwork:
    """A network of nodes and lines in dictionaries; what is out of service is not taken in."""

    def __init__(self, nodes: pd.DataFrame, lines: pd.DataFrame) -> None:
        rows = nodes.to_dict("records")
        self.kind = {row["id"]: row["kind"] for row in rows if row["in_service"]}
        self.devices = {name for name, kind in self.kind.items() if kind in ("switch", "valve")}
        self.normally_open = {row["id"] for row in rows if row["normally_open"] and row["id"] in self.devices}
        self.ends = {
            row["id"]: (row["from_node"], row["to_node"])
            for row in lines.to_dict("records")
            if row["in_service"] and row["from_node"] in self.kind and row["to_node"] in self.kind
        }
        self.lines_at: dict[str, set[str]] = {name: set() for name in self.kind}
        for line, ends in self.ends.items():
            for end in ends:
                self.lines_at[end].add(line)

    def segment(self, element: str) -> frozenset[str]:
        """Nodes and lines that hang together with one of them without a device between."""
        found, waiting = {element}, [element]
        while waiting:
            at = waiting.pop()
            near = self.ends.get(at) or self.lines_at[at]
            for other in near:
                if other not in found and other not in self.devices:
                    found.add(other)
                    waiting.append(other)
        return frozenset(found)

    def segments(self) -> set[frozenset[str]]:
        return {self.segment(element) for element in [*self.kind, *self.ends] if element not in self.devices}

    def supplied(self, out: Iterable[str], opened: set[str]) -> set[str]:
        """Nodes that a source reaches; an open device is reached and not passed."""
        gone = set(out)
        reached = {name for name, kind in self.kind.items() if kind == "source" and name not in gone}
        waiting = list(reached)
        while waiting:
            at = waiting.pop()
            if at in opened:
                continue
            for line in self.lines_at[at] - gone:
                for other in self.ends[line]:
                    if other not in reached and other not in gone:
                        reached.add(other)
                        waiting.append(other)
        return reached

    def faulted(self, faults: Iterable[str]) -> tuple[set[str], set[str]]:
        """Nodes and lines of the segments that faults take out, and the devices that are struck."""
        lost: set[str] = set()
        struck: set[str] = set()
        for fault in faults:
            if fault in self.devices:
                struck.add(fault)
                for line in self.lines_at[fault]:
                    lost |= self.segment(line)
            elif fault in self.kind or fault in self.ends:
                lost |= self.segment(fault)
        return lost, struck

    def trace(self, faults: Iterable[str], opened: Iterable[str] = ()) -> SlowTrace:
        """Isolate, trace again, and try every open device."""
        is_open = self.normally_open | set(opened)
        before = self.supplied((), is_open) - self.devices
        lost, struck = self.faulted(faults)
        rim = {end for line in lost & set(self.ends) for end in self.ends[line] if end in self.devices} - struck
        after = self.supplied(lost | struck, is_open | rim) - self.devices
        backfeed = {
            device
            for device in is_open - rim - struck
            if (self.supplied(lost | struck, (is_open | rim) - {device}) - after - self.devices) & before
        }
        dark = set(self.kind) - self.devices - after
        return SlowTrace(rim - is_open, lost & set(self.kind), lost & set(self.ends), dark, dark & before, backfeed)


def random_network(rng: np.random.Generator) -> Frames:
    """Draw a network: meshed, near neighbours, or almost a tree; with several sources, ties and parts out of service.

    Parallel lines, devices with one, three or more sides and parts without a source come about by themselves.
    """
    n = int(rng.integers(4, 60))
    m = int(n * rng.uniform(0.8, 2.0))
    is_device = rng.random(n) < rng.uniform(0.1, 0.6)
    kind = np.where(is_device, rng.choice(["switch", "valve"], n), "junction").astype(object)
    kind[rng.choice(n, int(rng.integers(0, 4)), replace=False)] = "source"
    start = rng.integers(0, n, m)
    end = (
        rng.integers(0, n, m),
        np.clip(start + rng.integers(-1, 6, m), 0, n - 1),
        np.where(rng.random(m) < 0.9, np.maximum(start - 1, 0), rng.integers(0, n, m)),
    )[int(rng.integers(0, 3))]
    names = np.array([f"点{number}" for number in rng.permutation(n)], dtype=object)
    nodes = pd.DataFrame(
        {
            "id": names,
            "network": "gas",
            "kind": kind,
            "normally_open": rng.random(n) < rng.choice([0.0, 0.2, 0.5]),
            "in_service": rng.random(n) > rng.choice([0.0, 0.05]),
        }
    )
    lines = pd.DataFrame(
        {
            "id": [f"线{number}" for number in rng.permutation(m)],
            "from_node": names[start],
            "to_node": names[end],
            "in_service": rng.random(m) > rng.choice([0.0, 0.05]),
        }
    )
    return nodes, lines
