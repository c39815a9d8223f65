"""Shared ways to make a protection list of a small district."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from priority.plans import load_plan
from priority.protection.lists import protect
from priority.protection.results import ProtectionList
from priority.system import SupplySystem
from tests.priority.small import AT

HORIZON_H = 24.0


def list_of(
    frames: Mapping[str, pd.DataFrame],
    *,
    plan: str = "energy-chengqu",
    horizon_hours: float = HORIZON_H,
    language: Any = "zh",
    restricted: bool = True,
) -> ProtectionList:
    """Make the list of a district from eight o'clock on."""
    system = SupplySystem.build(frames, "1-test")
    return protect(
        system, load_plan(plan), at=AT, horizon_hours=horizon_hours, language=language, restricted=restricted
    )
