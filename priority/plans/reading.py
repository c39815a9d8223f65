"""Reading plan files: YAML to typed plans, with messages that name file, line and place."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import ValidationError

from priority.errors import InvalidPlan
from priority.plans.agreement import disagreements
from priority.plans.models import Plan
from priority.yaml_places import line_of, message_of, place_of, repeated_key


def read_plan(path: Path) -> Plan:
    """Read a plan from a file; `InvalidPlan` names file, line and place."""
    try:
        return parse_plan(path.read_text(encoding="utf-8"), path.name)
    except UnicodeDecodeError as error:
        raise InvalidPlan(f"{path.name}: not UTF-8 text (byte {error.start})") from error


def parse_plan(text: str, name: str) -> Plan:
    """Turn YAML text into a plan. `name` is the file's name for messages."""
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        repeated = repeated_key(tree)
        if repeated:
            raise InvalidPlan(f"{name}:{repeated}")
        plan = Plan.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise InvalidPlan(f"{name}{line}: not YAML: {getattr(error, 'problem', error)}") from error
    except ValidationError as error:
        findings = [
            f"{name}:{line_of(tree, item['loc'])}: {place_of(item['loc'], 'plan')}: {message_of(item['msg'])}"
            for item in error.errors(include_url=False)
        ]
        raise InvalidPlan("\n".join(findings)) from error
    found = [
        f"{name}:{line_of(tree, item.place)}: {place_of(item.place, 'plan')}: {item.message}"
        for item in disagreements(plan)
    ]
    if found:
        raise InvalidPlan("\n".join(found))
    return plan
