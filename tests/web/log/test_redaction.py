"""Restricted places in a log: who may not know of them learns that something was, and not what."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.web.log.house import House, error_of, fact
from tests.web.network import HIDDEN_ID, HIDDEN_NAME
from webmap.accounts.roles import Role

WORDS = "二号门岗"
#: Everything that can name a facility, with words that tell of it.
NAMING: list[dict[str, Any]] = [
    fact("fault_located", 1, element=HIDDEN_ID, text=WORDS),
    fact("crew_sent", 2, crew=f"{WORDS}抢修队", element=HIDDEN_ID, task=WORDS),
    fact("unit_placed", 3, facility=HIDDEN_ID, commodity="electricity", unit="site-1"),
    fact("reserve_reported", 4, facility=HIDDEN_ID, commodity="electricity", hours=2),
    fact("repaired", 5, element=HIDDEN_ID),
]


@pytest.fixture
def incident(house: House) -> str:
    """Entries 2 to 6 name the place, 7 and 8 correct them, 9 corrects an open fault into it, 10 is open."""
    found = house.opened(*NAMING)
    open_fault = house.written(found, fact("fault_located", 6, element="e-home"))["length"]
    house.written(
        found,
        fact("correction", 10, corrects=2, replacement=fact("fault_located", 1, element="e-bus"), reason=WORDS),
        fact("correction", 11, corrects=3, replacement=None, reason=WORDS),
        fact(
            "correction", 12, corrects=open_fault, replacement=fact("fault_located", 6, element=HIDDEN_ID), reason="x"
        ),
        fact("fault_located", 13, element="h-flats", text="公开"),
    )
    return found


def texts(house: House, incident: str, who: str) -> str:
    """Return all that the server tells somebody of an incident."""
    paths = ["", "/entries", "/entries?after=6", "/entries?after=7", "/entries?after=8"]
    paths += [f"/log?format={name}&lang={lang}" for name in ("txt", "csv", "json") for lang in ("zh", "en")]
    answers = [house.ask(who, "GET", f"/api/incidents/{incident}{path}") for path in paths]
    assert {answer.status_code for answer in answers} == {200}
    return "".join(answer.get_data(as_text=True) for answer in answers)


def test_who_may_not_know_learns_neither_id_nor_name_nor_words(house: House, incident: str) -> None:
    told = texts(house, incident, Role.OBSERVER)
    for secret in (HIDDEN_ID, HIDDEN_NAME, WORDS):
        assert secret not in told
    assert "限制公开的单位" in told
    assert "a restricted place" in told
    assert "公开" in told


@pytest.mark.parametrize("who", [Role.PLANNER, Role.DUTY_OFFICER, Role.COMMANDER])
def test_who_may_know_learns_all(house: House, incident: str, who: str) -> None:
    told = texts(house, incident, who)
    for secret in (HIDDEN_ID, HIDDEN_NAME, WORDS):
        assert secret in told
    assert "限制公开的单位" not in told


def test_entries_say_what_was_and_not_where(house: House, incident: str) -> None:
    entries = house.entries(incident, who=Role.OBSERVER)["entries"]
    redacted = [entry["number"] for entry in entries if entry["redacted"]]
    assert redacted == [2, 3, 4, 5, 6, 8, 9, 10]
    assert all(entry["fact"] is None for entry in entries if entry["redacted"])
    counts = {entry["number"]: entry["counts"]["said"] for entry in entries if entry["counts"]}
    assert counts == {2: "节点 e-bus 故障", 7: "限制公开的单位故障"}
    said = {entry["number"]: entry["said"] for entry in entries}
    assert said[2] == "限制公开的单位故障"
    assert said[3] == "派出抢修队伍前往限制公开的单位"
    assert said[4] == "发电车到位，向限制公开的单位供电"
    assert said[6] == "限制公开的单位修复"
    assert said[8] == "更正第 2 条（涉及限制公开的单位）"
    assert said[9] == "撤回第 3 条（涉及限制公开的单位）"
    assert said[11] == "节点 h-flats 故障：公开"
    everything = house.entries(incident, who=Role.DUTY_OFFICER)["entries"]
    assert [entry["number"] for entry in everything] == [entry["number"] for entry in entries]
    assert not any(entry["redacted"] for entry in everything)


def test_a_correction_is_redacted_when_it_is_read_without_what_it_corrects(house: House, incident: str) -> None:
    for number in (7, 8):
        entry = house.entries(incident, number, who=Role.OBSERVER)["entries"][0]
        assert (entry["number"], entry["redacted"]) == (number + 1, True)


def test_the_picture_leaves_the_place_out_and_counts_it(house: House, incident: str) -> None:
    view = house.view(incident, who=Role.OBSERVER)
    assert [fault["element"] for fault in view["document"]["faults"]] == ["e-bus", "h-flats"]
    assert view["hidden"] == 1
    assert "placements" not in view["document"]
    assert (view["crews"], view["units"], view["reserves"]) == ([], [], [])
    assert set(view["faults"]) == {"e-bus", "h-flats"}
    # What is left can be assessed by who sees it.
    assert house.ask(Role.OBSERVER, "POST", "/api/assessments", json=view["document"]).status_code == 200
    full = house.view(incident, who=Role.COMMANDER)
    assert full["hidden"] == 0
    assert HIDDEN_ID in full["faults"]


def test_a_place_that_is_gone_from_the_data_stays_hidden(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    incident = house.opened(fact("fault_located", 1, element=HIDDEN_ID), fact("fault_located", 1, element="e-bus"))
    runtime = house.app.extensions["webmap"].runtime
    snapshot = runtime.snapshot()
    frames = dict(snapshot.frames)
    frames["facilities"] = frames["facilities"][frames["facilities"]["id"] != HIDDEN_ID].reset_index(drop=True)
    frames["supplies"] = frames["supplies"][frames["supplies"]["facility_id"] != HIDDEN_ID].reset_index(drop=True)
    without = type(snapshot)("another version", frames)
    monkeypatch.setattr(runtime, "snapshot", lambda _version=None: without)
    told = json.dumps([house.view(incident, who=Role.OBSERVER), house.entries(incident, who=Role.OBSERVER)])
    assert HIDDEN_ID not in told
    assert "e-bus" in told
    # Who may know reads the id, and can write that it was repaired, though the data hold it no longer.
    assert house.entries(incident)["entries"][1]["said"] == f"{HIDDEN_ID} 故障"
    assert house.write(incident, fact("repaired", 9, element=HIDDEN_ID)).status_code == 201
    assert house.write(incident, fact("fault_located", 9, element=HIDDEN_ID)).status_code == 422


@pytest.mark.parametrize("one", NAMING, ids=[one["kind"] for one in NAMING])
def test_who_writes_without_the_right_is_told_of_a_place_that_is_not_there(
    house: House, one: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    incident = house.opened()
    monkeypatch.setattr("webmap.accounts.viewer.Viewer.sees_restricted", property(lambda _: False))
    missing = json.loads(json.dumps(one).replace(HIDDEN_ID, "f-hidden-0000"))
    answers = [house.write(incident, tried) for tried in (one, missing)]
    assert [answer.status_code for answer in answers] == [422, 422]
    hidden, gone = (json.dumps(error_of(answer)) for answer in answers)
    assert hidden.replace(HIDDEN_ID, "f-hidden-0000") == gone


def test_a_conflict_tells_no_more_than_the_log(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    incident = house.opened(*NAMING)
    monkeypatch.setattr("webmap.accounts.viewer.Viewer.sees_restricted", property(lambda _: False))
    refused = house.write(incident, fact("note", 9, text="x"), expected_number=1)
    assert refused.status_code == 409
    assert HIDDEN_ID not in refused.get_data(as_text=True)
    assert WORDS not in refused.get_data(as_text=True)
    assert error_of(refused)["length"] == 6


def test_a_correction_of_a_correction_that_named_a_hidden_place_is_hidden_too(house: House) -> None:
    incident = house.opened(fact("fault_located", 5, element="e-home"), who=Role.COMMANDER)
    named = fact("fault_located", 5, element=HIDDEN_ID)
    back = fact("fault_located", 5, element="e-home")
    for replacement, reason in ((named, "现场更正"), (back, "不是密文营区，是居民"), (back, "又看一遍")):
        corrected = fact("correction", 6, corrects=2, replacement=replacement, reason=reason)
        house.written(incident, corrected, who=Role.COMMANDER)
    seen = house.entries(incident, who=Role.OBSERVER)["entries"]
    assert [entry["redacted"] for entry in seen] == [False, False, True, True, True]
    assert "密文" not in str(seen)
    later = house.entries(incident, 3, who=Role.OBSERVER)["entries"]
    assert [entry["redacted"] for entry in later] == [True, True]
