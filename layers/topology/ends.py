"""Ends of lines that belong together: at a node that is there, else at each other's places.

Ends at the very same place stay together. A place goes to the nearest given node within its reach. The places left are
joined pair by pair, the nearest first, as long as all places of a joint lie within reach of each other: a chain of near
ends is never drawn together, and no end moves further than its reach.
"""

from __future__ import annotations

import numpy as np
import shapely

from layers.connected import components
from layers.errors import LayerError
from layers.topology.model import Anchors, Drawing, Ints, Joints, Numbers
from layers.topology.shapes import apart, points

#: So many pairs of near ends are looked at; a drawing has a few for each end, a tolerance too large has thousands.
MOST_PAIRS = 20_000_000


class ToleranceTooLarge(LayerError, ValueError):
    """Within the tolerance lie so many ends that it cannot tell what belongs together."""

    def __init__(self, tolerance_m: float) -> None:
        self.tolerance_m = tolerance_m
        super().__init__(
            f"容差 {tolerance_m:g} 米内的线端太多，分不清哪些相连；请减小容差 "
            f"(too many ends lie within {tolerance_m:g} m of each other to tell what belongs together; use less)"
        )


def join_ends(drawing: Drawing, anchors: Anchors, named: Ints, tolerance_m: float, *, make_nodes: bool) -> Joints:
    """Return the node of each end. `named` holds, for each end, the anchor that the line itself names, or -1.

    What a line names is kept, however far it is. Without `make_nodes` only given nodes are used.
    """
    node = named.copy()
    given = named >= 0
    free = np.flatnonzero(~given)
    place, where, reach = _places(drawing, free)
    nearest = _nearest(where, reach, anchors.metres, tolerance_m)
    node[free] = nearest[place]
    founder: Ints = np.empty(0, dtype=np.int64)
    if make_nodes:
        left = np.flatnonzero(nearest < 0)
        ends_at = np.bincount(place, minlength=len(where))
        cluster, leader = _clusters(where[left], reach[left], ends_at[left], tolerance_m)
        of_place = np.full(len(where), -1)
        of_place[left] = cluster
        loose = nearest[place] < 0
        node[free[loose]] = len(anchors.ids) + of_place[place[loose]]
        first_end = _first(place, len(where))
        founder = free[first_end[left[leader]]]
    vertices = drawing.end_vertices[founder]
    limit = np.full(len(anchors.ids) + len(founder), tolerance_m)
    made = node >= len(anchors.ids)
    np.minimum.at(limit, node[made], np.repeat(drawing.reach, 2)[made])
    return Joints(
        node,
        given,
        founder,
        np.concatenate([anchors.degrees, drawing.degrees[vertices]]),
        np.concatenate([anchors.metres, drawing.metres[vertices]]),
        limit,
    )


def _places(drawing: Drawing, ends: Ints) -> tuple[Ints, Numbers, Numbers]:
    """Return the place of each of the `ends`, numbered by first end; where each is; the smallest reach at each."""
    vertices = drawing.end_vertices[ends]
    degrees = drawing.degrees[vertices]
    order = np.lexsort((ends, degrees[:, 1], degrees[:, 0]))
    fresh = np.ones(len(ends), dtype=bool)
    fresh[1:] = (degrees[order][1:] != degrees[order][:-1]).any(axis=1)
    group = np.cumsum(fresh) - 1
    lead = order[fresh]
    rank = np.empty(len(lead), dtype=np.int64)
    rank[np.argsort(ends[lead])] = np.arange(len(lead))
    place = np.empty(len(ends), dtype=np.int64)
    place[order] = rank[group]
    reach = np.full(len(lead), np.inf)
    np.minimum.at(reach, place, np.repeat(drawing.reach, 2)[ends])
    return place, drawing.metres[vertices[_first(place, len(lead))]], reach


def _first(group: Ints, count: int) -> Ints:
    """Return the first member of each of `count` groups."""
    first = np.full(count, len(group))
    np.minimum.at(first, group, np.arange(len(group)))
    return first


def _nearest(where: Numbers, reach: Numbers, anchors: Numbers, tolerance_m: float) -> Ints:
    """Return the nearest anchor within each place's reach, the smallest number of those equally near; else -1."""
    found = np.full(len(where), -1)
    if not len(where) or not len(anchors):
        return found
    tree = shapely.STRtree(points(anchors))
    (who, which), off = tree.query_nearest(
        points(where), max_distance=tolerance_m * 1.000001, return_distance=True, all_matches=True
    )
    near = off <= reach[who]
    best = np.full(len(where), len(anchors))
    np.minimum.at(best, who[near], which[near])
    return np.where(best < len(anchors), best, -1)


def _clusters(where: Numbers, reach: Numbers, ends_at: Ints, tolerance_m: float) -> tuple[Ints, Ints]:
    """Return the cluster of each place, and of each cluster the place that leads it: most ends, then the first."""
    count = len(where)
    if not count:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    _require_few_pairs(where, tolerance_m)
    spots = points(where)
    a, b = shapely.STRtree(spots).query(spots, predicate="dwithin", distance=tolerance_m)
    a, b = a[a < b], b[a < b]
    gap = apart(where[a], where[b])
    near = gap <= np.minimum(reach[a], reach[b])
    a, b, gap = a[near], b[near], gap[near]
    label = components(count, a, b)
    size, pairs = np.bincount(label, minlength=count), np.bincount(label[a], minlength=count)
    tangled = pairs < size * (size - 1) // 2
    loose = tangled[label[a]]
    label = np.where(tangled[label], np.arange(count), label)
    _link(label, a[loose], b[loose], gap[loose])
    order = np.lexsort((np.arange(count), -ends_at, label))
    fresh = np.ones(count, dtype=bool)
    fresh[1:] = label[order][1:] != label[order][:-1]
    cluster = np.empty(count, dtype=np.int64)
    cluster[order] = np.cumsum(fresh) - 1
    return cluster, order[fresh]


def _require_few_pairs(where: Numbers, tolerance_m: float) -> None:
    """Refuse a tolerance that would give too many pairs, before they are made: counted in squares of its size."""
    cells = np.floor((where - where.min(axis=0)) / tolerance_m).astype(np.int64)
    _, sizes = np.unique(cells[:, 0] * (cells[:, 1].max() + 1) + cells[:, 1], return_counts=True)
    if int((sizes.astype(np.int64) ** 2).sum()) > MOST_PAIRS:
        raise ToleranceTooLarge(tolerance_m)


def _link(label: Ints, a: Ints, b: Ints, gap: Numbers) -> None:
    """Join near places pair by pair, the nearest first, where every place of both sides is near every other.

    Writes `label`. Only for parts in which not all places are near each other, which are few and small.
    """
    near = set(zip(a.tolist(), b.tolist(), strict=True))
    members: dict[int, list[int]] = {}
    for number in np.lexsort((b, a, np.round(gap, 6))).tolist():
        one, other = int(label[a[number]]), int(label[b[number]])
        if one == other:
            continue
        left, right = members.get(one, [one]), members.get(other, [other])
        if all((min(x, y), max(x, y)) in near for x in left for y in right):
            joined = sorted(left + right)
            label[joined] = joined[0]
            members[joined[0]] = joined
