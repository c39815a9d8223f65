"""Demand of an incident in random districts, beside looking at the cascade moment by moment."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from priority.assessment import take_picture
from priority.incident import Incident
from priority.plans import load_plan
from priority.siting.study.input import SitingStudy
from priority.siting.study.outlook import survey
from priority.system import SupplySystem
from tests.priority.random_districts import RandomCase, cases
from tests.priority.siting.study.villages import PLAN, study_document
from tests.priority.small import incident_document


@settings(max_examples=50)
@given(cases(), st.sampled_from(["heat", "electricity"]), st.booleans(), st.sampled_from([1, 4, 24]))
def test_demand_is_who_is_without_supply_at_any_moment(
    case: RandomCase, network: str, restricted: bool, hours: int
) -> None:
    system = SupplySystem.build(case.district.frames(), "1-test")
    hidden = {row["id"] for row in case.district.facilities if row["restricted"]}
    faults = {element: hour for element, hour in case.faults.items() if restricted or element not in hidden}
    incident = incident_document({key: min(hour, hours) for key, hour in faults.items()}, horizon_hours=hours)
    document = study_document(
        demand={"where": "incident", "networks": [network], "of": "facilities_then_people"}, incident=incident
    )
    found = survey(system, SitingStudy.parse(document), load_plan(PLAN), restricted=restricted)

    picture = take_picture(system, Incident.parse(incident), load_plan(PLAN), restricted=restricted)
    moments = [0, *(int(time) for time in picture.cascade.times_s if 0 <= time <= hours * 3600)]
    out = np.logical_or.reduce([picture.lost_nodes(moment) for moment in moments])
    own = out & np.array([case.district.nodes[node]["network"] == network for node in system.arrays.node_ids])
    people = sum(case.district.nodes[str(node)]["population"] or 0 for node in system.arrays.node_ids[own])
    failed = np.logical_or.reduce([picture.failed(moment) for moment in moments])
    lacking = {
        need.facility
        for number, need in enumerate(system.facilities.needs)
        if need.required
        and need.commodity == network
        and any(picture.cascade.need_track.down(moment)[number] for moment in moments)
    }
    listed = {item.category for item in load_plan(PLAN).priority_list}
    places = [
        number
        for number in np.flatnonzero(failed).tolist()
        if number in lacking
        and system.facilities.categories[number] in listed
        and (restricted or not system.facilities.restricted[number])
    ]
    assert found.demand.facility_count == len(places)
    counted = sum(max(1.0, np.nan_to_num(system.facilities.people[number], nan=1.0)) for number in places)
    assert found.demand.weight == pytest.approx(people + counted)
