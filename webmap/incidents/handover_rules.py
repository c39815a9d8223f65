"""When the command goes upward and comes back, and by whom, from the plan's data (heating plan 4.3.1(3), 4.4(3)).

Where a plan says nothing of it (the energy plan does not) there is nothing to hand over. Our ruling: the headquarters
above decides on levels while it has the command, so the own offices start, change and end none until it is taken back;
what they had decided before anybody wrote that it was handed over stays.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from webmap.incidents.command_kinds import CommandHandedOver, CommandTakenBack
from webmap.incidents.effective import Effective
from webmap.incidents.errors import Refused
from webmap.incidents.standing import Standing

if TYPE_CHECKING:
    from priority.plans import Plan
    from priority.plans.response import Handover

_Step = CommandHandedOver | CommandTakenBack


def handover_of(plan: Plan) -> Handover:
    """Return what the plan says of handing over; `Refused` if it says nothing."""
    if plan.handover is None:
        raise Refused("no_handover_in_plan", title=plan.title)
    return plan.handover


def require_own_command(plan: Plan, standing: Standing, code: str = "handed_over") -> None:
    """Raise `Refused` while the command is with a headquarters above."""
    if standing.handed_over_to is not None:
        told = handover_of(plan)
        raise Refused(code, told.clause, told.text, to=standing.handed_over_to)


def require_in_plan_and_own(plan: Plan, standing: Standing, _fact: CommandHandedOver) -> None:
    """What was handed over is not handed over once more."""
    handover_of(plan)
    require_own_command(plan, standing, "handed_over_already")


def require_handed_over(plan: Plan, standing: Standing, _fact: CommandTakenBack) -> None:
    """What was not handed over cannot be taken back."""
    told = handover_of(plan)
    if standing.handed_over_to is None:
        raise Refused("not_handed_over", told.clause, told.text)


def holders(plan: Plan, _standing: Standing, _fact: _Step) -> tuple[str, ...]:
    """The offices that may hand over and take back."""
    return handover_of(plan).decided_by


def not_holder(plan: Plan, _standing: Standing, fact: _Step, offices: tuple[str, ...]) -> Refused:
    """The refusal of an office that may not."""
    told = handover_of(plan)
    code = "not_handing_over" if isinstance(fact, CommandHandedOver) else "not_taking_back"
    return Refused(code, told.clause, told.text, offices=offices, office=(fact.office,))


def hand_over(_plan: Plan, standing: Standing, item: Effective) -> Standing:
    """After it the command is with the one above."""
    assert isinstance(item.fact, CommandHandedOver)  # noqa: S101  the table says so
    return replace(standing, handed_over_to=item.fact.to, handed_over_in=item.number)


def take_back(_plan: Plan, standing: Standing, _item: Effective) -> Standing:
    """After it the command is the own headquarters' again."""
    return replace(standing, handed_over_to=None, handed_over_in=None)
