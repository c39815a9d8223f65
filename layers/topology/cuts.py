"""Where lines are cut: at taps, where an end lies on the middle of another line, and at nodes beside them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.connected import components
from layers.topology.model import SAME_PLACE_M, Anchors, Drawing, Flags, Ints, Joints, Numbers
from layers.topology.shapes import apart, points


@dataclass(frozen=True, eq=False)
class Cuts:
    """Line `line[i]` is cut at `along[i]` metres from its start and bent by `apart[i]` metres to reach `node[i]`.

    Sorted along each line.
    """

    line: Ints
    node: Ints
    along: Numbers
    apart: Numbers


def move_to_lines(drawing: Drawing, joints: Joints, anchors: Anchors) -> None:
    """Move each made node onto the nearest line that it is a tap of, if none of its ends then moved beyond its reach.

    Writes `joints.metres` and merges nodes that come to lie at the same place of a line. A node that cannot move stays:
    the line is bent to it instead.
    """
    first_made = len(anchors.ids)
    made = np.arange(first_made, len(joints.metres))
    met = _meetings(drawing, joints, made)
    order = np.lexsort((met.line, np.round(met.apart, 6), met.node))
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = met.node[order][1:] != met.node[order][:-1]
    best = order[fresh]
    node, line = met.node[best], met.line[best]
    foot = shapely.get_coordinates(shapely.line_interpolate_point(drawing.shapes[line], met.along[best]))
    target = joints.metres.copy()
    target[node] = np.where(met.apart[best, None] > SAME_PLACE_M, foot, joints.metres[node])
    if not len(node):
        return
    ends = np.flatnonzero(joints.node >= first_made)
    where = drawing.metres[drawing.end_vertices[ends]]
    moved = apart(where, target[joints.node[ends]])
    too_far = np.zeros(len(target), dtype=bool)
    too_far[joints.node[ends[moved > np.repeat(drawing.reach, 2)[ends]]]] = True
    stays = too_far[node]
    joints.metres[node[~stays]] = target[node[~stays]]
    _merge(joints, node[~stays], line[~stays], met.along[best][~stays])


def _merge(joints: Joints, node: Ints, line: Ints, along: Numbers) -> None:
    """Make one of nodes that were moved to the same place of the same line: taps from both sides of a main."""
    order = np.lexsort((node, along, line))
    a, b = order[:-1], order[1:]
    same = (line[a] == line[b]) & (apart(joints.metres[node[a]], joints.metres[node[b]]) < SAME_PLACE_M)
    label = components(len(joints.metres), node[a[same]], node[b[same]])
    joints.metres = joints.metres[label]
    np.minimum.at(joints.limit, label, joints.limit.copy())
    ended = joints.node >= 0
    joints.node[ended] = label[joints.node[ended]]


def find_cuts(drawing: Drawing, joints: Joints, anchors: Anchors, built: Flags, fresh: Flags) -> Cuts:
    """Return where lines are cut: at nodes on or near their middle.

    Lines that are `built` (they name both their nodes) are cut only at nodes that are `fresh`.
    """
    used = np.unique(joints.node[joints.node >= len(anchors.ids)])
    met = _meetings(drawing, joints, np.concatenate([np.arange(len(anchors.ids)), used]))
    met = _taken(met, ~built[met.line] | fresh[met.node])
    # Of nodes at the same place a device comes first, as it isolates; the others of that place are left alone.
    device = np.concatenate([anchors.device, np.zeros(len(joints.metres) - len(anchors.ids), dtype=bool)])
    met = _taken(met, np.lexsort((met.node, ~device[met.node], met.along, met.line)))
    where = joints.metres[met.node]
    again = np.zeros(len(met.line), dtype=bool)
    again[1:] = (met.line[1:] == met.line[:-1]) & (apart(where[1:], where[:-1]) < SAME_PLACE_M)
    return _taken(met, ~(again & (met.node < len(anchors.ids))))


def _meetings(drawing: Drawing, joints: Joints, nodes: Ints) -> Cuts:
    """Return all pairs of a node and a line that passes it within both their limits without ending at it or before."""
    if not len(nodes) or not len(drawing.ids):
        return Cuts(*(np.empty(0, dtype=np.int64),) * 2, *(np.empty(0),) * 2)
    spots = points(joints.metres[nodes])
    which, line = drawing.tree.query(spots, predicate="dwithin", distance=joints.limit[nodes] + SAME_PLACE_M)
    node = nodes[which]
    ends = joints.node.reshape(-1, 2)[line]
    off = np.asarray(shapely.distance(spots[which], drawing.shapes[line]), dtype=np.float64)
    keep = (ends != node[:, None]).all(axis=1) & (off <= np.minimum(joints.limit[node], drawing.reach[line]))
    which, line, node, off, ends = which[keep], line[keep], node[keep], off[keep], ends[keep]
    along = np.asarray(shapely.line_locate_point(drawing.shapes[line], spots[which]), dtype=np.float64)
    inside = (along > SAME_PLACE_M) & (along < drawing.length[line] - SAME_PLACE_M)
    for side in (0, 1):
        other = joints.metres[ends[:, side]]
        distinct = apart(other, joints.metres[node]) > SAME_PLACE_M
        inside &= distinct | (ends[:, side] < 0)
    return Cuts(line[inside], node[inside], along[inside], off[inside])


def _taken(cuts: Cuts, rows: NDArray[np.bool_] | Ints) -> Cuts:
    return Cuts(cuts.line[rows], cuts.node[rows], cuts.along[rows], cuts.apart[rows])
