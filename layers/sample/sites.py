"""Sites where emergency supply stands or could stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from layers.sample.network import SOURCE
from layers.sample.places import site_point
from layers.sample.randomness import stream
from layers.sample.roads import Roads
from layers.sample.sources import District


@dataclass(frozen=True)
class _SiteKind:
    """A kind of site: how many stand and how many could, capacity (unit depends on the kind) and cost in yuan."""

    kind: str
    title: str
    existing: int
    candidates: int
    capacity: tuple[int, int]
    step: int
    cost: tuple[int, int]


_KINDS = (
    _SiteKind("coal_depot", "应急储煤点", 3, 9, (2000, 20000), 500, (600_000, 3_000_000)),
    _SiteKind("mobile_boiler", "移动锅炉停放点", 1, 11, (1400, 7000), 700, (180_000, 600_000)),
    _SiteKind("mobile_generator", "移动发电车停放点", 2, 12, (200, 1000), 100, (90_000, 320_000)),
    _SiteKind("warm_shelter", "取暖安置点", 3, 27, (80, 900), 20, (40_000, 260_000)),
    _SiteKind("water_point", "应急供水点", 1, 14, (10, 60), 5, (30_000, 120_000)),
    _SiteKind("crew", "抢修队伍驻点", 3, 9, (8, 40), 2, (60_000, 200_000)),
)


def site_records(district: District, roads: Roads) -> list[dict[str, Any]]:
    """Sites of all kinds spread over the townships."""
    random = stream("sites")
    codes = [item.code for item in district.townships]
    records: list[dict[str, Any]] = []
    for kind in _KINDS:
        turn = int(random.integers(0, len(codes)))
        for number in range(kind.existing + kind.candidates):
            code = codes[(turn + 5 * number) % len(codes)]
            status = "existing" if number < kind.existing else "candidate"
            records.append(_site(district, roads, kind, (number + 1, code, status), random))
            records[-1]["id"] = f"st-{len(records):03d}"
    return records


def _site(
    district: District, roads: Roads, kind: _SiteKind, what: tuple[int, str, str], random: np.random.Generator
) -> dict[str, Any]:
    number, code, status = what
    nodes = sorted({node for item in roads.settlements if item.township == code for node in item.load_nodes})
    node = nodes[int(random.integers(0, len(nodes)))]
    size = float(random.uniform(0, 1) ** 1.6)
    low, high = kind.capacity
    cost_low, cost_high = kind.cost
    return {
        "id": "",
        "name": f"示例{kind.title}{'' if status == 'existing' else '候选'} {number}",
        "provenance": "synthetic",
        "source": SOURCE,
        "kind": kind.kind,
        "status": status,
        "capacity": float(round((low + size * (high - low)) / kind.step) * kind.step),
        "cost": float(round((cost_low + size * (cost_high - cost_low)) / 1000) * 1000)
        if status == "candidate"
        else 0.0,
        "point": site_point(roads.graph, district.township(code), node, random),
    }
