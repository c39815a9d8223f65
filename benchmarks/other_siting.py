"""Times spopt on one siting problem; runs in `.venv-oracles` and prints JSON. Called by benchmarks.siting.

.venv-oracles/bin/python benchmarks/other_siting.py CASE.npz MODEL SITES RADIUS
"""

import json
import resource
import sys
import time
import warnings
from typing import Any

import numpy as np
import pulp
from spopt.locate import LSCP, MCLP, PCenter, PMedian


def model(name: str, table: np.ndarray, people: np.ndarray, sites: int, radius: float) -> Any:
    if name == "lscp":
        return LSCP.from_cost_matrix(table, radius)
    if name == "mclp":
        return MCLP.from_cost_matrix(table, people, radius, p_facilities=sites)
    if name == "pmedian":
        return PMedian.from_cost_matrix(table, people, p_facilities=sites)
    return PCenter.from_cost_matrix(table, p_facilities=sites)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    path, asked, sites, radius = sys.argv[1:]
    case = np.load(path)
    start = time.perf_counter()
    built = model(asked, case["table"], case["people"], int(sites), float(radius))
    build_s = time.perf_counter() - start
    start = time.perf_counter()
    built.solve(pulp.PULP_CBC_CMD(msg=False))
    answer = {
        "build_s": build_s,
        "solve_s": time.perf_counter() - start,
        "objective": float(pulp.value(built.problem.objective)),
        "memory_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
    }
    json.dump(answer, sys.stdout)
