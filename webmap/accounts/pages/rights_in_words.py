"""What roles allow, in the words of the one table of rights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from priority.plans import Plan
from webmap.accounts.page_frame import in_own_words, page_text, present_language
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
    may,
    role_of_office,
)


@dataclass(frozen=True)
class HeldRole:
    """A role that somebody holds, as a page shows it; `plan` is the key of a plan, "" for all."""

    role: str
    plan: str
    title: str
    plan_title: str


@dataclass(frozen=True)
class Allowed:
    """What somebody may do about a plan, or about none in particular."""

    about: str
    deeds: tuple[str, ...]


def plan_title(key: str, plans: Mapping[str, Plan]) -> str:
    """Return the short name of a plan, of all plans for "", and the key itself of a plan that is no longer there."""
    if key == ALL_PLANS:
        return page_text("sign_in.all_plans")
    try:
        return page_text(f"plan.{key}.short")
    except KeyError:
        plan = plans.get(key)
        return plan.title.in_language(present_language()) if plan else key


def held_in_words(grants: Iterable[Grant], plans: Mapping[str, Plan]) -> list[HeldRole]:
    """Return the roles that were granted, those for all plans first, from the least to the most."""
    granted = (grant for grant in grants if grant.role in GRANTABLE)
    ordered = sorted(granted, key=lambda grant: (grant.plan, GRANTABLE.index(grant.role)))
    return [
        HeldRole(grant.role.value, grant.plan, in_own_words(ROLE_TITLES[grant.role]), plan_title(grant.plan, plans))
        for grant in ordered
    ]


def rights_in_words(grants: frozenset[Grant], plans: Mapping[str, Plan]) -> list[Allowed]:
    """Return what grants allow: first about no plan in particular, then plan by plan; nothing without grants.

    Plans about which the same is allowed are one.
    """
    general = tuple(
        in_own_words(ACTION_TITLES[action])
        for action in Action
        if RIGHTS[action].scope is not Scope.PLAN and may(grants, action)
    )
    by_deeds: dict[tuple[str, ...], list[str]] = {}
    for key, plan in plans.items():
        if deeds := _deeds(grants, plan):
            by_deeds.setdefault(deeds, []).append(key)
    every = [Allowed(_about(keys, plans), deeds) for deeds, keys in by_deeds.items()]
    return [Allowed(page_text("account.any_plan"), general), *every] if general else every


def all_roles_in_words(plans: Mapping[str, Plan]) -> list[Allowed]:
    """Return what every role allows who holds it for all plans, from the least to the most."""
    found = []
    for role in GRANTABLE:
        every = rights_in_words(frozenset({Grant(role)}), plans)
        deeds = tuple(dict.fromkeys(deed for allowed in every for deed in allowed.deeds))
        found.append(Allowed(in_own_words(ROLE_TITLES[role]), deeds))
    return found


def _about(keys: list[str], plans: Mapping[str, Plan]) -> str:
    if len(keys) == len(plans):
        return page_text("sign_in.all_plans")
    return page_text("account.and").join(plan_title(key, plans) for key in keys)


def _deeds(grants: frozenset[Grant], plan: Plan) -> tuple[str, ...]:
    return tuple(
        _deed(action, grants, plan)
        for action in Action
        if RIGHTS[action].scope is Scope.PLAN and may(grants, action, plan.key)
    )


def _deed(action: Action, grants: frozenset[Grant], plan: Plan) -> str:
    title = in_own_words(ACTION_TITLES[action])
    if action is not Action.DECIDE_LEVEL:
        return title
    held = {grant.role for grant in grants if grant.plan in {ALL_PLANS, plan.key}}
    levels = [level.level for level in plan.levels if held & _deciders(level.decided_by)]
    return page_text("account.levels", deed=title, levels=page_text("account.and").join(levels)) if levels else title


def _deciders(offices: Iterable[str]) -> set[Role]:
    return {role for office in offices if (role := role_of_office(office))}
