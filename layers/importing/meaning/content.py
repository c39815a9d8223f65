"""What the values of a column speak for: a diameter, a code, an identifier that is loaded, a word of a closed list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from layers.importing.meaning.values import Reading, plain_text, read_column
from layers.importing.meaning.words import (
    DEVICE_STATES,
    choice_of,
    choices_within,
    is_nothing,
    is_telling_state,
    says_state,
    word_key,
)
from layers.schema import Field, Title

#: How many distinct values of a column are looked at.
_LOOKED_AT = 300
_DIAMETER = re.compile(r"(?:dn|de|φ|ø)\s*\d{2,4}", re.IGNORECASE)
_VOLTAGE = re.compile(r"(?:ac|dc|交流|直流)?\s*\d+(?:\.\d+)?\s*(?:kv|千伏)\Z", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+?86[- ]?)?(?:1\d{10}|0\d{2,3}[- ]?\d{7,8}|\d{7,8})(?:[-转]\d{1,6})?\Z")
_CODE_LENGTHS = {"townships.code": (9, 12), "contacts.township_code": (9, 12), "counties.code": (6,)}
#: Share of rows that may lack their identifier; a single row always may, as one that was forgotten.
_EMPTY_IDS = 0.02
_WORDY = re.compile(r"[^\W\d_]")

#: How values speak: they fit as only few columns would, they fit, they say nothing, they speak against, they exclude.
TELLING, FITTING, NEUTRAL, DOUBTFUL, IMPOSSIBLE = 0.6, 0.2, 0.0, -0.45, -2.0


@dataclass(frozen=True, eq=False)
class Values:
    """A column's distinct values that are not empty, how many rows there are, and whether none repeats."""

    cells: pd.Series[Any]
    texts: tuple[str, ...]
    filled: int
    rows: int
    is_unique: bool


@dataclass(frozen=True)
class Opinion:
    """What values say of a field: a score, and the reason where it is worth telling."""

    score: float
    because: Title | None = None


@dataclass(frozen=True)
class Loaded:
    """Identifiers of what is loaded, by layer, and codes of townships."""

    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    townships: frozenset[str] = frozenset()


def loaded(current: Mapping[str, Any]) -> Loaded:
    """Return the identifiers of the frames that are loaded."""
    ids = {key: frozenset(frame["id"].astype(str)) for key, frame in current.items() if len(frame)}
    townships = current.get("townships")
    codes = frozenset(townships["code"].astype(str)) if townships is not None and len(townships) else frozenset()
    return Loaded(ids, codes)


def look_at(column: pd.Series[Any]) -> Values:
    """Return what is looked at of a column."""
    filled = column[[not pd.isna(cell) and not is_nothing(str(cell)) for cell in column]]
    texts = filled.map(plain_text)
    distinct = filled[~texts.duplicated()].head(_LOOKED_AT)
    return Values(distinct, tuple(distinct.map(plain_text)), len(filled), len(column), not texts.duplicated().any())


def opinion(layer: str, item: Field, values: Values, present: Loaded, unit: str | None = None) -> Opinion:
    """Return what values say of a field of a layer, bare numbers in `unit`; a column without values says nothing."""
    if not values.texts:
        return Opinion(NEUTRAL)
    if item.kind in {"number", "integer"}:
        return _amounts(Reading(layer, item, unit), values)
    if item.kind == "boolean":
        return _states(layer, item, values)
    if item.values:
        return _choices(layer, item, values)
    if item.references is not None:
        return _references(item, values, present)
    return _texts(layer, item, values, present)


def _share(values: Values, test: Any) -> float:
    return sum(bool(test(text)) for text in values.texts) / len(values.texts)


def _amounts(reading: Reading, values: Values) -> Opinion:
    item = reading.field
    example = values.texts[0][:20]
    pattern = {"diameter_mm": _DIAMETER, "voltage_kv": _VOLTAGE}.get(item.name)
    if pattern is not None and _share(values, lambda text: pattern.match(unicodedata.normalize("NFKC", text))) > 0.5:
        return Opinion(TELLING, Title(f"值像 {example}", f"values such as {example}"))
    column = read_column(values.cells, reading)
    known = [value for value in column.values if value is not None]
    readable = len(known) / len(values.texts)
    if readable < 0.5:
        return Opinion(IMPOSSIBLE)
    outside = [
        value
        for value in known
        if (item.minimum is not None and value < item.minimum) or (item.maximum is not None and value > item.maximum)
    ]
    return Opinion(DOUBTFUL if len(outside) > len(known) / 2 else FITTING)


def _states(layer: str, item: Field, values: Values) -> Opinion:
    column = read_column(values.cells, Reading(layer, item))
    readable = sum(value is not None for value in column.values) / len(values.texts)
    if item.name == "normally_open":
        states = _share(values, lambda text: word_key(text) in DEVICE_STATES)
        if states > 0.5:
            return Opinion(TELLING, Title(f"值像“{values.texts[0]}”", f"values such as “{values.texts[0]}”"))
    if _share(values, lambda text: says_state(item.name, text)) >= 0.8 and any(
        is_telling_state(item.name, text) for text in values.texts
    ):
        shown = "、".join(values.texts[:3])
        return Opinion(TELLING, Title(f"值是“{shown}”这类词", f"values are words such as “{shown}”"))
    return Opinion(FITTING if readable >= 0.5 else IMPOSSIBLE)


def _choices(layer: str, item: Field, values: Values) -> Opinion:
    exact = _share(values, lambda text: choice_of(layer, item, text))
    loose = _share(values, lambda text: len(choices_within(layer, item, text)) == 1)
    # A column of ones and zeros is also made of words that some list knows; a long list of words is names.
    if max(exact, loose) == 0 or len(values.texts) > 60:
        return Opinion(DOUBTFUL)
    if exact >= 0.8:
        shown = "、".join(values.texts[:3])
        return Opinion(TELLING, Title(f"值是“{shown}”这类词", f"values are words such as “{shown}”"))
    return Opinion(FITTING if max(exact, loose) >= 0.3 else DOUBTFUL)


def _references(item: Field, values: Values, present: Loaded) -> Opinion:
    known = present.ids.get(item.references or "", frozenset())
    share = _share(values, lambda text: text in known)
    if share >= 0.8:
        return Opinion(
            TELLING,
            Title(f"值是已有记录的编号（{share:.0%}）", f"values are identifiers that are loaded ({share:.0%})"),
        )
    return Opinion(NEUTRAL)


def _texts(layer: str, item: Field, values: Values, present: Loaded) -> Opinion:
    lengths = _CODE_LENGTHS.get(f"{layer}.{item.name}")
    if lengths is not None:
        return _codes(lengths, values, present)
    if item.name == "id":
        return _identifiers(values)
    test = _TESTS.get(item.name)
    if test is None:
        return Opinion(NEUTRAL)
    fits, otherwise = test
    return Opinion(FITTING if _share(values, fits) > 0.5 else otherwise)


#: What texts of a field look like, and what it means if most do not.
_TESTS: dict[str, tuple[Callable[[str], object], float]] = {
    "county_code": (lambda text: text.isdigit() and len(text) == 6, IMPOSSIBLE),
    "name": (_WORDY.search, DOUBTFUL),
    "phone": (_PHONE.match, DOUBTFUL),
    "email": (lambda text: "@" in text, IMPOSSIBLE),
}


def _codes(lengths: tuple[int, ...], values: Values, present: Loaded) -> Opinion:
    if present.townships and _share(values, lambda text: text in present.townships) > 0.8:
        return Opinion(TELLING, Title("值是已有乡镇的代码", "values are codes of townships that are loaded"))
    fits = _share(values, lambda text: text.isdigit() and len(text) in lengths) > 0.8
    return Opinion(FITTING if fits else IMPOSSIBLE)


def _identifiers(values: Values) -> Opinion:
    empty = values.rows - values.filled
    if not values.is_unique or empty > max(1, int(values.rows * _EMPTY_IDS)) or empty >= values.filled:
        return Opinion(IMPOSSIBLE)
    if empty:
        return Opinion(FITTING, Title(f"没有重复，{empty} 行空着", f"none repeats; {empty} rows have none"))
    return Opinion(FITTING, Title("没有重复", "none repeats"))
