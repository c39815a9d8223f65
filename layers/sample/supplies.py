"""What each facility needs, how much, from which node, and how long it lasts without."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from layers.sample.coal import LOAD_FACTOR
from layers.sample.demand import Place
from layers.sample.network import SOURCE, Network
from layers.sample.randomness import stream

NAMES = {"electricity": "用电", "water": "用水", "gas": "用气", "heat": "用热", "coal": "用煤"}
#: Every so many reserves nobody has stated.
UNKNOWN_SHARE = 0.07
#: The class whose places are not for everybody.
RESTRICTED = "defence"


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


#: What a boiler gets from a cubic metre of gas, kWh.
KWH_PER_M3 = 8.9
#: Every so many demands nobody has stated.
UNKNOWN_DEMANDS = 0.04


@dataclass(frozen=True)
class Draws:
    """What is drawn: at each node (kW or m³/h), of coal by place (t a day), of heat behind each source (kW)."""

    at_node: dict[str, float]
    coal: dict[int, float]
    heat_kw: dict[str, float]

    @classmethod
    def of(cls, networks: Iterable[Network], coal: dict[int, float], heat_kw: dict[str, float]) -> Draws:
        """Read what the nodes of all networks draw."""
        nodes = [node for net in networks for node in net.nodes]
        drawn = {node["id"]: node.get("demand_kw", node.get("demand_m3_per_h")) for node in nodes}
        return cls({key: amount for key, amount in drawn.items() if amount is not None}, coal, heat_kw)


def supply_records(places: list[Place], facility_id: dict[int, str], draws: Draws) -> list[dict[str, Any]]:
    """One record a commodity and node. A place outside a network's reach has no row for it; coal has no node.

    Substitutes come after all needs of places that everybody may see, so that they change no other number.
    """
    writer = _Writer(facility_id, draws)
    named = [place for place in places if place.number in facility_id]
    named.sort(key=lambda place: facility_id[place.number])
    for place in named:
        if place.category != RESTRICTED:
            writer.needs(place)
    for place in named:
        writer.substitute(place)
    for place in named:
        if place.category == RESTRICTED:
            writer.needs(place)
    return writer.records


class _Writer:
    """Numbers the records. Reserves and gaps in knowledge come from streams of their own."""

    def __init__(self, facility_id: dict[int, str], draws: Draws) -> None:
        self.records: list[dict[str, Any]] = []
        self._facility_id, self._draws = facility_id, draws
        self._reserves, self._demands = stream("reserves"), stream("demands")

    def needs(self, place: Place) -> None:
        """Add what a place needs."""
        for need in NEEDS[place.kind]:
            reserve = _reserve(self._reserves, place, need)
            nodes = _nodes(place, need.commodity)
            demand = self._demand(place, need.commodity, nodes)
            for node in nodes:
                facts = {"reserve_hours": reserve, "required": need.required, "demand": demand}
                self._add(place, NAMES[need.commodity], commodity=need.commodity, node_id=node, **facts)

    def substitute(self, place: Place) -> None:
        """Add the gas that a boiler house can burn in place of coal, where it has a connection."""
        if place.kind != "heat_plant" or place.source_node is None or "gas" not in place.service:
            return
        m3_per_h = float(round(self._draws.heat_kw[place.source_node] * LOAD_FACTOR / KWH_PER_M3))
        facts = {"commodity": "gas", "node_id": place.service["gas"], "required": False, "substitutes_for": "coal"}
        self._add(place, f"{NAMES['gas']}（可替代{NAMES['coal']}）", demand=m3_per_h, **facts)

    def _add(self, place: Place, what: str, **facts: Any) -> None:
        facility = self._facility_id[place.number]
        self.records.append(
            {
                "id": f"s-{len(self.records) + 1:05d}",
                "name": f"{facility} {what}",
                "provenance": "synthetic",
                "source": SOURCE,
                "facility_id": facility,
                **facts,
            }
        )

    def _demand(self, place: Place, commodity: str, nodes: list[str | None]) -> float | None:
        """What the place draws over all its nodes together; None where nobody has stated it."""
        unknown = self._demands.random() < UNKNOWN_DEMANDS
        if commodity == "coal":
            return self._draws.coal[place.number]
        if unknown and place.kind not in ALWAYS_KNOWN:
            return None
        return round(sum(self._draws.at_node[node] for node in nodes if node is not None), 2)


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
