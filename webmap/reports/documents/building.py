"""Which document is built how, and in which formats it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from webmap.reports.documents.briefing import briefing
from webmap.reports.documents.evaluation import evaluation_report
from webmap.reports.documents.final import final_report
from webmap.reports.documents.first import first_report
from webmap.reports.documents.follow_up import follow_up_report
from webmap.reports.documents.handover import handover_sheet
from webmap.reports.documents.model import Document
from webmap.reports.documents.pictures import Draw, drawn
from webmap.reports.documents.standpoints import in_chinese

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

_BUILDERS: Mapping[str, Callable[[ReportSource], Document]] = {
    "first": first_report,
    "follow_up": follow_up_report,
    "final": final_report,
    "briefing": briefing,
    "handover": handover_sheet,
}


def build(source: ReportSource, kind: str, draw: Draw = drawn) -> Document:
    """Return a document of a kind (`KINDS`), in Chinese whatever the reader's language is.

    `draw` makes the figures of the evaluation report. Raises `KeyError` for another kind, and what the source raises.
    """
    source = in_chinese(source)
    made = evaluation_report(source, draw) if kind == "evaluation" else _BUILDERS[kind](source)
    source.progress("document", 0, 1)
    return made


def render(document: Document, format_: str) -> bytes:
    """Return the document as `docx`, `pdf` or `html`; raises `KeyError` for another format."""
    return _RENDERERS[format_](document)


def _docx(document: Document) -> bytes:
    from webmap.reports.documents.docx import to_docx  # noqa: PLC0415  each format loads what it needs alone

    return to_docx(document)


def _pdf(document: Document) -> bytes:
    from webmap.reports.documents.pdf import to_pdf  # noqa: PLC0415

    return to_pdf(document)


def _html(document: Document) -> bytes:
    from webmap.reports.documents.page import to_html  # noqa: PLC0415

    return to_html(document)


_RENDERERS: Mapping[str, Callable[[Document], bytes]] = {"docx": _docx, "pdf": _pdf, "html": _html}
