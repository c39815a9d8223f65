"""Reports that nobody recorded for long, told in one row: who forgot to end a response missed thousands of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from priority.wording import Phrases
from webmap.reviews.results import ReportRow

#: So many missing reports in a row are told one by one.
MOST_IN_A_ROW = 12


def folded(rows: Sequence[ReportRow], phrases: Phrases) -> list[ReportRow]:
    """Return the rows with longer runs of missing reports of one rule folded into their first, with their number."""
    return [row for run in _runs(rows) for row in _folded(run, phrases)]


def _runs(rows: Sequence[ReportRow]) -> Iterator[list[ReportRow]]:
    """Yield rows that belong together: missing ones after each other under one rule, every other row alone."""
    for (missing, *_), run in groupby(rows, key=lambda row: (_is_missing(row), row.kind, row.rule)):
        if missing:
            yield list(run)
        else:
            yield from ([row] for row in run)


def _is_missing(row: ReportRow) -> bool:
    return row.state == "missing" and row.due_at is not None


def _folded(run: list[ReportRow], phrases: Phrases) -> list[ReportRow]:
    count = sum(row.count for row in run)
    if count <= MOST_IN_A_ROW:
        return run
    last = run[-1].due_until or run[-1].due_at
    assert last is not None  # noqa: S101  a run is of missing reports, which were due
    told = phrases.write("review.report.folded", state=run[0].state_title, count=count)
    return [run[0].model_copy(update={"count": count, "due_until": last, "state_title": told})]
