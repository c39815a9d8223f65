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
    findings.mark("unreadable_text", garbled, column=field.name)
