"""The scripts there are: those that come with the product, and those that a district keeps in its home."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path

from webmap.drills.errors import InvalidScript, UnknownScript
from webmap.drills.reading import parse_script, read_script, shown_name
from webmap.drills.script import Script

_LOG = logging.getLogger(__name__)

#: Keys of the scripts that come with the product: the files beside this one.
SCRIPT_KEYS: tuple[str, ...] = ("energy-blackout", "heating-main-break")


@dataclass(frozen=True)
class ScriptBook:
    """Scripts by key, and by file name what is wrong with those that cannot be read."""

    scripts: Mapping[str, Script]
    broken: Mapping[str, str] = field(default_factory=dict)

    def script(self, key: str) -> Script:
        """Return the script of that key; raises `UnknownScript`."""
        try:
            return self.scripts[key]
        except KeyError:
            raise UnknownScript(key) from None


def script_book(folder: Path | None = None) -> ScriptBook:
    """Return the product's scripts and those in `folder` (`*.yaml`), read anew: a script is written while one looks.

    A file there with the key of one of the product's scripts replaces it. A folder that does not exist holds none.
    """
    scripts = {key: shipped(key) for key in SCRIPT_KEYS}
    broken: dict[str, str] = {}
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")) if folder is not None else ():
        name = shown_name(path)
        try:
            script = read_script(path)
        except InvalidScript as error:
            broken[name] = str(error)
            continue
        except Exception as error:  # noqa: BLE001  the others are played, whatever is wrong with one
            _LOG.exception("the script %s cannot be read", name)
            broken[name] = f"{name}: cannot be read ({type(error).__name__})"
            continue
        if script.key in seen:
            broken[name] = f"{name}: key: {script.key!r} is the key of {seen[script.key]} too"
            continue
        seen[script.key] = name
        scripts[script.key] = script
    return ScriptBook(scripts, broken)


@cache
def shipped(key: str) -> Script:
    """Return a script that comes with the product; `UnknownScript` if there is none of that key."""
    if key not in SCRIPT_KEYS:
        raise UnknownScript(key)
    source = resources.files("webmap.drills").joinpath("scripts", f"{key}.yaml")
    return parse_script(source.read_text(encoding="utf-8"), f"{key}.yaml")
