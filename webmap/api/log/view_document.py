"""An incident at a moment as a document: the picture's document, the level, what stands, what could be decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from priority.wording import Phrases
from webmap.accounts.roles import Action
from webmap.api.log.decisions import decisions
from webmap.api.log.held_document import held_document
from webmap.api.log.reader import Reader, offices_of
from webmap.api.log.redaction import names_hidden, open_document
from webmap.incidents.admission import CLOCK_TOLERANCE
from webmap.incidents.effective import Effective, effective_facts
from webmap.incidents.entries import (
    CommandHandedOver,
    CrewSent,
    MeasureDone,
    ReserveReported,
    SupplyTakenOver,
    UnitPlaced,
    WarningIssued,
)
from webmap.incidents.fold import fold_of, has_ended
from webmap.incidents.journal import Look
from webmap.incidents.moments import as_entered
from webmap.incidents.offices import office_name
from webmap.incidents.records import IncidentSummary, Opening
from webmap.incidents.state import IncidentState, LevelStep
from webmap.reviews.deadlines import next_report

CHINA = timezone(timedelta(hours=8))
_MAY: Mapping[str, Action] = {
    "record": Action.RECORD_FACT,
    "decide": Action.DECIDE_LEVEL,
    "issue_warning": Action.ISSUE_WARNING,
    "reorder": Action.REORDER_PRIORITY,
    "open": Action.OPEN_INCIDENT,
}


def head_document(opening: Opening, opened_by: str) -> dict[str, Any]:
    """Return how an incident was opened; `opened_by` is the name of who did."""
    return {
        "id": opening.incident_id,
        "plan": opening.plan,
        "name": opening.name,
        "drill": opening.drill,
        "opened_at": opening.opened_at,
        "opened_by": opened_by,
    }


def summary_document(one: IncidentSummary) -> dict[str, Any]:
    """Return an incident as a list tells of it."""
    return {
        **head_document(one.opening, one.opened_by_name),
        "phase": one.phase,
        "level": one.level,
        "length": one.length,
        "began_at": one.began_at,
        "last_written_at": one.last_written_at,
    }


def present_of(facts: Sequence[Effective], now: datetime, *, drill: bool) -> datetime:
    """Return the present of an incident from its effective facts: the clock's, while it lasts.

    In a drill, and once an incident has ended, it is that of what happened last: nobody tells any more what was
    delivered since, and stocks that are followed for months would end. What a real incident's log says a moment ahead
    of our clock has happened too: clocks differ.
    """
    last = facts[-1].fact.happened_at if facts else now
    present = last if drill or last > now or has_ended(facts) else now.astimezone(CHINA)
    return present.replace(microsecond=0) if present > last else present


def view_document(
    look: Look, reader: Reader, now: datetime, at: datetime | None = None, known: int | None = None
) -> dict[str, Any]:
    """Return an incident at a moment (its present without one) from its entries up to number `known` (all without)."""
    log = look.log if known is None else look.log.up_to(known)
    facts = effective_facts(log.entries)
    present = present_of(facts, now, drill=log.opening.drill)
    moment = present if at is None else at
    tolerance = timedelta(0) if log.opening.drill else CLOCK_TOLERANCE
    is_past = log.length < look.length or moment < present - tolerance
    state = fold_of(log, facts, moment)
    document, hidden = open_document(state.document, reader.hides)
    lost = 0
    if reader.data is not None:  # without layers nothing is known of anything
        document, lost = held_document(document, reader.places)
    plan = log.opening.plan
    offices = frozenset() if is_past else offices_of(reader.viewer, plan)
    decidable = (
        [] if is_past or reader.plan is None else decisions(reader.plan, facts, moment, offices, reader.language)
    )
    writable = not is_past and reader.plan is not None
    return {
        "incident": head_document(log.opening, look.opened_by_name),
        "began_at": as_entered(state.began_at or moment),
        "at": as_entered(moment),
        "known": log.length,
        "length": look.length,
        "phase": state.phase,
        "level": _step(state.level),
        "started": _step(state.started),
        "document": document,
        "hidden": hidden,
        "lost": lost,
        **_numbers(state, facts, reader),
        **_standing(state, reader),
        "without_effect": list(state.without_effect),
        "handover": handover_document(state, reader),
        "takeovers": _takeovers(state),
        "decisions": decidable,
        "next_report": None if reader.plan is None else _next_report(reader, facts, moment),
        "data": None if reader.data is None else reader.data.document(),
        "may": {name: writable and reader.viewer.may(action, plan) for name, action in _MAY.items()},
    }


def _next_report(reader: Reader, facts: Sequence[Effective], moment: datetime) -> dict[str, Any] | None:
    assert reader.plan is not None  # noqa: S101  the caller has asked
    found = next_report(reader.plan, facts, moment, reader.language)
    return None if found is None else found.model_dump(mode="json")


def _step(step: LevelStep | None) -> dict[str, Any] | None:
    if step is None:
        return None
    return {
        "number": step.number,
        "level": step.level,
        "at": as_entered(step.at),
        "office": step.office,
        "author": step.author_name,
        "reason": step.reason,
    }


def handover_document(state: IncidentState, reader: Reader) -> dict[str, Any] | None:
    """Return to whom the command was handed over, when, by whom and why; None while the own headquarters has it."""
    if state.handover is None:
        return None
    fact = state.handover.fact
    assert isinstance(fact, CommandHandedOver)  # noqa: S101  the fold's table says so
    office = office_name(fact.office, Phrases(reader.language))
    told = {"to": fact.to, "office": office, "author": state.handover.author_name, "reason": fact.reason}
    return {**_told(state.handover), **told, "clause": fact.clause}


def _takeovers(state: IncidentState) -> list[dict[str, Any]]:
    """Return which heat source was given the homes of which other one, and is to heat them still."""
    rows = []
    for item in state.takeovers.values():
        fact = item.fact
        assert isinstance(fact, SupplyTakenOver)  # noqa: S101  the fold's table says so
        rows.append({**_told(item), "stopped": fact.stopped, "by": fact.by, "reason": fact.reason})
    return rows


def _numbers(state: IncidentState, facts: Sequence[Effective], reader: Reader) -> dict[str, Any]:
    """The entries behind what is shown, without those behind what is not."""
    hidden = {item.number for item in facts if names_hidden(item.fact, reader.hides)}
    return {
        "faults": {element: number for element, number in state.faults.items() if not reader.hides(element)},
        "fault_entries": {
            element: list(numbers) for element, numbers in state.fault_entries.items() if not reader.hides(element)
        },
        "area_entries": [number for number in state.area_entries if number not in hidden],
        "entries_of": {told: number for told, number in state.entries_of.items() if number not in hidden},
    }


def _standing(state: IncidentState, reader: Reader) -> dict[str, Any]:
    def shown(items: Any) -> list[Effective]:
        return [item for item in items if not names_hidden(item.fact, reader.hides)]

    return {
        "warnings": [_warning(item) for item in state.warnings.values()],
        "reserves": [_reserve(item) for item in shown(state.reserves.values())],
        "units": [_unit(item) for item in shown(state.units.values())],
        "crews": [_crew(item) for item in shown(state.crews.values())],
        "measures": [_measure(item) for item in state.measures],
    }


def _told(item: Effective) -> dict[str, Any]:
    return {"at": as_entered(item.fact.happened_at), "number": item.number}


def _warning(item: Effective) -> dict[str, Any]:
    fact = item.fact
    assert isinstance(fact, WarningIssued)  # noqa: S101  the fold's table says so
    return {**_told(item), "level": fact.level, "scope": fact.scope, "text": fact.text, "office": fact.office}


def _reserve(item: Effective) -> dict[str, Any]:
    fact = item.fact
    assert isinstance(fact, ReserveReported)  # noqa: S101  the fold's table says so
    return {**_told(item), "facility": fact.facility, "commodity": fact.commodity, "hours": fact.hours}


def _unit(item: Effective) -> dict[str, Any]:
    fact = item.fact
    assert isinstance(fact, UnitPlaced)  # noqa: S101  the fold's table says so
    return {**_told(item), "unit": fact.unit, "facility": fact.facility, "commodity": fact.commodity}


def _crew(item: Effective) -> dict[str, Any]:
    fact = item.fact
    assert isinstance(fact, CrewSent)  # noqa: S101  the fold's table says so
    return {**_told(item), "crew": fact.crew, "element": fact.element, "task": fact.task}


def _measure(item: Effective) -> dict[str, Any]:
    fact = item.fact
    assert isinstance(fact, MeasureDone)  # noqa: S101  the fold's table says so
    return {**_told(item), "measure": fact.measure, "unit": fact.unit, "clause": fact.clause}
