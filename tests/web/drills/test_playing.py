"""A drill that plays itself: each step at its moment, once, by its office, beside what people write."""

from __future__ import annotations

from tests.web.drills.playing import Stage
from tests.web.drills.scripts import KINDS, SHORT, keep
from tests.web.log.house import fact
from webmap.accounts.roles import Role
from webmap.drills.author import script_author_id


def test_each_step_is_taken_when_its_moment_comes(stage: Stage) -> None:
    incident = stage.begun(speed=60)
    assert stage.kinds(incident) == ["reported"]
    stage.turn(4.9)
    assert stage.kinds(incident) == ["reported"]
    stage.turn(0.2)
    assert stage.kinds(incident) == KINDS[:3]
    drill = stage.drill(incident)
    assert (drill["state"], drill["position"], drill["steps"]) == ("playing", 2, 7)
    assert drill["drill_at"] == "2026-01-12T20:05:06+08:00"
    assert drill["next"]["in_s"] == 4.9
    stage.turn(30)
    assert stage.kinds(incident) == KINDS
    assert stage.drill(incident)["state"] == "done"
    assert stage.drill(incident)["next"] is None


def test_entries_have_drill_time_and_the_scripts_name(stage: Stage) -> None:
    incident = stage.begun(speed=600, name="冬季演练")
    stage.turn(60)
    document = stage.house.entries(incident)
    assert document["incident"]["drill"]
    assert document["incident"]["name"] == "冬季演练"
    entries = document["entries"]
    assert {entry["author"] for entry in entries} == {"演练脚本（duty.officer同志）"}
    by_kind = {entry["kind"]: entry for entry in entries}
    assert by_kind["fault_located"]["happened_at"] == "2026-01-12T20:00:00+08:00"
    assert by_kind["note"]["happened_at"] == "2026-01-12T20:30:00+08:00"
    assert by_kind["level_started"]["fact"]["office"] == "办公室主任"
    assert by_kind["level_started"]["fact"]["recommended"] == "III"
    assert by_kind["correction"]["corrects"] == by_kind["figure_reported"]["number"] == 4
    view = stage.house.view(incident)
    assert (view["phase"], view["at"]) == ("ended", "2026-01-12T20:30:00+08:00")


def test_in_english_it_speaks_english(stage: Stage) -> None:
    body = {"script": "short", "begins_at": "2026-01-12T20:00:00Z"}
    answer = stage.house.ask(Role.COMMANDER, "POST", "/api/drills?lang=en", json=body)
    incident = answer.get_json()["drill"]["incident"]
    entry = stage.house.entries(incident)["entries"][0]
    assert entry["fact"]["text"] == "110 kV 东站 is out"
    assert entry["author"] == "Drill script (commander同志)"


def test_what_people_did_otherwise_is_left_out_and_said(stage: Stage) -> None:
    incident = stage.begun(speed=60)
    stage.turn(11)
    started = {
        "kind": "level_started",
        "happened_at": "2026-01-12T20:11:00+08:00",
        "office": "办公室主任",
        "level": "III",
    }
    stage.house.written(incident, started, who=Role.OFFICE_DIRECTOR)
    stage.turn(5)
    last = stage.house.entries(incident)["entries"][-1]
    assert last["kind"] == "note"
    assert "演练脚本第 5 步未执行" in last["said"]
    assert last["happened_at"] == "2026-01-12T20:15:00+08:00"
    stage.turn(20)
    assert stage.kinds(incident) == [*KINDS[:4], "level_started", "note", *KINDS[5:]]
    assert stage.drill(incident)["state"] == "done"


def test_a_step_that_rests_on_one_left_out_is_left_out_too(stage: Stage) -> None:
    text = SHORT.replace('  - at: "0:15"\n', '  - at: "0:15"\n    name: start\n')
    text = text.replace('  - at: "0:20"\n', '  - at: "0:20"\n    by: 办公室主任\n').replace("@share", "@start")
    text = text.replace(
        "figure_reported, figure: customers_out_share, value: 0.32", "level_started, level: III, reason: 更正"
    )
    keep(stage.rooms.folder.parent, text)
    incident = stage.begun(speed=60)
    stage.turn(11)
    started = {
        "kind": "level_started",
        "happened_at": "2026-01-12T20:11:00+08:00",
        "office": "办公室主任",
        "level": "III",
    }
    stage.house.written(incident, started, who=Role.OFFICE_DIRECTOR)
    stage.turn(10)
    entries = stage.house.entries(incident)["entries"]
    assert [entry["kind"] for entry in entries[-2:]] == ["note", "note"]
    assert "演练脚本第 6 步未执行：它所依据的前一步没有执行" in entries[-1]["said"]


def test_another_level_than_recommended_needs_no_reason_of_the_scripts_own(stage: Stage) -> None:
    incident = stage.begun(speed=60)
    stage.turn(11)
    figure = {"kind": "figure_reported", "happened_at": "2026-01-12T20:11:00+08:00", "figure": "customers_out_share"}
    stage.house.written(incident, {**figure, "value": 0.75})
    stage.turn(5)
    entry = stage.house.entries(incident)["entries"][-1]
    assert (entry["fact"]["level"], entry["fact"]["recommended"]) == ("III", "I")
    assert entry["fact"]["reason"] == "按演练脚本"


def test_who_ends_the_drill_ends_the_script(stage: Stage) -> None:
    incident = stage.begun(speed=60)
    stage.turn(6)
    closed = {"kind": "closed", "happened_at": "2026-01-12T20:07:00+08:00", "reason": "演练到此为止"}
    stage.house.written(incident, closed)
    stage.turn(60)
    assert stage.drill(incident)["state"] == "stopped"
    assert stage.kinds(incident) == [*KINDS[:3], "closed"]


def test_a_plan_that_is_gone_halts_it_and_it_can_go_on(stage: Stage) -> None:
    incident = stage.begun(speed=60)
    plans = dict(stage.house.app.extensions["webmap"].runtime.plans)
    stage.house.app.extensions["webmap"].runtime.__dict__["plans"] = {}
    stage.turn(6)
    drill = stage.drill(incident)
    assert drill["state"] == "failed"
    assert drill["error"]["code"] == "unknown_plan"
    assert stage.drill(incident, lang="en")["error"]["message"] == "There is no such plan"
    stage.house.app.extensions["webmap"].runtime.__dict__["plans"] = plans
    assert stage.change(incident, "resume").status_code == 200
    stage.turn(60)
    assert stage.kinds(incident) == KINDS


def test_what_the_script_writes_is_never_anybodys_own(stage: Stage) -> None:
    incident = stage.begun(speed=600)
    stage.turn(60)
    log = stage.house.app.extensions["webmap"].journal.read(incident)
    person = stage.house.accounts.people.named("duty.officer")
    assert {entry.author_id for entry in log.entries} == {script_author_id(person.id)}


def test_it_speaks_of_a_real_incident_never(stage: Stage) -> None:
    real = stage.house.opened(facts=[fact("reported", 0, text="真的停电了")])
    assert stage.house.get(f"/api/drills/{real}") == {"drill": None}
    assert stage.change(real, "step").status_code == 404


def test_an_unfit_script_is_told_step_by_step(stage: Stage) -> None:
    home, drills = stage.rooms.folder.parent, len(stage.house.listed("drills"))
    keep(home, SHORT.replace("by: 办公室主任\n    said", "by: 副指挥长\n    said"), "short.yaml")
    answer = stage.ask_to_begin()
    assert answer.status_code == 422
    error = answer.get_json()["error"]
    assert error["code"] == "script_unfit"
    problem = error["problems"][0]
    assert problem["field"] == "steps.4"
    assert "第 5 步（0:15，level_started）" in problem["message"]
    assert "4.2.1" in problem["message"]
    keep(home, SHORT.replace("kind: source, by", "kind: substation, by"), "short.yaml")
    problem = stage.ask_to_begin().get_json()["error"]["problems"][0]
    assert (problem["field"], problem["message"]) == ("places.source", "这里的数据中没有这样的地点")
    assert len(stage.house.listed("drills")) == drills
