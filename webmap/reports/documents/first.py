"""The first report upward (首报): what the plan's clause asks for, as far as it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webmap.reports.documents.frame import framed, item_blocks
from webmap.reports.documents.items import items_of
from webmap.reports.documents.model import Document
from webmap.reports.documents.picture_tables import picture_tables

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource


def first_report(source: ReportSource) -> Document:
    """Return the first report (energy and heating plan 4.1) with the picture at its moment."""
    blocks = item_blocks(items_of(source, "first"))
    return framed(source, "first", f"关于“{source.opening.name}”的首次报告", blocks, "首报", picture_tables(source))
