"""The incident documents of an incident's present, as the page makes them of what the log tells."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from webmap.api.log.held_document import held_document
from webmap.api.log.reader import Reader
from webmap.api.log.view_document import CHINA, present_of
from webmap.incidents.effective import effective_facts
from webmap.incidents.fold import fold_of, has_ended
from webmap.incidents.journal import Look
from webmap.incidents.mentions import elements_named
from webmap.incidents.moments import as_entered

#: How far ahead of its present an incident is looked at, and the longest time that is reckoned with; hours.
_AHEAD_H = 72
_LONGEST_H = 720
_HOUR = timedelta(hours=1)
_NETWORKS = 4
#: What is told of a damaged area, and of nothing else.
_AREA_FIELDS = ("area", "area_townships", "area_at", "area_network_at", "networks")
#: Fields in the page's order, so that the same document is the same text.
_FIELDS = ("figures", "priority_order", "inoperable", "started_at", "reserves")
_INTERVENTIONS = ("repairs", "placements", "operations", "closed_roads")


@dataclass(frozen=True)
class PresentDocuments:
    """An incident's present: `base` looks at it from its start on, `document` from the present moment, `hours` later.

    Nothing is marked where `is_marked` is false: then there is nothing to assess. `gone` are ids that the log names
    and the data no longer hold; they are left out. `runs` says that the present is the clock's.
    """

    base: dict[str, Any]
    document: dict[str, Any]
    hours: float
    is_marked: bool
    runs: bool
    gone: tuple[str, ...]


def present_documents(look: Look, reader: Reader, now: datetime) -> PresentDocuments:
    """Return the documents of an incident's present for a reader."""
    log = look.log
    facts = effective_facts(log.entries)
    present = present_of(facts, now, drill=log.opening.drill)
    state = fold_of(log, facts, present)
    told, _ = held_document(state.document, reader.places)
    began = state.began_at or present
    start = _start(began, present)
    ahead_h = max((present - start) / _HOUR, 0.0)
    horizon_h = min(_LONGEST_H, math.ceil(ahead_h) + _AHEAD_H)
    hours = min(ahead_h, horizon_h)
    moment = start if hours == 0 else (start + hours * _HOUR).astimezone(CHINA)
    base = _document(told, as_entered(start), horizon_h)
    gone = () if not reader.viewer.sees_restricted else _gone(look, reader)
    return PresentDocuments(
        base=base,
        document={**base, "at": as_entered(moment)},
        hours=round(hours * 3600) / 3600,
        is_marked=any(base.get(field) for field in ("faults", "area", "area_townships", "figures")),
        runs=not log.opening.drill and not has_ended(facts),
        gone=gone,
    )


def _start(began: datetime, present: datetime) -> datetime:
    """With the incident; of one that has gone on for weeks, so late that its present and days ahead can be seen."""
    longest = (_LONGEST_H - _AHEAD_H) * _HOUR
    return (present - longest).astimezone(CHINA) if present - began > longest else began


def _document(told: Mapping[str, Any], at: str, horizon_h: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "plan": told["plan"],
        "at": at,
        "horizon_hours": horizon_h,
        "faults": told.get("faults", []),
    }
    if told.get("area") or told.get("area_townships"):
        area = {name: told[name] for name in _AREA_FIELDS if told.get(name)}
        if len(area.get("networks", ())) >= _NETWORKS:
            del area["networks"]
        found |= {**area, "area_at": told.get("area_at", at)}
    interventions = {name: told[name] for name in _INTERVENTIONS if told.get(name)}
    if "operations" in interventions:
        by_time = sorted(interventions["operations"], key=lambda item: datetime.fromisoformat(item["at"]))
        interventions["operations"] = by_time
    if "repairs" in interventions:
        _keep_repairs_of_what_is_broken(interventions, found)
    return {**found, **{name: told[name] for name in _FIELDS if told.get(name)}, **interventions}


def _keep_repairs_of_what_is_broken(interventions: dict[str, Any], found: Mapping[str, Any]) -> None:
    broken = {fault["element"] for fault in found["faults"]}
    if "area_at" in found:
        broken |= {"area"}
    kept = [
        repair for repair in interventions["repairs"] if {repair["element"], repair["element"].split("/")[0]} & broken
    ]
    if kept:
        interventions["repairs"] = kept
    else:
        del interventions["repairs"]


def _gone(look: Look, reader: Reader) -> tuple[str, ...]:
    """Who may not know of restricted places is not told what is gone either: it may have been one."""
    named = {name for entry in look.log.entries for name in elements_named(entry.fact)}
    return tuple(sorted(name for name in named if not reader.places.knows_of(name)))
