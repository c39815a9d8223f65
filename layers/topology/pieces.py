"""Lines written anew: from node to node, in as many pieces as they are cut into."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.topology.cuts import Cuts
from layers.topology.model import SAME_PLACE_M, Drawing, Flags, Ints, Joints, Numbers, Shapes
from layers.topology.shapes import linestrings


@dataclass(frozen=True, eq=False)
class Pieces:
    """Pieces in the order of the lines and along each: of which line, which piece, between which nodes, what shape.

    `number` counts from 1 in a line that is cut, and is 0 for a whole line. `shape` is in degrees.
    """

    line: Ints
    number: Ints
    start: Ints
    end: Ints
    shape: Shapes


def write_pieces(drawing: Drawing, joints: Joints, cuts: Cuts, moved: Flags) -> Pieces:
    """Return the lines cut at `cuts`. Ends that are `moved` take the place of their node, the others keep theirs."""
    count, number_of_cuts = len(drawing.ids), len(cuts.line)
    cuts_in = np.bincount(cuts.line, minlength=count)
    last = np.arange(count) + np.cumsum(cuts_in)
    first = last - cuts_in
    line = np.repeat(np.arange(count), cuts_in + 1)
    before = cuts.line + np.arange(number_of_cuts)
    start, end = np.empty(len(line), dtype=np.int64), np.empty(len(line), dtype=np.int64)
    start[first], end[last] = joints.node[0::2], joints.node[1::2]
    start[before + 1], end[before] = cuts.node, cuts.node
    number = np.where(cuts_in[line] > 0, np.arange(len(line)) - first[line] + 1, 0)
    coordinates, piece = _vertices(drawing, joints, cuts, moved)
    return Pieces(line, number, start, end, linestrings(coordinates, piece))


def _vertices(drawing: Drawing, joints: Joints, cuts: Cuts, moved: Flags) -> tuple[Numbers, Ints]:
    """Return all vertices of all pieces in degrees, and the piece of each."""
    degrees = drawing.degrees.copy()
    at = drawing.end_vertices
    degrees[at[moved]] = joints.degrees[joints.node[moved]]
    is_end = np.zeros(len(degrees) + len(cuts.line), dtype=bool)
    is_end[at] = True
    owner = np.repeat(np.arange(len(drawing.ids)), np.diff(drawing.first))
    line = np.concatenate([owner, cuts.line])
    along = np.concatenate([drawing.along, cuts.along])
    coordinates = np.concatenate([degrees, joints.degrees[cuts.node]])
    is_cut = np.arange(len(line)) >= len(degrees)
    order = np.lexsort((np.arange(len(line)), along, line))
    # The last vertex stays behind all cuts, also where the two lengths differ in the last digit.
    line, along, is_cut, is_end = line[order], along[order], is_cut[order], is_end[order]
    keep = is_cut | is_end | ~_beside_cut(line, along, is_cut)
    order, is_cut, line = order[keep], is_cut[keep], line[keep]
    copies = np.where(is_cut, 2, 1)
    piece = np.repeat(line + np.cumsum(is_cut), copies)
    ahead = np.cumsum(copies)[is_cut] - 2
    piece[ahead] -= 1
    return coordinates[np.repeat(order, copies)], piece


def _beside_cut(line: Ints, along: Numbers, is_cut: Flags) -> Flags:
    """Return which of the sorted vertices lie at the place of a cut before or after them on the same line."""
    index = np.arange(len(line))
    before = np.maximum.accumulate(np.where(is_cut, index, -1))
    after = np.minimum.accumulate(np.where(is_cut, index, len(line))[::-1])[::-1]
    beside = np.zeros(len(line), dtype=bool)
    for other, there in ((before, before >= 0), (after, after < len(line))):
        cut = np.where(there, other, 0)
        beside |= there & (line[cut] == line) & (np.abs(along - along[cut]) < SAME_PLACE_M)
    return beside
