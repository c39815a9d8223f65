"""Which of a file's tables somebody means who names a layer, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from layers.importing.meaning.content import Loaded, loaded, look_at
from layers.importing.meaning.headers import read_header
from layers.importing.meaning.layering import candidates
from layers.importing.meaning.matching import Table
from layers.importing.source.model import Source, SourceTable

#: Of a drawing with more layers than this, those with the most rows are looked at.
_LOOKED_AT = 60


def likely_table(source: Source, layer: str | None, current: Mapping[str, Any], file_name: str | None = None) -> str:
    """Return the name of the table that is most likely meant.

    If a layer is named: the table that fits it best of those which fit no other layer better. Otherwise, or if there
    is no such table, the one with the most rows, as legends and title sheets are short. `current` holds the frames that
    are loaded, by layer. `ValueError` for a source without tables.
    """
    by_rows = sorted(source.tables, key=lambda table: (table.rows is not None, -(table.rows or 0)))
    if not by_rows:
        raise ValueError("a source without tables")
    if layer is None or len(by_rows) == 1:
        return by_rows[0].name
    stem, present = Path(file_name or source.path).stem, loaded(current)
    scores = [(_score(table, layer, f"{stem} {table.name}", present), table) for table in by_rows[:_LOOKED_AT]]
    best, table = max(scores, key=lambda item: item[0])
    return table.name if best > 0 else by_rows[0].name


def _score(table: SourceTable, layer: str, name: str, present: Loaded) -> float:
    """How well a table fits a layer by its name, heads and first values; 0 if it fits another one better."""
    looked = Table(
        {column: read_header(column) for column in table.columns},
        {column: look_at(pd.Series(table.samples.get(column, ()), dtype=object)) for column in table.columns},
    )
    found = candidates(looked, table.geometry, name, present)
    return found[0].score if found and found[0].layer == layer else 0.0
