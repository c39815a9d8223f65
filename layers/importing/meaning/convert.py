"""Rows of a file into records of a layer, by a plan: values typed, places in EPSG:4490, and every fault told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers.catalog import CATALOG
from layers.importing.codes.table import BY_NAME
from layers.importing.datum.conversion import stored_shapes
from layers.importing.issues import IssueBook
from layers.importing.meaning.identity import made_ids, part_ids
from layers.importing.meaning.plan import ImportPlan, InvalidPlan, PlanProblem
from layers.importing.meaning.reading import unknown_columns
from layers.importing.meaning.shapes import Fitted, fit
from layers.importing.meaning.texts import read_ordinates, read_shapes
from layers.importing.meaning.values import Reading, plain_text, read_column
from layers.importing.source.model import Batch
from layers.schema import Layer, Title

#: `{column}`, or `{column:6}` for the first six characters.
_PLACEHOLDER = re.compile(r"\{([^{}]+?)(?::(\d{1,2}))?\}")


@dataclass(frozen=True, eq=False)
class Problem:
    """One kind of finding in one field: `positions` are places (0, 1, ...) in the frame, `values` the cells there."""

    code: str
    column: str | None
    positions: NDArray[np.int64]
    values: NDArray[np.object_]
    figures: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Converted:
    """Records of a batch.

    `frame` has the catalogue's columns as objects, None where unknown, and `geometry` in EPSG:4490 where the layer has
    geometry, None where a row has no usable one. `rows` are the numbers in the file, one for each record; a row of
    several parts gives several records. `refused` tells which records have a problem that is an error.
    """

    rows: NDArray[np.int64]
    frame: pd.DataFrame
    problems: tuple[Problem, ...]
    refused: NDArray[np.bool_]


def convert(batch: Batch, plan: ImportPlan) -> Converted:
    """Return the records that a plan makes of a batch; no rows give no records.

    Raises `InvalidPlan` if the plan names columns that the batch does not have, or leaves the datum open where it is
    needed. What a required field lacks is left for the checks of records.
    """
    missing = unknown_columns(plan, tuple(map(str, batch.columns.columns)))
    if missing:
        raise InvalidPlan(missing)
    layer = CATALOG[plan.layer]
    problems: list[Problem] = []
    values = {item.name: _field(layer, item.name, batch, plan, problems) for item in layer.fields}
    if layer.geometry is None:
        frame = pd.DataFrame(values, dtype=object)
        placed = np.arange(len(batch.rows), dtype=np.int64)
        parts = np.ones(len(placed), dtype=np.int64)
    else:
        fitted = _places(layer, batch, plan, problems)
        placed, parts = fitted.rows, fitted.parts
        frame = pd.DataFrame({name: column[placed] for name, column in values.items()}, dtype=object)
        places = _stored(fitted.shapes, plan, placed, problems)
        frame["geometry"] = pd.Series(places, index=frame.index, dtype=object)
    ids = made_ids(layer, frame) if plan.id_from == "made" else part_ids(frame["id"].to_numpy(dtype=object), parts)
    # As a plain array the library would make it text with NaN for what is unknown.
    frame["id"] = pd.Series(ids, index=frame.index, dtype=object)
    problems = [_spread(problem, placed) for problem in problems]
    return Converted(batch.rows[placed], frame, tuple(problems), _refused(problems, len(placed)))


def raw_places(batch: Batch, plan: ImportPlan) -> pd.DataFrame:
    """Return `id`, `name`, where known `network`, and `geometry` as the file has it, before its datum is known."""
    layer = CATALOG[plan.layer]
    ignored: list[Problem] = []
    fitted = _places(layer, batch, plan, ignored)
    names = [name for name in ("id", "name", "network") if name in layer.columns]
    values = {name: _field(layer, name, batch, plan, ignored)[fitted.rows] for name in names}
    frame = pd.DataFrame(values, dtype=object)
    frame["geometry"] = pd.Series(fitted.shapes, index=frame.index, dtype=object)
    return frame


def record(converted: Converted, book: IssueBook) -> None:
    """Put the problems of a batch into a book of issues, with the numbers of the rows in the file."""
    for problem in converted.problems:
        rows = dict.fromkeys(converted.rows[problem.positions].tolist())
        book.add(problem.code, column=problem.column, rows=rows, values=problem.values, **problem.figures)


def _field(layer: Layer, name: str, batch: Batch, plan: ImportPlan, problems: list[Problem]) -> NDArray[np.object_]:
    """A field's values by mapping and constant."""
    count = len(batch.rows)
    values = np.full(count, None, dtype=object)
    item = layer.field(name)
    source = plan.mapping.get(name)
    unread = np.zeros(count, dtype=bool)
    if source is not None:
        cells = batch.columns[source]
        column = read_column(cells, Reading(layer.key, item, plan.units.get(name), plan.choices.get(name)))
        values = column.values
        raw = cells.to_numpy(dtype=object)
        for code, positions in column.faults.items():
            is_error = BY_NAME[code].severity == "error"
            unread[positions] |= is_error
            shown = "left_unknown" if is_error and name in plan.lenient else code
            problems.append(Problem(shown, name, positions, raw[positions], _figures(shown, item)))
    constant = plan.constants.get(name)
    if constant is not None:
        # A cell that could not be read is not empty: the constant must not hide it.
        empty = pd.isna(values) & ~unread
        values[empty] = _filled(constant, batch, empty) if isinstance(constant, str) else constant
    return values


def _figures(code: str, item: Any) -> dict[str, Any]:
    """What the words of a code need besides the column and the values."""
    if code == "wrong_type":
        zh, en = {"boolean": ("是或否", "yes or no"), "integer": ("整数", "whole number")}.get(
            item.kind, ("数", "number")
        )
        return {"kind_zh": zh, "kind_en": en}
    if code == "unknown_value":
        return {
            "allowed_zh": "、".join(choice.title.zh for choice in item.values),
            "allowed_en": ", ".join(choice.title.en for choice in item.values),
        }
    return {}


def _filled(constant: str, batch: Batch, empty: NDArray[np.bool_]) -> Any:
    """A text constant, with `{column}` replaced by each row's text where the table has such a column."""
    found = [item for item in _PLACEHOLDER.finditer(constant) if item[1] in batch.columns.columns]
    if not found:
        return constant
    filled = np.full(int(empty.sum()), "", dtype=object)
    start = 0
    for item in found:
        cells = batch.columns[item[1]].to_numpy(dtype=object)[empty]
        length = int(item[2]) if item[2] else None
        texts = np.array(["" if pd.isna(cell) else plain_text(cell)[:length] for cell in cells], dtype=object)
        filled = filled + constant[start : item.start()] + texts
        start = item.end()
    filled = filled + constant[start:]
    return np.array([text.strip() or None for text in filled], dtype=object)


def _places(layer: Layer, batch: Batch, plan: ImportPlan, problems: list[Problem]) -> Fitted:
    """The table's geometry, or that of its columns, fit for the layer and in the file's own system."""
    kind = layer.geometry
    assert kind is not None  # noqa: S101  the caller asks for layers with geometry alone
    shapes = np.full(len(batch.rows), None, dtype=object)
    if plan.wkt is not None:
        cells = batch.columns[plan.wkt]
        shapes, unread = read_shapes(cells, kind)
        _note_unread(problems, unread, cells.to_numpy(dtype=object))
    elif plan.x is not None and plan.y is not None:
        shapes = _pairs(batch, plan.x, plan.y, problems)
    elif batch.geometry is not None:
        shapes = np.asarray(batch.geometry, dtype=object)
    fitted = fit(shapes, kind)
    for code, positions in fitted.faults.items():
        kinds = np.array([shape.geom_type for shape in shapes[positions]], dtype=object)
        zh = {"Point": "点", "LineString": "线", "Polygon": "面"}[kind]
        problems.append(Problem(code, None, positions, kinds, {"wanted_zh": zh, "wanted_en": kind}))
    return fitted


def _pairs(batch: Batch, x_name: str, y_name: str, problems: list[Problem]) -> NDArray[np.object_]:
    x, x_unread = read_ordinates(batch.columns[x_name])
    y, y_unread = read_ordinates(batch.columns[y_name])
    raw = batch.columns[x_name].astype(str) + " " + batch.columns[y_name].astype(str)
    _note_unread(problems, x_unread | y_unread, raw.to_numpy(dtype=object))
    shapes = np.full(len(x), None, dtype=object)
    # Zero, zero is what software writes for a place that it does not know.
    known = np.isfinite(x) & np.isfinite(y) & ~((x == 0) & (y == 0))
    shapes[known] = shapely.points(x[known], y[known])
    return shapes


def _note_unread(problems: list[Problem], unread: NDArray[np.bool_], raw: NDArray[np.object_]) -> None:
    if unread.any():
        positions = np.flatnonzero(unread)
        problems.append(Problem("unreadable_place", None, positions, raw[positions]))


def _stored(
    shapes: NDArray[np.object_], plan: ImportPlan, rows: NDArray[np.int64], problems: list[Problem]
) -> NDArray[np.object_]:
    """The places in EPSG:4490; None, with a problem, where the datum has none."""
    if shapely.is_missing(shapes).all():
        return shapes
    if plan.datum is None:
        raise InvalidPlan((PlanProblem("datum", Title("坐标系还没有选", "the datum is not chosen yet")),))
    stored = stored_shapes(shapes, plan.datum, swap_axes=plan.swap_axes)
    lost = ~shapely.is_missing(stored) & ~np.isfinite(shapely.bounds(stored)).all(axis=1)
    if lost.any():
        positions = np.unique(rows[lost])
        texts = np.array([shape.wkt[:60] for shape in shapes[lost][: len(positions)]], dtype=object)
        problems.append(Problem("no_place_in_datum", None, positions, texts, {"datum": plan.datum}))
        stored[lost] = None
    return stored


def _spread(problem: Problem, placed: NDArray[np.int64]) -> Problem:
    """A problem of rows as one of records: of all parts that the rows became."""
    if len(placed) == 0 or placed[-1] == len(placed) - 1:
        return problem
    order = np.full(int(placed[-1]) + 1, -1)
    order[problem.positions] = np.arange(len(problem.positions))
    which = order[placed]
    records = np.flatnonzero(which >= 0)
    return Problem(problem.code, problem.column, records, problem.values[which[records]], problem.figures)


def _refused(problems: list[Problem], count: int) -> NDArray[np.bool_]:
    refused = np.zeros(count, dtype=bool)
    for problem in problems:
        if BY_NAME[problem.code].severity == "error":
            refused[problem.positions] = True
    return refused
