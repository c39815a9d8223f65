"""The plan of `webmap import`: what was recognised or kept, and over it what the options say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from layers.catalog import CATALOG
from layers.importing.meaning.plan import ImportPlan
from layers.importing.meaning.reading import read_plan
from layers.importing.source.refusals import refusal

if TYPE_CHECKING:
    import pandas as pd

    from layers.importing.source import Source

_PLACES = ("x", "y", "wkt")
_TRUE, _FALSE = frozenset({"true", "yes", "1", "是"}), frozenset({"false", "no", "0", "否"})


def wanted_plan(
    layer: str,
    source: Source,
    current: Mapping[str, pd.DataFrame],
    options: Mapping[str, Any],
    kept: Mapping[str, Any] | None,
) -> ImportPlan:
    """Return the plan to import by. Raises `InvalidPlan`, `UnusableFile` (no such table) and click's usage errors."""
    wanted = options["table"] or (kept or {}).get("table")
    table = _table(source, wanted, layer, current, named=options["table"] is not None)
    document = dict(kept) if kept is not None else _guessed(source, table, layer, current)
    if document["layer"] != layer:
        raise click.UsageError(f"方案是图层 {document['layer']} 的 (the mapping is for that layer)")
    document["table"] = table
    mapping, constants = dict(document["mapping"]), dict(document["constants"])
    for target, column in _pairs(options["mapped"], "--map"):
        if target in _PLACES:
            document[target] = column
        else:
            mapping[target] = column
    for target, text in _pairs(options["fixed"], "--set"):
        constants[target] = _value(layer, target, text)
        if not any(name == target for name, _ in _pairs(options["mapped"], "--map")):
            mapping.pop(target, None)
    document |= {"mapping": mapping, "constants": constants}
    document["id_from"] = "column" if "id" in mapping else "made"
    document["units"] = {**document["units"], **dict(_pairs(options["units"], "--unit"))}
    document["choices"] = _choices(document["choices"], options["choices"])
    document["lenient"] = [*dict.fromkeys((*document.get("lenient", ()), *options["lenient"]))]
    _add_reading(document, options)
    return read_plan(document)


def _add_reading(document: dict[str, Any], options: Mapping[str, Any]) -> None:
    """What is said of the file as a whole."""
    if options["datum"] != "auto":
        datum = str(options["datum"])
        document["datum"] = datum.upper() if datum.lower().startswith("epsg") else datum.lower()
    if options["swap_axes"]:
        document["swap_axes"] = True
    if options["encoding"] != "auto":
        document["encoding"] = options["encoding"]
    if options["mode"] is not None:
        document["mode"] = options["mode"]
    if options["tolerance_m"] is not None:
        before = document["topology"] or {"make_nodes": True}
        document["topology"] = {**before, "tolerance_m": options["tolerance_m"]}


def _guessed(source: Source, table: str, layer: str, current: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    from layers.importing.meaning.guess import guess  # noqa: PLC0415

    return {**guess(source, table, layer, current).plan.document(), "mode": "merge"}


def _table(source: Source, wanted: str | None, layer: str, current: Mapping[str, pd.DataFrame], *, named: bool) -> str:
    from layers.importing.meaning.likely_table import likely_table  # noqa: PLC0415

    names = [table.name for table in source.tables]
    if not names:
        raise refusal("no_tables")
    if wanted in names:
        return str(wanted)
    if named:
        raise refusal("unknown_table", table=wanted, names="、".join(names))
    return likely_table(source, layer, current)


def _pairs(given: Iterable[str], option: str) -> list[tuple[str, str]]:
    pairs = []
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise click.BadParameter(f"应为 名=值 (name=value): {text!r}", param_hint=option)
        pairs.append((name.strip(), value))
    return pairs


def _choices(before: Mapping[str, Mapping[str, str]], given: Iterable[str]) -> dict[str, dict[str, str]]:
    found = {target: dict(words) for target, words in before.items()}
    for name, value in _pairs(given, "--choice"):
        target, colon, word = name.partition(":")
        if not colon:
            raise click.BadParameter(f"应为 字段:词=值 (field:word=value): {name!r}", param_hint="--choice")
        found.setdefault(target, {})[word] = value
    return found


def _value(layer: str, target: str, text: str) -> str | int | float | bool:
    """A constant in the field's own type; what does not fit stays text, and the plan's rules tell of it."""
    kind = next((field.kind for field in CATALOG[layer].fields if field.name == target), "text")
    plain = text.strip()
    if kind == "boolean" and plain.lower() in _TRUE | _FALSE:
        return plain.lower() in _TRUE
    if kind in {"integer", "number"}:
        try:
            return int(plain) if kind == "integer" else float(plain)
        except ValueError:
            return text
    return text
