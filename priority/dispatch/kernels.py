"""Compiled steps of a schedule: what a delivery is worth, what it draws, and what a schedule leaves open."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from priority.dispatch.problem import World
from priority.network.kernels import compiled
from priority.times import NEVER, Seconds

_Numbers = NDArray[np.int64]

#: Columns of a written trip.
VEHICLE, STOCK, NEED, LEAVE, LOAD, DEPART, ARRIVE, UNLOADED, AMOUNT, LASTS = range(10)
#: No schedule is longer.
MOST_TRIPS = 4096
#: No need is served more often.
MOST_DELIVERIES = 256


class Yard(NamedTuple):
    """Where everything stands while a schedule is followed; all arrays are changed in place.

    `left` (s), `at_s`, `at_need` (v, -1: at the depot), `came` and `lasts` (n, k): deliveries by time, `loads` (n) how
    many. `trips` (k, 10), `used` (1): the trips written so far, `drive_s` (1).
    """

    left: _Numbers
    at_s: Seconds
    at_need: _Numbers
    came: Seconds
    lasts: Seconds
    loads: _Numbers
    trips: _Numbers
    used: _Numbers
    drive_s: Seconds


def yard_of(world: World) -> Yard:
    """Return room to follow schedules in."""
    needs, vehicles = world.dry_s.size, world.free_s.size
    return Yard(
        world.stock.copy(),
        world.free_s.copy(),
        np.full(vehicles, -1, np.int64),
        np.zeros((needs, MOST_DELIVERIES), np.int64),
        np.zeros((needs, MOST_DELIVERIES), np.int64),
        np.zeros(needs, np.int64),
        np.zeros((MOST_TRIPS, 10), np.int64),
        np.zeros(1, np.int64),
        np.zeros(1, np.int64),
    )


@compiled
def clear(world: World, yard: Yard) -> None:
    """Put everything back to the start."""
    yard.left[:] = world.stock
    yard.at_s[:] = world.free_s
    yard.at_need[:] = -1
    yard.loads[:] = 0
    yard.used[0] = 0
    yard.drive_s[0] = 0


@compiled
def gap_s(world: World, yard: Yard, need: int, since_s: int) -> int:
    """Return for how many seconds after `since_s` a need goes without, with the deliveries so far."""
    covered = world.dry_s[need]
    gap = 0
    for number in range(yard.loads[need]):
        came = min(yard.came[need, number], world.end_s[need])
        if came > covered:
            gap += max(0, came - max(covered, since_s))
            covered = came
        covered += yard.lasts[need, number]
    return int(gap + max(0, world.end_s[need] - max(covered, since_s)))


@compiled
def held_s(world: World, yard: Yard, need: int) -> int:
    """Return until when a need is met, up to its first gap."""
    covered = world.dry_s[need]
    for number in range(yard.loads[need]):
        if yard.came[need, number] > covered:
            break
        covered += yard.lasts[need, number]
    return int(min(covered, world.end_s[need]))


@compiled
def leg_s(world: World, yard: Yard, vehicle: int, stock: int) -> int:
    """Return a vehicle's drive from where it is to a stock, `NEVER` where no road leads."""
    if yard.at_need[vehicle] < 0:
        return int(world.to_stock[vehicle, stock])
    return int(world.way[vehicle, stock, yard.at_need[vehicle]])


@compiled
def unloaded_s(world: World, yard: Yard, vehicle: int, stock: int, need: int) -> int:
    """Return when a vehicle would have unloaded at a need, `NEVER` if it cannot get there or does not carry that."""
    kind = world.vehicle_kind[vehicle]
    if kind != world.stock_kind[stock] or kind != world.kind[need]:
        return int(NEVER)
    first, second = leg_s(world, yard, vehicle, stock), world.way[vehicle, stock, need]
    if max(first, second) == NEVER:
        return int(NEVER)
    return int(yard.at_s[vehicle] + first + world.load_s[vehicle] + second + world.unload_s[vehicle])


@compiled
def worth(world: World, yard: Yard, vehicle: int, stock: int, need: int, came_s: int) -> int:
    """Return the amount to bring: what fits, is in stock and is still wanted after `came_s`; 0 if nothing is.

    Where nobody knows the use it is a whole load or nothing.
    """
    if came_s == NEVER or came_s >= world.end_s[need] or yard.left[stock] <= 0:
        return 0
    if yard.loads[need] == MOST_DELIVERIES or yard.used[0] == MOST_TRIPS:
        return 0
    wanted_s = gap_s(world, yard, need, came_s)
    if wanted_s == 0:
        return 0
    most = min(world.load[vehicle], yard.left[stock])
    rate = world.rate[need]
    if rate == 0:
        return int(most if most == world.load[vehicle] else 0)
    return int(min(most, -((-wanted_s * rate) // 3600)))


@compiled
def send(world: World, yard: Yard, vehicle: int, stock: int, need: int) -> bool:
    """Write down a trip and what it changes; return whether it brings anything. Otherwise the vehicle stays."""
    came = unloaded_s(world, yard, vehicle, stock, need)
    amount = worth(world, yard, vehicle, stock, need, came)
    if amount <= 0:
        return False
    first, second = leg_s(world, yard, vehicle, stock), world.way[vehicle, stock, need]
    rate = world.rate[need]
    lasts = world.end_s[need] - came if rate == 0 else amount * 3600 // rate
    row = yard.trips[yard.used[0]]
    leave = yard.at_s[vehicle]
    row[0], row[1], row[2] = vehicle, stock, need
    row[3], row[4], row[5] = leave, leave + first, leave + first + world.load_s[vehicle]
    row[6], row[7], row[8], row[9] = came - world.unload_s[vehicle], came, amount, lasts
    yard.used[0] += 1
    yard.drive_s[0] += first + second
    yard.left[stock] -= amount
    yard.at_s[vehicle], yard.at_need[vehicle] = came, need
    place = yard.loads[need]
    while place > 0 and yard.came[need, place - 1] > came:
        yard.came[need, place] = yard.came[need, place - 1]
        yard.lasts[need, place] = yard.lasts[need, place - 1]
        place -= 1
    yard.came[need, place], yard.lasts[need, place] = came, lasts
    yard.loads[need] += 1
    return True


@compiled
def judge(world: World, yard: Yard, objective: _Numbers) -> None:
    """Write places without and seconds without for each level in turn, last the seconds of driving."""
    objective[:] = 0
    without = np.zeros(world.places, np.bool_)
    for need in range(world.dry_s.size):
        gap = gap_s(world, yard, need, world.dry_s[need])
        if gap == 0:
            continue
        objective[2 * world.level[need] + 1] += gap
        if not without[world.place[need]]:
            without[world.place[need]] = True
            objective[2 * world.level[need]] += 1
    objective[-1] = yard.drive_s[0]


@compiled
def better(one: _Numbers, other: _Numbers) -> bool:
    """Whether the first objective is less than the second, compared from the left."""
    for number in range(one.size):
        if one[number] != other[number]:
            return bool(one[number] < other[number])
    return False
