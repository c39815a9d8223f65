"""The plan that a command names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from priority.errors import UnknownPlan
from webmap.cli.failures import WrongInput
from webmap.runtime import Runtime
from webmap.settings import Settings

if TYPE_CHECKING:
    from priority.plans import Plan


def chosen_plan(settings: Settings, key: str) -> Plan:
    """Return the plan of that key; `WrongInput`, which lists the plans there are, if there is none."""
    runtime = Runtime(settings.database_url, settings.plans_folder)
    try:
        return runtime.plan(key)
    except UnknownPlan:
        raise WrongInput(
            f"没有这个预案 (no such plan): {key}", f"可选的预案 (there are): {', '.join(runtime.plans)}"
        ) from None
