"""The single failures that differ: each segment, each device, each plant; and the element that stands for it.

Every node and line of a segment is lost with it, so one failure stands for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from priority.damage import Damage
from priority.network.arrays import NETWORK_KEYS
from priority.protection.scope import Scope
from priority.system import SupplySystem

_NONE = np.empty(0, np.intp)
#: Kinds of element by what people would rather be told to guard; a failed plant comes before all of them.
_KINDS = (
    *("source", "substation", "heat_exchange", "pump", "regulator"),
    *("transmission", "busbar", "trunk", "feeder", "branch", "transformer", "service", "consumer", "junction"),
)
PLANT = "facility"


@dataclass(frozen=True, eq=False)
class Failure:
    """A failure by its kind: segment `number`, the device with that node number, or the plant (facility number).

    `id`, `name` and `element_kind` are of the element that stands for it, `network` its network; `elements` counts
    the nodes, lines and plants it stands for. `order` compares failures of equal effect: the smallest is named.
    """

    kind: Literal["segment", "device", "plant"]
    number: int
    id: str
    name: str
    element_kind: str
    network: str
    elements: int
    order: tuple[int, int, str]
    damage: Damage


def all_failures(scope: Scope) -> tuple[Failure, ...]:
    """Return every failure that the viewer may know of: segments by number, devices and plants by id."""
    system = scope.system
    return (*_segments(system), *_devices(system), *_plants(scope))


def segment_members(system: SupplySystem) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the elements (nodes first, then lines) of all segments, by segment and order of naming, in rows."""
    owner = np.concatenate([system.segments.of_node, system.segments.of_line])
    inside = np.flatnonzero(owner >= 0)
    depth = _depths(system)
    kind = _kind_places(system)
    member = inside[np.lexsort((inside, depth[inside], kind[inside], owner[inside]))]
    indptr = np.zeros(system.segments.count + 1, np.intp)
    np.cumsum(np.bincount(owner[inside], minlength=system.segments.count), out=indptr[1:])
    return indptr, member


def _depths(system: SupplySystem) -> NDArray[np.int64]:
    """Return how far each element (n + m) lies from its source, in lines; without supply the farthest."""
    arrays = system.arrays
    depth = system.baseline.depth.astype(np.int64)
    depth[depth < 0] = arrays.node_ids.size
    return np.concatenate([depth, np.minimum(depth[arrays.line_from], depth[arrays.line_to])])


def _kind_places(system: SupplySystem) -> NDArray[np.int64]:
    places = {kind: place for place, kind in enumerate(_KINDS, start=1)}
    return np.array([places.get(kind, len(_KINDS) + 1) for kind in system.element_kinds], dtype=np.int64)


def _segments(system: SupplySystem) -> Iterator[Failure]:
    indptr, member = segment_members(system)
    for number in range(system.segments.count):
        yield _of_element(system, "segment", number, int(member[indptr[number]]), int(np.diff(indptr)[number]))


def _devices(system: SupplySystem) -> Iterator[Failure]:
    for node in np.flatnonzero(system.arrays.is_device & system.arrays.carries_node):
        yield _of_element(system, "device", int(node), int(node), 1)


def _of_element(
    system: SupplySystem, kind: Literal["segment", "device"], number: int, element: int, elements: int
) -> Failure:
    arrays = system.arrays
    line = element - arrays.node_ids.size
    network = int(arrays.network[element] if line < 0 else arrays.line_network[line])
    identifier = str(arrays.node_ids[element] if line < 0 else arrays.line_ids[line])
    element_kind = str(system.element_kinds[element])
    place = _KINDS.index(element_kind) + 1 if element_kind in _KINDS else len(_KINDS) + 1
    nodes, lines = (np.array([element]), _NONE) if line < 0 else (_NONE, np.array([line]))
    return Failure(
        kind=kind,
        number=number,
        id=identifier,
        name=str(system.element_names[element]),
        element_kind=element_kind,
        network=NETWORK_KEYS[network],
        elements=elements,
        order=(place, _depth(system, element), identifier),
        damage=Damage(0, identifier, "node" if line < 0 else "line", network, nodes, lines),
    )


def _depth(system: SupplySystem, element: int) -> int:
    arrays = system.arrays
    line = element - arrays.node_ids.size
    ends = (element,) if line < 0 else (int(arrays.line_from[line]), int(arrays.line_to[line]))
    known = [int(system.baseline.depth[end]) for end in ends if system.baseline.depth[end] >= 0]
    return min(known, default=int(arrays.node_ids.size))


def _plants(scope: Scope) -> Iterator[Failure]:
    """Return the places whose failure takes a node out, and the mines that plants get coal from."""
    facilities, arrays = scope.system.facilities, scope.system.arrays
    matters = facilities.source_node >= 0
    matters[[route.mine for route in scope.system.coal.routes if route.mine >= 0]] = True
    for number in np.flatnonzero(matters & scope.shown):
        node = int(facilities.source_node[number])
        identifier = facilities.ids[number]
        depth = int(arrays.node_ids.size) if node < 0 else _depth(scope.system, node)
        yield Failure(
            kind="plant",
            number=int(number),
            id=identifier,
            name=facilities.names[number],
            element_kind=PLANT,
            network="coal" if node < 0 else NETWORK_KEYS[int(arrays.network[node])],
            elements=1,
            order=(0, depth, identifier),
            damage=Damage(0, identifier, "facility", -1, _NONE, _NONE, int(number)),
        )
