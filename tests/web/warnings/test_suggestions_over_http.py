"""What is suggested and which ground parts make, beside grounds worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest
import shapely
from shapely.geometry import Point, box, mapping, shape

from tests.web.warnings.headquarters import (
    BORDER,
    DUTY,
    EDGE,
    ENERGY,
    OTHER,
    OWN,
    Headquarters,
    both_counties,
    error_of,
    fact,
    fields_of,
)
from webmap.accounts.roles import Role
from webmap.workload import TooBusy

#: A degree of longitude at 35.5° north, in metres, near enough for grounds that are checked with room to spare.
M_PER_DEG = 90_700
FLATS, SOURCE = Point(112.86, 35.5), Point(112.85, 35.5)
LEFT_OUT = {"kind": "townships", "codes": [OTHER]}


def drawn(ground: Any, **changes: Any) -> dict[str, Any]:
    return {"kind": "drawn", "geometry": mapping(ground), **changes}


def test_the_outage_is_suggested_as_area_but_never_over_the_border(headquarters: Headquarters) -> None:
    made = headquarters.suggested(headquarters.outage())
    assert made["content"]["area"]["parts"] == [{"kind": "outage", "operation": "plus", "until_horizon": True}]
    ground = shape(made["area"]["shape"])
    assert ground.covers(FLATS)
    assert ground.covers(EDGE)
    assert ground.bounds[0] >= BORDER, "what lies in 城区 is not warned by 泽州"
    assert ground.bounds[0] < BORDER + 1e-6
    assert any("城区" in note or "东镇" in note for note in made["area"]["notes"]) is False  # nobody there loses heat
    sent = shape(made["area"]["sending"]["polygons"])
    assert shapely.area(shapely.intersection(sent, box(112.7, 35.4, BORDER, 35.6))) == 0
    assert [row["code"] for row in made["area"]["townships"]] == [OWN]
    assert (made["area"]["inside"]["people"], made["area"]["inside"]["people_network"]) == (160, "heat")


def test_an_outage_that_reaches_another_county_says_so(headquarters: Headquarters) -> None:
    incident = headquarters.house.opened(fact("fault_located", 10, element="e-bus"), plan=ENERGY)
    told = headquarters.area(incident, {"kind": "outage"})
    assert shape(told["shape"]).bounds[2] <= BORDER
    # The plant in 西镇 fails two hours after its power does, and its customers with it, but heat is no matter of this
    # plan's warnings.
    assert told["notes"] == []
    heating = headquarters.outage("e-bus")
    told = headquarters.area(heating, {"kind": "outage"})
    assert shape(told["shape"]).covers(FLATS), "heat that is going to be lost is warned of"
    now = headquarters.area(heating, {"kind": "outage", "until_horizon": False})
    assert not shape(now["shape"]).covers(Point(112.86, 35.5))


def test_parts_are_added_and_taken_away_in_their_order(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    square, half = box(112.86, 35.45, 112.88, 35.47), box(112.86, 35.45, 112.87, 35.47)
    told = headquarters.area(incident, drawn(square), drawn(half, operation="minus"))
    assert shape(told["shape"]).symmetric_difference(square.difference(half)).area < 1e-12
    back = headquarters.area(incident, drawn(half, operation="minus"), drawn(square))
    assert shape(back["shape"]).symmetric_difference(square).area < 1e-12
    nothing = headquarters.area(incident, drawn(half), drawn(square, operation="minus"))
    assert (nothing["empty"], nothing["sending"]["count"]) == (True, 0)
    assert nothing["notes"][0] == "区域是空的：不会通知到任何人"
    assert headquarters.area(incident)["empty"]


def test_a_strip_is_as_wide_as_asked(headquarters: Headquarters) -> None:
    told = headquarters.area(headquarters.outage(), {"kind": "strip", "element": "l-edge", "distance_m": 250})
    ground = shape(told["shape"])
    for metres, inside in ((240, True), (265, False)):
        assert ground.covers(Point(112.848, 35.5 + metres / 111_000)) is inside
    assert told["parts"][0]["title"] == "支线周围 250 米"


def test_an_element_that_might_fail_has_its_ground(headquarters: Headquarters) -> None:
    incident = headquarters.house.opened(plan="heating-zezhou")
    ground = shape(headquarters.area(incident, {"kind": "element", "element": "l-h-valve-h-flats"})["shape"])
    assert ground.covers(FLATS)
    assert not ground.covers(EDGE), "the houses at the border hang on another pipe"
    struck = headquarters.outage("l-edge")
    beyond = shape(headquarters.area(struck, {"kind": "element", "element": "l-h-valve-h-flats"})["shape"])
    assert beyond.symmetric_difference(ground).area < 1e-12


def test_whole_townships_stay_off_the_other_county_also_when_sent(headquarters: Headquarters) -> None:
    told = headquarters.area(headquarters.outage(), {"kind": "townships", "codes": [OWN]})
    other = box(112.7, 35.4, BORDER, 35.6)
    for ground in (shape(told["shape"]), shape(told["sending"]["polygons"])):
        assert ground.intersection(other).area == 0
    assert told["townships"] == [{"code": OWN, "name": "西镇", "share": 1.0}]
    foreign = headquarters.area(headquarters.outage(), LEFT_OUT)
    assert "区域伸入东镇，那里不归泽州县发布" in foreign["notes"]


def test_what_is_affected_and_left_out_is_told(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    told = headquarters.area(incident, drawn(Point(112.88, 35.42).buffer(0.003)))
    assert {"f-school", "f-plant"} & {row["id"] for row in told["outside"]} == {"f-school"}
    assert any("个受影响的单位不在区域内" in note for note in told["notes"])
    whole = headquarters.area(incident, {"kind": "townships", "codes": [OWN]})
    assert whole["outside"] == []
    elsewhere = headquarters.area(incident, LEFT_OUT)
    assert any("有用户停供的西镇不在区域内" in note for note in elsewhere["notes"])


def test_levels_follow_what_people_tell_and_the_log(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    bare = headquarters.suggested(incident)
    assert (bare["level"], bare["content"]["level"], bare["authority"]) == (None, "", None)
    assert {row["key"] for row in bare["suggestion"]["could_rise_by"]} >= {
        "settled_within_hours",
        "several_departments",
    }
    figures = {row["key"]: (row["value"], row["source"]) for row in bare["figures"]}
    assert figures["several_departments"] == (None, "unknown")
    assert figures["supply_at_risk"] == (True, "reckoned")
    assert figures["running_level"] == ("none", "log")
    soon = headquarters.suggested(incident, told={"settled_within_hours": 6})
    assert (soon["level"], soon["authority"]["issuers"], soon["authority"]["alone"]) == (
        "general",
        ["办公室主任"],
        True,
    )
    large = headquarters.suggested(incident, told={"settled_within_hours": 6, "several_departments": True})
    assert (large["level"], large["authority"]["approvers"]) == ("large", ["指挥长", "副指挥长"])
    asked = headquarters.suggested(incident, level="major")
    assert (asked["suggestion"]["level"], asked["level"], asked["cap"]["severity"]) == (None, "major", "Extreme")
    assert asked["content"]["texts"]["zh"]["预警级别"] == "重大以上风险预警"


def test_a_response_that_runs_counts_for_the_energy_plan(headquarters: Headquarters) -> None:
    incident = headquarters.house.opened(fact("fault_located", 10, element="e-bus"), plan=ENERGY)
    told = {"support_requested": True}
    assert headquarters.suggested(incident, told=told)["level"] == "general"
    start = fact("level_started", 20, office="副指挥长", level="II", reason="天气恶化")
    headquarters.house.written(incident, start, who=Role.DEPUTY_COMMANDER)
    assert headquarters.suggested(incident, told=told)["level"] == "major"


def test_data_that_changed_leave_a_draft_by_hand(headquarters: Headquarters) -> None:
    incident = headquarters.outage("l-edge")
    store = headquarters.house.app.extensions["webmap"].runtime.store
    frames = both_counties()
    frames["network_lines"] = frames["network_lines"][frames["network_lines"]["id"] != "l-edge"]
    frames["network_nodes"] = frames["network_nodes"][frames["network_nodes"]["id"] != "h-edge"]
    try:
        present = store.replace(frames, note="a line is gone")
        headquarters.house.written(incident, fact("data_adopted", 6, data_version=present))
        made = headquarters.suggested(incident)
        assert (made["suggestion"]["assessed"], made["level"], made["area"]["empty"]) == (False, None, True)
        assert "态势无法研判" in made["suggestion"]["why"]
        refused = headquarters.post("/areas", DUTY, {"incident": incident, "area": {"parts": [{"kind": "outage"}]}})
        assert fields_of(refused) == {"area.parts[0]"}
        by_hand = {"parts": [{"kind": "townships", "codes": [OWN]}]}
        draft = headquarters.drafted(incident, area=by_hand, reason="态势无法研判")
        assert draft["versions"][0]["resolved"]["townships"] == [OWN]
    finally:
        store.replace(both_counties(), note="as before")


def test_who_asks_while_too_many_pictures_are_taken_is_told_when_to_come_back(
    headquarters: Headquarters, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident = headquarters.outage()
    scenes = headquarters.house.app.extensions["webmap"].warnings.scenes

    def busy(*_: object) -> None:
        raise TooBusy(7)

    monkeypatch.setattr(scenes, "of", busy)
    answer = headquarters.post("/areas", DUTY, {"incident": incident, "area": {"parts": []}})
    assert (answer.status_code, error_of(answer)["code"], answer.headers["Retry-After"]) == (503, "too_busy", "7")


def test_the_picture_is_taken_once_for_many_questions(
    headquarters: Headquarters, monkeypatch: pytest.MonkeyPatch
) -> None:
    from webmap.warnings import ground  # noqa: PLC0415

    taken = []
    real = ground.take_picture
    monkeypatch.setattr(ground, "take_picture", lambda *args, **named: taken.append(1) or real(*args, **named))
    incident = headquarters.outage()
    for _ in range(5):
        headquarters.area(incident, {"kind": "outage"})
    assert len(taken) == 1
    headquarters.house.written(incident, fact("note", 50, text="风更大了"))
    headquarters.area(incident, {"kind": "outage"})
    assert len(taken) == 2, "a log that went on is a new picture"
