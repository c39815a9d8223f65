"""Values of records against the catalogue: types, choices, ranges, texts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from layers.importing.checks.findings import Findings
from layers.rules import Rule, broken_rules
from layers.schema import Field, Layer

_CODES: dict[Rule, str] = {
    "empty": "missing_value",
    "blank": "missing_value",
    "not_allowed": "unknown_value",
    "infinite": "not_finite",
    "below": "below_minimum",
    "above": "above_maximum",
}
_KINDS = {
    "text": ("文字", "text"),
    "number": ("数", "number"),
    "integer": ("整数", "whole number"),
    "boolean": ("是或否", "yes or no"),
}
_LONG_TEXT = 500
#: Whole numbers beyond this do not fit the database.
_LARGEST_INTEGER = 2**31 - 1
#: What decoders put in place of bytes that they could not read.
_UNREADABLE = "\ufffd"


def check_attributes(layer: Layer, findings: Findings, open_columns: frozenset[str]) -> dict[str, pd.Series[Any]]:
    """Check every field and return the values in their types, unknown where they are of no such type.

    Fields in `open_columns` may be empty although they are required: they will be filled later.
    """
    typed = {}
    for field in layer.fields:
        if field.name not in findings.frame:
            if field.required and field.name not in open_columns and len(findings.frame):
                findings.mark("missing_column", findings.judged, column=field.name)
            continue
        values = _typed(field, findings)
        typed[field.name] = values
        for rule, broken in broken_rules(field, values):
            if rule == "empty" and field.name in open_columns:
                continue
            # A value of the wrong type was told already: it is not also missing.
            given = findings.frame[field.name].notna().to_numpy() & values.isna().to_numpy()
            findings.mark(_CODES[rule], broken.to_numpy(dtype=bool) & ~given, column=field.name, **_figures(field))
        if field.kind == "text":
            _texts(field, values, findings)
    return typed


def _typed(field: Field, findings: Findings) -> pd.Series[Any]:
    raw: Any = findings.frame[field.name]
    known = raw.notna()
    values: pd.Series[Any]
    if field.kind == "text":
        values = raw.astype("str").where(known)
        return values
    if field.kind == "boolean":
        wrong = known & ~raw.isin([True, False])
        values = raw.where(known & ~wrong).astype("boolean")
    else:
        # A boolean is a number to Python, but no amount of anything.
        numbers = pd.to_numeric(raw.where(~raw.map(type).eq(bool)), errors="coerce")
        wrong = known & numbers.isna()
        if field.kind == "integer":
            wrong |= numbers.notna() & (numbers != np.floor(numbers))
        values = numbers.where(~wrong).astype("float64")
        if field.kind == "integer":
            _sizes(field, values, findings)
    if wrong.any():
        zh, en = _KINDS[field.kind]
        findings.mark("wrong_type", wrong.to_numpy(dtype=bool), column=field.name, kind_zh=zh, kind_en=en)
    return values


def _figures(field: Field) -> dict[str, Any]:
    return {
        "minimum": field.minimum,
        "maximum": field.maximum,
        "allowed_zh": "、".join(choice.title.zh for choice in field.values),
        "allowed_en": ", ".join(choice.key for choice in field.values),
    }


def _texts(field: Field, values: pd.Series[Any], findings: Findings) -> None:
    lengths = values.str.len().fillna(0).to_numpy()
    findings.mark("long_text", lengths > _LONG_TEXT, column=field.name, limit=_LONG_TEXT)
    garbled = values.str.contains(_UNREADABLE, regex=False).fillna(value=False).to_numpy(dtype=bool)
    broken = values.str.contains("\0", regex=False).fillna(value=False).to_numpy(dtype=bool)
    findings.mark("unreadable_text", garbled & ~broken, column=field.name)
    # What no database stores cannot be kept with a warning.
    findings.mark("unreadable_text", broken, column=field.name, severity="error")


def _sizes(field: Field, values: pd.Series[Any], findings: Findings) -> None:
    """Mark whole numbers that the database cannot hold, where the catalogue's own range does not exclude them."""
    if field.maximum is None or field.maximum > _LARGEST_INTEGER:
        findings.mark(
            "above_maximum", (values > _LARGEST_INTEGER).to_numpy(), column=field.name, maximum=_LARGEST_INTEGER
        )
    if field.minimum is None or field.minimum < -_LARGEST_INTEGER:
        findings.mark(
            "below_minimum", (values < -_LARGEST_INTEGER).to_numpy(), column=field.name, minimum=-_LARGEST_INTEGER
        )
