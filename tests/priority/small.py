"""Shared ways to assess a small district in tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from priority.assessment import Assessment, assess
from priority.incident import Incident
from priority.plans import load_plan
from priority.system import SupplySystem

AT = datetime.fromisoformat("2026-01-12T08:00:00+08:00")


def assess_frames(
    frames: Mapping[str, pd.DataFrame],
    faults: Mapping[str, float] | list[dict[str, Any]] | None = None,
    *,
    plan: str = "energy-chengqu",
    later_h: float = 0.0,
    language: Any = "zh",
    restricted: bool = True,
    **fields: Any,
) -> Assessment:
    """Assess faults (element -> hour after eight o'clock) at eight plus `later_h` hours."""
    if isinstance(faults, list):
        fields["faults"], faults = faults, None
    document = {
        "plan": plan,
        "at": (AT + timedelta(hours=later_h)).isoformat(),
        "faults": [
            {"element": element, "at": (AT + timedelta(hours=hour)).isoformat()}
            for element, hour in (faults or {}).items()
        ],
        **fields,
    }
    incident = Incident.parse(document, language)
    system = SupplySystem.build(frames, "1-test")
    return assess(system, incident, load_plan(incident.plan), language=language, restricted=restricted)
