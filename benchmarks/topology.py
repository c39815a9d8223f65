"""A street grid drawn with ends that miss each other, built into a network; GEOS and networkx beside it in one run.

    .venv/bin/python -m benchmarks.topology [lines]

Each end of each line lies up to 0.2 m off its crossing, every tenth crossing has a valve beside it, and a tenth of the
lines are house connections that end 0.25 m beside the middle of a main: what belongs together is known. Beside the
product: snap rounding (GEOS, `union_all` with a grid) and then a graph (networkx), and exact noding (`shapely.node`).
Shapes are already in metres for both; the product also reads degrees and lists its changes. Times are the
processor's.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import geopandas as gpd
import networkx as nx
import numpy as np
import shapely
from numpy.typing import NDArray

from layers.crs import from_zone
from layers.topology import build_topology

TOLERANCE_M = 0.5
_OFF_M = 0.2
_STREET_M = 50.0
_EAST, _NORTH = np.array([_STREET_M, 0.0]), np.array([0.0, _STREET_M])
_ORIGIN = np.array([400_000.0, 3_930_000.0])
Shapes = NDArray[np.object_]


def drawing(wanted: int) -> tuple[Shapes, NDArray[np.float64], int]:
    """Return lines in metres, places of valves, and how many joints the drawing means."""
    side = round((wanted / 2.2) ** 0.5)
    rng = np.random.default_rng(11)
    y, x = (number.astype(float) * _STREET_M for number in np.divmod(np.arange(side * side), side))
    spots = np.column_stack([x, y])
    right, down = spots[x < (side - 1) * _STREET_M], spots[y < (side - 1) * _STREET_M]
    mains = [_between(right, right + _EAST, rng), _between(down, down + _NORTH, rng)]
    tapped = down[rng.permutation(len(down))[: wanted // 11]] + 0.4 * _NORTH
    # The main bends by up to 0.2 m at its ends: a house connection stops within 0.45 m of it.
    houses = np.stack([tapped + 0.005 * _EAST, tapped + 0.4 * _EAST + 0.06 * _NORTH], axis=1)
    shapes = np.asarray(shapely.linestrings(np.concatenate([*mains, houses])), dtype=object)
    valves = spots[::10] + rng.uniform(-_OFF_M, _OFF_M, (len(spots[::10]), 2)) / 2
    return shapes, valves, len(spots) + 2 * len(tapped)


def _between(one: Any, other: Any, rng: np.random.Generator) -> NDArray[np.float64]:
    ends = np.stack([one, other], axis=1)
    radius, turn = _OFF_M * rng.random((len(one), 2, 1)), 2 * np.pi * rng.random((len(one), 2))
    moved: NDArray[np.float64] = ends + radius * np.stack([np.cos(turn), np.sin(turn)], axis=2)
    return moved


def product(shapes: Shapes, valves: NDArray[np.float64]) -> Callable[[], int]:
    """Return what builds the network and tells how many joints it has."""

    def degrees(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(from_zone(4547).transform(*(coordinates + _ORIGIN).T))

    ids = np.char.add("l", np.arange(len(shapes)).astype(str)).astype(object)
    lines = gpd.GeoDataFrame({"id": ids, "network": "heat"}, geometry=shapely.transform(shapes, degrees), crs=4490)
    names = [f"v{number}" for number in range(len(valves))]
    places = shapely.points(degrees(valves))
    nodes = gpd.GeoDataFrame({"id": names, "network": "heat", "kind": "valve"}, geometry=places, crs=4490)

    def build() -> int:
        built = build_topology(lines, nodes, TOLERANCE_M).lines
        return len(set(built["from_node"]) | set(built["to_node"]))

    return build


def snap_rounding(shapes: Shapes) -> int:
    """Round everything to a grid of the tolerance, node it with GEOS, and count the joints with networkx."""
    return _joints(shapely.get_parts(shapely.union_all(shapes, grid_size=TOLERANCE_M)))


def exact_noding(shapes: Shapes) -> int:
    """Node the lines where they touch or cross exactly, and count the joints with networkx."""
    return _joints(shapely.get_parts(shapely.node(shapely.multilinestrings(shapes))))


def _joints(pieces: Shapes) -> int:
    graph = nx.Graph()
    ends = [shapely.get_coordinates(shapely.get_point(pieces, position)).tolist() for position in (0, -1)]
    graph.add_edges_from((tuple(a), tuple(b)) for a, b in zip(*ends, strict=True))
    return graph.number_of_nodes()


def _seconds(action: Callable[[], int], runs: int = 3) -> tuple[float, int]:
    times, answer = [], 0
    for _ in range(runs):
        begin = time.process_time()
        answer = action()
        times.append(time.process_time() - begin)
    return statistics.median(times), answer


def main(wanted: int) -> None:
    shapes, valves, meant = drawing(wanted)
    print(f"{len(shapes):,} lines, {len(valves):,} valves, {meant:,} joints are meant\n")
    build = product(shapes, valves)
    own, found = _seconds(build)
    print("| what | s of a processor | joints found | product's time, times |\n| --- | ---: | ---: | ---: |")
    print(f"| build_topology | {own:.2f} | {found:,} | 1 |")
    for name, method in (("snap rounding, networkx", snap_rounding), ("exact noding, networkx", exact_noding)):
        seconds, found = _seconds(lambda method=method: method(shapes), runs=1)  # type: ignore[misc]
        print(f"| {name} | {seconds:.2f} | {found:,} | {seconds / own:.1f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
