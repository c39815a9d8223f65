"""Prints networks that come with WNTR, valves placed on them, and the segments WNTR finds, as JSON.

.venv-oracles/bin/python tests/oracles/valve_segments.py NAME ...
"""

import json
import sys
import warnings
from typing import Any

import wntr

#: How valves are placed: WNTR's name for it, the number it takes, and the seed.
PLACEMENTS = (("strategic", 1, 1), ("strategic", 2, 2), ("random", 40, 3))


def network(name: str) -> dict[str, Any]:
    """Return a network and WNTR's segments for every way of placing valves."""
    water = wntr.network.WaterNetworkModel(name)
    answer = {
        "name": name,
        "nodes": list(water.node_name_list),
        "links": [[key, link.start_node_name, link.end_node_name] for key, link in water.links()],
        "layers": [],
    }
    for placement, number, seed in PLACEMENTS:
        valves = wntr.network.generate_valve_layer(water, placement, min(number, water.num_links), seed=seed)
        nodes, links, _ = wntr.metrics.valve_segments(water.to_graph(), valves)
        answer["layers"].append(
            {
                "valves": valves[["link", "node"]].values.tolist(),
                "node_segments": {key: int(value) for key, value in nodes.items()},
                "link_segments": {key: int(value) for key, value in links.items()},
            }
        )
    return answer


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    json.dump([network(name) for name in sys.argv[1:]], sys.stdout)
