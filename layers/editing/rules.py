"""The catalogue's rules for one record, told field by field."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.catalog import CATALOG
from layers.editing.ground import Key, Record, Value
from layers.editing.problems import Problem
from layers.schema import Field, Title

Lookup = Callable[[Key], Record | None]
#: What a column of whole numbers holds at most, in either database.
_LARGEST_INTEGER = 2**31 - 1
_SHAPES = {"Point": {"Point"}, "LineString": {"LineString"}, "Polygon": {"Polygon", "MultiPolygon"}}
_SHAPE_TITLES = {"Point": Title("点", "point"), "LineString": Title("线", "line"), "Polygon": Title("面", "area")}


def read_value(layer: str, identifier: str, field: Field, given: Any) -> tuple[Value, Problem | None]:
    """Return a value as its column holds it, and what is wrong with it. Blank text is unknown; None stays unknown."""

    def wrong(code: str) -> tuple[Value, Problem]:
        return None, Problem(code, layer, identifier, field.name, detail={"field": field.title})

    if given is None or (isinstance(given, str) and not given.strip()):
        return None, None
    match field.kind:
        case "text":
            return (given, None) if isinstance(given, str) and "\x00" not in given else wrong("not_text")
        case "boolean":
            return (given, None) if isinstance(given, bool) else wrong("not_boolean")
        case "integer":
            whole = _is_number(given) and float(given).is_integer() and abs(given) < 2**53
            return (int(given), None) if whole else wrong("not_integer")
        case _:
            return (float(given), None) if _is_number(given) else wrong("not_number")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def check_record(key: Key, record: Record, lookup: Lookup) -> list[Problem]:
    """Return which of the catalogue's rules a record breaks; references are looked up with `lookup`."""
    layer = CATALOG[key[0]]
    problems = [problem for field in layer.fields for problem in _check_value(key, field, record, lookup)]
    if layer.geometry is not None:
        problems += _check_geometry(key, layer.geometry, record.geometry)
    return problems


def _check_value(key: Key, field: Field, record: Record, lookup: Lookup) -> list[Problem]:
    value = record.values.get(field.name)

    def wrong(code: str, **detail: object) -> list[Problem]:
        return [Problem(code, *key, field.name, detail={"field": field.title, **detail})]

    if value is None:
        return wrong("missing") if field.required else []
    if field.values and value not in {choice.key for choice in field.values}:
        return wrong("not_a_choice")
    if field.references is not None and lookup((field.references, str(value))) is None:
        return wrong("unknown_reference", value=value, target=CATALOG[field.references].title)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if field.minimum is not None and value < field.minimum:
            return wrong("too_low", limit=float(field.minimum))
        most = _LARGEST_INTEGER if field.maximum is None and field.kind == "integer" else field.maximum
        if most is not None and value > most:
            return wrong("too_high", limit=float(most))
    return []


def _check_geometry(key: Key, wanted: str, geometry: BaseGeometry | None) -> list[Problem]:
    if geometry is None or geometry.is_empty:
        return [Problem("no_geometry", *key, "geometry")]
    if geometry.geom_type not in _SHAPES[wanted]:
        return [Problem("wrong_geometry", *key, "geometry", detail={"wanted": _SHAPE_TITLES[wanted]})]
    corners = shapely.get_coordinates(geometry)
    if (np.abs(corners) > (180, 90)).any():
        return [Problem("not_on_earth", *key, "geometry")]
    return [] if geometry.is_valid else [Problem("broken_geometry", *key, "geometry")]


def check_networks_agree(key: Key, record: Record, lookup: Lookup) -> list[Problem]:
    """A line ends at nodes of its own network; a supply comes from a node of what it carries."""
    columns = {"network_lines": ("network", ("from_node", "to_node")), "supplies": ("commodity", ("node_id",))}
    own, ends = columns.get(key[0], ("", ()))
    problems = []
    for end in ends:
        node_id = record.values.get(end)
        node = None if node_id is None else lookup(("network_nodes", str(node_id)))
        if node is not None and node.values["network"] != record.values.get(own):
            problems.append(Problem("other_network", *key, end, detail={"name": node.name}))
    return problems
