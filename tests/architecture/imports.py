"""Which room may import what, read from the syntax tree: nothing is imported to find out."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

#: What the product's rooms may take from each other; a room is a package of the checkout's top folder.
MAY_IMPORT = {
    "layers": frozenset({"layers"}),
    "priority": frozenset(
        {"priority", "layers.schema", "layers.catalog", "layers.vocabulary", "layers.crs"},
    ),
    "webmap": frozenset({"webmap", "priority", "layers"}),
}
ROOMS = tuple(MAY_IMPORT)

#: Outside packages a room must do without: analysis has no database, no web, no files and no clock;
#: geodata has no web.
FORBIDDEN = {
    "layers": ("flask", "flask_assets", "webassets", "click", "werkzeug"),
    "priority": (
        *("sqlalchemy", "geoalchemy2", "psycopg", "sqlite3", "pyogrio", "fiona"),
        *("flask", "flask_assets", "webassets", "werkzeug", "click"),
        *("time", "socket", "urllib.request", "http", "requests", "subprocess", "random"),
    ),
    "webmap": (),
}

#: What one file may take in spite of that: a search has a time limit.
EXEMPT = {"priority/restoration/clock.py": frozenset({"time.perf_counter"})}

#: Calls that read a clock or a file with geodata, by the end of their dotted name.
_CLOCK = ("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "Timestamp.now", "Timestamp.today")
_GEODATA_FILES = ("read_file", "to_file", "read_postgis", "to_postgis", "read_parquet", "to_parquet", "read_sql")
FORBIDDEN_CALLS = {"layers": (), "priority": (*_CLOCK, *_GEODATA_FILES), "webmap": ()}


@dataclass(frozen=True)
class Violation:
    """One broken rule: where, and what is wrong."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


def _within(name: str, allowed: str) -> bool:
    return name == allowed or name.startswith(allowed + ".")


def _imported(tree: ast.AST, package: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Yield (line, dotted name) of every import anywhere in a module, functions and TYPE_CHECKING blocks included.

    `from a import b` yields `a.b`, as b may be a module; relative imports are resolved against `package`.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            parts = [*base, *([node.module] if node.module else [])]
            yield from ((node.lineno, ".".join([*parts, name.name])) for name in node.names)


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"


def _calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.lineno, _dotted(node.func)


def import_violations(source: str, file: str) -> list[Violation]:
    """Return what a module of a room breaks; `file` is its path from the checkout, as `priority/a/b.py`."""
    path = Path(file)
    room = path.parts[0]
    tree = ast.parse(source, file)
    package = path.parts[:-1]
    found = []
    for line, name in _imported(tree, package):
        if name.partition(".")[0] in ROOMS and not any(_within(name, allowed) for allowed in MAY_IMPORT[room]):
            found.append(Violation(file, line, f"{room} must not import {name}"))
        banned_here = any(_within(name, banned) for banned in FORBIDDEN[room])
        if banned_here and name not in EXEMPT.get(path.as_posix(), frozenset()):
            found.append(Violation(file, line, f"{room} must do without {name}"))
    for line, name in _calls(tree):
        if any(f".{name}".endswith("." + banned) for banned in FORBIDDEN_CALLS[room]):
            found.append(Violation(file, line, f"{room} must not call {name}: time and data are arguments"))
    return found
