"""The impact of random incidents against the definition, evaluated moment by moment with whole assessments."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from priority.aftermath import Impact
from priority.network.arrays import NETWORK_KEYS
from tests.priority.aftermath.slow import SlowImpact, between, second_of, seen, slow_impact
from tests.priority.aftermath.stories import Story, stories


@settings(max_examples=25, deadline=None)
@given(stories())
def test_every_figure_is_that_of_the_definition(story: Story) -> None:
    impact, slow = story.impact(), slow_impact(story)
    for key in NETWORK_KEYS:
        agrees_on_network(impact, slow, key)
    assert impact.people_hours_hit == pytest.approx(slow.people_hit / 3600, abs=1e-5)
    agrees_on_facilities(story, impact, slow)
    agrees_on_course(impact, slow)


def agrees_on_network(impact: Impact, slow: SlowImpact, key: str) -> None:
    row = impact.networks[key]
    assert row.customer_hours == pytest.approx(slow.customers[key] / 3600, abs=1e-5)
    assert row.people_hours == pytest.approx(slow.people[key] / 3600, abs=1e-5)
    assert row.unserved.value == pytest.approx(slow.unserved[key] / 3600, abs=1e-3)
    assert row.peak_customers == slow.peak[key]
    assert (row.interruptions, row.momentary_interruptions) == (slow.sustained[key], slow.momentary[key])
    assert row.out_at_end == (slow.out[-1][1][key] if slow.out else 0)
    if row.saidi_minutes is not None:
        expected = slow.sustained_s[key] / 60 / row.customers_total
        assert row.saidi_minutes == pytest.approx(expected, abs=1e-5)
    for township in impact.townships:
        here = township.networks[key].customer_hours
        assert here == pytest.approx(slow.customers_at[key, township.code] / 3600, abs=1e-5)


def agrees_on_facilities(story: Story, impact: Impact, slow: SlowImpact) -> None:
    rows = {row.id: row for row in impact.facilities}
    # What people see of coal that lasts for days depends on how far ahead they look.
    with_coal = {row["facility_id"] for row in story.system.district.supplies if row["commodity"] == "coal"}
    for facility in story.world.system.facilities.ids:
        row = rows.get(facility)
        assert (row.failed_hours if row else 0.0) == pytest.approx(slow.failed[facility] / 3600, abs=1e-5)
        if facility not in with_coal:
            assert (row.on_reserve_hours if row else 0.0) == pytest.approx(slow.on_reserve[facility] / 3600, abs=1e-5)


def agrees_on_course(impact: Impact, slow: SlowImpact) -> None:
    told = {second_of(row.at): row.customers_out for row in impact.changes}
    for second, out in slow.out:
        latest = max((at for at in told if at <= second), default=None)
        assert latest is not None
        assert told[latest] == out


@settings(max_examples=8, deadline=None)
@given(stories())
def test_the_slow_way_misses_no_moment(story: Story) -> None:
    for second, last, known in between(story):
        first, later = seen(story, known, second), seen(story, known, last)
        assert {key: one.unsupplied_nodes for key, one in first.outages.items()} == {
            key: one.unsupplied_nodes for key, one in later.outages.items()
        }
