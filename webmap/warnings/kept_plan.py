"""As much of a plan as a message needs, kept with it: what went out is told and lifted also when the plan is gone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from priority.plans import Plan
from priority.plans.base import Wording
from priority.plans.response import Warnings

_PLAIN = ("key", "document_number", "county_code")
_WORDED = ("title", "county_name", "office")
#: How levels are tested and read is for suggestions alone.
_LEFT_OUT = {"levels": {"__all__": {"test", "reading"}}}


def kept_of(plan: Plan) -> dict[str, Any]:
    """Return names, office and warning rules of a plan, to be read by `plan_from`."""
    worded = {name: getattr(plan, name).model_dump(mode="json") for name in _WORDED}
    rules = plan.warnings.model_dump(mode="json", exclude=_LEFT_OUT)
    return {**{name: getattr(plan, name) for name in _PLAIN}, **worded, "warnings": rules}


def plan_from(kept: Mapping[str, Any]) -> Plan:
    """Return the plan of what `kept_of` kept; of anything else it has no attribute."""
    fields: dict[str, Any] = {name: kept[name] for name in _PLAIN}
    fields |= {name: Wording.model_validate(kept[name]) for name in _WORDED}
    return Plan.model_construct(**fields, warnings=Warnings.model_validate(kept["warnings"]))
