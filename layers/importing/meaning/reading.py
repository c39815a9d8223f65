"""Plans from documents, checked: every rule that a document breaks is told, with the place where it stands."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, cast

from layers.catalog import CATALOG
from layers.importing.datum.names import is_datum
from layers.importing.meaning.plan import (
    Building,
    IdFrom,
    ImportPlan,
    InvalidPlan,
    Mode,
    PlanProblem,
    Question,
    Value,
)
from layers.importing.meaning.units import dimensions_of, factor, known_units
from layers.schema import Field, Layer, Title

#: Longest name of a column, and longest text of a constant.
_LONGEST = 500
_LARGEST_TOLERANCE_M = 50.0
_KEYS = frozenset(ImportPlan("", "").document())
#: Fields of a line that topology building fills.
_BUILT = frozenset({"from_node", "to_node"})
#: Lines are joined; nodes cut the lines that are loaded.
_NETWORK = frozenset({"network_lines", "network_nodes"})


class _Problems(list[PlanProblem]):
    """Problems found so far."""

    def note(self, where: str, zh: str, en: str) -> None:
        """Add one."""
        self.append(PlanProblem(where, Title(zh, en)))


def read_plan(document: Any) -> ImportPlan:
    """Return the plan that a document describes. Raises `InvalidPlan` with every problem of it.

    Whether the columns named are in the table is for `unknown_columns`, since the document does not say.
    """
    problems = _Problems()
    if not isinstance(document, Mapping):
        problems.note("", "应为一个对象", "an object is expected")
        raise InvalidPlan(tuple(problems))
    for key in document:
        if key not in _KEYS:
            problems.note(str(key)[:_LONGEST], "没有这一项", "there is no such entry")
    layer = CATALOG.get(document.get("layer") or "") if isinstance(document.get("layer"), str) else None
    if layer is None:
        problems.note("layer", "没有这个图层", "there is no such layer")
        raise InvalidPlan(tuple(problems))
    plan = _plan(layer, document, problems)
    if problems:
        raise InvalidPlan(tuple(problems))
    return plan


def unknown_columns(plan: ImportPlan, columns: tuple[str, ...]) -> tuple[PlanProblem, ...]:
    """Return a problem for every column that the plan names and the table does not have."""
    named = {f"mapping.{target}": name for target, name in plan.mapping.items()}
    named |= {key: name for key in ("x", "y", "wkt") if (name := getattr(plan, key)) is not None}
    return tuple(
        PlanProblem(where, Title(f"文件中没有“{name}”这一列", f"the file has no column “{name}”"))
        for where, name in named.items()
        if name not in columns
    )


def open_questions(plan: ImportPlan, *, has_geometry: bool) -> tuple[Question, ...]:
    """Return what must still be said: required fields without a column or constant, the place, the datum.

    `has_geometry` tells whether the table has geometry of its own. Ends of lines are left to topology building where
    the plan asks for it.
    """
    layer = CATALOG[plan.layer]
    given = {*plan.mapping, *plan.constants}
    made = {"id"} if plan.id_from == "made" else set()
    made |= _BUILT if plan.topology is not None else set()
    questions = [
        Question(
            "column_open", item.name, Title(f"“{item.title.zh}”从哪里来？", f"Where does “{item.title.en}” come from?")
        )
        for item in layer.fields
        if item.required and item.name not in given | made
    ]
    if layer.geometry is None:
        return tuple(questions)
    if not has_geometry and plan.x is None and plan.wkt is None:
        questions.append(Question("place_open", "x", Title("坐标在哪两列？", "Which columns hold the coordinates?")))
    if plan.datum is None:
        questions.append(
            Question("datum_open", "datum", Title("坐标是什么坐标系？", "Which datum are the coordinates in?"))
        )
    return tuple(questions)


def _plan(layer: Layer, document: Mapping[str, Any], problems: _Problems) -> ImportPlan:
    mapping = _texts(layer, document, "mapping", problems)
    topology = _building(layer, document.get("topology"), problems)
    plan = ImportPlan(
        layer=layer.key,
        table=_text(document, "table", problems) or "",
        mapping=mapping,
        constants=_constants(layer, document, problems),
        choices=_choices(layer, document, problems),
        units=_units(layer, document, problems),
        x=_text(document, "x", problems),
        y=_text(document, "y", problems),
        wkt=_text(document, "wkt", problems),
        datum=_text(document, "datum", problems),
        swap_axes=_flag(document, "swap_axes", problems),
        encoding=_text(document, "encoding", problems) or "auto",
        mode=cast("Mode", _one_of(document, "mode", ("merge", "replace"), problems)),
        topology=topology,
        id_from=cast("IdFrom", _one_of(document, "id_from", ("made", "column"), problems)),
        lenient=_lenient(layer, document, problems),
    )
    _check_place(layer, plan, problems)
    if (plan.id_from == "column") != ("id" in plan.mapping):
        problems.note(
            "id_from", "编号取自列时要选一列，否则不选", "choose a column for the id if, and only if, it gives it"
        )
    return plan


def _check_place(layer: Layer, plan: ImportPlan, problems: _Problems) -> None:
    if (plan.x is None) != (plan.y is None):
        problems.note("y" if plan.y is None else "x", "坐标要两列", "coordinates need two columns")
    if plan.wkt is not None and plan.x is not None:
        problems.note("wkt", "坐标列与 WKT 列只能选一种", "either coordinate columns or a WKT column")
    if plan.x is not None and layer.geometry not in {None, "Point"}:
        problems.note("x", "一对坐标只能是点", "a pair of coordinates can only be a point")
    if layer.geometry is None and (plan.x or plan.wkt):
        problems.note("x", "本图层没有位置", "this layer has no places")
    if plan.datum is not None and not is_datum(plan.datum):
        problems.note("datum", "应为 EPSG:n、gcj02 或 bd09", "EPSG:n, gcj02 or bd09 is expected")


def _entries(document: Mapping[str, Any], key: str, problems: _Problems) -> dict[str, Any]:
    value = document.get(key) or {}
    if isinstance(value, Mapping) and all(isinstance(name, str) for name in value):
        return dict(value)
    problems.note(key, "应为一个对象", "an object is expected")
    return {}


def _fields(layer: Layer, entries: dict[str, Any], key: str, problems: _Problems) -> dict[Field, Any]:
    known = {item.name: item for item in layer.fields}
    for name in entries.keys() - known.keys():
        problems.note(f"{key}.{name[:_LONGEST]}", "本图层没有这个字段", "the layer has no such field")
    return {known[name]: value for name, value in entries.items() if name in known}


def _texts(layer: Layer, document: Mapping[str, Any], key: str, problems: _Problems) -> dict[str, str]:
    found = {}
    for item, value in _fields(layer, _entries(document, key, problems), key, problems).items():
        if isinstance(value, str) and 0 < len(value) <= _LONGEST:
            found[item.name] = value
        else:
            problems.note(f"{key}.{item.name}", "应为文字", "a text is expected")
    return found


def _constants(layer: Layer, document: Mapping[str, Any], problems: _Problems) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for item, value in _fields(layer, _entries(document, "constants", problems), "constants", problems).items():
        where = f"constants.{item.name}"
        if item.name == "id":
            problems.note(where, "编号不能都一样", "ids cannot all be the same")
        elif not _fits(item, value):
            kind = {"text": ("文字", "a text"), "boolean": ("是或否", "true or false")}.get(
                item.kind, ("数", "a number")
            )
            problems.note(where, f"应为{kind[0]}", f"{kind[1]} is expected")
        elif item.values and value not in {choice.key for choice in item.values}:
            keys = "、".join(choice.key for choice in item.values)
            problems.note(where, f"可选：{keys}", f"choices: {keys}")
        else:
            found[item.name] = value
    return found


def _fits(item: Field, value: object) -> bool:
    if item.kind == "boolean":
        return isinstance(value, bool)
    if item.kind == "text":
        return isinstance(value, str) and 0 < len(value.strip()) <= _LONGEST
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return False
    return item.kind == "number" or float(value).is_integer()


def _choices(layer: Layer, document: Mapping[str, Any], problems: _Problems) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for item, words in _fields(layer, _entries(document, "choices", problems), "choices", problems).items():
        where = f"choices.{item.name}"
        allowed = {choice.key for choice in item.values} if item.values else {"true", "false"}
        if not item.values and item.kind != "boolean":
            problems.note(where, "这个字段没有可选值", "the field has no choices")
        elif not isinstance(words, Mapping) or not all(isinstance(word, str) for word in words):
            problems.note(where, "应为一个对象", "an object is expected")
        elif not all(isinstance(key, str) and key in allowed for key in words.values()):
            problems.note(where, f"可选：{'、'.join(sorted(allowed))}", f"choices: {', '.join(sorted(allowed))}")
        else:
            found[item.name] = dict(words)
    return found


def _units(layer: Layer, document: Mapping[str, Any], problems: _Problems) -> dict[str, str]:
    found = {}
    for item, unit in _fields(layer, _entries(document, "units", problems), "units", problems).items():
        dimensions = dimensions_of(item.name, item.unit)
        if isinstance(unit, str) and factor(unit, dimensions) is not None:
            found[item.name] = unit
        else:
            known = "、".join(known_units(dimensions)) or "-"
            problems.note(f"units.{item.name}", f"可用的单位：{known}", f"units that can be read: {known}")
    return found


def _building(layer: Layer, value: Any, problems: _Problems) -> Building | None:
    if value is None:
        return None
    if layer.key not in _NETWORK:
        problems.note("topology", "只有管线和节点可以建立拓扑", "only network lines and nodes get a topology")
    tolerance_m = value.get("tolerance_m") if isinstance(value, Mapping) else None
    make_nodes = value.get("make_nodes", True) if isinstance(value, Mapping) else None
    number = isinstance(tolerance_m, (int, float)) and not isinstance(tolerance_m, bool)
    if not (number and 0 < float(tolerance_m or 0) <= _LARGEST_TOLERANCE_M and isinstance(make_nodes, bool)):
        limit = f"{_LARGEST_TOLERANCE_M:g}"
        problems.note("topology", f"容差应大于 0、不超过 {limit} 米", f"the tolerance is above 0 and up to {limit} m")
        return None
    return Building(float(tolerance_m or 0), make_nodes)


def _lenient(layer: Layer, document: Mapping[str, Any], problems: _Problems) -> tuple[str, ...]:
    names = document.get("lenient") or []
    optional = {item.name for item in layer.fields if not item.required}
    if isinstance(names, list) and all(isinstance(name, str) and name in optional for name in names):
        return tuple(dict.fromkeys(names))
    problems.note("lenient", "只能是本图层非必填的字段", "only optional fields of the layer")
    return ()


def _text(document: Mapping[str, Any], key: str, problems: _Problems) -> str | None:
    value = document.get(key)
    if value is None or (isinstance(value, str) and len(value) <= _LONGEST):
        return value or None
    problems.note(key, "应为文字", "a text is expected")
    return None


def _flag(document: Mapping[str, Any], key: str, problems: _Problems) -> bool:
    value = document.get(key, False)
    if not isinstance(value, bool):
        problems.note(key, "应为是或否", "true or false is expected")
    return value is True


def _one_of(document: Mapping[str, Any], key: str, allowed: tuple[str, ...], problems: _Problems) -> str:
    value = document.get(key, allowed[0])
    if value in allowed:
        return str(value)
    problems.note(key, f"可选：{'、'.join(allowed)}", f"choices: {', '.join(allowed)}")
    return allowed[0]
