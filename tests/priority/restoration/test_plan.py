"""The restoration plan: what is done first and why, and that it says what will happen."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from priority.assessment import assess
from priority.errors import InvalidCrews
from priority.incident import Incident
from priority.plans import load_plan
from priority.restoration.results import RestorationPlan
from priority.results import Assessment
from priority.system import SupplySystem
from tests.pictures import District
from tests.priority.restoration.towns import HERE, PLACES, crew, plan_for, restored, two_feeders, unit, value_of

ONE = {"crews": [crew("c1")]}
BOTH = {"a": 0.0, "b": 0.0}
RING = "S* - s1| - a:10 - s2| - b:20 - t1/ - c:30 - s3| - Q*"


def order(plan: RestorationPlan) -> list[str]:
    return [step.fault for step in plan.steps]


def assessed(district: District, plan: RestorationPlan, **later: Any) -> Assessment:
    incident = Incident.parse({**plan.incident, **later})
    return assess(SupplySystem.build(district.frames(), "1-test"), incident, load_plan(incident.plan), restricted=True)


def test_the_hospital_comes_before_many_customers() -> None:
    plan = plan_for(two_feeders(), BOTH, ONE)
    assert order(plan) == ["a", "b"]
    first, second = plan.steps
    assert (first.brings_back.facilities, first.brings_back.customers["electricity"]) == (("h",), 50)
    assert first.reason == "先修：恢复单位h（第 4 类，4.2.1(6)）供电，另有 50 户供电"
    assert second.reason == "接着修：恢复 5,000 户供电"
    assert plan.status == "optimal"
    assert plan.summary == (
        "1 支队伍 4 小时修复 2 处故障；单位h，1月12日 10:00 恢复供电；仍有 1 家重点单位会中断，最久 1 小时（单位h）。"
    )


def test_without_a_place_of_the_list_the_people_decide() -> None:
    district = District().network("electricity", "S* - s1| - a:50\nS - s2| - b:5000")
    assert order(plan_for(district, BOTH, ONE)) == ["b", "a"]


def test_a_place_on_its_reserve_is_relieved_before_it_fails() -> None:
    district = District().network("electricity", "S* - s1| - a:50\nS - s2| - b:5000")
    district.facility("h", electricity=("a", 3))
    plan = plan_for(district, BOTH, ONE)
    assert order(plan) == ["a", "b"]
    assert plan.steps[0].reason == "先修：恢复单位h（第 4 类，4.2.1(6)）供电，免于停运，另有 50 户供电"
    assert plan.uncovered == ()
    assert plan.levels[0].value == 0.0 < plan.levels[0].without_repairs


def test_under_the_heating_plan_power_for_heating_comes_first() -> None:
    district = (
        two_feeders().network("heat", "H* - k:5").facility("boiler", "heat_supply", feeds="H", electricity=("b", 0))
    )
    assert order(plan_for(district, BOTH, ONE)) == ["a", "b"]
    plan = plan_for(district, BOTH, ONE, plan="heating-zezhou")
    assert order(plan) == ["b", "a"]
    assert [(level.key, level.clause) for level in plan.levels][:2] == [
        ("heat_supply", "2.3"),
        ("hospital", "4.2.1(6)"),
    ]
    assert plan.steps[0].reason.startswith("先修：恢复单位boiler（优先保证供热用电，2.3）供电")


def test_switching_comes_first_and_is_entered() -> None:
    district = District().network("electricity", RING).facility("h", electricity=("b", 0))
    plan = plan_for(district, {"a": 0.0}, ONE)
    assert [(step.action, step.id) for step in plan.switching] == [("open", "s1"), ("open", "s2"), ("close", "t1")]
    assert plan.incident["operations"] == [{"device": "t1", "action": "close", "at": "2026-01-12T08:00:00+08:00"}]
    assert plan.uncovered == ()
    assert plan.steps[0].brings_back.customers["electricity"] == 10
    assert plan.summary.startswith("先倒闸 1 处；")
    assert "switching" in {note.code for note in plan.assumptions}


def test_what_the_commander_operates_or_nobody_can_is_left_alone() -> None:
    district = District().network("electricity", RING).facility("h", electricity=("b", 0))
    assert plan_for(district, {"a": 0.0}, ONE, inoperable=["t1"]).levels[0].value == pytest.approx(2, abs=0.1)
    kept = plan_for(district, {"a": 0.0}, ONE, operations=[("t1", "close", 1.0)])
    assert [operation["at"][11:16] for operation in kept.incident["operations"]] == ["09:00"]  # type: ignore[attr-defined]
    assert kept.levels[0].value == 1.0


def test_the_levels_are_what_the_plan_comes_to() -> None:
    """Hours of places and of people, added up from the assessment of the incident with the plan entered."""
    district = (
        two_feeders()
        .facility("gov", "government", electricity=("b", 2))
        .facility("tv", "hospital", electricity=("b", 0))
    )
    plan = plan_for(district, BOTH, ONE)
    for level in plan.levels[:-1]:
        tier = {"government": 1, "hospital": 4}[level.key]
        assert level.value == pytest.approx(sum(row.hours for row in plan.uncovered if row.tier == tier), abs=1e-3)
    moments = assessed(district, plan).timeline
    ends = [*(moment.hours for moment in moments[1:]), 72.0]
    people = sum(
        3 * moment.customers_out["electricity"] * (end - moment.hours)
        for moment, end in zip(moments, ends, strict=True)
    )
    assert plan.levels[-1].value == pytest.approx(people, rel=1e-4)


def test_the_incident_with_the_plan_entered_can_be_assessed_at_any_moment() -> None:
    district = two_feeders()
    plan = plan_for(district, BOTH, {**ONE, "units": [unit("g1", setup_hours=1.5)]})
    states = {}
    for hour in ("08:30", "09:15", "09:45", "10:30"):
        rows = assessed(district, plan, at=f"2026-01-12T{hour}:00+08:00").facilities
        states[hour] = next(row.state for row in rows if row.id == "h")
    assert states == {"08:30": "on_reserve", "09:15": "failed", "09:45": "supplied", "10:30": "supplied"}


def test_a_step_fixed_by_hand_is_kept_and_the_rest_planned_around_it() -> None:
    free = plan_for(two_feeders(), BOTH, ONE)
    plan = plan_for(two_feeders(), BOTH, {**ONE, "fixed": [{"fault": "b", "crew": "c1", "position": 1}]})
    assert order(plan) == ["b", "a"]
    assert [(step.fault, step.fixed, step.position) for step in plan.steps] == [("b", True, 1), ("a", False, 2)]
    assert "按指定安排" in plan.steps[0].reason
    assert value_of(plan) >= value_of(free)


def test_fixed_steps_that_contradict_each_other_are_named() -> None:
    crews = [crew("c1"), crew("c2", "gas")]
    fixed = [{"fault": "a", "crew": "c1", "position": 2}, {"fault": "b", "crew": "c1", "position": 3}]
    district = District().network("electricity", "S* - s1| - a:1\nS - s2| - b:1").network("gas", "G* - g:1")
    with pytest.raises(InvalidCrews) as caught:
        plan_for(district, {"a": 0.0, "b": 0.0, "g": 0.0}, {"crews": crews, "fixed": fixed})
    assert {problem.field for problem in caught.value.problems} <= {"fixed[0].position", "fixed[1].position"}


def test_a_closed_road_changes_the_plan() -> None:
    """Two faults at the ends of two roads: the near one first, unless its road is closed."""
    district = District().network("electricity", "S* - s1| - a:100\nS - s2| - b:100", {"a": 0, "b": 1})
    # "near" ends at the fault itself: half a kilometre on, the way to it would be over the slow road between them.
    district.road("near", "0,0 4.55,-11").road("far", "0,0 14,-11").road("round", "14,-11 4.55,-11", speed_kph=5)
    crews = {
        "crews": [crew("c1", depot=[112.0, 35.2])],
        "repairs": [{"fault": "a", "hours": 1}, {"fault": "b", "hours": 1}],
    }
    assert order(plan_for(district, BOTH, crews)) == ["a", "b"]
    closed = plan_for(district, BOTH, crews, closed_roads=["near"])
    assert order(closed) == ["b", "a"]
    assert closed.incident["closed_roads"] == ["near"]
    cut_off = plan_for(district, BOTH, crews, closed_roads=["near", "round"])
    assert order(cut_off) == ["b"]
    assert [(row.fault, row.reason) for row in cut_off.open_faults] == [("a", "会修电力的队伍没有道路可到")]


def test_nobody_and_nothing_are_said() -> None:
    plan = plan_for(two_feeders(), BOTH, {"crews": [crew("c1", "gas")]})
    assert (plan.status, plan.steps, len(plan.open_faults)) == ("nobody_to_repair", (), 2)
    assert plan.open_faults[0].reason == "没有会修电力的队伍"
    assert plan.summary.startswith("2 处故障没有队伍能修")
    assert [(row.skill, row.gain[0] > 60) for row in plan.extra_crews] == [("electricity", True)]
    empty = plan_for(two_feeders(), {}, ONE)
    assert (empty.status, empty.steps, empty.summary) == ("nothing_to_repair", (), "没有待修的故障。")
    assert [level.key for level in empty.levels] == ["people"]
    assert (empty.gap, empty.crews[0].free_at) == (0.0, None)


def test_a_gain_at_one_moment_is_counted_once() -> None:
    """Two faults of one segment are mended at the same second: only together they bring it back."""
    district = District().network("electricity", "S* - s1| - a:10 - b:20")
    hours = [{"fault": "a", "hours": 1}, {"fault": "b", "hours": 1}]
    places = {"c1": [112.05, 35.101], "c2": [112.05, 35.1015]}
    crews = [crew(key, depot=place) for key, place in places.items()]
    plan = plan_for(district, BOTH, {"crews": crews, "repairs": hours})
    assert len({step.done_at for step in plan.steps}) == 1
    assert sorted(step.brings_back.customers["electricity"] for step in plan.steps) == [0, 30]


def test_the_extra_crew_gains_what_a_plan_with_it_gains() -> None:
    crews = {"crews": [crew("c1", depot=HERE)]}
    plan = plan_for(two_feeders(), BOTH, crews)
    (row,) = plan.extra_crews
    assert (row.skill, row.site, row.site_name) == ("electricity", None, "c1队 驻地")
    more = plan_for(two_feeders(), BOTH, {"crews": [*crews["crews"], crew("c2", depot=HERE)]})
    gained = [before - after for before, after in zip(value_of(plan), value_of(more), strict=True)]
    assert row.gain == pytest.approx([max(0.0, gain) for gain in gained], abs=1e-3)
    assert more.extra_crews == ()


def test_the_same_document_for_any_order() -> None:
    crews = {
        "crews": [crew("c2", depot=PLACES), crew("c1")],
        "units": [unit("g2", capacity=5), unit("g1")],
        "repairs": [{"fault": "a", "hours": 1}, {"fault": "b", "hours": 3}],
    }
    turned = {key: value[::-1] for key, value in crews.items()}
    one = plan_for(two_feeders(), BOTH, crews).document()
    two = plan_for(two_feeders(), dict(reversed(BOTH.items())), turned).document()
    one["incident"]["faults"].sort(key=str)  # type: ignore[index]
    two["incident"]["faults"].sort(key=str)  # type: ignore[index]
    assert {**one, "seconds": 0} == {**two, "seconds": 0}


def test_restricted_places_leave_no_trace() -> None:
    """For a viewer without the right the plan is, word for word, that of a district without the place."""
    secret = two_feeders().facility("bunker", "defence", restricted=True, electricity=("b", 0), water=(None, 1))
    crews = {**ONE, "units": [unit("g1", setup_hours=3)]}
    known = plan_for(secret, BOTH, crews)
    assert order(known) == ["b", "a"]
    hidden = plan_for(secret, BOTH, crews, restricted=False)
    text = json.dumps(hidden.document(), ensure_ascii=False)
    assert "bunker" not in text
    assert "defence" not in text
    without = plan_for(two_feeders(), BOTH, crews, restricted=False)
    same = {"seconds": 0, "assumptions": []}
    assert {**hidden.document(), **same} == {**without.document(), **same}


def test_the_area_is_kept_as_it_was_drawn() -> None:
    ring = [[112.0, 35.0], [112.1, 35.0], [112.1, 35.3], [112.0, 35.3], [112.0, 35.0]]
    area = {"type": "Polygon", "coordinates": [ring]}
    plan = restored(two_feeders(), {"area": area, "networks": ["electricity"]}, ONE)
    assert [(step.fault, step.name) for step in plan.steps] == [("area/electricity", "划定区域（电力）")]
    assert sorted(map(tuple, plan.incident["area"]["coordinates"][0])) == sorted(map(tuple, ring))  # type: ignore[index]
    assert Incident.parse(json.loads(json.dumps(plan.incident))).repairs[0].element == "area/electricity"


def test_english_is_complete() -> None:
    crews = {**ONE, "units": [unit("g1", name="Generator")]}
    crews["crews"] = [crew("c1", name="Crew")]
    district = two_feeders().facility("v", "hospital", electricity=("b", 0))
    document = plan_for(district, BOTH, crews, language="en").document()
    for part in ("summary", "levels", "steps", "units", "uncovered", "extra_crews", "rules", "assumptions"):
        text = re.sub("单位.|点.—?", "", json.dumps(document[part], ensure_ascii=False))
        assert not re.search(r"[\u4e00-\u9fff]", text), (part, text)
