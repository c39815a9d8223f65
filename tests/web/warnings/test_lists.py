"""Lists to tick off: what Excel shows, sums that are those of the area, and what is unknown called so."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
import shapely

from layers.records import empty_frame
from priority.plans import load_plan
from priority.warnings import Exposure
from priority.warnings.doors import TownshipDoors, doors_of
from priority.warnings.exposure import FacilityInside
from priority.warnings.recipients import Concerned, recipients_of
from priority.wording import Phrases
from tests.priority.warnings.areas import counties, frames
from tests.web.warnings.bulletins import county_bulletin, street_bulletin
from webmap.warnings.products import door_list, phone_list


@pytest.fixture(scope="module")
def exposure() -> Exposure:
    return Exposure.build(frames())


def rows_of(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def doors(**changes: Any) -> TownshipDoors:
    known = {"code": "140502001", "name": "东街街道", "share": 0.4, "households": 10, "households_estimated": True}
    counts = {"people": 30, "people_unknown": 0, "vulnerable_people": 4, "vulnerable_unknown": 0, "facilities": ()}
    return TownshipDoors(**{**known, **counts, **changes})


@pytest.mark.parametrize("county", ["140502", "140525"])
def test_the_sums_of_the_door_list_are_those_of_the_area(exposure: Exposure, county: str) -> None:
    area = counties()[county]
    inside = exposure.inside(area)
    rows = rows_of(door_list(county_bulletin(), doors_of(exposure, area)))
    *homes, total = [row for row in rows if row["类别"] == "住户"]
    assert total["镇（街道）"] == "合计"
    assert total["已通知"] == ""
    for heading, wanted in (("人数", inside.people), ("老弱病残孕幼人数", inside.vulnerable_people)):
        assert sum(int(row[heading]) for row in homes) == int(total[heading]) == wanted
    assert sum(int(row["户数"]) for row in homes) == int(total["户数"])
    places = [row for row in rows if row["类别"] != "住户"]
    assert {row["名称或范围"] for row in places} == {item.name for item in inside.facilities}
    assert sum(row["类别"] == "学校" for row in places) == inside.schools
    assert all(row["已通知"] == "□" for row in (*homes, *places))


def test_what_is_unknown_or_reckoned_is_said_to_be(exposure: Exposure) -> None:
    school = FacilityInside(id="f-1", name="学校", category="school", people=None)
    listed = (
        doors(people=0, people_unknown=3, vulnerable_people=2, vulnerable_unknown=1, facilities=(school,)),
        doors(code=None, name=None, share=0.0, households=None),
    )
    first, place, nowhere, total = rows_of(door_list(street_bulletin(), listed))
    assert (first["人数"], first["人数不详的用户点（处）"]) == ("不详", "3")
    assert (first["户数"], first["户数说明"]) == ("10", "按人口占比估算")
    assert place["人数"] == "不详"
    assert nowhere["户数"] == "不详"
    assert nowhere["镇（街道）"] == "镇（街道）不详处"
    assert total["人数"] == "30"
    assert total["人数不详的用户点（处）"] == "3"
    assert "另有 1 个镇街户数不详" in total["户数说明"]


def test_names_do_not_run_in_a_spreadsheet_and_every_row_says_what_it_is_of() -> None:
    formula = FacilityInside(id="f-1", name="=HYPERLINK(1)医院", category="hospital", people=5)
    bulletin = street_bulletin(drill="冬季演练", identifier=None, sent=None)
    rows = rows_of(door_list(bulletin, [doors(facilities=(formula,))]))
    assert rows[1]["名称或范围"] == "'=HYPERLINK(1)医院"
    assert {row["标记"] for row in rows} == {"【演练】【草稿】【示例数据】"}
    assert {row["预警级别"] for row in rows} == {"一般预警"}
    issued = rows_of(door_list(street_bulletin(synthetic=False), [doors()]))
    assert "标记" not in issued[0]
    assert {(row["编号"], row["发布时间"]) for row in issued} == {
        ("140502-1-20260112083000-0001", "2026-01-12 08:00"),
    }


def test_a_township_that_left_the_area_is_called_at_and_adds_nothing_to_the_sums() -> None:
    update = street_bulletin(message_type="Update")
    *_, total, left = rows_of(door_list(update, [doors()], also=["西街街道"]))
    assert total["人数"] == "30"
    assert (left["镇（街道）"], left["人数"], left["已通知"]) == ("西街街道", "不详", "□")
    assert "已不在预警区域内" in left["名称或范围"]


def test_an_empty_area_gives_a_heading_alone() -> None:
    content = door_list(street_bulletin(), ())
    assert rows_of(content) == []
    assert "镇（街道）" in content.decode("utf-8-sig")


@pytest.mark.parametrize(("language", "unknown"), [("zh", "不详"), ("en", "unknown")])
def test_the_telephone_list_has_everybody_but_homes(exposure: Exposure, language: Any, unknown: str) -> None:
    plan = load_plan("heating-zezhou")
    area = shapely.union_all([exposure.townships.union(["140525100"])])
    concerned = Concerned(exposure.inside(area), empty_frame("contacts"), doors=doors_of(exposure, area))
    recipients = recipients_of(plan, "major", concerned, Phrases(language))
    rows = rows_of(phone_list(county_bulletin(), recipients, language))
    assert len(rows) == sum(item.audience != "vulnerable" for item in recipients) < len(recipients)
    heading = {"zh": ("名称", "电话", "为何通知"), "en": ("Name", "Telephone", "Why")}[language]
    assert {row[heading[1]] for row in rows} == {unknown}
    assert all(row[heading[0]] and row[heading[2]] for row in rows)
