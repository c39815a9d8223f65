"""Whatever a log tells, its incident can be assessed: repairs of what holds nothing, networks that broke one by one."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.records import conform
from priority.assessment import Assessment, assess
from priority.errors import InvalidIncident
from priority.incident import Incident
from priority.plans import load_plan
from priority.system import SupplySystem
from tests.priority.small import assess_system, iso
from tests.web.incidents.logs import after, fact, log_of
from tests.web.network import small_district
from webmap.incidents.fold import fold

#: The town in the east holds electricity alone, and no gas or water is in the whole district.
EVERYTHING: dict[str, Any] = {"area_townships": ["140502001", "140502002"], "area_at": iso(0)}


@cache
def system() -> SupplySystem:
    frames = {key: conform(key, frame) for key, frame in small_district().items()}
    return SupplySystem.build(frames, "1-test")


def assessed(**fields: Any) -> Assessment:
    return assess_system(system(), **fields)


@pytest.mark.parametrize("network", ["electricity", "gas", "heat", "water"])
def test_a_network_without_elements_in_the_area_may_be_told_repaired(network: str) -> None:
    told = assessed(repairs={f"area/{network}": 0.5}, later_h=1, **EVERYTHING)
    assert (told.outages["electricity"].customers == 0) == (network == "electricity")


@pytest.mark.parametrize(
    ("repaired", "drawn"),
    [
        ("area/heat", {**EVERYTHING, "networks": ["gas"]}),
        ("area/steam", EVERYTHING),
        ("area/heat", {}),
        ("area/", EVERYTHING),
    ],
)
def test_a_repair_of_what_was_never_said_to_be_damaged_is_refused(repaired: str, drawn: dict[str, Any]) -> None:
    with pytest.raises(InvalidIncident):
        assessed(repairs={repaired: 0.5}, later_h=1, **drawn)


def test_a_network_may_be_damaged_later_than_the_rest_of_the_area() -> None:
    later = {"area_network_at": {"heat": iso(2)}}
    for hour, flats_out in ((1.0, 0), (2.0, 50)):
        # The plant has two hours of its own reserve after electricity failed.
        told = assessed(later_h=hour, **EVERYTHING, **later)
        assert told.outages["electricity"].customers == 110
        assert told.outages["heat"].customers == flats_out


def test_a_time_of_a_network_needs_an_area_and_lies_within_the_horizon() -> None:
    for fields in ({"area_network_at": {"heat": iso(1)}}, {**EVERYTHING, "area_network_at": {"heat": iso(100)}}):
        with pytest.raises(InvalidIncident) as caught:
            assessed(**fields)
        assert [problem.field for problem in caught.value.problems] == ["area_network_at.heat"]


NETWORKS = ("electricity", "gas", "heat", "water")
_NOWHERE = {"type": "Polygon", "coordinates": [[[112.7, 35.41], [112.71, 35.41], [112.71, 35.42], [112.7, 35.41]]]}
_elements = st.sampled_from(["e-bus", "e-home", "l-e-bus-e-sw2", "f-hospital", "h-source"])
_ground = st.sampled_from([{"area": _NOWHERE}, {"townships": ["140502001"]}, {"townships": ["140502002"]}])
_told = st.one_of(
    st.tuples(st.just("fault_located"), st.fixed_dictionaries({"element": _elements})),
    st.tuples(
        st.just("repaired"),
        st.fixed_dictionaries(
            {"element": _elements | st.sampled_from(["area", *(f"area/{network}" for network in NETWORKS)])}
        ),
    ),
    st.tuples(
        st.just("area_drawn"),
        st.builds(
            lambda ground, networks: {**ground, "networks": networks},
            _ground,
            st.lists(st.sampled_from(NETWORKS), min_size=1, unique=True),
        ),
    ),
    st.tuples(
        st.just("device_operated"),
        st.fixed_dictionaries(
            {
                "device": st.sampled_from(["e-sw1", "e-tie", "h-valve"]),
                "action": st.sampled_from(["open", "close"]),
                "outcome": st.sampled_from(["done", "stuck"]),
            }
        ),
    ),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), _told), max_size=10), st.integers(0, 40))
def test_whatever_a_log_accepts_folds_to_an_incident_that_can_be_assessed(
    told: list[tuple[int, tuple[str, dict[str, Any]]]], minute: int
) -> None:
    log = log_of([fact(kind, happened, **fields) for happened, (kind, fields) in told])
    incident = Incident.parse(fold(log, after(minute)).document)
    assert assess(system(), incident, load_plan(incident.plan)).level is not None
