"""What is to be scheduled: needs, stocks and vehicles by number, times in whole seconds, amounts in thousandths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from priority.times import NEVER, Seconds

#: The amount of a stock that nobody has measured: it is taken to be enough.
UNMEASURED = 2**50
#: The rate of a need whose use nobody knows: one whole load is taken to last.
UNKNOWN_RATE = 0

_Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Need:
    """A place runs out of a commodity at `dry_s` and wants it until `end_s`, after `dry_s`.

    Needs of one `place` count as one place. Places of a smaller `level` go before all others. `per_hour` is what is
    used, in thousandths of the commodity's unit, `UNKNOWN_RATE` where nobody knows.
    """

    place: int
    level: int
    commodity: int
    dry_s: int
    end_s: int
    per_hour: int


@dataclass(frozen=True)
class Stock:
    """What lies at one place, in thousandths of the commodity's unit."""

    commodity: int
    amount: int


@dataclass(frozen=True)
class Vehicle:
    """A vehicle, empty at its depot until `free_s`; it carries `load` thousandths of its commodity's unit."""

    commodity: int
    load: int
    free_s: int
    load_s: int
    unload_s: int


@dataclass(frozen=True, eq=False)
class DispatchProblem:
    """`n` needs, `s` stocks, `v` vehicles.

    `to_stock` (v, s) is each vehicle's drive from its depot, `way` (v, s, n) that between a stock and a need's place,
    the same both ways; `NEVER` where no open road leads.
    """

    needs: tuple[Need, ...]
    stocks: tuple[Stock, ...]
    vehicles: tuple[Vehicle, ...]
    to_stock: Seconds
    way: Seconds

    @property
    def levels(self) -> int:
        """How many levels there are, 0 without needs."""
        return max((need.level for need in self.needs), default=-1) + 1

    @property
    def places(self) -> int:
        """How many places there are."""
        return max((need.place for need in self.needs), default=-1) + 1


class World(NamedTuple):
    """A problem as plain arrays that compiled loops take."""

    place: _Numbers
    level: _Numbers
    kind: _Numbers
    dry_s: Seconds
    end_s: Seconds
    rate: _Numbers
    stock_kind: _Numbers
    stock: _Numbers
    vehicle_kind: _Numbers
    load: _Numbers
    free_s: Seconds
    load_s: Seconds
    unload_s: Seconds
    to_stock: Seconds
    way: Seconds
    places: int
    levels: int


def world_of(problem: DispatchProblem) -> World:
    """Return the arrays of a problem."""
    needs, stocks, vehicles = problem.needs, problem.stocks, problem.vehicles

    def whole(values: list[int]) -> _Numbers:
        return np.array(values, np.int64)

    return World(
        whole([need.place for need in needs]),
        whole([need.level for need in needs]),
        whole([need.commodity for need in needs]),
        whole([need.dry_s for need in needs]),
        whole([need.end_s for need in needs]),
        whole([need.per_hour for need in needs]),
        whole([stock.commodity for stock in stocks]),
        whole([stock.amount for stock in stocks]),
        whole([vehicle.commodity for vehicle in vehicles]),
        whole([vehicle.load for vehicle in vehicles]),
        whole([vehicle.free_s for vehicle in vehicles]),
        whole([vehicle.load_s for vehicle in vehicles]),
        whole([vehicle.unload_s for vehicle in vehicles]),
        np.ascontiguousarray(problem.to_stock, np.int64).reshape(len(vehicles), len(stocks)),
        np.ascontiguousarray(problem.way, np.int64).reshape(len(vehicles), len(stocks), len(needs)),
        problem.places,
        problem.levels,
    )


@dataclass(frozen=True)
class Trip:
    """One journey: from where the vehicle is to a stock, and with `amount` thousandths to a need's place.

    `lasts_s` is how long the place lives on what is brought.
    """

    vehicle: int
    stock: int
    need: int
    leave_s: int
    load_s: int
    depart_s: int
    arrive_s: int
    unloaded_s: int
    amount: int
    lasts_s: int


@dataclass(frozen=True)
class Schedule:
    """Trips in the order of loading, and what they leave open: `dry_s` (n) seconds that each need goes without.

    `objective`: places without and seconds without for each level in turn, last the seconds of driving.
    """

    trips: tuple[Trip, ...]
    dry_s: tuple[int, ...]
    objective: tuple[int, ...]


def no_way(seconds: int) -> bool:
    """Whether a time stands for "no road leads there"."""
    return seconds == NEVER
