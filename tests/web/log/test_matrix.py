"""Every role against everything that can be done with a log, beside a grid written by hand from the plan's text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.web.log.house import OTHER_PLAN, PLAN, ROAD, House, after, error_of, fact
from webmap.accounts.log_rights import ENTRY_RIGHTS
from webmap.accounts.roles import GRANTABLE, RIGHTS, ROLE_TITLES, Action, Grant, Role, may
from webmap.incidents.entries import KINDS

ROLES = (
    Role.FIELD,
    Role.OBSERVER,
    Role.PLANNER,
    Role.ADMINISTRATOR,
    Role.DUTY_OFFICER,
    Role.OFFICE_DIRECTOR,
    Role.DEPUTY_COMMANDER,
    Role.COMMANDER,
)
#: x: written; -: the right is missing (403); r: the right is there, but the plan leaves it to another office (409).
#: Columns as in ROLES: field, observer, planner, administrator, duty officer, director, deputy, commander.
GRID = """
reported             - - - - x x x x
fault_located        - - - - x x x x
area_drawn           - - - - x x x x
figure_reported      - - - - x x x x
device_operated      - - - - x x x x
unit_placed          - - - - x x x x
reserve_reported     - - - - x x x x
temperature_reported - - - - x x x x
detail_given         - - - - x x x x
crew_sent            - - - - x x x x
level_recommended    - - - - x x x x
measure_done         - - - - x x x x
report_sent          - - - - x x x x
repaired             - - - - x x x x
road_closed          - - - - x x x x
data_adopted         - - - - x x x x
note                 - - - - x x x x
closed               - - - - x x x x
start_III            - - - - - x r r
start_II             - - - - - r x x
start_I              - - - - - r r x
raise_to_II          - - - - - r x x
raise_to_I           - - - - - r r x
lower_to_III         - - - - - r x x
end_III              - - - - - x r r
end_II               - - - - - r x x
warning_issued       - - - - - r x x
warning_lifted       - - - - - r x x
priority_ordered     - - - - - - x x
hand_over            - - - - - r r x
take_back            - - - - - r r x
hand_over_unplanned  - - - - - r r r
take_over            - - - - - r x x
withdraw_note        - - - - x x x x
correct_fault        - - - - x x x x
correct_level        - - - - - x r r
withdraw_warning     - - - - - r r x
withdraw_order       - - - - - - r x
open                 - - - - x x x x
open_with_level      - - - - - x r r
see_list             - x x - x x x x
see_view             - x x - x x x x
see_entries          - x x - x x x x
see_file             - x x - x x x x
export               - x x - x x x x
"""
CELLS = [
    (action, role, cell)
    for action, *cells in (line.split() for line in GRID.strip().splitlines())
    for role, cell in zip(ROLES, cells, strict=True)
]
#: Stands for the version of the data that the house has.
PRESENT = "present"
DIRECTOR, DEPUTY, COMMANDER = "办公室主任", "副指挥长", "指挥长"

Document = dict[str, Any]


def start(level: str, office: str, minutes: float = 5) -> Document:
    return fact("level_started", minutes, office=office, level=level, reason="天气恶化")


def change(level: str, office: str) -> Document:
    return fact("level_changed", 20, office=office, level=level, reason="天气恶化")


def warning(office: str, minutes: float = 5) -> Document:
    return fact("warning_issued", minutes, office=office, level="large", scope="东镇", text="可能停电")


def order(office: str) -> Document:
    return fact("priority_ordered", 5, office=office, categories=["school"], reason="学校住有老人")


def handed_over(office: str) -> Document:
    return fact("command_handed_over", 5, office=office, to="市指挥部", reason="超出本县处置能力")


#: Rows about the plan that speaks of a handover; all others are about the one that does not.
OF_OTHER_PLAN = {"hand_over", "take_back", "take_over"}
#: For each row of the grid that writes: what was written before and by whom, and the fact, said in the writer's office.
#: What was written before has number 2.
WRITING: dict[str, tuple[tuple[Role, Document] | None, Callable[[str], Document]]] = {
    "reported": (None, lambda _: fact("reported", 1, text="又接报")),
    "fault_located": (None, lambda _: fact("fault_located", 1, element="e-home")),
    "area_drawn": (None, lambda _: fact("area_drawn", 1, townships=["140502001"])),
    "figure_reported": (None, lambda _: fact("figure_reported", 1, figure="coal_imbalance", value=None)),
    "device_operated": (None, lambda _: fact("device_operated", 1, device="e-sw1", action="open")),
    "unit_placed": (
        None,
        lambda _: fact("unit_placed", 1, facility="f-hospital", commodity="electricity", unit="site-1"),
    ),
    "reserve_reported": (
        None,
        lambda _: fact("reserve_reported", 1, facility="f-hospital", commodity="electricity", hours=3.5),
    ),
    "temperature_reported": (None, lambda _: fact("temperature_reported", 1, celsius=-8.0)),
    "detail_given": (None, lambda _: fact("detail_given", 1, item="cause", text="覆冰断线")),
    "crew_sent": (None, lambda _: fact("crew_sent", 1, crew="一队", element="e-bus")),
    "level_recommended": (None, lambda _: fact("level_recommended", 1, level="III")),
    "measure_done": (None, lambda _: fact("measure_done", 1, measure="派人值守")),
    "report_sent": (None, lambda _: fact("report_sent", 1, to="区政府", report="first_spoken")),
    "repaired": (None, lambda _: fact("repaired", 1, element="e-bus")),
    "road_closed": (None, lambda _: fact("road_closed", 1, road=ROAD)),
    "data_adopted": (None, lambda _: fact("data_adopted", 1, data_version=PRESENT)),
    "note": (None, lambda _: fact("note", 1, text="风大")),
    "closed": (None, lambda _: fact("closed", 1, reason="误报")),
    "start_III": (None, lambda office: start("III", office)),
    "start_II": (None, lambda office: start("II", office)),
    "start_I": (None, lambda office: start("I", office)),
    "raise_to_II": ((Role.OFFICE_DIRECTOR, start("III", DIRECTOR)), lambda office: change("II", office)),
    "raise_to_I": ((Role.OFFICE_DIRECTOR, start("III", DIRECTOR)), lambda office: change("I", office)),
    "lower_to_III": ((Role.COMMANDER, start("II", COMMANDER)), lambda office: change("III", office)),
    "end_III": ((Role.OFFICE_DIRECTOR, start("III", DIRECTOR)), lambda office: fact("level_ended", 30, office=office)),
    "end_II": ((Role.DEPUTY_COMMANDER, start("II", DEPUTY)), lambda office: fact("level_ended", 30, office=office)),
    "warning_issued": (None, warning),
    "warning_lifted": (
        (Role.DEPUTY_COMMANDER, warning(DEPUTY)),
        lambda office: fact("warning_lifted", 30, office=office, warning=2),
    ),
    "priority_ordered": (None, order),
    "hand_over": (None, handed_over),
    "take_back": (
        (Role.COMMANDER, handed_over(COMMANDER)),
        lambda office: fact("command_taken_back", 30, office=office),
    ),
    "hand_over_unplanned": (None, handed_over),
    "take_over": (
        None,
        lambda office: fact("supply_taken_over", 5, office=office, stopped="h-source", by=None, reason="已修好"),
    ),
    "withdraw_note": (
        (Role.DUTY_OFFICER, fact("note", 2, text="记错")),
        lambda _: fact("correction", 9, corrects=2, replacement=None, reason="误记"),
    ),
    "correct_fault": (
        (Role.DUTY_OFFICER, fact("fault_located", 2, element="e-bus")),
        lambda _: fact(
            "correction", 9, corrects=2, replacement=fact("fault_located", 3, element="e-home"), reason="看错"
        ),
    ),
    "correct_level": (
        (Role.OFFICE_DIRECTOR, start("III", DIRECTOR)),
        lambda office: fact(
            "correction", 9, corrects=2, replacement=start("III", office, 7), reason="时间记错", office=office
        ),
    ),
    "withdraw_warning": (
        (Role.COMMANDER, warning(COMMANDER)),
        lambda office: fact("correction", 9, corrects=2, replacement=None, reason="误发", office=office),
    ),
    "withdraw_order": (
        (Role.COMMANDER, order(COMMANDER)),
        lambda office: fact("correction", 9, corrects=2, replacement=None, reason="误记", office=office),
    ),
}


def written(house: House, action: str, role: Role, who: str) -> Any:
    before, make = WRITING[action]
    incident = house.opened(plan=OTHER_PLAN if action in OF_OTHER_PLAN else PLAN)
    if before is not None:
        house.written(incident, before[1], who=before[0])
    said = make(ROLE_TITLES[role].zh)
    if said.get("data_version") == PRESENT:
        said["data_version"] = house.app.extensions["webmap"].runtime.data_version()
    return house.write(incident, said, who=who)


def opened(house: House, action: str, role: Role, who: str) -> Any:
    facts = [fact("reported", 0, text="停电")]
    if action == "open_with_level":
        facts.append(start("III", ROLE_TITLES[role].zh))
    return house.open(who=who, facts=facts)


def read(house: House, action: str, who: str) -> Any:
    incident = house.opened()
    if action == "export":
        body = {"plan": PLAN, "at": after(0)}
        return house.ask(who, "POST", f"/api/exports/assessments?incident={incident}", json=body)
    path = {"see_view": "", "see_entries": "/entries", "see_file": "/log"}
    return house.ask(who, "GET", "/api/incidents" + (f"/{incident}{path[action]}" if action in path else ""))


def done(house: House, action: str, role: Role, who: str) -> Any:
    if action in WRITING:
        return written(house, action, role, who)
    return opened(house, action, role, who) if action.startswith("open") else read(house, action, who)


def test_the_grid_holds_every_kind_and_every_role() -> None:
    rows = {action for action, _, _ in CELLS}
    kinds = {make("指挥长")["kind"] for _, make in WRITING.values()}
    assert kinds == set(KINDS)
    assert set(WRITING) <= rows
    assert set(ROLES) == set(GRANTABLE)
    assert set(ENTRY_RIGHTS) == set(KINDS) - {"correction"}


@pytest.mark.parametrize("role", ROLES)
def test_every_action_against_every_role(house: House, role: Role) -> None:
    wanted = {action: cell for action, one, cell in CELLS if one is role}
    found = {}
    for action in wanted:
        answer = done(house, action, role, role)
        found[action] = {200: "x", 201: "x", 403: "-", 409: "r"}.get(answer.status_code, answer.get_data(as_text=True))
        if answer.status_code == 403 and action in WRITING:
            assert error_of(answer)["code"] == "forbidden"
        if answer.status_code == 409:
            assert error_of(answer)["code"] == "refused", action
    assert found == wanted


@pytest.mark.parametrize("role", ROLES)
def test_the_grid_agrees_with_the_table_of_rights(role: Role) -> None:
    reading = {"see_list": Action.SEE_LOG, "see_view": Action.SEE_LOG, "see_entries": Action.SEE_LOG}
    reading |= {"see_file": Action.SEE_LOG, "export": Action.SEE_LOG, "open": Action.OPEN_INCIDENT}
    corrected = {"withdraw_note": "note", "correct_fault": "fault_located", "correct_level": "level_started"}
    corrected |= {"withdraw_warning": "warning_issued", "withdraw_order": "priority_ordered"}
    for action, one, cell in CELLS:
        if one is not role or action == "open_with_level":
            continue
        kind = corrected.get(action) or (WRITING[action][1]("指挥长")["kind"] if action in WRITING else "")
        right = reading[action] if action in reading else ENTRY_RIGHTS[kind]
        assert (cell != "-") is (role in RIGHTS[right].roles), action


@pytest.mark.parametrize("role", [Role.DUTY_OFFICER, Role.COMMANDER])
def test_a_role_for_one_plan_is_none_for_another(house: House, role: Role) -> None:
    who = house.join(f"elsewhere.{role.value.replace('_', '.')}", role, plan=OTHER_PLAN)
    assert may([Grant(role, OTHER_PLAN)], Action.SEE_LOG, OTHER_PLAN)
    for action in (*WRITING, "open", "see_view", "see_entries", "see_file", "export"):
        if action in OF_OTHER_PLAN:
            continue
        answer = done(house, action, role, who)
        assert (answer.status_code, error_of(answer)["code"]) == (403, "forbidden"), action
    mine = house.opened(plan=OTHER_PLAN, who=who)
    seen = house.listed(who=who)
    assert {one["plan"] for one in seen} == {OTHER_PLAN}
    assert mine in {one["id"] for one in seen}
    # And the offices of one plan decide nothing in another.
    view = house.view(mine, who=who)
    assert view["may"]["decide"] is (role is Role.COMMANDER)
    assert all(not step["mine"] for step in house.view(house.opened(), who=Role.OBSERVER)["decisions"])


@pytest.mark.parametrize("role", ROLES)
def test_what_a_view_says_may_be_done_can_be_done(house: House, role: Role) -> None:
    if not may([Grant(role)], Action.SEE_LOG, PLAN):
        assert house.ask(role, "GET", "/api/incidents").status_code == 403
        return
    view = house.view(house.opened(), who=role)
    wanted = {action: cell for action, one, cell in CELLS if one is role}
    assert view["may"]["record"] is (wanted["note"] == "x")
    assert view["may"]["decide"] is (wanted["start_III"] != "-")
    assert view["may"]["issue_warning"] is (wanted["warning_issued"] != "-")
    assert view["may"]["reorder"] is (wanted["priority_ordered"] == "x")
    assert view["may"]["open"] is (wanted["open"] == "x")
    for step in view["decisions"]:
        assert bool(step["mine"]) is (wanted[f"start_{step['level']}"] == "x")
        assert (step["refusal"] is None) is bool(step["mine"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_who_lacks_a_right_is_told_which_and_who_has_it(house: House, language: str) -> None:
    path = f"/api/incidents/{house.opened()}/entries?lang={language}"
    refused = house.ask(Role.DUTY_OFFICER, "POST", path, json={"facts": [start("III", DIRECTOR)]})
    error = error_of(refused)
    if language == "zh":
        assert error["message"] == f"没有“启动、调整、结束响应”的权利（{PLAN}）"
        assert error["remedy"] == "权限可能刚被调整，请刷新页面或联系管理员；或由办公室主任、副指挥长、指挥长办理"
    else:
        assert error["message"] == f"You may not start, change, end a response ({PLAN})"
        told = "Your rights may just have been changed: reload the page or ask the administrator"
        assert error["remedy"] == f"{told}; or leave it to: office director, deputy commander, commander"


@pytest.mark.parametrize(
    ("path", "right"), [("/api/incidents", "立事件、开演练"), ("/api/incidents/{incident}/entries", "记录事实")]
)
def test_whose_rights_were_taken_while_a_form_was_open_is_told_so(house: House, path: str, right: str) -> None:
    """The route itself refuses who holds no role for any kind of entry; that was told as on any page before."""
    incident = house.opened()
    refused = house.ask(Role.OBSERVER, "POST", path.format(incident=incident), json={"facts": []})
    error = error_of(refused)
    assert (refused.status_code, error["code"]) == (403, "forbidden")
    assert error["message"] == f"没有“{right}”的权利"
    assert error["remedy"].startswith("权限可能刚被调整，请刷新页面或联系管理员；或由")


def test_nobody_writes_in_an_office_that_somebody_else_holds(house: House) -> None:
    incident = house.opened()
    refused = house.write(incident, start("II", COMMANDER), who=Role.OFFICE_DIRECTOR)
    assert (refused.status_code, error_of(refused)["code"]) == (403, "office_not_held")
    assert error_of(refused)["message"] == "您不担任指挥长（4.2.2）"


def test_without_signing_in_nothing_is_read_or_written(house: House) -> None:
    incident = house.opened()
    for method, path in (
        ("GET", "/api/incidents"),
        ("POST", "/api/incidents"),
        ("GET", f"/api/incidents/{incident}"),
        ("GET", f"/api/incidents/{incident}/entries"),
        ("POST", f"/api/incidents/{incident}/entries"),
        ("GET", f"/api/incidents/{incident}/log"),
    ):
        assert house.ask("", method, path, json={} if method == "POST" else None).status_code == 401
