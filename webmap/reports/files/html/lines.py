"""The lines of the networks, small enough for a file: joined end to end, with coordinates of five decimals (1 m)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.vocabulary import NETWORKS

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

DECIMALS = 5
#: Kinds of line that the map shows at any scale; the others are a layer that is off at first.
MAIN_KINDS = ("transmission", "trunk", "feeder", "branch", "busbar")


def network_geometries(source: ReportSource, *, main: bool) -> list[tuple[str, dict[str, Any]]]:
    """Return (network, MultiLineString) for each network that has lines of the main kinds, or of all others."""
    frame = source.snapshot.visible("network_lines", restricted=source.restricted)
    if frame.empty:
        return []
    wanted = frame[frame["kind"].isin(MAIN_KINDS) == main]
    found = []
    for network in NETWORKS:
        shapes = wanted.loc[wanted["network"] == network.key, "geometry"].to_numpy()
        if shapes.size:
            found.append((network.key, joined(shapes)))
    return found


def hit_geometry(source: ReportSource, identifiers: Sequence[str]) -> dict[str, Any] | None:
    """Return the lines of those ids as one MultiLineString; None where the viewer may see none of them."""
    frame = source.snapshot.visible("network_lines", restricted=source.restricted)
    shapes = frame.loc[frame["id"].isin(set(identifiers)), "geometry"].to_numpy()
    return joined(shapes) if shapes.size else None


def joined(shapes: NDArray[Any]) -> dict[str, Any]:
    """Return lines (EPSG:4490) as one GeoJSON MultiLineString, joined where two ends meet, rounded to 5 decimals.

    Nothing is simplified: every corner stays, up to the rounding.
    """
    rounded = shapely.transform(shapes, lambda coordinates: np.round(coordinates, DECIMALS))
    merged = shapely.line_merge(shapely.multilinestrings(_parts(rounded)))
    return {"type": "MultiLineString", "coordinates": [_pairs(part) for part in _parts([merged])]}


def rounded_geometry(shape: Any) -> dict[str, Any]:
    """Return any geometry as GeoJSON with 5 decimals."""
    found: dict[str, Any] = shapely.geometry.mapping(
        shapely.transform(shape, lambda coordinates: np.round(coordinates, DECIMALS))
    )
    return found


def _parts(shapes: Iterable[Any]) -> list[Any]:
    return list(shapely.get_parts(list(shapes)))


def _pairs(line: Any) -> list[list[float]]:
    # Rounded again: the text of a float that was rounded before is short, a sum's is not.
    return [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in shapely.get_coordinates(line).tolist()]
