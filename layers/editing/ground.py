"""The layers as an edit finds them: each record by its id, and who refers to it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from layers.catalog import CATALOG
from layers.records import empty_frame
from layers.schema import Field

Value = str | int | float | bool | None
#: Layer key and id: what names a record.
Key = tuple[str, str]

#: Every column that refers to another layer: its layer, the column, the layer it refers to.
REFERENCES: tuple[tuple[str, Field, str], ...] = tuple(
    (layer.key, field, field.references)
    for layer in CATALOG.values()
    for field in layer.fields
    if field.references is not None
)


@dataclass(frozen=True)
class Record:
    """A record: its values by column, unknown as None, and its geometry where the layer has one (EPSG:4490)."""

    values: Mapping[str, Value]
    geometry: BaseGeometry | None = None

    def __eq__(self, other: object) -> bool:
        """Equal to the bit: the same values, the same corners in the same order."""
        return isinstance(other, Record) and self.values == other.values and self._wkb == other._wkb

    def __hash__(self) -> int:
        return hash((tuple(self.values.items()), self._wkb))

    @property
    def name(self) -> str:
        """The record's name, or its id where it has none."""
        return str(self.values.get("name") or self.values.get("id") or "")

    @property
    def digest(self) -> str:
        """Twelve hex digits that differ where the record differs."""
        text = json.dumps(self.values, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode() + (self._wkb or b"")).hexdigest()[:12]

    @property
    def _wkb(self) -> bytes | None:
        return None if self.geometry is None else shapely.to_wkb(self.geometry, byte_order=1)


class Ground:
    """Conforming frames of all layers, indexed for edits. Shared by threads; the frames are never changed."""

    def __init__(self, frames: Mapping[str, pd.DataFrame]) -> None:
        self.frames = {key: frames[key] if key in frames else empty_frame(key) for key in CATALOG}
        self._indices: dict[str, pd.Index[Any]] = {}
        self._columns: dict[str, list[tuple[Field, Any]]] = {}
        self._users: dict[tuple[str, str], Mapping[Any, Any]] = {}

    def record(self, key: Key) -> Record | None:
        """Return the record; None where there is none. Raises `KeyError` for a layer that is not in the catalogue."""
        layer, identifier = key
        try:
            row = self._index(layer).get_loc(identifier)
        except KeyError:
            return None
        return self._at(layer, int(row))  # type: ignore[arg-type]

    def users(self, layer: str, identifier: str) -> Iterator[tuple[Key, Field]]:
        """Yield every record that refers to a record, and the column in which it does."""
        for user, field, target in REFERENCES:
            if target == layer:
                for row in self._rows_with(user, field.name).get(identifier, ()):
                    yield (user, str(self.frames[user]["id"].iloc[int(row)])), field

    @cached_property
    def outlines(self) -> shapely.STRtree | None:
        """The counties' outlines as a tree; None while there are none."""
        counties = self.frames["counties"]
        return shapely.STRtree(counties.geometry.to_numpy()) if len(counties) else None

    def _index(self, layer: str) -> pd.Index[Any]:
        if layer not in self._indices:
            self._indices[layer] = pd.Index(self.frames[layer]["id"])
        return self._indices[layer]

    def _rows_with(self, layer: str, column: str) -> Mapping[Any, Any]:
        if (layer, column) not in self._users:
            values = self.frames[layer][column].to_numpy(dtype=object)
            grouped = pd.Series(np.arange(len(values))).groupby(values).indices
            self._users[layer, column] = grouped
        return self._users[layer, column]

    def _at(self, layer: str, row: int) -> Record:
        if layer not in self._columns:
            frame = self.frames[layer]
            # A cell of an array is had many times faster than one of a frame.
            self._columns[layer] = [(field, frame[field.name].array) for field in CATALOG[layer].fields]
        values = {field.name: _plain(field, column[row]) for field, column in self._columns[layer]}
        shapes: Any = self.frames[layer]["geometry"].array if CATALOG[layer].geometry is not None else None
        return Record(values, None if shapes is None else shapes[row])


def _plain(field: Field, value: Any) -> Value:
    if value is None or value is pd.NA or value != value:  # noqa: PLR0124  NaN is the one that differs from itself
        return None
    match field.kind:
        case "text":
            return str(value)
        case "integer":
            return int(value)
        case "number":
            return float(value)
        case _:
            return bool(value)
