"""What holds of every incident: parts add up, order of records is nothing, earlier repair never costs more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from priority.aftermath import impact_over_time
from priority.aftermath.spans import spans_of
from priority.incident import Incident
from priority.network.arrays import NETWORK_KEYS
from priority.plans import load_plan
from priority.system import SupplySystem
from tests.pictures import District
from tests.priority.aftermath.slow import second_of
from tests.priority.aftermath.stories import Story, stories
from tests.priority.cascade.random_systems import Act, RandomSystem, World
from tests.priority.small import AT, incident_document, iso

thorough = settings(max_examples=20, deadline=None)


@thorough
@given(stories())
def test_parts_add_up_to_the_whole(story: Story) -> None:
    impact = story.impact()
    for key, whole in impact.networks.items():
        parts = [row.networks[key] for row in impact.townships]
        assert sum(part.customer_hours for part in parts) == pytest.approx(whole.customer_hours, abs=1e-4)
        assert sum(part.people_hours for part in parts) == pytest.approx(whole.people_hours, abs=1e-4)
        assert sum(part.customers for part in parts) == whole.customers_total
        assert sum(part.customers_hit for part in parts) == whole.customers_hit
        assert sum(part.customers_unknown for part in parts) == whole.customers_unknown
        assert sum(part.out_at_end for part in parts) == whole.out_at_end
        for place, row in enumerate(impact.series):
            assert sum(impact.by_hour.customers_out[key][place]) == row.customers_out[key]
    assert sum(row.people_hours for row in impact.townships) == pytest.approx(impact.people_hours_hit, abs=1e-4)
    assert [sum(row) for row in impact.by_hour.people_hit] == [row.people_hit for row in impact.series]
    failed = sum(row.failed_hours for row in impact.facilities)
    assert sum(row.facility_failed_hours for row in impact.townships) == pytest.approx(failed, abs=1e-4)
    assert sum(row.failed_hours for row in impact.classes) == pytest.approx(failed, abs=1e-4)
    for facility in impact.facilities:
        assert sum(spell.hours for spell in facility.failures) == pytest.approx(facility.failed_hours, abs=1e-4)


@thorough
@given(stories())
def test_the_integral_is_that_of_the_changes(story: Story) -> None:
    """Whoever adds up the rows of the changes gets the same customer-hours."""
    impact = story.impact()
    seconds = [second_of(row.at) for row in impact.changes]
    ends = [*seconds[1:], second_of(impact.until)]
    for key in NETWORK_KEYS:
        rows = zip(impact.changes, seconds, ends, strict=False)
        total = sum(row.customers_out[key] * (end - begin) for row, begin, end in rows)
        assert impact.networks[key].customer_hours == pytest.approx(total / 3600, abs=1e-5)


@thorough
@given(stories(), st.integers(0, 2**30))
def test_the_order_of_records_changes_nothing(story: Story, seed: int) -> None:
    shuffled = {key: frame.sample(frac=1, random_state=seed) for key, frame in story.world.frames.items()}
    plan, stages = load_plan(story.system.plan), story.stages()
    system = SupplySystem.build(shuffled, "1-test")
    assert impact_over_time(system, stages, plan, story.until, restricted=True) == story.impact()


@thorough
@given(stories(), st.data())
def test_an_earlier_repair_costs_no_more(story: Story, data: st.DataObject) -> None:
    """The whole log stays as it is but for one repair of what broke once, which comes earlier."""
    repairs = [event for event in story.events if event[1] == "repair"]
    assume(repairs)
    hour, kind, what = data.draw(st.sampled_from(repairs))
    faults = [event[0] for event in story.events if event[1:] == ("fault", what)]
    assume(len(faults) == 1)
    earlier = (data.draw(st.sampled_from([faults[0], (faults[0] + hour) / 2])), kind, what)
    kept = [event for event in story.events if event != (hour, kind, what)]
    improved = replace(story, events=tuple(sorted([*kept, earlier], key=lambda event: event[0])))
    before, after = story.impact(), improved.impact()
    for key in NETWORK_KEYS:
        assert after.networks[key].customer_hours <= before.networks[key].customer_hours + 1e-5


@thorough
@given(stories(), st.sampled_from([0.25, 0.5, 3.0]))
def test_a_stage_that_says_nothing_new_changes_nothing(story: Story, later_h: float) -> None:
    known = [hour for hour in story.hours if story.document(hour)["faults"]]
    assume(known)
    again_h = known[0] + later_h
    assume(again_h not in story.hours and again_h < story.until_h)
    again = story.with_events((again_h, "note", ()))
    assert len(again.stages()) == len(story.stages()) + 1
    assert again.impact() == story.impact()


def story_of(*events: tuple[float, str, tuple[object, ...]]) -> Story:
    district = District().network("electricity", "S* - s1| - a:10\nS - s2| - b:10")
    district.facility("f", electricity=("a", 2))
    act = Act({}, {}, (), (), (), (), (), None)
    return Story(RandomSystem(World(district), act, "energy-chengqu"), events, 6.0)


def test_added_facts_share_a_run_and_reports_do_not() -> None:
    faults = [(0.0, "fault", ("a",)), (1.0, "fault", ("b",)), (2.0, "repair", ("b",))]
    story = story_of(*faults, (3.0, "reserves", ("f", "electricity", 2.0)), (4.0, "repair", ("a",)))
    spans = list(spans_of(story.world.system, story.stages(), story.until, restricted=True))
    assert [span.stages for span in spans] == [3, 2]
    assert [(span.begin_s, span.end_s) for span in spans] == [(0, 3 * 3600), (3 * 3600, 6 * 3600)]


@pytest.mark.parametrize(
    "event",
    [
        (2.0, "fault", ("a",)),
        (2.0, "stuck", ("s2",)),
        (2.0, "area", (("140502101",),)),
        (2.0, "reserves", ("f", "electricity", 1.0)),
    ],
)
def test_what_changes_the_past_of_a_run_gets_its_own(event: tuple[float, str, tuple[object, ...]]) -> None:
    story = story_of((0.0, "fault", ("a",)), (1.0, "repair", ("a",)), event)
    spans = list(spans_of(story.world.system, story.stages(), story.until, restricted=True))
    assert [span.stages for span in spans] == [2, 1]


def test_without_damage_no_run_is_shared() -> None:
    """Stocks of coal begin to shrink at the moment that is looked at, which is another one in each stage."""
    switched = [(0.0, "operations", ("s1", "open")), (1.0, "operations", ("s2", "open"))]
    for events, runs in ((switched, [1, 1]), ([(-1.0, "fault", ("b",)), *switched], [3])):
        story = story_of(*events)
        spans = spans_of(story.world.system, story.stages(), story.until, restricted=True)
        assert [span.stages for span in spans] == runs


#: An incident of which everything is said that is not told with its own moment.
_SAID = {
    "area_at": iso(0),
    "area_network_at": {"heat": iso(0.5)},
    "area_townships": ["140502100"],
    "networks": ["electricity", "heat"],
    "closed_roads": ["r-1"],
    "inoperable": ["s2"],
    "reserves": [("f", "electricity", 2.0, 0.0)],
    "started_h": 0.0,
}


@pytest.mark.parametrize(
    ("said", "runs"),
    [
        ({}, [2]),
        ({"area_at": iso(0.25)}, [1, 1]),
        ({"area_network_at": {}}, [1, 1]),
        ({"area_townships": ["140502101"]}, [1, 1]),
        ({"networks": ["electricity", "heat", "gas"]}, [1, 1]),
        ({"closed_roads": ["r-1", "r-2"]}, [1, 1]),
        ({"inoperable": []}, [1, 1]),
        ({"reserves": [("f", "electricity", 3.0, 0.0)]}, [1, 1]),
        ({"started_h": -1.0}, [1, 1]),
    ],
)
def test_what_is_said_otherwise_is_run_again(said: dict[str, Any], runs: list[int]) -> None:
    system = story_of().world.system
    stages = [
        (AT + timedelta(hours=hour), Incident.parse(incident_document({"a": 0}, later_h=hour, **fields)))
        for hour, fields in ((1, _SAID), (2, {**_SAID, **said}))
    ]
    spans = spans_of(system, stages, AT + timedelta(hours=3), restricted=True)
    assert [span.stages for span in spans] == runs


def test_of_two_stages_at_one_second_the_last_counts() -> None:
    story = story_of((0.0, "fault", ("a",)), (1.0, "repair", ("a",)))
    first, second = story.stages()
    plan, until = load_plan("energy-chengqu"), AT + timedelta(hours=3)
    late = (second[0] + timedelta(microseconds=400_000), second[1])
    told = impact_over_time(story.world.system, [first, (second[0], first[1]), late], plan, until, restricted=True)
    assert told.networks["electricity"].customer_hours == 10.0


def test_stages_in_another_order_are_refused() -> None:
    story = story_of((0.0, "fault", ("a",)), (1.0, "repair", ("a",)))
    with pytest.raises(ValueError, match="order of time"):
        impact_over_time(story.world.system, story.stages()[::-1], load_plan("energy-chengqu"), story.until)
