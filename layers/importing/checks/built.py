"""What topology building did, and left undone, as issues."""

from __future__ import annotations

from typing import Any

from layers.importing.issues import Issue, IssueBook
from layers.topology import Change, Topology


def topology_issues(topology: Topology, tolerance_m: float) -> tuple[Issue, ...]:
    """Return notes on what was joined, cut and made, and warnings of crossings and nodes on no line."""
    book = IssueBook("network_lines")
    moved = [change for change in topology.changes if change.kind in ("snapped", "joined") and change.moved_m > 0]
    if moved:
        largest = max(change.moved_m for change in moved)
        _add(book, "ends_snapped", moved, tolerance_m=tolerance_m, largest_m=largest)
    cut = [change for change in topology.changes if change.kind == "split"]
    if cut:
        _add(book, "lines_split", cut, count=len(topology.parts))
    made = [change for change in topology.changes if change.kind == "node_made"]
    if made:
        _add(book, "nodes_made", made, count=len(made))
    if topology.crossings:
        book.add("crossing_not_joined", count=len(topology.crossings), places=topology.crossings)
    if topology.off_line:
        book.add("node_not_on_line", ids=topology.off_line, tolerance_m=tolerance_m)
    return book.issues()


def _add(book: IssueBook, code: str, changes: list[Change], count: int | None = None, **figures: Any) -> None:
    ids = dict.fromkeys(change.node_id if change.kind == "node_made" else change.line_id for change in changes)
    number = len(changes) if count is None else count
    book.add(code, ids=ids, places=(change.place for change in changes), count=number, **figures)
