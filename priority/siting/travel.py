"""Distances from places: by road with closed roads taken out, in a straight line only where no road is known."""

from __future__ import annotations

import numpy as np
import shapely

from priority.roads.network import RoadNetwork, distance_m
from priority.siting.distances import Distances, Floats, Ints
from priority.times import NEVER

_ROWS = 256


def road_minutes(
    roads: RoadNetwork, demands: Floats, sites: Floats, closed: frozenset[str] = frozenset(), most: float = np.inf
) -> Distances:
    """Return travel times in minutes between demands (n, 2) and sites (m, 2), EPSG:4490, no longer than `most`.

    `closed` are ids of roads that nobody may drive, beside those closed in the data. Where no roads are known at all
    the times are those of lengthened straight lines, and marked `straight`.
    """
    demand, site, value = list[Ints](), list[Ints](), list[Floats]()
    for first in range(0, len(sites), _ROWS):
        travel_s = roads.travel_s(sites[first : first + _ROWS], demands, closed)
        minutes = travel_s / 60
        kept = (travel_s != NEVER) & (minutes <= most * (1 + 1e-9))
        own_site, own_demand = np.nonzero(kept)
        demand.append(own_demand.astype(np.int64))
        site.append(own_site.astype(np.int64) + first)
        value.append(minutes[kept])
    return _joined(demand, site, value, (len(demands), len(sites)), "min", straight=roads.assumed)


def straight_metres(demands: Floats, sites: Floats, most: float = np.inf) -> Distances:
    """Return geodesic distances in metres between demands (n, 2) and sites (m, 2), EPSG:4490, no longer than `most`.

    They say nothing about roads and are marked `straight`.
    """
    demand, site, value = list[Ints](), list[Ints](), list[Floats]()
    tree = shapely.STRtree(np.asarray(shapely.points(demands), dtype=object)) if np.isfinite(most) else None
    for number, point in enumerate(sites):
        near = np.arange(len(demands)) if tree is None else np.sort(tree.query(_box(point, most)))
        length = distance_m(np.broadcast_to(point, (len(near), 2)), demands[near])
        kept = length <= most * (1 + 1e-9)
        demand.append(near[kept].astype(np.int64))
        site.append(np.full(int(kept.sum()), number, np.int64))
        value.append(length[kept])
    return _joined(demand, site, value, (len(demands), len(sites)), "m", straight=True)


def _joined(
    demand: list[Ints], site: list[Ints], value: list[Floats], size: tuple[int, int], unit: str, *, straight: bool
) -> Distances:
    none = np.zeros(0, np.int64)
    return Distances.from_pairs(
        np.concatenate([none, *demand]),
        np.concatenate([none, *site]),
        np.concatenate([np.zeros(0), *value]),
        size,
        "min" if unit == "min" else "m",
        straight,
    )


def _box(point: Floats, most_m: float) -> shapely.Geometry:
    """A box in degrees that holds all points within so many metres, away from the poles and the date line."""
    latitude = min(89.0, abs(float(point[1])) + most_m / 110_000)
    high, wide = most_m / 110_000, most_m / (110_000 * np.cos(np.radians(latitude)))
    box: shapely.Geometry = shapely.box(point[0] - wide, point[1] - high, point[0] + wide, point[1] + high)
    return box
