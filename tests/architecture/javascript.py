"""Rules for the page's ES modules, read as text: who may know Leaflet."""

import re

from tests.architecture.imports import Violation

#: Modules below this folder draw the map; all others stay testable without one.
MAP_FOLDER = "webmap/static/src/map/"
_MAP_LIBRARIES = ("leaflet", "@geoman-io/leaflet-geoman-free", "protomaps-leaflet")
_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)
_IMPORT = re.compile(r"""(?:\bimport\s*\(?|\bfrom|\brequire\s*\()\s*["']([^"']+)["']""")


def _without_comments(source: str) -> str:
    # Lines must keep their numbers; types in JSDoc may name Leaflet's types without loading it.
    return _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), source)


def imported_modules(source: str) -> list[tuple[int, str]]:
    """Return (line, module) for every import, export-from, dynamic import and require outside of comments."""
    text = _without_comments(source)
    return [(text.count("\n", 0, found.start()) + 1, found[1]) for found in _IMPORT.finditer(text)]


def _is_map_library(module: str) -> bool:
    return any(module == name or module.startswith(name + "/") for name in _MAP_LIBRARIES)


def leaflet_violations(source: str, file: str) -> list[Violation]:
    """Return imports of map libraries by a module that is not of the map folder; `file` is from the checkout."""
    if file.startswith(MAP_FOLDER):
        return []
    return [
        Violation(file, line, f"only {MAP_FOLDER} may import {module}")
        for line, module in imported_modules(source)
        if _is_map_library(module)
    ]
