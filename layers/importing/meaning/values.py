"""One column of a file as values of one catalogue field: typed, in its unit, or told why not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from layers.importing.meaning.numbers import read_quantity
from layers.importing.meaning.units import dimensions_of, factor
from layers.importing.meaning.words import DEVICE_STATES, boolean_of, choice_of, is_nothing, word_key
from layers.schema import Field

#: Fields whose text is a code: digits are made half width, and what a spreadsheet made of long numbers is refused.
_CODES = frozenset({"id", "code", "county_code", "township_code", "phone"})
#: Numbers that a spreadsheet keeps exactly: fifteen digits.
_EXACT = 1e15
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+\d{2,}\Z", re.IGNORECASE)
_CELL_ERRORS = frozenset({"#ref!", "#value!", "#div/0!", "#name?", "#num!", "#null!", "########"})
_FAULTS = {"range": "range_value", "unit": "unknown_unit", "not_a_number": "wrong_type", "outer": "outer_diameter"}
#: How near a number must be to a whole one to be it, since factors of units are not exact in binary.
_WHOLE = 1e-6


@dataclass(frozen=True)
class Reading:
    """How a field is read: its layer, the unit of bare numbers, and the plan's own words for closed values."""

    layer: str
    field: Field
    unit: str | None = None
    words: Mapping[str, str] | None = None


@dataclass(frozen=True, eq=False)
class Column:
    """Values of a field, None where unknown; `faults` has by code of a finding the places (0, 1, ...) it concerns."""

    values: NDArray[np.object_]
    faults: dict[str, NDArray[np.int64]]


def read_column(cells: pd.Series[Any], reading: Reading) -> Column:
    """Return a column's values. What cannot be read is None with a fault; an empty column gives an empty one.

    Each distinct value is read once, so that long columns cost little.
    """
    raw = cells.to_numpy(dtype=object)
    values = np.full(len(raw), None, dtype=object)
    if reading.field.kind in {"number", "integer"} and (plain := _plain_numbers(raw, reading)) is not None:
        return plain
    codes, distinct = pd.factorize(raw, use_na_sentinel=True)
    read_one = _reader(reading)
    results = [read_one(value) for value in distinct]
    table = np.empty(len(results) + 1, dtype=object)
    table[:-1] = [value for value, _ in results]
    table[-1] = None
    values[:] = table[codes]
    names = np.array([fault or "" for _, fault in results] + [""], dtype=object)[codes]
    return Column(values, {str(name): np.flatnonzero(names == name) for name in set(names.tolist()) - {""}})


def _plain_numbers(raw: NDArray[np.object_], reading: Reading) -> Column | None:
    """The column at once where every cell is a finite number already, and none is broken in a whole-number field."""
    if pd.api.types.infer_dtype(raw, skipna=True) not in {"floating", "integer", "mixed-integer-float"}:
        return None
    numbers = pd.to_numeric(pd.Series(raw), errors="coerce").to_numpy(dtype=np.float64)
    known = ~pd.isna(raw)
    numbers = numbers * _scale(reading)
    whole = reading.field.kind == "integer"
    if not np.isfinite(numbers[known]).all() or (whole and (np.abs(numbers[known]) >= _EXACT).any()):
        return None
    if whole and (np.abs(numbers[known] - np.round(numbers[known])) > _WHOLE).any():
        return None
    values = np.full(len(raw), None, dtype=object)
    values[known] = np.round(numbers[known]).astype(np.int64).tolist() if whole else numbers[known].tolist()
    return Column(values, {})


def _scale(reading: Reading) -> float:
    if reading.unit is None:
        return 1.0
    return factor(reading.unit, dimensions_of(reading.field.name, reading.field.unit)) or 1.0


def _reader(reading: Reading) -> Callable[[Any], tuple[Any, str | None]]:
    """The function that reads one cell that is not empty into a value and the code of a fault."""
    kind = reading.field.kind
    if kind == "boolean":
        return lambda cell: _boolean(cell, reading)
    if kind in {"number", "integer"}:
        return lambda cell: _number(cell, reading)
    if reading.field.values:
        return lambda cell: _choice(cell, reading)
    return lambda cell: _text(cell, reading.field)


def _plan_word(cell: Any, reading: Reading) -> str | None:
    words = reading.words or {}
    text = str(cell)
    return (
        words.get(text)
        or words.get(text.strip())
        or {word_key(word): key for word, key in words.items()}.get(word_key(text))
    )


def _boolean(cell: Any, reading: Reading) -> tuple[bool | None, str | None]:
    said = _plan_word(cell, reading)
    if said is not None:
        return said == "true", None
    if isinstance(cell, (bool, np.bool_)):
        return bool(cell), None
    if isinstance(cell, (int, float)):
        return (bool(cell), None) if cell in {0, 1} else (None, "wrong_type")
    text = str(cell)
    if reading.field.name == "normally_open" and word_key(text) in DEVICE_STATES:
        return None, "ambiguous_state"
    value = boolean_of(reading.field.name, text)
    if value is not None:
        return value, None
    return None, None if is_nothing(text) else "wrong_type"


def _number(cell: Any, reading: Reading) -> tuple[float | int | None, str | None]:
    value, fault = _amount(cell, reading)
    if value is None:
        return None, fault
    if not np.isfinite(value) or (reading.field.kind == "integer" and abs(value) >= _EXACT):
        return None, "wrong_type"
    if reading.field.kind == "number":
        return value, fault
    return (round(value), fault) if abs(value - round(value)) <= _WHOLE else (None, "not_whole")


def _amount(cell: Any, reading: Reading) -> tuple[float | None, str | None]:
    if isinstance(cell, (bool, np.bool_)):
        return None, "wrong_type"
    if isinstance(cell, (int, float, np.integer, np.floating)):
        return float(cell) * _scale(reading), None
    text = str(cell)
    if is_nothing(text):
        return None, None
    if text.strip().casefold() in _CELL_ERRORS:
        return None, "cell_error"
    quantity = read_quantity(text, dimensions_of(reading.field.name, reading.field.unit), reading.unit)
    return quantity.value, _FAULTS[quantity.fault] if quantity.fault else None


def _choice(cell: Any, reading: Reading) -> tuple[str | None, str | None]:
    said = _plan_word(cell, reading)
    if said is not None:
        return said, None
    text = plain_text(cell)
    known = choice_of(reading.layer, reading.field, text)
    if known is not None:
        return known, None
    return None, None if is_nothing(text) else "unknown_value"


def _text(cell: Any, field: Field) -> tuple[str | None, str | None]:
    coded = field.name in _CODES or field.references is not None
    if coded and isinstance(cell, (float, np.floating)) and abs(float(cell)) >= _EXACT:
        return None, "lost_digits"
    text = plain_text(cell)
    if is_nothing(text):
        return None, None
    if text.casefold() in _CELL_ERRORS:
        return None, "cell_error"
    if not coded:
        return text, None
    text = unicodedata.normalize("NFKC", text)
    return (None, "lost_digits") if _SCIENTIFIC.match(text) else (text, None)


def plain_text(cell: Any) -> str:
    """Return a cell as people read it: a whole number without `.0`, blanks around and line breaks within taken out."""
    if isinstance(cell, (bool, np.bool_)):
        return "true" if cell else "false"
    if isinstance(cell, (float, np.floating)) and float(cell).is_integer() and abs(float(cell)) < _EXACT:
        return str(int(cell))
    return " ".join(str(cell).split())
