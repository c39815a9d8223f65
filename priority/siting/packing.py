"""Demands sent whole to open sites that can be full: greedily, then with others making way, then filled up.

What is sent where is kept in place: each kernel changes the `Packed` that it is given.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from priority.network.kernels import BoolArray, compiled
from priority.siting.distances import Floats, Ints

#: What a site may hold beyond its capacity, as a share of it: rounding of summed weights.
_ROUNDING = 1e-9
#: A refill takes so many demands out at most, offers so many others, and counts in so many steps.
_OUT, _OFFERED, _STEPS = 24, 48, 4_000


class Rows(NamedTuple):
    """Pairs that may serve, in compressed rows by demand, the nearest first: their site, cost per weight and number."""

    start: Ints
    site: Ints
    cost: Floats
    pair: Ints


class Packed(NamedTuple):
    """The entry of `Rows` that each demand (n) has, -1 for none; each site's (m) room; and its demands as a list."""

    entry: Ints
    room: Floats
    head: Ints
    after: Ints
    before: Ints


@compiled
def opened_rows(rows: Rows, opened: BoolArray) -> Rows:
    """Return the pairs of open sites (m) alone."""
    n = rows.start.size - 1
    start = np.zeros(n + 1, np.int64)
    for row in range(n):
        count = 0
        for at in range(rows.start[row], rows.start[row + 1]):
            count += opened[rows.site[at]]
        start[row + 1] = start[row] + count
    kept = np.empty(start[n], np.int64)
    to = 0
    for at in range(rows.site.size):
        if opened[rows.site[at]]:
            kept[to] = at
            to += 1
    return Rows(start, rows.site[kept], rows.cost[kept], rows.pair[kept])


@compiled
def nothing_packed(count: int, capacity: Floats) -> Packed:
    """Return sites without demands."""
    nobody = np.full(count, -1, np.int64)
    room = capacity * (1.0 + _ROUNDING)
    return Packed(nobody, room, np.full(capacity.size, -1, np.int64), nobody.copy(), nobody.copy())


@compiled
def put(packed: Packed, rows: Rows, weight: Floats, row: int, at: int) -> None:
    """Send a demand that is nowhere by an entry."""
    site = rows.site[at]
    packed.entry[row] = at
    packed.room[site] -= weight[row]
    first = packed.head[site]
    packed.after[row], packed.before[row] = first, -1
    if first >= 0:
        packed.before[first] = row
    packed.head[site] = row


@compiled
def take(packed: Packed, rows: Rows, weight: Floats, row: int) -> None:
    """Take a demand from where it is."""
    site = rows.site[packed.entry[row]]
    packed.room[site] += weight[row]
    before, after = packed.before[row], packed.after[row]
    if before >= 0:
        packed.after[before] = after
    else:
        packed.head[site] = after
    if after >= 0:
        packed.before[after] = before
    packed.entry[row] = -1


@compiled
def best_entry(packed: Packed, rows: Rows, need: float, row: int, without: int, nearest: bool) -> int:
    """Return a demand's entry with room for `need`: the nearest, or of the roomiest site; not of a site `without`."""
    best, most = -1, -1.0
    for at in range(rows.start[row], rows.start[row + 1]):
        site = rows.site[at]
        if site == without or packed.room[site] < need or packed.room[site] <= most:
            continue
        best, most = at, packed.room[site]
        if nearest:
            break
    return best


@compiled
def urgency(rows: Rows, weight: Floats, nearest: bool) -> Floats:
    """Return how soon each demand (n) is sent, small ones first.

    Where the nearest counts, those come first that lose most by the second nearest; else those with the fewest sites,
    and of these the heaviest.
    """
    key = np.zeros(weight.size)
    most = max(1e-300, weight.max()) if weight.size else 1.0
    for row in range(weight.size):
        first, sites = rows.start[row], rows.start[row + 1] - rows.start[row]
        if not nearest:
            key[row] = sites - 0.5 * weight[row] / most
        elif sites > 1:
            key[row] = -weight[row] * (rows.cost[first + 1] - rows.cost[first])
        else:
            key[row] = -np.inf
    return key


@compiled
def pack(packed: Packed, rows: Rows, weight: Floats, own: Ints, nearest: bool) -> None:
    """Send demands (`own`, in order) that are nowhere to sites with room."""
    for row in own:
        if packed.entry[row] < 0:
            at = best_entry(packed, rows, weight[row], row, -1, nearest)
            if at >= 0:
                put(packed, rows, weight, row, at)


@compiled
def _way_made(packed: Packed, rows: Rows, weight: Floats, row: int, nearest: bool) -> bool:
    """Send a demand where another one can make way by going elsewhere."""
    for at in range(rows.start[row], rows.start[row + 1]):
        site = rows.site[at]
        missing = weight[row] - packed.room[site]
        other = packed.head[site]
        while other >= 0:
            if weight[other] >= missing:
                to = best_entry(packed, rows, weight[other], other, site, nearest)
                if to >= 0:
                    take(packed, rows, weight, other)
                    put(packed, rows, weight, other, to)
                    put(packed, rows, weight, row, at)
                    return True
            other = packed.after[other]
    return False


@compiled
def make_way(packed: Packed, rows: Rows, weight: Floats, own: Ints, nearest: bool) -> int:
    """Send demands that are nowhere to sites where another can make way; return how many were sent."""
    sent = 0
    for row in own:
        if packed.entry[row] < 0 and _way_made(packed, rows, weight, row, nearest):
            sent += 1
    return sent


@compiled
def _fullest(size: Ints, room: int) -> BoolArray:
    """Return which sizes, of whole steps, come nearest to a room from below."""
    last = np.full(room + 1, -1, np.int64)
    last[0] = size.size
    for item in range(size.size):
        for sum_ in range(room, size[item] - 1, -1):
            if last[sum_] < 0 and size[item] > 0 and last[sum_ - size[item]] >= 0:
                last[sum_] = item
    full = room
    while last[full] < 0:
        full -= 1
    taken = np.zeros(size.size, np.bool_)
    while full > 0:
        taken[last[full]] = True
        full -= size[last[full]]
    return taken


@compiled
def _exchange(packed: Packed, rows: Rows, weight: Floats, offered: Ints, site: int, whole: bool) -> float:
    """Choose anew, among demands offered by their entries, who goes to a site; return the weight won."""
    room, before = packed.room[site], 0.0
    row_of = np.searchsorted(rows.start, offered, side="right") - 1
    for row in row_of:
        if packed.entry[row] >= 0:
            room += weight[row]
            before += weight[row]
    step = 1.0 if whole and room <= 4 * _STEPS else max(room, 1e-300) / _STEPS
    size = np.ceil(weight[row_of] / step * (1 - 1e-12)).astype(np.int64)
    taken = _fullest(size, int(room / step))
    won = -before
    for item in np.flatnonzero(taken):
        won += weight[row_of[item]]
    if won <= 1e-9 * max(1.0, before):
        return 0.0
    for row in row_of:
        if packed.entry[row] >= 0:
            take(packed, rows, weight, row)
    for item in np.flatnonzero(taken):
        put(packed, rows, weight, row_of[item], offered[item])
    return won


@compiled
def fill_up(packed: Packed, rows: Rows, weight: Floats, mine: BoolArray, entries: Ints, whole: bool) -> float:
    """Fill what room a site has left by exchanging its demands for others that are nowhere; return the weight won.

    `entries` are all those of one site. Only demands that are `mine` (n) are taken or sent.
    """
    site = rows.site[entries[0]]
    offered = np.empty(_OUT + _OFFERED, np.int64)
    waiting = 0
    row_of = np.searchsorted(rows.start, entries, side="right") - 1
    for row in row_of:
        waiting += mine[row] and packed.entry[row] < 0 and weight[row] > 0
    if not waiting or not packed.room[site] > 0:
        return 0.0
    out = into = seen = 0
    for item in range(entries.size):
        row = row_of[item]
        if not mine[row] or weight[row] <= 0:
            continue
        if packed.entry[row] == entries[item] and out < _OUT:
            offered[out + into] = entries[item]
            out += 1
        elif packed.entry[row] < 0:
            # Spread over all that wait, so that many different weights are offered.
            if into < _OFFERED and seen * _OFFERED >= into * waiting:
                offered[out + into] = entries[item]
                into += 1
            seen += 1
    return _exchange(packed, rows, weight, np.sort(offered[: out + into]), site, whole)
