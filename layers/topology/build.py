"""Topology of lines that were drawn without it.

Network by network: ends go to nodes that are there, else to each other; ends on the middle of other lines become taps;
lines are cut at taps and at nodes beside them; what is left gets nodes of its own. A line that already names both its
nodes is taken as its office built it, and is cut only where something new meets it: building again changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from layers.crs import STORAGE_EPSG, from_zone
from layers.topology.crossings import crossings_of
from layers.topology.cuts import Cuts, find_cuts, move_to_lines
from layers.topology.drawing import anchors_of, drawing_of, each_network, named_nodes, zone_about
from layers.topology.ends import join_ends
from layers.topology.model import Anchors, Change, Drawing, Flags, Joints, Numbers, Topology
from layers.topology.pieces import Pieces, write_pieces
from layers.topology.report import NodeNames, changes_of, frame_of_nodes, frame_of_pieces
from layers.topology.shapes import apart

#: A larger tolerance joins what lies on both sides of a street.
MOST_TOLERANCE_M = 50.0


@dataclass(frozen=True, eq=False)
class Built:
    """One network: what it was, and what became of it."""

    drawing: Drawing
    anchors: Anchors
    joints: Joints
    cuts: Cuts
    pieces: Pieces
    moved: Flags
    names: NodeNames


def build_topology(
    lines: gpd.GeoDataFrame,
    nodes: gpd.GeoDataFrame,
    tolerance_m: float,
    *,
    make_nodes: bool = True,
    new_nodes: Collection[str] = (),
    standing: Collection[str] = (),
    taken: Collection[str] = (),
) -> Topology:
    """Return the lines as a network.

    `lines` have `id` (distinct), `network` and LineStrings in EPSG:4490, and whatever else, which their pieces inherit;
    `from_node` and `to_node`, where given and there, are kept. `nodes` have `id` (distinct), `network`, `kind` and
    points. No end moves further than `tolerance_m`, nor than 0.4 of its line's length; lengths are taken in the
    CGCS2000 3-degree zone of the data. Pieces of line `L` are `L~1`, `L~2`, ...; nodes made are named after the first
    end that they join, `J-L-1` or `J-L-2`. `new_nodes` may cut even lines that name both their nodes. Of lines that
    are `standing` the first piece keeps the id: written over what is there, the pieces leave nothing behind. No piece
    and no node is given an id that is `taken`, nor one of the frames. The answer does not depend on the order of rows.
    No lines give no lines and no nodes. Raises `ValueError` for a tolerance that is not in 0 to 50 m, and
    `ToleranceTooLarge` (one too) where it would join everything with everything.
    """
    if not 0 < tolerance_m <= MOST_TOLERANCE_M:
        raise ValueError(f"tolerance_m must lie above 0 and up to {MOST_TOLERANCE_M:g}, not {tolerance_m!r}")
    lines = _sorted(lines)
    nodes = _sorted(nodes)
    epsg = zone_about(lines, nodes)
    used = {*taken, *map(str, nodes["id"].tolist()), *map(str, lines["id"].tolist())}
    fresh = nodes["id"].isin(list(new_nodes)).to_numpy(dtype=bool)
    built: list[tuple[Flags, Built]] = []
    for of_lines, of_nodes in each_network(lines, nodes):
        one = _build(lines[of_lines], nodes[of_nodes], epsg, tolerance_m, fresh[of_nodes], used, make=make_nodes)
        built.append((of_lines, one))
    return _together(lines, nodes, built, frozenset(standing))


def _sorted(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    frame = frame.sort_values("id", kind="stable").reset_index(drop=True)
    return frame if frame.crs is not None else frame.set_crs(STORAGE_EPSG)


def _build(
    lines: gpd.GeoDataFrame,
    nodes: gpd.GeoDataFrame,
    epsg: int,
    tolerance_m: float,
    fresh_nodes: Flags,
    taken: set[str],
    *,
    make: bool,
) -> Built:
    drawing, anchors = drawing_of(lines, epsg, tolerance_m), anchors_of(nodes, epsg)
    named = named_nodes(lines, nodes)
    built = np.asarray((named.reshape(-1, 2) >= 0).all(axis=1), dtype=bool)
    joints = join_ends(drawing, anchors, named, tolerance_m, make_nodes=make)
    before = joints.metres.copy()
    move_to_lines(drawing, joints, anchors)
    _place_in_degrees(joints, before, epsg)
    fresh = np.ones(len(joints.metres), dtype=bool)
    fresh[: len(anchors.ids)] = fresh_nodes | _gained(joints, built, len(anchors.ids))
    cuts = find_cuts(drawing, joints, anchors, built, fresh)
    where = drawing.metres[drawing.end_vertices]
    there = joints.node >= 0
    moved: Flags = there & ~(joints.given & (apart(joints.metres[joints.node], where) > tolerance_m))
    pieces = write_pieces(drawing, joints, cuts, moved)
    return Built(drawing, anchors, joints, cuts, pieces, moved, NodeNames(drawing, anchors, joints, taken))


def _place_in_degrees(joints: Joints, before: Numbers, epsg: int) -> None:
    """Give nodes that were moved their longitude and latitude; the others keep theirs to the last digit."""
    moved = np.asarray((joints.metres != before).any(axis=1))
    if moved.any():
        joints.degrees[moved] = np.column_stack(from_zone(epsg).transform(*joints.metres[moved].T))


def _gained(joints: Joints, built: Flags, count: int) -> Flags:
    """Return which given nodes were on no line that is built and now have a line end."""
    of_built = np.repeat(built, 2)
    had, has = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    at = joints.node
    had[at[of_built & (at < count) & (at >= 0)]] = True
    has[at[~of_built & (at < count) & (at >= 0)]] = True
    gained: Flags = has & ~had
    return gained


def _together(
    lines: gpd.GeoDataFrame, nodes: gpd.GeoDataFrame, built: list[tuple[Flags, Built]], standing: frozenset[str]
) -> Topology:
    frames, made = [], []
    parts: dict[str, tuple[str, ...]] = {}
    changes: list[Change] = []
    reached: set[str] = set()
    for of_lines, one in built:
        network = lines[of_lines]
        frame, cut = frame_of_pieces(network, one.pieces, one.names, standing)
        frames.append(frame)
        parts.update(cut)
        made.append(frame_of_nodes(network, one.joints, one.names))
        changes += changes_of(one.drawing, one.joints, one.cuts, one.moved, one.names)
        reached.update(one.names.reached(one.pieces))
    whole = pd.concat(frames, ignore_index=True) if frames else lines
    joints = pd.concat(made, ignore_index=True) if made else nodes.iloc[:0]
    off_line = tuple(name for name in nodes["id"].astype(str) if name not in reached)
    return Topology(
        gpd.GeoDataFrame(whole, geometry="geometry", crs=STORAGE_EPSG),
        gpd.GeoDataFrame(joints, geometry="geometry", crs=STORAGE_EPSG),
        tuple(changes),
        parts,
        crossings_of(whole),
        off_line,
    )
