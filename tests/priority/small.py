"""Shared ways to assess a small district in tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from priority.assessment import Assessment, assess
from priority.incident import Incident
from priority.plans import load_plan
from priority.system import SupplySystem

AT = datetime.fromisoformat("2026-01-12T08:00:00+08:00")


def iso(hour: float) -> str:
    """Write the moment that many hours after eight o'clock, to the second."""
    return (AT + timedelta(seconds=round(hour * 3600))).isoformat()


def incident_document(
    faults: Mapping[str, float] | list[dict[str, Any]] | None = None,
    *,
    repairs: Mapping[str, float] | None = None,
    placements: Iterable[tuple[str, str, float]] = (),
    operations: Iterable[tuple[str, str, float]] = (),
    reserves: Iterable[tuple[str, str, float, float]] = (),
    plan: str = "energy-chengqu",
    later_h: float = 0.0,
    started_h: float | None = None,
    **fields: Any,
) -> dict[str, Any]:
    """Write an incident in hours after eight o'clock as the document that people send, at eight plus `later_h`.

    Faults and repairs are element -> hour, placements (facility, commodity, hour), operations (device, action, hour),
    reserves (facility, commodity, hours left, hour of the report). A list of faults stands as it is.
    """
    if not isinstance(faults, list):
        faults = [{"element": element, "at": iso(hour)} for element, hour in (faults or {}).items()]
    return {
        "plan": plan,
        "at": iso(later_h),
        "faults": faults,
        "repairs": [{"element": element, "at": iso(hour)} for element, hour in (repairs or {}).items()],
        "placements": [
            {"facility": facility, "commodity": commodity, "at": iso(hour)} for facility, commodity, hour in placements
        ],
        "operations": [{"device": device, "action": action, "at": iso(hour)} for device, action, hour in operations],
        "reserves": [
            {"facility": facility, "commodity": commodity, "hours": left_h, "at": iso(hour)}
            for facility, commodity, left_h, hour in reserves
        ],
        **({} if started_h is None else {"started_at": iso(started_h)}),
        **fields,
    }


def assess_frames(
    frames: Mapping[str, pd.DataFrame],
    faults: Mapping[str, float] | list[dict[str, Any]] | None = None,
    **fields: Any,
) -> Assessment:
    """Assess faults (element -> hour after eight o'clock) at eight plus `later_h` hours; see `incident_document`."""
    return assess_system(SupplySystem.build(frames, "1-test"), faults, **fields)


def assess_system(
    system: SupplySystem,
    faults: Mapping[str, float] | list[dict[str, Any]] | None = None,
    *,
    language: Any = "zh",
    restricted: bool = True,
    **fields: Any,
) -> Assessment:
    """Assess the same for a system that is built."""
    incident = Incident.parse(incident_document(faults, **fields), language)
    return assess(system, incident, load_plan(incident.plan), language=language, restricted=restricted)
