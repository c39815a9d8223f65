"""The rights table, cell by cell, beside a grid written by hand."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from priority.plans import plan_book
from webmap.accounts.roles import (
    ACTION_TITLES,
    ALL_PLANS,
    GRANTABLE,
    RIGHTS,
    ROLE_TITLES,
    Action,
    Grant,
    Role,
    Scope,
    holds_for_one_plan,
    may,
    role_of_office,
)
from webmap.storage import tables

ROLES = [
    Role.ANONYMOUS,
    Role.PUBLIC,
    Role.WARNED,
    Role.FIELD,
    Role.OBSERVER,
    Role.DUTY_OFFICER,
    Role.PLANNER,
    Role.OFFICE_DIRECTOR,
    Role.DEPUTY_COMMANDER,
    Role.COMMANDER,
    Role.ADMINISTRATOR,
]
#: x: with the role for all plans. Columns as in ROLES.
GRID = """
see_picture       - x - x x x x x x x x
see_restricted    - - - - - x x x x x -
see_log           - - - - x x x x x x -
see_warnings      - - x x x x x x x x x
report_from_place - - - x - x - x x x -
open_incident     - - - - - x - x x x -
record_fact       - - - - - x - x x x -
draft_warning     - - - - - x - x x x -
issue_warning     - - - - - - - x x x -
decide_level      - - - - - - - x x x -
reorder_priority  - - - - - - - - x x -
study_sites       - - - - - x x x x x -
edit_sites        - - - - - - x - - - -
edit_layers       - - - - - - x - - - -
manage_accounts   - - - - - - - - - - x
change_settings   - - - - - - - - - - x
"""
WANTED = {
    (Action(name), role): cell == "x"
    for name, *cells in (line.split() for line in GRID.strip().splitlines())
    for role, cell in zip(ROLES, cells, strict=True)
}
PLAN, OTHER = "energy-chengqu", "heating-zezhou"


def test_the_grid_names_every_role_and_action() -> None:
    assert set(WANTED) == set(itertools.product(Action, Role)) == set(itertools.product(RIGHTS, ROLE_TITLES))
    assert set(ACTION_TITLES) == set(Action)


@pytest.mark.parametrize(("action", "role"), WANTED)
def test_role_by_action(action: Action, role: Role) -> None:
    allowed = WANTED[action, role]
    scope = RIGHTS[action].scope
    everywhere, here = [Grant(role)], [Grant(role, PLAN)]
    assert may(everywhere, action, PLAN) is allowed
    assert may(everywhere, action) is allowed
    assert may(here, action, PLAN) is (allowed and scope is not Scope.ALL)
    assert may(here, action, OTHER) is (allowed and scope is Scope.ANY)
    assert may(here, action) is (allowed and scope is Scope.ANY)


@pytest.mark.parametrize("action", Action)
def test_who_holds_nothing_may_do_nothing(action: Action) -> None:
    assert not may([], action, PLAN)


def test_a_grant_for_all_plans_is_what_the_tables_write_without_a_plan() -> None:
    assert (ALL_PLANS, tables.ALL_PLANS) == ("", "")


def test_roles_add_up_but_plans_do_not_mix() -> None:
    grants = [Grant(Role.OBSERVER, PLAN), Grant(Role.COMMANDER, OTHER)]
    assert may(grants, Action.SEE_LOG, PLAN)
    assert not may(grants, Action.DECIDE_LEVEL, PLAN)
    assert may(grants, Action.DECIDE_LEVEL, OTHER)


def test_what_only_a_signed_in_person_holds_is_granted() -> None:
    assert set(GRANTABLE) == set(Role) - {Role.ANONYMOUS, Role.PUBLIC, Role.WARNED}
    assert [role for role in GRANTABLE if not holds_for_one_plan(role)] == [Role.ADMINISTRATOR]


def test_every_office_that_a_plan_lets_decide_is_a_role_with_that_right() -> None:
    offices = {office for plan in plan_book().values() for level in plan.levels for office in level.decided_by}
    assert offices == {"办公室主任", "副指挥长", "指挥长"}
    for office in offices:
        role = role_of_office(office)
        assert role is not None
        assert may([Grant(role, PLAN)], Action.DECIDE_LEVEL, PLAN)
    assert role_of_office("县长") is None


def test_the_decision_page_shows_the_same_table() -> None:
    page = Path(__file__).resolve().parents[3] / "docs" / "decisions" / "0013-accounts.md"
    rows = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    header = [ROLE_TITLES[role].zh for role in ROLES[1:]]
    table = {row[0]: row[1:] for row in cells if len(row) == len(header) + 1}
    assert table[next(iter(table))] == header
    for action in Action:
        shown = dict(zip(ROLES[1:], table[ACTION_TITLES[action].zh], strict=True))
        assert {role: cell == "●" for role, cell in shown.items()} == {role: WANTED[action, role] for role in ROLES[1:]}
