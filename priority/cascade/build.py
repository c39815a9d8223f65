"""From a district's networks and facilities to the arrays of the simulation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from priority.cascade.wiring import FULL_RATE, Wiring
from priority.facilities import Facilities, Need
from priority.network.condensed import CondensedNetwork
from priority.network.kernels import BoolArray, IntArray


@dataclass(frozen=True)
class CoalDelivery:
    """One coal route: whose stock it fills, with how many thousandths of the daily use, from which mine (-1 unknown).

    Routes are given for a need only where everything about its deliveries is known.
    """

    facility: int
    thousandths: int
    mine: int


def wire(
    condensed: CondensedNetwork, facilities: Facilities, supplied: BoolArray, *, substitution: bool = False
) -> Wiring:
    """Return the wiring of a district whose nodes have supply in the normal state where `supplied` (n).

    With `substitution` a need is met by what may stand in for it, too. Stocks are not watched: see `with_coal`.
    """
    feeds = [_feeds(condensed, need, substitution=substitution) for need in facilities.needs]
    vertex_supplied = np.zeros(condensed.size, np.bool_)
    vertex_supplied[condensed.vertices(np.flatnonzero(supplied))] = True
    fed = [
        bool(need.nodes) and bool(vertex_supplied[row].any()) for need, row in zip(facilities.needs, feeds, strict=True)
    ]
    owner = np.array([need.facility for need in facilities.needs], dtype=np.intp)
    return Wiring(
        indptr=condensed.indptr,
        neighbour=condensed.neighbour,
        edge=condensed.edge,
        is_source=condensed.is_source,
        is_open=condensed.is_open,
        supplied=vertex_supplied,
        source_vertex=_source_vertices(condensed, facilities),
        need_start=_starts(np.bincount(owner, minlength=len(facilities.ids))),
        feed_start=_starts(np.array([row.size for row in feeds], dtype=np.intp)),
        feeds=np.concatenate([np.empty(0, np.int32), *feeds]),
        required=np.array([need.required for need in facilities.needs], dtype=np.bool_),
        watched=np.array(fed, dtype=np.bool_),
        is_stock=np.array([not need.nodes for need in facilities.needs], dtype=np.bool_),
        reserve=np.array([need.counted_reserve_s * FULL_RATE for need in facilities.needs], dtype=np.int64),
        route_need=np.empty(0, np.int32),
        route_share=np.empty(0, np.int64),
        route_mine=np.empty(0, np.int32),
        edges=condensed.joins.size,
    )


def with_coal(wiring: Wiring, facilities: Facilities, deliveries: Sequence[CoalDelivery]) -> Wiring:
    """Return the wiring with coal stocks that shrink by what is not delivered; only those with deliveries given."""
    stock_of = {
        need.facility: number
        for number, need in enumerate(facilities.needs)
        if need.commodity == "coal" and not need.nodes
    }
    known = [delivery for delivery in deliveries if delivery.facility in stock_of]
    if not known:
        return wiring
    watched = wiring.watched.copy()
    needs = np.array([stock_of[delivery.facility] for delivery in known], dtype=np.int32)
    watched[needs] = True
    return wiring._replace(
        watched=watched,
        route_need=needs,
        route_share=np.array([delivery.thousandths for delivery in known], dtype=np.int64),
        route_mine=np.array([delivery.mine for delivery in known], dtype=np.int32),
    )


def _feeds(condensed: CondensedNetwork, need: Need, *, substitution: bool) -> IntArray:
    nodes = (*need.nodes, *need.substitute_nodes) if substitution else need.nodes
    return condensed.vertices(np.array(nodes, dtype=np.intp))


def _source_vertices(condensed: CondensedNetwork, facilities: Facilities) -> IntArray:
    source = facilities.source_node
    return np.where(source >= 0, condensed.of_node[source], -1).astype(np.int32)


def _starts(counts: NDArray[np.intp]) -> IntArray:
    return np.concatenate([np.zeros(1, np.int32), np.cumsum(counts)]).astype(np.int32)
