"""The part of a district that an incident can touch at all, small enough to simulate thousands of times.

Repairs, closed ties and mobile units only bring supply back, so what keeps its supply while nothing is repaired keeps
it in every course of the incident. All of that becomes one vertex that is a source for ever; facilities that never
lose anything are left out. The results are exactly those of the whole district; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from priority.cascade.course import Cascade
from priority.cascade.script import Outline, PlacedUnit
from priority.cascade.wiring import FACILITY, NEED, OPERATION, PLACEMENT, RESERVE_REPORT, VERTEX, Wiring
from priority.network.kernels import IntArray


@dataclass(frozen=True, eq=False)
class Reduced:
    """`wiring` and `outline` of the part; `vertices`, `facilities`, `needs` are its members' numbers in the whole.

    Vertex 0 stands for all that keeps its supply and has the number -1.
    """

    wiring: Wiring
    outline: Outline
    vertices: IntArray
    facilities: IntArray
    needs: IntArray

    @classmethod
    def of(cls, cascade: Cascade, outline: Outline) -> Reduced:
        """Reduce to what `cascade` touches; it must be the course of `outline` without any further repair."""
        whole, records = cascade.wiring, cascade.ended.records
        vertices = _kept_vertices(whole, outline, _numbers(records, VERTEX))
        needs = _numbers(records, NEED)
        owner = np.array([need.facility for need in cascade.facilities.needs], dtype=np.intp)
        facilities = np.union1d(_numbers(records, FACILITY), owner[needs]).astype(np.int32)
        new_vertex = _places(whole.is_open.size, vertices) + 1
        new_facility = _places(whole.source_vertex.size, facilities)
        kept_needs = np.flatnonzero(np.isin(owner, facilities)).astype(np.int32)
        new_need = _places(owner.size, kept_needs)
        wiring = _wiring(whole, (vertices, facilities, kept_needs), (new_vertex, new_facility, new_need), owner)
        events = _outline(outline, new_vertex, new_facility, new_need)
        return cls(wiring, events, vertices, facilities, kept_needs)

    def with_units(self, units: Iterable[PlacedUnit]) -> Reduced:
        """Return the part with more mobile units; those at needs that are never unmet change nothing."""
        number = {int(need): place for place, need in enumerate(self.needs)}
        rows = [(unit.time_s, PLACEMENT, number[unit.need], 1, -1) for unit in units if unit.need in number]
        return replace(self, outline=replace(self.outline, rows=(*self.outline.rows, *rows)))


def _numbers(records: NDArray[np.int64], kind: int) -> NDArray[np.intp]:
    return np.unique(records[records[:, 1] == kind, 2]).astype(np.intp)


def _kept_vertices(whole: Wiring, outline: Outline, touched: NDArray[np.intp]) -> IntArray:
    """Return what has to stay a vertex: what loses supply, has none, or is a device that is ever open."""
    operated = [row[2] for row in outline.rows if row[1] == OPERATION]
    standing = np.flatnonzero(~whole.supplied | whole.is_open)
    parts = [touched, standing, outline.held[1], np.array(operated, dtype=np.intp)]
    return np.unique(np.concatenate(parts)).astype(np.int32)


def _places(size: int, kept: IntArray) -> IntArray:
    """Return each old number's new one, -1 for those that are not kept."""
    places = np.full(size, -1, np.int32)
    places[kept] = np.arange(kept.size, dtype=np.int32)
    return places


def _wiring(
    whole: Wiring,
    kept: tuple[IntArray, IntArray, IntArray],
    new: tuple[IntArray, IntArray, IntArray],
    owner: NDArray[np.intp],
) -> Wiring:
    vertices, facilities, needs = kept
    new_vertex, new_facility, new_need = new
    indptr, neighbour, edge = _adjacency(whole, new_vertex, vertices.size + 1)
    feeds = [new_vertex[whole.feeds[whole.feed_start[need] : whole.feed_start[need + 1]]] for need in needs]
    source = whole.source_vertex[facilities]
    routes = np.flatnonzero(new_need[whole.route_need] >= 0)
    mines = whole.route_mine[routes]
    per_facility = np.bincount(new_facility[owner[needs]], minlength=facilities.size)
    return Wiring(
        indptr=indptr,
        neighbour=neighbour,
        edge=edge,
        is_source=np.concatenate([[True], whole.is_source[vertices]]),
        is_open=np.concatenate([[False], whole.is_open[vertices]]),
        supplied=np.concatenate([[True], whole.supplied[vertices]]),
        source_vertex=np.where(source >= 0, new_vertex[source], -1).astype(np.int32),
        need_start=np.concatenate([[0], np.cumsum(per_facility)]).astype(np.int32),
        feed_start=np.concatenate([[0], np.cumsum([row.size for row in feeds])]).astype(np.int32),
        feeds=np.concatenate([np.empty(0, np.int32), *feeds]),
        required=whole.required[needs],
        watched=whole.watched[needs],
        is_stock=whole.is_stock[needs],
        reserve=whole.reserve[needs],
        route_need=new_need[whole.route_need[routes]],
        route_share=whole.route_share[routes],
        route_mine=np.where(mines >= 0, new_facility[mines], -1).astype(np.int32),
        edges=whole.edges,
    )


def _adjacency(whole: Wiring, new_vertex: IntArray, size: int) -> tuple[IntArray, IntArray, IntArray]:
    """Return the rows of what is kept; edges between two vertices that keep their supply are left out."""
    start = new_vertex[np.repeat(np.arange(whole.indptr.size - 1), np.diff(whole.indptr))]
    end = new_vertex[whole.neighbour]
    chosen = np.flatnonzero((start > 0) | (end > 0))
    order = chosen[np.argsort(start[chosen], kind="stable")]
    indptr = np.zeros(size + 1, np.int32)
    np.cumsum(np.bincount(start[chosen], minlength=size), out=indptr[1:])
    return indptr, end[order], whole.edge[order]


def _outline(outline: Outline, new_vertex: IntArray, new_facility: IntArray, new_need: IntArray) -> Outline:
    """Return the events in the new numbers, without those of what is not kept."""
    rows = []
    for time_s, kind, number, sign, label in outline.rows:
        if kind == OPERATION:
            rows.append((time_s, kind, int(new_vertex[number]), sign, label))
        elif kind in (PLACEMENT, RESERVE_REPORT):
            if new_need[number] >= 0:
                rows.append((time_s, kind, int(new_need[number]), sign, label))
        elif label < len(outline.facility) and outline.facility[label] >= 0:
            if new_facility[number] >= 0:
                rows.append((time_s, kind, int(new_facility[number]), sign, label))
        else:
            rows.append((time_s, kind, number, sign, label))
    return replace(
        outline,
        rows=tuple(rows),
        facility=tuple(int(new_facility[number]) if number >= 0 else -1 for number in outline.facility),
        out=(outline.out[0], new_vertex[outline.out[1]]),
        held=(outline.held[0], new_vertex[outline.held[1]]),
    )
