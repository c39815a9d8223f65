"""Restoration plans over HTTP: who repairs what when, as a document and as a table."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.conftest import settings_for
from tests.web.network import FORMULA_NAME, HIDDEN_ID, HIDDEN_NAME, one_crew, switched_off
from tests.web.published import hold_to
from webmap.app import create_app
from webmap.settings import Limits

URL = "/api/restorations"


def asked(incident: dict[str, Any] | None = None, crews: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"incident": {**switched_off(), **(incident or {})}, "crews": {**one_crew(), **(crews or {})}}


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
    hold_to("crews", one_crew())
    plan = plan_of(client, asked(), language)
    hold_to("restoration", plan)
    assert (plan["language"], plan["synthetic"], plan["status"]) == (language, True, "optimal")
    assert plan["data_version"] == client.get("/api/catalog").get_json()["data_version"]


def test_the_crew_drives_works_and_brings_the_customers_back(client: FlaskClient) -> None:
    plan = plan_of(client, asked())
    (step,) = plan["steps"]
    assert (step["fault"], step["crew"], step["work_hours"], step["hours_assumed"]) == ("e-bus", "team-1", 3, False)
    assert step["travel_hours"] > 0
    assert step["depart_at"] == "2026-01-12T08:00:00+08:00"
    assert step["depart_at"] < step["arrive_at"] <= step["start_at"] < step["done_at"] < "2026-01-12T12:00:00+08:00"
    assert plan["crews"][0]["faults"] == ["e-bus"]
    assert plan["open_faults"] == []


def test_the_incident_of_the_plan_shows_the_picture_after_the_repair(client: FlaskClient) -> None:
    plan = plan_of(client, asked())
    repaired = {**plan["incident"], "at": plan["steps"][0]["done_at"]}
    before = client.post("/api/assessments", json=plan["incident"]).get_json()
    after = client.post("/api/assessments", json=repaired).get_json()
    assert before["outages"]["electricity"]["customers"] > 0
    assert after["outages"]["electricity"]["customers"] == 0


def test_a_step_fixed_by_hand_is_kept(client: FlaskClient) -> None:
    second = {"id": "team-2", "name": "电力二队", "skills": ["electricity"], "depot": [112.86, 35.5]}
    crews = {"crews": [*one_crew()["crews"], second]}
    assert plan_of(client, asked(crews=crews))["steps"][0]["crew"] == "team-1"
    by_hand = plan_of(client, asked(crews={**crews, "fixed": [{"fault": "e-bus", "crew": "team-2"}]}))
    assert (by_hand["steps"][0]["crew"], by_hand["steps"][0]["fixed"]) == ("team-2", True)


@pytest.mark.parametrize("crews", [{}, {"crews": []}])
def test_without_crews_the_plan_says_that_nobody_can_repair(client: FlaskClient, crews: dict[str, Any]) -> None:
    plan = plan_of(client, {"incident": switched_off(), "crews": crews})
    assert plan["status"] == "nobody_to_repair"
    assert [row["fault"] for row in plan["open_faults"]] == ["e-bus"]


def test_the_same_request_gets_the_same_plan(client: FlaskClient) -> None:
    body = asked(incident={"horizon_hours": 48})
    assert plan_of(client, body) == plan_of(client, body)
    assert plan_of(client, body, "en")["language"] == "en"


def test_restricted_places_stay_out(client: FlaskClient) -> None:
    text = client.post(URL, json=asked()).get_data(as_text=True)
    assert HIDDEN_ID not in text
    assert HIDDEN_NAME not in text


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (asked(incident={"faults": [{"element": "e-0"}]}), ("invalid_incident", ["incident.faults[0].element"])),
        (asked(incident={"at": "today"}), ("invalid_incident", ["incident.at"])),
        (asked(crews={"seconds": 121}), ("invalid_crews", ["crews.seconds"])),
        (asked(crews={"seconds": True}), ("invalid_crews", ["crews.seconds"])),
        (asked(crews={"surprise": 1}), ("invalid_crews", ["crews.surprise"])),
        (asked(crews={"repairs": [{"fault": "e-0", "hours": 1}]}), ("invalid_crews", ["crews.repairs[0].fault"])),
        (asked({"plan": 3}, {"units": [{}]}), ("invalid_incident", ["incident.plan", "crews.units[0].id"])),
        ({"incident": switched_off()}, ("invalid_incident", ["crews"])),
        ({"incident": [], "crews": {}}, ("invalid_incident", ["incident"])),
        ({"incident": switched_off(), "crews": 7}, ("invalid_crews", ["crews"])),
        ({**asked(), "units": []}, ("invalid_incident", ["units"])),
        ([], ("invalid_incident", [""])),
    ],
)
@pytest.mark.parametrize("route", [URL, "/api/exports/restorations"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_wrong_fields_are_named_with_their_part(
    client: FlaskClient, route: str, body: object, found: tuple[str, list[str]], language: str
) -> None:
    status, code, named = fields(client.post(f"{route}?lang={language}", json=body))
    assert (status, code) == (422, found[0])
    assert set(found[1]) <= set(named)
    assert all(name.split(".")[0].split("[")[0] in {"incident", "crews", "units", ""} for name in named)


def test_other_ways_to_be_wrong_are_answered_as_for_an_assessment(client: FlaskClient) -> None:
    assert client.get(URL).status_code == 405
    assert client.post(URL, data="x", content_type="text/plain").status_code == 415
    assert client.post(URL, data="{", content_type="application/json").status_code == 400
    assert fields(client.post(f"{URL}?lang=fr", json=asked())) == (400, "invalid_query", ["lang"])
    assert fields(client.post("/api/exports/restorations?format=pdf", json=asked()))[1] == "invalid_query"


def rows(answer: TestResponse) -> list[dict[str, str]]:
    assert answer.status_code == 200
    content = answer.get_data()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_plan_as_a_table_holds_every_step(client: FlaskClient) -> None:
    plan = plan_of(client, asked())
    answer = client.post("/api/exports/restorations?format=csv", json=asked())
    name = unquote(answer.headers["Content-Disposition"].partition("filename*=UTF-8''")[2])
    assert name == "示例数据-抢修方案-城区-20260112-0800.csv"
    table = rows(answer)
    assert {row["数据性质"] for row in table} == {"示例数据"}
    kinds = [row["步骤类别"] for row in table]
    counts = (len(plan["switching"]), len(plan["steps"]), len(plan["units"]))
    assert (kinds.count("操作"), kinds.count("抢修"), kinds.count("机动设备")) == counts
    repair = table[kinds.index("抢修")]
    step = plan["steps"][0]
    assert (repair["队伍或设备"], repair["编号"], repair["网络"]) == ("电力一队", "e-bus", "电力")
    assert repair["完成"] == step["done_at"][:16].replace("T", " ")
    assert repair["恢复电力户数"] == str(step["brings_back"]["customers"]["electricity"])
    assert repair["理由"] == step["reason"]
    unit = table[kinds.index("机动设备")]
    assert (unit["队伍或设备"], unit["故障、单位或设备"]) == ("发电车一", plan["units"][0]["facility_name"])
    assert unit["完成"] == plan["units"][0]["ready_at"][:16].replace("T", " ")


def test_a_name_that_looks_like_a_formula_stays_text(client: FlaskClient) -> None:
    slow = asked(crews={"units": [], "repairs": [{"fault": "e-bus", "hours": 10}]})
    content = client.post("/api/exports/restorations?format=csv", json=slow).get_data(as_text=True)
    cells = [cell for line in csv.reader(io.StringIO(content, newline="")) for cell in line]
    assert [cell for cell in cells if cell.startswith(f"'{FORMULA_NAME}")], "the hospital comes back"
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_the_table_follows_the_language(client: FlaskClient) -> None:
    answer = client.post("/api/exports/restorations?format=csv&lang=en", json=asked())
    steps = {row["Step"] for row in rows(answer)}
    assert "Repair" in steps
    assert HIDDEN_ID not in answer.get_data(as_text=True)


@pytest.fixture
def impatient(district_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application that searches for one second at most."""
    app = create_app(replace(settings_for(district_url, tmp_path), limits=Limits(restore_seconds=1)))
    yield app
    app.extensions["webmap"].runtime.store.engine.dispose()


def test_the_server_cuts_a_long_search(impatient: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[float] = []

    def note(_: object, wanted: Any, **__: object) -> dict[str, Any]:
        given.append(wanted.crews.seconds)
        return {}

    monkeypatch.setattr("webmap.api.restorations.restoration_document", note)
    client = impatient.test_client()
    for seconds in (0.5, 120):
        assert client.post(URL, json=asked(crews={"seconds": seconds})).status_code == 200
    assert given == [0.5, 1.0]


def test_who_comes_third_is_asked_to_come_back(impatient: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    entered, go = threading.Semaphore(0), threading.Event()

    def hold(*_: object, **__: object) -> dict[str, Any]:
        entered.release()
        assert go.wait(20)
        return {"held": True}

    monkeypatch.setattr("webmap.api.restorations.restoration_document", hold)
    with ThreadPoolExecutor(2) as pool:
        running = [
            pool.submit(impatient.test_client().post, URL, json=asked(incident={"horizon_hours": hours}))
            for hours in (10, 20)
        ]
        assert entered.acquire(timeout=20)
        assert entered.acquire(timeout=20)
        refused = impatient.test_client().post(f"{URL}?lang=zh", json=asked(incident={"horizon_hours": 30}))
        assert refused.status_code == 503
        assert refused.get_json()["error"]["code"] == "too_busy"
        assert int(refused.headers["Retry-After"]) == 2
        assert impatient.test_client().post("/api/assessments", json=switched_off()).status_code == 200
        go.set()
        assert [answer.result(20).status_code for answer in running] == [200, 200]
    assert impatient.test_client().post(URL, json=asked(incident={"horizon_hours": 30})).status_code == 200
