"""The viewer as pages and programs are told: who they are and what they may do."""

from __future__ import annotations

from typing import Any

from webmap.accounts.csrf import masked
from webmap.accounts.roles import ALL_PLANS, GRANTABLE, ROLE_TITLES, Action, Grant
from webmap.accounts.viewer import Viewer
from webmap.languages import Language


def viewer_document(viewer: Viewer, plans: list[str], language: Language) -> dict[str, Any]:
    """Return who is signed in, their roles, what they may do about each plan, and a proof for requests that change.

    `person` is null for who is not signed in; `csrf` is null where none is needed (without a session).
    """
    person = viewer.person
    return {
        "person": {"id": person.id, "name": person.name, "display_name": person.display_name, "demo": person.demo}
        if person
        else None,
        "roles": held_roles(viewer, language),
        "rights": {
            "general": [action.value for action in Action if viewer.may(action)],
            "plans": {plan: [action.value for action in Action if viewer.may(action, plan)] for plan in plans},
        },
        "csrf": masked(viewer.csrf) if viewer.csrf else None,
    }


def held_roles(viewer: Viewer, language: Language) -> list[dict[str, str | None]]:
    """Return the roles that were granted to a viewer, from the least to the most; `plan` is null for all plans."""
    granted = sorted(
        (grant for grant in viewer.grants if grant.role in GRANTABLE),
        key=lambda grant: (GRANTABLE.index(grant.role), grant.plan),
    )
    return [{"role": grant.role.value, "title": _title(grant, language), "plan": _plan(grant)} for grant in granted]


def _title(grant: Grant, language: Language) -> str:
    title = ROLE_TITLES[grant.role]
    return title.zh if language == "zh" else title.en


def _plan(grant: Grant) -> str | None:
    return None if grant.plan == ALL_PLANS else grant.plan
