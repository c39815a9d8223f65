"""Looking into a file: what tables it holds, which layer each could become, and by which plan."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from layers.importing.meaning.guess import Guess, guess
from layers.importing.meaning.likelier_layer import Likelier, likelier_layer
from layers.importing.meaning.likely_table import likely_table
from layers.importing.progress import Progress
from layers.importing.source.model import Limits, Source, SourceTable
from layers.importing.source.opening import open_source
from layers.importing.source.refusals import refusal

LANGUAGES: tuple[Literal["zh", "en"], ...] = ("zh", "en")
#: A sample of a column is cut to this, as only people read it.
_SAMPLE_CHARS = 200


@dataclass(frozen=True)
class Inspection:
    """What is in a file, what one of its tables was taken for, and which other layer it looks like."""

    source: Source
    table: str
    guess: Guess
    likelier: Likelier | None = None

    def document(self) -> dict[str, Any]:
        """Return all of it for JSON; the guess by language (`zh`, `en`)."""
        guess = {
            language: {
                "table": self.table,
                **self.guess.document(language),
                "likelier": None if self.likelier is None else self.likelier.document(language),
            }
            for language in LANGUAGES
        }
        return {"source": source_document(self.source), "guess": guess}


def inspect_file(
    path: Path,
    work: Path,
    limits: Limits,
    current: Mapping[str, pd.DataFrame],
    wanted: tuple[str | None, str | None, str] = (None, None, "auto"),
    progress: Progress = lambda *_: None,
) -> Inspection:
    """Open a file and guess by which plan it becomes records.

    `wanted` holds the layer, the table and the encoding that somebody named; what is None (or `auto`) is guessed.
    `work` is a folder for what is unpacked, `current` the layers as they stand. Raises `UnusableFile`.
    """
    layer, table, encoding = wanted
    progress("opening", 0, None)
    source = open_source(path, work, limits, encoding)
    names = [found.name for found in source.tables]
    if not names:
        raise refusal("no_tables")
    if table is not None and table not in names:
        raise refusal("unknown_table", table=table, names="、".join(names))
    progress("guessing", 0, None)
    chosen = table if table is not None else likely_table(source, layer, current)
    likelier = likelier_layer(source, chosen, layer, current)
    return Inspection(source, chosen, guess(source, chosen, layer, current), likelier)


def source_document(source: Source) -> dict[str, Any]:
    """Return what is known of a file for JSON; its notes with words in both languages."""
    return {
        "format": source.format,
        "encoding": source.encoding,
        "encodings": list(source.encodings),
        "sha256": source.sha256,
        "bytes": source.bytes,
        "tables": [_table_document(table) for table in source.tables],
        "notes": [issue.record() for issue in source.notes],
    }


def _table_document(table: SourceTable) -> dict[str, Any]:
    return {
        "name": table.name,
        "rows": table.rows,
        "columns": list(table.columns),
        "geometry": table.geometry,
        "crs": table.crs,
        "samples": {name: [_plain(value) for value in values] for name, values in table.samples.items()},
    }


def _plain(value: object) -> str | int | float | bool:
    """A sample as JSON takes it; numbers that JSON does not know become text."""
    if isinstance(value, bool | int):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    return str(value)[:_SAMPLE_CHARS]
