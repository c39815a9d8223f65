"""Whatever helps never makes anything fail earlier, come back later, or be out at any moment."""

from __future__ import annotations

import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.priority.cascade.comparing import never_harms, never_more_nodes_out, never_worse
from tests.priority.cascade.random_systems import BEFORE_ALL_H, HORIZON_H, RandomSystem, systems

thorough = settings(max_examples=25, deadline=None)
hours = st.sampled_from([0.0, 0.5, 2.5, 3.0, 6.0, 12.0, 30.0])


@thorough
@given(systems(), st.data())
def test_a_longer_reserve_never_harms(system: RandomSystem, data: st.DataObject) -> None:
    frames = system.frames
    longer = frames["supplies"].copy()
    extra = [data.draw(st.sampled_from([0.0, 0.5, 3.0])) for _ in range(len(longer))]
    longer["reserve_hours"] = longer["reserve_hours"] + pd.Series(extra, index=longer.index, dtype="float64")
    better = {**frames, "supplies": longer}
    hour = data.draw(hours)
    never_worse(system.seen_at(BEFORE_ALL_H, better), system.seen_at(BEFORE_ALL_H))
    never_more_nodes_out(system.seen_at(hour, better), system.seen_at(hour))


@thorough
@given(systems(), st.data())
def test_a_longer_reported_reserve_never_harms(system: RandomSystem, data: st.DataObject) -> None:
    assume(system.act.reserves)
    extra = [data.draw(st.sampled_from([0.0, 0.5, 3.0])) for _ in system.act.reserves]
    longer = tuple(
        (facility, commodity, left_h + more_h, hour)
        for (facility, commodity, left_h, hour), more_h in zip(system.act.reserves, extra, strict=True)
    )
    never_harms(system.with_act(reserves=longer), system, data.draw(hours))


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
