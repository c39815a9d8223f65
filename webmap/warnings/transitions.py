"""What may follow what in a warning's life, and who may bring it about: one table over the plan's data.

No plan has a line here: levels, approvers, issuers and clauses are read from it. A drill goes the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from webmap.accounts.roles import ROLE_TITLES, Action, roles_with
from webmap.incidents.errors import Refused
from webmap.incidents.records import Author, Phase
from webmap.incidents.standing import warning_of
from webmap.incidents.warning_rules import issuing_offices, lifting_offices
from webmap.warnings import step_rules as rules
from webmap.warnings.step_rules import Case
from webmap.warnings.wanted import WANTED_KINDS, Wanted

if TYPE_CHECKING:
    from priority.plans import Plan
    from webmap.warnings.content import Content
    from webmap.warnings.state import WarningState

#: The right that each step needs beside the office, as the log's table `ENTRY_RIGHTS` for its entries; `drafted` too.
STEP_RIGHTS: Mapping[str, Action] = {
    "drafted": Action.DRAFT_WARNING,
    "revised": Action.DRAFT_WARNING,
    "submitted": Action.DRAFT_WARNING,
    "withdrawn": Action.DRAFT_WARNING,
    "returned": Action.ISSUE_WARNING,
    "approved": Action.ISSUE_WARNING,
    "issued": Action.ISSUE_WARNING,
    "lifted": Action.ISSUE_WARNING,
    "referred": Action.ISSUE_WARNING,
}


@dataclass(frozen=True)
class Row:
    """A step: when it can be taken at all (`possible` raises `Refused`), and by which offices (None: who may draft).

    `others` is the code of what other offices are told.
    """

    possible: Callable[[Case], None]
    offices: Callable[[Case], tuple[str, ...]] | None = None
    others: str = ""


def approvers(case: Case) -> tuple[str, ...]:
    """The offices that the plan lets approve the version in preparation, or the level that it would lower."""
    return case.approval.approved_by


def issuers(case: Case) -> tuple[str, ...]:
    """The offices that may issue the level in preparation: who issues it by the plan, and who approves it."""
    return issuing_offices(case.plan, case.level.key)


def deciders(case: Case) -> tuple[str, ...]:
    """The offices that may send the version back or pass it on: all that may approve or issue it."""
    return tuple(dict.fromkeys((*issuers(case), *approvers(case))))


def lifters(case: Case) -> tuple[str, ...]:
    """The offices that issued the warning in any of its versions, and those through which the same unit acts."""
    found = [office for issue in case.state.issues for office in lifting_offices(case.plan, issue.level, issue.office)]
    return tuple(dict.fromkeys(found))


#: The one table. `drafted` begins a life and is not in it.
TABLE: Mapping[str, Row] = {
    "revised": Row(rules.can_be_revised),
    "submitted": Row(rules.can_be_submitted),
    "returned": Row(rules.can_be_returned, deciders, "warning_returned_by"),
    "approved": Row(rules.can_be_approved, approvers, "warning_approved_by"),
    "issued": Row(rules.can_be_issued, issuers, "warning_issued_by"),
    "lifted": Row(rules.can_be_lifted, lifters, "warning_lifted_by"),
    "referred": Row(rules.can_be_referred, deciders, "warning_referred_by"),
    "withdrawn": Row(rules.can_be_withdrawn),
}


def require_draftable(plan: Plan, content: Content) -> None:
    """Raise `Refused` for content of a level that the plan does not have; anything else may still be missing."""
    warning_of(plan, content.level)


def require_allowed(case: Case, wanted: Wanted) -> None:
    """Raise `Refused` unless the step can be taken now, in the name of an office that may and that the author holds.

    Whether the author may draft at all is asked before (`STEP_RIGHTS`).
    """
    row = TABLE[wanted.kind]
    row.possible(case)
    office = getattr(wanted, "office", None)
    if row.offices is None or office is None:
        return
    allowed = row.offices(case)
    if office not in allowed:
        raise _left_to_others(case, row, wanted.kind, allowed)
    if office not in case.author.offices:
        raise Refused("office_not_held", rules.clause_of(case, wanted.kind), office=(office,))


@dataclass(frozen=True)
class Possibility:
    """A step as somebody may take it: `offices` that may (none: any who may draft), those `mine`, or why not."""

    kind: str
    offices: tuple[str, ...]
    mine: tuple[str, ...]
    refusal: Refused | None

    @property
    def allowed(self) -> bool:
        """Whether the viewer may take it now."""
        return self.refusal is None


def may(
    plan: Plan, state: WarningState, author: Author, phase: Phase, now: datetime, *, drafts: bool
) -> tuple[Possibility, ...]:
    """Return for every step of the table whether somebody may take it now, and if not why.

    `author` has the offices that the person holds for the plan, `drafts` says whether he has the right to draft,
    `phase` is the incident's (`Register.phase`).
    """
    case = Case(plan, state, author, phase, now)
    return tuple(_possibility(case, kind, drafts=drafts) for kind in WANTED_KINDS)


def _possibility(case: Case, kind: str, *, drafts: bool) -> Possibility:
    row = TABLE[kind]
    offices: tuple[str, ...] = ()
    refusal: Refused | None = None
    try:
        row.possible(case)
    except Refused as refused:
        refusal = refused
    # Who would approve or issue is told in preparation too; of a warning that ended there is nothing to tell.
    if row.offices is not None and rules.has_offices(case, kind):
        offices = row.offices(case)
    mine = tuple(office for office in offices if office in case.author.offices)
    if refusal is None and row.offices is None and not drafts:
        titles = tuple(ROLE_TITLES[role].zh for role in ROLE_TITLES if role in roles_with(Action.DRAFT_WARNING))
        refusal = Refused("warning_not_drafting", offices=titles)
    if refusal is None and row.offices is not None and not mine:
        refusal = _left_to_others(case, row, kind, offices)
    return Possibility(kind, offices, mine, refusal)


def _left_to_others(case: Case, row: Row, kind: str, offices: tuple[str, ...]) -> Refused:
    clause, quotation = rules.clause_of(case, kind), rules.quotation_of(case, kind)
    return Refused(row.others, clause, quotation, name=rules.name_of(case, kind), offices=offices)
