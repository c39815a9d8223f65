"""Logs of incidents as people write them, in minutes after the first fact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from priority.plans import Plan, load_plan, parse_plan
from priority.wording import Phrases
from tests.third_plan import THIRD_PLAN
from tests.web.incidents.logs import DUTY, OPENING, after, fact
from webmap.incidents.effective import Effective, effective_facts
from webmap.incidents.entries import Fact
from webmap.incidents.prose import Prose
from webmap.incidents.records import Entry, Log
from webmap.reviews import Material

ENERGY, HEATING = load_plan("energy-chengqu"), load_plan("heating-zezhou")
THIRD = parse_plan(THIRD_PLAN, "third.yaml")
DECIDERS = {"III": "办公室主任", "II": "副指挥长", "I": "指挥长"}


def told(minutes: float = 0) -> Fact:
    return fact("reported", minutes, text="停电")


def broken(minutes: float, element: str = "e-1") -> Fact:
    return fact("fault_located", minutes, element=element)


def repaired(minutes: float, element: str = "e-1") -> Fact:
    return fact("repaired", minutes, element=element)


def started(minutes: float, level: str, recommended: str | None = "same", reason: str | None = None) -> Fact:
    return _level("level_started", minutes, level, recommended, reason)


def changed(minutes: float, level: str, recommended: str | None = "same", reason: str | None = None) -> Fact:
    return _level("level_changed", minutes, level, recommended, reason)


def _level(kind: str, minutes: float, level: str, recommended: str | None, reason: str | None) -> Fact:
    proposed = level if recommended == "same" else recommended
    office = DECIDERS.get(level, "局长")
    return fact(kind, minutes, level=level, office=office, recommended=proposed, reason=reason)


def ended(minutes: float) -> Fact:
    return fact("level_ended", minutes, office="办公室主任")


def sent(minutes: float, report: str = "follow_up", to: str = "区委") -> Fact:
    return fact("report_sent", minutes, report=report, to=to)


def done(minutes: float, measure: str, clause: str | None = None, **more: Any) -> Fact:
    return fact("measure_done", minutes, measure=measure, **({} if clause is None else {"clause": clause}), **more)


def withdrawn(minutes: float, number: int) -> Fact:
    return fact("correction", minutes, corrects=number, replacement=None, reason="误记")


def log_written(facts: Iterable[Fact], plan: Plan = ENERGY, drill: bool = False, delay: float = 1) -> Log:
    """Return a log of which each entry was written `delay` minutes after it happened, or when the last one was."""
    entries: list[Entry] = []
    for number, item in enumerate(facts, start=1):
        written = after((item.happened_at - after(0)).total_seconds() / 60 + delay)
        if entries:
            written = max(written, entries[-1].written_at)
        entries.append(Entry(number, item, written, DUTY.id, DUTY.name))
    return Log(replace(OPENING, plan=plan.key, drill=drill), entries)


def effective(facts: Iterable[Fact]) -> list[Effective]:
    return effective_facts(log_written(facts).entries)


def minute(text: str | None) -> float | None:
    """Return a moment of a document in minutes after the first fact."""
    if text is None:
        return None
    return (datetime.fromisoformat(text) - after(0)).total_seconds() / 60


def material(log: Log, at: float, plan: Plan = ENERGY, **more: Any) -> Material:
    """Return what a review is made of, at so many minutes after the first fact."""
    language = more.get("language", "zh")
    prose = Prose(Phrases(language), plan)
    facts = effective_facts(log.entries)
    return Material(plan=plan, log=log, facts=facts, at=after(at), said=lambda _, fact: prose.sentence(fact), **more)


def moment(minutes: float | None) -> str | None:
    return None if minutes is None else after(minutes).isoformat()


def impact_of(
    states: Iterable[tuple[str, float, str]] = (),
    back: dict[str, float | None] | None = None,
    restored: dict[str, float | None] | None = None,
) -> dict[str, Any]:
    """Return the parts of an impact document that a review reads: states of places, returns, networks restored."""
    states = list(states)
    back = back or {}
    places = sorted({facility for facility, _, _ in states} | set(back))
    networks = {
        network: {
            "first_loss_at": moment(0),
            "restored": {"100": None if minutes is None else {"at": moment(minutes), "hours": minutes / 60}},
            "customer_hours": 10.0,
            "customers_unknown": 0,
        }
        for network, minutes in (restored or {}).items()
    }
    return {
        "synthetic": True,
        "people_hours_hit": 25.0,
        "networks": networks,
        "facilities": [
            {
                "id": place,
                "name": f"{place}号",
                "tier": 4,
                "reserves": [{"commodity": "electricity", "used_hours": 1.0}],
                "back_at": moment(back.get(place)),
            }
            for place in places
        ],
        "reserve_course": [
            {"facility": facility, "at": moment(minutes), "state": state} for facility, minutes, state in states
        ],
    }
