"""Reading plan files: YAML to typed plans, with messages that name file, line and place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml
from pydantic import ValidationError

from priority.errors import InvalidPlan
from priority.plans.agreement import disagreements
from priority.plans.models import Plan


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
        repeated = _repeated_key(tree)
        if repeated:
            raise InvalidPlan(f"{name}:{repeated}")
        plan = Plan.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise InvalidPlan(f"{name}{line}: not YAML: {getattr(error, 'problem', error)}") from error
    except ValidationError as error:
        findings = [
            f"{name}:{_line(tree, item['loc'])}: {_place(item['loc'])}: {_message(item['msg'])}"
            for item in error.errors(include_url=False)
        ]
        raise InvalidPlan("\n".join(findings)) from error
    found = [f"{name}:{_line(tree, item.place)}: {_place(item.place)}: {item.message}" for item in disagreements(plan)]
    if found:
        raise InvalidPlan("\n".join(found))
    return plan


def _message(text: str) -> str:
    return text.removeprefix("Value error, ")


def _place(location: Sequence[int | str]) -> str:
    return ".".join(str(part) for part in location) or "plan"


def _line(tree: yaml.Node | None, location: Sequence[int | str]) -> int:
    """Return the line (from 1) of the innermost part of `location` that stands in the file."""
    node = tree
    line = 1 if node is None else node.start_mark.line + 1
    for part in location:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == part), None)
            if found is None:
                continue  # a tag of a union, or a key that is missing: the mapping's own line is the place
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line


def _repeated_key(node: yaml.Node | None) -> str:
    """Return "line: message" for a key written twice in one mapping (YAML would keep the last), "" if none is."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                return f"{key.start_mark.line + 1}: {key.value}: this key stands here twice"
            seen.add(key.value)
            found = _repeated_key(value)
            if found:
                return found
    elif isinstance(node, yaml.SequenceNode):
        return next((found for item in node.value if (found := _repeated_key(item))), "")
    return ""
