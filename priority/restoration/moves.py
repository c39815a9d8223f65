"""Compiled steps of the search: times of a schedule, the least it can lose, and changes of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from priority.network.kernels import compiled
from priority.restoration.problem import NEVER, Seconds
from priority.restoration.world import Cuts, Pins, Ways, World

Rows = NDArray[np.int64]
#: What a task that is never done counts in the sum of completion times, the last tie-breaker.
_UNDONE_S = 1 << 40


@compiled
def finish(rows: Rows, length: Rows, ways: Ways, done: Seconds) -> bool:
    """Write when each task is done; return false where a crew cannot do or reach one, or a fixed one stays undone."""
    done[:] = NEVER
    for crew in range(ways.free_s.size):
        now = ways.free_s[crew]
        before = -1
        for place in range(length[crew]):
            task = rows[crew, place]
            if not ways.may[crew, task]:
                return False
            way = ways.depot_s[crew, task] if before < 0 else ways.between_s[before, task]
            if way == NEVER:
                return False
            now = max(now + way, ways.release_s[task]) + ways.work_s[task]
            done[task] = now
            before = task
    missing = 0
    for place in range(length[-1]):
        missing += ways.must[rows[-1, place]]
    return missing == 0


@compiled
def holds(rows: Rows, length: Rows, pins: Pins) -> bool:
    """Return whether every fixed place is kept."""
    for pin in range(pins.task.size):
        found = False
        for crew in range(length.size - 1):
            if pins.crew[pin] >= 0 and pins.crew[pin] != crew:
                continue
            place = pins.position[pin]
            if place < length[crew] and rows[crew, place] == pins.task[pin]:
                found = True
        if not found:
            return False
    return True


@compiled
def least_losses(done: Seconds, cuts: Cuts, loss: Seconds) -> None:
    """Write what the cuts alone say of each level's loss; after the levels comes the sum of completion times.

    A group's down times by its cuts are united, so nothing counts twice; the true loss is never less.
    """
    loss[:] = 0
    for group in range(cuts.level.size):
        reached = 0
        down = 0
        for cut in range(cuts.first_cut[group], cuts.first_cut[group + 1]):
            if cuts.from_s[cut] >= cuts.horizon_s:
                break
            until = cuts.horizon_s
            for place in range(cuts.first_task[cut], cuts.first_task[cut + 1]):
                until = min(until, done[cuts.task[place]])
            begin = max(reached, cuts.from_s[cut])
            if until > begin:
                down += until - begin
                reached = until
        loss[cuts.level[group]] += down * cuts.weight[group]
    for task in range(done.size):
        loss[cuts.levels] += done[task] if done[task] != NEVER else _UNDONE_S


@compiled
def first_difference(left: Seconds, right: Seconds) -> int:
    """Return the first place where two vectors differ, their length where they do not."""
    for place in range(left.size):
        if left[place] != right[place]:
            return place
    return left.size


@compiled
def change(rows: Rows, length: Rows, move: Rows, new_rows: Rows, new_length: Rows) -> None:
    """Write the schedule after a move (a, i, p, b, j, q).

    Two lists: p tasks from place i of a and q tasks from place j of b change places. One list (a = b): p tasks from
    place i move to place j of the rest, turned round if q is 1.
    """
    a, i, p, b, j, q = move[0], move[1], move[2], move[3], move[4], move[5]
    new_rows[:] = rows
    new_length[:] = length
    if a != b:
        for to, at, out, other, other_at, in_ in ((a, i, p, b, j, q), (b, j, q, a, i, p)):
            new_rows[to, at : at + in_] = rows[other, other_at : other_at + in_]
            rest = length[to] - at - out
            new_rows[to, at + in_ : at + in_ + rest] = rows[to, at + out : at + out + rest]
            new_length[to] = length[to] - out + in_
        return
    rest_size = length[a] - p
    for place in range(rest_size):
        task = rows[a, place if place < i else place + p]
        new_rows[a, place if place < j else place + p] = task
    for place in range(p):
        new_rows[a, j + place] = rows[a, i + p - 1 - place if q == 1 else i + place]


@compiled
def judge(rows: Rows, length: Rows, world: World, done: Seconds, loss: Seconds) -> bool:
    """Write times and least losses of a schedule; return false where it cannot be carried out."""
    if not holds(rows, length, world.pins) or not finish(rows, length, world.ways, done):
        return False
    least_losses(done, world.cuts, loss)
    return True


@compiled
def draw_move(length: Rows, move: Rows) -> bool:
    """Draw a move at random; return false where the draw means nothing."""
    a = np.random.randint(0, length.size)
    b = np.random.randint(0, length.size)
    if length[a] == 0:
        return False
    i = np.random.randint(0, length[a])
    if a == b:
        p = min(np.random.randint(1, 4), length[a] - i)
        j = np.random.randint(0, length[a] - p + 1)
        q = np.random.randint(0, 2) if p > 1 else 0
        move[:] = np.array((a, i, p, b, j, q))
        return i != j or q == 1
    j = np.random.randint(0, length[b] + 1)
    kind = np.random.randint(0, 5)
    p = length[a] - i if kind == 0 else min(1 + kind // 4, length[a] - i)
    q = length[b] - j if kind == 0 else 0 if kind < 3 else min(1, length[b] - j)
    move[:] = np.array((a, i, p, b, j, q))
    return True


@compiled
def anneal(best: tuple[Rows, Rows], at: tuple[Rows, Rows], world: World, part: Rows, heat: NDArray[np.float64]) -> None:
    """Simulated annealing on the least losses, level before level: a part of it, so that a clock can end it.

    `part` is (first step, step after the last, steps of all parts, seed). `at` and `best` are the rows and lengths of
    the schedule that it stands at and of the best found; both are written. A step that is worse is taken by chance, by
    how much worse it is on the first level on which it differs. `heat` (one for each level and the tie-breaker) is the
    loss that is taken with probability 1/e at the start.
    """
    np.random.seed(part[3] + part[0])
    levels = world.cuts.levels + 1
    done = np.empty(world.ways.work_s.size, np.int64)
    now, new, least = np.empty(levels, np.int64), np.empty(levels, np.int64), np.empty(levels, np.int64)
    if not judge(best[0], best[1], world, done, least) or not judge(at[0], at[1], world, done, now):
        return
    here, here_length, there, there_length = at[0].copy(), at[1].copy(), at[0].copy(), at[1].copy()
    move = np.empty(6, np.int64)
    for step in range(part[0], part[1]):
        if not draw_move(here_length, move):
            continue
        change(here, here_length, move, there, there_length)
        if not judge(there, there_length, world, done, new):
            continue
        place = first_difference(now, new)
        if place < levels and new[place] > now[place]:
            temperature = heat[place] * 1e-3 ** (step / part[2])
            if np.random.random() >= np.exp((now[place] - new[place]) / max(temperature, 1e-9)):
                continue
        here, there = there, here
        here_length, there_length = there_length, here_length
        now[:] = new
        place = first_difference(now, least)
        if place < levels and now[place] < least[place]:
            least[:] = now
            best[0][:] = here
            best[1][:] = here_length
    at[0][:] = here
    at[1][:] = here_length


@compiled
def sensible(move: Rows, length: Rows) -> bool:
    """Return whether a move takes tasks that are there and changes something."""
    a, i, p, b, j, q = move[0], move[1], move[2], move[3], move[4], move[5]
    if i + p > length[a]:
        return False
    if a == b:
        turned = q == 1 if i == j else q <= 1
        return bool(p > 0 and j <= length[a] - p and turned and (p > 1 or q == 0))
    return bool(p + q > 0 and j + q <= length[b])


@compiled
def better_moves(rows: Rows, length: Rows, world: World, limit: Seconds, found: Rows, part: Rows) -> int:
    """Write moves (6 columns) whose least losses (the other columns) are below `limit`; return how many there are.

    The least losses never exceed the true ones, so no move that is left out can be better than `limit`. `part` is
    (a, b, i, count): only moves of the tasks from place i of list a with list b are looked at, `count` are there.
    """
    loss, done = np.empty(world.cuts.levels + 1, np.int64), np.empty(world.ways.work_s.size, np.int64)
    there, there_length = rows.copy(), length.copy()
    move = np.empty(6, np.int64)
    a, b, i, count = part[0], part[1], part[2], int(part[3])
    for j, shape in np.ndindex(length[b] + 1, 10):
        p = length[a] - i if shape == 9 else shape // 3
        q = length[b] - j if shape == 9 else shape % 3
        move[0], move[1], move[2], move[3], move[4], move[5] = a, i, p, b, j, q
        if not sensible(move, length) or count == found.shape[0]:
            continue
        change(rows, length, move, there, there_length)
        if not judge(there, there_length, world, done, loss):
            continue
        place = first_difference(loss, limit)
        if place < loss.size and loss[place] < limit[place]:
            found[count, :6] = move
            found[count, 6:] = loss
            count += 1
    return count
