"""From faults to repairs and crews: what is to be mended, where, by whom, and what cannot be."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from shapely import box, to_geojson

from priority.assessment import take_picture
from priority.errors import InvalidCrews
from priority.plans import load_plan
from priority.restoration.durations import usual_hours
from priority.restoration.forces import Forces, deploy
from priority.restoration.input import Crews
from priority.restoration.tasks import Repair, repairs_of
from priority.system import SupplySystem
from tests.pictures import STRIP, WEST, District
from tests.priority.restoration.towns import crew, incident, unit

AREA = json.loads(to_geojson(box(WEST, 35.0, WEST + STRIP, 36.0)))


def town() -> District:
    district = District().network("electricity", "S* - s1| - a:10 - b:20", {"b": 1})
    district.network("heat", "H* - v1| - k:30")
    district.facility("plant", "heat_supply", feeds="H", strip=1, electricity=("a", 4))
    return district.facility("office", "government", electricity=("a", 0))


def made(
    faults: dict[str, float], crews: dict[str, Any] | None = None, **fields: Any
) -> tuple[tuple[Repair, ...], Forces]:
    system = SupplySystem.build(town().frames(), "1-test")
    happened = incident(faults, **fields)
    picture = take_picture(system, happened, load_plan(happened.plan), restricted=True)
    document = Crews.parse(crews or {})
    repairs = repairs_of(system, picture.damages, document)
    return repairs, deploy(system, happened, picture.damages, repairs, document, picture.phrases)


def problems(faults: dict[str, float], crews: dict[str, Any], **fields: Any) -> dict[str, str]:
    with pytest.raises(InvalidCrews) as caught:
        made(faults, crews, **fields)
    assert all(item.remedy for item in caught.value.problems)
    return {item.field: item.message for item in caught.value.problems}


def test_each_fault_is_a_repair_with_its_skill_and_usual_hours() -> None:
    repairs, _ = made({"a": 0, "s1--a": 0, "k": 0, "s1": 0, "plant": 0, "office": 0})
    told = {item.task.fault: (item.task.skill, item.task.duration_s / 3600, item.assumed) for item in repairs}
    assert told == {
        "a": ("electricity", usual_hours("electricity", "consumer"), True),
        "s1--a": ("electricity", 4, True),
        "k": ("heat", 2, True),
        "s1": ("electricity", 3, True),
        "plant": ("heat", 12, True),
        "office": ("electricity", 8, True),
    }


def test_hours_that_somebody_told_are_used() -> None:
    repairs, _ = made({"a": 0, "b": 0}, {"repairs": [{"fault": "a", "hours": 1.5}]})
    assert [(item.task.fault, item.task.duration_s, item.assumed) for item in repairs] == [
        ("a", 5400, False),
        ("b", 7200, True),
    ]


def test_a_fault_to_come_has_a_release_and_one_before_has_none() -> None:
    repairs, _ = made({"a": 2, "b": -5})
    assert [(item.task.fault, item.task.release_s) for item in repairs] == [("b", 0), ("a", 7200)]


def test_a_fault_with_its_repair_is_no_task() -> None:
    repair = {"a": 1.0}
    repairs, _ = made({"a": 0, "b": 0}, repairs=repair)
    assert [item.task.fault for item in repairs] == ["b"]


def test_an_area_is_one_task_for_each_network_in_the_middle_of_what_it_struck() -> None:
    repairs, _ = made({}, area=AREA)
    assert [(item.task.fault, item.task.skill, item.task.duration_s) for item in repairs] == [
        ("area/electricity", "electricity", 86_400),
        ("area/heat", "heat", 86_400),
    ]
    for item in repairs:
        assert WEST <= item.spot[0] <= WEST + STRIP
    assert repairs[0].spot[1] < repairs[1].spot[1]  # the heat network's nodes lie further north


def test_an_area_mended_on_one_network_stays_on_the_other() -> None:
    repair = {"area/heat": 1.0}
    assert [item.task.fault for item in made({}, area=AREA, repairs=repair)[0]] == ["area/electricity"]


def test_hours_for_an_area_hold_for_all_its_networks_but_where_one_is_named() -> None:
    hours = [{"fault": "area", "hours": 5}, {"fault": "area/heat", "hours": 7}]
    repairs, _ = made({}, {"repairs": hours}, area=AREA)
    assert [item.task.duration_s / 3600 for item in repairs] == [5, 7]


def test_a_task_stands_where_its_element_is() -> None:
    repairs, _ = made({"b": 0, "s1--a": 0, "plant": 0})
    spots = {item.task.fault: item.spot for item in repairs}
    assert spots["plant"] == pytest.approx((WEST + 1.5 * STRIP, 35.5))
    assert spots["b"][0] == pytest.approx(WEST + 1.5 * STRIP)
    assert spots["s1--a"] == pytest.approx((WEST + 0.5 * STRIP, 35.1 + 0.0005 * 1.5))


def test_the_order_of_crews_and_faults_does_not_matter() -> None:
    crews = [crew("c2", "heat"), crew("c1", "electricity")]
    repairs, forces = made({"b": 0, "a": 0}, {"crews": crews})
    again, other = made({"a": 0, "b": 0}, {"crews": crews[::-1]})
    assert repairs == again
    assert forces.crews == other.crews
    np.testing.assert_array_equal(forces.from_depot, other.from_depot)


def test_a_crew_is_free_when_it_says_so_and_never_before_the_present() -> None:
    crews = [
        crew("early", available_at="2026-01-12T05:00:00+08:00"),
        crew("late", available_at="2026-01-12T10:00:00+08:00"),
    ]
    assert made({"a": 0}, {"crews": crews})[1].free_s.tolist() == [0, 7200]


def test_unknown_sites_and_faults_are_named() -> None:
    document = {
        "crews": [crew("c1", site="nowhere")],
        "units": [unit("u1", site="nowhere")],
        "repairs": [{"fault": "q", "hours": 1}],
        "fixed": [{"fault": "b", "crew": "c1"}],
    }
    assert list(problems({"a": 0}, document)) == [
        "crews[0].site",
        "units[0].site",
        "repairs[0].fault",
        "fixed[0].fault",
    ]


def test_a_crew_fixed_for_what_it_cannot_do_is_named() -> None:
    document = {
        "crews": [crew("c1", "heat"), crew("c2")],
        "fixed": [{"fault": "a", "crew": "c1"}, {"fault": "b", "crew": "c2", "position": 3}],
    }
    assert problems({"a": 0, "b": 0}, document) == {
        "fixed[0].crew": "“c1队”没有电力技能，不能修“a”",
        "fixed[1].position": "“c2队”最多能修 1 处，排不到第 3 位",
    }


def test_a_fixed_step_for_a_repaired_fault_is_passed_over() -> None:
    repair = {"a": 1.0}
    document = {"crews": [crew("c1")], "fixed": [{"fault": "a", "crew": "c1"}]}
    assert made({"a": 0, "b": 0}, document, repairs=repair)[1].fixed == ()


def test_an_area_of_two_networks_is_fixed_part_by_part() -> None:
    document = {"crews": [crew("c1", "electricity", "heat")], "fixed": [{"fault": "area", "crew": "c1"}]}
    assert problems({}, document, area=AREA) == {"fixed[0].fault": "划定区域按网络分别抢修"}
    assert len(made({}, document, area=AREA, networks=["heat"])[1].fixed) == 1
