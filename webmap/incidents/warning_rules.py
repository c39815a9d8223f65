"""Who may issue and lift a warning (energy plan 3.3, 3.5; heating plan 3.3, 3.4), from the plan's data.

The plans name a unit as issuer; it acts through its head. Who approves a warning may issue it too. It is lifted by
those who issued it (谁发布谁解除): the office that did, and the others through which the unit acts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from webmap.incidents.effective import Effective
from webmap.incidents.entries import WarningIssued, WarningLifted
from webmap.incidents.errors import Refused
from webmap.incidents.offices import COMMANDERS, offices_acting_for
from webmap.incidents.standing import Standing, warning_of

if TYPE_CHECKING:
    from priority.plans import Plan


def require_approval(plan: Plan, standing: Standing, fact: WarningIssued) -> None:
    """Where the plan asks for approval, who approves issues the warning, or is named by who does.

    What is updated must stand; it may have expired.
    """
    if fact.replaces is not None and fact.replaces not in standing.warnings:
        raise Refused("warning_not_standing", plan.warnings.lifting_clause, number=fact.replaces)
    warning = warning_of(plan, fact.level)
    approvers = warning.approved_by
    if approvers and fact.office not in approvers and fact.approved_by not in approvers:
        raise Refused("warning_not_approved", warning.clause, warning.procedure, name=warning.name, offices=approvers)


def require_standing_warning(plan: Plan, standing: Standing, fact: WarningLifted) -> None:
    """Only a warning that was issued and not lifted can be lifted."""
    if fact.warning not in standing.warnings:
        raise Refused("warning_not_standing", plan.warnings.lifting_clause, number=fact.warning)


def issuers(plan: Plan, _standing: Standing, fact: WarningIssued) -> tuple[str, ...]:
    """The offices that may issue a warning."""
    return issuing_offices(plan, fact.level)


def issuing_offices(plan: Plan, level: str) -> tuple[str, ...]:
    """The offices that may issue a warning of a level (its key); raises `Refused` for one that the plan lacks."""
    warning = warning_of(plan, level)
    return tuple(dict.fromkeys((*offices_acting_for(warning.issued_by), *warning.approved_by)))


def lifting_offices(plan: Plan, level: str, office: str) -> tuple[str, ...]:
    """The offices that may lift a warning of a level that an office issued."""
    unit = offices_acting_for(warning_of(plan, level).issued_by)
    # A deputy speaks for the same headquarters as the commander.
    own = COMMANDERS if office in COMMANDERS else (office,)
    return tuple(dict.fromkeys((*own, *unit)))


def lifters(_plan: Plan, standing: Standing, fact: WarningLifted) -> tuple[str, ...]:
    """The offices that may lift a warning."""
    return standing.warnings[fact.warning]


def not_issuer(plan: Plan, _standing: Standing, fact: WarningIssued, offices: tuple[str, ...]) -> Refused:
    """The refusal of an office that may not issue a warning of that level."""
    warning = warning_of(plan, fact.level)
    told = {"name": warning.name, "offices": offices, "office": (fact.office,)}
    return Refused("not_issuing", warning.clause, warning.procedure, **told)


def not_lifter(plan: Plan, _standing: Standing, fact: WarningLifted, offices: tuple[str, ...]) -> Refused:
    """The refusal of an office that did not issue the warning."""
    told = {"number": fact.warning, "offices": offices, "office": (fact.office,)}
    return Refused("not_lifting", plan.warnings.lifting_clause, plan.warnings.lifting, **told)


def issue(plan: Plan, standing: Standing, item: Effective) -> Standing:
    """After it was issued a warning stands until it is lifted, and what it updates does no more.

    Who may have lifted what it updates may lift it too. A warning of the register stands until the register updates or
    lifts it, whatever an entry of the log says of it.
    """
    fact = item.fact
    assert isinstance(fact, WarningIssued)  # noqa: S101  the table says so
    left = standing
    earlier: tuple[str, ...] = ()
    if fact.replaces is not None:
        earlier = standing.warnings.get(fact.replaces, ())
        if standing.registered.get(fact.replaces) in (None, fact.warning_id):
            left = _without(standing, fact.replaces)
    offices = tuple(dict.fromkeys((*lifting_offices(plan, fact.level, fact.office), *earlier)))
    expiries = left.expiries if fact.expires_at is None else {**left.expiries, item.number: fact.expires_at}
    registered = left.registered if fact.warning_id is None else {**left.registered, item.number: fact.warning_id}
    warnings = {**left.warnings, item.number: offices}
    return replace(left, warnings=warnings, expiries=expiries, registered=registered)


def lift(_plan: Plan, standing: Standing, item: Effective) -> Standing:
    """After it was lifted a warning stands no more."""
    fact = item.fact
    assert isinstance(fact, WarningLifted)  # noqa: S101  the table says so
    return _without(standing, fact.warning)


def _without(standing: Standing, warning: int) -> Standing:
    left = {number: offices for number, offices in standing.warnings.items() if number != warning}
    expiries = {number: moment for number, moment in standing.expiries.items() if number != warning}
    return replace(standing, warnings=left, expiries=expiries)
