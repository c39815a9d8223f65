"""A run of the cascade that is left at given moments, to see what would come if nothing more were told from then on.

The way to a moment is gone once, however many moments are looked at: at each of them the state is copied, and the copy
runs on alone to its own horizon. Its records after those of the way are what a run made for that moment would give.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from priority.cascade.blame import rename_causes, rename_shortages
from priority.cascade.kernel import (
    Noted,
    fail_until_stable,
    next_failure,
    note_changes,
    nothing_noted,
    return_until_stable,
)
from priority.cascade.state import State, apply_event, normal_state
from priority.cascade.wiring import Script, Wiring
from priority.network.kernels import compiled
from priority.times import Seconds


class Forked(NamedTuple):
    """What was written down on the way (`way`, as `Ended.records`) and by each of the copies (k).

    The copy `number` was taken after the first `way_count[number]` rows; its own are those of `own` from
    `own_start[number]` to `own_start[number + 1]`. `left`, `rate` (k, q) are the reserves at its horizon.
    """

    way: Seconds
    way_count: NDArray[np.int64]
    own: Seconds
    own_start: NDArray[np.int64]
    left: Seconds
    rate: Seconds


@compiled
def copied(state: State) -> State:
    """Return a state that changes on its own."""
    return State(
        state.out.copy(),
        state.held.copy(),
        state.edge_out.copy(),
        state.is_open.copy(),
        state.supplied.copy(),
        state.before.copy(),
        state.lost.copy(),
        state.vertex_cause.copy(),
        state.left.copy(),
        state.rate.copy(),
        state.placed.copy(),
        state.need_cause.copy(),
        state.struck.copy(),
        state.failed.copy(),
        state.facility_cause.copy(),
        state.lasting.copy(),
        state.stocks_count.copy(),
        state.seeds.copy(),
        state.seed_labels.copy(),
    )


@compiled
def shrink(state: State, passed_s: int) -> None:
    """Let time pass: reserves that are lived on shrink."""
    for need in range(state.left.size):
        state.left[need] = max(0, state.left[need] - passed_s * state.rate[need])


@compiled
def settle(wiring: Wiring, script: Script, state: State, dirty: bool, seeded: int) -> None:
    """Let everything fail and come back at a moment until nothing changes, and name what holds it."""
    damages = script.out_start.size - 1
    no_coal = damages + wiring.source_vertex.size + script.time.size
    fail_until_stable(wiring, state, dirty, seeded, damages, no_coal)
    return_until_stable(wiring, state, damages, no_coal)
    rename_causes(wiring, script, state)
    rename_shortages(wiring, state, no_coal)


@compiled
def copied_notes(noted: Noted) -> Noted:
    """Return notes that go on on their own."""
    return Noted(
        noted.vertex_since.copy(),
        noted.facility_since.copy(),
        noted.unmet.copy(),
        noted.vertex_cause.copy(),
        noted.facility_cause.copy(),
        noted.need_cause.copy(),
    )


@compiled
def run_on(
    wiring: Wiring, script: Script, state: State, noted: Noted, lasts: tuple[int, int], records: Seconds, count: int
) -> tuple[Seconds, int]:
    """Let a state run from a moment to its horizon (`lasts`): reserves end, and nothing is told any more."""
    last, end = lasts
    now = next_failure(wiring, state, last)
    while now <= end:
        shrink(state, now - last)
        last = now
        settle(wiring, script, state, False, 0)
        records, count = note_changes(wiring, state, noted, now, records, count, True)
        now = next_failure(wiring, state, now)
    shrink(state, end - last)
    return records, count


@compiled
def forked(wiring: Wiring, script: Script, forks_s: Seconds, ends_s: Seconds) -> Forked:
    """Follow the script to the last of `forks_s` (k, ascending), and at each of them a copy to its end in `ends_s`."""
    state, noted = normal_state(wiring, script), nothing_noted(wiring)
    way, count, own, owned = np.empty((64, 5), np.int64), 0, np.empty((64, 5), np.int64), 0
    way_count, own_start = np.zeros(forks_s.size, np.int64), np.zeros(forks_s.size + 1, np.int64)
    left = np.zeros((forks_s.size, wiring.reserve.size), np.int64)
    rate = np.zeros_like(left)
    event, fork = 0, 0
    start = min(script.start_s, forks_s[0])
    last, now = start, start
    while fork < forks_s.size:
        shrink(state, now - last)
        last = now
        seeded, dirty = 0, now == start
        while event < script.time.size and script.time[event] == now:
            seeded = apply_event(script, state, event, seeded)
            dirty = dirty or script.kind[event] != 5  # a reserve that is reported changes nobody's supply by itself
            event += 1
        settle(wiring, script, state, dirty, seeded)
        way, count = note_changes(wiring, state, noted, now, way, count, True)
        now = next_failure(wiring, state, last)
        if event < script.time.size:
            now = min(now, script.time[event])
        while fork < forks_s.size and forks_s[fork] < now:
            shrink(state, forks_s[fork] - last)
            last = forks_s[fork]
            copy = copied(state)
            own, owned = run_on(wiring, script, copy, copied_notes(noted), (last, ends_s[fork]), own, owned)
            way_count[fork], own_start[fork + 1] = count, owned
            left[fork], rate[fork] = copy.left, copy.rate
            fork += 1
    return Forked(way[:count], way_count, own[:owned], own_start, left, rate)
