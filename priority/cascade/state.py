"""The state of a simulation and the small steps that change it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from priority.cascade.wiring import Script, Wiring
from priority.network.kernels import BoolArray, IntArray, compiled
from priority.times import Seconds


class State(NamedTuple):
    """All arrays are changed in place.

    `out`, `held` (v) and `edge_out` count what keeps a vertex or edge out, or a device open; `supplied`, `before` (v)
    are the supply now and at the round before; `lost` (v) what the last round took, `vertex_cause` (v) why. `left`,
    `rate`, `placed`, `need_cause` (q) are the reserves, `stocks_count` (1) whether stocks of coal are counted yet.
    `struck`, `failed`, `facility_cause` (f) are the facilities, `lasting` (d) the network damages that last. `seeds`,
    `seed_labels`: where this round's losses may come from.
    """

    out: IntArray
    held: IntArray
    edge_out: IntArray
    is_open: BoolArray
    supplied: BoolArray
    before: BoolArray
    lost: BoolArray
    vertex_cause: IntArray
    left: Seconds
    rate: Seconds
    placed: IntArray
    need_cause: IntArray
    struck: IntArray
    failed: BoolArray
    facility_cause: IntArray
    lasting: BoolArray
    stocks_count: BoolArray
    seeds: IntArray
    seed_labels: IntArray


@compiled
def normal_state(wiring: Wiring, script: Script) -> State:
    """Return the state before anything happens."""
    vertices, facilities, needs = wiring.is_open.size, wiring.source_vertex.size, wiring.reserve.size
    most_seeds = 2 * (script.out.size + script.held_open.size) + script.time.size + facilities + 1
    return State(
        np.zeros(vertices, np.int16),
        np.zeros(vertices, np.int16),
        np.zeros(wiring.edges, np.int16),
        wiring.is_open.copy(),
        wiring.supplied.copy(),
        wiring.supplied.copy(),
        np.zeros(vertices, np.bool_),
        np.full(vertices, -1, np.int32),
        wiring.reserve.copy(),
        np.zeros(needs, np.int64),
        np.zeros(needs, np.int16),
        np.full(needs, -1, np.int32),
        np.zeros(facilities, np.int16),
        np.zeros(facilities, np.bool_),
        np.full(facilities, -1, np.int32),
        np.zeros(script.out_start.size - 1, np.bool_),
        np.zeros(1, np.bool_),
        np.empty(most_seeds, np.int32),
        np.empty(most_seeds, np.int32),
    )


@compiled
def damage_network(script: Script, state: State, event: int, seeded: int) -> int:
    """Take out what a network damage takes, or give it back; return how many seeds of losses there are then."""
    number, sign, label = script.number[event], script.sign[event], script.label[event]
    state.lasting[number] = sign > 0
    for position in range(script.edge_start[number], script.edge_start[number + 1]):
        state.edge_out[script.edge_out[position]] += sign
    for position in range(script.out_start[number], script.out_start[number + 1]):
        state.out[script.out[position]] += sign
        if sign > 0:
            state.seeds[seeded] = script.out[position]
            state.seed_labels[seeded] = label
            seeded += 1
    for position in range(script.held_start[number], script.held_start[number + 1]):
        state.held[script.held_open[position]] += sign
        if sign > 0:
            state.seeds[seeded] = script.held_open[position]
            state.seed_labels[seeded] = label
            seeded += 1
    return seeded


@compiled
def apply_event(script: Script, state: State, event: int, seeded: int) -> int:
    """Apply one event from outside; return how many seeds of losses there are then."""
    number, sign, label = script.number[event], script.sign[event], script.label[event]
    kind = script.kind[event]
    if kind == 0:
        seeded = damage_network(script, state, event, seeded)
    elif kind == 1:
        state.struck[number] += sign
    elif kind == 2:
        state.is_open[number] = sign > 0
        state.seeds[seeded] = number
        state.seed_labels[seeded] = label
        seeded += 1
    elif kind == 3:
        state.placed[number] += sign
    elif kind == 4:
        state.stocks_count[0] = True
    else:
        state.left[number] = np.int64(sign) * 1000
    return seeded


@compiled
def trace(wiring: Wiring, state: State) -> None:
    """Mark what a source reaches; an open device is reached but not passed."""
    supplied = state.supplied
    queue = np.empty(supplied.size, np.int32)
    tail = 0
    for vertex in range(supplied.size):
        supplied[vertex] = wiring.is_source[vertex] and state.out[vertex] == 0
        if supplied[vertex]:
            queue[tail] = vertex
            tail += 1
    head = 0
    while head < tail:
        vertex = queue[head]
        head += 1
        if state.is_open[vertex] or state.held[vertex] > 0:
            continue
        for position in range(wiring.indptr[vertex], wiring.indptr[vertex + 1]):
            other = wiring.neighbour[position]
            if not supplied[other] and state.out[other] == 0 and state.edge_out[wiring.edge[position]] == 0:
                supplied[other] = True
                queue[tail] = other
                tail += 1


@compiled
def coal_delivered(wiring: Wiring, state: State) -> tuple[Seconds, IntArray]:
    """Return what is delivered to each need (q) in thousandths of its use, and a mine that has failed, -1 if none."""
    delivered = np.zeros(state.rate.size, np.int64)
    mine = np.full(state.rate.size, -1, np.int32)
    for route in range(wiring.route_need.size):
        owner = wiring.route_mine[route]
        if owner < 0 or not state.failed[owner]:
            delivered[wiring.route_need[route]] += wiring.route_share[route]
        else:
            mine[wiring.route_need[route]] = owner
    return delivered, mine


@compiled
def meet_needs(wiring: Wiring, state: State, damages: int, no_coal: int) -> None:
    """Find at which rate each need's reserve shrinks, 0 where it is met, and for those newly unmet why.

    `damages` is where the labels of facilities begin, `no_coal` the label of deliveries that do not come.
    """
    rate = state.rate
    delivered, mine = coal_delivered(wiring, state)
    for need in range(rate.size):
        if not wiring.watched[need] or (wiring.is_stock[need] and not state.stocks_count[0]):
            continue
        met = state.placed[need] > 0
        gone = -1
        for position in range(wiring.feed_start[need], wiring.feed_start[need + 1]):
            feed = wiring.feeds[position]
            met = met or state.supplied[feed]
            if gone < 0 or state.lost[feed]:
                gone = feed
        was_met = rate[need] == 0
        full = max(0, 1000 - delivered[need]) if wiring.is_stock[need] else 1000
        rate[need] = 0 if met else full
        if was_met and rate[need] > 0:
            if not wiring.is_stock[need]:
                state.need_cause[need] = state.vertex_cause[gone]
            else:
                state.need_cause[need] = damages + mine[need] if mine[need] >= 0 else no_coal


@compiled
def spent_need(wiring: Wiring, state: State, facility: int) -> int:
    """Return the first required need of a facility that is unmet with its reserve used up, -1 if there is none."""
    for need in range(wiring.need_start[facility], wiring.need_start[facility + 1]):
        if wiring.watched[need] and wiring.required[need] and state.rate[need] > 0 and state.left[need] <= 0:
            return need
    return -1
