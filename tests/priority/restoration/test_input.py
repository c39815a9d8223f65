"""What people enter about crews and units: every wrong field is named with its remedy."""

from __future__ import annotations

from typing import Any

import pytest

from priority.errors import InvalidCrews
from priority.restoration.input import Crews

CREW = {"id": "c1", "name": "一队", "skills": ["electricity"], "depot": [112.85, 35.5]}
UNIT = {"id": "u1", "name": "发电车", "kind": "generator", "depot": [112.85, 35.5]}


def wrong(document: object, language: Any = "zh") -> dict[str, str]:
    with pytest.raises(InvalidCrews) as caught:
        Crews.parse(document, language)
    assert all(item.message and item.remedy for item in caught.value.problems)
    return {item.field: item.message for item in caught.value.problems}


def test_an_empty_document_is_allowed() -> None:
    crews = Crews.parse({})
    assert (crews.crews, crews.units, crews.seconds) == ((), (), 10.0)


def test_a_document_is_read() -> None:
    document = {
        "crews": [{**CREW, "available_at": "2026-01-12T09:00:00+08:00"}],
        "units": [{**UNIT, "capacity": 400}],
        "repairs": [{"fault": "a", "hours": 2}],
        "fixed": [{"fault": "a", "crew": "c1", "position": 1}],
        "seconds": 5,
    }
    crews = Crews.parse(document)
    assert crews.crews[0].depot == (112.85, 35.5)
    assert (crews.units[0].capacity, crews.units[0].setup_hours) == (400.0, 0.5)
    assert (crews.repairs[0].hours, crews.fixed[0].position, crews.seconds) == (2.0, 1, 5.0)


@pytest.mark.parametrize("document", [None, [], "crews", 3])
def test_what_is_no_object_is_refused(document: object) -> None:
    assert wrong(document) == {"": "应为 JSON 对象"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"skills": []}, "crews[0].skills"),
        ({"skills": ["magic"]}, "crews[0].skills[0]"),
        ({"skills": ["heat", "heat"]}, "crews[0].skills"),
        ({"site": "st-1"}, "crews[0].site"),
        ({"depot": None}, "crews[0].site"),
        ({"depot": [35.5, 112.85]}, "crews[0].depot"),
        ({"depot": [112.85]}, "crews[0].depot"),
        ({"depot": [float("nan"), 35.5]}, "crews[0].depot"),
        ({"depot": [True, 35.5]}, "crews[0].depot"),
        ({"available_at": "2026-01-12T09:00:00"}, "crews[0].available_at"),
        ({"id": ""}, "crews[0].id"),
        ({"name": 7}, "crews[0].name"),
        ({"colour": "red"}, "crews[0].colour"),
    ],
)
def test_each_wrong_field_of_a_crew_is_named(change: dict[str, Any], field: str) -> None:
    assert list(wrong({"crews": [{**CREW, **change}]})) == [field]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"capacity": 0}, "units[0].capacity"),
        ({"capacity": True}, "units[0].capacity"),
        ({"capacity": float("inf")}, "units[0].capacity"),
        ({"capacity": "400"}, "units[0].capacity"),
        ({"kind": "truck"}, "units[0].kind"),
        ({"setup_hours": -1}, "units[0].setup_hours"),
        ({"setup_hours": 1e9}, "units[0].setup_hours"),
        ({"site": "st-1"}, "units[0].site"),
    ],
)
def test_each_wrong_field_of_a_unit_is_named(change: dict[str, Any], field: str) -> None:
    assert list(wrong({"units": [{**UNIT, **change}]})) == [field]


def test_ids_and_faults_stand_once() -> None:
    document = {
        "crews": [CREW, CREW],
        "units": [UNIT, UNIT],
        "repairs": [{"fault": "a", "hours": 1}, {"fault": "a", "hours": 2}],
        "fixed": [{"fault": "a", "crew": "c1"}, {"fault": "a", "crew": "c1", "position": 1}],
    }
    assert list(wrong(document)) == ["crews[1].id", "units[1].id", "repairs[1].fault", "fixed[1].fault"]


def test_a_fixed_step_names_a_crew_and_a_free_place() -> None:
    fixed = [
        {"fault": "a", "crew": "c1", "position": 1},
        {"fault": "b", "crew": "c1", "position": 1},
        {"fault": "c", "crew": "c9"},
    ]
    assert wrong({"crews": [CREW], "fixed": fixed}) == {
        "fixed[1].position": "队伍“c1”的第 1 位已固定给另一处故障",
        "fixed[2].crew": "crews 中没有编号为“c9”的队伍",
    }


@pytest.mark.parametrize("position", [0, -1, 1.5, True, "1"])
def test_a_place_in_a_list_is_a_whole_number_from_one_on(position: object) -> None:
    fixed = [{"fault": "a", "crew": "c1", "position": position}]
    assert list(wrong({"crews": [CREW], "fixed": fixed})) == ["fixed[0].position"]


@pytest.mark.parametrize("seconds", [0, -1, 121, float("nan"), "5"])
def test_the_time_to_search_is_limited(seconds: object) -> None:
    assert list(wrong({"seconds": seconds})) == ["seconds"]


def test_problems_are_told_in_english_too() -> None:
    assert wrong({"crews": [{**CREW, "depot": None}]}, "en") == {"crews[0].site": "the place it starts from is missing"}


def test_hundreds_of_wrong_lines_are_summed_up() -> None:
    document = {"fixed": [{"fault": f"f{number}", "crew": "nobody"} for number in range(9_000)]}
    assert len(wrong(document)) <= 51
