"""Lines of a file made into a network with what is loaded: joined, cut and cutting, before they are staged.

Loaded lines take part where they lie near. Those that are cut are staged too, under the ids that they have and new ones
for their further pieces, so that they are counted, shown and written with the rest, or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers.importing.checks import topology_issues
from layers.importing.codes.table import BY_NAME
from layers.importing.comparing import Comparer, conform_in_order
from layers.importing.drawn_again import as_joined
from layers.importing.issues import Issue, IssueBook, column_title
from layers.importing.kept_cuts import KeptCuts
from layers.importing.loaded_lines import as_lines, degrees_of, lines_near, whole
from layers.importing.meaning.plan import Building, ImportPlan
from layers.importing.stage import Rejected, Stage, StagedChange
from layers.records import layer_of
from layers.schema import Title
from layers.topology import ToleranceTooLarge, Topology, build_topology

_ENDS = ("from_node", "to_node")
#: What was built rests on both: neither may have been written by somebody else when it is.
_NETWORK = ("network_nodes", "network_lines")
#: The row of records that come from no row of the file.
_NO_ROW = 0
#: A crossing is told to about a tenth of a metre.
_CROSSING_DEGREES = 2e-6
#: An end moves by the tolerance at most, and meets what lies within the tolerance of where it then is.
_REACHES = 2.0
Rows = NDArray[np.int64]
Current = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Joined:
    """What was found while joining; `failed` where nothing may be written."""

    issues: tuple[Issue, ...] = ()
    failed: bool = False


@dataclass(frozen=True)
class _Asked:
    """What is to be joined: lines with their rows in the file, to the lines and nodes that are loaded."""

    building: Building
    lines: pd.DataFrame
    rows: Rows
    loaded: pd.DataFrame
    nodes: gpd.GeoDataFrame
    loose: tuple[str, ...] = ()


def join_lines(
    stage: Stage, plan: ImportPlan, drawn: list[tuple[pd.DataFrame, Rows]], current: Current, book: IssueBook
) -> Joined:
    """Join drawn lines to each other, to the nodes and to the lines that are loaded; stage them and what they change.

    `drawn` are accepted lines with the rows of the file. Lines that are to be replaced do not take part. A line without
    a node at an end is set aside. No lines stage nothing.
    """
    if plan.topology is None or not drawn:
        return Joined()
    loaded = current["network_lines"]
    if plan.mode == "replace":
        loaded = loaded.iloc[:0]
    rows = np.concatenate([part for _, part in drawn])
    nodes = as_lines(current["network_nodes"])
    cuts = KeptCuts(loaded, nodes, plan.topology.tolerance_m, book)
    lines, rows, aside = cuts.kept(whole([frame for frame, _ in drawn]), rows)
    stage.reject(aside)
    loose = _loose(loaded, nodes, lines, _REACHES * plan.topology.tolerance_m)
    lines = as_lines(as_joined(lines, loaded, loose.geometry.to_numpy(), plan.topology.tolerance_m))
    asked = _Asked(plan.topology, lines, rows, loaded, nodes, tuple(loose["id"]))
    try:
        built, rows, open_ended = _built(asked)
        if open_ended.any():
            _set_aside(stage, built.lines[open_ended], rows[open_ended], book)
            # Once more without them: nothing may be cut for a line that is not written.
            keeps = ~np.isin(asked.rows, rows[open_ended])
            built, rows, _ = _built(replace(asked, lines=asked.lines[keeps], rows=asked.rows[keeps]))
    except ToleranceTooLarge as error:
        book.add("tolerance_too_large", tolerance_m=error.tolerance_m)
        return Joined(failed=True)
    return _staged(stage, asked, built, rows, current)


def join_nodes(stage: Stage, plan: ImportPlan, current: Current) -> Joined:
    """Cut the lines that are loaded at staged nodes that lie on them within the tolerance and on no line yet."""
    loaded = current["network_lines"]
    if plan.topology is None or not len(loaded):
        return Joined()
    staged = list(stage.batches("network_nodes"))
    if not staged:
        return Joined()
    new = whole(staged)
    lost = set(new["id"]) - set(loaded["from_node"]) - set(loaded["to_node"])
    before = current["network_nodes"]
    nodes = whole([before[~before["id"].isin(new["id"])], new])
    new = new[new["id"].isin(lost)]
    tolerance_m = plan.topology.tolerance_m
    near = lines_near(loaded, new.geometry.to_numpy(), new["network"].to_numpy(dtype=object), tolerance_m)
    if not len(near):
        return Joined()
    ids = set(near["id"])
    built = build_topology(
        as_lines(near), nodes, tolerance_m, make_nodes=False, new_nodes=lost, standing=ids, taken=loaded["id"]
    )
    building = replace(plan.topology, make_nodes=False)
    asked = _Asked(building, near.iloc[:0], np.empty(0, dtype=np.int64), loaded, nodes)
    return _staged(stage, asked, built, np.full(len(built.lines), _NO_ROW), current)


def _built(asked: _Asked) -> tuple[Topology, Rows, NDArray[np.bool_]]:
    """Build; return too the row of each line, and which have no node at an end or belong to a row of which one has."""
    lines, building, loaded = asked.lines, asked.building, asked.loaded
    shapes, networks = lines["geometry"].to_numpy(dtype=object), lines["network"].to_numpy(dtype=object)
    near = lines_near(loaded, shapes, networks, _REACHES * building.tolerance_m)
    near = near[~near["id"].isin(lines["id"])]
    built = build_topology(
        whole([lines, near]),
        asked.nodes,
        building.tolerance_m,
        make_nodes=building.make_nodes,
        new_nodes=asked.loose,
        standing={*near["id"], *lines.loc[lines["id"].isin(loaded["id"]), "id"]},
        taken=loaded["id"],
    )
    line_of = {part: line for line, parts in built.parts.items() for part in parts}
    row_of = dict(zip(lines["id"], asked.rows.tolist(), strict=True))
    rows = np.array([row_of.get(line_of.get(name, name), _NO_ROW) for name in built.lines["id"]], dtype=np.int64)
    open_ended = built.lines[list(_ENDS)].isna().any(axis=1).to_numpy()
    return built, rows, open_ended | np.isin(rows, rows[open_ended])


def _loose(loaded: pd.DataFrame, nodes: gpd.GeoDataFrame, lines: pd.DataFrame, within_m: float) -> gpd.GeoDataFrame:
    """Return the nodes of the lines' networks that no loaded line reaches and one of the lines passes."""
    of_networks = nodes[nodes["network"].isin(set(lines["network"])).to_numpy()]
    reached = of_networks["id"].isin(loaded["from_node"]) | of_networks["id"].isin(loaded["to_node"])
    loose = of_networks[~reached.to_numpy()]
    shapes = lines["geometry"].to_numpy(dtype=object)
    if not len(loose) or not len(shapes):
        return as_lines(loose.iloc[:0])
    within = degrees_of(within_m, float(np.abs(shapely.bounds(shapes)[:, [1, 3]]).max()))
    spots = loose["geometry"].to_numpy(dtype=object)
    passed = shapely.STRtree(shapes).query(spots, predicate="dwithin", distance=within)[0]
    return as_lines(loose.iloc[np.unique(passed)])


def _staged(stage: Stage, asked: _Asked, built: Topology, rows: Rows, current: Current) -> Joined:
    """Stage the lines of the file, the loaded ones that were cut, and the nodes made; return what is to be told."""
    stage.put("also", list(_NETWORK))
    of_file = set(asked.lines["id"])
    cut = {line: parts for line, parts in built.parts.items() if line not in of_file}
    written = of_file.union(*cut.values(), *(built.parts[line] for line in of_file if line in built.parts))
    lines = built.lines["id"].isin(written).to_numpy()
    _stage(stage, "network_lines", pd.DataFrame(built.lines[lines]), rows[lines], current)
    used = set(built.lines.loc[lines, _ENDS[0]]) | set(built.lines.loc[lines, _ENDS[1]])
    made = built.nodes[built.nodes["id"].isin(used)]
    _stage(stage, "network_nodes", pd.DataFrame(made), np.full(len(made), _NO_ROW), current)
    changes = tuple(item for item in built.changes if item.line_id in of_file or item.line_id in cut)
    stage.add_changes(StagedChange(item.kind, item.line_id, item.node_id, item.place, item.moved_m) for item in changes)
    mine = replace(
        built,
        changes=tuple(item for item in changes if item.line_id in of_file),
        parts={line: parts for line, parts in built.parts.items() if line in of_file},
        crossings=_of_lines(built, lines),
        off_line=_off_line(asked, built),
    )
    told = IssueBook("network_lines")
    places = [item.place for item in changes if item.line_id in cut and item.kind == "split"]
    told.add("loaded_lines_split", ids=sorted(cut), count=len(cut), places=places)
    return Joined((*topology_issues(mine, asked.building.tolerance_m), *told.issues()))


def _of_lines(built: Topology, chosen: NDArray[np.bool_]) -> tuple[tuple[float, float], ...]:
    """Return the crossings of the chosen lines: where two that are loaded cross is no news."""
    if not built.crossings:
        return ()
    tree = shapely.STRtree(built.lines.geometry.to_numpy()[chosen])
    spots = shapely.points(np.array(built.crossings))
    near = np.unique(tree.query(spots, predicate="dwithin", distance=_CROSSING_DEGREES)[0])
    return tuple(built.crossings[number] for number in near.tolist())


def _off_line(asked: _Asked, built: Topology) -> tuple[str, ...]:
    """Return the nodes of the networks concerned that no line reaches, neither a loaded one nor one of the file."""
    reached = {*asked.loaded["from_node"], *asked.loaded["to_node"], *built.lines[_ENDS[0]], *built.lines[_ENDS[1]]}
    nodes = asked.nodes[asked.nodes["network"].isin(set(asked.lines["network"]))]
    return tuple(sorted(set(nodes["id"]) - reached))


def _stage(stage: Stage, key: str, frame: pd.DataFrame, rows: Rows, current: Current) -> None:
    if not len(frame):
        return
    frame = frame.reset_index(drop=True)
    frame = frame[[name for name in (*layer_of(key).columns, "geometry") if name in frame]]
    conforming = conform_in_order(key, frame)
    stage.add(key, conforming, rows, Comparer(key, current[key]).whats(conforming))


def _set_aside(stage: Stage, lines: pd.DataFrame, rows: Rows, book: IssueBook) -> None:
    """Set lines aside that found no node at an end."""
    for name in _ENDS:
        missing = lines[name].isna().to_numpy()
        if missing.any():
            book.add("missing_value", column=name, rows=dict.fromkeys(rows[missing].tolist()))
    title, column = BY_NAME["missing_value"].title, column_title("network_lines", "from_node")
    reason = Title(f"{column.zh}：{title.zh}", f"{column.en}: {title.en}")
    stage.reject(
        Rejected(int(row), reason, {"id": record["id"], "name": record["name"]}, record["geometry"])
        for row, record in zip(rows, lines.to_dict("records"), strict=True)
    )
