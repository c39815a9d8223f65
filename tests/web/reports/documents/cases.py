"""Incidents of which documents are made in tests, and pictures that cost nothing."""

from __future__ import annotations

import io
from datetime import datetime
from functools import cache
from typing import Any

import pypdfium2
from PIL import Image

from tests.web.incidents.logs import after
from tests.web.reports.sources import ENERGY, HEATING, source_of, told
from webmap.reports.documents.model import Document, plain, runs_of
from webmap.reports.source import ReportSource

#: Signs that mean something to Typst, HTML, Jinja, XML or Word's fields.
NASTY = "#[x]$1$*_@<b>\\`\"--' // /*a*/ {{7*7}} {% raw %} &amp; <script>alert(1)</script> https://a.example/?q=1&r=2"

OUTAGE: tuple[dict[str, Any], ...] = (
    told("reported", 0, text="全站失压", source="供电公司调度", place="东镇东站"),
    told("fault_located", -5, element="e-source", text="雷击跳闸"),
    told("crew_sent", 20, crew="抢修一队", element="e-source"),
    told("level_started", 30, office="办公室主任", level="III", recommended=None, reason="影响较大"),
    told("report_sent", 35, to="区委、区政府", report="first_written"),
    told("device_operated", 50, device="e-sw1", action="open"),
    told("unit_placed", 60, facility="f-hospital", commodity="electricity"),
    told("device_operated", 170, device="e-sw1", action="close"),
    told("repaired", 170, element="e-source"),
    told("level_ended", 200, office="办公室主任", reason="供应恢复"),
)


def outage(plan: str = ENERGY, at: datetime | None = None, **more: Any) -> ReportSource:
    """Return the source of the station that went dark and came back."""
    return source_of(OUTAGE, plan=plan, at=at, **more)


@cache
def picture() -> bytes:
    """Return a small PNG."""
    file = io.BytesIO()
    Image.new("RGB", (60, 40), (230, 220, 200)).save(file, "PNG")
    return file.getvalue()


def draw(_source: ReportSource, _name: str, _width_mm: float) -> bytes:
    """Stand for the maps and charts, which have tests of their own."""
    return picture()


def words_of(document: Document) -> str:
    """Return all that a document says, one line a block."""
    lines = [document.shown_title, *(f"{label}：{plain(runs)}" for label, runs in document.head)]
    lines += [getattr(block, "text", "") or plain(runs_of(block)) for block in document.blocks]
    return "\n".join([*lines, *document.notes])


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page as a reader's search would find it."""
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in opened]
    finally:
        opened.close()


def squeezed(text: str) -> str:
    """Return a text without blanks and line breaks, which a page puts where it likes."""
    return "".join(text.split())


__all__ = [
    "ENERGY",
    "HEATING",
    "NASTY",
    "OUTAGE",
    "after",
    "draw",
    "outage",
    "pages_of",
    "picture",
    "squeezed",
    "words_of",
]
