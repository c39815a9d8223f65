"""Schedules as lists: each vehicle's trips in order, as (need, stock), followed from one loading to the next."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from priority.dispatch.kernels import Yard, better, clear, judge, leg_s, send
from priority.dispatch.problem import World
from priority.network.kernels import compiled
from priority.times import NEVER

_Numbers = NDArray[np.int64]


class Lists(NamedTuple):
    """`need`, `stock` (v, k) of each vehicle's trips, `length` (v)."""

    need: _Numbers
    stock: _Numbers
    length: _Numbers


def empty_lists(world: World, most: int) -> Lists:
    """Return lists without trips, with room for `most` a vehicle."""
    vehicles = world.free_s.size
    return Lists(
        np.zeros((vehicles, most), np.int64), np.zeros((vehicles, most), np.int64), np.zeros(vehicles, np.int64)
    )


@compiled
def follow(world: World, yard: Yard, lists: Lists, objective: _Numbers) -> None:
    """Follow the lists in the order of loading and judge them. A trip that would bring nothing is left out."""
    clear(world, yard)
    vehicles = world.free_s.size
    next_trip = np.zeros(vehicles, np.int64)
    while True:
        first, vehicle = NEVER, -1
        for other in range(vehicles):
            if next_trip[other] == lists.length[other]:
                continue
            leg = leg_s(world, yard, other, lists.stock[other, next_trip[other]])
            loads = NEVER - 1 if leg == NEVER else yard.at_s[other] + leg
            if loads < first:
                first, vehicle = loads, other
        if vehicle < 0:
            break
        trip = next_trip[vehicle]
        next_trip[vehicle] += 1
        send(world, yard, vehicle, lists.stock[vehicle, trip], lists.need[vehicle, trip])
    judge(world, yard, objective)


@compiled
def put(lists: Lists, vehicle: int, place: int, need: int, stock: int) -> None:
    """Put a trip into a vehicle's list."""
    for number in range(lists.length[vehicle], place, -1):
        lists.need[vehicle, number] = lists.need[vehicle, number - 1]
        lists.stock[vehicle, number] = lists.stock[vehicle, number - 1]
    lists.need[vehicle, place], lists.stock[vehicle, place] = need, stock
    lists.length[vehicle] += 1


@compiled
def take(lists: Lists, vehicle: int, place: int) -> None:
    """Take a trip out of a vehicle's list."""
    lists.length[vehicle] -= 1
    for number in range(place, lists.length[vehicle]):
        lists.need[vehicle, number] = lists.need[vehicle, number + 1]
        lists.stock[vehicle, number] = lists.stock[vehicle, number + 1]


@compiled
def insert_best(world: World, yard: Yard, lists: Lists, need: int, best: _Numbers) -> bool:
    """Put one more trip to a need where that is best; return whether any place betters `best`, which is then so."""
    tried = np.empty_like(best)
    found_vehicle, found_place, found_stock = -1, -1, -1
    for vehicle in range(world.free_s.size):
        if world.vehicle_kind[vehicle] != world.kind[need] or lists.length[vehicle] == lists.need.shape[1]:
            continue
        for stock in range(world.stock.size):
            if world.stock_kind[stock] != world.kind[need] or world.way[vehicle, stock, need] == NEVER:
                continue
            for place in range(lists.length[vehicle] + 1):
                put(lists, vehicle, place, need, stock)
                follow(world, yard, lists, tried)
                take(lists, vehicle, place)
                if better(tried, best):
                    best[:] = tried
                    found_vehicle, found_place, found_stock = vehicle, place, stock
    if found_vehicle < 0:
        return False
    put(lists, found_vehicle, found_place, need, found_stock)
    return True


@compiled
def fill(world: World, yard: Yard, lists: Lists, order: _Numbers, best: _Numbers) -> None:
    """Add trips to the needs in this order, to each as many as help; `best` is the objective then."""
    follow(world, yard, lists, best)
    for need in order:
        while insert_best(world, yard, lists, need, best):
            pass


@compiled
def copy_lists(source: Lists, target: Lists) -> None:
    """Make the second lists the same as the first."""
    target.need[:] = source.need
    target.stock[:] = source.stock
    target.length[:] = source.length


@compiled
def tidy(world: World, yard: Yard, lists: Lists, objective: _Numbers) -> None:
    """Leave out of the lists what brings nothing."""
    follow(world, yard, lists, objective)
    lists.length[:] = 0
    for number in range(yard.used[0]):
        vehicle = yard.trips[number, 0]
        place = lists.length[vehicle]
        lists.need[vehicle, place], lists.stock[vehicle, place] = yard.trips[number, 2], yard.trips[number, 1]
        lists.length[vehicle] += 1
