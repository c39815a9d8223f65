"""KML: placemarks by folder, with their ExtendedData, read as a stream. OGC 12-007r2; always WGS 84."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely

from layers.importing.source.kml_shapes import shape_of
from layers.importing.source.model import Batch, Limits, SourceTable
from layers.importing.source.refusals import refusal
from layers.importing.source.sampling import Samples
from layers.importing.source.shapes import check_vertices, flat, kind_name
from layers.importing.source.xml_stream import elements, local_name

_CRS = "EPSG:4326"
_CONTAINERS = ("Folder", "Document")
_OWN = ("name", "description", "folder")
_CELL = re.compile(r"<t[dh][^>]*>(.*?)</t[dh]>", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(r"<[^>]+>")
#: An element that a placemark may hold; those of a folder are told by who their parent is.
_TAGS = ("Folder", "Document", "Placemark", "name")
_DEEPEST_FOLDER = 32


@dataclass(frozen=True)
class Placemark:
    """One placemark: the folder it lies in (names joined with `/`), values by name, geometry or None."""

    folder: str
    values: dict[str, object]
    geometry: Any


@dataclass
class KmlReader:
    """Reads the tables of a KML file: one a folder, and one a kind of geometry where a folder holds several."""

    path: Path
    limits: Limits
    tables: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def batches(self, table: str, encoding: str, batch_rows: int) -> Iterator[Batch]:
        """Yield the placemarks of a table; `rows` counts all placemarks of the file."""
        del encoding
        waiting: list[tuple[int, Placemark]] = []
        for number, placemark in enumerate(placemarks(self.path, self.limits), start=1):
            if self._is_of(table, placemark):
                waiting.append((number, placemark))
            if len(waiting) >= batch_rows:
                yield self._batch(table, waiting)
                waiting = []
        if waiting:
            yield self._batch(table, waiting)

    def _is_of(self, table: str, placemark: Placemark) -> bool:
        folder, kind = self.tables[table]
        return placemark.folder == folder and (kind is None or kind == _kind(placemark))

    def _batch(self, table: str, found: list[tuple[int, Placemark]]) -> Batch:
        rows = np.array([number for number, _ in found], dtype=np.int64)
        shapes = np.full(len(found), None, dtype=object)
        for place, (_, placemark) in enumerate(found):
            shapes[place] = placemark.geometry
        names = self.columns[table]
        data = {name: [placemark.values.get(name) for _, placemark in found] for name in names}
        check_vertices(shapes, rows, self.limits)
        return Batch(rows, pd.DataFrame(data, columns=list(names), dtype=object), flat(shapes))


@dataclass
class _Found:
    rows: int = 0
    samples: Samples = field(default_factory=Samples)


def open_kml(path: Path, name: str, limits: Limits) -> tuple[KmlReader, tuple[SourceTable, ...]]:
    """Return the reader and its tables; `name` is that of the table without a folder. Reads the file once."""
    found: dict[tuple[str, str], _Found] = {}
    for number, placemark in enumerate(placemarks(path, limits), start=1):
        if number > limits.rows:
            raise refusal("too_many_rows", limit=limits.rows)
        entry = found.setdefault((placemark.folder, _kind(placemark)), _Found())
        entry.rows += 1
        for column, value in placemark.values.items():
            entry.samples.add(column, (value,))
        if len(entry.samples.columns) > limits.columns:
            raise refusal("too_many_columns", found=len(entry.samples.columns), limit=limits.columns)
    if not found:
        raise refusal("no_tables")
    reader = KmlReader(path, limits)
    tables: list[SourceTable] = []
    for folder in dict.fromkeys(folder for folder, _ in found):
        kinds = [kind for other, kind in found if other == folder]
        for kind in kinds:
            entry = found[folder, kind]
            title = (folder or name) if len(kinds) == 1 else f"{folder or name} ({kind})"
            reader.tables[title] = (folder, None if len(kinds) == 1 else kind)
            reader.columns[title] = entry.samples.columns
            geometry = None if kind == "none" else kind
            tables.append(SourceTable(title, entry.rows, entry.samples.columns, geometry, _CRS, entry.samples.taken()))
    return reader, tuple(tables)


def placemarks(path: Path, limits: Limits) -> Iterator[Placemark]:
    """Yield the placemarks of a file in their order."""
    folders: list[str] = []
    for event, element in elements(path, _TAGS, ("Placemark", "Folder"), ("start", "end")):
        kind = local_name(element)
        if kind in _CONTAINERS:
            if event == "end":
                folders.pop()
            elif len(folders) >= _DEEPEST_FOLDER:
                raise refusal("too_deep", limit=_DEEPEST_FOLDER)
            else:
                folders.append("")
        elif event == "start":
            continue
        elif kind == "Placemark":
            yield _placemark(element, "/".join(name for name in folders if name), limits)
        elif folders and local_name(element.getparent()) == "Folder":
            folders[-1] = (element.text or "").strip().replace("/", "／")


def _kind(placemark: Placemark) -> str:
    return kind_name(-1 if placemark.geometry is None else int(shapely.get_type_id(placemark.geometry)))


def _placemark(element: Any, folder: str, limits: Limits) -> Placemark:
    values: dict[str, object] = dict.fromkeys(_OWN)
    values["folder"] = folder or None
    geometry = None
    for child in element:
        kind = local_name(child)
        if kind in ("name", "description"):
            values[kind] = (child.text or "").strip() or None
        elif kind == "ExtendedData":
            values.update(_extended(child))
        else:
            geometry = shape_of(child, limits) or geometry
    if isinstance(values["description"], str):
        for name, value in _listed(values["description"]).items():
            values.setdefault(name, value)
    return Placemark(folder, values, geometry)


def _extended(element: Any) -> dict[str, object]:
    """The values of ExtendedData: `Data` with a `value`, and `SimpleData` of a schema."""
    found: dict[str, object] = {}
    for child in element.iter():
        kind, name = local_name(child), str(child.get("name") or "").strip()
        if not name or kind not in ("Data", "SimpleData"):
            continue
        text = child.text if kind == "SimpleData" else _value(child)
        found[name if name not in _OWN else f"{name}_2"] = (text or "").strip() or None
    return found


def _value(element: Any) -> str | None:
    return next((child.text for child in element if local_name(child) == "value"), None)


def _listed(description: str) -> dict[str, object]:
    """Pairs out of a table in HTML: GIS software writes attributes into descriptions so."""
    if "<td" not in description.lower():
        return {}
    cells = [unescape(_MARKUP.sub("", cell)).strip() for cell in _CELL.findall(description)]
    if len(cells) % 2:
        cells = cells[1:]
    return {name: value or None for name, value in zip(cells[::2], cells[1::2], strict=True) if name}
