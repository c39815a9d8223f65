"""A night in the headquarters, by people at browsers: who does what, who is refused, and what the log says of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.web.accounts.browser import Browser
from tests.web.log.house import PLAN, START, House, fact
from webmap.accounts.roles import Role

TOLD = [fact("reported", 0, text="东站跳闸", source="供电中心")]


@pytest.fixture
def people(house: House) -> dict[Role, Browser]:
    """Signed-in browsers."""
    found = {}
    for role in (Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR, Role.COMMANDER):
        person = house.accounts.people.named(role.value.replace("_", "."))
        session = house.accounts.sessions.begin(person.id, "", house.accounts.clock())
        found[role] = Browser(house.app.test_client())
        found[role].client.set_cookie("webmap_session", session.token)
    return found


def post(browser: Browser, path: str, **body: Any) -> Any:
    return browser.open(path, "POST", json=body, headers={"X-CSRF-Token": browser.proof()})


def test_the_whole_story(people: dict[Role, Browser], house: House) -> None:
    house.now = START + timedelta(minutes=8)
    duty, director, commander = people.values()
    answer = post(duty, "/api/incidents", plan=PLAN, name="东站停电", drill=False, facts=TOLD)
    assert answer.status_code == 201
    opened = answer.get_json()
    path = f"/api/incidents/{opened['incident']['id']}"
    assert (opened["phase"], opened["length"], opened["incident"]["opened_by"]) == (
        "reported",
        1,
        "duty.officer同志",
    )
    facts = [
        fact("figure_reported", 5, figure="customers_out_share", value=0.35, source="供电中心"),
        fact("fault_located", 6, element="h-flats", text="接口漏水"),
    ]
    assert post(duty, f"{path}/entries", facts=facts).status_code == 201
    can = {step["level"]: step for step in director.open(path).get_json()["decisions"]}
    assert can["III"]["mine"] == ["办公室主任"]
    assert can["II"]["mine"] == []
    assert "4.2.2" in can["II"]["refusal"]["message"]

    house.now = START + timedelta(minutes=21)
    started = post(
        director, f"{path}/entries", facts=[fact("level_started", 17, office="办公室主任", level="III")]
    ).get_json()["entries"][0]
    assert (started["fact"]["recommended"], started["clause"]) == ("III", "4.2.1")
    raised = [fact("level_changed", 20, office="指挥长", level="II", reason="夜间还要降温")]
    assert post(commander, f"{path}/entries", facts=raised).status_code == 201

    house.now = START + timedelta(minutes=51)
    ending = next(step for step in director.open(path).get_json()["decisions"] if step["kind"] == "level_ended")
    refused = post(director, f"{path}/entries", facts=[fact("level_ended", 40, office="办公室主任")])
    error = refused.get_json()["error"]
    assert (refused.status_code, error["code"], error["rule"], error["clause"]) == (409, "refused", "not_ending", "4.4")
    assert "谁启动谁结束" in error["message"]
    assert "谁启动谁结束" in error["quotation"]
    assert (ending["mine"], ending["refusal"]["message"]) == ([], error["message"])

    ended = post(commander, f"{path}/entries", facts=[fact("level_ended", 50, office="指挥长", reason="供电已恢复")])
    assert ended.status_code == 201
    assert director.open(path).get_json()["phase"] == "ended"
    said = [entry["said"] for entry in duty.open(f"{path}/entries").get_json()["entries"]]
    assert said == [
        "接供电中心报告：东站跳闸",
        "城区停电用户占比：35 %，供电中心提供",
        "节点 h-flats 故障：接口漏水",
        "办公室主任启动 III 级响应（4.2.1）",
        "指挥长将响应级别调整为 II 级（建议为 III 级，理由：夜间还要降温）（4.2.2）",
        "指挥长宣布响应结束：供电已恢复（4.4）",
    ]


def test_a_page_of_another_site_opens_and_writes_nothing(people: dict[Role, Browser]) -> None:
    duty = people[Role.DUTY_OFFICER]
    count = len(duty.open("/api/incidents").get_json()["incidents"])
    body = {"plan": PLAN, "name": "假", "drill": False, "facts": TOLD}
    for headers in ({}, {"X-CSRF-Token": "x"}):
        answer = duty.open("/api/incidents", "POST", json=body, headers=headers)
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "unproven_request")
    assert len(duty.open("/api/incidents").get_json()["incidents"]) == count
