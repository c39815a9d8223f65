"""Where places enter the roads: at the nearest point of any road, wherever its vertices are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.crs import ellipsoid
from priority.network.kernels import IntArray
from priority.roads.vertices import Coordinates

#: Speed between a place and the nearest point of a road, in a straight line over yards and tracks. Assumed.
ACCESS_KPH = 20.0
#: Who enters a closed road gets out to its next vertex when that is no farther than this, as slowly as over yards:
#: barriers stand behind the last buildings and yards at a junction. Farther in, places on the same stretch of this
#: length still reach each other (a depot in the yard of its plant). Assumed.
WAY_OUT_M = 200.0
#: A time that no trip takes: there is no way. Three of them still fit into 64 bits.
NO_WAY_MS = 2**60

#: Points closer to a vertex than this lie on it: vertices are told apart to about as much.
_AT_VERTEX_M = 0.01
#: The parts of a closed piece at its ends, beside the numbers of its inner stretches.
_FIRST_END, _SECOND_END = -1, -2
_MS_PER_HOUR = 3_600_000


@dataclass(frozen=True, eq=False)
class Entries:
    """The points where `k` places enter the roads: `share` (k) of the piece `piece` (k) from its first end.

    `lonlat` (k, 2) are the points (EPSG:4490), `access_ms` (k) the time from each place to its point.
    """

    piece: IntArray
    share: NDArray[np.float64]
    lonlat: Coordinates
    access_ms: IntArray


@dataclass(frozen=True, eq=False)
class Ways:
    """How `k` entries go on, with some roads closed: `end` (k, 2) are vertices, `end_ms` (k, 2) the times to them.

    `NO_WAY_MS` where the piece is closed in between. Entries on the same piece with the same `part` (k) reach each
    other along it, in the difference of their `along_ms` (k).
    """

    piece: IntArray
    part: IntArray
    along_ms: IntArray
    end: IntArray
    end_ms: IntArray

    def along_to(self, number: int, others: Ways) -> IntArray:
        """Return the times (k) along its own piece from one entry to each of others, `NO_WAY_MS` where none leads."""
        same = (others.piece == self.piece[number]) & (others.part == self.part[number])
        return np.where(same, np.abs(others.along_ms - self.along_ms[number]), NO_WAY_MS)


class Pieces:
    """The `m` straight pieces of roads, each once however many roads run over it, by their two vertices.

    `ends` (m, 2) are the vertices, the lower number first; `edge_piece` (e) is the piece of each edge of a road.
    """

    def __init__(
        self, lonlat: Coordinates, edge_ends: IntArray, length_m: NDArray[np.float64], edge_ms: IntArray
    ) -> None:
        """Take vertices (v, 2), EPSG:4490, and the edges' vertices (e, 2), lengths (e) and times (e)."""
        ends, first, inverse = np.unique(np.sort(edge_ends, axis=1), axis=0, return_index=True, return_inverse=True)
        self.ends = ends.reshape(-1, 2).astype(np.int64)
        self.edge_piece = inverse.reshape(-1).astype(np.int64)
        self.length_m = length_m[first]
        self._closed_ms = drive_ms(self.length_m, np.full(len(self.ends), ACCESS_KPH))
        np.maximum.at(self._closed_ms, self.edge_piece, edge_ms)
        # Degrees of longitude are shorter than those of latitude: scaled, straight distances compare rightly nearby.
        self._scale = np.array([_width(lonlat.mean(axis=0)) if len(lonlat) else 1.0, 1.0])
        self._lonlat = lonlat[self.ends]
        self._tree = shapely.STRtree(shapely.linestrings(self._lonlat * self._scale))

    def enter(self, points: Coordinates) -> Entries:
        """Return where places (k, 2) enter; of pieces as near, the first. There must be a piece."""
        asked, found = self._tree.query_nearest(shapely.points(points * self._scale))
        piece = np.full(len(points), len(self.ends), np.int64)
        np.minimum.at(piece, asked, found)
        first, second = self._lonlat[piece, 0], self._lonlat[piece, 1]
        run, offset = (second - first) * self._scale, (points - first) * self._scale
        share = np.clip((run * offset).sum(axis=1) / (run * run).sum(axis=1), 0.0, 1.0)
        least = _AT_VERTEX_M / self.length_m[piece]
        share = np.where(share < least, 0.0, np.where(share > 1 - least, 1.0, share))
        lonlat = np.where((share == 1)[:, None], second, first + share[:, None] * (second - first))
        access_ms = drive_ms(distance_m(points, lonlat), np.full(len(points), ACCESS_KPH))
        return Entries(piece, share, lonlat, access_ms)

    def ways(self, entries: Entries, edge_ms: IntArray, edge_open: NDArray[np.bool_]) -> Ways:
        """Return how entries go on over the open edges (e).

        On a closed piece those within `WAY_OUT_M` of their nearer end get out there, and only there: no trip passes
        through. No way takes less than it did while the piece was open.
        """
        open_ms = np.full(len(self.ends), NO_WAY_MS)
        np.minimum.at(open_ms, self.edge_piece[edge_open], edge_ms[edge_open])
        piece, share = entries.piece, entries.share
        closed = open_ms[piece] == NO_WAY_MS
        piece_ms = np.where(closed, self._closed_ms[piece], open_ms[piece])
        along_ms = np.floor(share * piece_ms + 0.5).astype(np.int64)
        second = share > 0.5
        out = np.where(second, 1 - share, share) * self.length_m[piece] <= WAY_OUT_M
        end_ms = np.column_stack([along_ms, piece_ms - along_ms])
        end_ms[closed & (second | ~out), 0] = NO_WAY_MS
        end_ms[closed & (~second | ~out), 1] = NO_WAY_MS
        inner = self._stretch(entries, WAY_OUT_M)
        part = np.where(closed & ~out, inner, np.where(closed & second, _SECOND_END, _FIRST_END))
        return Ways(piece, part, along_ms, self.ends[piece], end_ms)

    def stretches(self, points: Coordinates, longest_m: float) -> NDArray[np.int64]:
        """Return (k, 2) the same for places that enter on the same stretch of a piece, no longer than `longest_m`."""
        entries = self.enter(points)
        return np.column_stack([entries.piece, self._stretch(entries, longest_m)])

    def _stretch(self, entries: Entries, longest_m: float) -> NDArray[np.int64]:
        """Each entry's stretch of its piece, counted from the first end."""
        number = np.ceil(self.length_m / longest_m)[entries.piece]
        stretch: NDArray[np.int64] = np.minimum(entries.share * number, number - 1).astype(np.int64)
        return stretch


def distance_m(start: Coordinates, end: Coordinates) -> NDArray[np.float64]:
    """Return geodesic distances (k) in metres between points (k, 2) in degrees, on the ellipsoid."""
    if not len(start):
        return np.zeros(0)
    return np.asarray(ellipsoid().inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])[2], dtype=np.float64)


def _width(lonlat: Coordinates) -> float:
    """How long a degree of longitude is at a point, of a degree of latitude."""
    ends = lonlat + np.array([[0.001, 0.0], [0.0, 0.001]])
    east_m, north_m = distance_m(np.broadcast_to(lonlat, (2, 2)), ends)
    return float(east_m / north_m)


def drive_ms(length_m: NDArray[np.float64], speed_kph: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the time (k) in whole milliseconds for lengths (k) at speeds (k)."""
    return np.rint(length_m / 1000 / speed_kph * _MS_PER_HOUR).astype(np.int64)
