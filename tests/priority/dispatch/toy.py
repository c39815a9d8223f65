"""Tiny dispatches and an oracle for them: lists of trips followed in plain Python, and all lists tried."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Any

import numpy as np

from priority.dispatch.problem import UNKNOWN_RATE, DispatchProblem, Need, Schedule, Stock, Vehicle
from priority.times import NEVER

#: A vehicle's trips: (need, stock) each.
Plan = tuple[tuple[tuple[int, int], ...], ...]


def problem_of(
    needs: list[Need], stocks: list[Stock], vehicles: list[Vehicle], to_stock: Any, way: Any
) -> DispatchProblem:
    shape = (len(vehicles), len(stocks))
    return DispatchProblem(
        tuple(needs),
        tuple(stocks),
        tuple(vehicles),
        np.array(to_stock, np.int64).reshape(shape),
        np.broadcast_to(np.array(way, np.int64), (*shape, len(needs))).copy(),
    )


def followed(problem: DispatchProblem, plan: Plan) -> tuple[tuple[int, ...], int]:
    """Return the objective of lists and how many trips brought something."""
    state = [(vehicle.free_s, -1) for vehicle in problem.vehicles]
    ahead = [list(trips) for trips in plan]
    left = [stock.amount for stock in problem.stocks]
    brought: dict[int, list[tuple[int, int]]] = {number: [] for number in range(len(problem.needs))}
    driving = used = 0
    while any(ahead):
        loading = []
        for vehicle, trips in enumerate(ahead):
            if trips:
                free_s, at = state[vehicle]
                stock = trips[0][1]
                leg = int(problem.to_stock[vehicle, stock] if at < 0 else problem.way[vehicle, stock, at])
                loading.append((NEVER - 1 if leg == NEVER else free_s + leg, vehicle, leg))
        _, vehicle, leg = min(loading)
        need, stock = ahead[vehicle].pop(0)
        item, where = problem.vehicles[vehicle], problem.needs[need]
        out = int(problem.way[vehicle, stock, need])
        fits = item.commodity == where.commodity == problem.stocks[stock].commodity
        if NEVER in (leg, out) or not fits:
            continue
        came = state[vehicle][0] + leg + item.load_s + out + item.unload_s
        open_s = sum(max(0, end - max(begin, came)) for begin, end in gaps(where, brought[need]))
        if came >= where.end_s or not open_s or not left[stock]:
            continue
        amount = min(item.load, left[stock])
        lasts = where.end_s - came
        if where.per_hour == UNKNOWN_RATE and amount < item.load:
            continue
        if where.per_hour != UNKNOWN_RATE:
            amount = min(amount, -(-open_s * where.per_hour // 3600))
            lasts = amount * 3600 // where.per_hour
        left[stock] -= amount
        state[vehicle] = (came, need)
        brought[need].append((came, lasts))
        driving += leg + out
        used += 1
    return objective(problem, brought, driving), used


def gaps(need: Need, brought: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found, covered = [], need.dry_s
    for came, lasts in sorted(brought):
        if came > covered:
            found.append((covered, min(came, need.end_s)))
            covered = came
        covered += lasts
    return [(begin, end) for begin, end in [*found, (covered, need.end_s)] if begin < end]


def objective(problem: DispatchProblem, brought: dict[int, list[tuple[int, int]]], driving: int) -> tuple[int, ...]:
    levels: list[tuple[set[int], list[int]]] = [(set(), []) for _ in range(problem.levels)]
    for number, need in enumerate(problem.needs):
        for begin, end in gaps(need, brought[number]):
            levels[need.level][0].add(need.place)
            levels[need.level][1].append(end - begin)
    return (*itertools.chain.from_iterable((len(places), sum(spans)) for places, spans in levels), driving)


def checked(problem: DispatchProblem, schedule: Schedule) -> tuple[int, ...]:
    """Return the objective of a schedule's trips, after each has been found possible."""
    left = [stock.amount for stock in problem.stocks]
    state = [(vehicle.free_s, -1) for vehicle in problem.vehicles]
    brought: dict[int, list[tuple[int, int]]] = {number: [] for number in range(len(problem.needs))}
    driving = 0
    for trip in schedule.trips:
        need, vehicle = problem.needs[trip.need], problem.vehicles[trip.vehicle]
        assert need.commodity == problem.stocks[trip.stock].commodity == vehicle.commodity
        free_s, at = state[trip.vehicle]
        leg = int(problem.to_stock[trip.vehicle, trip.stock] if at < 0 else problem.way[trip.vehicle, trip.stock, at])
        out = int(problem.way[trip.vehicle, trip.stock, trip.need])
        assert NEVER not in (leg, out)
        times = (trip.leave_s, trip.load_s, trip.depart_s, trip.arrive_s, trip.unloaded_s)
        loaded = free_s + leg + vehicle.load_s
        assert times == (free_s, free_s + leg, loaded, loaded + out, loaded + out + vehicle.unload_s)
        assert 0 < trip.amount <= vehicle.load
        left[trip.stock] -= trip.amount
        if need.per_hour == UNKNOWN_RATE:
            assert trip.unloaded_s + trip.lasts_s == need.end_s
            assert trip.amount == vehicle.load
        else:
            assert trip.lasts_s == trip.amount * 3600 // need.per_hour
        brought[trip.need].append((trip.unloaded_s, trip.lasts_s))
        state[trip.vehicle] = (trip.unloaded_s, trip.need)
        driving += leg + out
    assert min(left, default=0) >= 0, "no stock is overdrawn"
    dry_s = [
        sum(end - begin for begin, end in gaps(need, brought[number])) for number, need in enumerate(problem.needs)
    ]
    assert tuple(dry_s) == schedule.dry_s
    return objective(problem, brought, driving)


def best_of_all(problem: DispatchProblem, most: int) -> tuple[int, ...]:
    """Try all lists of at most so many trips a vehicle. A list with a trip that brings nothing is not gone on with."""
    choices = [
        [
            (need, stock)
            for need, want in enumerate(problem.needs)
            for stock, held in enumerate(problem.stocks)
            if want.commodity == held.commodity == vehicle.commodity
        ]
        for vehicle in problem.vehicles
    ]

    def lists(options: list[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], ...]]:
        for length in range(most + 1):
            yield from itertools.product(options, repeat=length)

    return min(followed(problem, plan)[0] for plan in itertools.product(*(list(lists(item)) for item in choices)))


def random_problem(seed: int) -> DispatchProblem:
    """Two vehicles, two or three needs, one or two stocks; often scarce."""
    chance = random.Random(seed)  # noqa: S311
    kinds = chance.choice([1, 1, 2])
    needs = []
    for number in range(chance.choice([2, 3])):
        dry_s = chance.randrange(0, 7_200, 300)
        rate = chance.choice([UNKNOWN_RATE, 1_000, 2_000, 4_000])
        place = max(0, number - 1) if chance.random() < 0.15 else number
        level = needs[place].level if place < number else chance.randrange(2)
        commodity = chance.randrange(kinds)
        needs.append(Need(place, level, commodity, dry_s, dry_s + chance.randrange(1_800, 9_000, 600), rate))
    numbers = sorted({need.place for need in needs})
    needs = [
        Need(numbers.index(need.place), need.level, need.commodity, need.dry_s, need.end_s, need.per_hour)
        for need in needs
    ]
    stocks = [
        Stock(chance.randrange(kinds), chance.choice([1_500, 4_000, 50_000])) for _ in range(chance.choice([1, 2]))
    ]
    vehicles = [
        Vehicle(chance.randrange(kinds), chance.choice([2_000, 5_000]), chance.choice([0, 0, 900]), 300, 300)
        for _ in range(2)
    ]
    to_stock = [[chance.randrange(0, 2_400, 300) for _ in stocks] for _ in vehicles]
    drive = [[chance.choice([300, 600, 1_200, 2_400, NEVER]) for _ in needs] for _ in stocks]
    return problem_of(needs, stocks, vehicles, to_stock, [drive] * len(vehicles))
