"""Lines that are drawn again just as they were when they were joined: they stay joined as they are.

Built once more, an end that once had two nodes within reach might go to the other one. Where a node has come since that
no line reaches, the line is built anew, so that it can be joined to it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers.importing.loaded_lines import Shapes, degrees_of, in_metres

_ENDS = ("from_node", "to_node")
#: A hundredth of a millimetre: what remains of a vertex after another system and back.
_SAME_DEGREES = 1e-10


def as_joined(lines: pd.DataFrame, loaded: pd.DataFrame, loose: Shapes, tolerance_m: float) -> pd.DataFrame:
    """Return lines with the ends and geometry of the loaded ones of their ids, where the drawing is the same.

    The same are all vertices but for the two ends, which may have been moved by the tolerance. `loose` are the points
    of nodes that no line reaches, in EPSG:4490. Lines that name other nodes than the loaded one stay as they are.
    """
    if not len(lines) or not len(loaded):
        return lines
    at = pd.Index(loaded["id"]).get_indexer(pd.Index(lines["id"].astype(object)))
    mine = np.flatnonzero(at >= 0)
    if not len(mine):
        return lines
    before = loaded.iloc[at[mine]]
    drawn, stored = (frame["geometry"].to_numpy(dtype=object) for frame in (lines.iloc[mine], before))
    same = (lines["network"].iloc[mine].to_numpy(dtype=object) == before["network"].to_numpy(dtype=object)) & _alike(
        drawn, stored, tolerance_m
    )
    for name in _ENDS:
        said = lines[name].iloc[mine]
        same &= (said.isna() | (said.to_numpy(dtype=object) == before[name].to_numpy(dtype=object))).to_numpy()
    same &= ~_meets(drawn, loose, tolerance_m)
    result = lines.copy()
    for name in (*_ENDS, "geometry"):
        values = result[name].to_numpy(dtype=object).copy()
        values[mine[same]] = before[name].to_numpy(dtype=object)[same]
        result[name] = values
    return result


def _alike(drawn: Shapes, stored: Shapes, tolerance_m: float) -> NDArray[np.bool_]:
    """Return which drawings are those that are stored, but for their ends."""
    count = shapely.get_num_coordinates(drawn)
    alike = np.asarray(count == shapely.get_num_coordinates(stored))
    at = np.flatnonzero(alike)
    coordinates, owner = shapely.get_coordinates(drawn[at], return_index=True)
    off = np.abs(coordinates - shapely.get_coordinates(stored[at])).max(axis=1, initial=0.0)
    inner = np.ones(len(off), dtype=bool)
    last = np.cumsum(count[at])
    inner[last - 1] = inner[last - count[at]] = False
    moved = np.zeros(len(at))
    np.maximum.at(moved, owner[inner], off[inner])
    alike[at] &= moved <= _SAME_DEGREES
    for place in (0, -1):
        one, other = (shapely.get_point(shapes, place) for shapes in (drawn, stored))
        latitude = float(shapely.get_y(one).mean())
        alike &= shapely.distance(in_metres(one, latitude), in_metres(other, latitude)) <= tolerance_m
    return alike


def _meets(drawn: Shapes, loose: Shapes, tolerance_m: float) -> NDArray[np.bool_]:
    """Return which lines have a loose node within the tolerance of an end."""
    meets = np.zeros(len(drawn), dtype=bool)
    if not len(loose):
        return meets
    tree = shapely.STRtree(loose)
    for place in (0, -1):
        ends = shapely.get_point(drawn, place)
        within = degrees_of(tolerance_m, float(np.abs(shapely.get_y(ends)).max()))
        meets[tree.query(ends, predicate="dwithin", distance=within)[0]] = True
    return meets
