"""Demands packed into sites that can be full, sent nearer: by moving, and by changing places."""

from __future__ import annotations

import numpy as np

from priority.network.kernels import compiled
from priority.siting.distances import Floats, Ints
from priority.siting.packing import Packed, Rows, best_entry, put, take


@compiled
def _better(less: float, level: int, other_less: float, other_level: int) -> bool:
    """Whether two changes of cost are a gain: the lower level decides, equal levels together."""
    if level == other_level:
        return less + other_less < -1e-9 * (abs(less) + abs(other_less))
    if level < other_level:
        return less < 0.0
    return other_less < 0.0


@compiled
def _change_places(packed: Packed, rows: Rows, weight: Floats, level: Ints, row: int, at: int) -> bool:
    """Send a demand by a nearer entry in place of another, which goes wherever it loses least."""
    site, now = rows.site[at], packed.entry[row]
    left = rows.site[now]
    less = weight[row] * (rows.cost[at] - rows.cost[now])
    other = packed.head[site]
    while other >= 0:
        following = packed.after[other]
        if packed.room[site] + weight[other] >= weight[row]:
            packed.room[left] += weight[row]
            to = best_entry(packed, rows, weight[other], other, site, True)
            packed.room[left] -= weight[row]
            if to >= 0:
                more = weight[other] * (rows.cost[to] - rows.cost[packed.entry[other]])
                if _better(less, level[row], more, level[other]):
                    take(packed, rows, weight, row)
                    take(packed, rows, weight, other)
                    put(packed, rows, weight, row, at)
                    put(packed, rows, weight, other, to)
                    return True
        other = following
    return False


@compiled
def send_nearer(packed: Packed, rows: Rows, weight: Floats, level: Ints, deep: bool) -> int:
    """Move demands to nearer sites with room and, where `deep`, have them change places; return how many moved."""
    moved = 0
    for row in range(weight.size):
        if packed.entry[row] < 0:
            continue
        for at in range(rows.start[row], packed.entry[row]):
            if packed.room[rows.site[at]] >= weight[row]:
                take(packed, rows, weight, row)
                put(packed, rows, weight, row, at)
                moved += 1
                break
            if deep and weight[row] > 0 and _change_places(packed, rows, weight, level, row, at):
                moved += 1
                break
    return moved


@compiled
def pour(rows: Rows, weight: Floats, order: Ints, capacity: Floats) -> tuple[Floats, Floats]:
    """Return the share of each entry where demands, in order, are served in parts by the nearest sites with room.

    And the room that is left.
    """
    share, room = np.zeros(rows.site.size), capacity.copy()
    for row in order:
        left = 1.0
        for at in range(rows.start[row], rows.start[row + 1]):
            site = rows.site[at]
            free = max(0.0, room[site])
            part = left if weight[row] * left <= free else free / weight[row]
            share[at] = part
            room[site] -= part * weight[row]
            left -= part
            if left <= 1e-12:
                break
    return share, room
