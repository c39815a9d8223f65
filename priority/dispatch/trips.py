"""Rows of trips, vehicles and stocks from a schedule."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import shapely

from priority.dispatch.ground import Ground
from priority.dispatch.input import UNIT
from priority.dispatch.problem import UNMEASURED, Schedule, Trip
from priority.dispatch.results import StockRow, TripRow, VehicleRow
from priority.picture import Picture

#: Ways are drawn to so many degrees, about ten metres.
_NEAR_DEGREES = 1e-4
_DECIMALS = 6
_Way = tuple[tuple[float, float], ...]


@dataclass
class Ways:
    """Ways over open roads, each looked up once."""

    picture: Picture
    known: dict[tuple[tuple[float, ...], tuple[float, ...]], _Way] = field(default_factory=dict)

    def over(self, points: list[tuple[float, ...]]) -> _Way:
        """Return the way past these points (lon, lat) in order."""
        way: list[tuple[float, float]] = []
        for start, end in pairwise(points):
            leg = self._leg(start, end)
            way += leg[1:] if way and way[-1] == leg[0] else leg
        return tuple(way)

    def _leg(self, start: tuple[float, ...], end: tuple[float, ...]) -> _Way:
        if (start, end) not in self.known:
            closed = frozenset(self.picture.incident.closed_roads)
            _, way = self.picture.system.roads.route(np.array([start]), np.array([end]), closed)
            line = shapely.simplify(shapely.LineString(way), _NEAR_DEGREES)
            drawn = np.round(shapely.get_coordinates(line), _DECIMALS).tolist()
            self.known[start, end] = tuple((longitude, latitude) for longitude, latitude in drawn)
        return self.known[start, end]


def trip_rows(picture: Picture, ground: Ground, schedule: Schedule) -> tuple[TripRow, ...]:
    """Return the trips by vehicle, each vehicle's in order."""
    deadline_s = deadlines_of(ground, schedule)
    ways = Ways(picture)
    at = {number: tuple(point) for number, point in enumerate(ground.vehicle_points.tolist())}
    position: Counter[int] = Counter()
    rows = []
    for trip in schedule.trips:
        stock, place = ground.stock_points[trip.stock].tolist(), ground.stands[trip.need].tolist()
        way = ways.over([at[trip.vehicle], tuple(stock), tuple(place)])
        at[trip.vehicle] = tuple(place)
        position[trip.vehicle] += 1
        row = _trip_row(picture, ground, trip, position[trip.vehicle], deadline_s[trip], way)
        rows.append((trip.vehicle, position[trip.vehicle], row))
    return tuple(row for _, _, row in sorted(rows, key=lambda item: item[:2]))


def _trip_row(picture: Picture, ground: Ground, trip: Trip, position: int, deadline_s: int, way: _Way) -> TripRow:
    want, vehicle, stock = ground.wants[trip.need], ground.vehicles[trip.vehicle], ground.stocks[trip.stock]
    facilities = picture.system.facilities
    entry = picture.plan.priority_of(facilities.categories[want.facility])
    return TripRow(
        vehicle=vehicle.id,
        vehicle_name=vehicle.name,
        position=position,
        stock=stock.id,
        stock_name=stock.name,
        facility=facilities.ids[want.facility],
        facility_name=picture.facility_name(want.facility),
        tier=None if entry is None else entry.tier,
        commodity=want.commodity,
        unit=UNIT[want.commodity],
        leave_at=picture.iso(trip.leave_s),
        load_at=picture.iso(trip.load_s),
        depart_at=picture.iso(trip.depart_s),
        arrive_at=picture.iso(trip.arrive_s),
        unloaded_at=picture.iso(trip.unloaded_s),
        amount=trip.amount / 1000,
        minutes=round((trip.unloaded_s - trip.leave_s) / 60, 1),
        deadline_at=picture.iso(deadline_s),
        slack_minutes=round((deadline_s - trip.unloaded_s) / 60, 1),
        route=way,
    )


def deadlines_of(ground: Ground, schedule: Schedule) -> dict[Trip, int]:
    """Return when each trip's place would run dry without it and without those that unload after it."""
    found: dict[Trip, int] = {}
    covered = {number: want.dry_s for number, want in enumerate(ground.wants)}
    for trip in sorted(schedule.trips, key=lambda trip: (trip.unloaded_s, trip.load_s, trip.vehicle)):
        found[trip] = covered[trip.need]
        covered[trip.need] = max(covered[trip.need], trip.unloaded_s) + trip.lasts_s
    return found


def vehicle_rows(picture: Picture, ground: Ground, schedule: Schedule) -> tuple[VehicleRow, ...]:
    """Return all vehicles, by id."""
    mine: defaultdict[int, list[Trip]] = defaultdict(list)
    for trip in schedule.trips:
        mine[trip.vehicle].append(trip)
    rows = []
    for number, vehicle in enumerate(ground.vehicles):
        drive_s = sum(trip.load_s - trip.leave_s + trip.arrive_s - trip.depart_s for trip in mine[number])
        longitude, latitude = ground.vehicle_points[number].tolist()
        rows.append(
            VehicleRow(
                id=vehicle.id,
                name=vehicle.name,
                commodity=vehicle.commodity,
                load=vehicle.load,
                unit=UNIT[vehicle.commodity],
                longitude=longitude,
                latitude=latitude,
                trips=len(mine[number]),
                drive_minutes=round(drive_s / 60, 1),
                free_at=picture.iso(mine[number][-1].unloaded_s) if mine[number] else None,
                assumed=vehicle.assumed,
            )
        )
    return tuple(rows)


def stock_rows(ground: Ground, schedule: Schedule) -> tuple[StockRow, ...]:
    """Return all stocks, by id."""
    taken: Counter[int] = Counter()
    for trip in schedule.trips:
        taken[trip.stock] += trip.amount
    rows = []
    for number, stock in enumerate(ground.stocks):
        longitude, latitude = ground.stock_points[number].tolist()
        known = ground.problem.stocks[number].amount
        rows.append(
            StockRow(
                id=stock.id,
                name=stock.name,
                commodity=stock.commodity,
                unit=UNIT[stock.commodity],
                longitude=longitude,
                latitude=latitude,
                amount=stock.amount,
                taken=taken[number] / 1000,
                left=None if known >= UNMEASURED else (known - taken[number]) / 1000,
                assumed=stock.assumed,
            )
        )
    return tuple(rows)
