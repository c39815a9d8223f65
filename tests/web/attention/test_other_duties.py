"""Warnings that wait, deliveries that failed, reports from the place, studies that are done: who is told."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from tests.web.attention.notices import kinds, notices, one
from tests.web.log.house import START, after
from tests.web.warnings.headquarters import COMMANDER, DEPUTY, DIRECTOR, DUTY, ENERGY, HEATING, Headquarters
from webmap.accounts.roles import Role
from webmap.incidents.moments import written
from webmap.storage.tables import DELIVERIES, FIELD_REPORTS, SITING_RUNS


def of_warnings(headquarters: Headquarters, who: str) -> list[str]:
    return [kind for kind in kinds(headquarters, who) if kind.startswith("warning")]


def test_a_warning_waits_for_one_after_the_other(headquarters: Headquarters) -> None:
    draft = headquarters.drafted(headquarters.outage())
    assert all(of_warnings(headquarters, who) == [] for who in (DUTY, DIRECTOR, DEPUTY, COMMANDER))
    submitted = headquarters.taken(draft, "submitted", DUTY)
    for who in (DEPUTY, COMMANDER):
        item = one(headquarters, who, "warning_to_approve")
        assert (item["title"], item["detail"]) == ("较大风险预警等你批准", "duty.officer同志起草")
        assert (item["clause"], item["urgency"]) == ("3.3(2)", "now")
        assert item["link"] == f"#i={draft['incident']['id']}&n={draft['id']}"
    assert of_warnings(headquarters, DIRECTOR) == [], "it is not approved yet"

    returned = headquarters.taken(submitted, "returned", DEPUTY, remarks="写明联系电话")
    assert one(headquarters, DUTY, "warning_returned")["detail"] == "写明联系电话"
    assert of_warnings(headquarters, DIRECTOR) == of_warnings(headquarters, DEPUTY) == []

    content = headquarters.content(draft["incident"]["id"], contact="0356-0000001")
    revised = headquarters.taken(returned, "revised", DUTY, content=content)
    assert of_warnings(headquarters, DUTY) == []
    approved = headquarters.taken(headquarters.taken(revised, "submitted", DUTY), "approved", DEPUTY)
    assert one(headquarters, DIRECTOR, "warning_to_issue")["title"] == "较大风险预警等你发布"
    assert of_warnings(headquarters, DEPUTY) == []
    headquarters.taken(approved, "issued", DIRECTOR)
    assert of_warnings(headquarters, DIRECTOR) == []


def test_a_warning_of_the_energy_plan_waits_for_the_commanders(headquarters: Headquarters) -> None:
    headquarters.taken(headquarters.drafted(headquarters.outage("e-bus", ENERGY), level="general"), "submitted", DUTY)
    assert of_warnings(headquarters, DIRECTOR) == []
    assert of_warnings(headquarters, DEPUTY) == of_warnings(headquarters, COMMANDER) == ["warning_to_issue"]
    heating = headquarters.house.join("heating.commander", Role.COMMANDER, plan=HEATING)
    assert of_warnings(headquarters, heating) == []


def test_who_drafted_a_warning_is_not_asked_to_approve_it(headquarters: Headquarters) -> None:
    headquarters.taken(headquarters.drafted(headquarters.outage(), DEPUTY), "submitted", DEPUTY)
    assert of_warnings(headquarters, DEPUTY) == []
    assert of_warnings(headquarters, COMMANDER) == ["warning_to_approve"]


def test_a_warning_that_ends_is_told_in_time_and_after(headquarters: Headquarters) -> None:
    warning = headquarters.issued(headquarters.outage())
    ends = datetime.fromisoformat(warning["in_force"]["expires_at"])
    headquarters.house.now = ends - timedelta(minutes=50)
    soon = one(headquarters, DUTY, "warning_ends")
    assert (soon["urgency"], datetime.fromisoformat(soon["due_at"])) == ("soon", ends)
    headquarters.house.now = ends + timedelta(minutes=5)
    assert one(headquarters, DUTY, "warning_ends")["urgency"] == "now"
    assert of_warnings(headquarters, Role.OBSERVER) == []


@pytest.mark.parametrize("drill", [False, True])
def test_deliveries_that_failed_are_told_to_who_sees_to_them(headquarters: Headquarters, drill: bool) -> None:
    warning = headquarters.issued(headquarters.outage(drill=drill))
    (identifier,) = [item["message"]["identifier"] for item in warning["versions"] if item["message"]]
    with headquarters.house.engine.begin() as connection:
        of_message = update(DELIVERIES).where(DELIVERIES.c.message == identifier)
        connection.execute(of_message.values(state="sent", detail=None))
    assert "deliveries_failed" not in kinds(headquarters, DUTY)
    with headquarters.house.engine.begin() as connection:
        reason = json.dumps({"code": "server_error"})
        connection.execute(of_message.values(state="failed", detail=reason))
        count = connection.execute(DELIVERIES.select().where(DELIVERIES.c.message == identifier)).all()
    if drill:
        assert "deliveries_failed" not in kinds(headquarters, DUTY), "an exercise sends nothing"
        return
    assert one(headquarters, DUTY, "deliveries_failed")["detail"] == f"{len(count)} 份没有送到"
    for other in (Role.PLANNER, Role.OBSERVER, Role.ADMINISTRATOR):
        assert "deliveries_failed" not in kinds(headquarters, other)


def field_report(number: int, incident: str | None, **values: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"id": f"report-{number}", "plan": HEATING, "incident_id": incident, "drill": False}
    times = {"happened_at": after(30), "received_at": written(START + timedelta(minutes=30 + number))}
    return row | times | {"author_id": "p-1", "author_name": "巡线员", "body": "{}", "state": "waiting"} | values


def test_reports_from_the_place_wait_for_who_confirms_them(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    rows = [field_report(1, incident), field_report(2, incident), field_report(3, incident, state="confirmed")]
    with headquarters.house.engine.begin() as connection:
        connection.execute(insert(FIELD_REPORTS), [*rows, field_report(4, None)])
    found = [item for item in notices(headquarters, DUTY) if item["kind"] == "field_reports"]
    assert [(item["incident"], item["title"]) for item in found] == [
        (incident, "2 条现场报告等你核实"),
        (None, "1 条现场报告等你核实"),
    ]
    assert datetime.fromisoformat(found[0]["since"]) == START + timedelta(minutes=31)
    energy = headquarters.house.join("energy.duty", Role.DUTY_OFFICER, plan=ENERGY)
    for other in (energy, COMMANDER, Role.PLANNER, Role.OBSERVER):
        assert "field_reports" not in kinds(headquarters, other)


def test_a_study_that_took_long_is_told_to_who_asked_for_it(headquarters: Headquarters) -> None:
    house = headquarters.house
    planner = house.join("east.planner", Role.PLANNER)
    person = house.get("/api/viewer", planner)["person"]["id"]
    ended = house.now - timedelta(minutes=10)
    run: dict[str, Any] = {
        "author_id": person,
        "author_name": "x",
        "plan": ENERGY,
        "kind": "cover",
        "brief": "{}",
        "study": "{}",
    }
    run |= {"data_version": "v", "ended_at": written(ended)}
    rows: list[dict[str, Any]] = [
        {"id": "long", "name": "西镇", "state": "done", "created_at": written(ended - timedelta(minutes=3))},
        {"id": "short", "name": "东镇", "state": "done", "created_at": written(ended - timedelta(seconds=3))},
        {"id": "wrong", "name": None, "state": "failed", "created_at": written(ended - timedelta(minutes=3))},
    ]
    with house.engine.begin() as connection:
        connection.execute(insert(SITING_RUNS), [run | row for row in rows])
    found = notices(headquarters, planner)
    assert {item["link"]: (item["title"], item["urgency"]) for item in found} == {
        "#site=long": ("选址方案“西镇”算好了", "info"),
        "#site=wrong": ("选址方案“未命名”没有算成", "info"),
    }
    assert notices(headquarters, Role.PLANNER) == [], "another planner"
    house.now += timedelta(hours=13)
    assert notices(headquarters, planner) == []
