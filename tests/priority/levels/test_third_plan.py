"""A third plan needs no code: written as a file, it runs through the whole chain."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from priority.assessment import Assessment, assess
from priority.errors import InvalidIncident, InvalidPlan
from priority.incident import Incident
from priority.plans import parse_plan, plan_book
from priority.plans.dates import revision_due_on
from priority.system import SupplySystem
from tests.pictures import District
from tests.third_plan import THIRD_PLAN

DISTRICT = (
    District()
    .network("electricity", "S* - s1| - a:20\nS - s2| - b:40\nS - s3| - c:40", {"a": 2, "b": 2, "c": 3})
    .facility("hospital", strip=2, electricity=("a", 4))
    .facility("school", "school", strip=2, electricity=("a", 9))
)


def assessed(*faults: str, **figures: bool) -> Assessment:
    plan = parse_plan(THIRD_PLAN, "third.yaml")
    document = {
        "plan": plan.key,
        "at": "2026-01-12T08:00:00+08:00",
        "faults": [{"element": element} for element in faults],
        "figures": figures,
    }
    incident = Incident.parse(document, plan_keys=[plan.key])
    return assess(SupplySystem.build(DISTRICT.frames(), "1"), incident, plan)


@pytest.mark.parametrize(
    ("faults", "figures", "level", "who"),
    [
        ((), {}, None, ()),
        (("a",), {}, "三级", ("局长",)),
        (("a", "b"), {}, "二级", ("副区长",)),
        (("a", "b"), {"roads_blocked": True}, "一级", ("区长",)),
        (("a", "b", "c"), {}, "一级", ("区长",)),
    ],
)
def test_its_levels_follow_from_the_map(
    faults: tuple[str, ...], figures: dict[str, bool], level: str | None, who: tuple[str, ...]
) -> None:
    result = assessed(*faults, **figures).level
    assert (result.level, result.decided_by) == (level, who)


def test_its_own_priority_list_ranks() -> None:
    result = assessed("a")
    assert [(row.id, row.tier, row.clause) for row in result.ranking] == [("school", 1, "5.1"), ("hospital", 2, "5.1")]


def test_what_is_unknown_could_raise_it() -> None:
    result = assessed("a", "b").level
    assert (result.could_rise_to, result.could_rise_by) == ("一级", ("roads_blocked",))


def test_its_revision_is_due_by_its_own_dates() -> None:
    assert revision_due_on(parse_plan(THIRD_PLAN, "third.yaml")) == date(2026, 3, 1)


def test_a_district_keeps_its_own_plans_in_a_folder(tmp_path: Path) -> None:
    assert set(plan_book(tmp_path / "none")) == {"energy-chengqu", "heating-zezhou"}
    (tmp_path / "snow.yaml").write_text(THIRD_PLAN, encoding="utf-8")
    assert set(plan_book(tmp_path)) == {"energy-chengqu", "heating-zezhou", "snow-xidistrict"}
    (tmp_path / "twice.yaml").write_text(THIRD_PLAN, encoding="utf-8")
    with pytest.raises(InvalidPlan, match=r"twice\.yaml.*snow\.yaml"):
        plan_book(tmp_path)


def test_an_incident_under_a_plan_that_is_not_there_lists_those_that_are() -> None:
    with pytest.raises(InvalidIncident) as caught:
        Incident.parse({"plan": "energy-chengqu", "at": "2026-01-12T08:00:00+08:00"}, plan_keys=["snow-xidistrict"])
    assert "snow-xidistrict" in caught.value.problems[0].remedy
