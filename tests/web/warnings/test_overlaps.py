"""A second warning where one is in force already: it is told wherever the area is looked at, and never refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from shapely.geometry import box, mapping

from tests.web.log.house import START
from tests.web.warnings.headquarters import DEPUTY, DIRECTOR, DUTY, OTHER, OWN, Headquarters

TOWN = {"kind": "townships", "codes": [OWN], "operation": "plus"}
#: Two squares of 西镇 that do not touch.
HERE, THERE = box(112.85, 35.45, 112.86, 35.46), box(112.87, 35.55, 112.88, 35.56)


def drawn(ground: Any) -> dict[str, Any]:
    return {"kind": "drawn", "geometry": mapping(ground), "operation": "plus"}


def told(area: Any, warning: Any) -> list[Any]:
    return [row for row in area["already_warned"] if row["warning"] == warning["id"]]


def test_the_same_ground_is_told_in_the_suggestion_the_area_and_the_draft(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    first = headquarters.issued(incident, area={"parts": [drawn(HERE)]})
    asked = {"parts": [drawn(HERE)]}
    (row,) = told(headquarters.suggested(incident, area=asked)["area"], first)
    assert (row["share"], row["townships"], row["office"]) == (1.0, ["西镇"], "办公室主任")
    assert row["said"].startswith("已有一条预警在同一区域有效：较大风险预警：西镇")
    assert row["said"].endswith("本区域的 100% 已在其中；要改内容请用更新")
    (row,) = told(headquarters.area(incident, drawn(box(112.85, 35.45, 112.87, 35.46))), first)
    assert row["share"] == 0.5 or abs(row["share"] - 0.5) < 1e-3

    second = headquarters.drafted(incident, area=asked)
    assert told(second["versions"][0]["area"], first)
    submitted = headquarters.taken(second, "submitted", DUTY)
    assert told(submitted["versions"][0]["area"], first), "whoever approves sees it too"
    approved = headquarters.taken(submitted, "approved", DEPUTY)
    assert told(headquarters.read(approved, DIRECTOR)["versions"][0]["area"], first)
    issued = headquarters.taken(approved, "issued", DIRECTOR)
    assert issued["status"] == "issued", "another kind of warning may be right"


def test_other_ground_of_the_same_township_says_so(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    first = headquarters.issued(incident, area={"parts": [drawn(HERE)]})
    (row,) = told(headquarters.area(incident, drawn(THERE)), first)
    assert (row["share"], row["townships"]) == (0.0, ["西镇"])
    assert "同一镇（街道）" in row["said"]
    assert told(headquarters.area(incident, {"kind": "townships", "codes": [OTHER]}), first) == []
    assert told(headquarters.area(incident), first) == [], "nowhere is warned twice"


def test_its_own_update_is_no_overlap(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    first = headquarters.issued(incident, area={"parts": [TOWN]})
    body = {"incident": incident, "area": {"parts": [TOWN]}, "warning": first["id"]}
    assert told(headquarters.post("/areas", DUTY, body).get_json(), first) == []
    assert told(headquarters.suggested(incident, area={"parts": [TOWN]}, warning=first["id"])["area"], first) == []
    update = headquarters.taken(first, "revised", DUTY, content=headquarters.content(incident, area={"parts": [TOWN]}))
    assert told(update["versions"][1]["area"], first) == []


def test_other_incidents_of_the_plan_count_and_what_is_over_does_not(headquarters: Headquarters) -> None:
    first = headquarters.issued(headquarters.outage(), area={"parts": [TOWN]})
    other = headquarters.outage()
    assert told(headquarters.area(other, TOWN), first)
    headquarters.taken(first, "lifted", DIRECTOR, reason="已恢复供热")
    assert told(headquarters.area(other, TOWN), first) == []
    second = headquarters.issued(other, area={"parts": [TOWN]})
    headquarters.house.now = START + timedelta(hours=40)
    assert told(headquarters.area(other, TOWN), second) == [], "it has expired"


def test_a_drill_and_the_real_thing_do_not_overlap(headquarters: Headquarters) -> None:
    drill = headquarters.outage(drill=True)
    played = headquarters.issued(drill, area={"parts": [TOWN]})
    real = headquarters.outage()
    assert told(headquarters.area(real, TOWN), played) == []
    assert told(headquarters.area(drill, TOWN), played)
    assert told(headquarters.area(headquarters.outage(drill=True), TOWN), played) == []
    issued = headquarters.issued(real, area={"parts": [TOWN]})
    assert told(headquarters.area(drill, TOWN), issued) == []
