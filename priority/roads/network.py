"""The road network: shortest travel times between any places, with closed roads out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from priority.network.kernels import BoolArray, IntArray
from priority.restoration.problem import NEVER
from priority.roads.access import ACCESS_KPH, NO_WAY_MS, Entries, Pieces, Ways, distance_m, drive_ms
from priority.roads.kernels import quickest
from priority.roads.vertices import Coordinates, Vertices

#: Speed of a road that tells none: a street's. Assumed.
UNKNOWN_SPEED_KPH = 30.0
#: Where no roads are known at all: speed over the straight line lengthened by `DETOUR_FACTOR`. Assumed.
STRAIGHT_KPH = 25.0
#: How much longer ways by road are than the straight line. Assumed.
DETOUR_FACTOR = 1.4

__all__ = ["ACCESS_KPH", "DETOUR_FACTOR", "STRAIGHT_KPH", "UNKNOWN_SPEED_KPH", "RoadNetwork", "distance_m"]


@dataclass(frozen=True, eq=False)
class RoadNetwork:
    """Roads as a graph: `v` vertices, `e` edges between consecutive vertices of a road, both ways alike.

    Roads join where they share a vertex (to seven decimals of a degree); roads that cross without a common vertex (a
    bridge) do not join. `edge_ms` (e) is the time to drive an edge, `edge_road` (e) the number of its road in
    `road_ids`, `closed_in_data` (e) whether the layer says that the road is closed, or gives it the speed 0. `assumed`
    tells that there are no roads in the data: times then come from straight lines. Places enter at the nearest point
    of a road (`pieces`), which need not be a vertex. Immutable; threads may share it.
    """

    road_ids: tuple[str, ...]
    vertices: Vertices
    pieces: Pieces
    indptr: IntArray
    neighbour: IntArray
    edge: IntArray
    edge_ms: IntArray
    edge_road: IntArray
    closed_in_data: BoolArray

    @classmethod
    def build(cls, roads: pd.DataFrame | None) -> RoadNetwork:
        """Read the layer `roads` (EPSG:4490), rows in any order; None or no rows give a network that is `assumed`."""
        road_ids, shapes, speed_kph, closed = _facts(roads)
        points, line = shapely.get_coordinates(shapes, return_index=True)
        vertices = Vertices(points)
        number = vertices.numbers(points)
        starts = np.flatnonzero((line[:-1] == line[1:]) & (number[:-1] != number[1:]))
        if not len(starts):
            road_ids = ()
        ends = np.column_stack([number[starts], number[starts + 1]])
        both = np.concatenate([ends[:, 0], ends[:, 1]])
        order = np.argsort(both, kind="stable")
        indptr = np.zeros(len(vertices) + 1, np.int64)
        np.cumsum(np.bincount(both, minlength=len(vertices)), out=indptr[1:])
        road = line[starts]
        length_m = distance_m(vertices.lonlat[ends[:, 0]], vertices.lonlat[ends[:, 1]])
        edge_ms = np.maximum(1, drive_ms(length_m, speed_kph[road]))
        return cls(
            road_ids=road_ids,
            vertices=vertices,
            pieces=Pieces(vertices.lonlat, ends, length_m, edge_ms),
            indptr=indptr,
            neighbour=np.concatenate([ends[:, 1], ends[:, 0]])[order],
            edge=np.tile(np.arange(len(ends)), 2)[order],
            edge_ms=edge_ms,
            edge_road=road,
            closed_in_data=closed[road],
        )

    @property
    def assumed(self) -> bool:
        """Whether there are no roads in the data, so that travel times are taken from straight lines."""
        return not self.road_ids

    @cached_property
    def closed_roads(self) -> frozenset[str]:
        """The ids of the roads that the data say are closed (or give the speed 0)."""
        return frozenset(self.road_ids[road] for road in np.unique(self.edge_road[self.closed_in_data]))

    def travel_s(
        self,
        origins: Coordinates,
        targets: Coordinates,
        closed: frozenset[str] = frozenset(),
        *,
        all_open: bool = False,
    ) -> NDArray[np.int64]:
        """Return whole seconds (k, t) from origins (k, 2) to targets (t, 2), `NEVER` where no open road leads.

        Points are longitude, latitude (EPSG:4490). A place is entered and left at the nearest point of any road, be
        that open or not, so that closing a road never makes a trip shorter. `closed` holds ids of roads that nobody may
        drive, beside those closed in the data; ids of anything else are ignored. With `all_open` no road is closed.
        Beside a closed road places reach its next vertex if that is near (`access.WAY_OUT_M`), else only neighbours.
        Trips between equal points take no time. Times are the same both ways and keep the triangle inequality.
        """
        origins, targets = _points(origins), _points(targets)
        if not len(origins) or not len(targets):
            return np.zeros((len(origins), len(targets)), np.int64)
        if len(targets) < len(origins):
            return self.travel_s(targets, origins, closed, all_open=all_open).T.copy()
        if self.assumed:
            return _straight_s(origins, targets)
        leave, enter = self.pieces.enter(origins), self.pieces.enter(targets)
        edge_open = self._open(closed, all_open=all_open)
        starts, ends = self._ways(leave, edge_open), self._ways(enter, edge_open)
        between_ms = np.empty((len(origins), len(targets)), np.int64)
        # Origins that enter at the same point share a search.
        where = np.column_stack([starts.piece, starts.part, starts.along_ms])
        _, first, same = np.unique(where, axis=0, return_index=True, return_inverse=True)
        for group, origin in enumerate(first.tolist()):
            to_ends_ms, along_ms, _ = self._search(starts, origin, ends, edge_open)
            between_ms[same.reshape(-1) == group] = np.minimum(to_ends_ms.min(axis=1), along_ms)
        total_ms = between_ms + leave.access_ms[:, None] + enter.access_ms[None, :]
        travel_s = np.where(between_ms >= NO_WAY_MS, NEVER, -(-total_ms // 1000))
        travel_s[_equal(origins, targets)] = 0
        return travel_s

    def route(
        self, origin: Coordinates, target: Coordinates, closed: frozenset[str] = frozenset()
    ) -> tuple[int, NDArray[np.float64]]:
        """Return the seconds and the way (p, 2) from one point to another, both included; no points if `NEVER`."""
        origins, targets = _points(origin), _points(target)
        seconds = int(self.travel_s(origins, targets, closed)[0, 0])
        if seconds == NEVER:
            return seconds, np.empty((0, 2))
        if self.assumed or seconds == 0:
            return seconds, np.concatenate([origins, targets])
        leave, enter = self.pieces.enter(origins), self.pieces.enter(targets)
        edge_open = self._open(closed)
        starts, ends = self._ways(leave, edge_open), self._ways(enter, edge_open)
        to_ends_ms, along_ms, over = self._search(starts, 0, ends, edge_open)
        passed = list[int]()
        if to_ends_ms.min() < along_ms[0]:
            passed = self._back(int(ends.end[0, to_ends_ms[0].argmin()]), over)
        on_road = np.concatenate([leave.lonlat, self.vertices.lonlat[passed[::-1]], enter.lonlat])
        # Who enters at a vertex would be there twice.
        moved = np.concatenate([[True], np.any(on_road[1:] != on_road[:-1], axis=1)])
        return seconds, np.concatenate([origins, on_road[moved], targets])

    def roads_along(self, coordinates: Coordinates) -> frozenset[str]:
        """Return the ids of the roads that share an edge (two consecutive vertices) with a line (p, 2)."""
        number = self.vertices.numbers(_points(coordinates))
        found = set[str]()
        for here, other in zip(number[:-1].tolist(), number[1:].tolist(), strict=True):
            if here < 0 or other < 0:
                continue
            row = slice(self.indptr[here], self.indptr[here + 1])
            shared = self.edge[row][self.neighbour[row] == other]
            found.update(self.road_ids[road] for road in self.edge_road[shared])
        return frozenset(found)

    def _ways(self, entries: Entries, edge_open: BoolArray) -> Ways:
        return self.pieces.ways(entries, self.edge_ms, edge_open)

    def _open(self, closed: frozenset[str], *, all_open: bool = False) -> BoolArray:
        if all_open:
            return np.ones(len(self.edge_ms), np.bool_)
        road_closed = np.array([road in closed for road in self.road_ids], dtype=np.bool_)
        return ~self.closed_in_data & ~road_closed[self.edge_road]

    def _search(
        self, starts: Ways, origin: int, ends: Ways, edge_open: BoolArray
    ) -> tuple[IntArray, IntArray, IntArray]:
        """Times from one of `starts` to all (t) `ends` over either end (t, 2) of their piece, and along it (t).

        Last, for each vertex, the position in `edge` over which it is reached, -1 for those where the search began.
        """
        wanted = np.zeros(len(self.vertices), np.bool_)
        wanted[ends.end[ends.end_ms < NO_WAY_MS]] = True
        begun = starts.end_ms[origin] < NO_WAY_MS
        begin, begin_ms = starts.end[origin][begun], starts.end_ms[origin][begun]
        vertex_ms, over = quickest(
            self.indptr, self.neighbour, self.edge, self.edge_ms, edge_open, begin, begin_ms, wanted
        )
        to_ends_ms = np.minimum(vertex_ms[ends.end], NO_WAY_MS) + ends.end_ms
        return to_ends_ms, starts.along_to(origin, ends), over

    def _back(self, vertex: int, over: IntArray) -> list[int]:
        """The vertices passed, from the last back to the first."""
        passed = [vertex]
        while (position := over[passed[-1]]) >= 0:
            passed.append(int(np.searchsorted(self.indptr, position, side="right")) - 1)
        return passed


def _facts(
    roads: pd.DataFrame | None,
) -> tuple[tuple[str, ...], NDArray[np.object_], NDArray[np.float64], BoolArray]:
    """Ids, lines, speeds (km/h, never 0) and closures of the roads."""
    if roads is None or not len(roads):
        return (), np.empty(0, np.object_), np.empty(0), np.empty(0, np.bool_)
    speed_kph = roads["speed_kph"].to_numpy(dtype=float, na_value=np.nan)
    closed = roads["closed"].to_numpy(dtype=bool) | (speed_kph == 0)
    shapes = roads["geometry"].to_numpy(dtype=object)
    return tuple(roads["id"]), shapes, np.where(speed_kph > 0, speed_kph, UNKNOWN_SPEED_KPH), closed


def _straight_s(origins: Coordinates, targets: Coordinates) -> NDArray[np.int64]:
    start, end = np.repeat(origins, len(targets), axis=0), np.tile(targets, (len(origins), 1))
    hours = distance_m(start, end) * DETOUR_FACTOR / 1000 / STRAIGHT_KPH
    # A micrometre's rounding must not make a second of it.
    seconds = np.ceil(np.round(hours * 3600, 6)).astype(np.int64)
    return seconds.reshape(len(origins), len(targets))


def _equal(origins: Coordinates, targets: Coordinates) -> BoolArray:
    same: BoolArray = np.all(origins[:, None, :] == targets[None, :, :], axis=2)
    return same


def _points(points: Coordinates) -> NDArray[np.float64]:
    return np.asarray(points, dtype=np.float64).reshape(-1, 2)
