"""From a log to the stages of its incident, and what it cost: on random logs against an assessment at every moment."""

from __future__ import annotations

import itertools
from collections import defaultdict
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from priority.aftermath import Impact, impact_over_time
from priority.assessment import assess
from priority.incident import Incident
from priority.network.arrays import NETWORK_KEYS
from priority.plans import load_plan
from priority.system import SupplySystem
from tests.web.incidents.logs import DUTY, after, fact, facts_at_different_times, log_of
from tests.web.incidents.places import FIRST_TOWNSHIP, frames_of_the_logs
from webmap.incidents.effective import effective_facts
from webmap.incidents.entries import Fact
from webmap.incidents.fold import fold
from webmap.incidents.records import Entry, Log
from webmap.incidents.stages import PICTURE_KINDS, ReadStages

PLAN = load_plan("energy-chengqu")


@cache
def system() -> SupplySystem:
    """A system that knows every id of the logs."""
    frames = frames_of_the_logs()
    return SupplySystem.build(frames, "1-test")


def impact_of(log: Log, until: datetime) -> Impact:
    stages = ReadStages(log, effective_facts(log.entries), until, Incident.parse)
    return impact_over_time(system(), stages, PLAN, until, restricted=True)


def stages_of(log: Log, until: datetime) -> list[tuple[datetime, dict[str, Any]]]:
    return list(ReadStages(log, effective_facts(log.entries), until, dict))


def moments_of(log: Log, until: datetime) -> list[datetime]:
    """Every moment at which anything may change, by assessing the log at each of its facts."""
    begins = sorted({entry.fact.happened_at for entry in log.entries} | {until})
    found = set(begins)
    for begin, end in itertools.pairwise(begins):
        result = assess(system(), Incident.parse(dict(fold(log, begin).document)), PLAN, restricted=True)
        found |= {moment for row in result.timeline if (moment := datetime.fromisoformat(row.at)) < end}
    return sorted(moment for moment in found if moment <= until)


@settings(max_examples=40, deadline=None)
@given(facts_at_different_times(), st.sampled_from([120, 240, 600]))
def test_figures_are_those_of_the_fold_at_every_moment(facts: list[Fact], minutes: int) -> None:
    log, until = log_of(facts), after(minutes)
    impact = impact_of(log, until)
    expected: defaultdict[str, float] = defaultdict(float)
    for begin, end in itertools.pairwise(moments_of(log, until)):
        result = assess(system(), Incident.parse(dict(fold(log, begin).document)), PLAN, restricted=True)
        for key, outage in result.outages.items():
            expected[key] += outage.customers * (end - begin).total_seconds() / 3600
    for key in NETWORK_KEYS:
        assert impact.networks[key].customer_hours == pytest.approx(expected[key], abs=1e-5)


@settings(max_examples=100, deadline=None)
@given(facts_at_different_times(), st.integers(-10, 220), st.randoms(use_true_random=False))
def test_a_stage_is_the_fold_at_its_moment(facts: list[Fact], minute: int, random: object) -> None:
    shuffled = list(facts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    log, until = log_of(shuffled), after(minute)
    stages = ReadStages(log, effective_facts(log.entries), until, dict)
    told = {item.happened_at for item in facts if item.kind in PICTURE_KINDS}
    moments = sorted(moment for moment in told if moment <= until)
    assert len(stages) == len(moments)
    assert list(stages) == list(stages) == [(moment, fold(log, moment).document) for moment in moments]


def test_words_and_figures_make_no_stage() -> None:
    facts = [
        fact("reported", 0, text="停电"),
        fact("note", 5, text="甲"),
        fact("figure_reported", 6, figure="customers_out_share", value=0.2),
        fact("temperature_reported", 7, celsius=-8.0),
        fact("crew_sent", 8, crew="一队"),
    ]
    log = log_of(facts)
    assert stages_of(log, after(60)) == []
    assert impact_of(log, after(60)).begins_at is None


def test_what_happened_at_one_second_makes_one_stage() -> None:
    log = log_of([fact("fault_located", 1, element="e-1"), fact("fault_located", 1, element="e-3")])
    ((_, document),) = stages_of(log, after(1))
    assert [item["element"] for item in document["faults"]] == ["e-1", "e-3"]


def corrected(log: Log, number: int, replacement: Fact | None) -> Log:
    document = None if replacement is None else replacement.model_dump(mode="json", exclude_none=True)
    said = fact("correction", 500, corrects=number, replacement=document, reason="抄错时刻")
    entry = Entry(log.length + 1, said, after(600), DUTY.id, DUTY.name)
    return Log(log.opening, [*log.entries, entry])


def test_a_late_correction_changes_the_past() -> None:
    facts = [fact("fault_located", 0, element="e-1"), fact("repaired", 120, element="e-1")]
    log, until = log_of(facts), after(240)
    earlier = corrected(log, 2, fact("repaired", 60, element="e-1"))
    never = corrected(log, 1, None)
    hours = [impact_of(one, until).networks["electricity"].customer_hours for one in (log, earlier, never)]
    assert hours == [280.0, 140.0, 0.0]
    assert impact_of(never, until).begins_at == after(120).isoformat()  # a repair of what was whole


def test_a_fact_told_late_counts_from_when_it_happened() -> None:
    facts = [fact("fault_located", 60, element="e-3"), fact("fault_located", 0, element="e-1")]
    impact = impact_of(log_of(facts), after(120))
    assert impact.begins_at == after(0).isoformat()
    assert impact.networks["electricity"].customer_hours == 280.0
    assert impact.networks["heat"].customer_hours == 30.0


def test_a_redrawn_area_is_another_past_from_its_moment_on() -> None:
    """The first drawing takes electricity and heat, the one an hour later heat alone."""
    both = {"townships": [FIRST_TOWNSHIP, "140502101", "140502102"], "networks": ["electricity", "heat"]}
    facts = [
        fact("area_drawn", 0, **both),
        fact("area_drawn", 60, **{**both, "networks": ["heat"]}),
        fact("repaired", 90, element="area/heat"),
    ]
    impact = impact_of(log_of(facts), after(180))
    assert impact.networks["electricity"].customer_hours == 140.0
    # f-2 feeds the heat: its two hours of reserve have not run out when the power is back
    assert impact.networks["heat"].customer_hours == 45.0
    assert not impact.running


def test_the_end_may_lie_before_everything() -> None:
    log = log_of([fact("fault_located", 30, element="e-1")])
    assert stages_of(log, after(29)) == []
    impact = impact_of(log, after(30))
    assert (impact.hours, impact.running, impact.networks["electricity"].out_at_end) == (0.0, True, 140)
    assert impact_of(log, after(30) + timedelta(hours=1)).networks["electricity"].customer_hours == 140.0
