"""Records of a layer as a typed frame: the catalogue's rules applied to a table of rows."""

from __future__ import annotations

import hashlib
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from layers.catalog import CATALOG
from layers.crs import STORAGE_EPSG
from layers.errors import InvalidRecords, UnknownLayer
from layers.rules import Rule, broken_rules
from layers.schema import Field, Layer

_DTYPES = {"text": "str", "integer": "Int64", "number": "float64", "boolean": "bool"}
_SHAPES = {
    "Point": {"Point"},
    "LineString": {"LineString"},
    "Polygon": {"Polygon", "MultiPolygon"},
}
_LARGEST_INTEGER = 2**31 - 1
#: How many offending records a message names before it says "and n more".
_NAMED = 3


def layer_of(key: str) -> Layer:
    """Return the catalogue entry of that key; `UnknownLayer` if there is none."""
    try:
        return CATALOG[key]
    except KeyError:
        raise UnknownLayer(key) from None


def empty_frame(key: str) -> pd.DataFrame:
    """Return the layer's frame without rows, with the catalogue's columns and types."""
    return conform(key, pd.DataFrame(columns=[*layer_of(key).columns, "geometry"]))


def conform(key: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a copy of `frame` that obeys the catalogue, sorted by id; a GeoDataFrame if the layer has geometry.

    Columns come out in catalogue order with the types text `str`, integer `Int64`, number `float64`, boolean `bool`;
    optional columns that are missing are added as unknown. Geometry must be in EPSG:4490. Raises `InvalidRecords`
    listing every broken rule. An empty frame gives an empty frame.
    """
    layer = layer_of(key)
    problems: list[str] = []
    columns: dict[str, pd.Series[Any]] = {}
    for field in layer.fields:
        if field.name in frame.columns:
            columns[field.name] = _typed(field, frame[field.name], problems)
        elif field.required and len(frame):
            problems.append(f"column {field.name} is missing")
        else:
            columns[field.name] = _typed(field, pd.Series([None] * len(frame), index=frame.index), [])
    if problems:
        raise InvalidRecords(key, problems)
    table = pd.DataFrame(columns)
    for field in layer.fields:
        problems += _broken_rules(field, table)
    if layer.geometry is not None:
        problems += _geometry_problems(layer, frame, table)
    if problems:
        raise InvalidRecords(key, problems)
    typed = table
    if layer.geometry is not None:
        typed = gpd.GeoDataFrame(table, geometry=np.asarray(frame["geometry"], dtype=object), crs=STORAGE_EPSG)
    return typed.sort_values("id", kind="stable").reset_index(drop=True)


def digest(key: str, frame: pd.DataFrame) -> str:
    """Return the SHA-256 of a conforming frame's content, the same for the same records on either database."""
    content = hashlib.sha256(key.encode())
    for name in layer_of(key).columns:
        content.update(pd.util.hash_pandas_object(frame[name], index=False).to_numpy().tobytes())
    if layer_of(key).geometry is not None:
        for blob in shapely.to_wkb(frame.geometry.to_numpy(), byte_order=1):
            content.update(blob)
    return content.hexdigest()


def _typed(field: Field, values: pd.Series[Any], problems: list[str]) -> pd.Series[Any]:
    """Return the column in its type; on failure note the problem and return it as it was."""
    try:
        return _of_kind(field, values)
    except (TypeError, ValueError) as error:
        problems.append(f"column {field.name} is not {field.kind}: {error}")
        return values


def _of_kind(field: Field, values: pd.Series[Any]) -> pd.Series[Any]:
    """Return the column in its type; raises `TypeError` and `ValueError` where it cannot be.

    What PostgreSQL cannot hold SQLite is not to hold either: a backup of one must fit the other.
    """
    if field.kind == "boolean":
        if not values.isin([True, False]).all():
            raise ValueError("only true and false are allowed")
        return values.astype("bool")
    if field.kind == "text":
        texts = values.astype("str").where(values.notna())
        if texts.str.contains("\0", regex=False).any():
            raise ValueError("it holds NUL characters")
        return texts
    numbers: pd.Series[Any] = pd.to_numeric(values).astype(_DTYPES[field.kind])  # type: ignore[call-overload]
    if field.kind == "integer" and (numbers.abs() > _LARGEST_INTEGER).any():
        raise ValueError(f"it holds more than {_LARGEST_INTEGER:,}")
    return numbers


def _broken_rules(field: Field, table: pd.DataFrame) -> list[str]:
    values = table[field.name]
    problems = [f"{_broken(field, rule)}{_which(table, mask)}" for rule, mask in broken_rules(field, values)]
    if field.name == "id" and values.duplicated().any():
        problems.append(f"id is not unique{_which(table, values.duplicated())}")
    return problems


def _broken(field: Field, rule: Rule) -> str:
    match rule:
        case "not_allowed":
            return f"{field.name} is none of {sorted(choice.key for choice in field.values)}"
        case "below":
            return f"{field.name} is below {field.minimum:g}"
        case "above":
            return f"{field.name} is above {field.maximum:g}"
        case "infinite":
            return f"{field.name} is infinite"
        case "empty" | "blank":
            return f"{field.name} is empty"


def _geometry_problems(layer: Layer, frame: pd.DataFrame, table: pd.DataFrame) -> list[str]:
    if "geometry" not in frame.columns:
        return ["geometry is missing"]
    crs = getattr(frame, "crs", None)
    if crs is not None and crs.to_epsg() != STORAGE_EPSG:
        return [f"geometry is in {crs.to_string()}, not in EPSG:{STORAGE_EPSG}"]
    geometry = np.asarray(frame["geometry"], dtype=object)
    names = pd.Series([getattr(shape, "geom_type", "none") for shape in geometry], index=table.index, dtype="str")
    bounds = shapely.bounds(geometry)
    strange = (np.abs(bounds[:, [0, 2]]) > 180).any(axis=1) | (np.abs(bounds[:, [1, 3]]) > 90).any(axis=1)
    empty = pd.Series(shapely.is_empty(geometry) | shapely.is_missing(geometry), index=table.index)
    invalid = pd.Series(~shapely.is_valid(geometry), index=table.index) & ~empty
    allowed = _SHAPES[str(layer.geometry)]
    return [
        *_if_any("geometry is empty", table, empty),
        *_if_any(f"geometry is no {layer.geometry}", table, ~names.isin(allowed) & ~empty),
        *_if_any("geometry is no longitude, latitude (swapped?)", table, pd.Series(strange, index=table.index)),
        *_if_any("geometry crosses itself or is broken", table, invalid),
    ]


def _if_any(text: str, table: pd.DataFrame, mask: pd.Series[Any]) -> list[str]:
    offending = mask.fillna(False).astype(bool)
    return [f"{text}{_which(table, offending)}"] if offending.any() else []


def _which(table: pd.DataFrame, mask: pd.Series[Any]) -> str:
    ids = [str(value) for value in table.loc[mask, "id"]]
    more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
    return f" ({', '.join(ids[:_NAMED])}{more})"
