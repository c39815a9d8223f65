"""Shelters whose capacities were not counted: the answer says how many people they take in."""

from __future__ import annotations

from typing import Any

import pytest

from tests.priority.siting.study.villages import Villages, out, plan_for, study_document


def town(**capacity: float | None) -> Villages:
    """Homes of 900 and 300 people, a shelter near each, and one that stands already."""
    villages = Villages().road("r", 0, 40).home("a", 1, 900).home("b", 20, 300)
    villages.site("x", 2, capacity=capacity.get("x")).site("y", 21, capacity=capacity.get("y"))
    return villages.site("old", 3, status="existing", capacity=capacity.get("old"))


@pytest.mark.parametrize("model", ["mclp", "pmedian", "lscp", "pcenter"])
def test_too_few_seats_are_told_in_the_sentence(model: str) -> None:
    document = study_document(model, sites=2, standard=15)
    found = plan_for(town(x=100, y=50, old=1025), document)
    assert found.demand.seats is not None
    seats = sum(site.capacity or 0 for site in found.sites)
    assert seats >= 1075 and (found.demand.seats.total, found.demand.seats.unknown_count) == (seats, 0)
    assert f"共能容纳 {found.demand.seats.total:,.0f} 人（没有按容量限制）" in found.sentence
    assert "15 分钟内能到的有 1,200 人（人口的 100 %）" in found.sentence
    assert "覆盖" not in found.sentence
    enough = plan_for(town(x=900, y=400, old=900), document)
    assert enough.demand.seats is not None and enough.demand.seats.total >= 1200
    assert "容纳" not in enough.sentence and "覆盖人口 100 %" in enough.sentence


def test_unknown_capacities_are_told_as_unknown_and_not_as_nothing() -> None:
    document = study_document(sites=1, standard=15)
    some = plan_for(town(old=80), document)
    assert some.demand.seats is not None
    assert (some.demand.seats.total, some.demand.seats.unknown_count) == (80, 1)
    assert "开放的 1 处共能容纳 80 人，另有 1 处容量不详" in some.sentence
    none = plan_for(town(), document)
    assert "开放的 2 处容量不详" in none.sentence and "容纳 0" not in none.sentence
    english = plan_for(town(old=80), document, language="en").sentence
    assert "room for 80 people in all: 1, with unknown room: 1 (capacities not applied)" in english


def test_seats_are_told_of_the_people_who_need_them() -> None:
    few = study_document(sites=1, standard=15, demand={"share_in_need": 0.1})
    found = plan_for(town(x=100, y=100, old=100), few)
    assert found.demand.seats is not None and found.demand.seats.total == 200
    assert "容纳" not in found.sentence  # 120 people come


def test_where_units_differ_or_capacities_limit_the_choice_nothing_is_said() -> None:
    limited = plan_for(town(x=100, y=50, old=80), study_document(sites=1, capacities=True, question={"shared": True}))
    assert "没有按容量限制" not in limited.sentence and "覆盖" in limited.sentence
    unlimited = plan_for(town(old=80), study_document(sites=1, capacities=True, standard=15))
    assert "开放的站点中 1 处容量不详，按不限计" in unlimited.sentence and "容量不详" not in limited.sentence
    boiler = plan_for(town(x=1), study_document(kind="mobile_boiler", sites=1))
    assert boiler.demand.seats is None
    points: list[dict[str, Any]] = [{"id": "p", "name": "集市", "point": [113.0, 35.2]}]
    entered = plan_for(town(x=1), study_document(demand={"of": "points", "points": points}))
    assert entered.demand.seats is None and "容" not in entered.sentence


def test_in_a_scenario_a_shelter_that_is_hit_takes_in_nobody() -> None:
    villages = town(x=100, y=50, old=80)
    scenarios = [
        {"name": "平日", "incident": None},
        {"name": "停热", "incident": out("a")},
    ]
    document = study_document(sites=1, standard=15, scenarios=scenarios, excluded={"affected": True})
    found = plan_for(villages, document)
    worst_is_hit = found.scenario == "停热"
    assert found.demand.seats is not None
    opened = {site.id: site.capacity or 0 for site in found.sites}
    hit = {"x", "old"} if worst_is_hit else set()
    assert found.demand.seats.total == sum(seats for name, seats in opened.items() if name not in hit)
