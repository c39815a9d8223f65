"""What an import would do, as features on a map: records as they would be stored, and what topology building did."""

from __future__ import annotations

import json
from typing import Any

import shapely

from layers.importing.stage import Stage
from layers.records import layer_of

Box = tuple[float, float, float, float]
#: The whole of the earth.
_EVERYWHERE: Box = (-180.0, -90.0, 180.0, 90.0)
#: Rows set aside that are shown, and changes of the topology.
_MOST_REJECTED = 1000


def preview_document(stage: Stage, box: Box | None, most: int) -> dict[str, Any]:
    """Return a FeatureCollection of at most `most` staged records that meet a box (west, south, east, north; degrees).

    Of more an even sample; `total` says how many there are. Layers without geometry give features with none.
    """
    features: list[dict[str, Any]] = []
    total = 0
    for key in stage.layers():
        found, count = _features(stage, key, box, max(0, most - len(features)))
        features += found
        total += count
    features += _rejected(stage, box or _EVERYWHERE, max(0, most - len(features)))
    return {
        "type": "FeatureCollection",
        "total": total,
        "truncated": total > most,
        "features": features,
        "changes": _changes(stage, box or _EVERYWHERE, most),
    }


def _features(stage: Stage, key: str, box: Box | None, most: int) -> tuple[list[dict[str, Any]], int]:
    layer = layer_of(key)
    columns = ", ".join(f"s.{name}" for name in layer.columns)
    values: tuple[float, ...]
    if layer.geometry is None:
        origin, values, shape = f"staged_{key} s", (), "NULL"
    else:
        west, south, east, north = box or _EVERYWHERE
        origin = (
            f"box_{key} b JOIN staged_{key} s ON s.n = b.n "
            "WHERE b.west <= ? AND b.east >= ? AND b.south <= ? AND b.north >= ?"
        )
        values, shape = (east, west, north, south), "s.geometry"
    total = int(stage.connection.execute(f"SELECT count(*) FROM {origin}", values).fetchone()[0])  # noqa: S608
    if not total or not most:
        return [], total
    step = -(-total // most)
    numbered = f"SELECT row_number() OVER (ORDER BY s.n) AS k, s.row, s.what, {shape}, {columns} FROM {origin}"  # noqa: S608
    rows = stage.connection.execute(f"SELECT * FROM ({numbered}) WHERE (k - 1) % ? = 0", (*values, step))  # noqa: S608
    return [_feature(key, row) for row in rows], total


def _feature(key: str, row: tuple[Any, ...]) -> dict[str, Any]:
    layer = layer_of(key)
    _, number, what, blob, *values = row
    kinds = {field.name: field.kind for field in layer.fields}
    record = {
        name: bool(value) if kinds[name] == "boolean" and value is not None else value
        for name, value in zip(layer.columns, values, strict=True)
    }
    return {
        "type": "Feature",
        "id": record["id"],
        "geometry": None if blob is None else json.loads(shapely.to_geojson(shapely.from_wkb(blob))),
        "properties": {"id": record["id"], "layer": key, "what": what, "row": number, "record": record},
    }


def _rejected(stage: Stage, box: Box, most: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    here = shapely.box(*box)
    for item in stage.rejected():
        if len(found) >= min(most, _MOST_REJECTED):
            break
        if item.geometry is None or item.geometry.is_empty or not item.geometry.intersects(here):
            continue
        found.append(
            {
                "type": "Feature",
                "geometry": json.loads(shapely.to_geojson(item.geometry)),
                "properties": {
                    "id": None,
                    "layer": stage.get("layer"),
                    "what": "rejected",
                    "row": item.row,
                    "record": None,
                    "reason": {"zh": item.reason.zh, "en": item.reason.en},
                },
            }
        )
    return found


def _changes(stage: Stage, box: Box, most: int) -> list[dict[str, Any]]:
    west, south, east, north = box
    rows = stage.connection.execute(
        "SELECT kind, line, node, longitude, latitude, moved_m FROM changes "
        "WHERE longitude BETWEEN ? AND ? AND latitude BETWEEN ? AND ? LIMIT ?",
        (west, east, south, north, most),
    )
    return [
        {"kind": kind, "line": line, "node": node, "place": [longitude, latitude], "moved_m": moved_m}
        for kind, line, node, longitude, latitude, moved_m in rows
    ]
