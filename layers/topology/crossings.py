"""Lines of one network that cross without a node there: over and under each other, or forgotten joints."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import shapely


def crossings_of(lines: Any) -> tuple[tuple[float, float], ...]:
    """Return where lines of a network cross in their middles, in EPSG:4490, each place once.

    `lines` have `network`, `from_node` and `to_node`. Lines that share a node are joined: they are not looked at.
    """
    places = []
    for _, network in lines.groupby("network", sort=True):
        shapes = np.asarray(network.geometry.to_numpy(), dtype=object)
        ends = pd.factorize(_node_names(network))[0].reshape(2, -1).T
        a, b = shapely.STRtree(shapes).query(shapes)
        a, b = a[a < b], b[a < b]
        strangers = ~((ends[a][:, :, None] == ends[b][:, None, :]) & (ends[a][:, :, None] >= 0)).any(axis=(1, 2))
        a, b = a[strangers], b[strangers]
        shapely.prepare(shapes[np.unique(a)])
        cross = shapely.crosses(shapes[a], shapes[b])
        met = shapely.intersection(shapes[a[cross]], shapes[b[cross]])
        parts = shapely.get_parts(met)
        places.append(shapely.get_coordinates(parts[shapely.get_dimensions(parts) == 0]))
    if not places:
        return ()
    # To a tenth of a metre: where two lines cross at a vertex of both, four pieces would cross four times.
    coordinates = np.unique(np.round(np.concatenate(places), 6), axis=0)
    return tuple((float(x), float(y)) for x, y in coordinates)


def _node_names(network: Any) -> Any:
    return np.concatenate([network[column].to_numpy(dtype=object) for column in ("from_node", "to_node")])
