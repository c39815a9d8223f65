"""A network as a whole: ends that meet nothing, ends that nearly meet, islands, devices on no line, what is unsupplied.

The network's logic is that of `layers.soundness`; here it becomes issues with places, and distances are added.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers.connected import components
from layers.crs import METRES_PER_DEGREE
from layers.importing.checks.findings import places_of
from layers.importing.issues import Issue, IssueBook
from layers.soundness import network_issues
from layers.vocabulary import DEVICE_KINDS, NETWORKS

#: Codes of `layers.soundness` that are told as they are, one issue for all elements.
_TOLD = ("unsupplied", "useless_device", "tie_unsupplied", "not_radial")
#: How far from its node a line may end.
TOUCH_M = 0.1
#: So far around an end that meets nothing it is looked for what it may have been drawn to.
APART_M = 10.0

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


def check_network(
    lines: Any, nodes: Any, *, tolerance_m: float = 0.5, only: Collection[str] | None = None
) -> tuple[Issue, ...]:
    """Check networks as they would be: `lines` and `nodes` as the store has them (EPSG:4490).

    `tolerance_m` is how near an end must lie to what it does not meet to be told. With `only`, findings are told of
    these ids of lines and nodes alone, and of networks that have one of them. Lines whose nodes are not there are left
    out. No lines and no nodes give no issues.
    """
    book = IssueBook("network_lines")
    told = None if only is None else {str(name) for name in only}
    for choice in NETWORKS:
        part = nodes[nodes["network"] == choice.key].reset_index(drop=True)
        own = lines[lines["network"] == choice.key]
        own = own[own["from_node"].isin(part["id"]) & own["to_node"].isin(part["id"])].reset_index(drop=True)
        if not len(part) and not len(own):
            continue
        if told is not None and told.isdisjoint(part["id"]) and told.isdisjoint(own["id"]):
            continue
        if not len(own):
            book.add("no_lines", networks_zh=choice.title.zh, networks_en=choice.title.en)
            continue
        network = _Network(own, part, book, told)
        network.sources(choice.title.zh, choice.title.en)
        network.distances(tolerance_m)
        network.logic()
    return book.issues()


class _Network:
    """One network whose lines all have their nodes."""

    def __init__(self, lines: Any, nodes: Any, book: IssueBook, told: set[str] | None) -> None:
        self.lines, self.nodes, self.book, self.told = lines, nodes, book, told
        index = pd.Index(nodes["id"])
        self.start: Ints = index.get_indexer(lines["from_node"]).astype(np.int64)
        self.end: Ints = index.get_indexer(lines["to_node"]).astype(np.int64)
        self.degree = np.bincount(np.concatenate([self.start, self.end]), minlength=len(nodes))
        self.kind = nodes["kind"].to_numpy(dtype=object).astype(str)
        self.spots = np.asarray(nodes.geometry.to_numpy(), dtype=object)
        self.shapes = np.asarray(lines.geometry.to_numpy(), dtype=object)

    def sources(self, zh: str, en: str) -> None:
        """Tell of a network without a source, and of parts that are joined to none."""
        source = (self.kind == "source") & self.nodes["in_service"].to_numpy(dtype=bool)
        if not source.any():
            self.book.add("no_source", networks_zh=zh, networks_en=en)
            return
        label = components(len(self.nodes), self.start, self.end)
        fed = np.zeros(len(self.nodes), dtype=bool)
        fed[label[source]] = True
        cut_off = ~fed[label[self.start]] & self._asked(self.lines)
        if cut_off.any():
            parts = len(np.unique(label[self.start[cut_off]]))
            self._add("island", self.lines, self.shapes, cut_off, islands=parts)

    def distances(self, tolerance_m: float) -> None:
        """Tell of lines that do not reach their nodes, loose ends, near misses, and devices beside all lines."""
        plane, spots = self._in_metres()
        apart = np.zeros(len(self.lines))
        for node, position in ((self.start, 0), (self.end, -1)):
            apart = np.maximum(apart, shapely.distance(shapely.get_point(plane, position), spots[node]))
        most = float(apart.max(initial=0.0))
        self._add("node_apart", self.lines, self.shapes, apart > TOUCH_M, limit_m=TOUCH_M, largest_m=most)
        device = np.isin(self.kind, DEVICE_KINDS)
        isolated = self.degree == 0
        self._add("isolated_node", self.nodes, self.spots, isolated & ~device)
        self._off_line(plane, spots, isolated & device)
        dangling = (self.degree == 1) & (self.kind == "junction")
        gap = self._gaps(plane, spots, np.flatnonzero(dangling | isolated), max(tolerance_m, APART_M))
        near = gap <= tolerance_m
        largest = float(gap[near].max(initial=0.0))
        self._add("near_miss", self.nodes, self.spots, near, limit_m=tolerance_m, largest_m=largest)
        apart_from_all = np.isfinite(gap) & ~near & ~(isolated & device)
        if apart_from_all.any():
            figures = {"nearest_m": float(gap[apart_from_all].min()), "largest_m": float(gap[apart_from_all].max())}
            self._add("ends_apart", self.nodes, self.spots, apart_from_all, limit_m=tolerance_m, **figures)
        self._add("dangling_end", self.nodes, self.spots, dangling & ~near & ~apart_from_all)

    def logic(self) -> None:
        """Tell what the network's logic finds."""
        found: dict[str, list[str]] = {}
        for issue in network_issues(self.nodes, self.lines):
            found.setdefault(issue.code, []).append(issue.element)
        has_source = (self.kind == "source").any()
        isolated = set(self.nodes["id"][self.degree == 0].astype(str))
        for code in _TOLD:
            # Without a source nothing is supplied, and what is on no line neither isolates nor draws: that was told.
            if code == "unsupplied" and not has_source:
                continue
            elements = [name for name in found.get(code, []) if name not in isolated]
            self._add(code, self.nodes, self.spots, self.nodes["id"].astype(str).isin(elements).to_numpy())

    def _off_line(self, plane: NDArray[np.object_], spots: NDArray[np.object_], lost: Flags) -> None:
        at = np.flatnonzero(lost & self._asked(self.nodes))
        if not len(at):
            return
        _, nearest = shapely.STRtree(plane).query_nearest(spots[at], return_distance=True, all_matches=False)
        self._add("device_off_line", self.nodes, self.spots, lost, nearest_m=float(nearest.min()))

    def _gaps(
        self, plane: NDArray[np.object_], spots: NDArray[np.object_], asked: Ints, tolerance_m: float
    ) -> NDArray[np.float64]:
        """Return how far each of the nodes asked for is from the nearest line that it is not joined to; inf beyond."""
        gaps = np.full(len(self.nodes), np.inf)
        if not len(asked):
            return gaps
        who, line = shapely.STRtree(plane).query(spots[asked], predicate="dwithin", distance=tolerance_m)
        node = asked[who]
        # A node's own line has another end: lines that meet there are joined to the node already.
        other = np.full(len(self.nodes), -1)
        other[self.start], other[self.end] = self.end, self.start
        joined = np.zeros(len(node), dtype=bool)
        for end in (self.start[line], self.end[line]):
            joined |= (end == node) | (end == other[node])
        node, line = node[~joined], line[~joined]
        np.minimum.at(gaps, node, shapely.distance(spots[node], plane[line]))
        return gaps

    def _in_metres(self) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
        """Return lines and nodes stretched to metres at the middle latitude: exact enough for what is near."""
        latitudes = shapely.get_coordinates(self.spots)[:, 1] if len(self.spots) else np.array([35.0])
        scale = METRES_PER_DEGREE * np.array([np.cos(np.radians(latitudes.mean())), 1.0])
        both = [shapely.transform(shapes, lambda degrees: degrees * scale) for shapes in (self.shapes, self.spots)]
        return np.asarray(both[0], dtype=object), np.asarray(both[1], dtype=object)

    def _asked(self, frame: Any) -> Flags:
        if self.told is None:
            return np.ones(len(frame), dtype=bool)
        return np.asarray(frame["id"].astype(str).isin(self.told), dtype=bool)

    def _add(self, code: str, frame: Any, shapes: NDArray[np.object_], chosen: Flags, **figures: Any) -> None:
        at = np.flatnonzero(chosen & self._asked(frame))
        if len(at):
            ids = frame["id"].iloc[at].astype(str)
            self.book.add(code, ids=ids, count=len(at), places=places_of(shapes[at[:200]]), **figures)
