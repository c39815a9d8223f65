"""Rows that are set aside: kept with their values as in the file, and why."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

import numpy as np

from layers.importing.checks import Checked
from layers.importing.codes.table import BY_NAME
from layers.importing.issues import column_title
from layers.importing.meaning.convert import Converted
from layers.importing.source.model import Batch
from layers.importing.stage import Rejected, Stage
from layers.schema import Title

#: A value is cut to this: the file itself has the whole.
_VALUE_CHARS = 2000


class SettingAside:
    """Puts the rows of batches that have an error into a stage."""

    def __init__(self, stage: Stage, layer: str) -> None:
        self._stage = stage
        self._layer = layer

    def add(self, batch: Batch, converted: Converted, checked: Checked) -> None:
        """Keep the rows of a batch that were refused when they were converted or when they were checked."""
        reasons = self._reasons(converted, checked)
        if not reasons:
            return
        place_of = {int(row): place for place, row in enumerate(batch.rows)}
        shapes = checked.frame.get("geometry")
        first = {int(row): at for at, row in reversed(list(enumerate(checked.rows)))} if shapes is not None else {}
        self._stage.reject(
            Rejected(
                row,
                Title("；".join(item.zh for item in told), "; ".join(item.en for item in told)),
                _raw(batch, place_of[row]),
                None if shapes is None or row not in first else shapes.iloc[first[row]],
            )
            for row, told in sorted(reasons.items())
        )

    def _reasons(self, converted: Converted, checked: Checked) -> dict[int, list[Title]]:
        """Why rows are set aside, by their number in the file; each reason once."""
        found: dict[int, dict[Title, None]] = defaultdict(dict)
        for problem in converted.problems:
            code = BY_NAME[problem.code]
            if code.severity != "error":
                continue
            told = _of_column(code.title, self._layer, problem.column)
            for row in converted.rows[problem.positions].tolist():
                found[row][told] = None
        for position, titles in checked.reasons.items():
            for title in titles:
                found[int(checked.rows[position])][title] = None
        # Whatever was refused without a word said of it must not be lost without one.
        for row in checked.rows[~checked.accepted].tolist():
            if row not in found:
                found[row][Title("不合规则", "breaks a rule")] = None
        return {row: list(told) for row, told in found.items()}


def _of_column(title: Title, layer: str, column: str | None) -> Title:
    if column is None:
        return title
    name = column_title(layer, column)
    return Title(f"{name.zh}：{title.zh}", f"{name.en}: {title.en}")


def _raw(batch: Batch, place: int) -> dict[str, Any]:
    return {str(name): _plain(value) for name, value in batch.columns.iloc[place].items()}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float | np.floating):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, np.generic):
        return value.item()
    return str(value)[:_VALUE_CHARS]
