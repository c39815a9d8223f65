"""Bad input gets an error that names the field and the remedy."""

from __future__ import annotations

import time
from typing import Any

import pytest

from priority.errors import InvalidIncident
from priority.incident import Incident
from tests.pictures import District
from tests.priority.small import assess_frames

GOOD: dict[str, Any] = {"plan": "energy-chengqu", "at": "2026-01-12T08:00:00+08:00"}
SQUARE = [[112.0, 35.0], [112.1, 35.0], [112.1, 35.1], [112.0, 35.1], [112.0, 35.0]]
BOW_TIE = [[112.0, 35.0], [112.1, 35.1], [112.1, 35.0], [112.0, 35.1], [112.0, 35.0]]


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def problems(document: Any) -> dict[str, str]:
    with pytest.raises(InvalidIncident) as caught:
        Incident.parse(document)
    assert all(problem.message and problem.remedy for problem in caught.value.problems)
    return {problem.field: problem.message for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("change", "field", "told"),
    [
        ({"plan": "atlantis"}, "plan", "没有这个预案"),
        ({"plan": 3}, "plan", "应为文字"),
        ({"at": "2026-01-12T08:00:00"}, "at", "没有时区"),
        ({"at": "2026-01-12"}, "at", "不是有效的时间"),
        ({"at": "2026-02-30T08:00:00+08:00"}, "at", "不是有效的时间"),
        ({"at": "9999-12-31T23:00:00+08:00"}, "at", "年份不合理"),
        ({"at": 1768176000}, "at", "时间应为文字"),
        ({"at": None}, "at", "时间应为文字"),
        ({"faults": "e-1"}, "faults", "应为列表"),
        ({"faults": ["e-1"]}, "faults[0]", "应为 JSON 对象"),
        ({"faults": [{}]}, "faults[0].element", "缺少"),
        ({"faults": [{"element": ""}]}, "faults[0].element", "不能为空"),
        ({"faults": [{"element": "\ud800"}]}, "faults[0].element", "应为文字"),
        ({"faults": [{"element": 7}]}, "faults[0].element", "应为文字"),
        ({"faults": [{"element": "a", "at": "soon"}]}, "faults[0].at", "不是有效的时间"),
        ({"faults": [{"element": "a", "hour": 3}]}, "faults[0].hour", "没有这个字段"),
        ({"area": "here"}, "area", "Polygon"),
        ({"area": {"type": "Point", "coordinates": [112, 35]}}, "area", "Polygon"),
        ({"area": polygon()}, "area.coordinates", "空"),
        ({"area": polygon(SQUARE[:3])}, "area.coordinates[0]", "点数不足"),
        ({"area": polygon(SQUARE[:4])}, "area.coordinates[0]", "没有闭合"),
        ({"area": polygon(BOW_TIE)}, "area.coordinates", "自相交"),
        ({"area": polygon([[y, x] for x, y in SQUARE])}, "area.coordinates[0]", "颠倒"),
        ({"area": polygon([[400.0, 95.0], *SQUARE[1:4], [400.0, 95.0]])}, "area.coordinates[0]", "超出"),
        ({"area": polygon([["a", "b"], *SQUARE[1:]])}, "area.coordinates[0][0]", "不是数字"),
        ({"area": polygon([[float("nan"), 35.0], *SQUARE[1:]])}, "area.coordinates[0]", "不是数字"),
        ({"area": {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}}, "area.coordinates", "重叠"),
        ({"area": polygon([*SQUARE[:1], *([SQUARE[1]] * 20_001), SQUARE[0]])}, "area.coordinates[0]", "点数太多"),
        ({"networks": []}, "networks", "至少"),
        ({"networks": ["oil"]}, "networks[0]", "没有这个网络"),
        ({"networks": ["gas", "gas"]}, "networks", "重复"),
        ({"horizon_hours": 0}, "horizon_hours", "超出范围"),
        ({"horizon_hours": 721}, "horizon_hours", "超出范围"),
        ({"horizon_hours": 10**400}, "horizon_hours", "超出范围"),
        ({"horizon_hours": float("nan")}, "horizon_hours", "超出范围"),
        ({"area": polygon([[10**400, 35.0], *SQUARE[1:4], [10**400, 35.0]])}, "area.coordinates[0]", "超出"),
        ({"figures": {f"f{number}": 1 for number in range(201)}}, "figures", "项数太多"),
        ({"horizon_hours": True}, "horizon_hours", "应为数字"),
        ({"horizon_hours": "72"}, "horizon_hours", "应为数字"),
        ({"figures": {"coal_price": [1]}}, "figures.coal_price", "应为数字、文字"),
        ({"horizon": 72}, "horizon", "没有这个字段"),
    ],
)
def test_each_slip_names_its_field(change: dict[str, Any], field: str, told: str) -> None:
    found = problems({**GOOD, **change})
    assert list(found) == [field]
    assert told in found[field]


@pytest.mark.parametrize("document", [None, 3, "text", [], [GOOD]])
def test_a_document_that_is_no_object_is_refused(document: Any) -> None:
    assert problems(document) == {"": "应为 JSON 对象"}


def test_all_slips_are_told_at_once() -> None:
    assert set(problems({"at": "x", "networks": ["oil"], "zz": 1})) == {"plan", "at", "networks[0]", "zz"}


def test_many_slips_are_counted_quickly() -> None:
    start = time.perf_counter()
    with pytest.raises(InvalidIncident) as caught:
        Incident.parse({**GOOD, **{f"x{number}": 1 for number in range(20_000)}})
    assert time.perf_counter() - start < 5  # a check of every pair would take minutes
    assert len(caught.value.problems) == 51
    assert caught.value.problems[-1].message == "另有 19950 处问题"


def test_the_crossing_is_explained_in_chinese() -> None:
    assert problems({**GOOD, "area": polygon(BOW_TIE)})["area.coordinates"].endswith("（边自相交，位于 112.05 35.05）")


def test_messages_come_in_english_too() -> None:
    with pytest.raises(InvalidIncident) as caught:
        Incident.parse({**GOOD, "at": "2026-01-12T08:00:00"}, "en")
    assert caught.value.problems[0].remedy == "add the offset after the time, such as +08:00"


def test_features_and_multipolygons_with_holes_are_areas() -> None:
    hole = [[112.02, 35.02], [112.04, 35.02], [112.04, 35.04], [112.02, 35.04], [112.02, 35.02]]
    incident = Incident.parse(
        {**GOOD, "area": {"type": "Feature", "properties": {}, "geometry": polygon(SQUARE, hole)}}
    )
    assert incident.area.area == pytest.approx(0.0096)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"faults": [{"element": "nothing"}]}, "faults[0].element"),
        ({"faults": [{"element": "a"}, {"element": "a--b"}]}, "faults[1].element"),
        ({"area_townships": ["999"]}, "area_townships[0]"),
        ({"area_at": "2026-01-12T08:00:00+08:00"}, "area_at"),
        ({"faults": [{"element": "a", "at": "2026-02-12T08:00:00+08:00"}]}, "faults[0].at"),
        ({"figures": {"deaths": 3}}, "figures.deaths"),
        ({"figures": {"coal_stock_share": 30}}, "figures.coal_stock_share"),
        ({"figures": {"coal_stock_share": -0.1}}, "figures.coal_stock_share"),
        ({"figures": {"coal_stock_share": 10**400}}, "figures.coal_stock_share"),
        ({"figures": {"affected_townships": 10**400}}, "figures.affected_townships"),
        ({"figures": {"coal_price": "cheap"}}, "figures.coal_price"),
        ({"figures": {"beyond_township_capacity": "yes"}}, "figures.beyond_township_capacity"),
        ({"figures": {"affected_townships": 1.5}}, "figures.affected_townships"),
        ({"figures": {"pipeline_outage_days": -1}}, "figures.pipeline_outage_days"),
    ],
)
def test_what_the_district_or_the_plan_does_not_know_names_its_field(fields: dict[str, Any], field: str) -> None:
    district = District().network("electricity", "S* - a:10")
    with pytest.raises(InvalidIncident) as caught:
        assess_frames(district.frames(), **fields)
    assert [problem.field for problem in caught.value.problems] == [field]


def test_naming_a_restricted_facility_answers_as_for_an_unknown_id() -> None:
    district = District().network("electricity", "S* - a:10").facility("secret", "defence", restricted=True)
    told = []
    for element in ("secret", "absent"):
        with pytest.raises(InvalidIncident) as caught:
            assess_frames(district.frames(), {element: 0.0}, restricted=False)
        told.append(caught.value.problems[0].message.replace(element, ""))
    assert told[0] == told[1]
    assert assess_frames(district.frames(), {"secret": 0.0}, restricted=True).facilities[0].state == "failed"
