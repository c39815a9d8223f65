"""What no schedule can better: places that must go without, and for how long.

Each need alone, with every vehicle at its service from the start, goes without for at least so long. How many places
can be kept at once is bounded by handing vehicles' journeys out: the k-th journey of a vehicle ends no sooner than k
shortest journeys take, a need that is kept takes a journey before each moment at which all brought before it would be
used up even with full loads, and all that is brought was in stock. The most places that this allows, level by level,
is a small integer program; its proven bound counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from priority.dispatch.problem import UNMEASURED, World
from priority.siting.effort import Effort
from priority.siting.program import Program
from priority.times import NEVER, Seconds

_FAR = 2**50
#: Journeys handed out to needs at most; of more, a need's later deliveries are left out, which only loosens the bound.
_MOST_PAIRS = 20_000
_MOST_JOURNEYS = 200
#: Moments at which the vehicles' time is added up, the earliest.
_MOST_MOMENTS = 120
_NONE: list[int] = []


@dataclass(frozen=True, eq=False)
class Bound:
    """For each level the fewest places that go without and the fewest seconds, of schedules no worse before it.

    `alone_s` (n) is how long each need goes without at least, `soonest_s` (n) when anything can be there, `NEVER` if
    nothing can.
    """

    places: tuple[int, ...]
    dry_s: tuple[int, ...]
    alone_s: Seconds
    soonest_s: Seconds

    @property
    def objective(self) -> NDArray[np.int64]:
        """The bound in the order of an objective, without the driving."""
        pairs = [value for pair in zip(self.places, self.dry_s, strict=True) for value in pair]
        return np.array(pairs, np.int64)


@dataclass(frozen=True, eq=False)
class Journeys:
    """Shortest journeys of vehicles (v) to needs (n), seconds; `_FAR` for none.

    `first` ends at the need when the vehicle begins with it, `round` (v, n) is one more to the same need, `after` (v,
    n) one that comes from any need, `least` (v) the shortest between any two.
    """

    first: Seconds
    round: Seconds
    after: Seconds
    least: Seconds


def journeys_of(world: World) -> Journeys:
    """Return the shortest journeys, whatever is in stock as long as there is something."""
    to_stock = np.where(world.to_stock == NEVER, _FAR, world.to_stock)
    way = np.where(world.way == NEVER, _FAR, world.way)
    filled = (world.stock > 0)[None, :] & (world.stock_kind[None, :] == world.vehicle_kind[:, None])
    way = np.where(filled[:, :, None], way, _FAR)
    fits = world.kind[None, :] == world.vehicle_kind[:, None]
    handling = (world.load_s + world.unload_s)[:, None]
    vehicles, needs = fits.shape
    if not world.stock.size:
        nothing = np.full((vehicles, needs), _FAR, np.int64)
        return Journeys(nothing, nothing, nothing, np.full(vehicles, _FAR, np.int64))
    first = (to_stock[:, :, None] + way).min(axis=1) + handling + world.free_s[:, None]
    again = (2 * way).min(axis=1) + handling
    fitting = np.where(fits[:, None, :], way, _FAR)
    back = fitting.min(axis=2) if needs else np.full(way.shape[:2], _FAR)
    after = (back[:, :, None] + way).min(axis=1) + handling
    first, again, after = (np.where(fits & (part < _FAR), part, _FAR) for part in (first, again, after))
    least = after.min(axis=1) if needs else np.full(vehicles, _FAR, np.int64)
    if needs:
        # By way of another place: never shorter on a map, but by a second's rounding it may be.
        first = np.minimum(first, np.minimum(_FAR, first.min(axis=1)[:, None] + after))
        again = np.minimum(again, np.minimum(_FAR, least[:, None] + after))
    return Journeys(first, again, after, least)


def alone_s(world: World, journeys: Journeys, need: int) -> int:
    """Return for how long a need goes without at least, though every vehicle serves nothing else."""
    dry_s, end_s, rate = int(world.dry_s[need]), int(world.end_s[need]), int(world.rate[need])
    came: list[tuple[int, int]] = []
    for vehicle in np.flatnonzero(journeys.first[:, need] < _FAR):
        lasts = _FAR if rate == 0 else int(world.load[vehicle]) * 3600 // rate
        moment, again = int(journeys.first[vehicle, need]), max(1, int(journeys.round[vehicle, need]))
        for _ in range(_MOST_JOURNEYS):
            if moment >= end_s:
                break
            came.append((moment, lasts))
            moment += again
        else:
            came.append((moment, _FAR))
    covered, gap = dry_s, 0
    for moment, lasts in sorted(came):
        gap += max(0, moment - covered)
        covered = max(covered, moment) + lasts
        if covered >= end_s:
            break
    gap += max(0, end_s - covered)
    return max(gap, end_s - dry_s - _stocked_s(world, need))


def _stocked_s(world: World, need: int) -> int:
    """Return how long a need lives on all that is in stock, `_FAR` where nobody knows."""
    rate = int(world.rate[need])
    amount = int(world.stock[world.stock_kind == world.kind[need]].sum())
    if amount == 0:
        return 0
    return _FAR if rate == 0 or amount >= UNMEASURED else amount * 3600 // rate


def bound_of(world: World, effort: Effort, reached: NDArray[np.int64] | None = None) -> Bound:
    """Return the bound; that of a level holds for schedules that leave no more places without before it than `reached`.

    `reached` is an objective; without it the bound of each level before stands for it.
    """
    journeys = journeys_of(world)
    needs = world.dry_s.size
    alone = np.array([alone_s(world, journeys, need) for need in range(needs)], np.int64)
    soonest = journeys.first.min(axis=0) if journeys.first.size else np.full(needs, _FAR, np.int64)
    lost = np.zeros(world.places, np.bool_)
    lost[world.place[alone > 0]] = True
    level_of = np.zeros(world.places, np.int64)
    level_of[world.place] = world.level
    alone_lost = [int((lost & (level_of == level)).sum()) for level in range(world.levels)]
    places = _fewest_without(world, journeys, lost, level_of, effort, reached)
    dry = tuple(
        int(alone[world.level == level].sum()) + max(0, places[level] - alone_lost[level])
        for level in range(world.levels)
    )
    return Bound(places, dry, alone, np.where(soonest >= _FAR, NEVER, soonest))


def _fewest_without(
    world: World,
    journeys: Journeys,
    lost: NDArray[np.bool_],
    level_of: NDArray[np.int64],
    effort: Effort,
    reached: NDArray[np.int64] | None,
) -> tuple[int, ...]:
    """Return the fewest places without for each level; those `lost` alone are lost in any case."""
    program, kept = _program(world, journeys, np.flatnonzero(~lost))
    fewest: list[int] = []
    for level in range(world.levels):
        mine = np.flatnonzero(level_of[kept] == level)
        count = int((level_of == level).sum())
        most = mine.size
        if mine.size:
            cost = np.zeros(program.columns)
            cost[mine] = -1.0
            answer = program.minimise(cost, effort.part(0.5))
            most = min(most, int(np.floor(-answer.bound + 1e-6))) if np.isfinite(answer.bound) else most
            allowed = most if reached is None else min(most, count - int(reached[2 * level]))
            program.add_row(mine, np.ones(mine.size), low=float(allowed))
        fewest.append(count - most)
    return tuple(fewest)


def _program(world: World, journeys: Journeys, kept: NDArray[np.intp]) -> tuple[Program, NDArray[np.intp]]:
    """Return the program over which of the places `kept` are kept (its first columns, whole) and who goes there."""
    column_of = np.full(world.places, -1, np.int64)
    column_of[kept] = np.arange(kept.size)
    needs = [need for need in range(world.dry_s.size) if column_of[world.place[need]] >= 0]
    share = _MOST_PAIRS // max(1, len(needs))
    tasks: list[int] = []  # the place's column of each delivery that is handed out
    dues: list[tuple[int, int]] = []  # the need and the moment of each delivery
    slots: dict[tuple[int, int], int] = {}
    pairs: list[tuple[int, int]] = []  # delivery that is handed out, slot
    for need in needs:
        allowed = share
        for due_s in deadlines(world, journeys, need):
            dues.append((need, due_s))
            counts = _journeys_until(journeys, need, due_s)
            allowed -= int(counts.sum())
            if allowed < 0:
                continue
            able = [(vehicle, number) for vehicle, count in enumerate(counts.tolist()) for number in range(count)]
            pairs += [(len(tasks), slots.setdefault(slot, len(slots))) for slot in able]
            tasks.append(int(column_of[world.place[need]]))
    columns = kept.size + len(pairs)
    whole = np.arange(columns) < kept.size
    program = Program(np.ones(columns), whole)
    if pairs:
        _hand_out(program, kept.size, np.array(tasks), np.array(pairs), len(slots))
    if dues:
        _fill_time(program, world, journeys, column_of, np.array(dues))
    _draw_stocks(program, world, needs, column_of)
    return program, kept


def deadlines(world: World, journeys: Journeys, need: int) -> list[int]:
    """Return by when a need that is kept has had its first delivery, its second, and so on, however full they are."""
    dry_s, end_s, rate = int(world.dry_s[need]), int(world.end_s[need]), int(world.rate[need])
    able = journeys.first[:, need] < _FAR
    most = int(world.load[able].max()) if able.any() else 0
    lasts = _FAR if rate == 0 else max(1, most * 3600 // rate)
    count = min(_MOST_JOURNEYS, -((dry_s - end_s) // lasts))
    return [dry_s + number * lasts for number in range(max(1, count))]


def _journeys_until(journeys: Journeys, need: int, due_s: int) -> NDArray[np.int64]:
    """Return how many journeys of each vehicle (v) may end by a moment, the last of them at a need."""
    direct = journeys.first[:, need] <= due_s
    begun, after = journeys.first.min(axis=1), journeys.after[:, need]
    further = (due_s - begun - after) // np.maximum(1, journeys.least) + 1
    return np.where(direct, 1 + np.clip(further, 0, _MOST_JOURNEYS), 0)


def _hand_out(program: Program, first: int, tasks: NDArray[np.int64], pairs: NDArray[np.int64], slots: int) -> None:
    """A delivery of a place that is kept takes a journey, and a journey makes one delivery."""
    column = first + np.arange(len(pairs))
    program.add_rows(
        np.concatenate([pairs[:, 0], np.arange(tasks.size)]),
        np.concatenate([column, tasks]),
        np.concatenate([np.ones(len(pairs)), -np.ones(tasks.size)]),
        np.zeros(tasks.size),
        np.full(tasks.size, np.inf),
    )
    program.add_rows(pairs[:, 1], column, np.ones(len(pairs)), np.full(slots, -np.inf), np.ones(slots))


def _fill_time(
    program: Program, world: World, journeys: Journeys, column_of: NDArray[np.int64], dues: NDArray[np.int64]
) -> None:
    """All deliveries that are due by a moment take no more time than the vehicles have until then."""
    begun = np.where(journeys.first < _FAR, journeys.first - world.free_s[:, None], _FAR)
    column = column_of[world.place[dues[:, 0]]]
    shortest = np.minimum(begun, journeys.after).min(axis=0)
    for kind in np.unique(world.kind):
        mine = np.flatnonzero(world.kind[dues[:, 0]] == kind)
        free_s = world.free_s[world.vehicle_kind == kind]
        for due_s in np.unique(dues[mine, 1])[:_MOST_MOMENTS]:
            early = mine[dues[mine, 1] <= due_s]
            taken = np.bincount(column[early], shortest[dues[early, 0]], minlength=program.columns)
            had_s = float(np.maximum(0, due_s - free_s).sum())
            used = np.flatnonzero(taken)
            if taken.sum() > had_s:
                program.add_row(used, taken[used] / max(1.0, had_s), high=1.0 + 1e-9)


def _draw_stocks(program: Program, world: World, needs: list[int], column_of: NDArray[np.int64]) -> None:
    """What is brought to the places that are kept was in stock."""
    for kind in np.unique(world.kind):
        amount = int(world.stock[world.stock_kind == kind].sum())
        wants = np.zeros(program.columns)
        for need in needs:
            if world.kind[need] == kind:
                span_s = int(world.end_s[need] - world.dry_s[need])
                whole = int(world.load[world.vehicle_kind == kind].min(initial=UNMEASURED))
                rate = int(world.rate[need])
                wants[column_of[world.place[need]]] += span_s * rate // 3600 if rate else whole
        if amount < UNMEASURED and wants.any():
            used = np.flatnonzero(wants)
            program.add_row(used, wants[used] / max(1, amount), high=1.0 + 1e-9)
