"""Writes records as files whose bytes depend on the records alone: one feature a line, fixed order, LF."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

import shapely

from layers.catalog import CATALOG
from layers.crs import STORAGE_EPSG
from layers.schema import Layer

NOTICE = (
    "示例数据：设施、管线、道路均为虚构，界线为估算或概化，不得用于实际处置。"
    " / Sample data: facilities, networks and roads are invented."
)
DECIMALS = 6


def file_name(layer: Layer) -> str:
    """Name of a layer's file in `data/geo`."""
    return f"{layer.key}.geojson" if layer.geometry else f"{layer.key}.csv"


def render(records: Mapping[str, list[dict[str, Any]]]) -> dict[str, bytes]:
    """The content of every file of the sample by file name."""
    return {
        file_name(layer): (_geojson if layer.geometry else _csv)(layer, records[layer.key]).encode()
        for layer in CATALOG.values()
    }


def _geojson(layer: Layer, records: list[dict[str, Any]]) -> str:
    head = {
        "type": "FeatureCollection",
        "name": layer.key,
        "notice": NOTICE,
        "crs": {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{STORAGE_EPSG}"}},
    }
    features = ",\n".join(_feature(layer, record) for record in records)
    return f'{_json(head)[:-1]},"features":[\n{features}\n]}}\n'


def _feature(layer: Layer, record: dict[str, Any]) -> str:
    facts = {name: record[name] for name in layer.columns if record.get(name) is not None}
    geometry = {"type": record["geometry"].geom_type, "coordinates": _coordinates(record["geometry"])}
    return _json({"type": "Feature", "properties": facts, "geometry": geometry})


def _coordinates(shape: shapely.Geometry) -> Any:
    if isinstance(shape, shapely.Point):
        return _pair(shape.coords[0])
    if isinstance(shape, shapely.LineString | shapely.LinearRing):
        return [_pair(point) for point in shape.coords]
    if isinstance(shape, shapely.Polygon):
        return [_coordinates(ring) for ring in (shape.exterior, *shape.interiors)]
    return [_coordinates(part) for part in shapely.get_parts(shape)]


def _pair(point: tuple[float, ...]) -> list[float]:
    return [round(point[0], DECIMALS), round(point[1], DECIMALS)]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _csv(layer: Layer, records: list[dict[str, Any]]) -> str:
    """CSV with a header; empty means unknown, truth is `true` or `false`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(layer.columns)
    for record in records:
        writer.writerow([_cell(record.get(name)) for name in layer.columns])
    return text.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
