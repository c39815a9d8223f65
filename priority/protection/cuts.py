"""Which failures cut a place off from every source, and which of these a tie makes good.

Answered on segments and devices, as in `priority.network.outage`: a failure takes out its segments and opens the closed
devices around them; then one walk from the sources, and one from each tie that could be closed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from priority.network import SwitchState
from priority.network.kernels import BoolArray, IntArray
from priority.network.segment_graph import SegmentGraph
from priority.protection.candidates import Rating, rate
from priority.protection.cut_kernels import tied, walk
from priority.protection.failures import Failure
from priority.protection.scope import Scope


@dataclass(frozen=True, eq=False)
class Cuts:
    """By number of a listed need: the failures that cut it off for good, and those that a single tie makes good."""

    by_need: dict[int, tuple[Failure, ...]]
    made_good: dict[int, tuple[Failure, ...]]

    @classmethod
    def of(cls, scope: Scope, failures: tuple[Failure, ...]) -> Cuts:
        """Try every segment and device that any feed of a listed need hangs on. No listed needs: nothing is cut."""
        walker = _Walker.build(scope)
        hanging = _on_feeds(scope).rows(failures).any(axis=1)
        by_need: dict[int, list[Failure]] = {number: [] for number in scope.listed_needs}
        made_good: dict[int, list[Failure]] = {number: [] for number in scope.listed_needs}
        for position in np.flatnonzero(hanging):
            failure = failures[position]
            lost, again = walker.after(failure)
            for place in np.flatnonzero(lost):
                number = scope.listed_needs[place]
                (made_good if again[place] else by_need)[number].append(failure)
        return cls(
            {number: tuple(items) for number, items in by_need.items()},
            {number: tuple(items) for number, items in made_good.items()},
        )


def _on_feeds(scope: Scope) -> Rating:
    """Rate what takes a feed of any listed need; devices that are feeds count by the segments beside them."""
    arrays = scope.system.arrays
    weight = np.zeros((arrays.node_ids.size, 1))
    for number in scope.listed_needs:
        for node in scope.feeds(number):
            weight[node] = 1
            if arrays.is_device[node]:
                for line in arrays.lines_at(node):
                    weight[[arrays.line_from[line], arrays.line_to[line]]] = 1
    return rate(scope, SwitchState.normal(arrays), weight)


@dataclass(frozen=True, eq=False)
class _Walker:
    """The contracted networks in the normal state; `ties` are the open devices by place in the graph.

    `vertex` are the vertices that supply the feeds (a device has the segments beside it), `feed_of` (as long) their
    feeds; `device` (feeds) is the device that a feed is, by place, -1 for other nodes; `need_of` (feeds) their needs.
    """

    graph: SegmentGraph
    ties: IntArray
    place_of: dict[int, int]
    vertex: NDArray[np.intp]
    feed_of: NDArray[np.intp]
    device: NDArray[np.intp]
    need_of: NDArray[np.intp]
    needs: int

    @classmethod
    def build(cls, scope: Scope) -> _Walker:
        arrays, segments = scope.system.arrays, scope.system.segments
        is_open = SwitchState.normal(arrays).is_open
        graph = SegmentGraph.build(arrays, segments, is_open)
        place_of = {int(node): place for place, node in enumerate(graph.devices)}
        rows: list[tuple[int, int]] = []
        devices: list[int] = []
        needs: list[int] = []
        for order, number in enumerate(scope.listed_needs):
            for node in scope.feeds(number):
                place = place_of.get(node, -1)
                sides = graph.side[graph.side_indptr[place] : graph.side_indptr[place + 1]]
                own = segments.of_node[node : node + 1] if place < 0 else sides
                rows += [(int(vertex), len(devices)) for vertex in own]
                devices.append(place)
                needs.append(order)
        ties = np.flatnonzero(is_open[graph.devices]).astype(np.int32)
        vertex, feed_of = np.array(rows, dtype=np.intp).reshape(-1, 2).T
        device, need_of = np.array(devices, dtype=np.intp), np.array(needs, dtype=np.intp)
        return cls(graph, ties, place_of, vertex, feed_of, device, need_of, len(scope.listed_needs))

    def after(self, failure: Failure) -> tuple[BoolArray, BoolArray]:
        """Return which listed needs (in their order) a failure leaves without supply, and which of those a tie helps.

        A need with several feeds is helped if any of them is.
        """
        graph = self.graph
        struck = self._struck(failure)
        out = np.zeros(graph.root + 1, np.bool_)
        out[struck] = True
        around = out.copy()
        for vertex in struck:
            around[graph.neighbour[graph.indptr[vertex] : graph.indptr[vertex + 1]]] = True
        around[graph.root] = False
        reached = np.zeros(graph.root + 1, np.bool_)
        walk(graph.indptr, graph.neighbour, np.array([graph.root], np.int32), around, reached)
        lost, good = self._unfed(reached, failure), np.zeros(self.needs, np.bool_)
        if lost.any():
            again = tied(graph.indptr, graph.neighbour, graph.side_indptr, graph.side, self.ties, around, reached)
            good = lost & ~self._unfed(again, failure)
        return lost, good

    def _struck(self, failure: Failure) -> IntArray:
        if failure.kind == "segment":
            return np.array([failure.number], dtype=np.int32)
        graph, place = self.graph, self.place_of[failure.number]
        sides = graph.side[graph.side_indptr[place] : graph.side_indptr[place + 1]]
        return np.append(sides, np.int32(place + graph.segment_count)).astype(np.int32)

    def _unfed(self, reached: BoolArray, failure: Failure) -> BoolArray:
        fed = np.zeros(self.device.size, np.bool_)
        fed[self.feed_of[reached[self.vertex]]] = True
        if failure.kind == "device":
            fed[self.device == self.place_of[failure.number]] = False
        met = np.zeros(self.needs, np.bool_)
        met[self.need_of[fed]] = True
        return ~met
