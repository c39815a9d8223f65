"""The network engine: what it takes on a million lines and on the sample, beside other libraries, all in one run.

    .venv/bin/python -m benchmarks.network

Needs `.venv-oracles` (`make test` makes it). Medians of at least 5 runs after a warm-up. The million lines are a street
grid that is made up here, with ids in random order, so that neighbours do not lie side by side in memory.
"""

from __future__ import annotations

import json
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from benchmarks.street_grid import StreetGrid, street_grid
from benchmarks.timing import median_ms
from layers.sample import read_sample
from priority.network import NetworkArrays, Segments, SwitchState, trace_supply
from priority.network.criticality import Criticality
from priority.network.outage import OutageIndex
from priority.system import SupplySystem
from tests.oracles.mapping import water_frames

LARGE = 1_000_000
ROOT = Path(__file__).resolve().parent.parent
_READER = """
import json, re, sys, time
from pathlib import Path
from webmap.cli.network_files import NetworkFiles
start = time.perf_counter()
arrays = NetworkFiles.read(Path(sys.argv[1]), Path(sys.argv[2]), "customers").arrays
seconds = time.perf_counter() - start
peak_mb = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) * 1024 / 1e6
print(json.dumps({"seconds": seconds, "peak_mb": peak_mb, "lines": int(arrays.line_ids.size)}))
"""


@dataclass(frozen=True, eq=False)
class Case:
    """A network ready to be asked, with customers and township of each node in the arrays' order."""

    arrays: NetworkArrays
    segments: Segments
    customers: NDArray[np.float64]
    township: NDArray[np.intp]

    @classmethod
    def of_frames(cls, nodes: pd.DataFrame, lines: pd.DataFrame) -> Case:
        """Build from frames with columns `customers` and `township`."""
        arrays = NetworkArrays.build(nodes, lines)
        by_id = nodes.sort_values("id")
        return cls(arrays, Segments.of(arrays), by_id["customers"].to_numpy(float), by_id["township"].to_numpy(np.intp))

    @classmethod
    def of_sample(cls) -> Case:
        """Build from the sample."""
        system = SupplySystem.build(read_sample(), "benchmark")
        return cls(system.arrays, system.segments, system.loads.customers, system.loads.township + 1)

    def rated(self) -> Criticality:
        """Rate every failure by nodes and customers."""
        is_open = SwitchState.normal(self.arrays).is_open
        return Criticality.of(self.arrays, self.segments, is_open, self.customers[:, None])


class Outage:
    """From a faulted line to the unsupplied nodes and the customers out in each township."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._index = OutageIndex.build(case.arrays, case.segments, SwitchState.normal(case.arrays).is_open)
        self._townships = int(case.township.max()) + 1

    def of_line(self, line: int) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return the unsupplied nodes and the township table."""
        case = self._case
        lost = self._index.newly_unsupplied(np.empty(0, np.intp), np.array([line]))
        return lost, np.bincount(case.township[lost], case.customers[lost], minlength=self._townships)


def line_with_loss(case: Case, wanted: int) -> tuple[int, int]:
    """Return the line whose loss is nearest to a number of nodes, and its loss."""
    losses = case.rated().of_line()[:, 0]
    line = int(np.argmin(np.abs(losses - wanted)))
    return line, int(losses[line])


def own_rows(case: Case, name: str) -> Iterator[tuple[str, str, float]]:
    """Yield (what, network, milliseconds) of our own answers."""
    outage = Outage(case)
    for wanted in (50, 800, 4000):
        line, loss = line_with_loss(case, wanted)
        yield (
            f"one fault, {loss:,} nodes unsupplied, township table",
            name,
            median_ms(lambda at=line: outage.of_line(at)),
        )
    arrays, state = case.arrays, SwitchState.normal(case.arrays)
    yield ("trace of the whole network", name, median_ms(lambda: trace_supply(arrays, state)))
    is_open = state.is_open
    yield (
        "index of outages, once a position of the devices",
        name,
        median_ms(lambda: OutageIndex.build(arrays, case.segments, is_open)),
    )
    yield ("segments", name, median_ms(lambda: Segments.of(arrays)))

    def every_failure() -> None:
        rated = case.rated()
        rated.of_node(arrays)
        rated.of_line()

    yield ("every single failure: nodes, lines, segments and devices", name, median_ms(every_failure))


def write_parquet(grid: StreetGrid, folder: Path) -> tuple[Path, Path]:
    points = shapely.points(grid.longitude, grid.latitude)
    number = pd.Series(np.arange(len(grid.nodes)), index=grid.nodes["id"])
    start, end = (number[grid.lines[column]].to_numpy() for column in ("from_node", "to_node"))
    place = np.column_stack([grid.longitude, grid.latitude])
    shapes = shapely.linestrings(np.stack([place[start], place[end]], axis=1))
    paths = folder / "nodes.parquet", folder / "lines.parquet"
    gpd.GeoDataFrame(grid.nodes, geometry=points, crs=4490).to_parquet(paths[0])
    gpd.GeoDataFrame(grid.lines, geometry=shapes, crs=4490).to_parquet(paths[1])
    return paths


def reading(grid: StreetGrid, folder: Path) -> dict[str, float]:
    """Return seconds and peak memory of reading GeoParquet and building the arrays, each in a process of its own."""
    paths = [str(path) for path in write_parquet(grid, folder)]
    found = []
    for _ in range(5):
        done = subprocess.run(
            [sys.executable, "-c", _READER, *paths], check=True, capture_output=True, text=True, cwd=ROOT
        )
        found.append(json.loads(done.stdout))
    return {key: statistics.median(run[key] for run in found) for key in found[0]}


def networkx_trace_ms(case: Case) -> float:
    """Return the time of networkx's own breadth-first walk from one root joined to all sources, graph ready-made."""
    arrays = case.arrays
    is_open = SwitchState.normal(arrays).is_open
    closed = ~(is_open[arrays.line_from] | is_open[arrays.line_to])
    graph = nx.Graph()
    graph.add_edges_from(zip(arrays.line_from[closed].tolist(), arrays.line_to[closed].tolist(), strict=True))
    graph.add_edges_from((-1, source) for source in np.flatnonzero(arrays.is_source).tolist())
    return median_ms(lambda: nx.node_connected_component(graph, -1), runs=5)


def closed_rows(case: Case, folder: Path) -> Path:
    """Write the rows of the network for SciPy, without the lines at open devices."""
    arrays = case.arrays
    is_open = SwitchState.normal(arrays).is_open
    row = np.repeat(np.arange(arrays.node_ids.size), np.diff(arrays.indptr))
    kept = ~(is_open[row] | is_open[arrays.neighbour])
    indptr = np.concatenate([[0], np.cumsum(np.bincount(row[kept], minlength=arrays.node_ids.size))]).astype(np.int32)
    path = folder / "rows.npz"
    np.savez(path, indptr=indptr, neighbour=arrays.neighbour[kept])
    return path


def breakers_at_both_ends(grid: dict[str, Any]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a grid of pandapower with a device at both ends of each branch: a line's fault then takes out it alone."""
    nodes = [
        {"id": f"bus{bus}", "kind": "source" if bus in grid["sources"] else "junction", "in_service": in_service}
        for bus, in_service in grid["buses"]
    ]
    lines = []
    for name, left, right, in_service in grid["branches"]:
        for end, bus in (("a", left), ("b", right)):
            nodes.append({"id": f"{name}{end}", "kind": "switch", "in_service": True})
            lines.append(
                {"id": f"{name}|{end}", "from_node": f"bus{bus}", "to_node": f"{name}{end}", "in_service": True}
            )
        lines.append({"id": name, "from_node": f"{name}a", "to_node": f"{name}b", "in_service": in_service})
    frame = pd.DataFrame(nodes).assign(network="electricity", normally_open=False, customers=1, township=0)
    return frame, pd.DataFrame(lines)


def other_rows(case: Case, folder: Path) -> Iterator[tuple[str, str, float, float]]:
    """Yield (what, network, theirs in ms, ours in ms)."""
    python = ROOT / ".venv-oracles" / "bin" / "python"
    command = [str(python), str(ROOT / "benchmarks" / "other_libraries.py"), str(closed_rows(case, folder))]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    state = SwitchState.normal(case.arrays)
    trace_ms = median_ms(lambda: trace_supply(case.arrays, state))
    yield "scipy connected_components / trace", "1,000,000 lines", theirs["scipy"]["ms"], trace_ms
    walk_ms = networkx_trace_ms(case)
    yield "networkx node_connected_component / trace", "1,000,000 lines", walk_ms, trace_ms
    outage = Outage(case)
    line, _ = line_with_loss(case, 800)
    yield (
        "networkx node_connected_component / one fault to its unsupplied nodes",
        "1,000,000 lines",
        walk_ms,
        median_ms(lambda: outage.of_line(line)),
    )
    rated_ms = median_ms(case.rated, runs=5)
    failures = case.segments.count + int(case.arrays.is_device.sum())
    yield (
        f"networkx, one walk for each of {failures:,} segments and devices / all",
        "1,000,000 lines",
        walk_ms * failures,
        rated_ms,
    )

    water = theirs["wntr"]["network"]
    arrays = NetworkArrays.build(*water_frames(water, water["layers"][0]["valves"]))
    yield (
        "WNTR valve_segments / segments",
        "Net6",
        theirs["wntr"]["ms"],
        median_ms(lambda: Segments.of(arrays), runs=21),
    )

    grid = theirs["pandapower"]
    frames = breakers_at_both_ends(grid["network"])
    ours = Case.of_frames(*frames)
    normal = SwitchState.normal(ours.arrays)
    name = f"{grid['network']['name']}, {len(grid['network']['buses']):,} buses"
    yield (
        "pandapower unsupplied_buses / trace",
        name,
        grid["trace_ms"],
        median_ms(lambda: trace_supply(ours.arrays, normal)),
    )
    lost = dict(zip(ours.arrays.line_ids, ours.rated().of_line()[:, 0], strict=True))
    if any(lost[line] != count for line, count in grid["lost"].items()):
        raise SystemExit("pandapower's single outages differ from ours")
    branches = len(grid["network"]["branches"])
    yield (
        f"pandapower, one after another, {branches:,} outages / all",
        name,
        grid["each_ms"] * branches,
        median_ms(ours.rated),
    )


def growth_rows() -> Iterator[tuple[int, float, float, float]]:
    """Yield lines, and milliseconds of segments, trace and every failure."""
    for size in (10_000, 30_000, 100_000, 300_000, 1_000_000):
        grid = street_grid(size)
        case = Case.of_frames(grid.nodes, grid.lines)
        state = SwitchState.normal(case.arrays)
        times = [
            median_ms(lambda case=case: Segments.of(case.arrays), runs=5),
            median_ms(lambda case=case, state=state: trace_supply(case.arrays, state), runs=5),
            median_ms(case.rated, runs=5),
        ]
        yield case.arrays.line_ids.size, *times


def main() -> None:
    """Measure and print Markdown."""
    grid = street_grid(LARGE)
    case = Case.of_frames(grid.nodes, grid.lines)
    sample = Case.of_sample()
    print(
        f"Python {platform.python_version()}; {case.arrays.node_ids.size:,} nodes, {case.arrays.line_ids.size:,} lines,"
    )
    print(f"{int(case.arrays.is_device.sum()):,} devices, {case.segments.count:,} segments; sample: ", end="")
    print(f"{sample.arrays.line_ids.size:,} lines, {int(sample.arrays.is_device.sum()):,} devices.\n")
    print("| what | network | ms |\n| --- | --- | ---: |")
    for chosen, name in ((case, "1,000,000 lines"), (sample, "sample")):
        for what, where, value in own_rows(chosen, name):
            print(f"| {what} | {where} | {value:,.2f} |", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        read = reading(grid, Path(folder))
        print(f"| arrays from two GeoParquet files, peak memory {read['peak_mb']:,.0f} MB | 1,000,000 lines | ", end="")
        print(f"{read['seconds'] * 1000:,.0f} |", flush=True)
        print("\n| theirs / ours | network | theirs, ms | ours, ms | ratio |\n| --- | --- | ---: | ---: | ---: |")
        for what, where, their_ms, our_ms in other_rows(case, Path(folder)):
            print(f"| {what} | {where} | {their_ms:,.1f} | {our_ms:,.2f} | {their_ms / our_ms:,.0f} |", flush=True)
    print("\n| lines | segments, ms | trace, ms | every failure, ms |\n| ---: | ---: | ---: | ---: |")
    for lines, *times in growth_rows():
        print(f"| {lines:,} | " + " | ".join(f"{value:,.2f}" for value in times) + " |", flush=True)


if __name__ == "__main__":
    main()
