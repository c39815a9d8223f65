"""The checks of each record as it is read, batch after batch, in bounded memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from layers.importing.checks.attributes import check_attributes
from layers.importing.checks.duplicates import Duplicates
from layers.importing.checks.findings import Findings, Flags
from layers.importing.checks.geometry import check_geometry
from layers.importing.checks.references import References
from layers.importing.checks.units import Sizes
from layers.importing.checks.whereabouts import Ground
from layers.importing.issues import IssueBook
from layers.records import layer_of
from layers.schema import Title

#: Fields of a line that topology building fills.
_ENDS = frozenset({"from_node", "to_node"})


class ConvertedRows(Protocol):
    """Records of a batch: numbers of the rows in the file, catalogue columns as objects, which are refused already."""

    @property
    def rows(self) -> NDArray[np.int64]:
        """Number of each record's row in the file."""
        ...

    @property
    def frame(self) -> pd.DataFrame:
        """Catalogue columns (None where unknown) and `geometry` in EPSG:4490 where the layer has one."""
        ...

    @property
    def refused(self) -> NDArray[np.bool_]:
        """Which records have an error that was told already."""
        ...


@dataclass(frozen=True, eq=False)
class Checked:
    """A checked batch: its records with repairs made, which are accepted, and why the others are not.

    `reasons` has, for the position of each record set aside here, the reasons in words; records that were refused
    before are neither accepted nor in `reasons`.
    """

    frame: pd.DataFrame
    rows: NDArray[np.int64]
    accepted: Flags
    reasons: Mapping[int, tuple[Title, ...]]


class CheckState:
    """What the checks of one import remember from batch to batch, and `book` with what they found."""

    def __init__(
        self,
        layer: str,
        current: Mapping[str, Any],
        mode: Literal["replace", "merge"],
        *,
        builds_topology: bool = False,
        book: IssueBook | None = None,
    ) -> None:
        """Prepare for records of `layer` to be written over `current` (frames of the store by key; any may be missing).

        Where the import builds topology, lines need not name nodes, and what they name is not checked here.
        """
        entry = layer_of(layer)
        self.book = book if book is not None else IssueBook(layer)
        self.open_columns = _ENDS if builds_topology and layer == "network_lines" else frozenset()
        self.ground = Ground(layer, current) if entry.geometry is not None else None
        self.duplicates = Duplicates(entry, current.get(layer), replaces=mode == "replace")
        self.references = References(entry, current, self.open_columns)
        self.sizes = Sizes(entry)

    def finish(self) -> None:
        """Add what can be said only when all records were read."""
        self.sizes.judge(self.book)


def check_rows(layer: str, converted: ConvertedRows, state: CheckState) -> Checked:
    """Check the records of a batch and return them; what is found goes into `state.book`.

    A record with an error is not accepted; warnings and notes are only told. Areas that cross themselves are repaired
    where that hardly changes them. A batch without records gives one without.
    """
    entry = layer_of(layer)
    frame = converted.frame.reset_index(drop=True).copy()
    if "id" not in frame:
        frame["id"] = None
    rows = np.asarray(converted.rows, dtype=np.int64)
    findings = Findings(state.book, frame, rows, ~np.asarray(converted.refused, dtype=bool))
    if not len(frame):
        return Checked(frame, rows, findings.accepted, {})
    state.sizes.add(check_attributes(entry, findings, state.open_columns))
    usable = np.zeros(len(frame), dtype=bool)
    if entry.geometry is not None:
        if "geometry" not in frame:
            frame["geometry"] = np.full(len(frame), None, dtype=object)
        usable = check_geometry(entry, findings)
        if state.ground is not None:
            state.ground.check(findings, usable)
    state.references.check(findings)
    state.duplicates.check(findings, usable)
    reasons = {position: tuple(titles) for position, titles in findings.reasons.items()}
    return Checked(frame, rows, findings.accepted, reasons)
