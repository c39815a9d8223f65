"""The ground that an outage reaches: the townships it touches, or the ground that unsupplied consumer points serve.

No data says which ground a consumer point serves. It is read as all places nearer to it than to any other consumer
point of its network, and no farther than a limit: the line between supplied and unsupplied then runs half-way between
neighbours, which is our assumption and is said where the area is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from priority.network.arrays import NETWORK_KEYS
from priority.network.kernels import BoolArray
from priority.picture import Picture
from priority.results import Assessment
from priority.system import SupplySystem
from priority.warnings.area import WarningArea
from priority.warnings.plane import geographic, metric

#: How far a consumer point is taken to serve, and how wide the ground round a failed place is, in metres.
SERVICE_LIMIT_M = 500.0
PLACE_RADIUS_M = 50.0
_CONSUMER_KINDS = ("consumer", "transformer", "heat_exchange")
_QUARTER_EDGES = 8
#: Neighbouring grounds are laid together on a grid of a millimetre, so that no slits stay between them.
_GRID_M = 1e-3


def affected_townships(assessment: Assessment) -> tuple[str, ...]:
    """Return the codes of townships with a customer out, or a consumer point whose customers nobody knows, at `at`."""
    return tuple(
        row.code
        for row in assessment.townships
        if row.code is not None
        and any(item.customers_out or item.customers_unknown for item in row.commodities.values())
    )


def townships_at(picture: Picture, time_s: int) -> tuple[str, ...]:
    """Return the codes of townships of the plan's county hit at a time (seconds after `at`), unknown ones included."""
    hit = picture.system.loads.tally(picture.lost_nodes(time_s)).hit(list(range(len(NETWORK_KEYS))))
    hit &= picture.system.townships.in_county(picture.plan.county_code)
    return tuple(picture.system.townships.codes[number] for number in np.flatnonzero(hit))


def nodes_reached(picture: Picture, *, until_horizon: bool) -> BoolArray:
    """Return the nodes (n) without supply at `at`, and with `until_horizon` those that the cascade still reaches."""
    if not until_horizon:
        return picture.lost_nodes(0)
    # A spell as seen from 0 is the present one or the next.
    return picture.counted & (picture.cascade.lost_spells(0).begins_s <= picture.horizon_s)


def numbers_of(system: SupplySystem, ids: Iterable[str]) -> BoolArray:
    """Return the mask (n) of nodes by id, as an assessment names them; `KeyError` for an id that is no node."""
    mask = np.zeros(system.arrays.node_ids.size, np.bool_)
    mask[[system.node_number[identifier] for identifier in ids]] = True
    return mask


def outage_reach(
    system: SupplySystem,
    unsupplied: BoolArray,
    facilities: Iterable[str] = (),
    limit_m: float = SERVICE_LIMIT_M,
) -> WarningArea:
    """Return the ground that unsupplied nodes (n) serve, and a small round about each of these facilities (by id).

    Junctions and devices serve no ground of their own. Nothing unsupplied gives an empty area. A place that a viewer
    may not know of must not be among `facilities`: its round would show where it is.
    """
    consumes = np.isin(system.element_kinds[: unsupplied.size].astype(str), _CONSUMER_KINDS)
    parts: list[BaseGeometry] = []
    for code in range(len(NETWORK_KEYS)):
        of_network = consumes & (system.arrays.network == code)
        points = system.element_points[: unsupplied.size]
        parts.append(_served(points[of_network & unsupplied], points[of_network & ~unsupplied], limit_m))
    places = [system.facility_number[identifier] for identifier in facilities]
    if places:
        spots = metric(shapely.MultiPoint(system.facility_points[places]))
        parts.append(shapely.buffer(spots, PLACE_RADIUS_M, quad_segs=_QUARTER_EDGES))
    return WarningArea(geographic(shapely.union_all(parts)))


def _served(chosen: NDArray[np.float64], others: NDArray[np.float64], limit_m: float) -> BaseGeometry:
    """Return the ground (EPSG:4547) of the chosen points, each nearer to it than to any of the others."""
    if not len(chosen):
        return shapely.Polygon()
    own = np.unique(_metric_of(chosen), axis=0)
    rounds = _objects(shapely.buffer(_points(own), limit_m, quad_segs=_QUARTER_EDGES))
    everything = np.unique(np.vstack([own, _near(_metric_of(others), rounds, limit_m)]), axis=0)
    if len(everything) == 1:
        return shapely.union_all(rounds)
    spots = _points(everything)
    frame = shapely.box(*(everything.min(axis=0) - 3 * limit_m), *(everything.max(axis=0) + 3 * limit_m))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(everything), extend_to=frame))
    cell, spot = shapely.STRtree(spots).query(cells, predicate="contains")
    cell_of: NDArray[np.object_] = np.full(len(spots), None, dtype=object)
    cell_of[spot] = cells[cell]
    _, mine = shapely.STRtree(spots).query(_points(own), predicate="intersects")
    return shapely.union_all(shapely.intersection(cell_of[mine], rounds), grid_size=_GRID_M)


def _near(others: NDArray[np.float64], rounds: NDArray[np.object_], limit_m: float) -> NDArray[np.float64]:
    """Return those of the other points that can take ground from a round."""
    if not len(others):
        return others.reshape(0, 2)
    near = shapely.STRtree(_points(others)).query(shapely.centroid(rounds), predicate="dwithin", distance=2 * limit_m)
    found: NDArray[np.float64] = others[np.unique(near[1])]
    return found


def _metric_of(points: NDArray[np.float64]) -> NDArray[np.float64]:
    return shapely.get_coordinates(metric(shapely.MultiPoint(points))) if len(points) else points.reshape(0, 2)


def _points(points: NDArray[np.float64]) -> NDArray[np.object_]:
    return _objects(shapely.points(points))


def _objects(shapes: Any) -> NDArray[np.object_]:
    return np.asarray(shapes, dtype=object)
