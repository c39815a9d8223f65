"""Writing over HTTP: all or nothing, never twice, on what is there, and told when others were first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update
from werkzeug.test import TestResponse

from tests.web.log.house import House, error_of, fact
from webmap.accounts.roles import Role
from webmap.storage.tables import ENTRIES

NOTE = fact("note", 3, text="风大")
FAULT = fact("fault_located", 2, element="e-bus")


def fields(answer: TestResponse) -> list[str]:
    assert answer.status_code == 422, answer.get_data(as_text=True)
    assert error_of(answer)["code"] == "invalid_entry"
    return [problem["field"] for problem in error_of(answer)["problems"]]


def test_facts_of_one_request_are_written_in_their_order(house: House) -> None:
    incident = house.opened(FAULT)
    answer = house.written(incident, NOTE, fact("repaired", 30, element="e-bus"))
    assert answer["length"] == 4
    assert [(entry["number"], entry["kind"]) for entry in answer["entries"]] == [(3, "note"), (4, "repaired")]
    assert len({entry["written_at"] for entry in answer["entries"]}) == 1


@pytest.mark.parametrize(
    ("wrong", "status", "who"),
    [
        (fact("fault_located", 2, element="nowhere"), 422, Role.COMMANDER),
        (fact("level_ended", 2, office="指挥长"), 409, Role.COMMANDER),
        (fact("note", 600, text="将来"), 409, Role.COMMANDER),
        (fact("priority_ordered", 2, office="指挥长", categories=[], reason="x"), 403, Role.DUTY_OFFICER),
        (fact("figure_reported", 2, figure="no_such_figure", value=1), 422, Role.COMMANDER),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_wrong_fact_keeps_all_from_being_written(
    house: House, wrong: dict[str, Any], status: int, who: Role, place: int
) -> None:
    facts = [NOTE, FAULT]
    facts.insert(place, wrong)
    incident = house.opened()
    answer = house.write(incident, *facts, who=who)
    assert answer.status_code == status
    assert house.entries(incident)["length"] == 1
    if status == 422:
        assert all(field.startswith(f"facts[{place}].") for field in fields(answer))
    if status == 409:
        assert error_of(answer)["place"] == place
    count = len(house.listed())
    assert house.open(*facts, who=who).status_code == status
    assert len(house.listed()) == count


def test_a_repeated_request_finds_what_the_first_wrote(house: House) -> None:
    incident = house.opened()
    first = house.written(incident, NOTE, FAULT, client_key="k-1")
    house.written(incident, fact("note", 9, text="其间"))
    again = house.write(incident, NOTE, FAULT, client_key="k-1")
    assert again.status_code == 200
    assert again.get_json()["entries"] == first["entries"]
    assert again.get_json()["length"] == 4
    assert house.entries(incident)["length"] == 4


@pytest.mark.parametrize("other", [[NOTE], [NOTE, FAULT, NOTE], [FAULT, NOTE], [fact("note", 3, text="别的"), FAULT]])
def test_a_key_is_not_good_for_something_else(house: House, other: list[dict[str, Any]]) -> None:
    incident = house.opened()
    house.written(incident, NOTE, FAULT, client_key="k-1")
    refused = house.write(incident, *other, client_key="k-1")
    assert (refused.status_code, error_of(refused)["code"]) == (409, "client_key_reused")
    refused = house.write(incident, NOTE, FAULT, client_key="k-1", who=Role.COMMANDER)
    assert (refused.status_code, error_of(refused)["code"]) == (409, "client_key_reused")
    assert house.entries(incident)["length"] == 3


def test_a_repeated_opening_finds_the_first(house: House) -> None:
    first = house.open(FAULT, client_key="open-1")
    again = house.open(FAULT, client_key="open-1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.get_json() == first.get_json()
    for changed in ({"name": "别的"}, {"drill": True}):
        refused = house.open(FAULT, client_key="open-1", **changed)
        assert (refused.status_code, error_of(refused)["code"]) == (409, "client_key_reused")
    assert house.open(NOTE, client_key="open-1").status_code == 409
    # The key of another person is another key.
    assert house.open(FAULT, client_key="open-1", who=Role.COMMANDER).status_code == 201


def test_who_expects_another_last_entry_is_told_what_was_written(house: House) -> None:
    incident = house.opened(FAULT)
    house.written(incident, fact("note", 4, text="别人写的"), who=Role.COMMANDER)
    refused = house.write(incident, NOTE, expected_number=2)
    error = error_of(refused)
    assert (refused.status_code, error["code"], error["length"]) == (409, "written_meanwhile", 3)
    assert [(entry["number"], entry["said"]) for entry in error["entries"]] == [(3, "别人写的")]
    assert house.write(incident, NOTE, expected_number=3).status_code == 201


def test_writers_at_once_all_succeed_and_those_who_expect_are_told(house: House) -> None:
    incident = house.opened()
    statuses: list[int] = []

    def write(number: int) -> None:
        expecting = {"expected_number": 1} if number % 2 else {}
        answer = house.write(incident, fact("note", number, text=str(number)), NOTE, **expecting)
        statuses.append(answer.status_code)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Of those who expected to be the first at most one was.
    assert sorted(set(statuses)) in ([201, 409], [201])
    assert 6 <= statuses.count(201) <= 7
    assert house.entries(incident)["length"] == 1 + 2 * statuses.count(201)
    texts = [entry["said"] for entry in house.entries(incident)["entries"][1:]]
    assert set(texts[1::2]) == {"风大"}


UNKNOWN: list[tuple[dict[str, Any], str]] = [
    (fact("fault_located", 2, element="nowhere"), "element"),
    (fact("fault_located", 2, element="s-f-hospital-electricity"), "element"),
    (fact("crew_sent", 2, crew="一队", element="nowhere"), "element"),
    (fact("repaired", 2, element="nowhere"), "element"),
    (fact("repaired", 2, element="area/oil"), "element"),
    (fact("repaired", 2, element="area/"), "element"),
    (fact("device_operated", 2, device="e-bus", action="open"), "device"),
    (fact("device_operated", 2, device="nowhere", action="open"), "device"),
    (fact("unit_placed", 2, facility="e-bus", commodity="electricity"), "facility"),
    (fact("unit_placed", 2, facility="f-hospital", commodity="heat"), "commodity"),
    (fact("unit_placed", 2, facility="f-hospital", commodity="electricity", unit="nowhere"), "unit"),
    (fact("reserve_reported", 2, facility="nowhere", commodity="heat", hours=1), "facility"),
    (fact("reserve_reported", 2, facility="f-hospital", commodity="coal", hours=1), "commodity"),
    (fact("road_closed", 2, road="e-bus"), "road"),
    (fact("area_drawn", 2, townships=["140502001", "140502999"]), "townships[1]"),
    (fact("figure_reported", 2, figure="nothing", value=1), "figure"),
    (fact("figure_reported", 2, figure="customers_out_share", value=45), "value"),
    (fact("priority_ordered", 2, office="指挥长", categories=["nobody"], reason="x"), "categories"),
    (fact("note", 2, text=" "), "text"),
    (fact("gossip", 2, text="x"), "kind"),
    ({"kind": "note", "happened_at": "2026-01-12T08:00:00", "text": "x"}, "happened_at"),
]


@pytest.mark.parametrize(("wrong", "field"), UNKNOWN, ids=[f"{one['kind']}-{field}" for one, field in UNKNOWN])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_not_there_is_named_with_its_remedy(
    house: House, wrong: dict[str, Any], field: str, language: str
) -> None:
    path = f"/api/incidents/{house.opened()}/entries?lang={language}"
    answer = house.ask(Role.COMMANDER, "POST", path, json={"facts": [NOTE, wrong]})
    assert fields(answer) == [f"facts[1].{field}"]
    problem = error_of(answer)["problems"][0]
    assert problem["message"]
    assert problem["remedy"]
    assert "{" not in problem["message"] + problem["remedy"]


def test_a_correction_is_checked_as_what_it_says_instead(house: House) -> None:
    incident = house.opened(FAULT)
    elsewhere = fact("fault_located", 2, element="nowhere")
    answer = house.write(incident, fact("correction", 9, corrects=2, replacement=elsewhere, reason="看错"))
    assert fields(answer) == ["facts[0].replacement.element"]


def test_a_unit_is_a_site_or_the_unit_that_starts_there(house: House) -> None:
    incident = house.opened()
    for unit in ("site-1", "unit-site-1"):
        placed = fact("unit_placed", 5, facility="f-hospital", commodity="electricity", unit=unit)
        said = house.written(incident, placed)["entries"][0]["said"]
        assert said == "发电车到位，向=HYPERLINK(1)医院供电"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([], ""),
        ({}, "facts"),
        ({"facts": {}}, "facts"),
        ({"facts": []}, "facts"),
        ({"facts": [NOTE] * 2_001}, "facts"),
        ({"facts": ["note"]}, "facts[0]"),
        ({"facts": [NOTE], "surprise": 1}, "surprise"),
        ({"facts": [NOTE], "client_key": 7}, "client_key"),
        ({"facts": [NOTE], "client_key": ""}, "client_key"),
        ({"facts": [NOTE], "client_key": "a\u001f2"}, "client_key"),
        ({"facts": [NOTE], "expected_number": "1"}, "expected_number"),
        ({"facts": [NOTE], "expected_number": True}, "expected_number"),
        ({"facts": [NOTE], "expected_number": -1}, "expected_number"),
    ],
)
def test_a_body_of_another_form_is_told_by_field(house: House, body: Any, field: str) -> None:
    incident = house.opened()
    answer = house.ask(Role.DUTY_OFFICER, "POST", f"/api/incidents/{incident}/entries", json=body)
    assert fields(answer) == [field]
    assert house.entries(incident)["length"] == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"plan": 1}, "plan"),
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"drill": "yes"}, "drill"),
        ({"facts": []}, "facts"),
        ({"expected_number": 1}, "expected_number"),
    ],
)
def test_an_opening_of_another_form_is_told_by_field(house: House, change: dict[str, Any], field: str) -> None:
    assert fields(house.open(**change)) == [field]


def test_an_incident_begins_with_a_report_under_a_plan_that_there_is(house: House) -> None:
    refused = house.open(facts=[NOTE])
    assert (refused.status_code, error_of(refused)["rule"]) == (409, "opening_not_reported")
    unknown = house.open(plan="energy-mars")
    assert (unknown.status_code, error_of(unknown)["code"]) == (404, "unknown_plan")


@pytest.mark.parametrize("path", ["", "/entries", "/log", "?known=1"])
def test_an_incident_that_there_is_not(house: House, path: str) -> None:
    answer = house.ask(Role.DUTY_OFFICER, "GET", f"/api/incidents/nothing{path}")
    assert (answer.status_code, error_of(answer)["code"]) == (404, "unknown_incident")
    assert error_of(house.write("nothing", NOTE))["code"] == "unknown_incident"


def test_a_time_ahead_is_for_drills(house: House) -> None:
    ahead = fact("note", 24 * 60, text="明天")
    assert error_of(house.write(house.opened(), ahead))["rule"] == "not_yet_happened"
    assert house.write(house.opened(drill=True), ahead).status_code == 201


def test_an_entry_that_cannot_be_read_is_named_and_writing_goes_on(house: House) -> None:
    incident = house.opened(FAULT)
    with house.engine.begin() as connection:
        number_2 = (ENTRIES.c.incident_id == incident) & (ENTRIES.c.number == 2)
        connection.execute(update(ENTRIES).where(number_2).values(kind="telepathy"))
    forget(house)
    answer = house.ask(Role.DUTY_OFFICER, "GET", f"/api/incidents/{incident}")
    assert (answer.status_code, error_of(answer)["code"]) == (500, "unreadable_entry")
    assert "webmap log verify" in error_of(answer)["remedy"]
    assert house.written(incident, NOTE)["length"] == 3


def forget(house: House) -> None:
    """Let the application forget what it has read, as one that starts anew."""
    house.app.extensions["webmap"].logs.forget()


def test_a_log_that_was_replaced_behind_the_server_is_read_anew(house: House) -> None:
    incident = house.opened(NOTE)
    said: Callable[[], list[str]] = lambda: [entry["said"] for entry in house.entries(incident)["entries"]]  # noqa: E731
    assert said()[1] == "风大"
    with house.engine.begin() as connection:
        number_2 = (ENTRIES.c.incident_id == incident) & (ENTRIES.c.number == 2)
        body = '{"text":"另一个备份"}'
        connection.execute(update(ENTRIES).where(number_2).values(body=body, hash="0" * 64))
    assert said()[1] == "另一个备份"


def test_what_is_written_in_english_is_refused_in_english(house: House) -> None:
    path = f"/api/incidents/{house.opened()}/entries?lang=en"
    body = {"facts": [fact("level_ended", 5, office="指挥长")]}
    error = error_of(house.ask(Role.COMMANDER, "POST", path, json=body))
    assert error["message"] == "no response is running that could be ended (4.4)"
    assert error["remedy"].startswith("an incident that needs no response")
