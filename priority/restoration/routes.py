"""Pricing: the cheapest list of tasks for one crew when each task costs a price and gains by being done early."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from priority.network.kernels import compiled
from priority.restoration.problem import NEVER, Seconds
from priority.restoration.world import Ways

Floats = NDArray[np.float64]
#: Labels remember at most so many tasks as bits of a whole number.
BITS = 62


class Prices(NamedTuple):
    """`price` (t) of doing a task, and its gain: `gain[t, b]` at `moment[b]`, falling by `slope[t, b]` a second.

    The last moment is the horizon, where nothing is gained. A task may not be done later than `latest_s`.
    """

    moment: Seconds
    gain: Floats
    slope: Floats
    price: Floats
    latest_s: Seconds


class Limits(NamedTuple):
    """How routes are looked for.

    `near[j]` are the tasks (bits) still remembered after j: a route may come back to what it has forgotten, which makes
    more routes than there are and the bound valid. `pinned` (p) is the task at each place, -1 where it is open; a crew
    with such places ends after the last of them. `prune`: no step that costs more than it gains.
    """

    near: NDArray[np.int64]
    bit: NDArray[np.int64]
    pinned: NDArray[np.int64]
    prune: bool


class Labels(NamedTuple):
    """Partial routes: last task, when it is done, cost so far, tasks not to come next, place, and the route before."""

    task: NDArray[np.int64]
    done_s: Seconds
    cost: Floats
    barred: NDArray[np.int64]
    place: NDArray[np.int64]
    before: NDArray[np.int64]
    after: NDArray[np.int64]
    live: NDArray[np.bool_]


def room_for(labels: int) -> Labels:
    """Return space for so many labels."""
    whole = [np.empty(labels, np.int64) for _ in range(6)]
    return Labels(whole[0], whole[1], np.empty(labels), whole[2], whole[3], whole[4], whole[5], np.ones(labels, bool))


@compiled
def gain_of(prices: Prices, task: int, done_s: int) -> float:
    """Return what is gained if a task is done at a moment."""
    if done_s >= prices.moment[-1]:
        return 0.0
    at = np.searchsorted(prices.moment, done_s, side="right") - 1
    return float(prices.gain[task, at] - prices.slope[task, at] * (done_s - prices.moment[at]))


@compiled
def dominated(labels: Labels, newest: int, first: NDArray[np.int64], by_place: bool) -> bool:
    """Return whether a label of the same task is as early, as cheap and as free; drop those that the new one beats."""
    task = labels.task[newest]
    last = -1
    label = first[task]
    while label >= 0:
        after = labels.after[label]
        if not by_place or labels.place[label] == labels.place[newest]:
            early = labels.done_s[label] <= labels.done_s[newest]
            late = labels.done_s[label] >= labels.done_s[newest]
            free = labels.barred[label] & ~labels.barred[newest] == 0
            bound = labels.barred[newest] & ~labels.barred[label] == 0
            if early and labels.cost[label] <= labels.cost[newest] and free:
                return True
            if late and labels.cost[label] >= labels.cost[newest] and bound:
                labels.live[label] = False
                if last >= 0:
                    labels.after[last] = after
                else:
                    first[task] = after
                label = after
                continue
        last = label
        label = after
    return False


@compiled
def extend(
    labels: Labels, label: int, task: int, newest: int, crew: int, ways: Ways, prices: Prices, limits: Limits
) -> bool:
    """Write the label that follows when a crew goes on to a task; return whether it may."""
    before = labels.task[label] if label >= 0 else -1
    barred = labels.barred[label] if label >= 0 else 0
    place = labels.place[label] + 1 if label >= 0 else 0
    way = ways.between_s[before, task] if before >= 0 else ways.depot_s[crew, task]
    bit = 1 << limits.bit[task] if limits.bit[task] >= 0 else 0
    if not ways.may[crew, task] or way == NEVER or barred & bit:
        return False
    for pin in range(limits.pinned.size):
        if limits.pinned[pin] >= 0 and (limits.pinned[pin] == task) != (pin == place):
            return False
    now = labels.done_s[label] if label >= 0 else ways.free_s[crew]
    done = max(now + way, ways.release_s[task]) + ways.work_s[task]
    if done > prices.latest_s[task] or (limits.pinned.size == 0 and done >= prices.moment[-1]):
        return False
    cost = prices.price[task] - gain_of(prices, task, done)
    if limits.prune and cost > 0:
        return False
    labels.task[newest], labels.done_s[newest], labels.before[newest] = task, done, label
    labels.cost[newest] = cost + (labels.cost[label] if label >= 0 else 0.0)
    labels.barred[newest] = barred & limits.near[task] | bit
    labels.place[newest] = min(place, limits.pinned.size)
    labels.live[newest] = True
    return True


@compiled
def cheapest_routes(crew: int, ways: Ways, prices: Prices, limits: Limits, labels: Labels) -> int:
    """Write the labels of all routes that can be cheapest; return how many, -1 more than there is room for.

    A label is dropped when another one of the same task is as early, as cheap and may go wherever it may.
    """
    tasks = ways.work_s.size
    first = np.full(tasks, -1, np.int64)
    count = 0
    label = -1
    while label < count:
        if label < 0 or labels.live[label]:
            for task in range(tasks):
                if count == labels.task.size:
                    return -1
                if not extend(labels, label, task, count, crew, ways, prices, limits):
                    continue
                if dominated(labels, count, first, limits.pinned.size > 0):
                    continue
                labels.after[count] = first[task]
                first[task] = count
                count += 1
        label += 1
    return count


def route_of(labels: Labels, label: int) -> tuple[int, ...]:
    """Return the tasks of a label's route."""
    tasks: list[int] = []
    while label >= 0:
        tasks.append(int(labels.task[label]))
        label = int(labels.before[label])
    return tuple(reversed(tasks))
