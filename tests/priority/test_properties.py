"""Properties that hold for every district and every incident, checked on random small ones."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from priority.assessment import Assessment
from priority.network.arrays import NETWORK_KEYS
from tests.priority.oracle import SlowDistrict, slow_course
from tests.priority.random_districts import RandomCase, cases
from tests.priority.small import AT, assess_frames

HORIZON_H = 72.0
thorough = settings(max_examples=75, deadline=None)


def fail_hours(result: Assessment) -> dict[str, float]:
    """Hours after eight at which each facility fails, those beyond the horizon included."""
    moments = {row.id: row.fails_at for row in result.facilities if row.fails_at is not None}
    return {key: (pd.Timestamp(at) - pd.Timestamp(AT)).total_seconds() / 3600 for key, at in moments.items()}


@thorough
@given(cases())
def test_an_independent_slow_version_agrees(case: RandomCase) -> None:
    frames = case.district.frames()
    district = SlowDistrict(frames)
    lost, fails = slow_course(district, case.faults, HORIZON_H)
    for later_h in (0.0, 3.0, 10.0):
        result = assess_frames(frames, case.faults, later_h=later_h, horizon_hours=HORIZON_H - later_h)
        expected = {node for node, at in lost.items() if at <= later_h and not district.is_device(node)}
        assert {node for row in result.outages.values() for node in row.unsupplied_nodes} == expected
        assert fail_hours(result) == {key: at for key, at in fails.items() if at != float("inf")}


@thorough
@given(cases())
def test_isolation_opens_the_closed_devices_on_the_rim(case: RandomCase) -> None:
    frames = case.district.frames()
    district = SlowDistrict(frames)
    for row in assess_frames(frames, case.faults).isolation:
        element = row.fault
        segment = set() if element in district.facilities else district.segment_of(element)
        rim = district.rim(segment)
        devices = {node for node in segment if node in district.nodes and district.is_device(node)}
        assert set(row.lost_nodes) == {item for item in segment if item in district.nodes} - devices
        assert set(row.lost_lines) == {item for item in segment if item in district.lines}
        assert {device.id for device in row.devices_damaged} == devices
        assert {device.id for device in (*row.devices_to_open, *row.devices_already_open)} == rim
        already_open = {device.id for device in row.devices_already_open}
        assert already_open == {node for node in rim if district.nodes[node]["normally_open"]}


@thorough
@given(cases(), st.data())
def test_more_faults_never_lower_any_loss(case: RandomCase, data: st.DataObject) -> None:
    frames = case.district.frames()
    kept = data.draw(st.sets(st.sampled_from(sorted(case.faults)))) if case.faults else set()
    fewer = assess_frames(frames, {key: at for key, at in case.faults.items() if key in kept})
    more = assess_frames(frames, case.faults)
    for key in NETWORK_KEYS:
        assert set(fewer.outages[key].unsupplied_nodes) <= set(more.outages[key].unsupplied_nodes)
        assert fewer.outages[key].at_horizon.customers <= more.outages[key].at_horizon.customers
    before, after = fail_hours(fewer), fail_hours(more)
    assert all(after[key] <= at for key, at in before.items())


@thorough
@given(cases(), st.data())
def test_a_longer_reserve_never_fails_earlier(case: RandomCase, data: st.DataObject) -> None:
    frames = case.district.frames()
    longer = frames["supplies"].copy()
    extra = [data.draw(st.sampled_from([0.0, 0.5, 6.0])) for _ in range(len(longer))]
    longer["reserve_hours"] = longer["reserve_hours"] + pd.Series(extra, index=longer.index, dtype="float64")
    before = fail_hours(assess_frames(frames, case.faults))
    after = fail_hours(assess_frames({**frames, "supplies": longer}, case.faults))
    assert set(after) <= set(before)
    assert all(before[key] <= at for key, at in after.items())


@thorough
@given(cases())
def test_the_townships_customers_add_up_to_the_outage(case: RandomCase) -> None:
    result = assess_frames(case.district.frames(), case.faults)
    for key in NETWORK_KEYS:
        rows = [row.commodities[key] for row in result.townships]
        assert sum(row.customers_out for row in rows) == result.outages[key].customers
        assert sum(row.customers for row in rows) == result.outages[key].customers_total
        assert sum(row.population for row in rows) == result.outages[key].population


@thorough
@given(cases(), st.randoms(use_true_random=False))
def test_row_order_changes_nothing(case: RandomCase, random: object) -> None:
    frames = case.district.frames()
    seed = random.randint(0, 2**31)  # type: ignore[attr-defined]
    shuffled = {key: frame.sample(frac=1.0, random_state=seed) for key, frame in frames.items()}
    faults = dict(reversed(case.faults.items()))
    assert assess_frames(shuffled, faults).document() == assess_frames(frames, case.faults).document()


@thorough
@given(cases())
def test_a_restricted_place_that_feeds_nothing_changes_nothing_for_others(case: RandomCase) -> None:
    restricted = {row["id"] for row in case.district.facilities if row["restricted"]}
    hidden = {row["id"] for row in case.district.facilities if row["restricted"] and row["source_node"] is None}
    faults = {key: at for key, at in case.faults.items() if key not in restricted}
    frames = case.district.frames()
    places, supplies = frames["facilities"], frames["supplies"]
    without = {
        **frames,
        "facilities": places[~places["id"].isin(hidden)],
        "supplies": supplies[~supplies["facility_id"].isin(hidden)],
    }
    there, gone = (
        assess_frames(version, faults, restricted=False).model_dump(exclude={"assumptions"})
        for version in (frames, without)
    )
    assert there == gone


@thorough
@given(cases())
def test_restricted_facilities_appear_nowhere_for_others(case: RandomCase) -> None:
    hidden = {row["id"]: row["name"] for row in case.district.facilities if row["restricted"]}
    faults = {key: at for key, at in case.faults.items() if key not in hidden}
    frames: Mapping[str, pd.DataFrame] = case.district.frames()
    text = assess_frames(frames, faults, restricted=False).model_dump_json()
    for identifier, name in hidden.items():
        assert f'"{identifier}"' not in text
        assert name not in text


@thorough
@given(cases())
def test_the_timeline_tells_what_later_assessments_say(case: RandomCase) -> None:
    frames = case.district.frames()
    result = assess_frames(frames, case.faults)
    for moment in result.timeline[:4]:
        later = assess_frames(frames, case.faults, later_h=moment.hours, horizon_hours=HORIZON_H - moment.hours or 0.1)
        assert moment.customers_out == {key: later.outages[key].customers for key in NETWORK_KEYS}
        assert moment.facilities_failed == sum(row.state == "failed" for row in later.facilities)
        assert moment.facilities_on_reserve == sum(row.state == "on_reserve" for row in later.facilities)
