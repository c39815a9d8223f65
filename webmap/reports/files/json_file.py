"""Everything that was computed for a report as one JSON document, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webmap.documents import write_document
from webmap.reports.files.provenance import marks_of, provenance_of

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource


def json_file(source: ReportSource) -> bytes:
    """Return UTF-8 JSON: `provenance`, `marks`, the `assessment` at the moment, `impact`, `review` and the `log`.

    The parts are as the API answers them.
    """
    return write_document(
        {
            "provenance": provenance_of(source),
            "marks": marks_of(source),
            "assessment": dict(source.assessment),
            "impact": source.impact.document(),
            "review": source.review.document(),
            "log": source.entries,
        }
    )
