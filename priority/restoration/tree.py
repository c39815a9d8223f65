"""Walking through all schedules of a small problem, without those that are proven not to be better."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from priority.network.kernels import compiled
from priority.restoration.moves import Rows, finish, first_difference, holds, least_losses
from priority.restoration.problem import NEVER, Seconds
from priority.restoration.routes import Floats, Prices, gain_of
from priority.restoration.world import Ways, World


class Tree(NamedTuple):
    """Where the walk stands: crew after crew gets its list, task after task; entry 0 of `depth` is the depth.

    For each depth: the crew whose list grows, the next choice there, the task chosen on the way here (-1: the crew
    before was closed), when the crew is free, and the cost of the lists at the bound's prices.
    """

    depth: NDArray[np.int64]
    crew: NDArray[np.int64]
    choice: NDArray[np.int64]
    task: NDArray[np.int64]
    free_s: Seconds
    cost: Floats
    rows: Rows
    length: NDArray[np.int64]
    done_s: Seconds


class Pruning(NamedTuple):
    """What a better schedule has to keep: losses below `limit`, and `base[c]` + cost of its lists up to `most`.

    `base` (c + 1) is the bound's fixed part with the cheapest cost of crew c and all after it. `quick_s` (t, t) and
    `quick_depot_s` (c, t) are times of travel that no detour over other tasks beats.
    """

    limit: Seconds
    prices: Prices
    base: Floats
    most: float
    quick_s: Seconds
    quick_depot_s: Seconds


def start(ways: Ways) -> Tree:
    """Return the walk before its first step."""
    crews, tasks = ways.free_s.size, ways.work_s.size
    size = crews + tasks + 1
    crew, choice, task, free_s = (np.zeros(size, np.int64) for _ in range(4))
    tree = Tree(
        np.zeros(1, np.int64),
        crew,
        choice,
        task,
        free_s,
        np.zeros(size),
        np.full((crews + 1, tasks), -1, np.int64),
        np.zeros(crews + 1, np.int64),
        np.full(tasks, NEVER),
    )
    tree.task[0] = -1
    if crews:
        tree.free_s[0] = ways.free_s[0]
    return tree


def quickest(ways: Ways) -> tuple[Seconds, Seconds]:
    """Return the least time from task to task and from depot to task, with work on the way where that is quicker."""
    between, depot = ways.between_s.copy(), ways.depot_s.copy()
    for over in range(ways.work_s.size):
        shorten(between, over, ways, between)
    for over in range(ways.work_s.size):
        shorten(depot, over, ways, between)
    return between, depot


@compiled
def shorten(travel_s: Seconds, over: int, ways: Ways, between_s: Seconds) -> None:
    """Write shorter times where the way over a task, with its work, is quicker."""
    for row in range(travel_s.shape[0]):
        first = travel_s[row, over]
        if first == NEVER:
            continue
        for task in range(travel_s.shape[1]):
            if between_s[over, task] != NEVER:
                travel_s[row, task] = min(travel_s[row, task], first + ways.work_s[over] + between_s[over, task])


@compiled
def earliest(tree: Tree, ways: Ways, pruning: Pruning, done: Seconds) -> None:
    """Write the moments before which no continuation can have the tasks done."""
    depth = tree.depth[0]
    now = tree.crew[depth]
    last = tree.rows[now, tree.length[now] - 1] if tree.length[now] > 0 else -1
    done[:] = tree.done_s
    for task in range(done.size):
        if done[task] != NEVER:
            continue
        for crew in range(now, ways.free_s.size):
            if not ways.may[crew, task]:
                continue
            at_work = crew == now and last >= 0
            way = pruning.quick_s[last, task] if at_work else pruning.quick_depot_s[crew, task]
            free = tree.free_s[depth] if at_work else ways.free_s[crew]
            if way != NEVER:
                done[task] = min(done[task], max(free + way, ways.release_s[task]) + ways.work_s[task])


@compiled
def hopeless(tree: Tree, world: World, pruning: Pruning, done: Seconds, least: Seconds) -> bool:
    """Return whether no continuation from here is better: by the bound's prices, or with all else done at once."""
    depth = tree.depth[0]
    crew = tree.crew[depth]
    cost = tree.cost[depth] + pruning.base[min(crew + 1, pruning.base.size - 1)]
    earliest(tree, world.ways, pruning, done)
    for task in range(done.size):
        if tree.done_s[task] == NEVER and done[task] != NEVER:
            # The list that grows may still get cheaper; those of later crews are in `base` at their cheapest.
            cost += min(0.0, pruning.prices.price[task] - gain_of(pruning.prices, task, done[task]))
    if cost > pruning.most:
        return True
    least_losses(done, world.cuts, least)
    place = first_difference(pruning.limit, least[: pruning.limit.size])
    return place == pruning.limit.size or least[place] > pruning.limit[place]


@compiled
def descend(tree: Tree, choice: int, ways: Ways, prices: Prices) -> bool:
    """Take a choice: a task for the crew, or (the last one) closing its list; return whether that is possible."""
    depth = tree.depth[0]
    crew = tree.crew[depth]
    if choice == ways.work_s.size:
        tree.crew[depth + 1] = crew + 1
        tree.free_s[depth + 1] = ways.free_s[crew + 1] if crew + 1 < ways.free_s.size else 0
        tree.cost[depth + 1] = tree.cost[depth]
        tree.task[depth + 1] = -1
    else:
        place = tree.length[crew]
        if tree.done_s[choice] != NEVER or not ways.may[crew, choice]:
            return False
        last = tree.rows[crew, place - 1] if place > 0 else -1
        way = ways.between_s[last, choice] if last >= 0 else ways.depot_s[crew, choice]
        if way == NEVER:
            return False
        done = max(tree.free_s[depth] + way, ways.release_s[choice]) + ways.work_s[choice]
        tree.rows[crew, place] = choice
        tree.length[crew] += 1
        tree.done_s[choice] = done
        tree.crew[depth + 1] = crew
        tree.free_s[depth + 1] = done
        tree.cost[depth + 1] = tree.cost[depth] + prices.price[choice] - gain_of(prices, choice, done)
        tree.task[depth + 1] = choice
    tree.choice[depth + 1] = 0
    tree.depth[0] = depth + 1
    return True


@compiled
def ascend(tree: Tree) -> None:
    """Take the last choice back."""
    depth = tree.depth[0]
    task = tree.task[depth]
    tree.depth[0] = depth - 1
    if depth > 0 and task >= 0:
        tree.length[tree.crew[depth]] -= 1
        tree.done_s[task] = NEVER


@compiled
def promising(tree: Tree, world: World, pruning: Pruning, done: Seconds, least: Seconds) -> bool:
    """Return whether the schedule here holds what is fixed and could be better; all else goes to the last row."""
    rest = 0
    for task in range(done.size):
        if tree.done_s[task] == NEVER:
            tree.rows[-1, rest] = task
            rest += 1
    tree.length[-1] = rest
    if not holds(tree.rows, tree.length, world.pins) or not finish(tree.rows, tree.length, world.ways, done):
        return False
    least_losses(done, world.cuts, least)
    place = first_difference(pruning.limit, least[: pruning.limit.size])
    return bool(place < pruning.limit.size and least[place] < pruning.limit[place])


@compiled
def next_candidate(tree: Tree, world: World, pruning: Pruning, steps: int) -> int:
    """Walk on; return 1 at a schedule that could be better, 0 at the end, -1 after so many steps."""
    tasks, crews = world.ways.work_s.size, world.ways.free_s.size
    done, least = np.empty(tasks, np.int64), np.empty(world.cuts.levels + 1, np.int64)
    while steps > 0:
        steps -= 1
        depth = tree.depth[0]
        if depth < 0:
            return 0
        choice = tree.choice[depth]
        if tree.crew[depth] == crews or choice > tasks:
            ascend(tree)
            continue
        tree.choice[depth] = choice + 1
        if not descend(tree, choice, world.ways, pruning.prices):
            continue
        if tree.crew[depth + 1] < crews:
            if hopeless(tree, world, pruning, done, least):
                ascend(tree)
            continue
        if promising(tree, world, pruning, done, least):
            return 1
    return -1
