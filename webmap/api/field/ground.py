"""What a phone needs to say where: townships with coarse outlines, and what lies near a position."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import shapely
from shapely.geometry import Point, mapping

from layers.catalog import CATALOG
from layers.schema import Title
from layers.vocabulary import NETWORKS
from webmap.field.near import NEAR_M, Around, Near, elements_near, lines_around
from webmap.languages import Language
from webmap.runtime import Snapshot

#: About 100 m: a township is known by its shape on a map of a few centimetres.
_TOLERANCE_DEG = 0.001
_NETWORK_TITLES = {choice.key: choice.title for choice in NETWORKS}
#: The layers whose records have a kind, and the field that says it.
_KIND_FIELDS = {"network_nodes": "kind", "network_lines": "kind", "facilities": "category"}
_KIND_TITLES: dict[tuple[str, str], Title] = {
    (layer, choice.key): choice.title
    for layer, name in _KIND_FIELDS.items()
    for choice in CATALOG[layer].field(name).values or ()
}


def township_outlines(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return code, name and coarse outline (GeoJSON, EPSG:4490) of every township, made once for a data version."""
    made: list[dict[str, Any]] = snapshot.once(("field townships", False), lambda: _outlines(snapshot))
    return made


def _outlines(snapshot: Snapshot) -> list[dict[str, Any]]:
    frame = snapshot.visible("townships", restricted=False)
    if frame.empty:
        return []
    coarse = shapely.simplify(frame["geometry"].to_numpy(), _TOLERANCE_DEG)
    shapes = shapely.set_precision(coarse, 1e-5, mode="pointwise")
    return [
        {"code": code, "name": name, "geometry": dict(mapping(shape))}
        for code, name, shape in zip(frame["code"], frame["name"], shapes, strict=True)
    ]


def township_at(snapshot: Snapshot, lon: float, lat: float) -> str | None:
    """Return the code of the township in which a position (EPSG:4490) lies; None outside of all."""
    frame = snapshot.visible("townships", restricted=False)
    if frame.empty:
        return None
    inside = frame[shapely.covers(frame["geometry"].to_numpy(), Point(lon, lat))]
    return None if inside.empty else str(inside["code"].iloc[0])


def elements_document(
    snapshot: Snapshot, lon: float, lat: float, language: Language, *, restricted: bool
) -> dict[str, Any]:
    """Return what lies near a position, and the lines around it for a small map."""
    near, more = elements_near(snapshot, lon, lat, restricted=restricted)
    return {
        "within_m": NEAR_M,
        "elements": [_element(item, language) for item in near],
        "more": more,
        "lines": _lines(lines_around(snapshot, lon, lat, restricted=restricted)),
        "township": township_at(snapshot, lon, lat),
    }


def _element(item: Near, language: Language) -> dict[str, Any]:
    network = _NETWORK_TITLES.get(item.network or "")
    title = _KIND_TITLES.get((item.layer, item.kind or "")) or CATALOG[item.layer].title
    return {
        "id": item.id,
        "layer": item.layer,
        "name": item.name,
        "title": _in(title, language),
        "network": item.network,
        "network_title": _in(network, language) if network else None,
        "distance_m": item.distance_m,
        "geometry": item.geometry,
    }


def _lines(around: Sequence[Around]) -> list[dict[str, Any]]:
    return [{"network": line.network, "geometry": line.geometry} for line in around]


def _in(title: Title, language: Language) -> str:
    return title.zh if language == "zh" else title.en
