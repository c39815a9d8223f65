"""Who may change the order of the priority-guarantee list (energy plan 4.2.1(6), heating plan likewise).

The plans list the classes and name nobody who may change their order. Our ruling: the headquarters, which acts through
its commander and deputies, may at any time, and says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from webmap.incidents.entries import PriorityOrdered
from webmap.incidents.errors import Refused
from webmap.incidents.offices import COMMANDERS
from webmap.incidents.standing import Standing

if TYPE_CHECKING:
    from priority.plans import Plan


def always(_plan: Plan, _standing: Standing, _fact: PriorityOrdered) -> None:
    """The order can be changed at any time, also before a response is started."""


def orderers(_plan: Plan, _standing: Standing, _fact: PriorityOrdered) -> tuple[str, ...]:
    """The offices that may change the order."""
    return COMMANDERS


def list_clause(plan: Plan) -> str:
    """Return the clause that holds the plan's priority list."""
    return plan.priority_list[0].clause


def not_orderer(plan: Plan, _standing: Standing, fact: PriorityOrdered, offices: tuple[str, ...]) -> Refused:
    """The refusal of an office that may not change the order."""
    return Refused("not_ordering", list_clause(plan), offices=offices, office=(fact.office,))
