"""Who reads a log: what they may know of, in which language, and which offices they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers.errors import MissingLayers
from priority.errors import UnknownPlan
from webmap.accounts.recognition import not_signed_in
from webmap.accounts.roles import ALL_PLANS, GRANTABLE, ROLE_TITLES
from webmap.accounts.viewer import Viewer
from webmap.api.log.places import NOWHERE, Places, places_of
from webmap.api.log.redaction import Hides, hides_beyond, hides_nothing
from webmap.incidents.records import Author
from webmap.languages import Language
from webmap.runtime import Runtime

if TYPE_CHECKING:
    from priority.plans import Plan


@dataclass(frozen=True)
class Reader:
    """A viewer in front of an incident. `plan` is None where the district took the incident's plan away."""

    viewer: Viewer
    language: Language
    places: Places
    hides: Hides
    plan: Plan | None


def reader_of(runtime: Runtime, viewer: Viewer, language: Language, plan: str) -> Reader:
    """Return the reader of an incident of a plan. Without layers a log is read all the same, by ids."""
    sees_all = viewer.sees_restricted
    try:
        places = places_of(runtime.snapshot(), restricted=sees_all)
    except MissingLayers:
        places = NOWHERE
    try:
        known = runtime.plan(plan)
    except UnknownPlan:
        known = None
    return Reader(viewer, language, places, hides_nothing if sees_all else hides_beyond(places), known)


def offices_of(viewer: Viewer, plan: str) -> frozenset[str]:
    """Return the offices that a viewer holds for a plan, in the plan's words."""
    return frozenset(
        ROLE_TITLES[grant.role].zh
        for grant in viewer.grants
        if grant.role in GRANTABLE and grant.plan in {ALL_PLANS, plan}
    )


def author_of(viewer: Viewer, plan: str) -> Author:
    """Return who writes; raises `Unauthorized` for who is not signed in."""
    if viewer.person is None:
        raise not_signed_in()
    return Author(viewer.person.id, viewer.person.display_name, offices_of(viewer, plan))
