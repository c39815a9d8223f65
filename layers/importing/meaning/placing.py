"""Which columns hold the places of a table without geometry."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from layers.importing.meaning.headers import Header
from layers.importing.meaning.matching import Table
from layers.importing.meaning.synonyms import place_names
from layers.importing.meaning.texts import read_ordinates, read_shapes
from layers.schema import GeometryKind, Title

#: Names of systems that stand before or behind those of coordinates.
_MAPS = re.compile(r"百度|高德|腾讯|火星|大地|地理|中心点|位置|wgs84|wgs|cgcs2000|gcj02|gcj|bd09|bd|2000")
#: Share of a column's values that must be coordinates.
_ENOUGH = 0.8


@dataclass(frozen=True)
class Place:
    """Columns of coordinates, or one of texts, and the reason; all None where there is none."""

    x: str | None = None
    y: str | None = None
    wkt: str | None = None
    because: Title | None = None

    @property
    def columns(self) -> frozenset[str]:
        """The columns that hold the place."""
        return frozenset(name for name in (self.x, self.y, self.wkt) if name is not None)


def find_place(table: Table, kind: GeometryKind) -> Place:
    """Return the columns that hold places for a layer of that geometry, by name and values."""
    for column, header in table.headers.items():
        if not _is_named("wkt", header):
            continue
        values = table.values[column]
        shapes, _ = read_shapes(values.cells, kind)
        if len(shapes) and np.mean([shape is not None for shape in shapes]) >= _ENOUGH:
            return Place(wkt=column, because=Title(f"“{column}”列是坐标文字", f"“{column}” holds places as text"))
    if kind != "Point":
        return Place()
    x, y = _numbers(table, "x"), _numbers(table, "y")
    if x is None or y is None or x == y:
        return Place()
    because = Title(f"“{x}”“{y}”两列是坐标", f"“{x}” and “{y}” hold coordinates")
    return Place(x=x, y=y, because=because)


def _is_named(which: str, header: Header) -> bool:
    """Whether a column has such a name, alone or with the web map's before or behind it (`百度经度`, `lng_bd09`)."""
    bare = {_MAPS.sub("", key) for key in header.keys}
    return not place_names(which).isdisjoint({*header.keys, *bare})


def _numbers(table: Table, which: str) -> str | None:
    """The first column of that name whose values are coordinates."""
    for column, header in table.headers.items():
        values = table.values[column]
        if not _is_named(which, header) or not len(values.cells):
            continue
        numbers, _ = read_ordinates(values.cells)
        if np.isfinite(numbers).mean() >= _ENOUGH:
            return column
    return None
