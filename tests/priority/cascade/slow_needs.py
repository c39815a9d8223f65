"""What places need, read plainly from the layers: records gathered by facility and commodity, and coal by route."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from tests.priority.oracle import SlowDistrict


@dataclass
class SlowNeed:
    """A facility's need of a commodity. `substitutes` are nodes whose supply can stand in for it."""

    facility: str
    commodity: str
    nodes: list[str] = field(default_factory=list)
    substitutes: list[str] = field(default_factory=list)
    reserve_s: int = 0
    required: bool = False
    demand: float | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Facility and commodity."""
        return self.facility, self.commodity

    @property
    def without_network(self) -> bool:
        """Coal comes by road; all else comes by a network."""
        return self.commodity == "coal"


@dataclass
class SlowCoal:
    """The routes to a plant: tonnes a day that arrive (None if nobody says), and the mine that sends them."""

    routes: list[tuple[float | None, str | None]] = field(default_factory=list)

    def delivered(self, demand: float | None, failed: set[str]) -> int:
        """What arrives of the demand, each route in whole thousandths, a part of one counting as a whole one.

        All of it where the demand or any route's tonnes are unknown.
        """
        if not demand or any(tonnes is None for tonnes, _ in self.routes):
            return 1000
        return sum(-int(-(tonnes or 0.0) * 1000 // demand) for tonnes, mine in self.routes if mine not in failed)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _number(value: object) -> float | None:
    return None if value is None or pd.isna(value) else float(str(value))


def read_needs(district: SlowDistrict, *, substitution: bool) -> list[SlowNeed]:
    """Gather the records of `supplies`: several records of one need are several feeds, and the longest reserve counts.

    A record that stands in for another commodity is no need of its own; without `substitution` it counts for nothing.
    """
    needs: dict[tuple[str, str], SlowNeed] = {}
    stand_ins: list[tuple[tuple[str, str], str | None]] = []
    for row in district.supplies:
        facility, node = row["facility_id"], _text(row["node_id"])
        instead_of = _text(row.get("substitutes_for"))
        if instead_of is not None:
            stand_ins.append(((facility, instead_of), node))
            continue
        need = needs.setdefault((facility, row["commodity"]), SlowNeed(facility, row["commodity"]))
        if node is not None:
            need.nodes.append(node)
        need.required = need.required or bool(row["required"])
        need.reserve_s = max(need.reserve_s, round(3600 * (_number(row["reserve_hours"]) or 0.0)))
        need.demand = _number(row.get("demand")) or need.demand
    for key, node in stand_ins:
        if substitution and node is not None and key in needs:
            needs[key].substitutes.append(node)
    return list(needs.values())


def read_coal(frames: Mapping[str, pd.DataFrame], closed_roads: tuple[str, ...]) -> dict[str, SlowCoal]:
    """Gather the routes of each plant; a closed one brings nothing (these small districts have no detours)."""
    coal: dict[str, SlowCoal] = {}
    for row in frames["coal_routes"].to_dict("records") if "coal_routes" in frames else []:
        plant, tonnes = _text(row["facility_id"]), _number(row["tonnes_per_day"])
        if plant is None:
            continue
        arriving = 0.0 if tonnes is not None and row["id"] in closed_roads else tonnes
        coal.setdefault(plant, SlowCoal()).routes.append((arriving, _text(row["source_facility_id"])))
    return coal
