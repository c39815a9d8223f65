"""Wrong input about warnings: every wrong field is named as it stands in the body, in both languages."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import box, mapping

from tests.web.warnings.headquarters import DUTY, OWN, Headquarters, after, error_of, fields_of


def drawn(ground: Any) -> dict[str, Any]:
    return {"kind": "drawn", "geometry": mapping(ground)}


BAD_AREAS: list[tuple[Any, set[str]]] = [
    ({}, {"area.parts[0].kind"}),
    ({"kind": "circle"}, {"area.parts[0].kind"}),
    (7, {"area.parts[0]"}),
    ({"kind": "townships", "codes": []}, {"area.parts[0].codes"}),
    ({"kind": "townships", "codes": [OWN, "1"]}, {"area.parts[0].codes[1]"}),
    ({"kind": "townships", "codes": [OWN, OWN]}, {"area.parts[0].codes"}),
    ({"kind": "strip", "element": "l-edge", "distance_m": 0}, {"area.parts[0].distance_m"}),
    ({"kind": "strip", "element": "none", "distance_m": 5}, {"area.parts[0].element"}),
    ({"kind": "element", "element": "none"}, {"area.parts[0].element"}),
    ({"kind": "outage", "operation": "times"}, {"area.parts[0].operation"}),
    ({"kind": "outage", "colour": "red"}, {"area.parts[0].colour"}),
    (drawn(box(2, 2, 3, 3)), {"area.parts[0].geometry"}),
    ({"kind": "drawn", "geometry": {"type": "Point", "coordinates": [112.8, 35.5]}}, {"area.parts[0].geometry"}),
]


@pytest.mark.parametrize(("part", "fields"), BAD_AREAS)
def test_a_wrong_part_is_named(headquarters: Headquarters, part: Any, fields: set[str]) -> None:
    incident = headquarters.outage()
    for language in ("zh", "en"):
        answer = headquarters.post(
            "/areas", DUTY, {"incident": incident, "area": {"parts": [part]}}, f"?lang={language}"
        )
        assert {name.partition(".coordinates")[0] for name in fields_of(answer)} == fields
        assert all(item["message"] and item["remedy"] for item in error_of(answer)["problems"])
    content = {**headquarters.content(incident), "area": {"parts": [part]}}
    answer = headquarters.post("", DUTY, {"incident": incident, "content": content})
    assert {name.partition(".coordinates")[0] for name in fields_of(answer)} == {f"content.{name}" for name in fields}


def test_areas_that_would_take_long_are_refused_at_once(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    angles = np.linspace(0, 2 * np.pi, 1_100, endpoint=False)
    ring = np.column_stack([112.87 + 0.01 * np.cos(angles), 35.5 + 0.01 * np.sin(angles)])
    round_ = shapely.Polygon(ring)
    answer = headquarters.post(
        "/areas", DUTY, {"incident": incident, "area": {"parts": [drawn(round_), drawn(round_)]}}
    )
    assert fields_of(answer) == {"area.parts"}
    many = [{"kind": "element", "element": "h-valve"}] * 11
    answer = headquarters.post("/areas", DUTY, {"incident": incident, "area": {"parts": many}})
    assert fields_of(answer) == {"area.parts"}
    answer = headquarters.post("/areas", DUTY, {"incident": incident, "area": {"parts": [{"kind": "outage"}] * 201}})
    assert fields_of(answer) == {"area.parts"}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"told": {"none": 1}}, {"told.none"}),
        ({"told": {"support_requested": "maybe"}}, {"told.support_requested"}),
        ({"told": {"support_requested": []}}, {"told.support_requested"}),
        ({"told": {"running_level": "I"}}, {"told.running_level"}),
        ({"told": {"settled_within_hours": -1}}, {"told.settled_within_hours"}),
        ({"level": "orange"}, {"level"}),
        ({"starts_at": "soon"}, {"starts_at"}),
        ({"starts_at": after(60), "expires_at": after(60)}, {"expires_at"}),
        ({"colour": "red"}, {"colour"}),
        ({"area": 7}, {"area"}),
    ],
)
def test_a_wrong_field_of_a_suggestion_is_named(
    headquarters: Headquarters, changes: dict[str, Any], fields: set[str]
) -> None:
    answer = headquarters.post("/suggestions", DUTY, {"incident": headquarters.outage(), **changes})
    assert fields_of(answer) == fields


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"networks": ["oil"]}, {"content.networks[0]"}),
        ({"channels": ["pigeon"]}, {"content.channels[0]"}),
        ({"channels": ["notice", "notice"]}, {"content.channels"}),
        ({"starts_at": after(60), "expires_at": after(30)}, {"content"}),
        ({"texts": {"zh": {"预警类别": ""}}}, {"content.texts.zh.预警类别"}),
        ({"told": {"none": 1}}, {"content.told.none"}),
        ({"contact": "a\nb"}, {"content.contact"}),
    ],
)
def test_a_wrong_field_of_a_draft_is_named(
    headquarters: Headquarters, changes: dict[str, Any], fields: set[str]
) -> None:
    incident = headquarters.outage()
    content = {**headquarters.content(incident), **changes}
    assert fields_of(headquarters.post("", DUTY, {"incident": incident, "content": content})) == fields
    draft = headquarters.drafted(incident)
    assert fields_of(headquarters.step(draft, "revised", DUTY, content=content)) == fields


def test_a_level_that_the_plan_lacks_is_refused(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    content = {**headquarters.content(incident), "level": "orange"}
    refused = headquarters.post("", DUTY, {"incident": incident, "content": content})
    assert refused.status_code == 409
    assert error_of(refused)["code"] == "refused"


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"expected"}),
        ({"expected": 1}, {"kind"}),
        ({"expected": 1, "kind": "burnt"}, {"kind"}),
        ({"expected": -1, "kind": "submitted"}, {"expected"}),
        ({"expected": 1, "kind": "returned", "office": "副指挥长"}, {"remarks"}),
        ({"expected": 1, "kind": "issued"}, {"office"}),
        ({"expected": 1, "kind": "submitted", "colour": "red"}, {"colour"}),
    ],
)
def test_a_wrong_field_of_a_step_is_named(headquarters: Headquarters, body: dict[str, Any], fields: set[str]) -> None:
    draft = headquarters.drafted(headquarters.outage())
    assert fields_of(headquarters.post(f"/{draft['id']}/steps", DUTY, body)) == fields
