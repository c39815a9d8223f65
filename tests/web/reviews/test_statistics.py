"""Many incidents together, drills apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.web.published import hold_to
from tests.web.reviews.cases import (
    ENERGY,
    HEATING,
    broken,
    changed,
    ended,
    impact_of,
    log_written,
    material,
    sent,
    started,
    told,
)
from webmap.incidents.entries import Fact
from webmap.reviews import Counted, Statistics, counted, review_of, statistics_of

SHORT = [told(0), sent(5, "first_spoken"), started(10, "III"), sent(100), ended(200)]
LONG = [broken(0), told(5), started(40, "III"), changed(60, "II"), sent(200)]


def one(
    name: str, facts: Sequence[Fact], *, plan: Any = ENERGY, drill: bool = False, impact: Any = None, at: float = 500
) -> Counted:
    log = log_written(facts, plan, drill=drill)
    given = material(log, at, plan, impact=impact)
    return counted(replace(log.opening, incident_id=name, name=name), review_of(given), impact)


def medians(found: Statistics) -> dict[str, tuple[float | None, int]]:
    return {row.key: (row.minutes, row.count) for row in found.real.medians}


def test_no_incidents_are_no_figures() -> None:
    found = statistics_of([])
    for group in (found.real, found.drills):
        assert (group.count, group.by_month, group.incidents) == (0, (), ())
        assert (group.reports_in_time_share, group.customer_hours, group.people_hours) == (None, None, None)
        assert {row.minutes for row in group.medians} == {None}
        assert group.sentence == "没有事件。"
    hold_to("statistics", found.document())


def test_drills_are_counted_apart() -> None:
    found = statistics_of([one("a", SHORT), one("b", SHORT, drill=True), one("c", LONG, drill=True)])
    assert (found.real.count, found.drills.count) == (1, 2)
    assert [row.id for row in found.drills.incidents] == ["b", "c"]
    assert all(row.drill for row in found.drills.incidents)


def test_figures_over_several_incidents() -> None:
    impact = impact_of(restored={"electricity": 100, "gas": 90})
    found = statistics_of([one("a", SHORT, impact=impact), one("b", LONG), one("c", [told(0)], plan=HEATING)])
    real = found.real
    # SHORT: one follow-up in time. LONG: due at 180 (from the change), missed until 200: late; 320 and 440 are missing.
    assert [(row.reports_due, row.reports_in_time) for row in real.incidents] == [(1, 1), (3, 0), (0, 0)]
    assert (real.reports_due, real.reports_in_time, real.reports_in_time_share) == (4, 1, 0.25)
    assert medians(found)["fact_to_level"] == (25, 2)
    assert medians(found)["level_to_end"] == (190, 1)
    assert medians(found)["fact_to_warning"] == (None, 0)
    assert [(row.key, row.count) for row in real.by_level] == [("II", 1), ("III", 1), (None, 1)]
    assert [(row.key, row.count) for row in real.by_plan] == [("energy-chengqu", 2), ("heating-zezhou", 1)]
    assert [(row.key, row.count) for row in real.by_month] == [("2026-01", 3)]
    assert (real.customer_hours, real.people_hours, real.hours_known_of) == (20, 25, 1)
    assert real.measures_due == sum(row.measures_due for row in real.incidents)
    assert {"statistics_hours_missing", "statistics_synthetic"} <= {item.code for item in found.assumptions}


def test_unknown_customers_make_the_hours_a_lower_bound() -> None:
    impact = impact_of(restored={"gas": 90})
    impact["networks"]["gas"]["customers_unknown"] = 3
    assert "statistics_lower_bound" in {
        item.code for item in statistics_of([one("a", SHORT, impact=impact)]).assumptions
    }


def test_what_could_not_be_counted_is_named() -> None:
    assert statistics_of([], left_out=["旧预案的事件"]).left_out == ("旧预案的事件",)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_order_of_incidents_does_not_matter(language: Any) -> None:
    items = [one("a", SHORT), one("b", LONG), one("c", SHORT, drill=True)]
    assert statistics_of(items, language) == statistics_of(items[::-1], language)
