"""What each facility needs, from which node, and how long it lasts without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from layers.sample.demand import Place
from layers.sample.network import SOURCE
from layers.sample.randomness import stream

NAMES = {"electricity": "用电", "water": "用水", "gas": "用气", "heat": "用热", "coal": "用煤"}
#: Every so many reserves nobody has stated.
UNKNOWN_SHARE = 0.07


@dataclass(frozen=True)
class Need:
    """A commodity that a kind of place needs: hours it lasts without (drawn between two figures), and if it must."""

    commodity: str
    low_h: float
    high_h: float
    required: bool = True


_HOMELY = (Need("water", 6, 12, required=False), Need("heat", 5, 9))
#: Needs by kind of place. Sources: practice of the field (generator tanks, day tanks, coal yards), not a survey.
NEEDS: dict[str, tuple[Need, ...]] = {
    "town_hall": (
        Need("electricity", 2, 4),
        Need("water", 8, 12, required=False),
        Need("heat", 20, 30, required=False),
    ),
    "office": (Need("electricity", 6, 10), Need("water", 8, 12, required=False), Need("heat", 20, 30, required=False)),
    "base": (Need("electricity", 20, 30), Need("water", 20, 30)),
    "command": (Need("electricity", 24, 24), Need("water", 24, 24, required=False)),
    "big_hospital": (
        Need("electricity", 6, 12),
        Need("water", 6, 12),
        Need("heat", 8, 12),
        Need("gas", 2, 4, required=False),
    ),
    "rescue": (Need("electricity", 6, 10), Need("water", 8, 12, required=False)),
    "clinic": (Need("electricity", 4, 6), *_HOMELY),
    "school": (Need("electricity", 0, 0), *_HOMELY, Need("gas", 0, 0, required=False)),
    "fire": (Need("electricity", 6, 8), Need("water", 10, 14)),
    "studio": (Need("electricity", 8, 12),),
    "exchange": (Need("electricity", 8, 8),),
    "grid_office": (Need("electricity", 4, 8),),
    "gas_office": (Need("electricity", 4, 8),),
    "water_office": (Need("electricity", 4, 8),),
    "traffic": (Need("electricity", 4, 8),),
    "dispatch": (Need("electricity", 10, 14),),
    "station": (Need("electricity", 1, 3), Need("water", 6, 10, required=False), Need("heat", 8, 12, required=False)),
    "food": (Need("electricity", 0, 1), Need("water", 4, 6), Need("gas", 0, 1)),
    "market": (Need("electricity", 3, 5),),
    "care": (Need("electricity", 1, 4), *_HOMELY, Need("gas", 4, 8, required=False)),
    "mine": (Need("electricity", 0.5, 2),),
    "chemical": (Need("electricity", 0.5, 1), Need("water", 4, 8)),
    "waterworks": (Need("electricity", 0.5, 2),),
    "water_pump": (Need("electricity", 0.5, 1),),
    "gas_gate": (Need("electricity", 6, 10, required=False),),
    "gas_compressor": (Need("electricity", 1, 2),),
    "heat_plant": (Need("electricity", 1, 1), Need("water", 4, 8), Need("coal", 72, 240)),
    "heat_pump": (Need("electricity", 0.5, 0.5),),
    "heat_exchange": (Need("electricity", 0, 0.5),),
    "power_plant": (Need("water", 8, 8), Need("coal", 168, 168), Need("electricity", 2, 2, required=False)),
}
#: Reserves that the chain from a power cut to cold homes stands on are always stated.
ALWAYS_KNOWN = (
    "heat_plant",
    "heat_pump",
    "heat_exchange",
    "waterworks",
    "water_pump",
    "gas_compressor",
    "power_plant",
    "school",
)


def supply_records(places: list[Place], facility_id: dict[int, str]) -> list[dict[str, Any]]:
    """One record a commodity and node. A place outside a network's reach has no row for it; coal has no node."""
    random = stream("reserves")
    records: list[dict[str, Any]] = []
    for place in sorted(
        (item for item in places if item.number in facility_id), key=lambda item: facility_id[item.number]
    ):
        for need in NEEDS[place.kind]:
            reserve = _reserve(random, place, need)
            for node in _nodes(place, need.commodity):
                number = len(records) + 1
                records.append(
                    {
                        "id": f"s-{number:05d}",
                        "name": f"{facility_id[place.number]} {NAMES[need.commodity]}",
                        "provenance": "synthetic",
                        "source": SOURCE,
                        "facility_id": facility_id[place.number],
                        "commodity": need.commodity,
                        "node_id": node,
                        "reserve_hours": reserve,
                        "required": need.required,
                    }
                )
    return records


def _nodes(place: Place, commodity: str) -> list[str | None]:
    if commodity == "coal":
        return [None]
    first = place.service.get(commodity)
    if first is None:
        return []
    return [first, place.backup] if commodity == "electricity" and place.backup else [first]


def _reserve(random: np.random.Generator, place: Place, need: Need) -> float | None:
    """Hours to the quarter below 3, to the half below 12, whole above; None where nobody has stated it."""
    hours, unknown = float(random.uniform(need.low_h, need.high_h)), random.random() < UNKNOWN_SHARE
    if unknown and place.kind not in ALWAYS_KNOWN:
        return None
    step = 0.25 if hours < 3 else 0.5 if hours < 12 else 1.0
    return round(round(hours / step) * step, 2)
