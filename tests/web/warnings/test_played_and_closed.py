"""Drills that are played at another time, and incidents that were closed under a draft."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.web.log.house import START
from tests.web.warnings.headquarters import DIRECTOR, DUTY, HEATING, OWN, Headquarters, error_of, fact

WHOLE = {"parts": [{"kind": "townships", "codes": [OWN]}]}
FAR = pytest.mark.parametrize("begins", ["2025-12-01T08:00:00+08:00", "2026-06-01T08:00:00+08:00"])


def played(headquarters: Headquarters, begins: str) -> str:
    later = (datetime.fromisoformat(begins) + timedelta(minutes=10)).isoformat()
    facts = [
        {"kind": "reported", "happened_at": begins, "text": "演练"},
        {"kind": "fault_located", "happened_at": later, "element": "h-source"},
    ]
    answer = headquarters.house.open(plan=HEATING, drill=True, name="演练", facts=facts)
    return str(answer.get_json()["incident"]["id"])


def ids(listed: Any) -> list[str]:
    return [item["id"] for item in listed]


@FAR
def test_a_drill_is_warned_of_at_its_own_time(headquarters: Headquarters, begins: str) -> None:
    incident = played(headquarters, begins)
    present = (datetime.fromisoformat(begins) + timedelta(minutes=10)).isoformat()
    suggested = headquarters.suggested(incident, level="general")["content"]
    assert suggested["starts_at"] == present
    warning = headquarters.taken(headquarters.drafted(incident, level="general", area=WHOLE), "submitted", DUTY)
    warning = headquarters.taken(warning, "issued", DIRECTOR)
    assert (warning["status"], warning["reminders"]) == ("issued", [])
    assert warning["versions"][0]["message"]["sent"] == present
    # The picture at that moment has it, and so has the list.
    entry = headquarters.house.entries(incident)["entries"][-1]
    assert entry["fact"]["happened_at"] == present
    assert len(headquarters.house.view(incident)["warnings"]) == 1
    listed = headquarters.listed(f"?which=current&incident={incident}")
    assert ids(listed) == [warning["id"]]
    assert listed[0]["expires_in_s"] == 24 * 3600
    # When the drill is played on, it runs out.
    late = (datetime.fromisoformat(begins) + timedelta(hours=30)).isoformat()
    headquarters.house.written(incident, {"kind": "note", "happened_at": late, "text": "次日"})
    assert headquarters.read(warning)["status"] == "expired"
    assert headquarters.taken(warning, "lifted", DIRECTOR, reason="恢复")["status"] == "lifted"
    assert headquarters.house.entries(incident)["entries"][-1]["fact"]["happened_at"] == late


@FAR
def test_what_ended_in_the_drill_is_not_issued(headquarters: Headquarters, begins: str) -> None:
    incident = played(headquarters, begins)
    draft = headquarters.drafted(incident, level="general", area=WHOLE)
    late = (datetime.fromisoformat(begins) + timedelta(hours=30)).isoformat()
    headquarters.house.written(incident, {"kind": "note", "happened_at": late, "text": "次日"})
    for kind, who in (("submitted", DUTY), ("issued", DIRECTOR)):
        assert error_of(headquarters.step(draft, kind, who))["rule"] == "warning_expires_past"


def test_of_a_closed_incident_nothing_is_drafted_and_its_drafts_are_past(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    body = {"incident": incident, "content": headquarters.content(incident, level="general"), "client_key": "k-1"}
    draft = headquarters.post("", DUTY, body).get_json()["warning"]
    headquarters.house.now = START + timedelta(hours=2)
    assert ids(headquarters.listed(f"?which=planned&incident={incident}")) == [draft["id"]]
    headquarters.house.written(incident, fact("closed", 119, reason="误报"))
    assert ids(headquarters.listed(f"?which=planned&incident={incident}")) == []
    assert ids(headquarters.listed(f"?which=past&incident={incident}")) == [draft["id"]]
    refused = headquarters.post("", DUTY, {**body, "client_key": "k-2"})
    assert (refused.status_code, error_of(refused)["rule"]) == (409, "warning_incident_ended")
    # The same request once more finds what it wrote.
    assert headquarters.post("", DUTY, body).status_code == 200
