"""What was built as frames, and the list of what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from layers.crs import STORAGE_EPSG
from layers.topology.cuts import Cuts
from layers.topology.model import Anchors, Change, Drawing, Flags, Joints, Numbers
from layers.topology.pieces import Pieces
from layers.topology.shapes import apart, points


class NodeNames:
    """The ids of all nodes of a network, given and made; `taken` ids are not given again, and grow by those made."""

    def __init__(self, drawing: Drawing, anchors: Anchors, joints: Joints, taken: set[str]) -> None:
        given = len(anchors.ids)
        self.taken = taken
        self.made = np.unique(joints.node[joints.node >= given])
        founder = joints.founder[self.made - given]
        self.founding_line = founder // 2
        self.ids = np.full(len(joints.metres), None, dtype=object)
        self.ids[:given] = anchors.ids
        names = zip(drawing.ids[self.founding_line], founder % 2 + 1, strict=True)
        self.ids[self.made] = [_untaken(f"J-{line}-{side}", taken) for line, side in names]

    def reached(self, pieces: Pieces) -> set[str]:
        """Return the ids of nodes at which a piece ends."""
        ends = np.unique(np.concatenate([pieces.start, pieces.end]))
        return set(self.ids[ends[ends >= 0]].astype(str))


def _untaken(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "+"
    taken.add(name)
    return name


def frame_of_pieces(
    lines: gpd.GeoDataFrame, pieces: Pieces, names: NodeNames, standing: frozenset[str]
) -> tuple[gpd.GeoDataFrame, Mapping[str, tuple[str, ...]]]:
    """Return the pieces with all columns of their lines, and for each line that was cut the ids of its pieces.

    The first piece of a line that is `standing` keeps its id.
    """
    ids = lines["id"].to_numpy(dtype=object)[pieces.line]
    cut = np.flatnonzero(pieces.number > 0)
    parts: dict[str, list[str]] = {}
    for row in cut.tolist():
        line = str(ids[row])
        keeps = pieces.number[row] == 1 and line in standing
        name = line if keeps else _untaken(f"{line}~{pieces.number[row]}", names.taken)
        parts.setdefault(line, []).append(name)
        ids[row] = name
    frame = lines.iloc[pieces.line].reset_index(drop=True)
    frame["id"] = ids
    for column, ends in (("from_node", pieces.start), ("to_node", pieces.end)):
        kept = frame[column].to_numpy(dtype=object) if column in frame.columns else np.full(len(frame), None)
        # A cut line's inner ends are nodes always: what is unknown here is an end without a node.
        frame[column] = np.where(ends >= 0, names.ids[ends], kept)
    frame = frame.set_geometry(gpd.GeoSeries(pieces.shape, crs=STORAGE_EPSG))
    return frame, {line: tuple(members) for line, members in parts.items()}


def frame_of_nodes(lines: gpd.GeoDataFrame, joints: Joints, names: NodeNames) -> gpd.GeoDataFrame:
    """Return the nodes made: junctions in service, with provenance and source of the line that names them."""
    made, founding = names.made, lines.iloc[names.founding_line]
    columns: dict[str, Any] = {
        "id": names.ids[made],
        "name": [f"接点 {name}" for name in names.ids[made]],
        **{name: founding[name].to_numpy() for name in ("provenance", "source") if name in lines.columns},
        "network": founding["network"].to_numpy(),
        "kind": "junction",
        "normally_open": False,
        "in_service": True,
    }
    shapes = points(joints.degrees[made])
    return gpd.GeoDataFrame(pd.DataFrame(columns), geometry=shapes, crs=STORAGE_EPSG)


def changes_of(drawing: Drawing, joints: Joints, cuts: Cuts, moves: Flags, names: NodeNames) -> list[Change]:
    """Return every change in the order nodes made, ends, cuts."""
    given = len(joints.metres) - len(joints.founder)
    made = names.made
    line_ids = drawing.ids.astype(str)
    changes = _listed("node_made", line_ids[names.founding_line], names.ids[made], joints.degrees[made])
    moved = apart(joints.metres[joints.node], drawing.metres[drawing.end_vertices])
    at = np.bincount(joints.node[joints.node >= 0], minlength=len(joints.metres))
    cut_at = np.zeros(len(joints.metres), dtype=bool)
    cut_at[cuts.node] = True
    loose = (joints.node >= 0) & (~joints.given | (moves & (moved > 0)))
    snapped = loose & (joints.node < given)
    joined = loose & (joints.node >= given) & ((at[joints.node] > 1) | cut_at[joints.node])
    for kind, ends in (("snapped", snapped), ("joined", joined)):
        rows = np.flatnonzero(ends)
        node = joints.node[rows]
        changes += _listed(kind, line_ids[rows // 2], names.ids[node], joints.degrees[node], moved[rows])
    where = joints.degrees[cuts.node]
    return changes + _listed("split", line_ids[cuts.line], names.ids[cuts.node], where, cuts.apart)


def _listed(
    kind: Any,
    lines: NDArray[np.object_],
    nodes: NDArray[np.object_],
    places: Numbers,
    moved: Numbers | None = None,
) -> list[Change]:
    distances = np.zeros(len(lines)) if moved is None else moved
    rows = zip(lines.tolist(), nodes.tolist(), places.tolist(), np.round(distances, 4).tolist(), strict=True)
    return [Change(kind, line, node, (x, y), moved_m) for line, node, (x, y), moved_m in rows]
