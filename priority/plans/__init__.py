"""Plans are data: one YAML file each, typed when loaded."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from priority.errors import InvalidPlan, UnknownPlan
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
    "plan_book",
    "read_plan",
]

#: Keys of the plans that come with the product: the files beside this one.
PLAN_KEYS: tuple[str, ...] = ("energy-chengqu", "heating-zezhou")


def plan_book(folder: Path | None = None) -> dict[str, Plan]:
    """Return every plan by key: the product's, and those in `folder` (`*.yaml`), where a district keeps its own.

    A file there with the key of one of the product's plans replaces it (a revised edition). Raises `InvalidPlan` for
    a file that is no plan, and for two files with one key. A folder that does not exist holds no plans.
    """
    book = {key: load_plan(key) for key in PLAN_KEYS}
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")) if folder is not None else ():
        plan = read_plan(path)
        if plan.key in seen:
            raise InvalidPlan(f"{path.name}: key: {plan.key!r} is the key of {seen[plan.key]} too")
        seen[plan.key] = path.name
        book[plan.key] = plan
    return book


@cache
def load_plan(key: str) -> Plan:
    """Return a plan that comes with the product; `UnknownPlan` if there is none of that key."""
    if key not in PLAN_KEYS:
        raise UnknownPlan(f"no plan {key!r}; there are {', '.join(PLAN_KEYS)}")
    source = resources.files(__package__).joinpath(f"{key}.yaml")
    return parse_plan(source.read_text(encoding="utf-8"), f"{key}.yaml")
