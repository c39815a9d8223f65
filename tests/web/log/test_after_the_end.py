"""After a response ended: facts are still written, and the writer is told what new damage asks for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.log.house import ROAD, House, fact
from webmap.accounts.roles import Role

ENDED = "响应已于 08:40 结束；如又发生，请新立事件或重新启动响应"


def ids(house: House, which: str) -> list[str]:
    return [one["id"] for one in house.listed(which)]


@pytest.fixture
def ended(house: House) -> str:
    """An incident whose response ran from the 10th to the 40th minute."""
    incident = house.opened(fact("fault_located", 5, element="e-bus"))
    house.written(
        incident,
        fact("level_started", 10, office="办公室主任", level="III", reason="x"),
        fact("level_ended", 40, office="办公室主任"),
        who=Role.OFFICE_DIRECTOR,
    )
    return incident


@pytest.mark.parametrize(
    "damage",
    [
        fact("fault_located", 50, element="e-home"),
        fact("area_drawn", 50, townships=["140502001"]),
        fact("road_closed", 50, road=ROAD),
    ],
    ids=lambda one: one["kind"],
)
def test_damage_after_the_end_is_written_and_told_of(house: House, ended: str, damage: dict[str, Any]) -> None:
    answer = house.written(ended, damage, fact("note", 51, text="风大"), client_key="late")
    assert answer["notes"] == [ENDED]
    assert house.view(ended)["phase"] == "reported"
    assert ended in ids(house, "running")
    again = house.write(ended, damage, fact("note", 51, text="风大"), client_key="late")
    assert (again.status_code, again.get_json()["notes"]) == (200, [ENDED])


@pytest.mark.parametrize(
    "late",
    [
        fact("fault_located", 30, element="e-home"),
        fact("repaired", 50, element="e-bus"),
        fact("road_closed", 50, road=ROAD, closed=False),
        fact("note", 50, text="值守"),
        fact("correction", 50, corrects=2, replacement=None, reason="误记"),
    ],
    ids=lambda one: one["kind"],
)
def test_what_belongs_to_the_event_that_ended_needs_no_note(house: House, ended: str, late: dict[str, Any]) -> None:
    assert house.written(ended, late)["notes"] == []
    if late["kind"] != "correction":
        assert house.view(ended)["phase"] == "ended"
        assert ended not in ids(house, "running")


def test_a_closed_incident_with_new_damage_runs_until_it_is_closed_again(house: House) -> None:
    incident = house.opened(fact("closed", 10, reason="误报"))
    assert incident in ids(house, "ended")
    house.written(incident, fact("fault_located", 20, element="e-bus"))
    assert incident in ids(house, "running")
    house.written(incident, fact("correction", 30, corrects=3, replacement=None, reason="看错"))
    assert incident in ids(house, "ended")
    house.written(incident, fact("fault_located", 31, element="e-bus"), fact("closed", 40, reason="已修好"))
    assert incident in ids(house, "ended")


def test_a_fault_corrected_to_a_time_after_the_end_is_told_of(house: House, ended: str) -> None:
    moved = fact("fault_located", 45, element="e-bus")
    assert house.written(ended, fact("correction", 50, corrects=2, replacement=moved, reason="看错"))["notes"] == [
        ENDED
    ]


def test_in_a_response_that_was_started_again_nothing_has_ended(house: House, ended: str) -> None:
    house.written(
        ended, fact("level_started", 45, office="办公室主任", level="III", reason="x"), who=Role.OFFICE_DIRECTOR
    )
    assert house.written(ended, fact("fault_located", 50, element="e-home"))["notes"] == []
    assert house.written(ended, fact("fault_located", 43, element="e-sw1"))["notes"] == [ENDED]


def test_a_note_is_in_the_language_asked_and_tells_the_day_where_it_is_another(house: House) -> None:
    incident = house.opened(fact("closed", -600, reason="误报"), drill=True)
    faults = {"facts": [fact("fault_located", 1, element="e-bus"), fact("fault_located", 2, element="e-home")]}
    answer = house.ask(Role.DUTY_OFFICER, "POST", f"/api/incidents/{incident}/entries?lang=en", json=faults)
    assert answer.get_json()["notes"] == [
        "the incident was closed at 2026-01-11 22:00; if it has happened again, open a new incident"
    ]
    assert house.written(house.opened(), fact("fault_located", 50, element="e-home"))["notes"] == []
