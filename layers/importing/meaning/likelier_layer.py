"""Whether a table looks like another layer than the one that somebody named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from layers.importing.meaning.content import loaded, look_at
from layers.importing.meaning.headers import read_header
from layers.importing.meaning.layering import candidate, candidates
from layers.importing.meaning.matching import Table
from layers.importing.source.model import Source
from layers.schema import Title

#: By how much another layer has to fit better: nearly as one field of its own that the named layer does not have.
#: Below that, the word of the person who knows the file counts.
_CLEARLY = 0.6


@dataclass(frozen=True)
class Likelier:
    """A layer that a table fits clearly better than the one named, and why."""

    layer: str
    because: Title

    def document(self, language: Literal["zh", "en"]) -> dict[str, str]:
        """Return the layer for JSON, with why in one language."""
        return {"layer": self.layer, "because": getattr(self.because, language)}


def likelier_layer(
    source: Source, table: str, layer: str | None, current: Mapping[str, Any], file_name: str | None = None
) -> Likelier | None:
    """Return the layer that a table fits clearly better than `layer`; None if there is none, or no layer was named.

    `current` holds the frames that are loaded, by layer. `KeyError` for an unknown table or layer.
    """
    if layer is None:
        return None
    described, present = source.table(table), loaded(current)
    looked = Table(
        {column: read_header(column) for column in described.columns},
        {column: look_at(pd.Series(described.samples.get(column, ()), dtype=object)) for column in described.columns},
    )
    name = f"{Path(file_name or source.path).stem} {described.name}"
    found = candidates(looked, described.geometry, name, present)
    named = candidate(layer, looked, described.geometry, name, present)
    fits = any(item.layer == layer for item in found)
    if not found or found[0].layer == layer or (fits and found[0].score < named.score + _CLEARLY):
        return None
    return Likelier(found[0].layer, found[0].because)
