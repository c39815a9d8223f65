"""Coal on its way: which routes bring how much to which plant, and what closed roads leave of it."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely

from priority.cascade.build import CoalDelivery
from priority.facilities import Facilities, Need
from priority.roads.network import UNKNOWN_SPEED_KPH, RoadNetwork, distance_m
from priority.roads.vertices import Coordinates
from priority.times import NEVER

#: Deliveries are counted in thousandths of a plant's daily use.
FULL = 1000
#: What the arithmetic of tonnes may add to a whole number of thousandths.
_ROUNDING = 1e-6


@dataclass(frozen=True, eq=False)
class CoalRoute:
    """A way from a mine to a plant, as facility numbers (-1 unknown); `tonnes_per_day` is NaN if nobody tells.

    `path` (p, 2) are longitude and latitude, `hours` the time of a trip over it at the route's speed (a street's where
    unknown), `roads` the roads that it shares an edge with, `closed` whether the data say that it is closed.
    """

    id: str
    name: str
    plant: int
    mine: int
    tonnes_per_day: float
    hours: float
    closed: bool
    path: Coordinates
    roads: frozenset[str]


@dataclass(frozen=True)
class RouteState:
    """What closed roads leave of a route: `share` of its usual deliveries, and how it fares.

    `closed`: the route itself is closed, nothing comes. `cut`: a road under it is; `detour_hours` is then the trip by
    other roads, None where none leads there.
    """

    share: float
    closed: bool
    cut: bool
    detour_hours: float | None


@dataclass(frozen=True, eq=False)
class CoalSupply:
    """Plants that burn coal from a stock (`needs`, by facility) and the routes (by id) to them.

    Same trucks, fewer trips: over a detour that takes twice as long, half as much arrives (assumed). Where the data
    hold no roads, a route is cut only by its own closure.
    """

    facilities: Facilities
    roads: RoadNetwork
    needs: tuple[Need, ...]
    routes: tuple[CoalRoute, ...]

    @classmethod
    def build(cls, facilities: Facilities, coal_routes: pd.DataFrame | None, roads: RoadNetwork) -> CoalSupply:
        """Read the layer `coal_routes` (EPSG:4490), rows in any order. None or no rows: deliveries are unknown."""
        number = {identifier: position for position, identifier in enumerate(facilities.ids)}
        rows = [] if coal_routes is None else coal_routes.to_dict("records")
        return cls(
            facilities=facilities,
            roads=roads,
            needs=tuple(need for need in facilities.needs if need.commodity == "coal" and not need.nodes),
            routes=tuple(_route(row, number, roads) for row in sorted(rows, key=lambda row: str(row["id"]))),
        )

    def routes_to(self, plant: int) -> tuple[int, ...]:
        """Return the numbers of the routes to a facility."""
        return tuple(number for number, route in enumerate(self.routes) if route.plant == plant)

    def is_known(self, need: Need) -> bool:
        """Whether the plant's daily use, and what each of its routes (at least one) brings, are told.

        A stock that nobody knows counts as none, as every unknown reserve does.
        """
        routes = self.routes_to(need.facility)
        told = all(not math.isnan(self.routes[number].tonnes_per_day) for number in routes)
        return bool(routes) and told and not math.isnan(need.demand)

    @property
    def unknown_plants(self) -> tuple[int, ...]:
        """The facilities whose deliveries are not known: they are taken to get coal as usual."""
        return tuple(need.facility for need in self.needs if not self.is_known(need))

    def states(self, closed: frozenset[str] = frozenset()) -> tuple[RouteState, ...]:
        """Return the state of each route with the roads and coal routes `closed` (ids) beside those of the data."""
        shut = closed | self.roads.closed_roads
        return tuple(self._state(route, closed, shut) for route in self.routes)

    def deliveries(self, closed: frozenset[str] = frozenset()) -> tuple[CoalDelivery, ...]:
        """Return what each route brings, in thousandths of the plant's daily use, for plants where all is known."""
        states = self.states(closed)
        return tuple(
            CoalDelivery(need.facility, thousandths, self.routes[number].mine)
            for need in self.needs
            if self.is_known(need)
            for number, thousandths in self.thousandths(need, states)
        )

    def thousandths(self, need: Need, states: tuple[RouteState, ...]) -> list[tuple[int, int]]:
        """Return the routes to a plant whose deliveries are known, each with thousandths of the daily use.

        A plant that uses nothing a day is always covered. Parts of a thousandth count as whole ones, so that routes
        which together bring what is used do not leave a shortage by rounding.
        """
        found = []
        for number in self.routes_to(need.facility):
            tonnes = self.routes[number].tonnes_per_day * states[number].share
            found.append((number, FULL if need.demand == 0 else math.ceil(FULL * tonnes / need.demand - _ROUNDING)))
        return found

    def _state(self, route: CoalRoute, closed: frozenset[str], shut: frozenset[str]) -> RouteState:
        if route.closed or route.id in closed:
            return RouteState(share=0.0, closed=True, cut=False, detour_hours=None)
        if not route.roads & shut:
            return RouteState(share=1.0, closed=False, cut=False, detour_hours=None)
        ends = route.path[[0]], route.path[[-1]]
        usual_s = int(self.roads.travel_s(*ends, all_open=True)[0, 0])
        detour_s = int(self.roads.travel_s(*ends, closed)[0, 0])
        if detour_s == NEVER:
            return RouteState(share=0.0, closed=False, cut=True, detour_hours=None)
        # Trucks are slower than other traffic: the detour takes them as much longer as it takes anybody.
        share = usual_s / detour_s if detour_s else 1.0
        return RouteState(share=share, closed=False, cut=True, detour_hours=route.hours / share)


def lasts_s(reserve_s: int, delivered: int) -> int:
    """Return the whole seconds that a stock lasts with `delivered` thousandths of the use coming in; `NEVER` if all.

    `reserve_s` is how long it lasts without deliveries.
    """
    missing = FULL - delivered
    return NEVER if missing <= 0 else -(-reserve_s * FULL // missing)


def _route(row: dict[Hashable, Any], number: dict[str, int], roads: RoadNetwork) -> CoalRoute:
    path = shapely.get_coordinates(row["geometry"])
    speed_kph = _number(row["speed_kph"])
    length_km = float(np.sum(distance_m(path[:-1], path[1:]))) / 1000
    return CoalRoute(
        id=str(row["id"]),
        name=str(row["name"]),
        plant=number.get(str(row["facility_id"]), -1),
        mine=number.get(str(row["source_facility_id"]), -1),
        tonnes_per_day=_number(row["tonnes_per_day"]),
        hours=length_km / (speed_kph if speed_kph > 0 else UNKNOWN_SPEED_KPH),
        closed=bool(row["closed"]) or speed_kph == 0,
        path=path,
        roads=roads.roads_along(path),
    )


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else math.nan
