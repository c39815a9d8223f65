"""From damages to repairs: what there is to mend, where, with which skill, and for how long.

One task for each named fault, and for a drawn area one for each network ("area/heat"), placed in the middle of what it
struck. A fault that already has its repair in the incident is no task: somebody has done it or sees to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from priority.damage import Damage
from priority.network.arrays import NETWORK_KEYS
from priority.restoration.durations import usual_hours
from priority.restoration.input import Crews
from priority.restoration.problem import Task
from priority.system import SupplySystem
from priority.times import NEVER

_AREA = "area"


@dataclass(frozen=True)
class Repair:
    """A task with what people are told of it: the damage (its number), kind, network (None for a place) and spot.

    `spot` is longitude and latitude, EPSG:4490. `assumed` tells that nobody gave the hours.
    """

    task: Task
    damage: int
    kind: str
    network: str | None
    spot: tuple[float, float]
    assumed: bool


def fault_of(damage: Damage) -> str:
    """Return the name under which a damage is repaired: the element's id, or "area/heat" and the like."""
    return f"{_AREA}/{NETWORK_KEYS[damage.network]}" if damage.kind == "area" else damage.element


def repairs_of(system: SupplySystem, damages: tuple[Damage, ...], crews: Crews) -> tuple[Repair, ...]:
    """Return the repairs still to be planned, in the order in which the faults began. None: an empty tuple."""
    hours = {item.fault: item.hours for item in crews.repairs}
    return tuple(
        _repair(system, number, damage, hours) for number, damage in enumerate(damages) if damage.ends_s == NEVER
    )


def _names(damage: Damage) -> set[str]:
    """An area goes by two names: "area" for all networks, "area/heat" for one."""
    return {fault_of(damage), damage.element}


def known_faults(damages: Iterable[Damage]) -> set[str]:
    """Return every name under which one of the damages can be spoken of."""
    return {name for damage in damages for name in _names(damage)}


def _repair(system: SupplySystem, number: int, damage: Damage, hours: dict[str, float]) -> Repair:
    skill = _skill(system, damage)
    kind = _kind(system, damage)
    fault = fault_of(damage)
    told = hours.get(fault, hours.get(damage.element))
    work = usual_hours(skill, _worked_kind(system, damage, kind)) if told is None else told
    return Repair(
        task=Task(fault, skill, max(0, damage.time_s), round(work * 3600)),
        damage=number,
        kind=kind,
        network=None if damage.network < 0 else NETWORK_KEYS[damage.network],
        spot=_spot(system, damage),
        assumed=told is None,
    )


def _skill(system: SupplySystem, damage: Damage) -> str:
    """The network's own; a place is mended by those of the network that it feeds, else by electricians."""
    if damage.kind != "facility":
        return str(NETWORK_KEYS[damage.network])
    source = int(system.facilities.source_node[damage.facility])
    if source >= 0:
        return str(NETWORK_KEYS[system.arrays.network[source]])
    return "heat" if system.facilities.categories[damage.facility] == "heat_supply" else "electricity"


def _kind(system: SupplySystem, damage: Damage) -> str:
    if damage.kind == "node":
        return str(system.element_kinds[damage.nodes[0]])
    if damage.kind == "line":
        return str(system.element_kinds[system.arrays.node_ids.size + damage.lines[0]])
    return damage.kind


def _worked_kind(system: SupplySystem, damage: Damage, kind: str) -> str:
    feeds = damage.kind == "facility" and system.facilities.source_node[damage.facility] >= 0
    return "plant" if feeds else kind


def _spot(system: SupplySystem, damage: Damage) -> tuple[float, float]:
    if damage.kind == "facility":
        longitude, latitude = system.facility_points[damage.facility]
    else:
        numbers: NDArray[np.intp] = np.concatenate([damage.nodes, damage.lines + system.arrays.node_ids.size])
        longitude, latitude = system.element_points[numbers].mean(axis=0)
    return float(longitude), float(latitude)
