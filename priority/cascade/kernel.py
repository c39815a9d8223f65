"""The simulation: from event to event, with a full trace of the condensed networks whenever something changes.

The rules that decide what is up at a moment:

1. All events of the moment are applied together.
2. What loses an input whose reserve is used up fails, and takes with it what hangs on it, until nothing changes.
3. What has all its inputs again comes back, and brings back what hangs on it, until nothing changes.

So a loop of plants that need each other stays up while it is fed, and never pulls itself up again. Each rule is
monotone: with fewer damages, longer reserves or earlier repairs everything that was up is up. A reported reserve keeps
that: at its moment what is left of it is set to the same amount in every course, whatever was used before.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from priority.cascade.blame import name_causes, rename_causes, rename_shortages
from priority.cascade.state import State, apply_event, meet_needs, normal_state, spent_need, trace
from priority.cascade.wiring import Ended, Script, Weights, Wiring
from priority.network.kernels import BoolArray, IntArray, compiled
from priority.times import Seconds


class Noted(NamedTuple):
    """What was last written down: since when vertices (v) and facilities (f) are down, which needs (q) are unmet.

    `vertex_cause`, `facility_cause` and `need_cause` are the causes told last.
    """

    vertex_since: Seconds
    facility_since: Seconds
    unmet: BoolArray
    vertex_cause: IntArray
    facility_cause: IntArray
    need_cause: IntArray


@compiled
def next_failure(wiring: Wiring, state: State, now: int) -> int:
    """Return the next moment at which a reserve that is being used ends a facility, the largest number if none does."""
    soonest = np.iinfo(np.int64).max
    for facility in range(state.failed.size):
        if state.failed[facility]:
            continue
        for need in range(wiring.need_start[facility], wiring.need_start[facility + 1]):
            rate = state.rate[need]
            if wiring.required[need] and rate > 0:
                soonest = min(soonest, now + (state.left[need] + rate - 1) // rate)
    return soonest


@compiled
def fail_until_stable(wiring: Wiring, state: State, dirty: bool, seeded: int, damages: int, no_coal: int) -> None:
    """Rule 2. `dirty` tells whether events have changed anything, `seeded` how many seeds of losses they left."""
    while True:
        if dirty:
            trace(wiring, state)
            name_causes(wiring, state, seeded)
            meet_needs(wiring, state, damages, no_coal)
        dirty = False
        seeded = 0
        for facility in range(state.failed.size):
            if state.failed[facility]:
                continue
            need = spent_need(wiring, state, facility)
            if state.struck[facility] == 0 and need < 0:
                continue
            state.failed[facility] = True
            state.facility_cause[facility] = -1 if state.struck[facility] > 0 else need
            dirty = True
            source = wiring.source_vertex[facility]
            if source >= 0:
                state.out[source] += 1
                state.seeds[seeded] = source
                state.seed_labels[seeded] = damages + facility
                seeded += 1
        if not dirty:
            return


@compiled
def lasting_cause(state: State, facility: int, need: int) -> int:
    """Return what holds a failed facility down: its cause so far if that lasts, else `need`, else its own damage (-1).

    `need` is the first one that is unmet with its reserve used up, -1 if there is none.
    """
    cause = state.facility_cause[facility]
    if cause < 0:
        return cause if state.struck[facility] > 0 else need
    return cause if state.rate[cause] > 0 and state.left[cause] <= 0 else need


@compiled
def return_until_stable(wiring: Wiring, state: State, damages: int, no_coal: int) -> None:
    """Rule 3."""
    while True:
        any_back = False
        for facility in range(state.failed.size):
            if not state.failed[facility]:
                continue
            need = spent_need(wiring, state, facility)
            state.facility_cause[facility] = lasting_cause(state, facility, need)
            if need < 0 and state.struck[facility] == 0:
                state.failed[facility] = False
                any_back = True
                if wiring.source_vertex[facility] >= 0:
                    state.out[wiring.source_vertex[facility]] -= 1
        if not any_back:
            return
        trace(wiring, state)
        name_causes(wiring, state, 0)
        meet_needs(wiring, state, damages, no_coal)


@compiled
def write(records: Seconds, count: int, time: int, kind: int, number: int, value: int, cause: int) -> Seconds:
    """Put a row into the records, in a larger array where they are full."""
    if count == records.shape[0]:
        larger = np.empty((2 * count + 64, 5), np.int64)
        larger[:count] = records
        records = larger
    records[count, 0] = time
    records[count, 1] = kind
    records[count, 2] = number
    records[count, 3] = value
    records[count, 4] = cause
    return records


@compiled
def note_changes(
    wiring: Wiring, state: State, noted: Noted, now: int, records: Seconds, count: int, recording: bool
) -> tuple[Seconds, int]:
    """Write down what is otherwise than before this moment; what only flickered within it is not told.

    What stays down for another cause than the one told is written down again as down.
    """
    never = np.iinfo(np.int64).max
    for vertex in range(noted.vertex_since.size):
        gone = wiring.supplied[vertex] and not state.supplied[vertex]
        changed = gone != (noted.vertex_since[vertex] < never)
        if changed:
            noted.vertex_since[vertex] = now if gone else never
        if recording and (changed or (gone and noted.vertex_cause[vertex] != state.vertex_cause[vertex])):
            noted.vertex_cause[vertex] = state.vertex_cause[vertex]
            records = write(records, count, now, 0, vertex, 0 if gone else 1, state.vertex_cause[vertex])
            count += 1
    for need in range(noted.unmet.size):
        unmet = state.rate[need] > 0
        if recording and (unmet != noted.unmet[need] or (unmet and noted.need_cause[need] != state.need_cause[need])):
            noted.need_cause[need] = state.need_cause[need]
            records = write(records, count, now, 1, need, 0 if unmet else 1, state.need_cause[need])
            count += 1
        noted.unmet[need] = unmet
    for facility in range(noted.facility_since.size):
        failed, cause = state.failed[facility], state.facility_cause[facility]
        changed = failed != (noted.facility_since[facility] < never)
        if changed:
            noted.facility_since[facility] = now if failed else never
        if recording and (changed or (failed and noted.facility_cause[facility] != cause)):
            noted.facility_cause[facility] = cause
            records = write(records, count, now, 2, facility, 0 if failed else 1, cause)
            count += 1
    return records, count


@compiled
def pass_time(wiring: Wiring, state: State, weights: Weights, loss: Seconds, last: int, now: int) -> None:
    """Let the time from `last` to `now` pass in the present state: reserves shrink, losses grow (from 0 on)."""
    for need in range(state.left.size):
        state.left[need] = max(0, state.left[need] - (now - last) * state.rate[need])
    counted = max(now, 0) - max(last, 0)
    if counted <= 0:
        return
    for facility in range(state.failed.size):
        if state.failed[facility] and weights.facility_level[facility] >= 0:
            loss[weights.facility_level[facility]] += counted
    people = 0
    for vertex in range(state.supplied.size):
        if wiring.supplied[vertex] and not state.supplied[vertex]:
            people += weights.vertex[vertex]
    loss[-1] += counted * people


@compiled
def nothing_noted(wiring: Wiring) -> Noted:
    """Return what is written down before anything happens."""
    never = np.iinfo(np.int64).max
    return Noted(
        np.full(wiring.is_open.size, never, np.int64),
        np.full(wiring.source_vertex.size, never, np.int64),
        np.zeros(wiring.reserve.size, np.bool_),
        np.full(wiring.is_open.size, -1, np.int32),
        np.full(wiring.source_vertex.size, -1, np.int32),
        np.full(wiring.reserve.size, -1, np.int32),
    )


@compiled
def simulate(wiring: Wiring, script: Script, weights: Weights, horizon_s: int, recording: bool) -> Ended:
    """Follow the script until the horizon. Losses count from 0 on. An empty script: nothing is lost but by coal."""
    damages = script.out_start.size - 1
    no_coal = damages + wiring.source_vertex.size + script.time.size
    state = normal_state(wiring, script)
    noted = nothing_noted(wiring)
    loss = np.zeros(weights.levels, np.int64)
    records = np.empty((64, 5), np.int64)
    count = 0
    event = 0
    last = script.start_s
    now = last
    while now <= horizon_s:
        pass_time(wiring, state, weights, loss, last, now)
        last = now
        seeded = 0
        dirty = count == 0 and now == script.start_s
        while event < script.time.size and script.time[event] == now:
            seeded = apply_event(script, state, event, seeded)
            dirty = dirty or script.kind[event] != 5  # a reserve that is reported changes nobody's supply by itself
            event += 1
        fail_until_stable(wiring, state, dirty, seeded, damages, no_coal)
        return_until_stable(wiring, state, damages, no_coal)
        if recording:
            rename_causes(wiring, script, state)
            rename_shortages(wiring, state, no_coal)
        records, count = note_changes(wiring, state, noted, now, records, count, recording)
        now = next_failure(wiring, state, now)
        if event < script.time.size:
            now = min(now, script.time[event])
    pass_time(wiring, state, weights, loss, last, horizon_s)
    return Ended(loss, noted.facility_since, noted.vertex_since, state.left, state.rate, records[:count])
