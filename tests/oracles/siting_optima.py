"""Prints spopt's optima on the San Francisco data of its wheel, 16 candidates and 205 demands, as JSON.

.venv-oracles/bin/python tests/oracles/siting_optima.py
"""

import json
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pulp
import spopt
from spopt.locate import LSCP, MCLP, PCenter, PMedian

DATA = Path(spopt.__file__).parent / "tests" / "test_locate" / "data"
RADII = (5000.0, 8000.0, 9000.0)
SITES = (1, 2, 4, 6, 9)
#: Sites that spopt is told to keep open.
KEPT = (0, 7)


def solved(model: Any) -> float | None:
    try:
        model.solve(pulp.PULP_CBC_CMD(msg=False))
    except RuntimeError:
        return None
    return float(pulp.value(model.problem.objective)) if model.problem.status == 1 else None


def optima(table: np.ndarray, weight: np.ndarray) -> list[dict[str, Any]]:
    kept = np.zeros(table.shape[1], int)
    kept[list(KEPT)] = 1
    rows: list[dict[str, Any]] = []
    for radius in RADII:
        rows.append({"model": "lscp", "radius": radius, "value": solved(LSCP.from_cost_matrix(table, radius))})
        kept_open = LSCP.from_cost_matrix(table, radius, predefined_facilities_arr=kept)
        rows.append({"model": "lscp", "radius": radius, "kept": True, "value": solved(kept_open)})
        for sites in SITES:
            model = MCLP.from_cost_matrix(table, weight, radius, p_facilities=sites)
            rows.append({"model": "mclp", "radius": radius, "sites": sites, "value": solved(model)})
            if sites > len(KEPT):
                model = MCLP.from_cost_matrix(table, weight, radius, p_facilities=sites, predefined_facilities_arr=kept)
                rows.append({"model": "mclp", "radius": radius, "sites": sites, "kept": True, "value": solved(model)})
    for sites in SITES:
        value = solved(PMedian.from_cost_matrix(table, weight, p_facilities=sites))
        rows.append({"model": "pmedian", "sites": sites, "value": value})
        rows.append(
            {"model": "pcenter", "sites": sites, "value": solved(PCenter.from_cost_matrix(table, p_facilities=sites))}
        )
    return rows


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    distances = pd.read_csv(DATA / "SF_network_distance_candidateStore_16_censusTract_205_new.csv")
    demands = pd.read_csv(DATA / "SF_demand_205_centroid_uniform_weight.csv")
    wide = distances.pivot_table(values="distance", index="DestinationName", columns="name")
    people = demands.set_index("NAME").loc[wide.index, "POP2000"].to_numpy(dtype=float)
    cost = wide.to_numpy()
    answer = {"distance": cost.tolist(), "weight": people.tolist(), "kept": KEPT, "optima": optima(cost, people)}
    json.dump(answer, sys.stdout)
