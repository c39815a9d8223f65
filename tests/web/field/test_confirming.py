"""A duty officer's answer: what it writes into the log, and that it is written once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.field.pictures import saved, two_halves
from tests.web.field.reporting import REPORTS, confirm, listed, photo, sent, shown
from tests.web.log.house import OTHER_PLAN, ROAD, House, after, error_of, fact
from tests.web.network import HIDDEN_ID, HIDDEN_NAME
from webmap.accounts.roles import Role
from webmap.field.reports import FieldReports


def confirmed(house: House, report: Any, **body: Any) -> Any:
    """Confirm a report; returns the entries that it became."""
    answer = confirm(house, report["id"], **body)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    last = answer.get_json()["answers"][-1]
    entries = house.entries(last["incident"])["entries"]
    return [entry for entry in entries if entry["number"] in last["entries"]]


def test_a_broken_element_becomes_a_fault_of_the_duty_officer_that_names_who_reported(house: House) -> None:
    incident = house.opened()
    report = sent(house, incident=incident, element="e-hospital", text="箱变冒烟", photos=[photo(saved(two_halves()))])
    [entry] = confirmed(house, report)
    assert (entry["kind"], entry["author"], entry["happened_at"]) == ("fault_located", "duty.officer同志", after(30))
    assert entry["fact"]["element"] == "e-hospital"
    assert entry["fact"]["field_report"] == report["id"]
    assert "field同志从现场报告：漏气" in entry["said"]
    assert "箱变冒烟" in entry["said"]
    assert house.view(incident)["document"]["faults"][0]["element"] == "e-hospital"
    picture = shown(house, report["id"])["photos"][0]["url"]
    # What became part of the log is seen by its readers.
    assert house.ask(Role.OBSERVER, "GET", picture).mimetype == "image/jpeg"
    assert shown(house, report["id"], Role.OBSERVER)["suggested"] is None


def test_without_an_element_it_becomes_a_note_and_a_blocked_road_is_closed(house: House) -> None:
    incident = house.opened()
    [note] = confirmed(house, sent(house, incident=incident, text="路边有气味"))
    assert note["kind"] == "note"
    assert "112.82200, 35.50010" in note["said"]
    road = sent(house, incident=incident, what="road", element=ROAD, text="树倒了")
    assert [entry["kind"] for entry in confirmed(house, road)] == ["road_closed", "note"]
    assert house.view(incident)["document"]["closed_roads"] == [ROAD]


def test_what_is_written_can_be_changed_before(house: House) -> None:
    incident = house.opened()
    report = sent(house, incident=incident, element="e-hospital")
    other = fact("fault_located", 25, element="e-home", text="核实为住宅变压器")
    [entry] = confirmed(house, report, facts=[other])
    assert (entry["fact"]["element"], entry["happened_at"]) == ("e-home", after(25))
    assert entry["fact"]["field_report"] == report["id"]


def test_a_report_of_no_incident_is_put_into_one_or_opens_one(house: House) -> None:
    assert error_of(confirm(house, sent(house)["id"]))["problems"][0]["field"] == "incident"
    incident = house.opened()
    assert confirmed(house, sent(house, text="随后"), incident=incident)
    report = sent(house, what="burst", element="h-valve", text="喷水", township="140502001")
    name = shown(house, report["id"])["suggested_name"]
    assert name == "节点 h-valve爆管"
    entries = confirmed(house, report, open={"name": name})
    assert [entry["kind"] for entry in entries] == ["reported", "fault_located"]
    assert {entry["fact"]["field_report"] for entry in entries} == {report["id"]}
    opened = shown(house, report["id"])["incident"]
    assert (opened["name"], opened["drill"]) == (name, False)


def test_what_is_known_already_is_linked_and_nothing_is_written(house: House) -> None:
    incident = house.opened(fact("fault_located", 10, element="e-hospital"))
    length = house.view(incident)["length"]
    report = sent(house, incident=incident, element="e-hospital")
    assert error_of(confirm(house, report["id"], entries=[99]))["rule"] == "no_such_entry"
    answer = confirm(house, report["id"], entries=[2]).get_json()["answers"][-1]
    assert (answer["entries"], answer["known_before"]) == ([2], True)
    assert house.view(incident)["length"] == length


def test_confirmed_once_whoever_presses(house: House) -> None:
    incident = house.opened()
    report = sent(house, incident=incident, element="e-hospital")
    confirmed(house, report)
    length = house.view(incident)["length"]
    refused = confirm(house, report["id"], Role.OFFICE_DIRECTOR)
    assert (refused.status_code, error_of(refused)["rule"]) == (409, "answered_already")
    assert "duty.officer同志" in error_of(refused)["message"]
    assert house.view(incident)["length"] == length
    assert report["id"] not in {item["id"] for item in listed(house)}


def test_what_was_written_before_a_failure_is_not_written_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    incident = house.opened()
    report = sent(house, incident=incident, element="e-hospital")

    def fail(*_: Any, **__: Any) -> Any:
        raise OSError("the disk is full")

    with monkeypatch.context() as failing:
        failing.setattr(FieldReports, "answer", fail)
        assert confirm(house, report["id"]).status_code == 500
    length = house.view(incident)["length"]
    assert shown(house, report["id"])["state"] == "waiting"
    [entry] = confirmed(house, report)
    assert entry["number"] == length
    assert house.view(incident)["length"] == length


def test_what_one_wrote_before_a_failure_no_other_writes_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    incident = house.opened()
    report = sent(house, incident=incident, element="e-hospital")
    written = FieldReports.answer
    with monkeypatch.context() as failing:
        failing.setattr(FieldReports, "answer", None)
        assert confirm(house, report["id"]).status_code == 500
    assert FieldReports.answer is written
    length = house.view(incident)["length"]
    other = [fact("note", 40, text="核实无误")]
    answer = confirm(house, report["id"], Role.OFFICE_DIRECTOR, facts=other, incident=incident)
    assert answer.get_json()["answers"][-1]["entries"] == [length]
    assert house.view(incident)["length"] == length


def test_what_was_withdrawn_does_not_count_as_written(house: House) -> None:
    incident = house.opened()
    report = sent(house, incident=incident, text="井盖")
    house.written(incident, fact("note", 20, text="记早了", field_report=report["id"]))
    house.written(incident, fact("correction", 21, corrects=2, replacement=None, reason="未核实"))
    [entry] = confirmed(house, report)
    assert (entry["number"], entry["kind"]) == (4, "note")


def test_an_incident_opened_with_a_changed_note_begins_in_its_words(house: House) -> None:
    report = sent(house, text="有气味")
    [entry] = confirmed(house, report, facts=[fact("note", 30, text="核实：下水道气味")], open={"name": "气味"})
    assert entry["kind"] == "reported"
    assert "核实：下水道气味" in entry["said"]


def test_real_reports_and_drills_stay_apart_and_so_do_plans(house: House) -> None:
    real, drill = house.opened(), house.opened(drill=True, name="演练")
    exercise = sent(house, incident=drill, element="e-hospital")
    assert exercise["drill"]
    for report, incident in ((exercise, real), (sent(house, incident=real), drill)):
        assert error_of(confirm(house, report["id"], incident=incident))["rule"] == "drill_apart"
    assert error_of(confirm(house, exercise["id"], open={"name": "误开"}))["rule"] == "drill_apart"
    other = house.opened(plan=OTHER_PLAN, name="供热")
    assert error_of(confirm(house, sent(house)["id"], incident=other))["rule"] == "other_plan"
    confirmed(house, exercise)
    assert house.view(real)["document"].get("faults", []) == []


def test_who_may_not_record_for_the_plan_answers_nothing(house: House) -> None:
    who = house.join("duty-heating", Role.DUTY_OFFICER, plan=OTHER_PLAN)
    report = sent(house, text="只属能源预案")
    assert confirm(house, report["id"], who).status_code == 404
    assert "只属能源预案" not in {item["text"] for item in listed(house, who=who)}
    assert house.ask(Role.PLANNER, "POST", f"{REPORTS}/{report['id']}/confirm", json={}).status_code == 403


def test_the_log_hides_a_restricted_place_and_with_it_the_photograph(house: House) -> None:
    incident = house.opened()
    report = sent(house, Role.DUTY_OFFICER, incident=incident, element=HIDDEN_ID, photos=[photo(saved(two_halves()))])
    [entry] = confirmed(house, report)
    seen = house.entries(incident, who=Role.OBSERVER)["entries"][entry["number"] - 1]
    assert (seen["redacted"], seen["fact"]) == (True, None)
    assert HIDDEN_NAME not in seen["said"]
    for path in (report["photos"][0]["url"], f"{REPORTS}/{report['id']}"):
        assert house.ask(Role.OBSERVER, "GET", path).status_code == 404


def test_an_incident_opened_from_a_restricted_place_tells_observers_neither_words_nor_place(house: House) -> None:
    told = {"element": HIDDEN_ID, "text": "油罐旁有火光", "position": [112.98981, 35.57702]}
    report = sent(house, Role.DUTY_OFFICER, what="gas_leak", **told)
    name = shown(house, report["id"])["suggested_name"]
    entries = confirmed(house, report, open={"name": name})
    assert "油罐旁有火光" in entries[1]["said"]
    incident = shown(house, report["id"])["incident"]["id"]
    for path in (f"/api/incidents/{incident}/entries?after=0", f"/api/incidents/{incident}"):
        seen = house.ask(Role.OBSERVER, "GET", path).get_data(as_text=True)
        for secret in ("油罐旁有火光", "112.98981", "35.57702", HIDDEN_NAME, HIDDEN_ID):
            assert secret not in seen, secret
        assert "漏气" in seen


def test_a_blocked_road_at_a_restricted_place_becomes_a_note_without_the_place(house: House) -> None:
    incident = house.opened()
    told = {"element": HIDDEN_ID, "text": "门前树倒了", "position": [112.98981, 35.57702]}
    [note] = confirmed(house, sent(house, Role.DUTY_OFFICER, incident=incident, what="road", **told))
    assert note["kind"] == "note"
    assert note["said"] == "duty.officer同志从现场报告：道路不通"


def test_a_correction_keeps_the_report_and_old_entries_say_what_they_said(house: House) -> None:
    incident = house.opened(fact("note", 5, text="没有现场报告"))
    report = sent(house, incident=incident, element="e-hospital")
    [entry] = confirmed(house, report)
    correction = {
        "kind": "correction",
        "happened_at": after(40),
        "corrects": entry["number"],
        "replacement": {**entry["fact"], "element": "e-home"},
        "reason": "核对位置",
    }
    house.written(incident, correction)
    last = house.entries(incident)["entries"][-1]
    assert last["fact"]["replacement"]["field_report"] == report["id"]
    assert "field_report" not in house.entries(incident)["entries"][1]["fact"]
    parts = house.app.extensions["webmap"]
    assert parts.journal.verify(incident)[1] == []


def test_how_many_wait_is_counted_by_plan_and_incident(house: House) -> None:
    engine = house.app.extensions["webmap"].runtime.store.engine
    reports = FieldReports(engine)
    incident = house.opened(plan=OTHER_PLAN, name="供热")
    before = {item.incident: item.count for item in reports.waiting([OTHER_PLAN])}
    for _ in range(2):
        sent(house, plan=OTHER_PLAN, incident=incident)
    sent(house, plan=OTHER_PLAN)
    after_all = {item.incident: item.count for item in reports.waiting([OTHER_PLAN])}
    assert after_all[incident] == 2
    assert after_all[None] == before.get(None, 0) + 1
    assert reports.waiting([]) == []
