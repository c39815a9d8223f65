"""Whom a warning goes to: only who is concerned, everybody who is, each with a reason; nobody is made up."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
import shapely

from layers.records import conform, empty_frame
from priority.plans import load_plan
from priority.townships import Townships
from priority.warnings import Exposure
from priority.warnings.doors import doors_of
from priority.warnings.recipients import (
    AUDIENCES,
    Concerned,
    Neighbour,
    Recipient,
    neighbours_of,
    recipients_of,
    seen_by,
)
from priority.wording import Phrases
from tests.priority.warnings.areas import counties, frames

ENERGY, HEATING = load_plan("energy-chengqu"), load_plan("heating-zezhou")
EAST, WEST, NANCUN = "140502001", "140502002", "140525100"
ZH = Phrases("zh")


@pytest.fixture(scope="module")
def exposure() -> Exposure:
    return Exposure.build(frames())


def contacts(*rows: dict[str, Any]) -> pd.DataFrame:
    if not rows:
        return empty_frame("contacts")
    common = {"name": "联系方式", "provenance": "synthetic", "source": "test", "restricted": False}
    return conform("contacts", pd.DataFrame([{**common, "id": f"k-{n}", **row} for n, row in enumerate(rows, 1)]))


def concerned(exposure: Exposure, *codes: str, book: pd.DataFrame | None = None, **more: Any) -> Concerned:
    shape = exposure.townships.union(codes)
    return Concerned(
        inside=exposure.inside(shape, restricted=True),
        contacts=contacts() if book is None else book,
        doors=doors_of(exposure, shape),
        **more,
    )


def by_audience(rows: tuple[Recipient, ...], audience: str) -> list[Recipient]:
    return [row for row in rows if row.audience == audience]


def test_townships_in_the_area_are_told_by_the_telephones_of_the_plan_and_no_other(exposure: Exposure) -> None:
    rows = recipients_of(ENERGY, "general", concerned(exposure, EAST, WEST), ZH)
    offices = by_audience(rows, "township_offices")
    assert [(row.township, row.name, row.phone) for row in offices] == [
        (EAST, "东街街道办事处", "2286101"),
        (WEST, "西街街道办事处", "2286957"),
    ]
    assert {(row.clause, row.why) for row in offices} == {("3.4", "3.4：通知事发地人民政府，做好应急准备工作")}
    assert not [row for row in rows if row.private]


def test_every_number_of_the_appendix_that_is_concerned_is_called_once(exposure: Exposure) -> None:
    rows = recipients_of(ENERGY, "general", concerned(exposure, EAST), ZH)
    called = [number for row in rows if row.phone for number in row.phone.split("、")]
    listed = [
        number
        for item in ENERGY.organisation.telephones
        if item.township_code in (None, EAST)
        for number in item.numbers
    ]
    assert sorted(called) == sorted(listed)
    members = by_audience(rows, "member_units")
    assert next(row for row in members if row.name == "城区卫生健康和体育局").phone == "3034979"  # listed as 区卫体局
    assert next(row for row in members if row.name == "区自然资源局").phone is None  # not in the appendix
    assert "各镇（街道）" not in {row.name for row in members}  # told as townships, those concerned alone
    assert {row.clause for row in members} == {"3.4"}


def test_units_of_the_heating_plan_have_no_telephone_and_are_told_all_the_same(exposure: Exposure) -> None:
    rows = recipients_of(HEATING, "large", concerned(exposure, NANCUN), ZH)
    members = by_audience(rows, "member_units")
    named = [unit.name for unit in HEATING.organisation.units if unit.name != "事发地乡镇政府"]
    assert [row.name for row in members] == named
    assert {(row.phone, row.email) for row in members} == {(None, None)}
    (office,) = by_audience(rows, "township_offices")
    assert (office.township, office.phone) == (NANCUN, None)


def test_a_targeted_notice_is_for_the_level_that_asks_for_it_or_by_wish(exposure: Exposure) -> None:
    case = concerned(exposure, NANCUN)
    asked = recipients_of(HEATING, "major", case, ZH)
    schools, (homes,) = by_audience(asked, "schools"), by_audience(asked, "vulnerable")
    assert {row.name for row in schools} == {row.name for row in case.inside.facilities if row.category == "school"}
    assert len(schools) == case.inside.schools > 0
    assert {row.clause for row in (*schools, homes)} == {"3.3(3)"}
    assert (homes.township, homes.count) == (NANCUN, case.inside.vulnerable_people)
    assert (homes.phone, homes.email, homes.person) == (None, None, None)
    plain = recipients_of(HEATING, "large", case, ZH)
    assert not by_audience(plain, "vulnerable")
    assert not by_audience(plain, "schools")
    wished = recipients_of(HEATING, "large", case, ZH, targeted=True)
    assert {row.key for row in wished} == {row.key for row in asked}
    assert {row.clause for row in by_audience(wished, "vulnerable")} == {None}
    # Whoever is told as a school is told as a facility otherwise: nobody is left out.
    assert {row.key for row in plain} == {row.key for row in asked} - {homes.key}


def test_contacts_give_places_their_addresses_and_each_person_a_row(exposure: Exposure) -> None:
    case = concerned(exposure, NANCUN)
    place = case.inside.facilities[0]
    book = contacts(
        {
            "facility_id": place.id,
            "person": "甲",
            "role": "主任",
            "phone": "0356-0000001",
            "email": " a@example.invalid ",
        },
        {"facility_id": place.id, "person": "乙", "email": "b@example.invalid"},
        {"facility_id": "f-elsewhere", "phone": "0356-0000009"},
        {"township_code": NANCUN, "phone": "0356-0000002"},
        {"unit": "县应急管理局", "phone": "0356-0000003"},
    )
    rows = recipients_of(HEATING, "general", concerned(exposure, NANCUN, book=book), ZH)
    own = [row for row in rows if row.name == place.name]
    assert [(row.person, row.phone, row.email) for row in own] == [
        ("甲", "0356-0000001", "a@example.invalid"),
        ("乙", None, "b@example.invalid"),
    ]
    assert len({row.key for row in rows}) == len(rows)
    assert {row.phone for row in rows if row.phone} == {"0356-0000001", "0356-0000002", "0356-0000003"}
    assert all(row.private for row in rows if row.phone or row.email)


def test_a_contact_stands_beside_the_telephone_that_the_plan_publishes(exposure: Exposure) -> None:
    book = contacts({"township_code": EAST, "phone": "0356-0000001", "email": "t@example.invalid"})
    rows = recipients_of(ENERGY, "general", concerned(exposure, EAST, book=book), ZH)
    told = [(row.key, row.phone, row.private) for row in by_audience(rows, "township_offices")]
    assert told == [(f"township:{EAST}", "2286101", False), (f"township:{EAST}/k-1", "0356-0000001", True)]


def test_restricted_places_are_warned_and_others_learn_nothing_of_it(exposure: Exposure) -> None:
    case = concerned(exposure, EAST, WEST)
    hidden = next(row for row in case.inside.facilities if row.category == "defence")
    book = contacts(
        {"facility_id": hidden.id, "phone": "0356-0000001"}, {"township_code": EAST, "phone": "0356-0000002"}
    )
    case = concerned(exposure, EAST, WEST, book=book, restricted=frozenset({hidden.id}))
    rows = recipients_of(ENERGY, "general", case, ZH)
    (told,) = [row for row in rows if row.restricted]
    assert (told.name, told.phone) == (hidden.name, "0356-0000001")
    assert seen_by(rows, restricted=True) == rows
    seen = seen_by(rows, restricted=False)
    assert len(seen) == len(rows) - 1
    said = "".join(row.model_dump_json() for row in seen)
    assert hidden.name not in said
    assert "0356-000000" not in said
    assert "2286101" in said  # published in the plan


def test_neighbours_are_told_whose_ground_the_outage_reaches(exposure: Exposure) -> None:
    frame = pd.DataFrame(
        [{"code": code, "name": code, "geometry": shape} for code, shape in sorted(counties().items())]
    )
    own = counties()["140502"]
    assert neighbours_of(ENERGY, shapely.buffer(own, -0.001), frame) == ()
    reached = neighbours_of(ENERGY, shapely.buffer(own, 0.003), frame)
    assert [item.code for item in reached] == ["140525"]  # 泽州 surrounds 城区
    assert neighbours_of(ENERGY, shapely.Polygon(), frame) == ()
    case = concerned(exposure, EAST, neighbours=(Neighbour("140525", "泽州县"),))
    (row,) = by_audience(recipients_of(ENERGY, "general", case, ZH), "neighbours")
    assert (row.name, row.phone, row.clause) == ("泽州县", None, "3.3")
    assert row.why.endswith("通报可能影响到的相关地区")


@pytest.mark.parametrize("plan", [ENERGY, HEATING], ids=lambda plan: plan.key)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_everybody_is_told_why_in_the_order_of_audiences(exposure: Exposure, plan: Any, language: Any) -> None:
    for level in plan.warnings.levels:
        case = concerned(exposure, EAST, NANCUN)
        rows = recipients_of(plan, level.key, case, Phrases(language), targeted=True)
        assert all(row.why for row in rows)
        order = [AUDIENCES.index(row.audience) for row in rows]
        assert order == sorted(order)
        own = {row.code for row in case.inside.townships if row.code.startswith(plan.county_code)}
        assert {row.township for row in by_audience(rows, "township_offices")} == own
        assert own < {row.code for row in case.inside.townships}


def test_nobody_lives_nowhere(exposure: Exposure) -> None:
    empty = Concerned(inside=exposure.inside(shapely.Polygon()), contacts=contacts())
    audiences = {row.audience for row in recipients_of(HEATING, "major", empty, ZH)}
    assert audiences == {"headquarters", "member_units"}
    with pytest.raises(KeyError):
        recipients_of(HEATING, "none", empty, ZH)


def test_what_the_plans_say_of_recipients_is_quoted_from_their_warning_rules() -> None:
    for plan in (ENERGY, HEATING):
        rules = plan.warnings
        words = [*(item.text for item in rules.actions)]
        words += [
            text or "" for level in rules.levels for text in (level.procedure, level.action, level.targeted_notice)
        ]
        for told in rules.recipients:
            assert any(told.text in passage for passage in words), told.text


def test_townships_of_the_sample_are_those_of_the_plans() -> None:
    codes = set(Townships.build(frames()["townships"]).codes)
    assert {item.township_code for item in ENERGY.organisation.telephones if item.township_code} <= codes
