"""What may follow what, and who may bring it about: one table over the plan's data.

Rules are asked of the whole history in the order in which things happened, not of the last entry alone: a decision
recorded late, or a correction, must leave every later step allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from webmap.incidents import handover_rules, level_rules, order_rules, takeover_rules, warning_rules
from webmap.incidents.command_kinds import CommandHandedOver, CommandTakenBack, SupplyTakenOver
from webmap.incidents.effective import Effective
from webmap.incidents.entries import Fact, LevelChanged, LevelStarted, PriorityOrdered, WarningIssued, WarningLifted
from webmap.incidents.errors import Refused
from webmap.incidents.standing import Standing, level_of, warning_of

if TYPE_CHECKING:
    from priority.plans import Plan


@dataclass(frozen=True)
class Row:
    """A step: when it can be taken at all, by whom (None: by anybody), what others are told, and what stands after.

    `possible` raises `Refused`. `Any` is the fact of the row's kind.
    """

    possible: Callable[[Plan, Standing, Any], None]
    offices: Callable[[Plan, Standing, Any], tuple[str, ...]] | None
    refusal: Callable[[Plan, Standing, Any, tuple[str, ...]], Refused] | None
    after: Callable[[Plan, Standing, Effective], Standing]


_levels, _warnings, _order, _command = level_rules, warning_rules, order_rules, handover_rules
#: The one table. Of every kind that is not in it anyone who may write may write any, at any time.
TABLE: Mapping[str, Row] = {
    "level_started": Row(_levels.require_no_level, _levels.deciders, _levels.not_decider, _levels.set_level),
    "level_raised": Row(_levels.require_other_level, _levels.deciders, _levels.not_decider, _levels.set_level),
    "level_lowered": Row(_levels.require_other_level, _levels.enders, _levels.not_ender, _levels.lower_level),
    "level_ended": Row(_levels.require_level, _levels.enders, _levels.not_ender, _levels.end_level),
    "warning_issued": Row(_warnings.require_approval, _warnings.issuers, _warnings.not_issuer, _warnings.issue),
    "warning_lifted": Row(_warnings.require_standing_warning, _warnings.lifters, _warnings.not_lifter, _warnings.lift),
    "priority_ordered": Row(_order.always, _order.orderers, _order.not_orderer, _levels.unchanged),
    "command_handed_over": Row(
        _command.require_in_plan_and_own, _command.holders, _command.not_holder, _command.hand_over
    ),
    "command_taken_back": Row(_command.require_handed_over, _command.holders, _command.not_holder, _command.take_back),
    "supply_taken_over": Row(
        takeover_rules.require_other_supplier, takeover_rules.deciders, takeover_rules.not_decider, _levels.unchanged
    ),
    "closed": Row(_levels.require_nothing_in_force, None, None, _levels.unchanged),
}
#: Kinds of entry that the table rules.
RULED_KINDS = frozenset({*TABLE, "level_changed"} - {"level_raised", "level_lowered"})

#: Kinds that the own headquarters decides while it has the command.
_OWN_COMMAND = frozenset({"level_started", "level_changed", "level_ended", "closed"})


def row_of(plan: Plan, standing: Standing, fact: Fact) -> Row:
    """Return the row of a fact of a ruled kind; which one a change of level is depends on the running level."""
    if isinstance(fact, LevelChanged):
        lower = plan.rank_of(fact.level) < plan.rank_of(standing.level)
        return TABLE["level_lowered" if lower else "level_raised"]
    return TABLE[fact.kind]


def offices_that_may(plan: Plan, standing: Standing, fact: Fact) -> tuple[str, ...] | None:
    """Return the offices that may take a step now, None for anybody. Raises `Refused` if it is not possible at all."""
    row = row_of(plan, standing, fact)
    row.possible(plan, standing, fact)
    return None if row.offices is None else row.offices(plan, standing, fact)


def follow(plan: Plan, facts: Iterable[Effective], new: int | None = None) -> Standing:
    """Return what stands after facts in the order in which they happened; kinds without a rule change nothing.

    `new` is the number of the one that is about to be written, None where all are written. Raises `Refused` at the
    first that is not allowed; `broken` is its number.
    """
    standing = Standing()
    for item in facts:
        if item.fact.kind in RULED_KINDS and not (item.number != new and _is_idle(standing, item.fact)):
            try:
                standing = _after(plan, standing, item)
            except Refused as refusal:
                refusal.broken = item.number
                raise
    return standing


def _after(plan: Plan, standing: Standing, item: Effective) -> Standing:
    row = row_of(plan, standing, item.fact)
    asked = standing
    if item.fact.kind in _OWN_COMMAND and (standing.handed_over_in or 0) > item.number:
        # Nobody had written yet that the command was above: it was decided here all the same, and stays.
        asked = replace(standing, handed_over_to=None)
    offices = offices_that_may(plan, asked, item.fact)
    if offices is not None and row.refusal is not None and getattr(item.fact, "office", None) not in offices:
        raise row.refusal(plan, standing, item.fact, offices)
    return row.after(plan, standing, item)


def _is_idle(standing: Standing, fact: Fact) -> bool:
    """Whether a step that was written does nothing any more: what it took back was withdrawn afterwards."""
    return isinstance(fact, CommandTakenBack) and standing.handed_over_to is None


def clause_of(plan: Plan, fact: Fact) -> str | None:
    """Return the clause under which a decision is taken; raises `Refused` for one that the plan does not know."""
    if isinstance(fact, LevelStarted | LevelChanged):
        return level_of(plan, fact.level).clause
    if isinstance(fact, WarningIssued):
        return warning_of(plan, fact.level).clause
    if isinstance(fact, PriorityOrdered):
        return order_rules.list_clause(plan)
    if isinstance(fact, CommandHandedOver | CommandTakenBack):
        return handover_rules.handover_of(plan).clause
    if isinstance(fact, SupplyTakenOver):
        return takeover_rules.takeover_of(plan).clause
    return plan.warnings.lifting_clause if isinstance(fact, WarningLifted) else plan.ending.clause


def require_allowed(plan: Plan, history: Sequence[Effective], number: int) -> Standing:
    """Return what stands after a history in which entry `number` is new. Raises `Refused` if it cannot be.

    `broken` is left only where another entry than the new one would no longer be allowed.
    """
    try:
        return follow(plan, history, number)
    except Refused as refusal:
        if refusal.broken == number:
            refusal.broken = None
        raise
