"""Reports that are due and levels to decide, by role, in both plans, in drills."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.web.attention.notices import kinds, notices, one
from tests.web.log.house import START, after, fact
from tests.web.warnings.headquarters import COMMANDER, DEPUTY, DIRECTOR, DUTY, ENERGY, HEATING, OFFICES, Headquarters
from webmap.accounts.roles import Role
from webmap.attention import running


def level(name: str, minutes: float, who: Role, **fields: Any) -> dict[str, Any]:
    return fact("level_started", minutes, level=name, office=OFFICES[who], reason="会商决定", **fields)


def responding(headquarters: Headquarters, plan: str = ENERGY, *more: dict[str, Any], **body: Any) -> str:
    """An incident whose level III runs since the start, about which a first report went up then."""
    incident = headquarters.house.opened(plan=plan, **body)
    headquarters.house.written(incident, level("III", 1, DIRECTOR), who=DIRECTOR)
    headquarters.house.written(incident, fact("report_sent", 2, report="first_written", to="县政府"), *more)
    return incident


def test_nothing_needs_anybody_while_nothing_runs(headquarters: Headquarters) -> None:
    for who in Role:
        if who in headquarters.house.tokens:
            assert notices(headquarters, who) == []
    assert headquarters.house.ask("", "GET", "/api/attention").status_code == 401


def test_a_first_report_is_owed_at_once(headquarters: Headquarters) -> None:
    incident = headquarters.house.opened(plan=HEATING)
    item = one(headquarters, DUTY, "report_due")
    assert (item["incident"], item["urgency"], item["due_at"], item["clause"]) == (incident, "now", None, "4.1")
    assert item["title"].endswith("还没有报")
    assert datetime.fromisoformat(item["since"]) == START
    assert item["link"] == f"#i={incident}&after=reports"
    assert "not sent yet" in notices(headquarters, DUTY, "en")[0]["title"]


def test_a_report_is_announced_counted_down_and_overdue(headquarters: Headquarters) -> None:
    responding(headquarters)
    house = headquarters.house
    seen = []
    for minutes in (60, 160, 190):
        house.now = START + timedelta(minutes=minutes)
        item = one(headquarters, DUTY, "report_due")
        due = datetime.fromisoformat(item["due_at"])
        assert datetime.fromisoformat(item["at"]) == house.now
        seen.append((item["urgency"], round((due - house.now).total_seconds() / 60)))
    assert seen == [("info", 122), ("soon", 22), ("now", -8)]
    assert one(headquarters, DIRECTOR, "report_due")["clause"] == "4.1"
    for other in (DEPUTY, COMMANDER, Role.PLANNER, Role.OBSERVER, Role.ADMINISTRATOR):
        assert "report_due" not in kinds(headquarters, other)


def test_a_final_report_is_owed_after_the_end_for_a_week(headquarters: Headquarters) -> None:
    incident = responding(headquarters, HEATING)
    ended = fact("level_ended", 30, office=OFFICES[DIRECTOR], reason="已恢复")
    headquarters.house.written(incident, ended, who=DIRECTOR)
    item = one(headquarters, DUTY, "report_due")
    assert (item["urgency"], item["due_at"]) == ("soon", None)
    assert "响应已结束" in item["title"]
    headquarters.house.now = START + timedelta(days=8)
    assert notices(headquarters, DUTY) == []


@pytest.mark.parametrize("plan", [ENERGY, HEATING])
def test_who_may_decide_is_told_of_a_level_above_the_running_one(headquarters: Headquarters, plan: str) -> None:
    incident = headquarters.house.opened(fact("fault_located", 1, element="h-source"), plan=plan)
    headquarters.house.written(incident, fact("figure_reported", 5, figure="beyond_township_capacity", value=True))
    assert "level_to_decide" not in kinds(headquarters, DIRECTOR), "level II is not the director's to start"
    for who in (DEPUTY, COMMANDER):
        item = one(headquarters, who, "level_to_decide")
        assert (item["title"], item["urgency"]) == ("建议启动 II 级响应，等你决定", "now")
        assert item["clause"].startswith("4.")
    headquarters.house.written(incident, level("II", 20, DEPUTY), who=DEPUTY)
    assert "level_to_decide" not in kinds(headquarters, COMMANDER), "it runs"
    for who in (DUTY, Role.PLANNER, Role.OBSERVER, Role.ADMINISTRATOR):
        assert "level_to_decide" not in kinds(headquarters, who)


def test_a_level_that_runs_is_to_be_raised_and_never_to_be_lowered(headquarters: Headquarters) -> None:
    incident = responding(headquarters)
    headquarters.house.written(incident, fact("figure_reported", 5, figure="beyond_district_capacity", value=True))
    item = one(headquarters, COMMANDER, "level_to_decide")
    assert item["title"] == "建议由 III 级升为 I 级，等你决定"
    assert "level_to_decide" not in kinds(headquarters, DEPUTY), "level I is the commander's alone"
    headquarters.house.written(incident, fact("figure_reported", 6, figure="beyond_district_capacity", value=False))
    assert "level_to_decide" not in kinds(headquarters, COMMANDER)


def test_an_office_of_one_plan_is_told_of_no_other(headquarters: Headquarters) -> None:
    heating = headquarters.house.join("heating.director", Role.OFFICE_DIRECTOR, plan=HEATING)
    headquarters.house.opened(plan=ENERGY)
    assert notices(headquarters, heating) == []
    headquarters.house.opened(plan=HEATING)
    assert kinds(headquarters, heating) == ["report_due"]


def test_a_drill_stands_last_counts_by_its_own_clock_and_is_forgotten(headquarters: Headquarters) -> None:
    drill = responding(headquarters, ENERGY, fact("note", 170, text="演练继续"), drill=True, name="演练")
    real = responding(headquarters)
    first, second = notices(headquarters, DUTY)
    assert [(first["incident"], first["drill"]), (second["incident"], second["drill"])] == [
        (real, False),
        (drill, True),
    ]
    assert second["at"] == after(170), "a drill's present is what happened last in it"
    assert second["urgency"] == "soon"
    headquarters.house.now = START + timedelta(hours=14)
    assert [item["incident"] for item in notices(headquarters, DUTY)] == [real]


def test_many_drills_and_incidents_that_ended_hide_none_that_runs(
    headquarters: Headquarters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "_MOST", 3)
    house = headquarters.house
    runs = house.opened()
    house.written(house.opened(), fact("closed", 5, reason="已恢复"))
    for _ in range(3):
        house.opened(drill=True)
    told = [item["incident"] for item in notices(headquarters, DUTY) if item["kind"] == "report_due"]
    assert runs in told
    assert len(told) == 3
