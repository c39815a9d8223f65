"""Set covers made smaller by local search with row weights (Gao, Weise and Li 2015).

One site is taken away whenever all demands are covered; then sites are exchanged, and demands that stay uncovered weigh
more and more, until they are covered again with fewer sites than before. What comes out is no proof of anything.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from priority.network.kernels import BoolArray, compiled
from priority.siting.coverage import Sets
from priority.siting.distances import Ints
from priority.siting.effort import Effort

#: Steps between two looks at the clock: fewer where each takes long, so that it is a fifth of a second at the most.
_STEPS, _FEWEST_STEPS = 2000, 50
_LOOKS = 1_000_000_000


class _State(NamedTuple):
    """Open sites, how often each demand is covered and weighs, sites' gains and losses, when each changed last."""

    opened: BoolArray
    times: Ints
    weight: Ints
    gain: Ints
    loss: Ints
    changed: Ints
    best: BoolArray
    #: Chance, steps done, open sites, uncovered demands, sites of the best cover.
    numbers: Ints


@compiled
def _toggle(start: Ints, site: Ints, turned_start: Ints, demand: Ints, state: _State, column: int) -> None:
    """Open a shut site or shut an open one, and keep gains and losses true."""
    opening = not state.opened[column]
    if not opening:
        state.opened[column] = False
    for at in range(turned_start[column], turned_start[column + 1]):
        row = demand[at]
        before = state.times[row]
        state.times[row] = before + 1 if opening else before - 1
        fewer = min(before, state.times[row])
        amount = state.weight[row] if opening else -state.weight[row]
        if fewer == 0:
            state.numbers[3] += -1 if opening else 1
            state.loss[column] += amount
            for place in range(start[row], start[row + 1]):
                state.gain[site[place]] -= amount
        elif fewer == 1:
            for place in range(start[row], start[row + 1]):
                if state.opened[site[place]]:
                    state.loss[site[place]] -= amount
                    break
    state.opened[column] = opening
    state.numbers[2] += 1 if opening else -1
    state.changed[column] = state.numbers[1]


@compiled
def _least_loss(state: _State, last: int) -> int:
    """Return the open site whose loss is least, of equal ones the one unchanged for longest; not `last` if possible."""
    found = -1
    for column in range(state.opened.size):
        if not state.opened[column] or column == last:
            continue
        if found < 0 or (state.loss[column], state.changed[column]) < (state.loss[found], state.changed[found]):
            found = column
    return found if found >= 0 else last


@compiled
def _uncovered(state: _State) -> int:
    """Return an uncovered demand by chance."""
    state.numbers[0] = (state.numbers[0] * 1103515245 + 12345) % 2147483648
    left = state.numbers[0] % state.numbers[3]
    for row in range(state.times.size):
        if state.times[row] == 0:
            if left == 0:
                return row
            left -= 1
    return -1


@compiled
def _most_gain(start: Ints, site: Ints, state: _State, row: int) -> int:
    """Return the site of a demand that gains most, not one shut in this very step unless it is the only one."""
    chosen = -1
    for place in range(start[row], start[row + 1]):
        column = site[place]
        if state.changed[column] == state.numbers[1] and start[row + 1] - start[row] > 1:
            continue
        older = chosen >= 0 and state.changed[column] < state.changed[chosen]
        if chosen < 0 or state.gain[column] > state.gain[chosen] - (1 if older else 0):
            chosen = column
    return chosen if chosen >= 0 else site[start[row]]


@compiled
def _weigh(start: Ints, site: Ints, state: _State) -> None:
    """Let uncovered demands weigh one more."""
    for row in range(state.times.size):
        if state.times[row] == 0:
            state.weight[row] += 1
            for place in range(start[row], start[row + 1]):
                state.gain[site[place]] += 1


@compiled
def _walk(start: Ints, site: Ints, turned_start: Ints, demand: Ints, state: _State, steps: int) -> None:
    """Take so many steps, or fewer where nothing can be taken away any more."""
    last = -1
    for _ in range(steps):
        state.numbers[1] += 1
        while state.numbers[3] == 0:
            state.best[:] = state.opened
            state.numbers[4] = state.numbers[2]
            if state.numbers[2] == 0:
                return
            _toggle(start, site, turned_start, demand, state, _least_loss(state, -1))
        if state.numbers[2] > 0:
            _toggle(start, site, turned_start, demand, state, _least_loss(state, last))
        row = _uncovered(state)
        last = _most_gain(start, site, state, row)
        _toggle(start, site, turned_start, demand, state, last)
        if state.numbers[3] > 0:
            _weigh(start, site, state)


def greedy_cover(sets: Sets, least: Ints) -> BoolArray:
    """Take sites one after the other, each time the one that most demands (r) still need, as long as one helps."""
    chosen, missing = np.zeros(sets.columns, np.bool_), least.copy()
    turned = sets.turned()
    gain = turned.size.copy()
    while (missing > 0).any():
        worth = np.where(chosen, 0, gain)
        best = int(np.argmax(worth))
        if not worth[best]:
            break
        chosen[best] = True
        mine = turned.column[turned.start[best] : turned.start[best + 1]]
        missing[mine] -= 1
        met = mine[missing[mine] == 0]
        for row in met.tolist():
            gain[sets.column[sets.start[row] : sets.start[row + 1]]] -= 1
    return chosen


def smaller_cover(sites_of: Sets, cover: BoolArray, effort: Effort, enough: int, patience: int) -> BoolArray:
    """Return sites (c) that cover all demands (r), no more than in `cover`, which has to cover them all.

    So few sites as `enough` end the search, and so many steps without success.
    """
    turned = sites_of.turned()
    rows, columns = len(sites_of), sites_of.columns
    zeros = np.zeros(columns, np.int64)
    state = _State(
        np.zeros(columns, np.bool_),
        np.zeros(rows, np.int64),
        np.ones(rows, np.int64),
        turned.size.astype(np.int64),
        zeros.copy(),
        zeros.copy(),
        cover.copy(),
        np.array([1, 0, 0, rows, int(cover.sum())], np.int64),
    )
    lists = (sites_of.start, sites_of.column, turned.start, turned.column)
    for column in np.flatnonzero(cover).tolist():
        _toggle(*lists, state, column)
    waited, size = 0, int(cover.sum())
    steps = max(_FEWEST_STEPS, min(_STEPS, _LOOKS // max(1, sites_of.column.size)))
    while waited < patience and not effort.over and size > enough:
        _walk(*lists, state, steps)
        waited = 0 if state.numbers[4] < size else waited + steps
        size = int(state.numbers[4])
        effort.tell("lscp", float(size))
    return state.best
