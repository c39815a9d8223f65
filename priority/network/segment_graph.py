"""The networks seen from afar: segments joined by closed devices, hung on the sources.

Vertices are the segments (0 .. s-1), then the devices (s .. s+d-1), then one root that stands for all sources together.
A closed device is joined to every segment on its sides, the root to every segment with a source. Whatever hangs
together with the root has supply. An open device stands alone; its sides are kept apart from the graph.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from priority.network.arrays import NetworkArrays
from priority.network.kernels import BoolArray, IntArray
from priority.network.segments import Segments


@dataclass(frozen=True, eq=False)
class SegmentGraph:
    """`indptr`, `neighbour` are the joins in compressed rows; `devices` are node numbers, in the vertices' order.

    `side_indptr`, `side` list the segments on the sides of every device, open ones too (d rows).
    """

    segment_count: int
    devices: IntArray
    indptr: IntArray
    neighbour: IntArray
    side_indptr: IntArray
    side: IntArray

    @property
    def root(self) -> int:
        """The vertex that stands for the sources."""
        return self.segment_count + self.devices.size

    @classmethod
    def build(cls, arrays: NetworkArrays, segments: Segments, is_open: BoolArray) -> SegmentGraph:
        """Contract the networks with devices open as told (n). No sources: nothing hangs on the root."""
        devices = np.flatnonzero(arrays.is_device & arrays.carries_node).astype(np.int32)
        vertex_of = np.full(arrays.node_ids.size, -1, np.int64)
        vertex_of[devices] = np.arange(devices.size)
        device, segment = _sides(arrays, segments, vertex_of)
        root = segments.count + devices.size
        fed = np.unique(segments.of_node[arrays.is_source & arrays.carries_node & ~arrays.is_device])
        joins = ~is_open[devices[device]] if device.size else np.empty(0, np.bool_)
        left = np.concatenate([segment[joins], fed])
        right = np.concatenate([device[joins] + segments.count, np.full(fed.size, root)])
        indptr, neighbour = _rows(root + 1, left, right)
        side_indptr = np.zeros(devices.size + 1, np.int32)
        np.cumsum(np.bincount(device, minlength=devices.size), out=side_indptr[1:])
        return cls(segments.count, devices, indptr, neighbour, side_indptr, segment.astype(np.int32))


def _sides(arrays: NetworkArrays, segments: Segments, vertex_of: IntArray) -> tuple[IntArray, IntArray]:
    """Return each pair of device and segment on one of its sides once, by device."""
    lines = np.flatnonzero(segments.of_line >= 0)
    device = np.concatenate([vertex_of[arrays.line_from[lines]], vertex_of[arrays.line_to[lines]]])
    segment = np.concatenate([segments.of_line[lines], segments.of_line[lines]]).astype(np.int64)
    pairs = np.unique(device[device >= 0] * (segments.count + 1) + segment[device >= 0])
    return pairs // (segments.count + 1), pairs % (segments.count + 1)


def _rows(size: int, left: IntArray, right: IntArray) -> tuple[IntArray, IntArray]:
    start = np.concatenate([left, right])
    order = np.argsort(start, kind="stable")
    indptr = np.zeros(size + 1, np.int32)
    np.cumsum(np.bincount(start, minlength=size), out=indptr[1:])
    return indptr, np.concatenate([right, left])[order].astype(np.int32)
