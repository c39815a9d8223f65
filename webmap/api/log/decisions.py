"""What could be decided now: each step of the response level that is possible, and who may take it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from webmap.incidents.effective import Effective
from webmap.incidents.entries import Decision, LevelChanged, LevelEnded, LevelStarted
from webmap.incidents.errors import Refused
from webmap.incidents.offices import COMMANDERS, DIRECTOR
from webmap.incidents.standing import Standing, level_of
from webmap.incidents.transitions import clause_of, follow, offices_that_may, row_of
from webmap.languages import Language

if TYPE_CHECKING:
    from priority.plans import Plan

#: Stands in a step that nobody has taken yet; it is never written.
_SOME_REASON = "-"
_BY_RANK = (*COMMANDERS, DIRECTOR)


def decisions(
    plan: Plan, facts: Iterable[Effective], at: datetime, held: Collection[str], language: Language
) -> list[dict[str, Any]]:
    """Return every level that can be started or changed to, and the end, with the offices that may decide it.

    `facts` are the log's effective ones; `held` are the viewer's offices, and where none of them may, `refusal` says
    why. A history that the plan does not allow (the plan was changed meanwhile) leaves nothing to decide: the list is
    empty.
    """
    try:
        standing = follow(plan, (item for item in facts if item.fact.happened_at <= at))
    except Refused:
        return []
    return [_document(plan, standing, step, held, language) for step in _steps(plan, standing, at, held)]


def _steps(plan: Plan, standing: Standing, at: datetime, held: Collection[str]) -> Iterator[Decision]:
    office = next((office for office in _BY_RANK if office in held), "")
    said: dict[str, Any] = {"happened_at": at, "office": office or DIRECTOR, "reason": _SOME_REASON}
    for level in plan.levels:
        if standing.level is None:
            yield LevelStarted(level=level.level, recommended=None, **said)
        elif standing.level != level.level:
            yield LevelChanged(level=level.level, recommended=None, **said)
    if standing.level is not None:
        yield LevelEnded(**said)


def _document(
    plan: Plan, standing: Standing, step: Decision, held: Collection[str], language: Language
) -> dict[str, Any]:
    offices, refusal = _deciders(plan, standing, step)
    mine = [office for office in offices if office in held] if refusal is None else []
    if refusal is None and not mine:
        refusal = _refusal(plan, standing, step, offices, held)
    return {
        "kind": step.kind,
        "level": getattr(step, "level", None),
        "offices": list(offices),
        "mine": mine,
        "clause": clause_of(plan, step),
        "refusal": None
        if refusal is None
        else {"message": refusal.message(language), "clause": refusal.clause, "quotation": refusal.quotation},
    }


def _deciders(plan: Plan, standing: Standing, step: Decision) -> tuple[tuple[str, ...], Refused | None]:
    """The offices that decide a step, and why none may now: the command was handed over."""
    try:
        return offices_that_may(plan, standing, step) or (), None
    except Refused as refusal:
        if standing.handed_over_to is None:
            raise
        row = row_of(plan, standing, step)
        return (() if row.offices is None else row.offices(plan, standing, step)), refusal


def _refusal(
    plan: Plan, standing: Standing, step: Decision, offices: tuple[str, ...], held: Collection[str]
) -> Refused:
    """Who holds an office is told what that office may not; who holds none, whose decision it is."""
    row = row_of(plan, standing, step)
    if row.refusal is not None and not set(_BY_RANK).isdisjoint(held):
        return row.refusal(plan, standing, step, offices)
    if isinstance(step, LevelStarted | LevelChanged) and plan.rank_of(step.level) > plan.rank_of(standing.level):
        level = level_of(plan, step.level)
        return Refused("decided_by", level.clause, level.procedure, level=level.level, offices=offices)
    code = "ended_by" if isinstance(step, LevelEnded) else "lowered_by"
    ending = plan.ending
    return Refused(code, ending.clause, ending.text, level=standing.level, rule=ending.rule, offices=offices)
