"""The route of an incident's film, asked as clients ask it."""

from __future__ import annotations

import json

import pytest

from tests.web.log.house import House, build_house, error_of, fact
from tests.web.network import HIDDEN_ID, HIDDEN_NAME
from tests.web.published import hold_to
from webmap.accounts.roles import Role

WORDS = "二号门岗"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build_house(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def incident(house: House) -> str:
    found = house.opened(
        fact("fault_located", 5, element="e-source"), fact("fault_located", 6, element=HIDDEN_ID, text=WORDS)
    )
    house.written(found, fact("repaired", 50, element="e-source"))
    return found


@pytest.mark.parametrize("mode", ["known", "believed"])
def test_the_film_is_as_published(house: House, incident: str, mode: str) -> None:
    answer = house.get(f"/api/incidents/{incident}/film?mode={mode}")
    hold_to("film", answer)
    assert (answer["incident"]["id"], answer["mode"], answer["known"]) == (incident, mode, 4)
    assert len(answer["entries"]) == 4
    assert answer["moments"]


def test_who_may_not_know_of_a_place_finds_it_nowhere(house: House, incident: str) -> None:
    seen = house.get(f"/api/incidents/{incident}/film?mode=known", Role.DUTY_OFFICER)
    assert HIDDEN_ID in [row["id"] for row in seen["facilities"]]
    films = [house.get(f"/api/incidents/{incident}/film?mode={mode}", Role.OBSERVER) for mode in ("known", "believed")]
    told = json.dumps(films, ensure_ascii=False)
    for secret in (HIDDEN_ID, HIDDEN_NAME, WORDS):
        assert secret not in told
    assert "e-home" in told


def test_its_making_is_told_and_it_is_made_once(house: House, incident: str) -> None:
    house.written(incident, fact("note", 55, text="继续观察"))
    answer = house.ask(Role.DUTY_OFFICER, "GET", f"/api/incidents/{incident}/film?progress=1")
    lines = [json.loads(line) for line in answer.get_data(as_text=True).splitlines()]
    assert {line["stage"] for line in lines[:-1]} == {"film"}
    assert lines[-1]["answer"]["bytes"] > 0
    # What is kept needs no steps.
    again = house.ask(Role.COMMANDER, "GET", f"/api/incidents/{incident}/film?progress=1").get_data(as_text=True)
    assert [json.loads(line) for line in again.splitlines()] == lines[-1:]
    assert len(house.ask("commander", "GET", f"/api/incidents/{incident}/film").data) == lines[-1]["answer"]["bytes"]


def test_another_mode_is_refused_with_those_that_there_are(house: House, incident: str) -> None:
    answer = house.ask(Role.DUTY_OFFICER, "GET", f"/api/incidents/{incident}/film?mode=both")
    assert answer.status_code == 400
    assert "believed" in json.dumps(error_of(answer), ensure_ascii=False)


def test_an_unknown_incident_is_told(house: House) -> None:
    assert house.ask(Role.DUTY_OFFICER, "GET", "/api/incidents/nothing/film").status_code == 404
