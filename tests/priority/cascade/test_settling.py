"""How a course ends: order is nothing, a fault of no length is none, and what is whole comes back."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import TypeVar

import networkx as nx
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.pictures import District
from tests.priority.cascade.comparing import failed_at, never_worse
from tests.priority.cascade.random_systems import BEFORE_ALL_H, NETWORKS, RandomSystem, systems

thorough = settings(max_examples=30, deadline=None)
Item = TypeVar("Item")


@thorough
@given(systems(), st.randoms(use_true_random=False))
def test_the_order_of_equal_times_and_of_rows_is_nothing(system: RandomSystem, mixed: random.Random) -> None:
    act = system.act

    def shuffled(items: Iterable[Item]) -> list[Item]:
        return sorted(items, key=lambda _: mixed.random())

    other = system.with_act(
        faults=dict(shuffled(act.faults.items())),
        repairs=dict(shuffled(act.repairs.items())),
        placements=tuple(shuffled(act.placements)),
        operations=tuple(shuffled(act.operations)),
        closed_roads=tuple(shuffled(act.closed_roads)),
        reserves=tuple(shuffled(act.reserves)),
    )
    rows = {key: frame.sample(frac=1.0, random_state=mixed.randint(0, 999)) for key, frame in system.frames.items()}
    assert other.seen_at(BEFORE_ALL_H, rows).document() == system.seen_at(BEFORE_ALL_H).document()


@thorough
@given(systems())
def test_a_fault_repaired_as_it_begins_does_nothing(system: RandomSystem) -> None:
    instant = system.with_act(repairs=dict(system.act.faults))
    never_worse(instant.seen_at(BEFORE_ALL_H), system.with_act(faults={}, repairs={}).seen_at(BEFORE_ALL_H))


@thorough
@given(systems())
def test_with_long_reserves_all_is_back_once_all_is_repaired(system: RandomSystem) -> None:
    frames = dict(system.frames)
    frames["supplies"] = frames["supplies"].assign(reserve_hours=1000.0)
    result = _all_repaired(system).seen_at(BEFORE_ALL_H, frames)
    assert all(outage.at_horizon.nodes == 0 for outage in result.outages.values())
    damaged = set(system.act.faults)
    assert all(set(moment.new_failures) <= damaged for moment in result.timeline)
    assert failed_at(result)[result.timeline[-1].hours] == set()


@settings(thorough, suppress_health_check=[HealthCheck.filter_too_much])
@given(systems())
def test_without_loops_all_is_back_once_all_is_repaired(system: RandomSystem) -> None:
    assume(not _has_loops(system.district))
    repaired = _all_repaired(system)
    frames = dict(repaired.frames)
    frames["coal_routes"] = frames["coal_routes"].assign(tonnes_per_day=1000.0)
    result = repaired.seen_at(BEFORE_ALL_H, frames)
    assert all(outage.at_horizon.nodes == 0 for outage in result.outages.values())
    assert failed_at(result)[result.timeline[-1].hours] == set()


def _all_repaired(system: RandomSystem) -> RandomSystem:
    """The same faults, all repaired by twelve o'clock; nothing operated or reported and no road closed."""
    repairs = {item: max(at, 4.0) for item, at in system.act.faults.items()}
    return system.with_act(repairs=repairs, operations=(), closed_roads=(), reserves=())


def _has_loops(district: District) -> bool:
    """Tell whether a place can hang on itself: from needs to the networks and mines that meet them."""
    graph = nx.DiGraph()
    for row in district.supplies:
        graph.add_edge(row["commodity"], row["facility_id"])
    for row in district.facilities:
        if row["source_node"] is not None:
            graph.add_edge(row["id"], NETWORKS[row["source_node"][0]])
    for row in district.coal_routes:
        graph.add_edge(row["source_facility_id"] or "outside", row["facility_id"])
    return not nx.is_directed_acyclic_graph(graph)
