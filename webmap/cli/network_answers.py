"""What the `webmap network` commands answer: ids in arrays and lists, sorted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from priority.network import NetworkArrays, Segments, SwitchState, trace_supply
from priority.network.backfeed import backfeed_devices
from priority.network.criticality import Criticality

_IDS = NDArray[np.object_]
_FLOATS = NDArray[np.float64]
_NUMBERS = NDArray[np.int32]

#: Digits of a total that sums of floating-point numbers still get right, with some to spare.
_SOUND_DIGITS = 12


def segment_members(segments: Segments, nodes: list[str], lines: list[str]) -> list[tuple[list[str], list[str]]]:
    """Return the nodes and lines of each segment in ascending order, from lists with one entry a node and a line."""
    return list(
        zip(
            _grouped(segments.of_node, segments.count, nodes),
            _grouped(segments.of_line, segments.count, lines),
            strict=True,
        )
    )


def _grouped(owner: NDArray[np.integer], count: int, names: list[str]) -> list[list[str]]:
    order = np.argsort(owner, kind="stable")
    ends = np.searchsorted(owner[order], np.arange(count + 1))
    ordered = [names[number] for number in order.tolist()]
    return [ordered[start:end] for start, end in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)]


def fault_trace(arrays: NetworkArrays, nodes: _NUMBERS, lines: _NUMBERS, opened: _NUMBERS) -> dict[str, _IDS]:
    """Return what a fault on these nodes and lines together does, once the devices `opened` are open."""
    before = SwitchState.normal(arrays)
    before.is_open[opened] = True
    supply_before = trace_supply(arrays, before)
    isolation = Segments.of(arrays).isolate(nodes, lines, before.is_open)
    after = before.copy()
    after.node_out[isolation.nodes] = True
    after.node_out[isolation.damaged] = True
    after.line_out[isolation.lines] = True
    after.is_open[isolation.to_open] = True
    supply = trace_supply(arrays, after)
    dark = ~supply.supplied & ~arrays.is_device
    return {
        "isolating_devices": arrays.node_ids[isolation.to_open],
        "lost_nodes": arrays.node_ids[isolation.nodes],
        "lost_lines": arrays.line_ids[isolation.lines],
        "unsupplied_nodes": arrays.node_ids[dark],
        "newly_unsupplied_nodes": arrays.node_ids[dark & supply_before.supplied],
        "backfeed_devices": arrays.node_ids[backfeed_devices(arrays, supply_before, after, supply, isolation)],
    }


def ratings(arrays: NetworkArrays, weights: _FLOATS, opened: _NUMBERS) -> tuple[_IDS, _IDS, NDArray[np.int64], _FLOATS]:
    """Return element, kind (node, device, line), nodes and weight lost for all in service, heaviest first."""
    is_open = SwitchState.normal(arrays).is_open
    is_open[opened] = True
    rated = Criticality.of(arrays, Segments.of(arrays), is_open, weights[:, None])
    loss = np.concatenate([rated.of_node(arrays)[arrays.carries_node], rated.of_line()[arrays.carries_line]])
    element = np.concatenate([arrays.node_ids[arrays.carries_node], arrays.line_ids[arrays.carries_line]])
    is_device = arrays.is_device[arrays.carries_node]
    kind = np.concatenate(
        [np.where(is_device, "device", "node"), np.full(int(arrays.carries_line.sum()), "line")]
    ).astype(object)
    nodes = np.rint(loss[:, 0]).astype(np.int64)
    weight = _without_noise(loss[:, 1], weights)
    by_id = np.argsort(element, kind="stable")
    order = by_id[np.lexsort((-nodes[by_id], -weight[by_id]))]
    return element[order], kind[order], nodes[order], weight[order]


def _without_noise(sums: _FLOATS, weights: _FLOATS) -> _FLOATS:
    """Round away what differences of long sums leave behind, so that equal losses are equal."""
    total = float(np.abs(weights).sum())
    if total == 0.0:
        return np.zeros_like(sums)
    rounded = np.round(sums, _SOUND_DIGITS - int(np.ceil(np.log10(total))))
    return np.asarray(rounded + 0.0)  # no negative zero
