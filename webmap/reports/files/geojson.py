"""The map of a report as one GeoJSON FeatureCollection."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely

from webmap.api.layer_payload import geometry_texts
from webmap.documents import write_document
from webmap.exports.tables import in_language
from webmap.reports.files.geodata import MapLayer, map_layers
from webmap.reports.files.provenance import CRS_NAME, marks_of, provenance_of
from webmap.reports.files.tables import ReportColumn

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

#: All lines of the networks are base data, not the incident's; they are in the GeoPackage.
_LEFT_OUT = frozenset({"network_lines"})
#: Of the many lines and nodes hit, what tells of the outage; the rest is base data too.
_KEPT = frozenset({"id", "name", "provenance", "network", "kind", "customers", "population", "out_at"})
_MANY = frozenset({"hit_lines", "hit_nodes"})
_NOTES = {
    "zh": f"坐标为 {CRS_NAME} 的经度、纬度；与 WGS 84 相差不到 1 米，可直接按 GeoJSON（RFC 7946）使用。",
    "en": f"Coordinates are longitude, latitude in {CRS_NAME}, less than a metre from WGS 84: use them as GeoJSON.",
}


def geojson_file(source: ReportSource) -> bytes:
    """Return UTF-8 GeoJSON: townships with the impact, lines and nodes hit, areas, facilities, faults.

    Each feature tells its `role` (the layer), and whether what is said of it is of a drill and rests on synthetic data.
    The collection tells the provenance, titles of properties by role, the hourly series and networks' sums. Coordinates
    have 6 decimals, outer rings run against the clock. What is not known is null.
    """
    layers = [layer for layer in map_layers(source) if layer.key not in _LEFT_OUT]
    impact = source.impact.document()
    head = {
        "type": "FeatureCollection",
        "name": " ".join([*marks_of(source), source.opening.name]),
        "provenance": provenance_of(source),
        "note": _NOTES[source.language],
        "titles": {
            layer.key: {column.name: in_language(column.title, source.language) for column in _columns(layer)}
            for layer in layers
        },
        "networks": impact["networks"],
        "series": impact["series"],
        "definitions": impact["definitions"],
        "assumptions": impact["assumptions"],
    }
    common = {
        "incident": source.opening.name,
        "drill": source.opening.drill,
        "synthetic": source.snapshot.synthetic,
    }
    features = [feature for layer in layers for feature in _features(layer, common)]
    return write_document(head)[:-1] + b',"features":[' + ",".join(features).encode("utf-8", "replace") + b"]}"


def _features(layer: MapLayer, common: dict[str, Any]) -> list[str]:
    if layer.frame.empty:
        return []
    names = [column.name for column in _columns(layer)]
    identifier = "entry" if "entry" in names else "id"
    shapes = geometry_texts(shapely.orient_polygons(layer.frame.geometry.to_numpy()))
    rows = [dict(zip(names, row, strict=True)) for row in layer.frame[names].itertuples(index=False, name=None)]
    return [_feature(layer.key, identifier, row, common, text) for row, text in zip(rows, shapes, strict=True)]


def _columns(layer: MapLayer) -> list[ReportColumn]:
    """Return the columns that the file has: keys of closed lists, not their words."""
    columns = [column for column in layer.columns if not column.name.endswith("_title")]
    return [column for column in columns if column.name in _KEPT] if layer.key in _MANY else columns


def _feature(role: str, identifier: str, row: dict[str, Any], common: dict[str, Any], shape: str) -> str:
    """Write one feature. The role is part of its id, because a facility can be a fault too."""
    key = json.dumps(f"{role}:{row[identifier]}", ensure_ascii=False)
    inner = json.dumps({"role": role, **row, **common}, ensure_ascii=False, allow_nan=False)
    return f'{{"type":"Feature","id":{key},"properties":{inner},"geometry":{shape}}}'
