"""What of the networks, places and roads lies near a position: for people who stand before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely.geometry import Point, mapping
from shapely.geometry.base import BaseGeometry

from layers.crs import to_metric, to_storage
from webmap.runtime import Snapshot

#: How far is near, metres: what a person can see and a phone's position may be off by.
NEAR_M = 300.0
#: As far the small map draws lines around the position, metres.
AROUND_M = 1_000.0
#: A person reads no more than this on a phone.
MOST_NEAR = 20
MOST_AROUND = 600
_LAYERS = ("network_nodes", "network_lines", "facilities", "roads", "coal_routes")
#: Lines are drawn so coarsely on the small map, metres.
_TOLERANCE_M = 2.0


@dataclass(frozen=True)
class Near:
    """Something near a position; `geometry` is GeoJSON in EPSG:4490. `network` and `kind` are keys of the catalogue."""

    id: str
    layer: str
    name: str
    kind: str | None
    network: str | None
    distance_m: float
    geometry: dict[str, Any]


@dataclass(frozen=True)
class Around:
    """A line around a position for the small map, EPSG:4490; `network` is None for roads."""

    network: str | None
    geometry: dict[str, Any]


@dataclass(frozen=True)
class _Ground:
    """All that one audience may know, in metres, with what tells of it."""

    tree: shapely.STRtree
    shapes: Sequence[BaseGeometry]
    ids: Sequence[str]
    layers: Sequence[str]
    names: Sequence[str]
    kinds: Sequence[str | None]
    networks: Sequence[str | None]


def elements_near(snapshot: Snapshot, lon: float, lat: float, *, restricted: bool) -> tuple[list[Near], int]:
    """Return what lies within `NEAR_M` of a position (EPSG:4490), nearest first, and how much more there is.

    Nodes come before the line on which they sit. Without `restricted` such places are left out.
    """
    ground = _ground_of(snapshot, restricted=restricted)
    at = Point(*to_metric().transform(lon, lat))
    found = ground.tree.query(at, "dwithin", distance=NEAR_M)
    if len(found) == 0:
        return [], 0
    distances = shapely.distance(np.asarray(ground.shapes, dtype=object)[found], at)
    is_line = np.array([ground.layers[index].endswith(("lines", "roads", "routes")) for index in found])
    order = np.lexsort((found, is_line, np.round(distances)))[:MOST_NEAR]
    near = [_near(ground, int(found[place]), float(distances[place])) for place in order]
    return near, len(found) - len(near)


def lines_around(snapshot: Snapshot, lon: float, lat: float, *, restricted: bool) -> list[Around]:
    """Return the lines within `AROUND_M` of a position, cut there, nearest first and no more than `MOST_AROUND`."""
    ground = _ground_of(snapshot, restricted=restricted)
    at = Point(*to_metric().transform(lon, lat))
    return list(_cut(ground, at))[:MOST_AROUND]


def _cut(ground: _Ground, at: Point) -> Iterator[Around]:
    frame = at.buffer(AROUND_M, quad_segs=1).envelope
    found = ground.tree.query(at, "dwithin", distance=AROUND_M)
    lines = [index for index in found if ground.shapes[index].length > 0]
    for index in sorted(lines, key=lambda index: (ground.shapes[index].distance(at), index)):
        part = shapely.simplify(shapely.intersection(ground.shapes[index], frame), _TOLERANCE_M)
        if not part.is_empty:
            yield Around(ground.networks[index], _geojson(part))


def _near(ground: _Ground, index: int, distance_m: float) -> Near:
    return Near(
        id=ground.ids[index],
        layer=ground.layers[index],
        name=ground.names[index],
        kind=ground.kinds[index],
        network=ground.networks[index],
        distance_m=round(distance_m),
        geometry=_geojson(ground.shapes[index]),
    )


def distance_m(snapshot: Snapshot, element: str, position: tuple[float, float], *, restricted: bool) -> float | None:
    """Return how far an element lies from a position, metres; None for one that is not there or may not be known."""
    ground = _ground_of(snapshot, restricted=restricted)
    try:
        index = ground.ids.index(element)
    except ValueError:
        return None
    return round(float(ground.shapes[index].distance(Point(*to_metric().transform(position[0], position[1])))))


def _geojson(shape: BaseGeometry) -> dict[str, Any]:
    degrees = shapely.transform(shape, _degrees)
    return dict(mapping(shapely.set_precision(degrees, 1e-6, mode="pointwise")))


def _degrees(metres: Any) -> Any:
    return np.column_stack(to_storage().transform(metres[:, 0], metres[:, 1]))


def _metres(degrees: Any) -> Any:
    return np.column_stack(to_metric().transform(degrees[:, 0], degrees[:, 1]))


def _ground_of(snapshot: Snapshot, *, restricted: bool) -> _Ground:
    """Return the ground of an audience, made once for a data version."""
    return snapshot.once(("field ground", restricted), partial(_read, snapshot, restricted))


def _read(snapshot: Snapshot, restricted: bool) -> _Ground:
    shapes: list[BaseGeometry] = []
    ids: list[str] = []
    layers: list[str] = []
    names: list[str] = []
    kinds: list[str | None] = []
    networks: list[str | None] = []
    for layer in _LAYERS:
        frame = snapshot.visible(layer, restricted=restricted)
        if frame.empty:
            continue
        shapes += list(shapely.transform(frame["geometry"].to_numpy(), _metres))
        ids += frame["id"].tolist()
        names += frame["name"].tolist()
        layers += [layer] * len(frame)
        kinds += _column(frame, "category" if layer == "facilities" else "kind")
        networks += _column(frame, "network")
    return _Ground(shapely.STRtree(shapes), shapes, ids, layers, names, kinds, networks)


def _column(frame: pd.DataFrame, name: str) -> list[str | None]:
    """Roads have neither kind nor network."""
    return frame[name].tolist() if name in frame else [None] * len(frame)
