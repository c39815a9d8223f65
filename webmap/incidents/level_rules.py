"""When a level may be started, raised, lowered and ended, and by whom, from the plan's data.

A level is started by an office that the plan names for it (energy plan 4.2.1-4.2.3, heating plan 4.3.1-4.3.3) and ended
by those who started it (谁启动谁结束: energy 4.4, heating 4.10). Two rulings where the plans are silent. "Those who
started it" are the institution: every office that may decide the level that was set, so that a deputy's level II may be
ended by the commander. Lowering is ending the higher level in part: it is for those who may end that, and the response
stays theirs to end.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from webmap.incidents.effective import Effective
from webmap.incidents.entries import Closed, LevelChanged, LevelEnded, LevelStarted
from webmap.incidents.errors import Refused
from webmap.incidents.handover_rules import require_own_command
from webmap.incidents.standing import Standing, level_of

if TYPE_CHECKING:
    from priority.plans import Plan

Setting = LevelStarted | LevelChanged


def require_no_level(plan: Plan, standing: Standing, fact: LevelStarted) -> None:
    """A response runs once: while one does, its level is changed."""
    require_own_command(plan, standing)
    if standing.level is not None:
        raise Refused("level_running", level_of(plan, standing.level).clause, level=standing.level)
    _require_reason(plan, fact)


def require_other_level(plan: Plan, standing: Standing, fact: LevelChanged) -> None:
    """A level is changed into another one of the plan."""
    require_own_command(plan, standing)
    if standing.level is None:
        raise Refused("no_level_to_change", level_of(plan, fact.level).clause)
    if standing.level == fact.level:
        raise Refused("same_level", level_of(plan, fact.level).clause, level=fact.level)
    _require_reason(plan, fact)


def _require_reason(plan: Plan, fact: Setting) -> None:
    level_of(plan, fact.level)
    if fact.recommended is not None:
        level_of(plan, fact.recommended)
    if fact.recommended != fact.level and fact.reason is None:
        nothing = "reason_without_assessment" if fact.recommendation_failed else "reason_without_recommendation"
        code = nothing if fact.recommended is None else "reason_missing"
        raise Refused(code, level=fact.level, recommended=fact.recommended)


def require_level(plan: Plan, standing: Standing, _fact: LevelEnded) -> None:
    """What does not run cannot be ended."""
    require_own_command(plan, standing)
    if standing.level is None:
        raise Refused("no_level_to_end", plan.ending.clause, plan.ending.text)


def require_nothing_in_force(plan: Plan, standing: Standing, fact: Closed) -> None:
    """A response is ended and a warning lifted by those who may, not by closing the incident; what expired is over."""
    require_own_command(plan, standing, "closed_handed_over")
    if standing.level is not None:
        raise Refused("closed_with_level", plan.ending.clause, plan.ending.text, level=standing.level)
    if in_force := standing.in_force_at(fact.happened_at):
        lifting = plan.warnings
        raise Refused("closed_with_warning", lifting.lifting_clause, lifting.lifting, number=in_force[0])


def deciders(plan: Plan, _standing: Standing, fact: Setting) -> tuple[str, ...]:
    """The offices that the plan lets decide the level."""
    return level_of(plan, fact.level).decided_by


def enders(_plan: Plan, standing: Standing, _fact: LevelChanged | LevelEnded) -> tuple[str, ...]:
    """The offices that may end the running level."""
    return standing.enders


def not_decider(plan: Plan, _standing: Standing, fact: Setting, offices: tuple[str, ...]) -> Refused:
    """The refusal of an office that may not decide the level."""
    level = level_of(plan, fact.level)
    return Refused(
        "not_deciding", level.clause, level.procedure, level=fact.level, offices=offices, office=(fact.office,)
    )


def not_ender(plan: Plan, standing: Standing, fact: LevelChanged | LevelEnded, offices: tuple[str, ...]) -> Refused:
    """The refusal of an office that did not start the running level."""
    code = "not_ending" if isinstance(fact, LevelEnded) else "not_lowering"
    ending = plan.ending
    told = {"level": standing.level, "rule": ending.rule, "offices": offices, "office": (fact.office,)}
    return Refused(code, ending.clause, ending.text, **told)


def set_level(plan: Plan, standing: Standing, item: Effective) -> Standing:
    """After a start or a raise the level is ended by those who may decide it."""
    fact = item.fact
    assert isinstance(fact, Setting)  # noqa: S101  the table says so
    return replace(standing, level=fact.level, enders=level_of(plan, fact.level).decided_by)


def lower_level(_plan: Plan, standing: Standing, item: Effective) -> Standing:
    """After lowering the response is still ended by those who may have ended the higher level."""
    assert isinstance(item.fact, LevelChanged)  # noqa: S101  the table says so
    return replace(standing, level=item.fact.level)


def end_level(_plan: Plan, standing: Standing, _item: Effective) -> Standing:
    """After the end no level runs."""
    return replace(standing, level=None, enders=())


def unchanged(_plan: Plan, standing: Standing, _item: Effective) -> Standing:
    """What is in force stays."""
    return standing
