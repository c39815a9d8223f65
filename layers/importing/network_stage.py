"""Networks in a stage: lines made into a network before they are staged, and the network looked at as it would be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from layers.crs import STORAGE_EPSG
from layers.importing.checks import check_network, topology_issues
from layers.importing.codes.table import BY_NAME
from layers.importing.comparing import Comparer, conform_in_order
from layers.importing.issues import Issue, IssueBook, column_title
from layers.importing.meaning.plan import Building, ImportPlan, InvalidPlan, PlanProblem
from layers.importing.stage import Rejected, Stage, StagedChange
from layers.records import conform, layer_of
from layers.schema import Title
from layers.topology import ToleranceTooLarge, Topology, build_topology
from layers.topology.build import MOST_TOLERANCE_M

#: Above so many lines and nodes a network is not looked at as a whole: all of it would have to be in memory.
MOST_LOOKED_AT = 300_000
_ENDS = ("from_node", "to_node")
_NETWORK = ("network_nodes", "network_lines")
#: Layers of which the check of the whole needs all columns; of others ids (and codes) are enough.
_WHOLE = ("supplies", "coal_routes", "counties", "townships")


def build_network(
    stage: Stage,
    plan: ImportPlan,
    drawn: list[tuple[pd.DataFrame, NDArray[np.int64]]],
    current: Mapping[str, pd.DataFrame],
    book: IssueBook,
) -> tuple[Issue, ...]:
    """Join drawn lines to the nodes that stand and to each other, and stage lines and new nodes.

    `drawn` are accepted lines with the rows of the file. Lines that stand already are cut where a new one meets them
    (row 0), and else left as they are. A line without a node at an end is set aside. No lines stage nothing. Raises
    `InvalidPlan` for a tolerance with which nothing can be built.
    """
    if plan.topology is None or not drawn:
        return ()
    drawing = pd.concat([frame for frame, _ in drawn], ignore_index=True)
    row_of = dict(zip(drawing["id"], np.concatenate([rows for _, rows in drawn]).tolist(), strict=True))
    standing = _standing(plan, drawing, current["network_lines"])
    lines = gpd.GeoDataFrame(pd.concat([drawing, standing], ignore_index=True), geometry="geometry", crs=STORAGE_EPSG)
    built = _with_changed(_built(lines, plan.topology, current), set(standing["id"]))
    line_of = {part: line for line, parts in built.parts.items() for part in parts}
    rows = np.array([row_of.get(line_of.get(name, name), 0) for name in built.lines["id"]], dtype=np.int64)
    loose = built.lines[list(_ENDS)].isna().any(axis=1).to_numpy()
    loose = loose | np.isin(rows, rows[loose & (rows > 0)])
    _set_aside(stage, built.lines[loose], rows[loose], book)
    _stage(stage, "network_lines", pd.DataFrame(built.lines[~loose]), rows[~loose], current)
    used = set(built.lines.loc[~loose, _ENDS[0]]) | set(built.lines.loc[~loose, _ENDS[1]])
    made = built.nodes[built.nodes["id"].isin(used)]
    _stage(stage, "network_nodes", pd.DataFrame(made), np.zeros(len(made), dtype=np.int64), current)
    stage.add_changes(
        StagedChange(item.kind, item.line_id, item.node_id, item.place, item.moved_m) for item in built.changes
    )
    # Nodes that the lines which stand reach are no news here.
    return topology_issues(replace(built, off_line=_off_line(built, current)), plan.topology.tolerance_m)


def check_staged_network(stage: Stage, plan: ImportPlan, current: Mapping[str, pd.DataFrame]) -> tuple[Issue, ...]:
    """Look at the networks as they would be after the import; of layers that are no network nothing is said."""
    if plan.layer not in _NETWORK:
        return ()
    sizes = {key: sum(stage.count(key).values()) for key in _NETWORK}
    if not any(sizes.values()):
        return ()
    if sum(sizes.values()) + sum(len(current[key]) for key in _NETWORK) > MOST_LOOKED_AT:
        book = IssueBook(plan.layer)
        book.add("network_not_looked_at", limit=MOST_LOOKED_AT)
        return book.issues()
    mine: set[str] = set()
    whole = {}
    for key in _NETWORK:
        staged = list(stage.batches(key))
        ids = set(stage.ids(key))
        mine |= ids
        before = current[key]
        kept = before.iloc[:0] if plan.mode == "replace" and key == plan.layer else before[~before["id"].isin(ids)]
        whole[key] = gpd.GeoDataFrame(
            pd.concat([pd.DataFrame(part) for part in (kept, *staged)], ignore_index=True),
            geometry="geometry",
            crs=STORAGE_EPSG,
        )
    tolerance_m = plan.topology.tolerance_m if plan.topology is not None else 0.5
    return check_network(whole["network_lines"], whole["network_nodes"], tolerance_m=tolerance_m, only=mine)


def staged_for_whole(stage: Stage, key: str) -> pd.DataFrame:
    """Return the staged records of a layer with the columns that a check of the whole needs."""
    if key in _WHOLE:
        parts = [conform(key, frame) for frame in stage.batches(key)]
        if parts:
            return pd.concat(parts, ignore_index=True)
    return pd.DataFrame({"id": pd.Series(stage.ids(key), dtype=object)})


def _standing(plan: ImportPlan, drawing: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return the lines of the same networks that stay: not those drawn anew, nor pieces that they were cut into."""
    if plan.mode == "replace":
        return pd.DataFrame(before.iloc[:0])
    drawn = set(drawing["id"])
    whole = before["id"].astype(str).str.replace(r"~\d+$", "", regex=True)
    stays = before["network"].isin(set(drawing["network"])) & ~before["id"].isin(drawn) & ~whole.isin(drawn)
    return pd.DataFrame(before[stays])


def _built(lines: gpd.GeoDataFrame, how: Building, current: Mapping[str, pd.DataFrame]) -> Topology:
    standing = set(current["network_lines"]["id"])
    nodes = _points(current["network_nodes"])
    if how.tolerance_m > MOST_TOLERANCE_M:
        raise _unfit(f"容差应不超过 {MOST_TOLERANCE_M:g} 米", f"at most {MOST_TOLERANCE_M:g} m are allowed")
    try:
        return build_topology(lines, nodes, how.tolerance_m, make_nodes=how.make_nodes, standing=standing)
    except ToleranceTooLarge:
        raise _unfit(
            f"容差 {how.tolerance_m:g} 米内的线端太多，分不清哪些相连；请减小容差",
            f"too many ends lie within {how.tolerance_m:g} m to tell what belongs together; use less",
        ) from None


def _unfit(zh: str, en: str) -> InvalidPlan:
    return InvalidPlan((PlanProblem("topology.tolerance_m", Title(zh, en)),))


def _with_changed(built: Topology, standing: set[str]) -> Topology:
    """Leave out the lines that stand and stay as they are."""
    cut = {part for line, parts in built.parts.items() for part in parts if line in standing}
    lines = built.lines
    return replace(built, lines=lines[~lines["id"].isin(standing - cut)].reset_index(drop=True))


def _points(nodes: pd.DataFrame) -> gpd.GeoDataFrame:
    if isinstance(nodes, gpd.GeoDataFrame):
        return nodes
    return gpd.GeoDataFrame(nodes, geometry="geometry", crs=STORAGE_EPSG)


def _stage(
    stage: Stage,
    key: str,
    frame: pd.DataFrame,
    rows: NDArray[np.int64],
    current: Mapping[str, pd.DataFrame],
) -> None:
    if not len(frame):
        return
    frame = frame.reset_index(drop=True)
    frame = frame[[name for name in (*layer_of(key).columns, "geometry") if name in frame]]
    conforming = conform_in_order(key, frame)
    stage.add(key, conforming, rows, Comparer(key, current[key]).whats(conforming))


def _set_aside(stage: Stage, lines: pd.DataFrame, rows: NDArray[np.int64], book: IssueBook) -> None:
    """Set lines aside that found no node at an end."""
    if not len(lines):
        return
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


def _off_line(built: Topology, current: Mapping[str, pd.DataFrame]) -> tuple[str, ...]:
    standing = current["network_lines"]
    reached = set(standing["from_node"]) | set(standing["to_node"])
    networks = set(built.lines["network"])
    nodes = current["network_nodes"]
    asked = set(nodes.loc[nodes["network"].isin(networks), "id"])
    return tuple(name for name in built.off_line if name in asked and name not in reached)
