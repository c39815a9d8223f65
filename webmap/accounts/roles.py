"""What each role may do: one table. Every route, button and check reads it, and nothing else decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from layers.schema import Title

#: The plan of a grant that holds for all plans, as the tables write it; this module does without a database.
ALL_PLANS = ""


class Role(StrEnum):
    """What a person is to the product. Offices are named as the plans name them.

    Everybody is at least `ANONYMOUS`; `PUBLIC` is everybody where the settings open the picture, `WARNED` where they
    open the warnings. None of these is granted.
    """

    ANONYMOUS = "anonymous"
    PUBLIC = "public"
    WARNED = "warned"
    FIELD = "field"
    OBSERVER = "observer"
    DUTY_OFFICER = "duty_officer"
    PLANNER = "planner"
    OFFICE_DIRECTOR = "office_director"
    DEPUTY_COMMANDER = "deputy_commander"
    COMMANDER = "commander"
    ADMINISTRATOR = "administrator"


ROLE_TITLES: Mapping[Role, Title] = {
    Role.ANONYMOUS: Title("未登录者", "not signed in"),
    Role.PUBLIC: Title("公众", "public"),
    Role.WARNED: Title("公众（只看预警）", "public, warnings alone"),
    Role.FIELD: Title("现场人员", "field staff"),
    Role.OBSERVER: Title("观察员", "observer"),
    Role.DUTY_OFFICER: Title("值班员", "duty officer"),
    Role.PLANNER: Title("规划员", "planner"),
    Role.OFFICE_DIRECTOR: Title("办公室主任", "office director"),
    Role.DEPUTY_COMMANDER: Title("副指挥长", "deputy commander"),
    Role.COMMANDER: Title("指挥长", "commander"),
    Role.ADMINISTRATOR: Title("管理员", "administrator"),
}

#: Roles that a person can be given, from the least to the most.
GRANTABLE: tuple[Role, ...] = tuple(role for role in Role if role not in {Role.ANONYMOUS, Role.PUBLIC, Role.WARNED})


class Action(StrEnum):
    """What somebody may want to do. Which level an office decides is in the plan, not here."""

    SEE_PICTURE = "see_picture"
    SEE_RESTRICTED = "see_restricted"
    SEE_LOG = "see_log"
    SEE_WARNINGS = "see_warnings"
    REPORT_FROM_PLACE = "report_from_place"
    OPEN_INCIDENT = "open_incident"
    RECORD_FACT = "record_fact"
    DRAFT_WARNING = "draft_warning"
    ISSUE_WARNING = "issue_warning"
    DECIDE_LEVEL = "decide_level"
    REORDER_PRIORITY = "reorder_priority"
    STUDY_SITES = "study_sites"
    EDIT_SITES = "edit_sites"
    EDIT_LAYERS = "edit_layers"
    MANAGE_ACCOUNTS = "manage_accounts"
    CHANGE_SETTINGS = "change_settings"


ACTION_TITLES: Mapping[Action, Title] = {
    Action.SEE_PICTURE: Title("看态势图、推演、导出", "see the picture, assess, export"),
    Action.SEE_RESTRICTED: Title("看限制公开的单位", "see restricted places"),
    Action.SEE_LOG: Title("看事件日志", "see the log"),
    Action.SEE_WARNINGS: Title("看已发布的预警", "see warnings that were issued"),
    Action.REPORT_FROM_PLACE: Title("报告现场情况", "report from the place"),
    Action.OPEN_INCIDENT: Title("立事件、开演练", "open an incident or a drill"),
    Action.RECORD_FACT: Title("记录事实", "record facts"),
    Action.DRAFT_WARNING: Title("起草预警", "draft warnings"),
    Action.ISSUE_WARNING: Title("发布、解除预警", "issue and lift warnings"),
    Action.DECIDE_LEVEL: Title("启动、调整、结束响应", "start, change, end a response"),
    Action.REORDER_PRIORITY: Title("调整优先保障次序", "change the priority order"),
    Action.STUDY_SITES: Title("做选址方案", "study where supply sites stand best"),
    Action.EDIT_SITES: Title("编辑应急供应点", "edit supply sites"),
    Action.EDIT_LAYERS: Title("编辑图层", "edit layers"),
    Action.MANAGE_ACCOUNTS: Title("管理账户", "manage accounts"),
    Action.CHANGE_SETTINGS: Title("更改设置", "change settings"),
}


class Scope(StrEnum):
    """For which plan a role must be held to use a right."""

    ANY = "any"  # the action is about no plan: a role for any plan will do
    PLAN = "plan"  # the role must be held for the plan that the action is about, or for all plans
    ALL = "all"  # the action touches every plan: the role must be held for all


@dataclass(frozen=True)
class Right:
    """Who may do something, and for which plan the role must be held."""

    roles: frozenset[Role]
    scope: Scope


def _right(scope: Scope, *roles: Role) -> Right:
    return Right(frozenset(roles), scope)


_OFFICES = (Role.OFFICE_DIRECTOR, Role.DEPUTY_COMMANDER, Role.COMMANDER)
_RECORDERS = (Role.DUTY_OFFICER, *_OFFICES)

#: The one table of rights. An administrator manages accounts and decides nothing.
RIGHTS: Mapping[Action, Right] = {
    Action.SEE_PICTURE: _right(Scope.ANY, Role.PUBLIC, *GRANTABLE),
    Action.SEE_RESTRICTED: _right(Scope.ANY, Role.PLANNER, *_RECORDERS),
    Action.SEE_LOG: _right(Scope.PLAN, Role.OBSERVER, Role.PLANNER, *_RECORDERS),
    Action.SEE_WARNINGS: _right(Scope.ANY, Role.WARNED, *GRANTABLE),
    # What they report becomes a fact only when somebody who may record facts confirms it.
    Action.REPORT_FROM_PLACE: _right(Scope.PLAN, Role.FIELD, *_RECORDERS),
    Action.OPEN_INCIDENT: _right(Scope.PLAN, *_RECORDERS),
    Action.RECORD_FACT: _right(Scope.PLAN, *_RECORDERS),
    Action.DRAFT_WARNING: _right(Scope.PLAN, *_RECORDERS),
    Action.ISSUE_WARNING: _right(Scope.PLAN, *_OFFICES),
    Action.DECIDE_LEVEL: _right(Scope.PLAN, *_OFFICES),
    Action.REORDER_PRIORITY: _right(Scope.PLAN, Role.DEPUTY_COMMANDER, Role.COMMANDER),
    # Answers name restricted places: whoever has this right must have that to see them.
    Action.STUDY_SITES: _right(Scope.PLAN, Role.PLANNER, *_RECORDERS),
    Action.EDIT_SITES: _right(Scope.PLAN, Role.PLANNER),
    Action.EDIT_LAYERS: _right(Scope.ALL, Role.PLANNER),
    Action.MANAGE_ACCOUNTS: _right(Scope.ALL, Role.ADMINISTRATOR),
    Action.CHANGE_SETTINGS: _right(Scope.ALL, Role.ADMINISTRATOR),
}


@dataclass(frozen=True)
class Grant:
    """A role that is held, for one plan (its key) or for all (`ALL_PLANS`)."""

    role: Role
    plan: str = ALL_PLANS


def may(grants: Iterable[Grant], action: Action, plan: str = ALL_PLANS) -> bool:
    """Whether who holds these grants may do something about a plan; without a plan, about no plan in particular.

    No grants may do nothing. A right of scope `PLAN` used without a plan needs the role for all plans.
    """
    right = RIGHTS[action]
    held = (grant.plan for grant in grants if grant.role in right.roles)
    if right.scope is Scope.ANY:
        return any(True for _ in held)
    wanted = {ALL_PLANS} if right.scope is Scope.ALL else {ALL_PLANS, plan}
    return any(held_for in wanted for held_for in held)


def roles_with(action: Action) -> frozenset[Role]:
    """Return the roles that have a right."""
    return RIGHTS[action].roles


def role_of_office(office: str) -> Role | None:
    """Return the role of an office as a plan words it (`办公室主任`); None for an office that is no role here."""
    return next((role for role in GRANTABLE if ROLE_TITLES[role].zh == office), None)


def holds_for_one_plan(role: Role) -> bool:
    """Whether a role can be granted for one plan; one whose every own right touches all plans cannot."""
    return any(role in right.roles and right.scope is Scope.PLAN for right in RIGHTS.values())
