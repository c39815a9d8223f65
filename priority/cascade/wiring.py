"""What the simulation reads and writes, as plain arrays that compiled code can take.

`v` vertices of the condensed networks, `f` facilities, `q` needs, `r` coal routes, `d` damages, `x` events. Times are
whole seconds after the incident's `at`. A reserve is counted in thousandths of a second, used up at a rate in
thousandths, so that coal that is half delivered lasts exactly twice as long.
"""

from __future__ import annotations

from typing import NamedTuple

from priority.network.kernels import BoolArray, IntArray
from priority.times import Seconds

#: A need that nothing meets uses its reserve up at this rate.
FULL_RATE = 1000

#: Kinds of event.
NETWORK_DAMAGE, FACILITY_DAMAGE, OPERATION, PLACEMENT, STOCKS_COUNT, RESERVE_REPORT = 0, 1, 2, 3, 4, 5
#: Kinds of record: a vertex lost or back, a need unmet or met, a facility failed or back.
VERTEX, NEED, FACILITY = 0, 1, 2


class Wiring(NamedTuple):
    """What does not change from incident to incident.

    Rows of `feeds` are the vertices that meet a need. `watched` (q) are the needs that count: met in the normal state,
    or a stock whose deliveries are known (`is_stock`). `supplied` (v) is the supply in the normal state.
    """

    indptr: IntArray
    neighbour: IntArray
    edge: IntArray
    is_source: BoolArray
    is_open: BoolArray
    supplied: BoolArray
    source_vertex: IntArray
    need_start: IntArray
    feed_start: IntArray
    feeds: IntArray
    required: BoolArray
    watched: BoolArray
    is_stock: BoolArray
    reserve: Seconds
    route_need: IntArray
    route_share: Seconds
    route_mine: IntArray
    edges: int


class Script(NamedTuple):
    """What happens from outside, in order of time. `sign` is 1 where something begins and -1 where it ends.

    Of a `RESERVE_REPORT` it is the seconds that are left.

    `start_s` is when the course begins (not after the first event); stocks shrink from the event `STOCKS_COUNT` on.
    `number` is a damage, facility, vertex of a device or need, by `kind`. `label` names the event as a cause. Rows of
    `out`, `edge_out`, `held_open` are what each damage takes.
    """

    start_s: int
    time: Seconds
    kind: IntArray
    number: IntArray
    sign: IntArray
    label: IntArray
    out_start: IntArray
    out: IntArray
    edge_start: IntArray
    edge_out: IntArray
    held_start: IntArray
    held_open: IntArray


class Weights(NamedTuple):
    """What being without costs a second: facilities (f) at their level (-1: none), vertices (v) at the last level."""

    facility_level: IntArray
    vertex: Seconds
    levels: int


class Ended(NamedTuple):
    """How a simulation ends: the loss of each level, and since when facilities (f) and vertices (v) are down.

    `NEVER` for those that are not. `left` (q, thousandths) is what is left of each reserve, `rate` (q) how fast it
    shrinks. `records` (k, 5) in order of time: time, kind, number, 0 lost or 1 back, cause. The cause of a lost vertex
    or need is the label of what took it, that of a failed facility its need, -1 if it was damaged itself.
    """

    loss: Seconds
    facility_since: Seconds
    vertex_since: Seconds
    left: Seconds
    rate: Seconds
    records: Seconds
