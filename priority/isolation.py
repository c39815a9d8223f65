"""The isolation of each fault as a dispatcher reads it: which devices to open, nearest to the source first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from priority.damage import Damage
from priority.loads import DEMAND_UNITS
from priority.network import Isolation
from priority.network.arrays import NETWORK_KEYS
from priority.picture import Picture
from priority.results import Device, IsolationRow, Loss

_NONE = np.empty(0, np.intp)
_NOTHING = Isolation(_NONE, _NONE, _NONE, _NONE, _NONE, _NONE)


def isolation_rows(picture: Picture) -> tuple[IsolationRow, ...]:
    """Return one row a damage, in order of time and element; a damaged facility needs no switching."""
    isolations = [isolation or _NOTHING for isolation in picture.cascade.isolations]
    return tuple(
        _row(picture, damage, isolation, _overlaps(picture, number, isolations))
        for number, (damage, isolation) in enumerate(zip(picture.damages, isolations, strict=True))
    )


def _overlaps(picture: Picture, number: int, isolations: list[Isolation]) -> tuple[str, ...]:
    """Return the other faults that lose an element which this one loses too."""
    mine = isolations[number]
    return tuple(
        picture.damages[other].element
        for other, theirs in enumerate(isolations)
        if other != number
        and (np.intersect1d(mine.nodes, theirs.nodes).size or np.intersect1d(mine.lines, theirs.lines).size)
    )


def _row(picture: Picture, damage: Damage, isolation: Isolation, overlaps: tuple[str, ...]) -> IsolationRow:
    arrays = picture.system.arrays
    return IsolationRow(
        fault=damage.element,
        name=picture.damage_name(damage),
        kind=_kind(picture, damage),
        network=None if damage.network < 0 else NETWORK_KEYS[damage.network],
        at=picture.iso(damage.time_s),
        active=damage.begun,
        devices_to_open=_devices(picture, isolation.to_open),
        devices_already_open=_devices(picture, isolation.already_open),
        devices_damaged=_devices(picture, isolation.damaged),
        devices_stuck=_devices(picture, isolation.stuck),
        overlaps=overlaps,
        lost=_loss(picture, damage, isolation.nodes),
        lost_nodes=tuple(arrays.node_ids[isolation.nodes]),
        lost_lines=tuple(arrays.line_ids[isolation.lines]),
    )


def _kind(picture: Picture, damage: Damage) -> str:
    if damage.kind == "node":
        return str(picture.system.element_kinds[damage.nodes[0]])
    if damage.kind == "line":
        return str(picture.system.element_kinds[picture.system.arrays.node_ids.size + damage.lines[0]])
    return damage.kind


def _devices(picture: Picture, devices: NDArray[np.intp]) -> tuple[Device, ...]:
    """Order devices by their distance from a source in the normal state, so that the feed is cut first."""
    depth = picture.system.baseline.depth[devices]
    far = np.iinfo(np.int32).max
    ordered = devices[np.lexsort((devices, np.where(depth < 0, far, depth)))]
    return tuple(
        Device(
            id=str(picture.system.arrays.node_ids[device]),
            name=str(picture.system.element_names[device]),
            kind=str(picture.system.element_kinds[device]),
            order=order,
        )
        for order, device in enumerate(ordered, start=1)
    )


def _loss(picture: Picture, damage: Damage, nodes: NDArray[np.intp]) -> Loss:
    loads = picture.system.loads
    return Loss(
        nodes=nodes.size,
        customers=round(float(loads.customers[nodes].sum())),
        population=round(float(loads.population[nodes].sum())),
        vulnerable_people=round(float(loads.vulnerable_people[nodes].sum())),
        demand=round(float(loads.demand[nodes].sum()), 3),
        demand_unit="" if damage.network < 0 else DEMAND_UNITS[NETWORK_KEYS[damage.network]],
    )
