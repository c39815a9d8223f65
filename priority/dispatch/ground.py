"""Stocks and vehicles on the ground: where they are, how long they drive, and the problem that this makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from priority.damage import seconds_after
from priority.dispatch.input import COMMODITIES, StockInput, Supply, VehicleInput
from priority.dispatch.problem import UNKNOWN_RATE, UNMEASURED, DispatchProblem, Need, Stock, Vehicle
from priority.dispatch.wants import Want
from priority.errors import InvalidSupply, Problem
from priority.picture import Picture
from priority.precedence import precedence
from priority.restoration.sites import Site, sites_of
from priority.times import NEVER, Seconds
from priority.validation import first_problems, problem

_Points = NDArray[np.float64]
_PER_UNIT = 1000


@dataclass(frozen=True, eq=False)
class Ground:
    """Wants (n), stocks (s) and vehicles (v) with where they are (lon, lat), and the problem over them.

    `level_of` is the place in the order of classes (`precedence`) of each level. `sites` are those of the layer.
    """

    wants: tuple[Want, ...]
    stocks: tuple[StockInput, ...]
    vehicles: tuple[VehicleInput, ...]
    stands: _Points
    stock_points: _Points
    vehicle_points: _Points
    problem: DispatchProblem
    level_of: tuple[int, ...]
    sites: dict[str, Site]


def check_supply(picture: Picture, supply: Supply) -> None:
    """Raise `InvalidSupply` for sites and facilities that there are not, as far as the viewer may know."""
    sites, number = sites_of(picture.system), picture.system.facility_number
    problems: list[Problem] = [
        problem(picture.phrases, f"{key}.site", "site_unknown", {"site": item.site})
        for key, item in supply.placed()
        if item.site is not None and item.site not in sites
    ]
    problems += [
        problem(picture.phrases, f"needs[{place}].facility", "dispatch_facility", {"facility": item.facility})
        for place, item in enumerate(supply.needs)
        if item.facility not in number or not picture.may_know(number[item.facility])
    ]
    if problems:
        raise InvalidSupply(first_problems(problems, picture.phrases))


def lay_out(picture: Picture, wants: Sequence[Want], supply: Supply) -> Ground:
    """Return the problem of bringing what is wanted. Vehicles drive by open roads; a stock is used by its own kind."""
    sites = sites_of(picture.system)
    stocks = tuple(sorted(supply.stocks, key=lambda item: item.id))
    vehicles = tuple(sorted(supply.vehicles, key=lambda item: item.id))
    stock_points, vehicle_points = _points(sites, stocks), _points(sites, vehicles)
    places = list(dict.fromkeys(want.facility for want in wants))
    stands = picture.system.facility_points[[want.facility for want in wants]].reshape(-1, 2)
    order = {facility: _place_in_order(picture, facility) for facility in places}
    level_of = tuple(sorted(set(order.values())))
    problem_of = DispatchProblem(
        needs=tuple(_need(want, places.index(want.facility), level_of.index(order[want.facility])) for want in wants),
        stocks=tuple(_stock(stock) for stock in stocks),
        vehicles=tuple(_vehicle(picture, vehicle) for vehicle in vehicles),
        to_stock=_drive_s(picture, vehicles, vehicle_points, stock_points),
        way=_ways_s(picture, vehicles, stock_points, stands),
    )
    return Ground(tuple(wants), stocks, vehicles, stands, stock_points, vehicle_points, problem_of, level_of, sites)


def _place_in_order(picture: Picture, facility: int) -> int:
    return precedence(picture.plan, picture.incident, picture.system.facilities.categories[facility])


def _points(sites: dict[str, Site], items: Sequence[StockInput | VehicleInput]) -> _Points:
    places = [
        item.depot if item.site is None else (sites[item.site].longitude, sites[item.site].latitude) for item in items
    ]
    return np.array(places, dtype=np.float64).reshape(-1, 2)


def _need(want: Want, place: int, level: int) -> Need:
    rate = UNKNOWN_RATE if want.per_hour is None else max(1, round(want.per_hour * _PER_UNIT))
    return Need(place, level, COMMODITIES.index(want.commodity), want.dry_s, want.end_s, rate)


def _stock(stock: StockInput) -> Stock:
    amount = UNMEASURED if stock.amount is None else round(stock.amount * _PER_UNIT)
    return Stock(COMMODITIES.index(stock.commodity), amount)


def _vehicle(picture: Picture, vehicle: VehicleInput) -> Vehicle:
    at = picture.incident.at
    return Vehicle(
        COMMODITIES.index(vehicle.commodity),
        max(1, round(vehicle.load * _PER_UNIT)),
        max(0, seconds_after(vehicle.available_at or at, at)),
        round(vehicle.load_minutes * 60),
        round(vehicle.unload_minutes * 60),
    )


def _drive_s(picture: Picture, vehicles: Sequence[VehicleInput], depots: _Points, stocks: _Points) -> Seconds:
    closed = frozenset(picture.incident.closed_roads)
    travel_s = picture.system.roads.travel_s(depots, stocks, closed)
    return _slowed(travel_s, np.array([vehicle.speed_factor for vehicle in vehicles])[:, None])


def _ways_s(picture: Picture, vehicles: Sequence[VehicleInput], stocks: _Points, stands: _Points) -> Seconds:
    closed = frozenset(picture.incident.closed_roads)
    travel_s = picture.system.roads.travel_s(stocks, stands, closed)
    every = np.broadcast_to(travel_s, (len(vehicles), *travel_s.shape))
    return _slowed(every, np.array([vehicle.speed_factor for vehicle in vehicles])[:, None, None])


def _slowed(travel_s: Seconds, factor: NDArray[np.float64]) -> Seconds:
    known = np.where(travel_s == NEVER, 0, travel_s)
    return np.where(travel_s == NEVER, NEVER, np.ceil(np.round(known / factor, 6)).astype(np.int64))
