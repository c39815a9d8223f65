"""Who names the supplier that takes over an area, from the plan's data (heating plan 4.5.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webmap.incidents.command_kinds import SupplyTakenOver
from webmap.incidents.errors import Refused
from webmap.incidents.standing import Standing

if TYPE_CHECKING:
    from priority.plans import Plan
    from priority.plans.response import SupplierTakeover


def takeover_of(plan: Plan) -> SupplierTakeover:
    """Return what the plan says of taking over; `Refused` if it says nothing."""
    if plan.takeover is None:
        raise Refused("no_takeover_in_plan", title=plan.title)
    return plan.takeover


def require_other_supplier(plan: Plan, _standing: Standing, fact: SupplyTakenOver) -> None:
    """Nobody takes over from itself."""
    told = takeover_of(plan)
    if fact.by == fact.stopped:
        raise Refused("takeover_by_itself", told.clause, told.text)


def deciders(plan: Plan, _standing: Standing, _fact: SupplyTakenOver) -> tuple[str, ...]:
    """The offices that may name who takes over."""
    return takeover_of(plan).decided_by


def not_decider(plan: Plan, _standing: Standing, fact: SupplyTakenOver, offices: tuple[str, ...]) -> Refused:
    """The refusal of an office that may not."""
    told = takeover_of(plan)
    return Refused("not_naming_supplier", told.clause, told.text, offices=offices, office=(fact.office,))
