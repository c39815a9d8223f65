"""Plans are data: one YAML file each, typed when loaded."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

import yaml
from pydantic import ValidationError

from priority.errors import InvalidPlan, UnknownPlan
from priority.plans.models import Figure, Interpretation, Language, Plan, PriorityClass, Wording

__all__ = [
    "PLAN_KEYS",
    "Figure",
    "Interpretation",
    "Language",
    "Plan",
    "PriorityClass",
    "Wording",
    "load_plan",
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


def read_plan(path: Path) -> Plan:
    """Read a plan from a file of the same form; `InvalidPlan` names file and place."""
    return parse_plan(path.read_text(encoding="utf-8"), path.name)


def parse_plan(text: str, name: str) -> Plan:
    """Turn YAML text into a plan. `name` is the file's name for messages."""
    try:
        return Plan.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise InvalidPlan(f"{name}: not YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "(top)"
        raise InvalidPlan(f"{name}: {place}: {first['msg']}") from error
