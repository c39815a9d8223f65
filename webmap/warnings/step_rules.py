"""When each step of a warning's life can be taken: the conditions behind the table of steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from webmap.incidents.errors import Refused
from webmap.incidents.records import Author, Phase
from webmap.incidents.standing import warning_of
from webmap.warnings.areas import MOST_POLYGONS
from webmap.warnings.errors import Contradicted, Incomplete, contradicting, missing_items
from webmap.warnings.state import Pending, Version, WarningState

if TYPE_CHECKING:
    from priority.plans import Plan
    from priority.plans.response import WarningLevel


@dataclass(frozen=True)
class Case:
    """A warning before a step: under which plan, who would take it, how far the incident is, what time it is."""

    plan: Plan
    state: WarningState
    author: Author
    phase: Phase
    now: datetime

    @property
    def pending(self) -> Pending:
        """The version in preparation; `Refused` where there is none."""
        if self.state.pending is None:
            raise Refused(f"warning_is_{self.state.ended}" if self.state.ended else "warning_nothing_pending")
        return self.state.pending

    @property
    def version(self) -> Version:
        """The version in preparation with its content; `Refused` where there is none."""
        return self.state.versions[self.pending.version]

    @property
    def level(self) -> WarningLevel:
        """The plan's level of the version in preparation; `Refused` where there is none."""
        return warning_of(self.plan, self.version.content.level)

    @property
    def approval(self) -> WarningLevel:
        """The level whose approvers count: of the level in preparation and the one in force the higher.

        What was approved is lowered by who would approve it. Of two levels of which one alone has approvers, that one.
        `Refused` where nothing is in preparation.
        """
        if not self.state.is_in_force_at(self.now):
            return self.level
        standing = next(
            (item for item in self.plan.warnings.levels if item.key == self.state.issues[-1].level), self.level
        )
        ranks = {item.key: rank for rank, item in enumerate(self.plan.warnings.levels)}
        return max(self.level, standing, key=lambda item: (bool(item.approved_by), ranks[item.key]))


def can_be_revised(case: Case) -> None:
    """While a version is in preparation, and of a warning in force, which begins an update."""
    if case.state.in_force is None:
        _ = case.pending


def can_be_submitted(case: Case) -> None:
    """A draft that says all that the plan asks, of somewhere, and that has not run out."""
    if case.pending.status != "draft":
        raise Refused(f"warning_already_{case.pending.status}")
    _require_complete(case)


def can_be_returned(case: Case) -> None:
    """What was submitted or approved."""
    if case.pending.status not in {"submitted", "approved"}:
        raise Refused("warning_not_submitted")


def can_be_approved(case: Case) -> None:
    """What was submitted, where the plan wants approval, by nobody who wrote it."""
    level = case.approval
    if not level.approved_by:
        raise Refused("warning_without_approval", level.clause, level.procedure, name=level.name)
    if case.pending.status == "approved":
        raise Refused("warning_already_approved", level.clause)
    if case.pending.status != "submitted":
        raise Refused("warning_not_submitted", level.clause, level.procedure)
    if case.author.id in case.pending.authors:
        raise Refused("own_approval", level.clause, level.procedure, name=level.name, offices=level.approved_by)


def can_be_issued(case: Case) -> None:
    """What was approved where the plan wants that, else what is drafted or submitted; complete, and not run out."""
    level, status = case.approval, case.pending.status
    if status == "returned":
        raise Refused("warning_already_returned")
    if level.approved_by and status != "approved":
        told = {"name": level.name, "offices": level.approved_by, "new": case.level.name}
        code = "warning_awaits_approval" if level is case.level else "warning_change_awaits_approval"
        raise Refused(code, level.clause, level.procedure, **told)
    if case.phase == "ended":
        raise Refused("warning_incident_ended")
    _require_complete(case)


def can_be_lifted(case: Case) -> None:
    """What is in force, also when it has expired: it is then made known that it is over."""
    if case.state.in_force is None:
        lifting = case.plan.warnings.lifting_clause
        raise Refused(f"warning_is_{case.state.ended}" if case.state.ended else "warning_not_in_force", lifting)


def can_be_referred(case: Case) -> None:
    """Any version in preparation."""
    _ = case.pending


def can_be_withdrawn(case: Case) -> None:
    """Any version in preparation."""
    _ = case.pending


def _require_complete(case: Case) -> None:
    content, resolved = case.version.content, case.version.resolved
    level = case.level
    if missing_items(case.plan, content, "zh"):
        raise Incomplete(case.plan, content)
    if against := contradicting(case.plan, content):
        raise Contradicted(level.clause, against)
    if not resolved.shape.get("coordinates"):
        raise Refused("warning_area_empty", level.clause)
    if not any(code.startswith(case.plan.county_code) for code in resolved.townships):
        county = case.plan.county_name
        raise Refused("warning_area_elsewhere", case.plan.warnings.clause, county=county)
    if (resolved.polygons or 0) > MOST_POLYGONS:
        raise Refused("warning_area_intricate", level.clause, count=resolved.polygons, most=MOST_POLYGONS)
    if content.expires_at <= case.now:
        raise Refused("warning_expires_past")
    if resolved.suggested != content.level and content.reason is None:
        names = {item.key: item.name for item in case.plan.warnings.levels}
        if resolved.suggested is None:
            raise Refused("warning_reason_missing", level.clause, name=level.name)
        suggested = names.get(resolved.suggested, resolved.suggested)
        raise Refused("warning_other_level", level.clause, level.criteria, name=level.name, suggested=suggested)


def has_offices(case: Case, kind: str) -> bool:
    """Whether it can be said who takes a step: for lifting of what was issued, else of what is in preparation."""
    return case.state.in_force is not None if kind == "lifted" else case.state.pending is not None


def clause_of(case: Case, kind: str) -> str:
    """Return the clause under which a step is taken."""
    return case.plan.warnings.lifting_clause if kind == "lifted" else _level_of(case, kind).clause


def quotation_of(case: Case, kind: str) -> str | None:
    """Return the plan's own words on a step."""
    return case.plan.warnings.lifting if kind == "lifted" else _level_of(case, kind).procedure


def _level_of(case: Case, kind: str) -> WarningLevel:
    return case.approval if kind == "approved" else case.level


def name_of(case: Case, kind: str) -> str:
    """Return the name of the level that a step is about."""
    if kind != "lifted" or case.state.in_force is None:
        return _level_of(case, kind).name
    return warning_of(case.plan, case.state.in_force.level).name
