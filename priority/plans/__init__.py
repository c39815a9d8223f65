"""Plans are data: one YAML file each, typed when loaded."""

from __future__ import annotations

from functools import cache
from importlib import resources

from priority.errors import UnknownPlan
from priority.plans.base import Language, Wording
from priority.plans.models import Figure, Interpretation, Plan, PriorityClass
from priority.plans.reading import parse_plan, read_plan

__all__ = [
    "PLAN_KEYS",
    "Figure",
    "Interpretation",
    "Language",
    "Plan",
    "PriorityClass",
    "Wording",
    "load_plan",
    "parse_plan",
    "read_plan",
]

#: Keys of the plans that come with the product: the files beside this one.
PLAN_KEYS: tuple[str, ...] = ("energy-chengqu", "heating-zezhou")


@cache
def load_plan(key: str) -> Plan:
    """Return a plan that comes with the product; `UnknownPlan` if there is none of that key."""
    if key not in PLAN_KEYS:
        raise UnknownPlan(f"no plan {key!r}; there are {', '.join(PLAN_KEYS)}")
    source = resources.files(__package__).joinpath(f"{key}.yaml")
    return parse_plan(source.read_text(encoding="utf-8"), f"{key}.yaml")
