"""Reports from the place: who may send them, what is taken, and who sees them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from tests.web.field.pictures import CAMERA, animation, from_a_phone, png_of, saved, two_halves
from tests.web.field.reporting import HOSPITAL, REPORTS, confirm, decline, listed, photo, send, sent, shown
from tests.web.log.house import OTHER_PLAN, PLAN, ROAD, START, House, after, error_of, fact
from tests.web.network import HIDDEN_ID, HIDDEN_NAME
from tests.web.published import hold_to
from webmap.accounts.roles import GRANTABLE, Role
from webmap.api.field.views import REPORTING

REPORTERS = {Role.FIELD, Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR, Role.DEPUTY_COMMANDER, Role.COMMANDER}


@pytest.mark.parametrize("role", GRANTABLE)
def test_field_staff_and_duty_officers_report_and_nobody_else(house: House, role: Role) -> None:
    assert send(house, role).status_code == (201 if role in REPORTERS else 403)
    assert house.ask(role, "GET", "/api/field/start").status_code == (200 if role in REPORTERS else 403)
    assert house.ask(role, "GET", "/field").status_code == (200 if role in REPORTERS else 403)


def test_who_is_not_signed_in_is_sent_to_sign_in_and_reports_nothing(house: House) -> None:
    assert send(house, "").status_code == 401
    page = house.ask("", "GET", "/field")
    assert (page.status_code, page.headers["Location"]) == (303, "/sign-in?next=/field")


def test_a_role_for_one_plan_reports_for_none_other(house: House) -> None:
    who = house.join("field-energy", Role.FIELD, plan=PLAN)
    assert send(house, who).status_code == 201
    assert send(house, who, plan=OTHER_PLAN).status_code == 403
    assert [plan["key"] for plan in house.get("/api/field/start", who)["plans"]] == [PLAN]


def test_field_staff_see_no_log_and_nobody_elses_report(house: House) -> None:
    incident = house.opened()
    assert house.ask(Role.FIELD, "GET", f"/api/incidents/{incident}").status_code == 403
    others = sent(house, house.join("field-other", Role.FIELD), text="他人的报告")
    mine = sent(house, text="自己的报告")
    assert house.ask(Role.FIELD, "GET", f"{REPORTS}/{others['id']}").status_code == 404
    assert shown(house, mine["id"], Role.FIELD)["text"] == "自己的报告"
    own = {report["text"] for report in listed(house, "?mine=1", Role.FIELD)}
    assert "自己的报告" in own
    assert "他人的报告" not in own
    assert listed(house, "", Role.FIELD) == []
    for path in ("confirm", "decline"):
        answer = house.ask(Role.FIELD, "POST", f"{REPORTS}/{mine['id']}/{path}", json={"reason": "x"})
        assert answer.status_code == 403


def test_a_report_is_told_in_words_with_what_lies_there(house: House) -> None:
    incident = house.opened(name="医院漏气")
    report = sent(house, incident=incident, element="f-hospital", text="井口有气味", township="140502001")
    seen = shown(house, report["id"])
    assert seen["incident"] == {"id": incident, "name": "医院漏气", "drill": False}
    assert (seen["what_title"], seen["state"], seen["drill"]) == ("漏气", "waiting", False)
    assert seen["element"]["name"].endswith("医院")
    assert seen["element"]["distance_m"] == 0
    assert seen["township"] == {"code": "140502001", "name": "东镇"}
    assert seen["words"] == "field同志从现场报告：漏气（东镇、112.82200, 35.50010，误差约 12 米）；井口有气味"
    english = house.get(f"{REPORTS}/{report['id']}?lang=en")
    assert english["words"].startswith("field同志 reports from the place: gas leak (东镇")


def test_photographs_are_kept_without_what_the_camera_wrote(house: House) -> None:
    report = sent(house, photos=[photo(from_a_phone(two_halves(), 6)), photo(saved(two_halves(), "PNG"))])
    first, second = report["photos"]
    assert (first["width_px"], first["height_px"], second["width_px"]) == (40, 60, 60)
    answer = house.ask(Role.DUTY_OFFICER, "GET", first["url"])
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    held_already = {"If-None-Match": answer.headers["ETag"]}
    for who, status in ((Role.DUTY_OFFICER, 304), (Role.OBSERVER, 404)):
        asked = {"Authorization": f"Bearer {house.tokens[who]}", **held_already}
        assert house.app.test_client().get(first["url"], headers=asked).status_code == status
    image = Image.open(io.BytesIO(answer.data))
    assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (40, 60), {})
    assert CAMERA.encode() not in answer.data
    assert house.ask(Role.FIELD, "GET", first["url"]).status_code == 200
    for who in (Role.OBSERVER, house.join("field-curious", Role.FIELD)):
        assert house.ask(who, "GET", first["url"]).status_code == 404
    assert house.ask(Role.PLANNER, "GET", first["url"]).status_code == 404
    assert house.ask(Role.ADMINISTRATOR, "GET", first["url"]).status_code == 403
    assert house.ask("", "GET", first["url"]).status_code == 401
    assert house.ask(Role.DUTY_OFFICER, "GET", f"{REPORTS}/{report['id']}/photos/3").status_code == 404


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"photos": [photo(png_of(60_000, 60_000))]}, "photos[0]"),
        ({"photos": [photo(saved(two_halves())), photo(saved(two_halves())[:-200])]}, "photos[1]"),
        ({"photos": [photo(animation("WEBP"))]}, "photos[0]"),
        ({"photos": [photo(b"<svg/>")]}, "photos[0]"),
        ({"photos": ["not base64!"]}, "photos[0]"),
        ({"photos": [7]}, "photos[0]"),
        ({"photos": [photo(saved(two_halves()))] * 4}, "photos"),
        ({"what": "meteor"}, "what"),
        ({"happened_at": "2026-01-12T08:00:00"}, "happened_at"),
        ({"position": [112.8, 135.5]}, "position"),
        ({"position": [112.8, None]}, "position"),
        ({"accuracy_m": -1.0}, "accuracy_m"),
        ({"accuracy_m": "12"}, "accuracy_m"),
        ({"text": "   "}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"text": "\u202eevil"}, "text"),
        ({"position": None}, ""),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_wrong_is_refused_field_by_field_and_nothing_is_kept(
    house: House, fields: dict[str, Any], wrong: str
) -> None:
    before = len(listed(house, "?mine=1", Role.FIELD))
    answer = send(house, **fields)
    assert answer.status_code == 422, answer.get_data(as_text=True)
    assert wrong in [problem["field"] for problem in error_of(answer)["problems"]]
    assert len(listed(house, "?mine=1", Role.FIELD)) == before


def test_a_body_beyond_the_limit_is_refused_unread(house: House) -> None:
    assert send(house, photos=["A" * 5_000_000]).status_code == 413


def test_a_report_names_an_incident_of_its_plan(house: House) -> None:
    assert error_of(send(house, incident="nothing"))["code"] == "unknown_incident"
    incident = house.opened()
    refused = send(house, incident=incident, plan=OTHER_PLAN)
    assert (refused.status_code, error_of(refused)["rule"]) == (409, "other_plan")


def test_the_same_key_stores_once(house: House) -> None:
    first = sent(house, client_key="k-1", text="一次", photos=[photo(saved(two_halves()))])
    again = send(house, client_key="k-1", text="一次", photos=[photo(saved(two_halves()))])
    assert (again.status_code, again.get_json()["id"]) == (200, first["id"])
    assert len(again.get_json()["photos"]) == 1
    assert error_of(send(house, client_key="k-1", text="另一次"))["code"] == "client_key_reused"
    other = sent(house, house.join("field-same-key", Role.FIELD), client_key="k-1", text="一次")
    assert other["id"] != first["id"]
    assert first["client_key"] == "k-1"
    assert shown(house, first["id"])["client_key"] is None


def test_a_clock_that_is_ahead_is_not_believed(house: House) -> None:
    report = sent(house, happened_at=after(600))
    assert report["happened_at"] == house.now.isoformat()
    assert report["happened_at"] > START.isoformat()


def test_drills_and_what_has_ended(house: House) -> None:
    drill = house.opened(drill=True, name="演练")
    ended = house.opened(name="已结案")
    house.written(ended, fact("closed", 20, reason="误报"))
    offered = house.get("/api/field/start", Role.FIELD)
    hold_to("field_start", offered)
    running = {item["id"]: item["drill"] for item in offered["plans"][0]["incidents"]}
    assert running[drill] is True
    assert ended not in running
    assert [outline["name"] for outline in offered["townships"]] == ["东镇", "西镇"]
    assert sent(house, incident=drill)["drill"] is True


def test_what_lies_near_comes_nearest_first_with_distance_and_network(house: House) -> None:
    lon, lat = HOSPITAL
    near = house.get(f"/api/field/elements?lon={lon}&lat={lat}", Role.FIELD)
    hold_to("field_elements", near)
    first, second, *_ = [item for item in near["elements"] if item["id"] != ROAD]
    # The hospital's transformer stands 0.0001 degrees of latitude to the south of it: 11 m.
    assert (first["id"], first["distance_m"]) == ("f-hospital", 0)
    assert (second["id"], second["distance_m"], second["network_title"]) == ("e-hospital", 11, "电力")
    distances = [item["distance_m"] for item in near["elements"]]
    assert distances == sorted(distances)
    assert max(distances) <= near["within_m"] == 300
    assert ROAD in {item["id"] for item in near["elements"]}
    assert {line["network"] for line in near["lines"]} == {"electricity", None}
    assert near["township"] == "140502001"
    assert house.get("/api/field/elements?lon=100&lat=20", Role.FIELD)["elements"] == []


def test_restricted_places_are_not_offered(house: House) -> None:
    def offered(who: str) -> str:
        return house.ask(who, "GET", "/api/field/elements?lon=112.821&lat=35.5001").get_data(as_text=True)

    for text in (HIDDEN_ID, HIDDEN_NAME):
        assert text not in offered(Role.FIELD)
        assert text in offered(Role.DUTY_OFFICER)
    report = sent(house, element=HIDDEN_ID)
    assert report["element"] == {"id": HIDDEN_ID, "name": None, "layer": None, "distance_m": None}
    assert shown(house, report["id"])["element"]["name"] == HIDDEN_NAME


@pytest.mark.parametrize("query", ["", "?lon=112&lat=x", "?lon=200&lat=35", "?lon=nan&lat=35", "?lon=112&lat=inf"])
def test_a_position_that_is_none_is_refused(house: House, query: str) -> None:
    assert house.ask(Role.FIELD, "GET", f"/api/field/elements{query}").status_code == 400


def test_nobody_floods_the_duty_officer(house: House) -> None:
    who = house.join("field-flood", Role.FIELD)
    for number in range(REPORTING.burst):
        assert send(house, who, text=f"第 {number} 条").status_code == 201
    busy = send(house, who)
    assert busy.status_code == 429
    assert int(busy.headers["Retry-After"]) >= 1
    for report in listed(house, "?mine=1", who):
        assert decline(house, report["id"], "测试").status_code == 200


def test_declined_reports_stay_and_can_be_confirmed_later(house: House) -> None:
    incident = house.opened()
    report = sent(house, incident=incident)
    assert error_of(house.ask(Role.DUTY_OFFICER, "POST", f"{REPORTS}/{report['id']}/decline", json={}))["problems"]
    answer = decline(house, report["id"], "已派人核实，无异常")
    assert answer.get_json()["state"] == "declined"
    told = shown(house, report["id"], Role.FIELD)["answers"]
    assert [(item["state"], item["reason"], item["by"]) for item in told] == [
        ("declined", "已派人核实，无异常", "duty.officer同志")
    ]
    assert error_of(decline(house, report["id"], "再次"))["rule"] == "declined_already"
    assert shown(house, report["id"])["may"] == ["confirm"]
    assert confirm(house, report["id"]).status_code == 200
    states = [item["state"] for item in shown(house, report["id"])["answers"]]
    assert states == ["declined", "confirmed"]
    assert error_of(decline(house, report["id"], "又一次"))["rule"] == "answered_already"
