"""Whom to call and why, which report is due, and who has the command: over the test client, on both plans."""

from __future__ import annotations

from typing import Any

from tests.web.log.house import OTHER_PLAN, House, error_of, fact
from tests.web.published import hold_to
from webmap.accounts.roles import Role

COMMANDER = "指挥长"


def command(house: House, incident: str, who: str = Role.DUTY_OFFICER, query: str = "") -> dict[str, Any]:
    answer: dict[str, Any] = house.get(f"/api/incidents/{incident}/command{query}", who=who)
    hold_to("command", answer)
    return answer


def calls(answer: dict[str, Any], section: str) -> list[dict[str, Any]]:
    return [call for call in answer["calls"] if call["section"] == section]


def test_who_is_concerned_is_called_with_the_plans_number_and_a_reason(house: House) -> None:
    incident = house.opened(fact("fault_located", 1, element="e-bus"))
    step = fact("level_started", 5, office="办公室主任", level="III", reason="x")
    house.written(incident, step, who=Role.OFFICE_DIRECTOR)
    answer = command(house, incident)
    first = answer["calls"][0]
    # 2.2: the office sits there; appendix 8.3 calls it 区发展改革和科技局.
    assert (first["unit"], first["numbers"], first["section"]) == ("城区发展改革和科技局", ["2286311"], "duty")
    assert "综合协调组" in first["why"]
    (supplier,) = calls(answer, "suppliers")
    assert (supplier["numbers"], supplier["numbers_clause"]) == (["2160000"], "附录 8.3")
    assert supplier["why"].startswith("停电 ")
    hit = {call["unit"]: call["numbers"] for call in calls(answer, "townships")}
    assert hit["东街街道办事处"] == ["2286101"]
    assert set(hit) == {"东街街道办事处", "西街街道办事处"}
    above = [call["unit"] for call in calls(answer, "upward")]
    assert above[:2] == ["市委办公室", "市政府办公室"]
    assert answer["calls_note"] is None
    # 4.2.1(1) turns to the member units: all others, each once.
    keys = [call["key"] for call in answer["calls"]]
    assert len(keys) == len(set(keys))
    assert "城区教育局" in {call["unit"] for call in calls(answer, "members")}


def test_a_plan_without_telephones_says_so_and_names_whom_to_call_all_the_same(house: House) -> None:
    incident = house.opened(plan=OTHER_PLAN)
    answer = command(house, incident)
    assert "没有公布值班电话" in answer["calls_note"]
    assert all(call["numbers"] == [] for call in answer["calls"])
    assert [call["unit"] for call in calls(answer, "upward")] == ["县委", "县政府", "上级有关部门"]


def test_who_was_named_in_the_log_comes_first(house: House) -> None:
    incident = house.opened()
    given = {"item": "person_in_charge", "name": "王工", "unit": "供电中心", "telephone": "0356-2024568"}
    house.written(incident, fact("detail_given", 3, **given))
    first = command(house, incident)["calls"][0]
    assert (first["section"], first["unit"], first["person"]) == ("named", "供电中心", "王工")
    assert (first["numbers"], "第 2 条" in first["why"]) == (["0356-2024568"], True)


def test_a_call_is_noted_in_either_language_and_stands_beside_the_unit(house: House) -> None:
    incident = house.opened()
    english = command(house, incident, query="?lang=en")["calls"][0]
    assert english["called"] == []
    house.written(incident, fact("note", 9, text=english["note"]))
    here = command(house, incident)["calls"][0]
    assert [(one["entry"], one["at"]) for one in here["called"]] == [(2, fact("note", 9)["happened_at"])]
    house.written(incident, fact("note", 12, text=here["note"] + "，半小时后回话"))
    assert [one["entry"] for one in command(house, incident)["calls"][0]["called"]] == [3, 2]
    # Another unit whose name begins alike was not called.
    assert all(not call["called"] for call in command(house, incident)["calls"][1:])


def test_the_report_due_next_has_its_interval_and_what_was_sent_is_kept(house: House) -> None:
    incident = house.opened()
    step = fact("level_started", 5, office=COMMANDER, level="II", reason="x")
    house.written(incident, step, who=Role.COMMANDER)
    house.written(incident, fact("report_sent", 10, to="区委", report="first_spoken"))
    timers = command(house, incident)["reports"]
    assert (timers["next"]["kind"], timers["interval_minutes"]) == ("follow_up", 120)
    assert timers["next"]["due_at"] == fact("note", 130)["happened_at"]
    assert (timers["receivers"], timers["last_to"]) == ("区委、区政府和上级有关部门", "区委")
    assert [(one["entry"], one["kind"], bool(one["by"])) for one in timers["sent"]] == [(3, "first_spoken", True)]
    other = house.opened(fact("report_sent", 10, to="县委", report="first_spoken"), plan=OTHER_PLAN)
    timers = command(house, other)["reports"]
    assert (timers["next"]["kind"], timers["interval_minutes"]) == ("first_written", 30)
    assert timers["next"]["due_at"] == fact("note", 40)["happened_at"]


def handed_over(minutes: float = 10, office: str = COMMANDER) -> dict[str, Any]:
    return fact("command_handed_over", minutes, office=office, to="市指挥部", reason="超出本县处置能力")


def test_the_handover_is_offered_where_the_plan_has_it_and_to_the_commander(house: House) -> None:
    incident = house.opened(plan=OTHER_PLAN)
    mine = command(house, incident, Role.COMMANDER)["handover"]
    assert (mine["offered"], mine["clause"], mine["level_clause"]) == (True, "4.4(3)", "4.3.1(3)")
    assert (mine["may"], mine["refusal"], mine["standing"]) == ([COMMANDER], None, None)
    for who in (Role.DEPUTY_COMMANDER, Role.OBSERVER):
        other = command(house, incident, who)["handover"]
        assert (other["may"], other["refusal"]["clause"]) == ([], "4.4(3)")
    energy = command(house, house.opened(), Role.COMMANDER)["handover"]
    assert (energy["offered"], energy["may"], energy["clause"]) == (False, [], None)
    assert "没有移交指挥处置权的条款" in energy["why_not"]


def test_after_the_handover_levels_are_refused_naming_the_clause_until_it_is_taken_back(house: House) -> None:
    incident = house.opened(plan=OTHER_PLAN)
    start = fact("level_started", 5, office=COMMANDER, level="II", reason="x")
    house.written(incident, start, who=Role.COMMANDER)
    not_his = house.write(incident, handed_over(office="副指挥长"), who=Role.DEPUTY_COMMANDER)
    assert (not_his.status_code, error_of(not_his)["clause"]) == (409, "4.4(3)")
    house.written(incident, handed_over(), who=Role.COMMANDER)
    view = house.view(incident, who=Role.COMMANDER)
    assert (view["handover"]["to"], view["handover"]["clause"]) == ("市指挥部", "4.4(3)")
    assert all(step["mine"] == [] and "市指挥部" in step["refusal"]["message"] for step in view["decisions"])
    raised = fact("level_changed", 20, office=COMMANDER, level="I", reason="x")
    refused = error_of(house.write(incident, raised, who=Role.COMMANDER))
    assert (refused["code"], refused["clause"]) == ("refused", "4.4(3)")
    answer = command(house, incident, Role.COMMANDER)
    assert answer["handover"]["standing"]["to"] == "市指挥部"
    assert calls(answer, "upward")[0]["unit"] == "市指挥部"
    house.written(incident, fact("command_taken_back", 30, office=COMMANDER), who=Role.COMMANDER)
    assert house.view(incident)["handover"] is None
    later = fact("level_changed", 40, office=COMMANDER, level="I", reason="x")
    assert house.write(incident, later, who=Role.COMMANDER).status_code in {200, 201}
    # Looked at as it was in between, the command is still above.
    at = fact("note", 25)["happened_at"].replace("+", "%2B")
    assert house.get(f"/api/incidents/{incident}?at={at}")["handover"]["to"] == "市指挥部"


def test_who_may_not_see_the_log_gets_nothing(house: House) -> None:
    incident = house.opened()
    assert house.ask(Role.ADMINISTRATOR, "GET", f"/api/incidents/{incident}/command").status_code == 403
    assert house.ask("", "GET", f"/api/incidents/{incident}/command").status_code == 401
    assert house.ask(Role.OBSERVER, "GET", "/api/incidents/none/command").status_code == 404
