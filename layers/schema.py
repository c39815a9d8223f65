"""What a layer is: the vocabulary in which `layers.catalog` is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

GeometryKind = Literal["Point", "LineString", "Polygon"]
FieldKind = Literal["text", "integer", "number", "boolean"]


@dataclass(frozen=True)
class Title:
    """A name shown to people, in both languages of the page."""

    zh: str
    en: str


@dataclass(frozen=True)
class Choice:
    """One allowed value of a field. `icon` names a Maki or Temaki pictogram (`maki:hospital`)."""

    key: str
    title: Title
    icon: str | None = None


@dataclass(frozen=True)
class Field:
    """One column of a layer.

    `unit` is written as in the name's suffix (kW, m3/h, h, mm); `values` closes the column to the listed keys;
    `references` names the layer whose `id` the value must be; a column that is not `required` may be empty, and an
    empty value means unknown, never zero.
    """

    name: str
    kind: FieldKind
    title: Title
    unit: str | None = None
    required: bool = False
    values: tuple[Choice, ...] = ()
    references: str | None = None
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True)
class Symbol:
    """How one legend entry is drawn. `pattern` tells networks apart without colour."""

    colour: str
    shape: Literal["line", "area", "point", "badge"]
    pattern: Literal["solid", "dash-dot", "double", "thin", "dotted"] = "solid"
    width_px: float = 1.5


@dataclass(frozen=True)
class LegendEntry:
    """A row of the page's layer panel: a part of a layer that can be switched on and off.

    `where` selects the part by equal values of columns, for example `{"network": "gas"}`; empty selects all.
    """

    key: str
    group: str
    title: Title
    symbol: Symbol
    where: tuple[tuple[str, str], ...] = ()
    shown_at_start: bool = True


@dataclass(frozen=True)
class Layer:
    """One catalogue entry: everything the product knows about a kind of geodata before the first record.

    Database columns, import checks, legend, tiles, exports and documentation are all derived from it. `restricted_by`
    names a boolean column: records where it is true are for people with that right alone. `restricted_through`
    names columns that refer to other layers: a record with a restricted one in any of them is restricted too.
    A `personal` layer holds persons' addresses: all of it is for people with that right alone, and it is in no export.
    """

    key: str
    title: Title
    geometry: GeometryKind | None
    fields: tuple[Field, ...]
    legend: tuple[LegendEntry, ...] = ()
    sort_order: int = 0
    restricted_by: str | None = None
    restricted_through: tuple[str, ...] = ()
    personal: bool = False

    def field(self, name: str) -> Field:
        """Return the field of that name; `KeyError` if the layer has none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.key} has no field {name!r}")

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of all columns but the geometry, in catalogue order."""
        return tuple(field.name for field in self.fields)
