"""The isolation of each fault as a dispatcher reads it: which devices to open, nearest to the source first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from priority.damage import Damage
from priority.loads import DEMAND_UNITS
from priority.network import Isolation
from priority.network.arrays import NETWORK_KEYS
from priority.network.segments import Segments
from priority.picture import Picture
from priority.results import Device, IsolationRow, Loss

_NONE = np.empty(0, np.intp)
_NOTHING = Isolation(_NONE, _NONE, _NONE, _NONE, _NONE, _NONE)


#: Other faults named in a row; of more only the number is told, so that many faults in one place stay readable.
NAMED_OVERLAPS = 20


def isolation_rows(picture: Picture) -> tuple[IsolationRow, ...]:
    """Return one row a damage, in order of time and element; a damaged facility needs no switching."""
    isolations = [isolation or _NOTHING for isolation in picture.cascade.isolations]
    segments = [_segments_lost(picture.system.segments, isolation) for isolation in isolations]
    return tuple(
        _row(picture, damage, isolation, overlaps)
        for damage, isolation, overlaps in zip(
            picture.damages, isolations, _overlaps(picture.damages, segments), strict=True
        )
    )


def _segments_lost(segments: Segments, isolation: Isolation) -> tuple[int, ...]:
    """Return the segments that an isolation takes, ascending. It takes them whole."""
    numbers = np.concatenate([segments.of_node[isolation.nodes], segments.of_line[isolation.lines]])
    return tuple(np.unique(numbers).tolist())


def _overlaps(damages: Sequence[Damage], segments: Sequence[tuple[int, ...]]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Give for each damage the other faults that lose a segment which it loses too, and how many more there are.

    Faults that lose the same segments have the same ones in common, so these are gathered once for all of them.
    """
    losing: dict[int, list[int]] = {}
    for number, taken in enumerate(segments):
        for segment in taken:
            losing.setdefault(segment, []).append(number)

    @cache
    def together(taken: tuple[int, ...]) -> tuple[list[int], int]:
        found = losing[taken[0]] if len(taken) == 1 else sorted(set().union(*(losing[part] for part in taken)))
        return found[: NAMED_OVERLAPS + 1], len(found)

    for number, taken in enumerate(segments):
        first, count = together(taken)
        named = [other for other in first if other != number][:NAMED_OVERLAPS]
        yield tuple(damages[other].element for other in named), max(0, count - 1) - len(named)


def _row(picture: Picture, damage: Damage, isolation: Isolation, overlaps: tuple[tuple[str, ...], int]) -> IsolationRow:
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
        overlaps=overlaps[0],
        overlaps_more=overlaps[1],
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
