"""What holds for every system and every act: help never harms, order is nothing, and what is whole comes back."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import TypeVar

import networkx as nx
import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from priority.assessment import Assessment
from tests.pictures import District
from tests.priority.cascade.random_systems import HORIZON_H, NETWORKS, RandomSystem, systems
from tests.priority.small import assess_frames

thorough = settings(max_examples=80, deadline=None)
BEFORE_ALL_H = -4.0
Item = TypeVar("Item")
hours = st.sampled_from([0.0, 0.5, 2.5, 3.0, 6.0, 12.0, 30.0])


def seen(system: RandomSystem, hour: float = BEFORE_ALL_H, frames: dict[str, pd.DataFrame] | None = None) -> Assessment:
    fields = {**system.act.fields(), "plan": system.plan, "later_h": hour, "horizon_hours": HORIZON_H - hour}
    return assess_frames(frames or system.frames, **fields)


def failed_at(result: Assessment) -> dict[float, set[str]]:
    """The facilities that have failed, from each moment of the timeline on."""
    failed: set[str] = set()
    course = {}
    for moment in result.timeline:
        failed = (failed | set(moment.new_failures)) - set(moment.returned)
        course[moment.hours] = failed
    return course


def never_worse(better: Assessment, worse: Assessment) -> None:
    """At no moment of either timeline has the better course a failure or customers out that the worse one has not."""
    failed = [failed_at(better), failed_at(worse)]
    out = [{moment.hours: moment.customers_out for moment in result.timeline} for result in (better, worse)]
    for hour in sorted(failed[0].keys() | failed[1].keys()):
        few, many = ([course[at] for at in course if at <= hour] for course in failed)
        assert few[-1] <= many[-1]
        low, high = ([course[at] for at in course if at <= hour] for course in out)
        assert all(low[-1][key] <= high[-1][key] for key in low[-1])
    for row, other in zip(better.facilities, worse.facilities, strict=True):
        assert other.fails_at is not None or row.fails_at is None
        if row.fails_at and other.fails_at:
            assert row.fails_at >= other.fails_at


def never_more_nodes_out(better: Assessment, worse: Assessment) -> None:
    for key, outage in better.outages.items():
        assert set(outage.unsupplied_nodes) <= set(worse.outages[key].unsupplied_nodes)
    failed = [{row.id for row in result.facilities if row.state == "failed"} for result in (better, worse)]
    assert failed[0] <= failed[1]


def never_harms(better: RandomSystem, worse: RandomSystem, hour: float) -> None:
    never_worse(seen(better), seen(worse))
    never_more_nodes_out(seen(better, hour), seen(worse, hour))


@thorough
@given(systems(), st.data())
def test_a_longer_reserve_never_harms(system: RandomSystem, data: st.DataObject) -> None:
    frames = system.frames
    longer = frames["supplies"].copy()
    extra = [data.draw(st.sampled_from([0.0, 0.5, 3.0])) for _ in range(len(longer))]
    longer["reserve_hours"] = longer["reserve_hours"] + pd.Series(extra, index=longer.index, dtype="float64")
    better = {**frames, "supplies": longer}
    hour = data.draw(hours)
    never_worse(seen(system, frames=better), seen(system))
    never_more_nodes_out(seen(system, hour, better), seen(system, hour))


@thorough
@given(systems(), st.data())
def test_an_earlier_or_an_extra_repair_never_harms(system: RandomSystem, data: st.DataObject) -> None:
    assume(system.act.faults)
    item = data.draw(st.sampled_from(sorted(system.act.faults)))
    begins = system.act.faults[item]
    ends = system.act.repairs.get(item, HORIZON_H)
    earlier = data.draw(st.sampled_from([begins, begins + 0.25, (begins + ends) / 2, ends - 1 / 3600]))
    better = system.with_act(repairs={**system.act.repairs, item: max(begins, min(earlier, ends))})
    never_harms(better, system, data.draw(hours))


@thorough
@given(systems(), st.data())
def test_an_extra_unit_never_harms(system: RandomSystem, data: st.DataObject) -> None:
    needs = {
        (row["facility_id"], row["commodity"])
        for row in system.district.supplies
        if row["commodity"] in ("electricity", "heat") and not row["substitutes_for"]
    }
    assume(needs)
    placement = (*data.draw(st.sampled_from(sorted(needs))), data.draw(hours))
    better = system.with_act(placements=(*system.act.placements, placement))
    never_harms(better, system, data.draw(hours))


@thorough
@given(systems(), st.data())
def test_one_fault_fewer_never_harms(system: RandomSystem, data: st.DataObject) -> None:
    assume(system.act.faults)
    item = data.draw(st.sampled_from(sorted(system.act.faults)))
    faults, repairs = dict(system.act.faults), dict(system.act.repairs)
    del faults[item]
    repairs.pop(item, None)
    never_harms(system.with_act(faults=faults, repairs=repairs), system, data.draw(hours))


@thorough
@given(systems(), st.data())
def test_an_open_road_or_a_closed_tie_never_harms(system: RandomSystem, data: st.DataObject) -> None:
    hour = data.draw(hours)
    never_harms(system.with_act(closed_roads=()), system, hour)
    only_closing = tuple(act for act in system.act.operations if act[1] == "close")
    plain = system.with_act(operations=())
    never_harms(system.with_act(operations=only_closing), plain, hour)


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
    )
    rows = {key: frame.sample(frac=1.0, random_state=mixed.randint(0, 999)) for key, frame in system.frames.items()}
    assert seen(other, frames=rows).document() == seen(system).document()


@thorough
@given(systems())
def test_a_fault_repaired_as_it_begins_does_nothing(system: RandomSystem) -> None:
    instant = system.with_act(repairs=dict(system.act.faults))
    never_worse(seen(instant), seen(system.with_act(faults={}, repairs={})))


@thorough
@given(systems(), hours)
def test_with_long_reserves_all_is_back_once_all_is_repaired(system: RandomSystem, hour: float) -> None:
    frames = system.frames
    frames["supplies"] = frames["supplies"].assign(reserve_hours=1000.0)
    result = seen(_all_repaired(system), BEFORE_ALL_H, frames)
    assert all(outage.at_horizon.nodes == 0 for outage in result.outages.values())
    damaged = set(system.act.faults)
    assert all(set(moment.new_failures) <= damaged for moment in result.timeline)
    assert failed_at(result)[result.timeline[-1].hours] == set()


@thorough
@given(systems())
def test_without_loops_all_is_back_once_all_is_repaired(system: RandomSystem) -> None:
    assume(not _has_loops(system.district))
    repaired = _all_repaired(system)
    frames = repaired.frames
    frames["coal_routes"] = frames["coal_routes"].assign(tonnes_per_day=1000.0)
    result = seen(repaired, frames=frames)
    assert all(outage.at_horizon.nodes == 0 for outage in result.outages.values())
    assert failed_at(result)[result.timeline[-1].hours] == set()


def _all_repaired(system: RandomSystem) -> RandomSystem:
    """The same faults, all repaired by twelve o'clock; nothing operated and no road closed."""
    repairs = {item: max(at, 4.0) for item, at in system.act.faults.items()}
    return system.with_act(repairs=repairs, operations=(), closed_roads=())


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
