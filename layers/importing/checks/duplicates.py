"""Records entered twice: the same id, the same content, a geometry that is there already; ids that moved far away."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers.crs import METRES_PER_DEGREE
from layers.importing.checks.findings import Findings, Flags
from layers.importing.checks.seen import Seen, prints_of_both, prints_of_shapes, prints_of_text
from layers.schema import Layer

#: The same thing surveyed anew lies within this.
MOVED_M = 500.0


class Duplicates:
    """Compares the records of a file with each other, batch after batch, and with those of the layer as it stands.

    `current` is the layer's frame, None or empty where nothing is loaded; with `replaces` it goes, and only what moved
    is of interest.
    """

    def __init__(self, layer: Layer, current: Any, *, replaces: bool) -> None:
        self._layer = layer
        self._ids, self._content, self._shapes = Seen(), Seen(), Seen()
        self._index = pd.Index(current["id"].astype(object)) if current is not None else pd.Index([], dtype=object)
        self._bounds: NDArray[np.float64] = np.empty((0, 4))
        self._there: pd.Series[Any] = pd.Series(dtype=object)
        if layer.geometry is not None and current is not None and len(current):
            shapes = np.asarray(current.geometry.to_numpy(), dtype=object)
            self._bounds = shapely.bounds(shapes)
            if not replaces:
                prints = self._of_shapes(shapes, current["name"])
                self._there = pd.Series(current["id"].to_numpy(dtype=object), index=prints)
                self._there = self._there[~self._there.index.duplicated()]

    def check(self, findings: Findings, usable: Flags) -> None:
        """Mark what is repeated; `usable` says which records have a geometry."""
        ids = findings.frame["id"]
        named = ids.notna().to_numpy() & findings.judged
        again = np.zeros(len(ids), dtype=bool)
        again[named] = self._ids.again(prints_of_text(ids[named]))
        findings.mark("repeated_id", again, values=list(ids))
        self._same_content(findings, usable, findings.accepted & ~again)
        if self._layer.geometry is not None and len(self._index):
            self._moved(findings, usable)
            self._already(findings, usable)

    def _same_content(self, findings: Findings, usable: Flags, asked: Flags) -> None:
        frame = findings.frame
        content = np.zeros(len(frame), dtype=np.uint64)
        for name in self._layer.columns:
            if name != "id" and name in frame:
                content = prints_of_both(content, prints_of_text(frame[name]))
        again = np.zeros(len(frame), dtype=bool)
        if self._layer.geometry is not None:
            prints = prints_of_shapes(np.asarray(frame["geometry"], dtype=object))
            content = prints_of_both(content, prints)
            asked = asked & usable
            if self._layer.geometry != "Point":
                again[asked] = self._shapes.again(prints[asked])
        same = np.zeros(len(frame), dtype=bool)
        same[asked] = self._content.again(content[asked])
        findings.mark("same_content", same)
        findings.mark("same_geometry", again & ~same)

    def _of_shapes(self, shapes: NDArray[np.object_], names: Any) -> NDArray[np.uint64]:
        """Many things may stand at one point: points are the same only if their names are."""
        prints = prints_of_shapes(shapes)
        return prints_of_both(prints, prints_of_text(names)) if self._layer.geometry == "Point" else prints

    def _moved(self, findings: Findings, usable: Flags) -> None:
        found = self._index.get_indexer(pd.Index(findings.frame["id"].astype(object)))
        at = np.flatnonzero((found >= 0) & usable)
        if not len(at):
            return
        old, new = (
            self._bounds[found[at]],
            shapely.bounds(np.asarray(findings.frame["geometry"].iloc[at], dtype=object)),
        )
        step = ((new[:, :2] + new[:, 2:]) - (old[:, :2] + old[:, 2:])) / 2 * METRES_PER_DEGREE
        distance = np.hypot(step[:, 0] * np.cos(np.radians(new[:, 1])), step[:, 1])
        moved = np.zeros(len(usable), dtype=bool)
        moved[at[distance > MOVED_M]] = True
        findings.mark(
            "moves_record",
            moved,
            values=list(findings.frame["id"]),
            limit_m=MOVED_M,
            largest_m=float(distance.max(initial=0.0)),
        )

    def _already(self, findings: Findings, usable: Flags) -> None:
        """Find geometries that stand there under another id."""
        if not len(self._there):
            return
        frame = findings.frame
        prints = self._of_shapes(np.asarray(frame["geometry"], dtype=object), frame.get("name"))
        at = self._there.index.get_indexer(pd.Index(prints))
        known = (at >= 0) & usable & findings.accepted
        others = self._there.to_numpy(dtype=object)[np.maximum(at, 0)]
        known &= others != frame["id"].to_numpy(dtype=object)
        # An id that is updated may well lie where another one does: that was so before.
        known &= self._index.get_indexer(pd.Index(frame["id"].astype(object))) < 0
        findings.mark("already_there", known, values=list(others))
