"""Travel times worked out slowly: places projected on every road in metres, the roads as a graph of another library."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
from shapely import LineString, Point

from layers.crs import ellipsoid
from layers.records import conform

ACCESS_KPH = 20.0
WAY_OUT_M = 200.0
Spot = tuple[float, float]


def roads(*rows: tuple[list[Any], float | None], closed: tuple[int, ...] = ()) -> Any:
    """The layer of roads `r0`, `r1`, ... given as coordinates and speed."""
    facts = [
        {"id": f"r{n}", "name": "路", "provenance": "synthetic", "source": "t", "speed_kph": v, "closed": n in closed}
        for n, (_, v) in enumerate(rows)
    ]
    shapes = [LineString(points) for points, _ in rows]
    return conform("roads", gpd.GeoDataFrame(pd.DataFrame(facts), geometry=shapes, crs=4490))


def metres(a: Any, b: Any) -> float:
    return float(ellipsoid().inv(*a, *b)[2])


#: About 35.515° N, the middle of what the tests draw.
METRES_A_DEGREE = np.array([metres((112.8, 35.515), (112.81, 35.515)), metres((112.8, 35.51), (112.8, 35.52))]) * 100


@dataclass(frozen=True)
class Piece:
    """A straight stretch of one road; `hours` for all of it, None if it is closed."""

    ends: tuple[Spot, Spot]
    hours: float | None
    slowest_hours: float

    def foot(self, place: Any) -> tuple[float, float, Spot]:
        """Metres from the place to the piece, the share of the piece before the nearest point, and that point."""
        scale = METRES_A_DEGREE
        a, b = np.array(self.ends[0]), np.array(self.ends[1])
        line = LineString([a * scale, b * scale])
        share = line.project(Point(np.asarray(place) * scale), normalized=True)
        spot = tuple((a + share * (b - a)).tolist())
        return metres(place, spot), share, spot

    def is_between_parts(self, share: float) -> bool:
        """Whether a point is within two metres of where two parts of the piece meet, were it closed."""
        length_m = metres(*self.ends)
        stretches = math.ceil(length_m / WAY_OUT_M)
        bounds_m = [
            length_m / 2,
            WAY_OUT_M,
            length_m - WAY_OUT_M,
            *(n * length_m / stretches for n in range(1, stretches)),
        ]
        return any(abs(share * length_m - bound_m) < 2 for bound_m in bounds_m)


def pieces(frame: Any, closed: frozenset[str]) -> list[Piece]:
    """All pieces; of roads over the same piece the fastest open one counts."""
    over: dict[tuple[Spot, Spot], list[tuple[float, bool]]] = {}
    for row in frame.itertuples():
        speed_kph = row.speed_kph if row.speed_kph > 0 else 30.0
        is_open = not (row.id in closed or row.closed or row.speed_kph == 0)
        for a, b in itertools.pairwise(row.geometry.coords):
            over.setdefault((min(a, b), max(a, b)), []).append((speed_kph, is_open))
    found = []
    for ends, facts in over.items():
        km = metres(*ends) / 1000
        fastest = max((speed for speed, is_open in facts if is_open), default=None)
        slowest = min(ACCESS_KPH, *(speed for speed, _ in facts))
        found.append(Piece(ends, None if fastest is None else km / fastest, km / slowest))
    return found


class Driving:
    """The roads with some closed; times in hours, None where no way leads."""

    def __init__(self, frame: Any, closed: frozenset[str]) -> None:
        self.pieces = pieces(frame, closed)
        self.graph = nx.Graph()
        for piece in self.pieces:
            self.graph.add_nodes_from(piece.ends)
            if piece.hours is not None:
                self.graph.add_edge(*piece.ends, hours=piece.hours)

    def is_ambiguous(self, place: Any) -> bool:
        """Whether two pieces are as near, to what a plane and the ellipsoid differ by, and do not meet there.

        So are places where two parts of a closed piece meet.
        """
        feet = sorted(((*piece.foot(place), piece) for piece in self.pieces), key=lambda row: row[0])
        least_m = feet[0][0]
        near = [(spot, piece) for gap_m, _, spot, piece in feet if gap_m - least_m < 0.05 + gap_m / 500]
        if len(near) == 1:
            _, share, _, piece = feet[0]
            return piece.hours is None and piece.is_between_parts(share)
        return any(
            metres(spot, near[0][0]) > 0.01 or min(metres(spot, end) for end in p.ends) > 0.01 for spot, p in near
        )

    def leads(self, piece: Piece, spot: Spot) -> bool:
        """Whether a piece passes a point and can be left there: at a vertex only if that is an end of it."""
        vertices = [vertex for vertex in self.graph if metres(vertex, spot) < 0.01]
        return any(vertex in piece.ends for vertex in vertices) if vertices else piece.foot(spot)[0] < 0.01

    def hours(self, origin: Any, target: Any) -> float | None:
        """The time between two places, each joined to the graph by its nearest point."""
        graph = self.graph.copy()
        stands = [self._join(graph, place, name) for place, name in ((origin, "origin"), (target, "target"))]
        (piece, share, part), (other, other_share, other_part) = stands
        if piece is other and part == other_part:
            hours = piece.slowest_hours if piece.hours is None else piece.hours
            graph.add_edge("origin on road", "target on road", hours=abs(share - other_share) * hours)
        try:
            return float(nx.shortest_path_length(graph, "origin", "target", weight="hours"))
        except nx.NetworkXNoPath:
            return None

    def _join(self, graph: nx.Graph, place: Any, name: str) -> tuple[Piece, float, int]:
        piece = min(self.pieces, key=lambda piece: piece.foot(place)[0])
        gap_m, share, _ = piece.foot(place)
        graph.add_edge(name, f"{name} on road", hours=gap_m / 1000 / ACCESS_KPH)
        length_m = metres(*piece.ends)
        # Inside a closed piece only who is on the same stretch is reached; an end's stretch has a negative number.
        stretches = math.ceil(length_m / WAY_OUT_M)
        part = 0 if piece.hours is not None else min(int(share * stretches), stretches - 1)
        for end, run in ((0, share), (1, 1 - share)):
            if piece.hours is not None:
                graph.add_edge(f"{name} on road", piece.ends[end], hours=run * piece.hours)
            elif run <= 0.5 and run * length_m <= WAY_OUT_M:
                graph.add_edge(f"{name} on road", piece.ends[end], hours=run * piece.slowest_hours)
                part = -1 - end
        return piece, share, part
