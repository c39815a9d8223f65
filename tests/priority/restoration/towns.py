"""Small districts, crews and units for tests of restoration. Distances are straight lines: no roads are given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pandas as pd

from priority.incident import Incident
from priority.plans import load_plan
from priority.restoration.input import Crews
from priority.restoration.plan import restore
from priority.restoration.results import RestorationPlan
from priority.system import SupplySystem
from tests.pictures import WEST, District
from tests.priority.small import AT

#: Where the nodes of the first strip lie.
HERE = [WEST + 0.05, 35.1]


def clock(hours: float) -> str:
    return (AT + timedelta(hours=hours)).isoformat()


def crew(identifier: str, *skills: str, **fields: Any) -> dict[str, Any]:
    place = {} if "site" in fields or "depot" in fields else {"depot": HERE}
    return {"id": identifier, "name": f"{identifier}队", "skills": list(skills) or ["electricity"], **place, **fields}


def unit(identifier: str, kind: str = "generator", **fields: Any) -> dict[str, Any]:
    place = {} if "site" in fields or "depot" in fields else {"depot": HERE}
    return {"id": identifier, "name": f"{identifier}车", "kind": kind, **place, **fields}


def incident(faults: Mapping[str, float], *, plan: str = "energy-chengqu", **fields: Any) -> Incident:
    found = [{"element": element, "at": clock(hour)} for element, hour in faults.items()]
    return Incident.parse({"plan": plan, "at": AT.isoformat(), "faults": found, **fields})


def plan_for(
    district: District | Mapping[str, pd.DataFrame],
    faults: Mapping[str, float],
    crews: dict[str, Any],
    *,
    language: Any = "zh",
    restricted: bool = True,
    **fields: Any,
) -> RestorationPlan:
    frames = district.frames() if isinstance(district, District) else district
    system = SupplySystem.build(frames, "1-test")
    happened = incident(faults, **fields)
    document = Crews.parse({"seconds": 2, **crews})
    return restore(system, happened, document, load_plan(happened.plan), language=language, restricted=restricted)


def two_feeders() -> District:
    """A hospital on one feeder, many customers on the other, each behind its own switch."""
    district = District().network("electricity", "S* - s1| - a:50\nS - s2| - b:5000")
    return district.facility("h", "hospital", electricity=("a", 1))
