"""Every single failure at once says what a trace with that one fault says, on hundreds of random networks."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pandas as pd
import pytest

from priority.network import NetworkArrays, Segments, SwitchState, trace_supply
from priority.network.backfeed import backfeed_devices
from priority.network.criticality import Criticality
from priority.network.outage import OutageIndex
from tests.priority.network.slow import Frames, SlowNetwork, SlowTrace, random_network

SEEDS = range(25)
NETWORKS_A_SEED = 16


def networks(seed: int) -> list[Frames]:
    rng = np.random.default_rng(seed)
    return [random_network(rng) for _ in range(NETWORKS_A_SEED)]


def rated(frames: Frames, weight_of: dict[str, float]) -> dict[str, tuple[float, float]]:
    """Return nodes and weight lost with each element in service."""
    arrays = NetworkArrays.build(*frames)
    weights = np.array([[weight_of[name]] for name in arrays.node_ids])
    ratings = Criticality.of(arrays, Segments.of(arrays), SwitchState.normal(arrays).is_open, weights)
    carries = np.concatenate([arrays.carries_node, arrays.carries_line])
    losses = np.concatenate([ratings.of_node(arrays), ratings.of_line()])[carries]
    names = np.concatenate([arrays.node_ids, arrays.line_ids])[carries]
    return {str(name): (float(nodes), float(weight)) for name, (nodes, weight) in zip(names, losses, strict=True)}


def traced(frames: Frames, faults: list[str], opened: list[str]) -> SlowTrace:
    """Return what the arrays say about a fault, in the oracle's form."""
    arrays = NetworkArrays.build(*frames)
    before = SwitchState.normal(arrays)
    before.is_open[np.isin(arrays.node_ids, opened)] = True
    supply = trace_supply(arrays, before)
    nodes, lines = (np.flatnonzero(np.isin(ids, faults)) for ids in (arrays.node_ids, arrays.line_ids))
    isolation = Segments.of(arrays).isolate(nodes, lines, before.is_open)
    after = before.copy()
    after.is_open[isolation.to_open] = True
    after.node_out[isolation.nodes] = after.node_out[isolation.damaged] = after.line_out[isolation.lines] = True
    left = trace_supply(arrays, after)
    dark = arrays.carries_node & ~arrays.is_device & ~left.supplied
    backfeed = backfeed_devices(arrays, supply, after, left, isolation)
    return SlowTrace(
        set(arrays.node_ids[isolation.to_open]),
        set(arrays.node_ids[isolation.nodes]),
        set(arrays.line_ids[isolation.lines]),
        set(arrays.node_ids[dark]),
        set(arrays.node_ids[dark & supply.supplied]),
        set(arrays.node_ids[backfeed]),
    )


def newly_unsupplied(frames: Frames, faults: list[str], opened: list[str]) -> set[str]:
    """Return the same loss as the index of outages answers it."""
    arrays = NetworkArrays.build(*frames)
    is_open = SwitchState.normal(arrays).is_open
    is_open[np.isin(arrays.node_ids, opened)] = True
    nodes, lines = (np.flatnonzero(np.isin(ids, faults)) for ids in (arrays.node_ids, arrays.line_ids))
    index = OutageIndex.build(arrays, Segments.of(arrays), is_open)
    return set(arrays.node_ids[index.newly_unsupplied(nodes, lines)])


@pytest.mark.parametrize("seed", SEEDS)
def test_each_loss_is_that_of_a_trace_with_one_fault(seed: int) -> None:
    rng = np.random.default_rng([seed, 1])
    for frames in networks(seed):
        slow = SlowNetwork(*frames)
        weight_of = {name: float(rng.integers(0, 100)) for name in frames[0]["id"]}
        expected = {}
        for element in [*slow.kind, *slow.ends]:
            newly = slow.trace([element]).newly
            expected[element] = (float(len(newly)), sum(weight_of[name] for name in newly))
        assert rated(frames, weight_of) == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_traces_of_faults_that_happen_together(seed: int) -> None:
    rng = np.random.default_rng([seed, 2])
    for frames in networks(seed):
        slow = SlowNetwork(*frames)
        elements = [*frames[0]["id"], *frames[1]["id"]]
        for count in (0, 1, 1, 2, 3):
            faults = [str(name) for name in rng.choice(elements, min(count, len(elements)), replace=False)]
            opened = [name for name in sorted(slow.devices) if rng.random() < 0.1]
            expected = slow.trace(faults, opened)
            assert traced(frames, faults, opened) == expected
            assert newly_unsupplied(frames, faults, opened) == expected.newly


@pytest.mark.parametrize("seed", SEEDS)
def test_segments_and_their_members(seed: int) -> None:
    for frames in networks(seed):
        arrays = NetworkArrays.build(*frames)
        segments = Segments.of(arrays)
        members: dict[int, set[str]] = {}
        for ids, owner in ((arrays.node_ids, segments.of_node), (arrays.line_ids, segments.of_line)):
            for name, number in zip(ids, owner.tolist(), strict=True):
                members.setdefault(number, set()).add(name)
        members.pop(-1, None)
        assert sorted(members) == list(range(segments.count))
        assert set(map(frozenset, members.values())) == SlowNetwork(*frames).segments()


def test_the_networks_have_what_makes_them_hard() -> None:
    seen: dict[str, int] = {}
    for frames in (frames for seed in SEEDS for frames in networks(seed)):
        slow = SlowNetwork(*frames)
        supplied = slow.supplied((), slow.normally_open)
        ends = list(slow.ends.values())
        sources = [name for name, kind in slow.kind.items() if kind == "source"]
        found = {
            "ties": any(slow.trace([fault]).backfeed for fault in list(slow.ends)[:10]),
            "parallel lines": len({frozenset(pair) for pair in ends}) < len(ends),
            "several sources": len(sources) > 1,
            "no source": not sources,
            "isolated parts": bool(set(slow.kind) - slow.devices - supplied),
            "devices with three sides": any(
                len({slow.segment(line) for line in slow.lines_at[device]}) > 2 for device in slow.devices
            ),
        }
        for key, value in found.items():
            seen[key] = seen.get(key, 0) + value
    assert min(seen.values()) > 10, seen


@pytest.mark.parametrize("seed", SEEDS[:5])
def test_row_order_changes_nothing(seed: int) -> None:
    for frames in networks(seed):
        weight_of = dict(zip(sorted(frames[0]["id"]), np.arange(1.0, 1.0 + len(frames[0])), strict=True))
        mixed: Any = tuple(frame.sample(frac=1, random_state=seed) for frame in frames)
        first, second = NetworkArrays.build(*frames), NetworkArrays.build(*mixed)
        assert np.array_equal(Segments.of(first).of_node, Segments.of(second).of_node)
        assert np.array_equal(Segments.of(first).of_line, Segments.of(second).of_line)
        assert rated(frames, weight_of) == rated(mixed, weight_of)
        fault = [str(frames[1]["id"].iloc[0])]
        assert traced(frames, fault, []) == traced(mixed, fault, [])


def test_a_chain_of_a_million_nodes() -> None:
    n = 1_000_000
    names = np.char.add("n", np.char.zfill(np.arange(n).astype(str), 7)).astype(object)
    kind = np.where(np.arange(n) % 1000 == 999, "switch", "junction").astype(object)
    kind[0] = "source"
    nodes = pd.DataFrame({"id": names, "network": "heat", "kind": kind, "normally_open": False, "in_service": True})
    ends = {"from_node": names[:-1], "to_node": names[1:], "in_service": True}
    arrays = NetworkArrays.build(nodes, pd.DataFrame({"id": np.char.add("l", names[1:].astype(str)), **ends}))
    started = time.perf_counter()
    segments, state = Segments.of(arrays), SwitchState.normal(arrays)
    losses = Criticality.of(arrays, segments, state.is_open, np.ones((n, 1))).of_line()[:, 0]
    seconds = time.perf_counter() - started
    assert trace_supply(arrays, state).depth[-1] == n - 1
    assert segments.count == 1000
    # A fault in the k-th segment of 999 nodes takes away that one and all behind it.
    assert losses[0] == 999_000
    assert losses[-1] == 999
    assert losses[1500] == 998_001
    assert seconds < 30  # a slow machine that also compiles; the point is that it ends
