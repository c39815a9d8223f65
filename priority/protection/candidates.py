"""Which failures are worth following in time: all of them in a district, the worst by several measures in a province.

The measures come from the ratings of all elements at once (`priority.network.criticality`): what the network itself
loses, before any cascade.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from priority.network import SwitchState
from priority.network.criticality import Criticality
from priority.protection.failures import Failure
from priority.protection.scope import UNLISTED, Scope

#: Nodes that all cascades of one list may walk together; it bounds the time whatever the size of the networks.
_NODES_WALKED = 80_000_000
_FEWEST = 60

_FLOATS = NDArray[np.float64]


def most_failures(scope: Scope) -> int:
    """Return how many failures may be followed in a system of this size."""
    return max(_FEWEST, _NODES_WALKED // max(1, scope.system.arrays.node_ids.size))


def candidates(scope: Scope, failures: tuple[Failure, ...], limit: int) -> tuple[Failure, ...]:
    """Return the failures to follow, in their own order: all if they are few, else the worst by each measure in turn.

    The measures: hours of listed places without their only feed, tier by tier and all together; what hangs on plants
    without their only feed; customers, people and demand; what hangs on a plant that fails itself.
    """
    if len(failures) <= limit:
        return failures
    failures, measures = _distinct(failures, _measures(scope, failures))
    orders = [np.lexsort(measure[::-1] * -1) for measure in measures]
    queues = [
        [int(number) for number in order if measure[:, number].any()]
        for order, measure in zip(orders, measures, strict=True)
    ]
    chosen: set[int] = set()
    for place in range(limit):
        for queue in queues:
            if place < len(queue) and len(chosen) < limit:
                chosen.add(queue[place])
    return tuple(failures[number] for number in sorted(chosen))


def _distinct(failures: tuple[Failure, ...], measures: list[_FLOATS]) -> tuple[tuple[Failure, ...], list[_FLOATS]]:
    """Keep one failure for each set of figures, the one named first; it stands for the elements of all of them."""
    figures = np.round(np.vstack(measures), 6)
    _, group = np.unique(figures, axis=1, return_inverse=True)
    best: dict[int, int] = {}
    elements: dict[int, int] = {}
    for number, failure in enumerate(failures):
        owner = int(group.flat[number])
        elements[owner] = elements.get(owner, 0) + failure.elements
        if owner not in best or failure.order < failures[best[owner]].order:
            best[owner] = number
    kept = sorted((number, owner) for owner, number in best.items())
    numbers = [number for number, _ in kept]
    merged = tuple(replace(failures[number], elements=elements[owner]) for number, owner in kept)
    return merged, [measure[:, numbers] for measure in measures]


def _measures(scope: Scope, failures: tuple[Failure, ...]) -> list[_FLOATS]:
    """Return measures, each of shape (keys from the left x failures)."""
    loads = scope.system.loads
    tiers = only_feeds(scope)
    columns = np.column_stack([tiers, _behind_plants(scope), loads.customers, loads.population, loads.demand])
    rated = rate(scope, SwitchState.normal(scope.system.arrays), columns)
    own = _of_plants(scope, failures)
    rows = rated.rows(failures).T
    count = len(scope.tiers)
    by_tier, behind, people = rows[:count], rows[count : count + 2], rows[count + 2 :]
    return [by_tier, by_tier.sum(axis=0, keepdims=True), behind, *(row[None] for row in people), own[::-1], own]


class Rating:
    """Ratings of segments and devices, asked by failure; plants have none."""

    def __init__(self, rated: Criticality) -> None:
        self._devices = rated.devices
        self._rows = np.vstack([rated.of_segment, rated.of_device, np.zeros((1, rated.of_segment.shape[1]))])[:, 1:]
        self._segments = rated.of_segment.shape[0]

    def rows(self, failures: Sequence[Failure]) -> _FLOATS:
        """Return what each failure takes away (failures x weights)."""
        place = np.full(len(failures), -1, np.intp)
        number = np.array([failure.number for failure in failures], dtype=np.intp)
        kind = np.array([failure.kind for failure in failures], dtype=object)
        place[kind == "segment"] = number[kind == "segment"]
        of_device = np.searchsorted(self._devices, number[kind == "device"])
        place[kind == "device"] = of_device + self._segments
        return np.asarray(self._rows[place], dtype=np.float64)


def rate(scope: Scope, state: SwitchState, weights: _FLOATS) -> Rating:
    """Rate every segment and device while devices are open as told."""
    return Rating(Criticality.of(scope.system.arrays, scope.system.segments, state.is_open, weights))


def only_feeds(scope: Scope, supplied: NDArray[np.bool_] | None = None) -> _FLOATS:
    """Return (n x tiers) the hours that listed places would be down for want of each node as an only feed.

    `supplied` (n) tells which feeds there are; the normal state if it is not given.
    """
    supplied = scope.system.baseline.supplied if supplied is None else supplied
    hours = np.zeros((scope.system.arrays.node_ids.size, len(scope.tiers)))
    for number in scope.listed_needs:
        need = scope.system.facilities.needs[number]
        feeds = [node for node in scope.feeds(number) if supplied[node]]
        if len(feeds) == 1:
            down_s = max(0, scope.horizon_s - need.counted_reserve_s)
            hours[feeds[0], scope.tiers.index(int(scope.tier[need.facility]))] += down_s / 3600
    return hours


def _dependents(scope: Scope) -> tuple[tuple[int, int], ...]:
    found = scope.system.dependents if scope.restricted else scope.system.public_dependents
    return tuple((item.facilities, item.customers) for item in found)


def _behind_plants(scope: Scope) -> _FLOATS:
    """Return (n x 2) the places and customers that hang on plants with that node as an only feed."""
    behind = np.zeros((scope.system.arrays.node_ids.size, 2))
    dependents = _dependents(scope)
    for number, need in enumerate(scope.system.facilities.needs):
        feeds = scope.feeds(number)
        if need.required and scope.shown[need.facility] and len(feeds) == 1:
            behind[feeds[0]] += dependents[need.facility]
    return behind


def _of_plants(scope: Scope, failures: tuple[Failure, ...]) -> _FLOATS:
    """Return (2 x failures) the places and customers that hang on a plant itself; a listed plant is one of the places.

    Segments and devices get zeros.
    """
    own = np.zeros((2, len(failures)))
    dependents = _dependents(scope)
    for position, failure in enumerate(failures):
        if failure.kind == "plant":
            own[:, position] = dependents[failure.number]
            own[0, position] += scope.tier[failure.number] != UNLISTED
    return own
