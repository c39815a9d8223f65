"""A reserve that somebody reported decides where crews and units go, and is carried along with the plan."""

from __future__ import annotations

import itertools

import pytest

from priority.assessment import assess
from priority.incident import Incident
from priority.plans import load_plan
from priority.restoration.results import RestorationPlan
from priority.system import SupplySystem
from tests.pictures import District
from tests.priority.restoration.towns import crew, plan_for, unit
from tests.priority.small import iso

FAULTS = {"a": 0.0, "b": 0.0}
CREWS = {"crews": [crew("c1")], "repairs": [{"fault": "a", "hours": 3}, {"fault": "b", "hours": 3}]}
PHONED = [("second", "electricity", 3.5, 0.0)]


def two_hospitals() -> District:
    """Each on a feeder of its own; in the data the first one's generator ends after 4 hours, the other's after 8."""
    district = District().network("electricity", "S* - s1| - a:10\nS - s2| - b:10")
    district.facility("first", electricity=("a", 4))
    return district.facility("second", electricity=("b", 8))


def order(plan: RestorationPlan) -> list[str]:
    return [step.fault for step in plan.steps]


def test_the_crew_goes_first_to_whoever_phones() -> None:
    assert order(plan_for(two_hospitals(), FAULTS, CREWS)) == ["a", "b"]
    called = plan_for(two_hospitals(), FAULTS, CREWS, reserves=PHONED)
    assert order(called) == ["b", "a"]
    assert called.levels[0].value == pytest.approx(_hours_down(called), abs=0.01)
    assert any(note.code == "reserve_reported" for note in called.assumptions)
    assert not any(note.code == "reserve_reported" for note in plan_for(two_hospitals(), FAULTS, CREWS).assumptions)


def _hours_down(plan: RestorationPlan) -> float:
    """Hospital-hours without supply by the assessment of the plan's own incident, step by step of its timeline."""
    report = {"facility": "second", "commodity": "electricity", "hours": 3.5, "at": iso(0)}
    assert plan.incident["reserves"] == [report]
    happened = Incident.parse(plan.incident)
    system = SupplySystem.build(two_hospitals().frames(), "1-test")
    course = assess(system, happened, load_plan(happened.plan), restricted=True).timeline
    return sum(moment.facilities_failed * (later.hours - moment.hours) for moment, later in itertools.pairwise(course))


def test_the_unit_goes_to_whoever_phones() -> None:
    units = {"units": [unit("g1")]}
    assert [row.facility for row in plan_for(two_hospitals(), FAULTS, units).units] == ["first"]
    called = plan_for(two_hospitals(), FAULTS, units, reserves=PHONED)
    assert [row.facility for row in called.units] == ["second"]
