"""Why something is lost: labels that spread from what happened through what was lost."""

from __future__ import annotations

import numpy as np

from priority.cascade.state import State, coal_delivered
from priority.cascade.wiring import Script, Wiring
from priority.network.kernels import BoolArray, IntArray, compiled, spread_labels


@compiled
def spread(wiring: Wiring, state: State, seeded: int, inside: BoolArray) -> IntArray:
    """Return for each vertex the label of the nearest of the first `seeded` seeds, walking through `inside` alone."""
    seeds, labels = state.seeds[:seeded], state.seed_labels[:seeded]
    return spread_labels(wiring.indptr, wiring.neighbour, seeds, labels, inside)


@compiled
def name_causes(wiring: Wiring, state: State, seeded: int) -> None:
    """Find what the last trace took away, and give each lost vertex the label of the nearest seed."""
    lost = state.lost
    for vertex in range(lost.size):
        lost[vertex] = state.before[vertex] and not state.supplied[vertex]
        state.before[vertex] = state.supplied[vertex]
    if not lost.any():
        return
    label = spread(wiring, state, seeded, lost)
    for vertex in range(lost.size):
        if lost[vertex]:
            state.vertex_cause[vertex] = label[vertex]


@compiled
def is_over(state: State, label: int) -> bool:
    """Tell whether a cause has ended: a damage that is repaired, a facility that is back. Operated devices stay."""
    damages = state.lasting.size
    if label < 0:
        return False
    if label < damages:
        return not state.lasting[label]
    return label - damages < state.failed.size and not state.failed[label - damages]


@compiled
def seed_lasting(script: Script, state: State) -> int:
    """Make seeds of all damages that last; return how many there are."""
    seeded = 0
    for damage in range(state.lasting.size):
        if not state.lasting[damage]:
            continue
        for position in range(script.out_start[damage], script.out_start[damage + 1]):
            state.seeds[seeded] = script.out[position]
            state.seed_labels[seeded] = damage
            seeded += 1
    return seeded


@compiled
def rename_shortages(wiring: Wiring, state: State, no_coal: int) -> None:
    """Give a stock of coal that still shrinks, though the mine that it waited for is back, what else is missing."""
    damages = state.lasting.size
    _, mine = coal_delivered(wiring, state)
    for need in range(state.rate.size):
        if wiring.is_stock[need] and state.rate[need] > 0 and is_over(state, state.need_cause[need]):
            state.need_cause[need] = damages + mine[need] if mine[need] >= 0 else no_coal


@compiled
def rename_causes(wiring: Wiring, script: Script, state: State) -> None:
    """Give what is still lost, though its cause is over, the nearest damage that lasts.

    Where none reaches it, it keeps its cause: a loop of plants that fell by a fault stays down when that is repaired.
    """
    gone = wiring.supplied & ~state.supplied
    stale = np.zeros(gone.size, np.bool_)
    for vertex in range(gone.size):
        stale[vertex] = gone[vertex] and is_over(state, state.vertex_cause[vertex])
    if not stale.any():
        return
    label = spread(wiring, state, seed_lasting(script, state), gone)
    for vertex in range(gone.size):
        if stale[vertex] and label[vertex] >= 0:
            state.vertex_cause[vertex] = label[vertex]
    for need in range(state.rate.size):
        if state.rate[need] == 0 or wiring.is_stock[need] or not is_over(state, state.need_cause[need]):
            continue
        for position in range(wiring.feed_start[need], wiring.feed_start[need + 1]):
            if gone[wiring.feeds[position]]:
                state.need_cause[need] = state.vertex_cause[wiring.feeds[position]]
