"""Drills over HTTP: who may begin and hold one, what each sees of it, and what is wrong with a request."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.web.drills.playing import Stage
from tests.web.drills.scripts import SHORT, keep
from tests.web.log.house import OTHER_PLAN, error_of
from tests.web.published import hold_to
from webmap.accounts.roles import GRANTABLE, Action, Role, roles_with
from webmap.api.drills.desk import CHANGES
from webmap.drills.reading import parse_script
from webmap.drills.selector import LayerKey, Measure

DIRECTING = sorted(roles_with(Action.OPEN_INCIDENT))
WATCHING = sorted(roles_with(Action.SEE_LOG) - roles_with(Action.OPEN_INCIDENT))
OUTSIDE = sorted(set(GRANTABLE) - roles_with(Action.SEE_LOG))


def test_scripts_are_listed_with_what_they_are_about(stage: Stage) -> None:
    keep(stage.rooms.folder.parent, "key: nothing", "broken.yaml")
    document = stage.house.get("/api/drill-scripts?lang=en")
    hold_to("drill_scripts", document)
    by_key = {script["key"]: script for script in document["scripts"]}
    assert {"energy-blackout", "heating-main-break", "short"} <= by_key.keys()
    assert by_key["short"]["title"] == "East station out"
    assert (by_key["short"]["steps"], by_key["short"]["length_s"], by_key["short"]["levels"]) == (8, 1800, ["III"])
    assert document["broken"][0]["file"] == "broken.yaml"
    (stage.rooms.folder / "broken.yaml").unlink()


@pytest.mark.parametrize("who", DIRECTING)
def test_who_may_open_incidents_may_direct(stage: Stage, who: str) -> None:
    answer = stage.ask_to_begin(who)
    assert answer.status_code == 201
    incident = answer.get_json()["drill"]["incident"]
    for change in ("pause", "step", "resume"):
        assert stage.change(incident, change, who).status_code == 200
    assert stage.change(incident, "speed", who, speed=12.5).get_json()["drill"]["speed"] == 12.5
    assert stage.change(incident, "stop", who).get_json()["drill"]["state"] == "stopped"


@pytest.mark.parametrize("who", [*WATCHING, *OUTSIDE])
def test_others_may_not(stage: Stage, who: str) -> None:
    incident = stage.begun()
    assert stage.ask_to_begin(who).status_code == 403
    assert stage.house.ask(who, "GET", "/api/drill-scripts").status_code == 403
    for change in (*CHANGES, "speed"):
        assert stage.change(incident, change, who, speed=2).status_code == 403
    seen = stage.house.ask(who, "GET", f"/api/drills/{incident}")
    assert seen.status_code == (200 if who in WATCHING else 403)
    assert stage.drill(incident)["state"] == "playing"


def test_who_holds_a_role_for_another_plan_may_not(stage: Stage) -> None:
    stage.house.join("heating.only", Role.COMMANDER, plan=OTHER_PLAN)
    assert stage.ask_to_begin("heating.only").status_code == 403
    scripts = stage.house.get("/api/drill-scripts", "heating.only")["scripts"]
    assert [script["plan"] for script in scripts] == [OTHER_PLAN]
    incident = stage.begun()
    assert stage.change(incident, "pause", "heating.only").status_code == 403
    assert stage.house.ask("heating.only", "GET", f"/api/drills/{incident}").status_code == 403


def test_what_comes_next_is_for_who_began_it(stage: Stage) -> None:
    incident = stage.begun(speed=60)
    stage.turn(11)
    director = stage.drill(incident)
    assert director["directs"]
    assert "办公室主任启动 III 级响应" in director["next"]["what"]
    assert director["next"]["said"] == "看谁启动 110 kV 东站的响应"
    for who in (Role.COMMANDER, Role.OBSERVER):
        player = stage.drill(incident, who)
        assert (player["directs"], player["last_said"]) == (False, None)
        assert (player["next"]["what"], player["next"]["said"]) == (None, None)
        assert player["next"]["in_s"] == director["next"]["in_s"]
    assert stage.drill(incident, Role.COMMANDER)["may_control"]
    assert not stage.drill(incident, Role.OBSERVER)["may_control"]
    stage.turn(5)
    assert stage.drill(incident)["last_said"] == "看谁启动 110 kV 东站的响应"


def test_held_sped_up_and_stepped_it_goes_as_told(stage: Stage) -> None:
    incident = stage.begun()
    assert stage.change(incident, "pause").get_json()["drill"]["next"]["in_s"] is None
    stage.turn(3600)
    assert len(stage.kinds(incident)) == 1
    assert error_of(stage.change(incident, "pause"))["code"] == "drill_refused"
    stage.change(incident, "step")
    stage.turn()
    assert len(stage.kinds(incident)) == 3
    drill = stage.change(incident, "resume").get_json()["drill"]
    assert drill["next"]["in_s"] == 300
    assert stage.change(incident, "speed", speed=600).get_json()["drill"]["next"]["in_s"] == 0.5
    stage.change(incident, "stop")
    stage.turn(3600)
    assert len(stage.kinds(incident)) == 3
    refused = stage.change(incident, "resume")
    assert (refused.status_code, error_of(refused)["message"]) == (409, "这个脚本已经演完或已停止")
    # The drill stays: whoever may goes on with it, or ends it.
    closed = {"kind": "closed", "happened_at": "2026-01-12T20:10:00+08:00", "reason": "到此为止"}
    stage.house.written(incident, closed)
    assert stage.house.view(incident)["phase"] == "ended"


def test_asked_again_it_finds_the_first(stage: Stage) -> None:
    count = len(stage.house.listed("drills"))
    one = stage.ask_to_begin(client_key="k-1").get_json()["drill"]["incident"]
    stage.clock.forward(5)
    again = stage.ask_to_begin(client_key="k-1")
    assert again.get_json()["drill"]["incident"] == one
    assert len(stage.house.listed("drills")) == count + 1


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"speed": 0.5}, 422, "speed"),
        ({"speed": 601}, 422, "speed"),
        ({"speed": "fast"}, 422, "speed"),
        ({"begins_at": "2026-01-12T20:00:00"}, 422, "begins_at"),
        ({"begins_at": "now"}, 422, "begins_at"),
        ({"name": ""}, 422, "name"),
        ({"script": 3}, 422, "script"),
        ({"scripts": "short"}, 422, "scripts"),
    ],
)
def test_a_wrong_field_is_named(stage: Stage, body: dict[str, Any], status: int, field: str) -> None:
    answer = stage.ask_to_begin(**body)
    assert answer.status_code == status
    assert [problem["field"] for problem in error_of(answer)["problems"]] == [field]
    assert all(problem["remedy"] for problem in error_of(answer)["problems"])


def test_what_is_not_there_is_not_found(stage: Stage) -> None:
    assert error_of(stage.ask_to_begin(script="nowhere"))["code"] == "unknown_script"
    assert stage.house.ask(Role.DUTY_OFFICER, "GET", "/api/drills/nowhere").status_code == 404
    assert error_of(stage.change("nowhere", "pause"))["code"] == "unknown_drill"
    assert stage.house.ask(Role.DUTY_OFFICER, "POST", "/api/drills/nowhere/rewind").status_code == 404
    keep(stage.rooms.folder.parent, SHORT.replace("plan: energy-chengqu", "plan: floods"))
    assert error_of(stage.ask_to_begin())["code"] == "unknown_plan"


def test_the_documentation_names_the_vocabulary_and_its_example_reads() -> None:
    text = (Path(__file__).resolve().parents[3] / "docs" / "drills.md").read_text(encoding="utf-8")
    example = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert example is not None
    assert parse_script(example.group(1), "docs").levels == ["III"]
    for word in (*get_args(LayerKey), *get_args(Measure), *CHANGES):
        assert f"`{word}`" in text or f" {word}" in text, word
