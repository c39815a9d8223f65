"""An incident at a moment: its present, its past, what was believed, and the numbers behind what is shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.web.log.house import PLAN, ROAD, House, after, error_of, fact
from webmap.accounts.roles import Role

SQUARE = {"type": "Polygon", "coordinates": [[[112.81, 35.49], [112.83, 35.49], [112.83, 35.51], [112.81, 35.49]]]}

FAULT = fact("fault_located", 2, element="e-bus")


def quoted(minutes: float) -> str:
    return after(minutes).replace("+", "%2B")


def faults(view: Any) -> list[str]:
    return [fault["element"] for fault in view["document"].get("faults", [])]


def test_the_present_of_a_real_incident_is_the_clocks(house: House) -> None:
    incident = house.opened(fact("fault_located", 20, element="e-bus"))
    view = house.view(incident)
    assert (view["at"], view["document"]["at"], view["began_at"]) == (after(60), after(60), after(0))
    house.now += timedelta(hours=2)
    assert house.view(incident)["at"] == after(180)
    # A browser's clock a little ahead of ours: what it wrote is in the picture at once.
    house.written(incident, fact("fault_located", 183, element="e-home"))
    assert faults(house.view(incident)) == ["e-bus", "e-home"]
    assert house.view(incident)["at"] == after(183)


def test_the_present_of_an_ended_incident_is_its_end_until_something_breaks_again(house: House) -> None:
    incident = house.opened(fact("fault_located", 5, element="e-source"), fact("repaired", 20, element="e-source"))
    running = house.view(incident)["at"]
    house.written(incident, fact("closed", 30, reason="误报"))
    ended = house.view(incident)
    assert (ended["at"], ended["phase"], ended["may"]["record"]) == (after(30), "ended", True)
    assert ended["at"] < running == house.now.isoformat()
    house.written(incident, fact("fault_located", 40, element="e-source"))
    assert house.view(incident)["at"] == running


def test_the_present_of_a_drill_is_what_happened_last_in_it(house: House) -> None:
    incident = house.opened(fact("fault_located", 20, element="e-bus"), drill=True)
    assert house.view(incident)["at"] == after(20)
    house.written(incident, fact("note", 7 * 24 * 60, text="演练到第八天"))
    view = house.view(incident)
    assert view["at"] == after(7 * 24 * 60)
    assert view["may"]["record"]
    assert not house.view(incident, f"?at={quoted(19)}")["may"]["record"]
    assert view["incident"]["drill"] is True


def test_the_picture_follows_the_facts_and_can_be_assessed(house: House) -> None:
    incident = house.opened(
        fact("fault_located", 1, element="e-bus"),
        fact("device_operated", 2, device="e-sw1", action="open"),
        fact("device_operated", 3, device="e-tie", action="close", outcome="stuck"),
        fact("unit_placed", 4, facility="f-hospital", commodity="electricity", unit="site-1"),
        fact("reserve_reported", 5, facility="f-plant", commodity="electricity", hours=1.5),
        fact("road_closed", 6, road=ROAD),
        fact("figure_reported", 7, figure="coal_stock_share", value=0.35),
        fact("area_drawn", 8, area=SQUARE, networks=["heat"]),
        fact("area_drawn", 9, townships=["140502002"], networks=["heat"]),
        fact("repaired", 10, element="e-bus"),
        fact("crew_sent", 11, crew="一队", element="e-bus", task="换线"),
        fact("measure_done", 12, measure="派人值守", unit="发改科技局", clause="4.2.1(2)"),
        fact("repaired", 13, element="e-home"),
        client_key=None,
    )
    house.written(
        incident, fact("priority_ordered", 14, office="指挥长", categories=["school"], reason="x"), who="commander"
    )
    view = house.view(incident)
    assert view["document"] == {
        "plan": PLAN,
        "at": after(60),
        "faults": [{"element": "e-bus", "at": after(1)}],
        "repairs": [{"element": "e-bus", "at": after(10)}],
        "area_at": after(8),
        "networks": ["heat"],
        "area_townships": ["140502002"],
        "figures": {"coal_stock_share": 0.35},
        "operations": [{"device": "e-sw1", "action": "open", "at": after(2)}],
        "inoperable": ["e-tie"],
        "placements": [{"facility": "f-hospital", "commodity": "electricity", "at": after(4), "unit": "site-1"}],
        "closed_roads": [ROAD],
        "reserves": [{"facility": "f-plant", "commodity": "electricity", "hours": 1.5, "at": after(5)}],
        "priority_order": {"categories": ["school"], "reason": "x"},
        "started_at": after(1),
    }
    assert view["faults"] == {"e-bus": 2}
    assert view["area_entries"] == [9, 10]
    assert view["entries_of"] == {
        "repaired e-bus": 11,
        "placed f-hospital electricity": 5,
        f"operated e-sw1 {after(2)}": 3,
        "stuck e-tie": 4,
        f"closed {ROAD}": 7,
        "figure coal_stock_share": 8,
        "reserve f-plant electricity": 6,
        "priority_order": 15,
    }
    assert view["without_effect"] == [14]
    assert view["units"] == [
        {"unit": "site-1", "facility": "f-hospital", "commodity": "electricity", "at": after(4), "number": 5}
    ]
    assert view["crews"] == [{"crew": "一队", "element": "e-bus", "task": "换线", "at": after(11), "number": 12}]
    assert view["measures"] == [
        {"measure": "派人值守", "unit": "发改科技局", "clause": "4.2.1(2)", "at": after(12), "number": 13}
    ]
    assert view["reserves"][0]["hours"] == 1.5
    assessed = house.ask(Role.COMMANDER, "POST", "/api/assessments", json=view["document"])
    assert assessed.status_code == 200, assessed.get_data(as_text=True)


def test_every_number_behind_the_picture_withdraws_what_it_shows(house: House) -> None:
    incident = house.opened(
        fact("fault_located", 1, element="e-bus"),
        fact("repaired", 2, element="e-bus"),
        fact("device_operated", 3, device="e-sw1", action="open"),
        fact("device_operated", 4, device="e-tie", action="close", outcome="stuck"),
        fact("unit_placed", 5, facility="f-hospital", commodity="electricity"),
        fact("reserve_reported", 6, facility="f-plant", commodity="electricity", hours=1.5),
        fact("road_closed", 7, road=ROAD),
        fact("figure_reported", 8, figure="coal_stock_share", value=0.35),
        fact("area_drawn", 9, townships=["140502002"], networks=["heat", "water"]),
        fact("area_drawn", 10, area=SQUARE, networks=["heat", "water"]),
        fact("repaired", 11, element="area/heat"),
    )
    view = house.view(incident)
    numbers = {*view["faults"].values(), *view["area_entries"], *view["entries_of"].values()}
    assert numbers == set(range(2, 13))
    withdrawals = [fact("correction", 20, corrects=n, replacement=None, reason="误记") for n in sorted(numbers)]
    house.written(incident, *withdrawals)
    empty = house.view(incident)
    assert empty["document"] == {"plan": PLAN, "at": after(60)}
    assert (empty["faults"], empty["area_entries"], empty["entries_of"]) == ({}, [], {})
    entries = house.entries(incident)["entries"]
    assert all(entry["withdrawn"] for entry in entries[1:12])
    assert [entry["corrected_by"] for entry in entries[1:12]] == list(range(13, 24))


def test_a_late_fact_changes_the_past_and_what_was_believed_stays(house: House) -> None:
    incident = house.opened(fact("fault_located", 10, element="e-bus"))
    house.now += timedelta(hours=1)
    house.written(incident, fact("fault_located", 5, element="e-home"))
    assert faults(house.view(incident, f"?at={quoted(7)}")) == ["e-home"]
    assert faults(house.view(incident, f"?at={quoted(7)}&known=2")) == []
    believed = house.view(incident, "?known=2")
    assert (faults(believed), believed["known"], believed["length"]) == (["e-bus"], 2, 3)
    late = house.entries(incident)["entries"][2]
    assert late["late"] is True
    assert late["written_at"] == "2026-01-12T02:00:00.000000Z"


@pytest.mark.parametrize("query", ["?known=1", f"?at={quoted(30)}", f"?at={quoted(30)}&known=1"])
def test_looking_back_decides_and_writes_nothing(house: House, query: str) -> None:
    view = house.view(house.opened(fact("note", 5, text="x")), query, who=Role.COMMANDER)
    assert set(view["may"].values()) == {False}
    assert view["decisions"] == []


@pytest.mark.parametrize("query", ["", f"?at={quoted(60)}", f"?at={quoted(58)}", f"?at={quoted(600)}", "?known=2"])
def test_the_present_and_what_comes_are_no_past(house: House, query: str) -> None:
    view = house.view(house.opened(fact("note", 5, text="x")), query, who=Role.COMMANDER)
    assert set(view["may"].values()) == {True}
    assert [step["level"] for step in view["decisions"]] == ["III", "II", "I"]


@pytest.mark.parametrize(
    "query", ["at=yesterday", "at=2026-01-12T08:00:00", "known=0", "known=-1", "known=x", "known=²"]
)
def test_a_moment_that_cannot_be_read_is_told(house: House, query: str) -> None:
    answer = house.ask(Role.DUTY_OFFICER, "GET", f"/api/incidents/{house.opened()}?{query}")
    assert (answer.status_code, error_of(answer)["code"]) == (400, "invalid_query")
    assert error_of(answer)["problems"][0]["field"] == query.partition("=")[0]


def test_entries_after_a_number(house: House) -> None:
    incident = house.opened(fact("note", 1, text="一"), fact("note", 2, text="二"))
    house.written(incident, fact("correction", 9, corrects=2, replacement=fact("note", 1, text="壹"), reason="改字"))
    assert [entry["number"] for entry in house.entries(incident, 2)["entries"]] == [3, 4]
    assert house.entries(incident, 4)["entries"] == []
    assert house.entries(incident, 4)["length"] == 4
    assert house.entries(incident, 99)["entries"] == []
    correction = house.entries(incident, 3)["entries"][0]
    assert (correction["corrects"], correction["group"], correction["withdrawn"]) == (2, "other", False)
    assert correction["said"] == "更正第 2 条为“2026-01-12 08:01 壹”，原因：改字"
    assert correction["fact"]["replacement"]["happened_at"] == after(1)
    assert house.entries(incident, 1)["entries"][0]["corrected_by"] == 4


def test_a_corrected_entry_says_what_counts_now(house: House) -> None:
    incident = house.opened(FAULT, fact("note", 3, text="甲"), fact("note", 4, text="乙"))
    earlier = fact("fault_located", 1, element="e-home", text="看清了", clause="4.2.1")
    house.written(
        incident,
        fact("correction", 20, corrects=2, replacement=earlier, reason="看错"),
        fact("correction", 21, corrects=3, replacement=None, reason="误记"),
    )
    counts = [entry["counts"] for entry in house.entries(incident)["entries"]]
    assert counts[1] == {"happened_at": after(1), "said": "节点 e-home 故障：看清了（4.2.1）", "clause": "4.2.1"}
    assert [number for number, one in enumerate(counts, start=1) if one is not None] == [2]
    # The latest correction counts.
    house.written(incident, fact("correction", 22, corrects=2, replacement=None, reason="误记"))
    assert house.entries(incident)["entries"][1]["counts"] is None


def test_what_was_corrected_later_was_not_known_before(house: House) -> None:
    incident = house.opened(FAULT)
    for minute in (1, 0):
        replacement = fact("fault_located", minute, element="e-bus")
        house.written(incident, fact("correction", 20, corrects=2, replacement=replacement, reason="看错"))
    house.written(incident, fact("correction", 21, corrects=2, replacement=None, reason="误记"))

    def fault(known: int | None) -> tuple[int | None, str | None, bool]:
        entry = house.entries(incident, 1, known=known)["entries"][0]
        return entry["corrected_by"], entry["counts"] and entry["counts"]["happened_at"], entry["withdrawn"]

    assert [fault(known) for known in (2, 3, 4, 5, 9, None)] == [
        *((None, None, False), (3, after(1), False), (4, after(0), False)),
        *((5, None, True), (5, None, True), (5, None, True)),
    ]
    then = house.entries(incident, known=3)
    assert (then["length"], [entry["number"] for entry in then["entries"]]) == (5, [1, 2, 3])
    wrong = house.ask(Role.DUTY_OFFICER, "GET", f"/api/incidents/{incident}/entries?known=0")
    assert (wrong.status_code, error_of(wrong)["problems"][0]["field"]) == (400, "known")


def test_the_list_says_when_an_incident_began_as_its_view_does(house: House) -> None:
    """Also where the first entry was corrected, and where what happened first was written last or withdrawn."""
    incident = house.opened(fact("note", 30, text="后来"))

    def began() -> str:
        summary = next(one for one in house.listed() if one["id"] == incident)
        assert summary["began_at"] == house.view(incident)["began_at"]
        return str(summary["began_at"])

    assert began() == after(0)
    house.written(incident, fact("note", -20, text="早先"))
    assert began() == after(-20)
    house.written(incident, fact("correction", 40, corrects=3, replacement=None, reason="误记"))
    assert began() == after(0)
    later = fact("reported", 10, text="东站停电")
    house.written(incident, fact("correction", 41, corrects=1, replacement=later, reason="看错"))
    assert began() == after(10)
    house.written(
        incident,
        fact("correction", 41, corrects=1, replacement=fact("reported", 50, text="东站停电"), reason="看错"),
    )
    assert began() == after(30)
    elsewhere = {**fact("note", 0, text="外地"), "happened_at": "2026-01-12T01:00:00+02:00"}
    house.written(incident, fact("correction", 42, corrects=2, replacement=elsewhere, reason="看错"))
    assert began() == "2026-01-12T01:00:00+02:00"


def test_a_correction_belongs_to_the_group_of_what_it_corrects(house: House) -> None:
    incident = house.opened(fact("fault_located", 1, element="e-bus"))
    house.written(incident, fact("correction", 9, corrects=2, replacement=None, reason="误报"))
    assert house.entries(incident, 2)["entries"][0]["group"] == "damage"


def test_a_fact_is_read_as_it_was_sent_and_can_be_sent_again(house: House) -> None:
    sent = fact("fault_located", 5, element="e-bus", text="断线")
    incident = house.opened(sent)
    read = house.entries(incident)["entries"][1]["fact"]
    assert read == {**sent, "clause": None}
    assert house.write(incident, read).status_code == 201


def test_incidents_are_listed_by_what_became_of_them(house: House) -> None:
    started = fact("level_started", 5, office="办公室主任", level="III", reason="x")
    house.now += timedelta(days=1)  # later than those of other tests
    running = house.opened(name="进行")
    house.now += timedelta(seconds=1)
    drill = house.opened(name="演习", drill=True)
    house.now += timedelta(seconds=1)
    ended = house.opened(name="误报")
    house.written(running, started, who=Role.OFFICE_DIRECTOR)
    house.written(ended, fact("closed", 30, reason="误报"))

    def listed(which: str) -> list[str]:
        return [one["id"] for one in house.listed(which)]

    assert listed("all")[:3] == [ended, drill, running]
    assert running in listed("running")
    assert ended not in listed("running")
    assert drill not in listed("running")
    assert ended in listed("ended")
    assert drill in listed("drills")
    one = next(one for one in house.listed() if one["id"] == running)
    assert one == {
        **{"id": running, "plan": PLAN, "name": "进行", "drill": False, "opened_by": "duty.officer同志"},
        **{"opened_at": "2026-01-13T01:00:00.000000Z", "last_written_at": "2026-01-13T01:00:02.000000Z"},
        **{"phase": "responding", "level": "III", "length": 2, "began_at": after(0)},
    }
    wrong = house.ask(Role.DUTY_OFFICER, "GET", "/api/incidents?which=secret")
    assert (wrong.status_code, error_of(wrong)["code"]) == (400, "invalid_query")


def test_the_level_and_who_started_it(house: House) -> None:
    incident = house.opened()
    house.written(
        incident, fact("level_started", 5, office="办公室主任", level="III", reason="冷"), who="office_director"
    )
    house.written(incident, fact("level_changed", 9, office="指挥长", level="II", reason="更冷"), who="commander")
    view = house.view(incident, who=Role.DEPUTY_COMMANDER)
    assert view["phase"] == "responding"
    assert view["started"]["level"] == "III"
    assert view["level"] == {
        **{"number": 3, "level": "II", "at": after(9), "office": "指挥长"},
        **{"author": "commander同志", "reason": "更冷"},
    }
    steps = {(step["kind"], step["level"]): step for step in view["decisions"]}
    assert set(steps) == {("level_changed", "III"), ("level_changed", "I"), ("level_ended", None)}
    assert steps["level_changed", "III"]["mine"] == ["副指挥长"]
    assert steps["level_ended", None]["offices"] == ["指挥长", "副指挥长"]
    assert "指挥长" in steps["level_changed", "I"]["refusal"]["message"]
    assert steps["level_changed", "I"]["refusal"]["clause"] == "4.2.3"
    # Who holds no office is told whose decision it is.
    told = {step["kind"]: step["refusal"]["message"] for step in house.view(incident)["decisions"]}
    assert told["level_ended"] == "“谁启动谁结束”：II 级响应由指挥长或副指挥长宣布结束（4.4）"
    before = house.view(incident, f"?at={quoted(7)}")
    assert before["level"]["level"] == "III"


def test_warnings_that_stand(house: House) -> None:
    incident = house.opened()
    issued = fact("warning_issued", 5, office="副指挥长", level="large", scope="东镇", text="可能停电")
    house.written(incident, issued, who=Role.DEPUTY_COMMANDER)
    (warning,) = house.view(incident)["warnings"]
    assert warning == {
        **{"number": 2, "level": "large", "scope": "东镇", "text": "可能停电"},
        **{"at": after(5), "office": "副指挥长"},
    }
    house.written(incident, fact("warning_lifted", 9, office="指挥长", warning=2), who=Role.COMMANDER)
    assert house.view(incident)["warnings"] == []
    entry = house.entries(incident)["entries"][1]
    assert (entry["group"], entry["clause"]) == ("warning", "3.3")


def test_without_layers_a_log_is_read_by_ids(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    from layers.errors import MissingLayers  # noqa: PLC0415

    incident = house.opened(fact("fault_located", 5, element="e-bus"))
    runtime = house.app.extensions["webmap"].runtime

    def missing(_version: str | None = None) -> None:
        raise MissingLayers("gone")

    monkeypatch.setattr(runtime, "snapshot", missing)
    assert house.entries(incident)["entries"][1]["said"] == "e-bus 故障"
    assert house.written(incident, fact("note", 6, text="照记"))["length"] == 3
    assert house.write(incident, fact("fault_located", 6, element="e-bus")).status_code == 503
