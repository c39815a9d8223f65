"""The running level's measures by group: which group, what is done, what is not asked for twice."""

from __future__ import annotations

from typing import Any

import pytest

from priority.plans import load_plan
from tests.web.log.house import OTHER_PLAN, House, fact
from webmap.accounts.roles import Role
from webmap.command.measures import place_of

DIRECTOR, COMMANDER = "办公室主任", "指挥长"


def started(level: str, office: str, minutes: float = 5) -> dict[str, Any]:
    return fact("level_started", minutes, office=office, level=level, reason="天气恶化")


def checklist(house: House, incident: str) -> dict[str, dict[str, Any]]:
    groups = house.get(f"/api/incidents/{incident}/command")["groups"]
    return {group["key"]: group for group in groups}


def measure(view: dict[str, dict[str, Any]], clause: str) -> tuple[str, dict[str, Any]]:
    found = [(key, item) for key, group in view.items() for item in group["measures"] if item["clause"] == clause]
    assert len(found) == 1, clause
    return found[0]


@pytest.mark.parametrize("key", ["energy-chengqu", "heating-zezhou"])
def test_a_group_named_by_our_reading_is_told_as_such_and_none_is_invented(key: str) -> None:
    plan = load_plan(key)
    groups = {group.key for group in plan.organisation.groups}
    for level in plan.levels:
        for item in level.measures:
            place = place_of(plan, item)
            assert place.group in groups | {"headquarters", "none"}
            assert (place.by == "duty") is (item.unit is None and item.suits is not None)
            if item.unit is not None:
                assert (place.by, place.units) == ("unit", (item.unit,))


def test_measures_stand_under_the_group_whose_duty_covers_them(house: House) -> None:
    incident = house.opened()
    assert checklist(house, incident) == {}
    house.written(incident, started("III", DIRECTOR), who=Role.OFFICE_DIRECTOR)
    view = checklist(house, incident)
    # 4.2.1(3) 区指挥部要指导事发地; 4.2.1(8) 正面宣传: 2.4.6 宣传报道组; 4.2.1(4) 查处: 2.4.2 (4)(5).
    assert measure(view, "4.2.1(3)")[0] == "headquarters"
    assert measure(view, "4.2.1(8)")[0] == "publicity"
    key, checking = measure(view, "4.2.1(4)")
    assert (key, checking["grouped_by"], checking["units"][0]) == ("response", "duty", "区应急局")
    assert sum(group["due"] for group in view.values()) == 8
    assert [group["clause"] for group in view.values()] == ["2.1", "2.4.1", "2.4.2", "2.4.4", "2.4.5", "2.4.6"]


def test_what_is_done_is_told_with_unit_time_writer_and_entry_and_comes_last(house: House) -> None:
    incident = house.opened()
    house.written(incident, started("III", DIRECTOR), who=Role.OFFICE_DIRECTOR)
    text = load_plan("energy-chengqu").levels[0].measures[4].text
    house.written(incident, fact("measure_done", 20, measure=text, clause="4.2.1(5)", unit="区发改局"))
    answer = house.get(f"/api/incidents/{incident}/command")
    assert (answer["measures_done"], answer["measures_due"]) == (1, 8)
    support = checklist(house, incident)["support"]
    last = support["measures"][-1]
    assert (last["state"], last["by"], last["entry"]) == ("done", "区发改局", 3)
    assert last["done_at"] == fact("note", 20)["happened_at"]
    assert last["author"]
    assert [item["state"] for item in support["measures"]] == ["open", "open", "done"]
    # Taken back, it is open again.
    house.written(incident, fact("correction", 30, corrects=3, replacement=None, reason="误记"))
    assert checklist(house, incident)["support"]["done"] == 0


def test_the_same_words_are_not_asked_for_again_at_a_higher_level(house: House) -> None:
    plan = load_plan("energy-chengqu")
    incident = house.opened()
    house.written(incident, started("III", DIRECTOR), who=Role.OFFICE_DIRECTOR)
    # 4.2.1(5) 其他能源 and 4.2.2(5) 其它能源; 4.2.1(6) and 4.2.2(7) are word for word the same.
    for clause, place in (("4.2.1(5)", 4), ("4.2.1(6)", 5)):
        house.written(incident, fact("measure_done", 20, measure=plan.levels[0].measures[place].text, clause=clause))
    house.written(incident, fact("level_changed", 30, office=COMMANDER, level="II", reason="扩大"), who=Role.COMMANDER)
    view = checklist(house, incident)
    for clause, before in (("4.2.2(5)", "4.2.1(5)"), ("4.2.2(7)", "4.2.1(6)")):
        item = measure(view, clause)[1]
        assert (item["state"], item["at_level"], item["done_clause"]) == ("done", "III", before)
    assert sum(group["due"] for group in view.values()) == 11
    assert sum(group["done"] for group in view.values()) == 2


def test_a_response_that_begins_anew_has_a_checklist_of_its_own(house: House) -> None:
    incident = house.opened()
    text = load_plan("energy-chengqu").levels[0].measures[4].text
    for step in (
        started("III", DIRECTOR),
        fact("measure_done", 10, measure=text, clause="4.2.1(5)"),
        fact("level_ended", 15, office=DIRECTOR),
        started("III", DIRECTOR, 20),
    ):
        house.written(incident, step, who=Role.OFFICE_DIRECTOR)
    assert sum(group["done"] for group in checklist(house, incident).values()) == 0


def causes(house: House, incident: str) -> dict[str, dict[str, Any]]:
    return {one["key"]: one for one in house.get(f"/api/incidents/{incident}/command")["causes"]}


def test_measures_for_a_cause_are_offered_with_what_points_to_it(house: House) -> None:
    incident = house.opened(plan=OTHER_PLAN)
    assert {one["why"] for one in causes(house, incident).values()} == {None}
    house.written(incident, fact("note", 3, text="锅炉房爆炸，已拨打119"))
    found = causes(house, incident)
    assert next(iter(found)) == "boiler_explosion"
    assert "第 2 条" in found["boiler_explosion"]["why"]
    assert found["pipeline_or_plant_damaged"]["why"] is None
    text = "同时应停止设备运行，防止事件扩大。"
    house.written(incident, fact("measure_done", 9, measure=text, clause="4.5.1"))
    steps = causes(house, incident)["boiler_explosion"]["measures"]
    assert [(item["text"], item["entry"]) for item in steps if item["state"] == "done"] == [(text, 3)]


def test_the_energy_plan_has_no_measures_by_cause(house: House) -> None:
    assert causes(house, house.opened()) == {}
