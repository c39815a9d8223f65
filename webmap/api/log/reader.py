"""Who reads a log: what they may know of, in which language, and which offices they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from layers.errors import MissingLayers
from priority.errors import UnknownPlan
from webmap.accounts.recognition import not_signed_in
from webmap.accounts.roles import ALL_PLANS, GRANTABLE, ROLE_TITLES
from webmap.accounts.viewer import Viewer
from webmap.api.log.places import NOWHERE, Places, places_of
from webmap.api.log.redaction import Hides, hides_beyond, hides_nothing
from webmap.incidents.data_of import data_of
from webmap.incidents.records import Author
from webmap.languages import Language
from webmap.runtime import Runtime, Snapshot

if TYPE_CHECKING:
    from priority.plans import Plan
    from webmap.incidents.records import Log


@dataclass(frozen=True)
class DataStanding:
    """On which data an incident is assessed: `version` of them, beside the present one.

    `wanted` is what the log says, None where it says nothing: another one than `version` where that cannot be read any
    more. `adopted_in` is the entry that says so, None for the opening.
    """

    version: str
    present: str
    wanted: str | None
    adopted_in: int | None

    def document(self) -> dict[str, Any]:
        """Return it as the API tells it."""
        return {
            "version": self.version,
            "present": self.present,
            "adopted_in": self.adopted_in,
            "lost": self.wanted if self.wanted not in {None, self.version} else None,
        }


@dataclass(frozen=True)
class Reader:
    """A viewer in front of an incident. `plan` is None where the district took the incident's plan away.

    `data` is None without layers, and where no incident is read.
    """

    viewer: Viewer
    language: Language
    places: Places
    hides: Hides
    plan: Plan | None
    data: DataStanding | None = None


def reader_of(runtime: Runtime, viewer: Viewer, language: Language, plan: str, log: Log | None = None) -> Reader:
    """Return the reader of an incident of a plan, with the names of the data that `log` rests on (None: the present).

    Without layers a log is read all the same, by ids.
    """
    sees_all = viewer.sees_restricted
    data = None
    try:
        snapshot = runtime.snapshot() if log is None else runtime.snapshot_of(log)
        places = places_of(snapshot, restricted=sees_all)
        data = None if log is None else _standing(runtime, snapshot, log)
    except MissingLayers:
        places = NOWHERE
    try:
        known = runtime.plan(plan)
    except UnknownPlan:
        known = None
    return Reader(viewer, language, places, hides_nothing if sees_all else hides_beyond(places), known, data)


def _standing(runtime: Runtime, snapshot: Snapshot, log: Log) -> DataStanding:
    said = data_of(log)
    return DataStanding(snapshot.data_version, runtime.data_version(), said.version, said.adopted_in)


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
