"""The search: a schedule by urgency, then by other choices of whom to keep, then trips taken out and put in anew."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from priority.dispatch.follow import Lists, copy_lists, empty_lists, fill, follow, put, take, tidy
from priority.dispatch.kernels import Yard, better, judge, yard_of
from priority.dispatch.problem import Schedule, Trip, World
from priority.dispatch.urgency import Choice, by_urgency
from priority.network.kernels import compiled
from priority.siting.effort import Effort
from priority.times import NEVER

_Numbers = NDArray[np.int64]

#: How long a vehicle waits for needs that are to be kept before it turns to others, in turn.
_PATIENCE_S = (0, 1_800, 3_600, 7_200, 14_400, NEVER >> 4)
#: Choices tried in one call at most, so that the clock is looked at between; fewer where one is laborious.
_STEPS = 40
_LABOUR = 2_000_000
#: Choices and rounds without a better schedule after which the search is over.
_WANDERINGS, _RENEWALS = 2_400, 400
#: The part of the time for other choices, where trips are taken out and put in afterwards.
_CHOICE_SHARE = 0.15
#: Longer schedules are left to the rule: putting trips in one by one takes too long.
_MOST_LISTED = 240
#: So much labour, about a tenth of a second, may it take to find a trip's best place.
_INSERTING = 600_000


@compiled
def random_below(state: _Numbers, limit: int) -> int:
    """Return a number from 0 to `limit` - 1; the same sequence for the same `state` (1)."""
    state[0] = state[0] * 6364136223846793005 + 1442695040888963407
    return int(((state[0] >> 33) & 0x7FFFFFFF) % limit)


@compiled
def copy_choice(source: Choice, target: Choice) -> None:
    """Make the second choice the same as the first."""
    target.keep[:] = source.keep
    target.later_s[:] = source.later_s
    target.patience_s[:] = source.patience_s


@compiled
def wander(
    world: World, yard: Yard, choice: Choice, best_choice: Choice, best: _Numbers, steps: int, state: _Numbers
) -> bool:
    """Try choices near the best one and keep each that is no worse; return whether any is better."""
    tried = np.empty_like(best)
    improved = False
    for _ in range(steps):
        copy_choice(best_choice, choice)
        for _ in range(1 + random_below(state, 3)):
            need, change = random_below(state, world.dry_s.size), random_below(state, 5)
            if change < 2:
                choice.keep[need] = not choice.keep[need]
            elif change == 2:
                choice.later_s[need] += random_below(state, 28_800) - 14_400
            elif change == 3:
                choice.later_s[need] = 0
            else:
                choice.patience_s[0] = random_below(state, 4) * random_below(state, 4) * 1_800
        by_urgency(world, yard, choice, tried)
        if not better(best, tried):
            improved = improved or better(tried, best)
            best[:] = tried
            copy_choice(choice, best_choice)
    return improved


@compiled
def disturb(world: World, lists: Lists, state: _Numbers) -> None:
    """Put trips in without asking what they bring, or exchange two."""
    for _ in range(1 + random_below(state, 2)):
        vehicle = random_below(state, world.free_s.size)
        length = lists.length[vehicle]
        if length < lists.need.shape[1]:
            need, stock = random_below(state, world.dry_s.size), random_below(state, world.stock.size)
            put(lists, vehicle, random_below(state, length + 1), need, stock)
    vehicle = random_below(state, world.free_s.size)
    if lists.length[vehicle] > 1:
        one, other = random_below(state, lists.length[vehicle]), random_below(state, lists.length[vehicle])
        need, stock = lists.need[vehicle, one], lists.stock[vehicle, one]
        lists.need[vehicle, one], lists.stock[vehicle, one] = lists.need[vehicle, other], lists.stock[vehicle, other]
        lists.need[vehicle, other], lists.stock[vehicle, other] = need, stock


@compiled
def ruin(world: World, lists: Lists, state: _Numbers) -> None:
    """Take out all trips of some needs, of a vehicle, or here and there."""
    how = random_below(state, 3)
    needs = world.dry_s.size
    gone = np.zeros(needs, np.bool_)
    for _ in range(1 + random_below(state, min(needs, 6))):
        gone[random_below(state, needs)] = True
    emptied = random_below(state, world.free_s.size)
    for vehicle in range(world.free_s.size):
        for place in range(lists.length[vehicle] - 1, -1, -1):
            if how == 0:
                out = gone[lists.need[vehicle, place]]
            elif how == 1:
                out = vehicle == emptied
            else:
                out = random_below(state, 10) < 3
            if out:
                take(lists, vehicle, place)


@compiled
def in_question(before: Lists, now: Lists, order: _Numbers, state: _Numbers) -> _Numbers:
    """Return the needs to which trips may be added: those that lost some, and a few others; seldom all."""
    mixed = order.copy()
    for _ in range(random_below(state, mixed.size + 1)):
        one, other = random_below(state, mixed.size), random_below(state, mixed.size)
        mixed[one], mixed[other] = mixed[other], mixed[one]
    if random_below(state, 12) == 0:
        return mixed
    change = np.zeros(mixed.size, np.int64)
    for vehicle in range(before.length.size):
        for place in range(before.length[vehicle]):
            change[before.need[vehicle, place]] -= 1
        for place in range(now.length[vehicle]):
            change[now.need[vehicle, place]] += 1
    others = 1 + random_below(state, 5)
    chosen = np.empty(mixed.size, np.int64)
    count = 0
    for need in mixed:
        if change[need] >= 0:
            others -= 1
        if change[need] < 0 or others >= 0:
            chosen[count] = need
            count += 1
    return chosen[:count]


@compiled
def renew(
    world: World, yard: Yard, lists: Lists, best_lists: Lists, best: _Numbers, order: _Numbers, state: _Numbers
) -> bool:
    """Take trips out of the best lists and put others in; keep what is no worse, and return whether it is better."""
    copy_lists(best_lists, lists)
    if random_below(state, 3) < 2:
        ruin(world, lists, state)
    if random_below(state, 3) < 2:
        disturb(world, lists, state)
    tried = np.empty_like(best)
    fill(world, yard, lists, in_question(best_lists, lists, order, state), tried)
    tidy(world, yard, lists, tried)
    if better(best, tried):
        return False
    improved = better(tried, best)
    best[:] = tried
    copy_lists(lists, best_lists)
    return improved


class Search:
    """The best schedule so far of a world, and ways to better it. What it finds depends on time only by its end."""

    def __init__(self, world: World, effort: Effort) -> None:
        self.world = world
        self.effort = effort
        self.yard = yard_of(world)
        self.best = np.full(2 * world.levels + 1, NEVER, np.int64)
        self._state = np.array([20_260_112], np.int64)
        #: The needs, the first level first, then those that end first.
        self.order = np.lexsort((world.dry_s, world.level)).astype(np.int64)
        self._best_trips: _Numbers = np.zeros((0, 10), np.int64)

    def _keep_trips(self) -> None:
        self._best_trips = self.yard.trips[: self.yard.used[0]].copy()

    def start(self) -> None:
        """Make the first schedule: nobody sent, then whom the rule can keep, place by place."""
        needs = self.world.dry_s.size
        judge(self.world, self.yard, self.best)
        self._keep_trips()
        tried = np.empty_like(self.best)
        self._choice = Choice(np.zeros(needs, np.bool_), np.zeros(needs, np.int64), np.zeros(1, np.int64))
        for patience_s in _PATIENCE_S:
            choice = Choice(np.zeros(needs, np.bool_), np.zeros(needs, np.int64), np.array([patience_s], np.int64))
            self._admit(choice, tried)
            if self.effort.over:
                return

    def _admit(self, choice: Choice, tried: _Numbers) -> None:
        """Take each place in turn among those to be kept if that betters the schedule."""
        by_urgency(self.world, self.yard, choice, tried)
        now = tried.copy()
        self._take_over(choice, now)
        for need in self.order:
            mates = self.world.place == self.world.place[need]
            if choice.keep[need] or self.effort.over:
                continue
            choice.keep[mates] = True
            by_urgency(self.world, self.yard, choice, tried)
            if better(tried, now):
                now[:] = tried
                self._take_over(choice, now)
            else:
                choice.keep[mates] = False

    def _take_over(self, choice: Choice, objective: _Numbers) -> None:
        if better(objective, self.best):
            self.best[:] = objective
            copy_choice(choice, self._choice)
            self._keep_trips()

    @property
    def _listable(self) -> bool:
        """Whether the schedule is short enough for trips to be put in one by one."""
        trips, vehicles = len(self._best_trips), self.world.free_s.size
        labour = (trips + vehicles) * self.world.stock.size * (1 + trips) * vehicles
        return trips <= _MOST_LISTED and labour <= _INSERTING

    def better_choices(self, enough: _Numbers) -> None:
        """Try other choices until nothing betters the schedule for long, it is as good as `enough`, or time is up."""
        if self.effort.over:
            return
        world, yard = self.world, self.yard
        share = _CHOICE_SHARE if self._listable else 1.0
        effort = self.effort.part(share)
        choice = Choice(self._choice.keep.copy(), self._choice.later_s.copy(), self._choice.patience_s.copy())
        by_urgency(world, yard, self._choice, reached := np.empty_like(self.best))
        idle = 0
        labour = world.dry_s.size * world.stock.size * (1 + len(self._best_trips))
        steps = min(_STEPS, 1 + _LABOUR // max(1, labour))
        while idle < _WANDERINGS and not effort.over and better(enough, reached[:-1]):
            improved = wander(world, yard, choice, self._choice, reached, steps, self._state)
            idle = 0 if improved else idle + steps
        by_urgency(world, yard, self._choice, reached)
        if better(reached, self.best):
            self.best[:] = reached
            self._keep_trips()

    def better_lists(self, enough: _Numbers) -> None:
        """Take trips out and put them in anew, until that helps no more, or time is up. Long schedules stay."""
        if not self._listable or self.effort.over:
            return
        lists = self._lists()
        objective = self.best.copy()
        for need in self.order:
            if self.effort.over:
                break
            fill(self.world, self.yard, lists, np.array([need]), objective)
        self._keep_lists(lists, objective)
        best_lists = Lists(*(part.copy() for part in lists))
        reached = self.best.copy()
        follow(self.world, self.yard, best_lists, reached)
        idle = 0
        while idle < _RENEWALS and not self.effort.over:
            if not better(enough, reached[:-1]) and idle > _RENEWALS // 8:
                break  # only driving could be saved
            improved = renew(self.world, self.yard, lists, best_lists, reached, self.order, self._state)
            idle = 0 if improved else idle + 1
        self._keep_lists(best_lists, reached)

    def _keep_lists(self, lists: Lists, objective: _Numbers) -> None:
        tidy(self.world, self.yard, lists, objective)
        if better(objective, self.best):
            self.best[:] = objective
            self._keep_trips()

    def _lists(self) -> Lists:
        lists = empty_lists(self.world, _MOST_LISTED)
        for row in self._best_trips:
            vehicle = row[0]
            place = lists.length[vehicle]
            lists.need[vehicle, place], lists.stock[vehicle, place] = row[2], row[1]
            lists.length[vehicle] += 1
        return lists

    def schedule(self) -> Schedule:
        """Return the best schedule."""
        trips = tuple(Trip(*(int(value) for value in row)) for row in self._best_trips)
        trips = tuple(sorted(trips, key=lambda trip: (trip.load_s, trip.vehicle)))
        return Schedule(trips, left_dry_s(self.world, trips), tuple(int(value) for value in self.best))


def left_dry_s(world: World, trips: tuple[Trip, ...]) -> tuple[int, ...]:
    """Return for how many seconds each need (n) goes without with these trips."""
    dry = []
    for need in range(world.dry_s.size):
        covered, gap, end_s = int(world.dry_s[need]), 0, int(world.end_s[need])
        for trip in sorted((trip for trip in trips if trip.need == need), key=lambda trip: trip.unloaded_s):
            came = min(trip.unloaded_s, end_s)
            gap += max(0, came - covered)
            covered = max(covered, came) + trip.lasts_s
        dry.append(gap + max(0, end_s - covered))
    return tuple(dry)
