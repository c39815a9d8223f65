"""Rules for the documents: links lead somewhere, and every setting is written down."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_SETTING = re.compile(r"[A-Z][A-Z0-9_]+")


def broken_links(text: str, folder: Path) -> Iterator[str]:
    """Yield the relative links of a Markdown text that lead to nothing; `folder` is where the text stands."""
    for target in _LINK.findall(text):
        path = target.partition("#")[0]
        if path and "://" not in path and not (folder / path).exists():
            yield target


#: The modules below `webmap` that read the environment.
SETTINGS = ("settings.py", "oidc_settings.py", "cap_settings.py", "channel_settings.py")


def settings_read(*modules: Path) -> set[str]:
    """Return the environment variables that settings modules name."""
    return set().union(*(settings_in(module.read_text(encoding="utf-8")) for module in modules))


def settings_in(source: str) -> set[str]:
    """Return the environment variables a module names: its upper-case strings passed to calls."""
    return {
        argument.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and _SETTING.fullmatch(argument.value)
    }


def settings_documented(text: str) -> set[str]:
    """Return the environment variables in the first column of a Markdown table."""
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row) if _SETTING.fullmatch(name)}
