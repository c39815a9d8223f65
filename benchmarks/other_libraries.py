"""Times other libraries on what they are given; runs in `.venv-oracles` and prints JSON. Called by benchmarks.network.

.venv-oracles/bin/python benchmarks/other_libraries.py GRAPH.npz
"""

import json
import logging
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandapower.networks
import scipy.sparse
import wntr
from pandapower.topology import unsupplied_buses

RUNS = 5
#: How many single line outages of pandapower's largest network are tried; the rest is as many times longer.
SAMPLE = 30

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "oracles"))


def median_ms(action: Callable[[], Any], runs: int = RUNS) -> float:
    action()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def components(path: str) -> dict[str, Any]:
    """SciPy on the same rows as our trace, open devices without lines."""
    arrays = np.load(path)
    size = arrays["indptr"].size - 1
    graph = scipy.sparse.csr_matrix(
        (np.ones(arrays["neighbour"].size, bool), arrays["neighbour"], arrays["indptr"]), (size, size)
    )
    count, _ = scipy.sparse.csgraph.connected_components(graph, directed=False)
    return {
        "ms": median_ms(lambda: scipy.sparse.csgraph.connected_components(graph, directed=False)),
        "count": int(count),
    }


def valve_segments() -> dict[str, Any]:
    from valve_segments import network  # noqa: PLC0415

    water = wntr.network.WaterNetworkModel("Net6")
    valves = wntr.network.generate_valve_layer(water, "strategic", 2, seed=2)
    graph = water.to_graph()
    answer = network("Net6")
    answer["layers"] = [part for part in answer["layers"] if len(part["valves"]) == len(valves)]
    return {"ms": median_ms(lambda: wntr.metrics.valve_segments(graph, valves.copy())), "network": answer}


def largest_grid() -> dict[str, Any]:
    """pandapower: its largest network, the trace, and single line outages one after another."""
    from unsupplied_buses import network  # noqa: PLC0415

    name = "case9241pegase"
    net = getattr(pandapower.networks, name)()
    trace_ms = median_ms(lambda: unsupplied_buses(net))
    before = unsupplied_buses(net)
    chosen = net.line.index[:: max(1, len(net.line) // SAMPLE)][:SAMPLE]
    lost = {}
    start = time.perf_counter()
    for index in chosen:
        net.line.loc[index, "in_service"] = False
        lost[f"line{index}"] = len(unsupplied_buses(net) - before)
        net.line.loc[index, "in_service"] = True
    each_ms = (time.perf_counter() - start) / len(chosen) * 1000
    return {"trace_ms": trace_ms, "each_ms": each_ms, "lost": lost, "network": network(name, 0)}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    answer = {"scipy": components(sys.argv[1]), "wntr": valve_segments(), "pandapower": largest_grid()}
    json.dump(answer, sys.stdout)
