"""Columns that look like identifiers of the records but are not used as such, while identifiers are made instead.

The same things delivered once more then come in twice, so that a person must hear of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from layers.importing.meaning.content import Values
from layers.importing.meaning.headers import Header
from layers.importing.meaning.matching import Table, is_called_identifier
from layers.importing.meaning.synonyms import SOFTWARE_COLUMNS
from layers.schema import Title

#: `RZ003`, `GX-12-001`, `140502001`: letters and digits, with a digit, nothing else.
_CODE = re.compile(r"(?=.*\d)[0-9A-Za-z][0-9A-Za-z\-_./#]{1,31}\Z")
#: Share of values that must be codes where the column's name does not say so.
_ENOUGH = 0.95
#: How many values there must be before their form says anything.
_FEWEST = 5


@dataclass(frozen=True)
class Unused:
    """A column that looks like identifiers, and why it was not taken for them."""

    column: str
    because: Title


def unused_identifiers(table: Table, layer: str, used: Collection[str]) -> tuple[Unused, ...]:
    """Return the columns that look like identifiers of a layer, but for those in `used`, in the order of the table."""
    found = []
    for column, header in table.headers.items():
        values = table.values[column]
        if column in used or header.whole in SOFTWARE_COLUMNS or not values.texts:
            continue
        if is_called_identifier(layer, header) or _are_codes(header, values):
            found.append(Unused(column, _because(values)))
    return tuple(found)


def _are_codes(header: Header, values: Values) -> bool:
    if not values.is_unique or values.filled < max(_FEWEST, values.rows - 1) or header.unit is not None:
        return False
    codes = [text for text in values.texts if _CODE.match(text) and not _is_amount(text)]
    return len(codes) >= _ENOUGH * len(values.texts)


def _is_amount(text: str) -> bool:
    """Whether digits alone are as likely an amount, a year or a telephone as a code."""
    return not any(letter.isalpha() for letter in text)


def _because(values: Values) -> Title:
    empty = values.rows - values.filled
    if not values.is_unique:
        return Title("有重复", "some repeat")
    if empty:
        return Title(f"{empty} 行空着", f"{empty} rows have none")
    return Title("没有重复", "none repeats")
