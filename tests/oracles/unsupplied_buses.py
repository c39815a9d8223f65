"""Prints pandapower's networks with geodata, and which buses it finds unsupplied when parts are out, as JSON.

    .venv-oracles/bin/python tests/oracles/unsupplied_buses.py SCENARIOS NAME ...

Each scenario flips some switches and takes some lines, transformers and buses out of service.
"""

import json
import logging
import random
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import pandapower.networks
from pandapower.topology import unsupplied_buses

EDGE_TABLES = {"line": ("from_bus", "to_bus"), "trafo": ("hv_bus", "lv_bus"), "impedance": ("from_bus", "to_bus")}


def branches(net: Any) -> Iterator[tuple[str, int, int, bool]]:
    """Yield (id, bus, bus, in service) of lines, two-winding transformers and impedances."""
    for table, (left, right) in EDGE_TABLES.items():
        for index, row in net[table].iterrows():
            yield f"{table}{index}", int(row[left]), int(row[right]), bool(row["in_service"])


def switches(net: Any) -> Iterator[tuple[str, int, int | str, bool]]:
    """Yield (id, bus, what it joins the bus to, closed): a bus number or a branch's id."""
    for index, row in net.switch.iterrows():
        other = {"b": int(row["element"]), "l": f"line{row['element']}", "t": f"trafo{row['element']}"}[row["et"]]
        yield f"switch{index}", int(row["bus"]), other, bool(row["closed"])


def scenario(net: Any, chance: random.Random) -> dict[str, Any]:
    """Change a network at random and return what was changed, and the unsupplied buses."""
    flipped = [index for index in net.switch.index if chance.random() < 0.06]
    net.switch.loc[flipped, "closed"] = ~net.switch.loc[flipped, "closed"].astype(bool)
    out = []
    for table in ("line", "trafo", "bus"):
        share = min(0.05, 12 / max(1, len(net[table])))
        gone = [index for index in net[table].index if chance.random() < share]
        net[table].loc[gone, "in_service"] = False
        out += [f"{table}{index}" for index in gone]
    return {
        "flipped": [f"switch{index}" for index in flipped],
        "out": out,
        "unsupplied": sorted(int(bus) for bus in unsupplied_buses(net)),
    }


def network(name: str, scenarios: int) -> dict[str, Any]:
    """Return a network, its normal state and its scenarios."""
    net = getattr(pandapower.networks, name)()
    slack = (
        net.ext_grid.bus[net.ext_grid.in_service].tolist() + net.gen.bus[net.gen.in_service & net.gen.slack].tolist()
    )
    beyond = [table for table in ("trafo3w", "dcline", "tcsc", "vsc", "line_dc") if table in net and len(net[table])]
    answer = {
        "name": name,
        "without_place": int(net.bus.geo.isna().sum()),
        "beyond": beyond,
        "buses": [[int(index), bool(row["in_service"])] for index, row in net.bus.iterrows()],
        "sources": sorted({int(bus) for bus in slack}),
        "branches": list(branches(net)),
        "switches": list(switches(net)),
        "scenarios": [{"flipped": [], "out": [], "unsupplied": sorted(int(bus) for bus in unsupplied_buses(net))}],
    }
    chance = random.Random(name)  # noqa: S311
    for _ in range(scenarios):
        changed = pandapower.networks.deepcopy(net)
        answer["scenarios"].append(scenario(changed, chance))
    return answer


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    json.dump([network(name, int(sys.argv[1])) for name in sys.argv[2:]], sys.stdout)
