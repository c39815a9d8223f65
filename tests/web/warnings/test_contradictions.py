"""Warnings that contradict themselves or are for ground that is not the county's: refused, and told where."""

from __future__ import annotations

from typing import Any

import pytest
from shapely.geometry import box, mapping

from tests.web.warnings.headquarters import DEPUTY, DIRECTOR, DUTY, OTHER, OWN, Headquarters, after, error_of, fields_of

WHOLE = {"parts": [{"kind": "townships", "codes": [OWN]}]}


def refused(headquarters: Headquarters, warning: Any, kind: str, who: str, language: str = "zh") -> Any:
    answer = headquarters.post(
        f"/{warning['id']}/steps?lang={language}",
        who,
        {"kind": kind, "expected": warning["length"], **({"office": "办公室主任"} if kind == "issued" else {})},
    )
    assert answer.status_code == 409, answer.get_data(as_text=True)
    return error_of(answer)


def test_an_update_with_a_new_end_and_the_old_texts_is_not_issued(headquarters: Headquarters) -> None:
    warning = headquarters.issued(headquarters.outage(), level="general", area=WHOLE)
    content = {**warning["versions"][0]["content"], "expires_at": after(72 * 60)}
    update = headquarters.taken(warning, "revised", DUTY, content=content)
    for kind, who in (("submitted", DUTY), ("issued", DIRECTOR)):
        error = refused(headquarters, update, kind, who)
        assert (error["rule"], error["clause"]) == ("warning_text_contradicts", "3.3(1)")
        assert {item["field"] for item in error["problems"]} == {"texts.zh.预警期起始时间", "texts.en.预警期起始时间"}
        assert "预警期起始时间" in error["message"]
        assert "2026年1月15日 08:00" in error["remedy"]
    english = refused(headquarters, update, "submitted", DUTY, "en")
    assert "15 Jan 2026 08:00" in english["remedy"]
    issuing = next(item for item in headquarters.read(update, DIRECTOR)["may"] if item["kind"] == "issued")
    assert not issuing["allowed"]
    assert "预警期起始时间" in issuing["refusal"]["message"]
    fresh = headquarters.content(warning["incident"]["id"], level="general", area=WHOLE, reason="x")
    again = headquarters.taken(update, "revised", DUTY, content=fresh)
    assert headquarters.taken(again, "issued", DIRECTOR)["status"] == "updated"


def test_a_raised_level_is_not_submitted_under_the_name_of_the_old_one(headquarters: Headquarters) -> None:
    draft = headquarters.drafted(headquarters.outage(), level="general", area=WHOLE)
    raised = {**draft["versions"][0]["content"], "level": "large", "reason": "x"}
    draft = headquarters.taken(draft, "revised", DUTY, content=raised)
    error = refused(headquarters, draft, "submitted", DUTY)
    assert {item["field"] for item in error["problems"]} == {"texts.zh.预警级别", "texts.en.预警级别"}
    assert "较大风险预警" in error["remedy"]


@pytest.mark.parametrize(
    ("item", "text"), [("预警级别", "重大"), ("预警期起始时间", "2030年1月1日"), ("发布机关", "市应急管理局")]
)
def test_a_text_that_says_something_else_is_named(headquarters: Headquarters, item: str, text: str) -> None:
    content = headquarters.content(headquarters.outage(), level="general", area=WHOLE)
    content["texts"]["zh"][item] = text
    incident = headquarters.outage()
    draft = headquarters.post("", DUTY, {"incident": incident, "content": content}).get_json()["warning"]
    error = refused(headquarters, draft, "issued", DIRECTOR)
    assert [item["field"] for item in error["problems"]] == [f"texts.zh.{item}"]


def test_a_place_that_names_no_township_of_the_area_is_noted_and_not_refused(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    content = headquarters.content(incident, level="general", area=WHOLE)
    assert "place_unnamed" not in codes(headquarters.drafted(incident, level="general", area=WHOLE))
    content["texts"]["zh"]["预警区域或场所"] = "城区"
    draft = headquarters.post("", DUTY, {"incident": incident, "content": content}).get_json()["warning"]
    assert "place_unnamed" in codes(draft)
    assert headquarters.taken(draft, "issued", DIRECTOR)["status"] == "issued"


def codes(warning: Any) -> set[str]:
    return {item["code"] for item in warning["reminders"]}


def drawn(ground: Any) -> dict[str, Any]:
    return {"parts": [{"kind": "drawn", "geometry": mapping(ground)}]}


@pytest.mark.parametrize(
    "area", [{"parts": [{"kind": "townships", "codes": [OTHER]}]}, drawn(box(113.2, 35.2, 113.3, 35.3))]
)
def test_ground_that_is_not_the_county_s_is_not_warned_of(headquarters: Headquarters, area: Any) -> None:
    draft = headquarters.drafted(headquarters.outage(), level="general", area=area)
    for kind, who in (("submitted", DUTY), ("issued", DIRECTOR)):
        error = refused(headquarters, draft, kind, who)
        assert (error["rule"], error["clause"]) == ("warning_area_elsewhere", "3.3")
        assert "泽州县" in error["message"]


@pytest.mark.parametrize(
    "ground", [box(115, 37, 115.5, 37.5), box(112.8, 35.4, 114.1, 35.6), box(112.8, 34.7, 113, 35.6)]
)
def test_ground_far_away_is_not_even_drafted(headquarters: Headquarters, ground: Any) -> None:
    incident = headquarters.outage()
    content = {**headquarters.content(incident, level="general"), "area": drawn(ground)}
    answer = headquarters.post("", DUTY, {"incident": incident, "content": content})
    assert fields_of(answer) == {"content.area.parts[0].geometry"}
    assert headquarters.post("", DEPUTY, {"incident": incident, "content": content}).status_code == 422
