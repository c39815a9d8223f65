"""A document as one HTML file: everything inside, no script, nothing fetched, fit to be printed."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from webmap.reports.documents.as_data import block_data, runs_data
from webmap.reports.documents.model import Document, Figure, shown
from webmap.reports.documents.numbering import numbered

_FOLDER = Path(__file__).parent


def to_html(document: Document) -> bytes:
    """Return the document as UTF-8 HTML; pictures are inside, and a policy forbids scripts and everything fetched."""
    blocks = [_block(block, number) for block, number in numbered(document.blocks)]
    listed = [(place, one) for place, one in enumerate(blocks, start=1) if one.get("level", 3) < 3]
    text = _template().render(
        document=document,
        head=[(label, runs_data(runs)) for label, runs in document.head],
        blocks=blocks,
        headings=listed,
        marks=Markup(_in_style("　".join(document.marks))),  # noqa: S704  every sign is a number
        # The sheet is the product's own file.
        style=Markup((_FOLDER / "page.css").read_text("utf-8")),  # noqa: S704
    )
    return text.encode("utf-8")


def _in_style(text: str) -> str:
    """Write a text for a style sheet, each sign by its number, so that none ends the sheet or the text."""
    return "".join(f"\\{ord(sign):06x}" for sign in shown(text))


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, loader=FileSystemLoader(_FOLDER), undefined=StrictUndefined)
    return environment.get_template("page.html")


def _block(block: Any, number: str) -> dict[str, Any]:
    made = block_data(block, number)
    if isinstance(block, Figure):
        return {**made, "base64": base64.b64encode(block.png).decode("ascii")}
    if made["kind"] == "table":
        total = sum(column["share"] for column in made["columns"])
        for column in made["columns"]:
            column["width"] = round(100 * column["share"] / total, 2)
    return made
