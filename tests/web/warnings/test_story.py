"""The life of a heating warning over HTTP, between people: drafted, returned, approved, issued, updated, lifted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import capparser
import capvalidator
import pytest
from lxml import etree

from tests.web.log.house import START
from tests.web.warnings.headquarters import (
    COMMANDER,
    DEPUTY,
    DIRECTOR,
    DUTY,
    ENERGY,
    OFFICES,
    Headquarters,
    after,
    error_of,
    fact,
)
from webmap.accounts.roles import Role
from webmap.warnings.cap import check_message, read_alert


def choice(warning: Any, kind: str) -> Any:
    return next(item for item in warning["may"] if item["kind"] == kind)


def test_a_heating_warning_from_the_first_draft_to_the_end(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    draft = headquarters.drafted(incident)
    assert (draft["status"], draft["level_name"], draft["title"]) == ("draft", "较大风险预警", "较大风险预警：西镇")
    assert draft["versions"][0]["missing"] == []
    submitted = headquarters.taken(draft, "submitted", DUTY)

    returned = headquarters.taken(submitted, "returned", DEPUTY, remarks="写明联系电话")
    assert returned["steps"][-1]["said"] == "deputy.commander同志以副指挥长名义退回第 1 版"
    assert returned["steps"][-1]["remarks"] == "写明联系电话"
    revised = headquarters.taken(
        returned, "revised", DUTY, content=headquarters.content(incident, contact="0356-0000001")
    )
    again = headquarters.taken(revised, "submitted", DUTY)

    early = headquarters.step(again, "issued", DIRECTOR)
    assert (early.status_code, error_of(early)["rule"], error_of(early)["clause"]) == (
        409,
        "warning_awaits_approval",
        "3.3(2)",
    )
    approved = headquarters.taken(again, "approved", DEPUTY)
    issued = headquarters.taken(approved, "issued", DIRECTOR)
    assert (issued["status"], issued["pending"], issued["in_force"]["version"]) == ("issued", None, 2)
    assert [item["message"] is None for item in issued["versions"]] == [True, False]

    headquarters.house.now = START + timedelta(hours=3)
    longer = headquarters.content(incident, expires_at=after(60 * 40), contact="0356-0000001")
    update = headquarters.taken(issued, "revised", DUTY, content=longer)
    assert (update["status"], update["pending"]["status"]) == ("issued", "draft")
    update = headquarters.taken(headquarters.taken(update, "submitted", DUTY), "approved", COMMANDER)
    updated = headquarters.taken(update, "issued", DIRECTOR)
    assert (updated["status"], updated["versions"][2]["message"]["type"]) == ("updated", "Update")

    wrong = headquarters.step(updated, "lifted", DEPUTY, reason="已恢复供热")
    assert (wrong.status_code, error_of(wrong)["rule"], error_of(wrong)["clause"]) == (409, "warning_lifted_by", "3.4")
    assert "谁发布" in error_of(wrong)["quotation"]
    lifted = headquarters.taken(updated, "lifted", DIRECTOR, reason="已恢复供热", reason_en="Heat is back")
    assert (lifted["status"], lifted["in_force"], lifted["versions"][2]["lifting"]["type"]) == (
        "lifted",
        None,
        "Cancel",
    )
    assert not any(item["allowed"] for item in lifted["may"])

    kinds = [entry["kind"] for entry in headquarters.house.entries(incident)["entries"]]
    assert kinds[2:] == ["warning_issued", "warning_issued", "warning_lifted"]
    assert headquarters.house.view(incident)["warnings"] == []


def test_every_message_is_sound_for_readers_that_we_did_not_write(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    warning = headquarters.issued(incident)
    warning = headquarters.taken(warning, "revised", DUTY, content=headquarters.content(incident))
    warning = headquarters.taken(headquarters.taken(warning, "submitted", DUTY), "approved", DEPUTY)
    warning = headquarters.taken(warning, "issued", DIRECTOR)
    warning = headquarters.taken(warning, "lifted", DIRECTOR, reason="已恢复供热")
    told = [item["message"] for item in warning["versions"]] + [warning["versions"][-1]["lifting"]]
    seen = []
    for message in told:
        answer = headquarters.house.ask(Role.OBSERVER, "GET", message["urls"]["cap"])
        assert (answer.status_code, answer.mimetype) == (200, "application/cap+xml")
        assert [item for item in check_message(answer.data) if item.severity == "error"] == []
        assert capvalidator.check_schema(answer.data).passed
        theirs: Any = capparser.parse(stringXML=answer.data.decode())
        assert theirs is not None
        seen.append(read_alert(answer.data))
        kept = headquarters.house.app.extensions["webmap"].warnings.register.message(message["identifier"])
        assert kept.xml == answer.data
    assert [alert.message_type for alert in seen] == ["Alert", "Update", "Cancel"]
    assert [item.identifier for item in seen[2].references] == [seen[0].identifier, seen[1].identifier]


def test_a_level_without_approval_is_issued_by_the_office_alone(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    content = headquarters.content(incident, "general", told={})
    answer = headquarters.post("", DIRECTOR, {"incident": incident, "content": content})
    draft = answer.get_json()["warning"]
    assert choice(draft, "approved")["refusal"]["clause"] == "3.3(1)"
    issued = headquarters.taken(draft, "issued", DIRECTOR)
    assert issued["status"] == "issued"
    assert [step["kind"] for step in issued["steps"]] == ["drafted", "issued"]


def test_the_energy_plan_is_issued_by_the_commanders(headquarters: Headquarters) -> None:
    incident = headquarters.house.opened(fact("fault_located", 10, element="e-bus"), plan=ENERGY)
    warning = headquarters.taken(headquarters.drafted(incident, level="general"), "submitted", DUTY)
    refused = headquarters.step(warning, "issued", DIRECTOR)
    assert (refused.status_code, error_of(refused)["rule"]) == (409, "warning_issued_by")
    assert headquarters.taken(warning, "issued", DEPUTY)["in_force"]["office"] == "副指挥长"


@pytest.mark.parametrize("who", [DUTY, DIRECTOR, DEPUTY, COMMANDER])
def test_what_may_be_done_is_done_and_nothing_else(headquarters: Headquarters, who: Role) -> None:
    """Whatever `may` says of a submitted warning, the step answers so; each is tried on a warning of its own."""
    said: dict[str, dict[str, Any]] = {
        "submitted": {},
        "withdrawn": {"reason": "x"},
        "returned": {"remarks": "x", "office": ""},
        "approved": {"office": ""},
        "issued": {"office": ""},
        "lifted": {"reason": "x", "office": ""},
        "referred": {"to": "市指挥部", "reason": "x", "office": ""},
    }
    incident = headquarters.outage()
    drafter = DIRECTOR if who is DUTY else DUTY
    found = {}
    for kind, body in said.items():
        warning = headquarters.taken(headquarters.drafted(incident), "submitted", drafter)
        found[kind] = choice(headquarters.read(warning, who), kind)["allowed"]
        office = {"office": OFFICES.get(who, "副指挥长")} if "office" in body else {}
        wanted = {"kind": kind, "expected": warning["length"], **body, **office}
        answer = headquarters.post(f"/{warning['id']}/steps", who, wanted)
        assert (answer.status_code == 201) is found[kind], (kind, answer.get_data(as_text=True))
    allowed = {kind for kind, may in found.items() if may}
    offices = {"returned", "referred", "withdrawn"}
    approvers = offices | {"approved"}
    assert allowed == {DUTY: {"withdrawn"}, DIRECTOR: offices, DEPUTY: approvers, COMMANDER: approvers}[who]


def test_a_warning_beyond_the_own_powers_is_prepared_for_the_superior(headquarters: Headquarters) -> None:
    warning = headquarters.taken(headquarters.drafted(headquarters.outage()), "submitted", DUTY)
    referred = headquarters.taken(warning, "referred", COMMANDER, to="市指挥部", reason="需市里协调")
    assert (referred["status"], referred["steps"][-1]["said"]) == (
        "referred",
        "commander同志以指挥长名义报市指挥部：需市里协调",
    )
    assert (
        headquarters.step(
            referred, "revised", DUTY, content=headquarters.content(referred["incident"]["id"])
        ).status_code
        == 409
    )


@pytest.mark.parametrize("name", ["cap.xml", "notice.html", "sms.txt", "broadcast.txt", "phone.csv", "doors.csv"])
def test_products_of_a_draft_say_that_they_are_drafts(headquarters: Headquarters, name: str) -> None:
    incident = headquarters.outage()
    draft = headquarters.drafted(incident)
    text = headquarters.product(draft, 1, name).get_data(as_text=True)
    assert "草稿" in text
    issued = headquarters.issued(incident)
    assert "草稿" not in headquarters.product(issued, 1, name).get_data(as_text=True)
    assert headquarters.product(draft, 2, name).status_code == 404
    if name == "cap.xml":
        assert etree.fromstring(text.encode()).findtext("{*}status") == "Draft"
        assert capvalidator.check_schema(text.encode()).passed


def test_products_of_the_lifting_are_those_of_its_message(headquarters: Headquarters) -> None:
    warning = headquarters.issued(headquarters.outage())
    lifted = headquarters.taken(warning, "lifted", DIRECTOR, reason="已恢复供热")
    text = headquarters.house.ask(DUTY, "GET", lifted["versions"][0]["lifting"]["urls"]["sms"]).get_data(as_text=True)
    assert "解除" in text
    assert "已恢复供热" in text
    assert "解除" not in headquarters.product(lifted, 1, "sms.txt").get_data(as_text=True)
    unknown = headquarters.product(lifted, 1, "sms.txt", query="?message=other")
    assert (unknown.status_code, error_of(unknown)["problems"][0]["field"]) == (422, "message")


def test_it_is_told_that_the_log_went_on_after_a_version_was_made(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    warning = headquarters.taken(headquarters.drafted(incident), "submitted", DUTY)
    assert "log_went_on" not in {item["code"] for item in warning["reminders"]}
    headquarters.house.written(incident, fact("note", 50, text="风更大了"))
    told = {item["code"]: item["text"] for item in headquarters.read(warning)["reminders"]}
    assert told["log_went_on"] == "第 1 版划区以后，事件日志又有 1 条记录：请核对区域和文字"
    # It is no refusal: who approves decides.
    approved = headquarters.taken(warning, "approved", DEPUTY)
    assert "log_went_on" in {item["code"] for item in approved["reminders"]}
    issued = headquarters.taken(approved, "issued", DIRECTOR)
    assert "picture_went_on" not in {item["code"] for item in issued["reminders"]}, "a note changes no outage"
    headquarters.house.written(incident, fact("repaired", 55, element="h-source"))
    assert "picture_went_on" in {item["code"] for item in headquarters.read(issued)["reminders"]}


def test_deliveries_are_told_ticked_off_and_counted(headquarters: Headquarters) -> None:
    warning = headquarters.issued(headquarters.outage(), channels=["cap_feed", "notice", "broadcast"])
    told = headquarters.deliveries(warning)
    states = {group["channel"]: group["by_state"] for group in told["groups"]}
    assert states == {"cap_feed": {"recorded": 1}, "notice": {"prepared": 1}, "broadcast": {"prepared": 1}}
    assert told["open"] == 2
    message = warning["in_force"]["identifier"]
    path = f"/{warning['id']}/deliveries"
    done = headquarters.post(
        f"{path}/done", DUTY, {"message": message, "channel": "notice", "audience": "public", "note": "贴在村口"}
    )
    group = next(item for item in done.get_json()["groups"] if item["channel"] == "notice")
    assert (group["by_state"], group["done"]["by"], group["done"]["note"]) == (
        {"done": 1},
        "duty.officer同志",
        "贴在村口",
    )
    assert (
        headquarters.post(f"{path}/done", Role.OBSERVER, {"message": message, "channel": "notice"}).status_code == 403
    )
    elsewhere = headquarters.post(f"{path}/retry", DUTY, {"message": "other", "channel": "notice"})
    assert error_of(elsewhere)["problems"][0]["field"] == "message"
    unknown = headquarters.post(f"{path}/decide", DUTY, {"id": "other", "sent": True})
    assert error_of(unknown)["problems"][0]["field"] == "id"
