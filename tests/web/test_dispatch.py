"""Dispatch plans over HTTP: who brings what where, as a document and as a table."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.network import FORMULA_NAME, HIDDEN_ID, HIDDEN_NAME, one_supply, switched_off
from tests.web.published import hold_to
from webmap.app import create_app
from webmap.settings import Settings

URL = "/api/dispatches"


def asked(incident: dict[str, Any] | None = None, supply: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"incident": {**switched_off(), **(incident or {})}, "supply": {**one_supply(), **(supply or {})}}


def plan_of(client: FlaskClient, body: dict[str, Any], lang: str = "zh") -> dict[str, Any]:
    answer = client.post(f"{URL}?lang={lang}", json=body)
    assert answer.status_code == 200, answer.get_json()
    plan: dict[str, Any] = answer.get_json()
    return plan


def fields(answer: TestResponse) -> tuple[int, str, list[str]]:
    error = answer.get_json()["error"]
    assert all(problem["message"] and problem["remedy"] for problem in error["problems"])
    return answer.status_code, error["code"], [problem["field"] for problem in error["problems"]]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_plan_keeps_to_its_schema(client: FlaskClient, language: str) -> None:
    hold_to("dispatch_supply", one_supply())
    plan = plan_of(client, asked(), language)
    hold_to("dispatch_plan", plan)
    assert (plan["language"], plan["synthetic"], plan["status"]) == (language, True, "proven")
    assert plan["data_version"] == client.get("/api/catalog").get_json()["data_version"]


def test_fuel_reaches_both_generators(client: FlaskClient) -> None:
    plan = plan_of(client, asked())
    assert [(row["facility"], row["state"]) for row in plan["facilities"]] == [
        ("f-hospital", "kept"),
        ("f-plant", "kept"),
    ]
    assert {trip["facility"]: trip["deadline_at"] for trip in plan["trips"]} == {
        "f-plant": "2026-01-12T10:00:00+08:00",
        "f-hospital": "2026-01-12T12:00:00+08:00",
    }
    assert plan["sentence"].startswith("2 处在储备用完前送到")
    assert plan["beyond"] == [], "the school stays warm as long as the plant runs"
    assert plan["notes"] == ["保住这些单位，另有 1 处因此不再中断。"]


def test_who_hangs_on_a_plant_that_is_not_kept_is_named(client: FlaskClient) -> None:
    plan = plan_of(client, asked(supply={"vehicles": []}))
    assert [(row["facility"], row["reason_code"]) for row in plan["beyond"]] == [("f-school", "not_by_road")]


def test_the_suggestion_can_be_sent_back(client: FlaskClient) -> None:
    answer = client.get(f"{URL}/supply?lang=en")
    supply = answer.get_json()
    hold_to("dispatch_supply", supply)
    assert [(stock["site"], stock["commodity"], stock["assumed"]) for stock in supply["stocks"]] == [
        ("site-1", "diesel", True)
    ]
    assert all(vehicle["assumed"] for vehicle in supply["vehicles"])
    plan = plan_of(client, {"incident": switched_off(), "supply": {**supply, "seconds": 2}})
    assert plan["facilities"][0]["state"] == "kept"
    assert any(item["code"] == "suggested" for item in plan["assumptions"])
    assert client.get(f"{URL}/supply?lang=en", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("supply", [{}, {"stocks": [], "vehicles": []}])
def test_with_nothing_to_bring_the_plan_says_what_is_missing(client: FlaskClient, supply: dict[str, Any]) -> None:
    plan = plan_of(client, {"incident": switched_off(), "supply": supply})
    assert plan["trips"] == []
    assert {row["reason_code"] for row in plan["facilities"]} == {"no_vehicle"}
    assert len(plan["notes"]) == 2


def test_the_same_request_gets_the_same_plan(client: FlaskClient) -> None:
    body = asked(incident={"horizon_hours": 48})
    assert plan_of(client, body) == plan_of(client, body)


def test_restricted_places_stay_out(client: FlaskClient) -> None:
    text = client.post(URL, json=asked()).get_data(as_text=True)
    assert HIDDEN_ID not in text
    assert HIDDEN_NAME not in text


NEEDS_HIDDEN = {"needs": [{"facility": HIDDEN_ID, "commodity": "diesel"}]}
NEEDS_NOTHING = {"needs": [{"facility": "f-0", "commodity": "diesel"}]}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (asked(incident={"faults": [{"element": "e-0"}]}), ("invalid_incident", ["incident.faults[0].element"])),
        (asked(supply={"seconds": 121}), ("invalid_supply", ["supply.seconds"])),
        (asked(supply={"surprise": 1}), ("invalid_supply", ["supply.surprise"])),
        (asked(supply=NEEDS_NOTHING), ("invalid_supply", ["supply.needs[0].facility"])),
        (asked(supply=NEEDS_HIDDEN), ("invalid_supply", ["supply.needs[0].facility"])),
        (asked({"plan": 3}, {"vehicles": [7]}), ("invalid_incident", ["incident.plan", "supply.vehicles[0]"])),
        ({"incident": switched_off()}, ("invalid_incident", ["supply"])),
        ({"incident": switched_off(), "supply": 7}, ("invalid_supply", ["supply"])),
        ({**asked(), "crews": []}, ("invalid_incident", ["crews"])),
        ([], ("invalid_incident", [""])),
    ],
)
@pytest.mark.parametrize("route", [URL, "/api/exports/dispatches"])
def test_what_is_wrong_is_named(client: FlaskClient, route: str, body: object, found: tuple[str, list[str]]) -> None:
    assert fields(client.post(route, json=body)) == (422, *found)


def test_the_table_has_a_row_a_trip_and_who_is_not_in_time(client: FlaskClient) -> None:
    late = asked(supply={"vehicles": [{**one_supply()["vehicles"][0], "available_at": "2026-01-12T11:00:00+08:00"}]})
    answer = client.post("/api/exports/dispatches?format=csv&lang=zh", json=late)
    assert answer.status_code == 200
    assert "示例数据-调运方案-城区-20260112-0800.csv" in unquote(answer.headers["Content-Disposition"])
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    head = next(number for number, row in enumerate(rows) if "行的类别" in row)
    kind, name = rows[head].index("行的类别"), rows[head].index("单位")
    listed = [(row[kind], row[name].lstrip("'")) for row in rows[head + 1 :]]
    assert sorted(listed) == sorted([("送达", FORMULA_NAME), ("送达", "西镇热源厂"), ("来不及的单位", "西镇热源厂")])


def test_who_may_not_see_the_picture_gets_no_plan(district_url: str, tmp_path: Path) -> None:
    closed = create_app(Settings.from_environment({"DATABASE_URL": district_url, "WEBMAP_HOME": str(tmp_path)}))
    for answer in (closed.test_client().post(URL, json=asked()), closed.test_client().get(f"{URL}/supply")):
        assert answer.status_code == 401
    closed.extensions["webmap"].runtime.store.engine.dispose()
