"""Small districts, crews and units for tests of restoration. Distances are straight lines: no roads are given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from priority.incident import Incident
from priority.plans import load_plan
from priority.restoration.input import Crews
from priority.restoration.plan import restore
from priority.restoration.results import RestorationPlan
from priority.roads.network import RoadNetwork
from priority.system import SupplySystem
from tests.pictures import STRIP, WEST, District
from tests.priority.small import AT, incident_document

#: Where the nodes of the first strip lie, and where its facilities do.
HERE = [WEST + 0.05, 35.1]
PLACES = [WEST + 0.05, 35.5]


def clock(hours: float) -> str:
    return (AT + timedelta(hours=hours)).isoformat()


def crew(identifier: str, *skills: str, **fields: Any) -> dict[str, Any]:
    place = {} if "site" in fields or "depot" in fields else {"depot": HERE}
    return {"id": identifier, "name": f"{identifier}队", "skills": list(skills) or ["electricity"], **place, **fields}


def unit(identifier: str, kind: str = "generator", **fields: Any) -> dict[str, Any]:
    """A unit that stands among the facilities and is ready there after half an hour."""
    place = {} if "site" in fields or "depot" in fields else {"depot": PLACES}
    return {"id": identifier, "name": f"{identifier}车", "kind": kind, **place, **fields}


def incident(faults: Mapping[str, float], *, plan: str = "energy-chengqu", **fields: Any) -> Incident:
    return Incident.parse(incident_document(faults, plan=plan, **fields))


def plan_for(
    district: District | Mapping[str, pd.DataFrame],
    faults: Mapping[str, float],
    crews: dict[str, Any],
    *,
    language: Any = "zh",
    restricted: bool = True,
    **fields: Any,
) -> RestorationPlan:
    """Plan for faults (element -> hour after eight o'clock); fields as of `incident_document`."""
    document = incident_document(faults, **fields)
    return restored(district, document, crews, language=language, restricted=restricted)


def restored(
    district: District | Mapping[str, pd.DataFrame],
    document: dict[str, Any],
    crews: dict[str, Any],
    *,
    language: Any = "zh",
    restricted: bool = True,
) -> RestorationPlan:
    """Plan for an incident's document; plan and time are given to it where they are missing."""
    frames = district.frames() if isinstance(district, District) else district
    happened = Incident.parse({"plan": "energy-chengqu", "at": clock(0), **document}, language)
    return restore(
        SupplySystem.build(frames, "1-test"),
        happened,
        Crews.parse({"seconds": 2, **crews}, language),
        load_plan(happened.plan),
        language=language,
        restricted=restricted,
    )


def ready_hours(unit: dict[str, Any], strip: int) -> float:
    """When a unit is ready at a facility of a strip: straight on, there are no roads."""
    target = np.array([[WEST + (strip + 0.5) * STRIP, 35.5]])
    travel_s = RoadNetwork.build(None).travel_s(np.array([unit["depot"]]), target, frozenset())
    return float(travel_s[0, 0]) / 3600 + float(unit.get("setup_hours", 0.5))


def value_of(plan: RestorationPlan) -> tuple[float, ...]:
    """The plan's loss on each level."""
    return tuple(level.value for level in plan.levels)


def two_feeders() -> District:
    """A hospital on one feeder, many customers on the other, each behind its own switch."""
    district = District().network("electricity", "S* - s1| - a:50\nS - s2| - b:5000")
    return district.facility("h", "hospital", electricity=("a", 1))
