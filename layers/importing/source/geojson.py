"""GeoJSON, one feature at a time: a file of any size in the memory of its largest feature.

RFC 7946, with the `crs` member of the older specification, which Chinese desktop software still writes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers.importing.source.json_stream import Features, scan
from layers.importing.source.model import Batch, Limits, SourceTable
from layers.importing.source.notes import Notes
from layers.importing.source.refusals import refusal
from layers.importing.source.sampling import Samples
from layers.importing.source.shapes import check_vertices, crs_name, flat, one_kind
from layers.importing.source.surrogates import whole_text

_STANDARD_CRS = "EPSG:4326"
_KINDS = {
    **{"Point": "Point", "MultiPoint": "Point", "LineString": "LineString", "MultiLineString": "LineString"},
    **{"Polygon": "Polygon", "MultiPolygon": "Polygon"},
}
Feature = Mapping[str, Any]


@dataclass(frozen=True)
class GeojsonReader:
    """Reads the one table of a GeoJSON file."""

    path: Path
    encoding: str
    columns: tuple[str, ...]
    limits: Limits

    def batches(self, table: str, encoding: str, batch_rows: int) -> Iterator[Batch]:
        """Yield the features in the order of the file; nested values are JSON text."""
        del table
        chosen = self.encoding if encoding == "auto" else encoding
        features = iter(Features(self.path, chosen, self.limits))
        first = 0
        while part := list(islice(features, batch_rows)):
            rows = np.arange(first + 1, first + len(part) + 1, dtype=np.int64)
            first += len(part)
            geometry = _geometry(part, rows, self.limits)
            yield Batch(rows, _frame(part, self.columns), geometry)


def open_geojson(
    path: Path, name: str, encoding: str, limits: Limits, notes: Notes
) -> tuple[GeojsonReader, tuple[SourceTable, ...]]:
    """Return the reader and its one table, called `name`. The whole file is looked through once."""
    scan(path, limits)
    features = Features(path, encoding, limits)
    samples, kinds, rows = Samples(), set(), 0
    for rows, feature in enumerate(features, start=1):
        properties = _properties(feature)
        for column, value in properties.items():
            samples.add(column, (value,))
        if len(samples.columns) > limits.columns:
            raise refusal("too_many_columns", found=len(samples.columns), limit=limits.columns)
        if rows > limits.rows:
            raise refusal("too_many_rows", limit=limits.rows)
        geometry = feature.get("geometry")
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if kind is not None:
            kinds.add(_KINDS.get(str(kind), "mixed"))
    if not features.is_geojson:
        raise refusal("not_geojson")
    crs = _crs(features.crs, name, notes)
    table = SourceTable(name, rows, samples.columns, one_kind(kinds), crs, samples.taken())
    return GeojsonReader(path, encoding, samples.columns, limits), (table,)


def _crs(member: object, name: str, notes: Notes) -> str:
    """Return the reference system: that of the old `crs` member, else WGS 84."""
    properties = member.get("properties") if isinstance(member, dict) else None
    said = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(said, str) or len(said) > 200:
        return _STANDARD_CRS
    found = crs_name(said)
    if found is None or not found.startswith("EPSG:"):
        found = _STANDARD_CRS if "CRS84" in said.upper() else said
    if found != _STANDARD_CRS:
        notes.add("crs_of_its_own", table=name, crs=found)
    return found


def _properties(feature: Feature) -> dict[str, object]:
    properties = feature.get("properties")
    found = (
        {}
        if not isinstance(properties, dict)
        else {whole_text(str(key)): _plain(value) for key, value in properties.items()}
    )
    # An identifier beside the properties is one too.
    if "id" in feature and "id" not in found:
        found = {"id": _plain(feature["id"]), **found}
    return found


def _plain(value: object) -> object:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return whole_text(value)
    if isinstance(value, int | float | bool):
        return value
    return whole_text(json.dumps(value, ensure_ascii=False))


def _frame(part: Sequence[Feature], columns: tuple[str, ...]) -> pd.DataFrame:
    rows = [_properties(feature) for feature in part]
    data = {name: [row.get(name) for row in rows] for name in columns}
    return pd.DataFrame(data, index=pd.RangeIndex(len(rows)), columns=list(columns), dtype=object)


def _geometry(part: Sequence[Feature], rows: NDArray[np.int64], limits: Limits) -> NDArray[np.object_]:
    shapes = np.full(len(part), None, dtype=object)
    found = [feature.get("geometry") for feature in part]
    for kind, make in (("Point", shapely.points), ("LineString", shapely.linestrings)):
        _together(found, shapes, kind, make)
    for place, geometry in enumerate(found):
        if geometry is not None and shapes[place] is None:
            shapes[place] = _shape(geometry)
    shapes = flat(shapes)
    check_vertices(shapes, rows, limits)
    return shapes


def _together(found: list[Any], shapes: NDArray[np.object_], kind: str, make: Callable[..., Any]) -> None:
    """Make all geometries of one simple kind at once; none if one of them is not sound: then each is tried alone."""
    places = [
        place for place, geometry in enumerate(found) if isinstance(geometry, dict) and geometry.get("type") == kind
    ]
    try:
        lists = [found[place]["coordinates"] for place in places]
        vertices = lists if kind == "Point" else list(chain.from_iterable(lists))
        coordinates = np.array([vertex[:2] for vertex in vertices], dtype=np.float64)
        if kind == "Point":
            made = make(coordinates)
        else:
            made = make(coordinates, indices=np.repeat(np.arange(len(lists)), [len(positions) for positions in lists]))
        shapes[places] = made
    except (shapely.errors.ShapelyError, TypeError, ValueError, IndexError, KeyError):
        return


def _shape(geometry: object) -> Any:
    """Return a geometry; None where it cannot be one."""
    try:
        return shapely.from_geojson(json.dumps(geometry))
    except (shapely.errors.ShapelyError, TypeError, ValueError):
        return None
