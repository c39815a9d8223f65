"""Where in a YAML file something stands, for messages that name the line and the place."""

from __future__ import annotations

from collections.abc import Sequence

import yaml


def message_of(text: str) -> str:
    """Return pydantic's message without what it puts before ours."""
    return text.removeprefix("Value error, ")


def place_of(location: Sequence[int | str], whole: str) -> str:
    """Return a location as it is written, `levels.0.clause`; `whole` for the file itself."""
    return ".".join(str(part) for part in location) or whole


def line_of(tree: yaml.Node | None, location: Sequence[int | str]) -> int:
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


def repeated_key(node: yaml.Node | None) -> str:
    """Return "line: message" for a key written twice in one mapping (YAML would keep the last), "" if none is."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                return f"{key.start_mark.line + 1}: {key.value}: this key stands here twice"
            seen.add(key.value)
            found = repeated_key(value)
            if found:
                return found
    elif isinstance(node, yaml.SequenceNode):
        return next((found for item in node.value if (found := repeated_key(item))), "")
    return ""
