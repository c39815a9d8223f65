"""Places of the list with a required supply that comes over one way alone.

A place hangs on an element if the element's failure, isolated, leaves the need without supply and closing any one tie
does not bring it back.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from priority.facilities import UNKNOWN_RESERVE
from priority.network.kernels import breadth_first
from priority.protection.cuts import Cuts
from priority.protection.failures import Failure
from priority.protection.results import SingleFeedRow
from priority.protection.scope import Scope
from priority.protection.words import lack_words, reserve_words, sentence, tier_words
from priority.system import SupplySystem


@dataclass(frozen=True)
class Hanging:
    """A listed need with the element nearest to it (n + m numbering) that it hangs on, and how many there are.

    `places` counts the segments and devices that they lie in.
    """

    need: int
    element: int
    elements: int
    places: int


def hanging_needs(scope: Scope, cuts: Cuts) -> tuple[Hanging, ...]:
    """Return every listed need that hangs on at least one element, by number."""
    found = []
    for number, failures in cuts.by_need.items():
        if failures:
            elements = members_of(scope.system, failures)
            found.append(Hanging(number, _nearest(scope, number, elements), elements.size, len(failures)))
    return tuple(found)


def members_of(system: SupplySystem, failures: tuple[Failure, ...]) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Return all nodes and lines (n + m numbering, ascending) that stand behind failures of segments and devices."""
    owner = np.concatenate([system.segments.of_node, system.segments.of_line])
    wanted = np.zeros(system.segments.count + 1, np.bool_)  # the last place stands for "in no segment"
    wanted[[failure.number for failure in failures if failure.kind == "segment"]] = True
    chosen = wanted[owner]
    chosen[[failure.number for failure in failures if failure.kind == "device"]] = True
    return np.flatnonzero(chosen)


def _nearest(scope: Scope, need: int, elements: np.ndarray[tuple[int], np.dtype[np.intp]]) -> int:
    """Return the element with the fewest lines between it and the place; nodes before lines, then by id.

    A device is named only where nothing else is: its failure cuts places off that are not fed over it.
    """
    arrays = scope.system.arrays
    devices = np.flatnonzero(arrays.is_device)
    others = np.setdiff1d(elements, devices)
    elements = others if others.size else elements
    feeds = np.array(scope.feeds(need), dtype=np.int32)
    own = np.intersect1d(feeds, elements)
    if own.size:
        return int(own[0])
    everywhere = arrays.carries_node.copy()
    depth = breadth_first(
        arrays.indptr, arrays.neighbour, arrays.edge, feeds, everywhere, everywhere, arrays.carries_line
    ).astype(np.int64)
    depth[depth < 0] = np.iinfo(np.int32).max
    of_line = np.minimum(depth[arrays.line_from], depth[arrays.line_to])
    distance = np.concatenate([2 * depth, 2 * of_line + 1])[elements]  # a line lies between its two ends
    return int(elements[np.argmin(distance)])


def single_feed_rows(scope: Scope, hanging: tuple[Hanging, ...], cuts: Cuts) -> tuple[SingleFeedRow, ...]:
    """Return the rows by tier, then the shortest reserve (an unknown one counts as none), then the most elements."""
    facilities = scope.system.facilities
    ordered = sorted(
        hanging,
        key=lambda item: (
            int(scope.tier[facilities.needs[item.need].facility]),
            facilities.needs[item.need].counted_reserve_s,
            -item.elements,
            facilities.ids[facilities.needs[item.need].facility],
            item.need,
        ),
    )
    return tuple(_row(scope, rank, item, len(cuts.made_good[item.need])) for rank, item in enumerate(ordered, start=1))


def _row(scope: Scope, rank: int, item: Hanging, tied: int) -> SingleFeedRow:
    system, need = scope.system, scope.system.facilities.needs[item.need]
    ids = np.concatenate([system.arrays.node_ids, system.arrays.line_ids])
    tier = int(scope.tier[need.facility])
    return SingleFeedRow(
        rank=rank,
        facility=system.facilities.ids[need.facility],
        facility_name=system.facilities.names[need.facility],
        category=system.facilities.categories[need.facility],
        tier=tier,
        commodity=need.commodity,
        element=str(ids[item.element]),
        element_name=str(system.element_names[item.element]),
        elements=item.elements,
        reserve_hours=None if need.reserve_s == UNKNOWN_RESERVE else round(need.reserve_s / 3600, 4),
        reason=_reason(scope, item, tier, tied),
    )


def _reason(scope: Scope, item: Hanging, tier: int, tied: int) -> str:
    phrases, lack = scope.phrases, lack_words(scope, item.need)
    name = str(scope.system.element_names[item.element])
    key = "protection.single_one" if len(scope.feeds(item.need)) == 1 else "protection.single_many"
    parts = [tier_words(scope, tier), phrases.write(key, element=name, lack=lack)]
    if item.elements > 1:
        count = phrases.number(item.elements)
        parts.append(phrases.write("protection.single_count", elements=count, places=item.places, lack=lack))
    else:
        parts.append(phrases.write("protection.single_alone"))
    if tied:
        parts.append(phrases.write("protection.single_tied", count=tied))
    parts.append(reserve_words(scope, scope.system.facilities.needs[item.need].reserve_s))
    return sentence(scope, parts)
