"""Lines that were cut when something was joined to them, and come again whole in the file they once came in.

Writing such a line as it is would lay it over its own pieces, past every valve and tap between them. Where the pieces
together still are the line of the file, they stay as they are cut and take its attributes; where the file draws it
otherwise and it would lie over them, its row is set aside.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers.importing.codes.table import BY_NAME
from layers.importing.issues import IssueBook
from layers.importing.loaded_lines import Shapes, in_metres
from layers.importing.stage import Rejected

#: A piece of line `L` is called `L~` and a number; the first one may still be called `L`.
_MARK = "~"
#: Where nothing is to be joined within a tolerance, two drawings that differ by no more are the same.
SAME_DRAWING_M = 0.5
_BEHIND = chr(0x10FFFF)
_ENDS = ("from_node", "to_node")
_OWN = ("id", *_ENDS, "geometry")
#: So many times the tolerance a line may be bent where it was cut again and again.
_BENT = 4.0
_SAME_VERTEX_M = 0.001
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class _Family:
    """A line of the file (its position), and the positions of what is loaded of it; `first` has its very id."""

    line: int
    pieces: list[int]
    first: int | None


class KeptCuts:
    """Finds the pieces of cut lines among those that are loaded (a conforming frame). Asked batch by batch."""

    def __init__(self, loaded: pd.DataFrame, nodes: pd.DataFrame, tolerance_m: float, book: IssueBook) -> None:
        """`tolerance_m`: two drawings that differ by no more are the same. What is found goes into the book."""
        self._loaded = loaded
        self._nodes = pd.Index(nodes["id"])
        self._tolerance_m = tolerance_m
        self._book = book
        ids = loaded["id"].to_numpy(dtype=object)
        marked = np.flatnonzero(loaded["id"].str.contains(_MARK, regex=False).to_numpy(dtype=bool))
        cut = [(str(ids[at]), at) for at in marked.tolist()]
        cut.sort()
        self._names = [name for name, _ in cut]
        self._at = [at for _, at in cut]
        self._index = pd.Index(ids) if cut else None
        self._seen: set[str] = set()

    def kept(self, lines: pd.DataFrame, rows: Rows) -> tuple[pd.DataFrame, Rows, list[Rejected]]:
        """Return a batch with pieces for lines that were cut, its rows, and what is set aside.

        `lines` have the catalogue's columns and LineStrings in EPSG:4490. Without such lines it is as it was.
        """
        families = self._families(lines)
        if not families:
            return lines, rows, []
        own, whole, over = self._judged(lines, families)
        keeps = np.ones(len(lines), dtype=bool)
        keeps[[families[number].line for number in np.flatnonzero(whole | over)]] = False
        pieces = [self._pieces(lines, families[number]) for number in np.flatnonzero(whole)]
        self._seen.update(name for piece in pieces for name in piece["id"])
        aside = self._set_aside(lines, rows, [families[number] for number in np.flatnonzero(over)])
        self._tell(lines, rows, families, whole, ~(own | whole | over))
        frame = pd.concat([pd.DataFrame(lines.loc[keeps]), *pieces], ignore_index=True)
        again = [rows[families[number].line] for number in np.flatnonzero(whole)]
        more = np.repeat(np.array(again, dtype=np.int64), [len(piece) for piece in pieces])
        return frame, np.concatenate([rows[keeps], more]), aside

    def _families(self, lines: pd.DataFrame) -> list[_Family]:
        if self._index is None:
            return []
        ids = [str(name) for name in lines["id"]]
        self._seen.update(name for name in ids if _MARK in name)
        networks = self._loaded["network"].to_numpy(dtype=object)
        found = []
        for number, (name, network) in enumerate(zip(ids, lines["network"], strict=True)):
            start = bisect_left(self._names, name + _MARK)
            stop = bisect_left(self._names, name + _MARK + _BEHIND, start)
            pieces = [
                at
                for piece, at in zip(self._names[start:stop], self._at[start:stop], strict=True)
                if piece not in self._seen and networks[at] == network
            ]
            if pieces:
                at = int(self._index.get_indexer(pd.Index([name], dtype=object))[0])
                first = at if at >= 0 and networks[at] == network else None
                found.append(_Family(number, pieces, first))
        return found

    def _judged(
        self, lines: pd.DataFrame, families: list[_Family]
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
        """Return which lines are the loaded one of their id, which are all pieces together, which lie over a piece."""
        shapes = lines["geometry"].to_numpy(dtype=object)[[family.line for family in families]]
        loaded = self._loaded["geometry"].to_numpy(dtype=object)
        latitude = float(np.mean(shapely.bounds(shapes)[:, [1, 3]]))
        drawn = in_metres(shapes, latitude)
        own, whole, over = (np.zeros(len(families), dtype=bool) for _ in range(3))
        for number, (family, line) in enumerate(zip(families, drawn, strict=True)):
            there = [*family.pieces, *(() if family.first is None else (family.first,))]
            parts = in_metres(loaded[there], latitude)
            together = shapely.hausdorff_distance(line, shapely.union_all(parts))
            alone = np.inf if family.first is None else shapely.hausdorff_distance(line, parts[-1])
            own[number] = alone <= self._tolerance_m and alone < together
            same_ends = self._same_ends(lines.iloc[family.line], there)
            # Cut twice at places beside it, a line is bent by more than the tolerance: then its vertices tell.
            same = together <= self._tolerance_m or (
                together <= _BENT * self._tolerance_m and self._same_vertices(line, parts)
            )
            whole[number] = not own[number] and same and same_ends
            lies = [self._lies_on(part, line) for part in parts[: len(family.pieces)]]
            over[number] = not own[number] and not whole[number] and any(lies)
        return own, whole, over

    def _same_vertices(self, line: Any, parts: Shapes) -> bool:
        """Whether all inner vertices of a line are among those of its parts, but for those where it was cut."""
        inner, theirs = shapely.get_coordinates(line)[1:-1, None], shapely.get_coordinates(parts)
        ends = np.concatenate([shapely.get_coordinates(shapely.get_point(parts, place)) for place in (0, -1)])
        there = (np.hypot(*np.moveaxis(inner - theirs, -1, 0)) <= _SAME_VERTEX_M).any(axis=1)
        beside = (np.hypot(*np.moveaxis(inner - ends, -1, 0)) <= self._tolerance_m).any(axis=1)
        return bool((there | beside).all())

    def _lies_on(self, piece: Any, line: Any) -> bool:
        spots = shapely.points(shapely.get_coordinates(piece))
        return bool((shapely.distance(spots, line) <= self._tolerance_m).all())

    def _same_ends(self, line: pd.Series[Any], there: list[int]) -> bool:
        """Whether its pieces together end at the nodes that a line names, as far as these are loaded."""
        met = Counter(name for end in _ENDS for name in self._loaded[end].iloc[there])
        ends = [line.get(end) for end in _ENDS]
        outer = set(met) if ends[0] == ends[1] else {name for name, times in met.items() if times % 2}
        return all(name in outer for name in ends if isinstance(name, str) and name in self._nodes)

    def _pieces(self, lines: pd.DataFrame, family: _Family) -> pd.DataFrame:
        """The loaded pieces with the attributes of the line in the file."""
        there = [*(() if family.first is None else (family.first,)), *family.pieces]
        frame = pd.DataFrame(lines.iloc[[family.line] * len(there)]).reset_index(drop=True)
        for name in _OWN:
            frame[name] = self._loaded[name].to_numpy(dtype=object)[there]
        return frame

    def _set_aside(self, lines: pd.DataFrame, rows: Rows, over: list[_Family]) -> list[Rejected]:
        if not over:
            return []
        at = [family.line for family in over]
        reason = BY_NAME["cut_line_redrawn"].title
        shapes = lines["geometry"].to_numpy(dtype=object)
        self._book.add("cut_line_redrawn", rows=rows[at], ids=lines["id"].iloc[at], places=_middles(lines, at))
        return [Rejected(int(rows[number]), reason, _told(lines.iloc[number]), shapes[number]) for number in at]

    def _tell(
        self,
        lines: pd.DataFrame,
        rows: Rows,
        families: list[_Family],
        whole: NDArray[np.bool_],
        elsewhere: NDArray[np.bool_],
    ) -> None:
        for code, chosen in (("cuts_kept", whole), ("pieces_stay", elsewhere)):
            at = [families[number].line for number in np.flatnonzero(chosen)]
            if at:
                self._book.add(code, rows=rows[at], ids=lines["id"].iloc[at], places=_middles(lines, at))


def _middles(lines: pd.DataFrame, at: list[int]) -> list[tuple[float, float]]:
    shapes: Shapes = lines["geometry"].to_numpy(dtype=object)[at]
    spots = shapely.get_coordinates(shapely.line_interpolate_point(shapes, 0.5, normalized=True))
    return [(float(x), float(y)) for x, y in spots]


def _told(record: pd.Series[Any]) -> dict[str, Any]:
    return {name: record[name] for name in ("id", "name", "network") if name in record and pd.notna(record[name])}
