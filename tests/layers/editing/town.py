"""A small town to edit: two streets' worth of network, a supplied clinic, a road, a site."""

from __future__ import annotations

from functools import cache
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely.geometry import LineString, Point, box

from layers.catalog import CATALOG
from layers.crs import STORAGE_EPSG
from layers.editing.applying import Applied, apply
from layers.editing.ground import Ground
from layers.editing.operations import read_operation
from layers.records import conform

_COMMON = {"provenance": "synthetic", "source": "test"}
NODES = {
    "src": (112.800, 35.500),
    "sw": (112.802, 35.500),
    "jn": (112.804, 35.501),
    "home": (112.806, 35.500),
    "clinic": (112.806, 35.502),
}
KINDS = {"src": "source", "sw": "switch", "jn": "junction", "home": "consumer", "clinic": "transformer"}
LINES = {"l1": ("src", "sw"), "l2": ("sw", "jn"), "l3": ("jn", "home"), "l4": ("jn", "clinic")}


def _rows() -> dict[str, list[dict[str, Any]]]:
    nodes = [
        {"id": key, "name": f"节点{key}", "network": "electricity", "kind": KINDS[key], "geometry": Point(at)}
        for key, at in NODES.items()
    ]
    nodes.append({"id": "heat", "name": "热源", "network": "heat", "kind": "source", "geometry": Point(112.81, 35.5)})
    lines = [
        {"id": key, "name": f"线{key}", "network": "electricity", "kind": "feeder", "from_node": a, "to_node": b}
        | {"geometry": LineString([NODES[a], NODES[b]]), "voltage_kv": 10.0}
        for key, (a, b) in LINES.items()
    ]
    place = {"restricted": False, "people": 30, "category": "hospital", "geometry": Point(112.8061, 35.5021)}
    area = {"code": "140502", "county_code": "140502", "kind": "city_district", "boundary_quality": "low"}
    return {
        "counties": [{"id": "c", "name": "城区", **area, "geometry": box(112.7, 35.4, 112.9, 35.6)}],
        "townships": [
            {
                "id": "t",
                "name": "镇",
                **area,
                "code": "140502001",
                "kind": "town",
                "geometry": box(112.7, 35.4, 112.9, 35.6),
            }
        ],
        "network_nodes": [{**row, "normally_open": False, "in_service": True} for row in nodes],
        "network_lines": [{**row, "in_service": True} for row in lines],
        "facilities": [
            {"id": "f", "name": "卫生院", **place, "source_node": None},
            {"id": "plant", "name": "热源厂", **place, "category": "heat_supply", "source_node": "heat"},
        ],
        "supplies": [
            {
                "id": "s",
                "name": "用电",
                "facility_id": "f",
                "commodity": "electricity",
                "node_id": "clinic",
                "required": True,
            }
        ],
        "roads": [
            {"id": "r", "name": "路", "closed": False, "geometry": LineString([(112.80, 35.51), (112.82, 35.51)])}
        ],
        "sites": [{"id": "x", "name": "点", "kind": "crew", "status": "existing", "geometry": Point(112.81, 35.51)}],
    }


@cache
def town() -> dict[str, pd.DataFrame]:
    """Return the town as conforming frames of every layer; nobody changes them."""
    frames = {}
    rows = _rows()
    for key, layer in CATALOG.items():
        made = [{**_COMMON, **row} for row in rows.get(key, [])]
        if not made:
            frames[key] = conform(key, pd.DataFrame(columns=[*layer.columns, "geometry"]))
        elif layer.geometry is None:
            frames[key] = conform(key, pd.DataFrame(made))
        else:
            frames[key] = conform(key, gpd.GeoDataFrame(made, geometry="geometry", crs=STORAGE_EPSG))
    return frames


@cache
def _ground() -> Ground:
    return Ground(town())


def edit(*documents: dict[str, Any], frames: dict[str, pd.DataFrame] | None = None) -> Applied:
    """Apply operations, given as documents, to the town."""
    return apply(_ground() if frames is None else Ground(frames), [read_operation(document) for document in documents])


def after(applied: Applied, layer: str, identifier: str) -> dict[str, Any]:
    """Return a changed record as plain values, with its corners."""
    record = applied.changes.records[layer, identifier].after
    assert record is not None
    corners = [] if record.geometry is None else [tuple(corner) for corner in record.geometry.coords]
    return {**record.values, "corners": corners}


def codes(applied: Applied) -> list[tuple[str, str | None]]:
    """Return code and field of what was refused."""
    return [(problem.code, problem.field) for problem in applied.refused]
