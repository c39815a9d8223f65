"""What the checks of one batch find: kept in the book, with the rows that are set aside and why."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers.importing.codes.model import Severity
from layers.importing.codes.table import BY_NAME
from layers.importing.issues import MOST_IDS, MOST_PLACES, MOST_VALUES, IssueBook, column_title
from layers.schema import Title

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]


class Findings:
    """Findings in a batch of records. `judged` are those not refused before: the others are never marked."""

    def __init__(self, book: IssueBook, frame: pd.DataFrame, rows: Ints, judged: Flags) -> None:
        self.frame = frame
        self.accepted: Flags = judged.copy()
        self.judged = judged
        self.reasons: dict[int, list[Title]] = {}
        self._book = book
        self._rows = rows

    def mark(
        self,
        code: str,
        broken: Flags,
        *,
        column: str | None = None,
        values: Sequence[object] | None = None,
        severity: Severity | None = None,
        **figures: object,
    ) -> None:
        """Note that these records (a mask) have the finding `code`; an error sets them aside.

        `values` are the records' values to show, by default those of `column`.
        """
        at = np.flatnonzero(broken & self.judged)
        if not len(at):
            return
        # The first rows of each finding suffice for what is shown; all of them are counted.
        shown = at[:MOST_IDS]
        self._book.add(
            code,
            column=column,
            rows=self._rows[at].tolist(),
            ids=self.frame["id"].iloc[shown].astype(str),
            places=self._places(shown[:MOST_PLACES]),
            values=self._values(shown, column, values),
            count=len(at),
            severity=severity,
            **figures,
        )
        if (severity or BY_NAME[code].severity) == "error":
            self.accepted[at] = False
            self._give_reason(code, column, at)

    def _give_reason(self, code: str, column: str | None, at: Ints) -> None:
        title, field = BY_NAME[code].title, column_title(self._book.layer, column)
        reason = Title(f"{field.zh}：{title.zh}", f"{field.en}: {title.en}") if column else title
        for position in at.tolist():
            self.reasons.setdefault(position, []).append(reason)

    def _values(self, at: Ints, column: str | None, values: Sequence[object] | None) -> list[object]:
        if values is not None:
            return list(islice((values[position] for position in at.tolist()), MOST_IDS))
        if column is None or column not in self.frame:
            return []
        return list(self.frame[column].iloc[at].dropna().drop_duplicates().iloc[:MOST_VALUES])

    def _places(self, at: Ints) -> list[tuple[float, float]]:
        if "geometry" not in self.frame or not len(at):
            return []
        return places_of(np.asarray(self.frame["geometry"].iloc[at], dtype=object))


def places_of(shapes: NDArray[np.object_]) -> list[tuple[float, float]]:
    """Return a place (longitude, latitude) on each geometry that has one: points themselves, lines in their middle."""
    there = shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))]
    lines = shapely.get_type_id(there) == 1
    with np.errstate(invalid="ignore"):
        # What has a vertex without numbers has no place either, and is left out below.
        spots: NDArray[Any] = np.asarray(shapely.centroid(there), dtype=object)
        spots[lines] = shapely.line_interpolate_point(there[lines], 0.5, normalized=True)
    coordinates = shapely.get_coordinates(spots)
    finite = coordinates[np.isfinite(coordinates).all(axis=1)]
    return [(float(x), float(y)) for x, y in finite]
