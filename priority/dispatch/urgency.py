"""Schedules by rule: whenever a vehicle is free it goes to the most urgent of the places that are to be kept."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from priority.dispatch.kernels import Yard, clear, held_s, judge, send, unloaded_s, worth
from priority.dispatch.problem import World
from priority.network.kernels import BoolArray, compiled
from priority.times import NEVER, Seconds

_Numbers = NDArray[np.int64]


class Choice(NamedTuple):
    """Which needs (n) are to be kept, how much later (n) each counts as urgent, and `patience_s` (1).

    A vehicle turns to a need that is not to be kept once each that is has more time than `patience_s` left.
    """

    keep: BoolArray
    later_s: Seconds
    patience_s: Seconds


@compiled
def best_stock(world: World, yard: Yard, vehicle: int, need: int) -> int:
    """Return the stock from which a vehicle is soonest at a need with something wanted, -1 if there is none.

    What is not wanted from the soonest stock is not wanted later either.
    """
    soonest, found = NEVER, -1
    least = world.load[vehicle] if world.rate[need] == 0 else 1
    for stock in range(world.stock.size):
        if yard.left[stock] >= least:
            came = unloaded_s(world, yard, vehicle, stock, need)
            if came < soonest:
                soonest, found = came, stock
    if found >= 0 and worth(world, yard, vehicle, found, need, soonest) == 0:
        return -1
    return found


@compiled
def leftover(world: World, yard: Yard, vehicle: int, choice: Choice) -> tuple[int, int]:
    """Return the need not to be kept that a vehicle with time to spare goes to: the first level, then the soonest."""
    chosen, chosen_stock, chosen_level, chosen_came = -1, -1, NEVER, NEVER
    for need in range(world.dry_s.size):
        if choice.keep[need] or world.kind[need] != world.vehicle_kind[vehicle]:
            continue
        stock = best_stock(world, yard, vehicle, need)
        if stock < 0:
            continue
        came = unloaded_s(world, yard, vehicle, stock, need)
        if (world.level[need], came) < (chosen_level, chosen_came):
            chosen, chosen_stock, chosen_level, chosen_came = need, stock, world.level[need], came
    return chosen, chosen_stock


@compiled
def next_need(world: World, yard: Yard, vehicle: int, choice: Choice) -> tuple[int, int]:
    """Return where a free vehicle goes and from which stock, -1 if nowhere. The most urgent need to be kept first.

    A need to be kept that this vehicle would reach too late comes after those that it reaches in time.
    """
    chosen, chosen_stock, chosen_rank, chosen_due = -1, -1, 9, NEVER
    pressing = False
    for need in range(world.dry_s.size):
        if world.kind[need] != world.vehicle_kind[vehicle]:
            continue
        stock = best_stock(world, yard, vehicle, need)
        if stock < 0:
            continue
        due = held_s(world, yard, need)
        came = unloaded_s(world, yard, vehicle, stock, need)
        in_time = came <= due
        if choice.keep[need] and due - came <= choice.patience_s[0]:
            pressing = True
        rank = 0 if choice.keep[need] and in_time else 1
        if rank == 1:
            due = world.level[need] * (NEVER >> 16) + came
        else:
            due += choice.later_s[need]
        if rank < chosen_rank or (rank == chosen_rank and due < chosen_due):
            chosen, chosen_stock, chosen_rank, chosen_due = need, stock, rank, due
    if chosen_rank == 0 and not pressing:
        other, other_stock = leftover(world, yard, vehicle, choice)
        if other >= 0:
            return other, other_stock
    return chosen, chosen_stock


@compiled
def by_urgency(world: World, yard: Yard, choice: Choice, objective: _Numbers) -> None:
    """Make the schedule of a choice in the yard and judge it."""
    clear(world, yard)
    vehicles = world.free_s.size
    idle = np.zeros(vehicles, np.bool_)
    while True:
        vehicle = -1
        for other in range(vehicles):
            if not idle[other] and (vehicle < 0 or yard.at_s[other] < yard.at_s[vehicle]):
                vehicle = other
        if vehicle < 0:
            break
        need, stock = next_need(world, yard, vehicle, choice)
        if need < 0 or not send(world, yard, vehicle, stock, need):
            idle[vehicle] = True
    judge(world, yard, objective)
