"""The catalogue's rules for the values of one field, record by record: the common ground of all checks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
import pandas as pd

from layers.schema import Field

Rule = Literal["empty", "not_allowed", "blank", "infinite", "below", "above"]


def broken_rules(field: Field, values: pd.Series[Any]) -> Iterator[tuple[Rule, pd.Series[Any]]]:
    """Yield each rule that values of the field's type break, with a mask of the records that break it.

    Empty values break `empty` alone, and only where the field is required. That ids are distinct is not looked at.
    """
    known = values.notna()
    for rule, broken in _rules(field, values, known):
        mask = broken.fillna(False).astype(bool)
        if mask.any():
            yield rule, mask


def _rules(field: Field, values: pd.Series[Any], known: pd.Series[Any]) -> Iterator[tuple[Rule, pd.Series[Any]]]:
    if field.required:
        yield "empty", ~known
    if field.values:
        yield "not_allowed", known & ~values.isin({choice.key for choice in field.values})
    if field.kind == "text" and field.required:
        yield "blank", known & (values.str.strip() == "")
    if field.kind == "number":
        yield "infinite", known & np.isinf(values)
    if field.minimum is not None:
        yield "below", known & (values < field.minimum)
    if field.maximum is not None:
        yield "above", known & (values > field.maximum)
