"""Every single failure at once: what the loss of each node, line and device takes away.

A fault on a node or line takes out its segment and opens the closed devices around it; a fault on a device takes out
the segments on all its sides. Opening a device with two sides changes nothing more; one with three or more sides parts
the sound sides from each other too, so it fails with the segment.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from priority.network.arrays import NetworkArrays
from priority.network.cut_off import CutOff
from priority.network.depth_first import DepthFirstTree
from priority.network.kernels import BoolArray, IntArray
from priority.network.segment_graph import SegmentGraph
from priority.network.segments import Segments

_FLOATS = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Criticality:
    """Losses (x w) of a failure of each segment (s) and device (d); `devices` are node numbers.

    The first column counts nodes (devices left out), the others are the weights that were given. Nodes without supply
    before the failure are not lost by it.
    """

    segments: Segments
    devices: IntArray
    of_segment: _FLOATS
    of_device: _FLOATS

    @classmethod
    def of(cls, arrays: NetworkArrays, segments: Segments, is_open: BoolArray, weights: _FLOATS) -> Criticality:
        """Rate all elements, given which devices are open (n) and the nodes' weights (n x w)."""
        graph = SegmentGraph.build(arrays, segments, is_open)
        tree = DepthFirstTree.grow(graph.indptr, graph.neighbour, graph.root)
        cut_off = CutOff.build(tree, graph.indptr, graph.neighbour, _by_number(arrays, segments, graph, tree, weights))
        rims = _parting_devices(graph)
        count = graph.segment_count
        alone = _grown(np.arange(count + 1), np.arange(count), rims)
        sides = _grown(graph.side_indptr, graph.side, rims, np.arange(graph.devices.size) + count)
        return cls(segments, graph.devices, cut_off.loss(*alone), cut_off.loss(*sides))

    def of_node(self, arrays: NetworkArrays) -> _FLOATS:
        """Return the loss (n x w) of every node, devices included; zeros for what is out of service."""
        loss = _placed(self.of_segment, self.segments.of_node)
        loss[self.devices] = self.of_device
        return loss

    def of_line(self) -> _FLOATS:
        """Return the loss (m x w) of every line; zeros for what is out of service."""
        return _placed(self.of_segment, self.segments.of_line)


def _placed(losses: _FLOATS, owner: IntArray) -> _FLOATS:
    padded = np.vstack([losses, np.zeros((1, losses.shape[1]))])  # the last row serves those in no segment (-1)
    return padded[owner]


def _by_number(
    arrays: NetworkArrays, segments: Segments, graph: SegmentGraph, tree: DepthFirstTree, weights: _FLOATS
) -> _FLOATS:
    """Add up the weights of each segment's nodes and put them in preorder; devices and the root weigh nothing."""
    inside = segments.of_node >= 0
    columns = np.column_stack([np.ones(arrays.node_ids.size), weights])
    totals = np.zeros((graph.root + 1, columns.shape[1]))
    for column in range(columns.shape[1]):
        sums = np.bincount(segments.of_node[inside], columns[inside, column], minlength=graph.root + 1)
        totals[:, column] = sums
    return totals[tree.order]


def _parting_devices(graph: SegmentGraph) -> tuple[IntArray, IntArray]:
    """Return for each segment, in compressed rows, the closed devices with three or more sides around it."""
    degree = np.diff(graph.indptr)
    parting = np.flatnonzero(degree[graph.segment_count : graph.root] >= 3) + graph.segment_count
    pairs = [(graph.neighbour[graph.indptr[device] : graph.indptr[device + 1]], device) for device in parting]
    segment = np.concatenate([np.empty(0, np.int64), *(sides for sides, _ in pairs)])
    device = np.repeat(parting, [sides.size for sides, _ in pairs])
    order = np.argsort(segment, kind="stable")
    indptr = np.zeros(graph.segment_count + 1, np.int64)
    np.cumsum(np.bincount(segment.astype(np.int64), minlength=graph.segment_count), out=indptr[1:])
    return indptr, device[order]


def _grown(
    indptr: IntArray, segment: IntArray, rims: tuple[IntArray, IntArray], own: IntArray | None = None
) -> tuple[IntArray, IntArray]:
    """Add to each set of segments the parting devices around them, and `own`, the vertex the set is about."""
    rim_indptr, device = rims
    row = np.repeat(np.arange(indptr.size - 1), np.diff(indptr))
    extra = np.diff(rim_indptr)[segment]
    position = np.repeat(rim_indptr[segment] - np.concatenate([[0], np.cumsum(extra)[:-1]]), extra) + np.arange(
        extra.sum()
    )
    owner = np.concatenate([row, np.repeat(row, extra), np.arange(0 if own is None else own.size)])
    vertex = np.concatenate([segment, device[position.astype(np.int64)], np.empty(0, np.int64) if own is None else own])
    order = np.argsort(owner, kind="stable")
    grown = np.zeros(indptr.size, np.int64)
    np.cumsum(np.bincount(owner, minlength=indptr.size - 1), out=grown[1:])
    return grown.astype(np.int32), vertex[order].astype(np.int32)
