"""The parts of a document as plain data, for the templates of PDF and HTML: no words of anybody become markup."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from webmap.reports.documents.model import (
    Aside,
    Block,
    Contents,
    Figure,
    Gap,
    Heading,
    Headline,
    PageBreak,
    Paragraph,
    Run,
    Runs,
    Table,
    shown,
)


def runs_data(runs: Runs) -> list[dict[str, Any]]:
    """Return runs: kind (text, gap, aside), text as it is written, and whether it is strong."""
    return [_run(run) for run in runs]


def _run(run: Run) -> dict[str, Any]:
    kind = "gap" if isinstance(run, Gap) else "aside" if isinstance(run, Aside) else "text"
    return {"kind": kind, "text": run.text, "strong": getattr(run, "strong", False)}


def block_data(block: Block, number: str) -> dict[str, Any]:
    """Return a block with its number; of a figure everything but the picture."""
    return _DATA[type(block)](block, number)


def _heading(heading: Heading, number: str) -> dict[str, Any]:
    return {"kind": "heading", "level": heading.level, "number": number, "text": shown(heading.text)}


def _headline(headline: Headline, _number: str) -> dict[str, Any]:
    figures = [[shown(title), runs_data(value), shown(note)] for title, value, note in headline.figures]
    return {"kind": "headline", "figures": figures}


def _table(table: Table, number: str) -> dict[str, Any]:
    columns = zip(table.columns, table.titles, strict=True)
    told = [{"title": shown(title), "share": one.share, "figures": one.figures} for one, title in columns]
    rows = [[runs_data(cell) for cell in row] for row in table.rows]
    caption = None if table.caption is None else shown(table.caption)
    return {
        "kind": "table",
        "columns": told,
        "rows": rows,
        "caption": caption,
        "number": number,
        "short": table.is_short,
        "small": table.small,
    }


def _figure(figure: Figure, number: str) -> dict[str, Any]:
    told = {"caption": shown(figure.caption), "alt": shown(figure.alt)}
    return {"kind": "figure", "width": figure.fitting_width_mm, "number": number, **told}


_DATA: Mapping[type[Any], Callable[[Any, str], dict[str, Any]]] = {
    Heading: _heading,
    Paragraph: lambda block, _number: {"kind": "paragraph", "style": block.style, "runs": runs_data(block.runs)},
    Table: _table,
    Headline: _headline,
    Figure: _figure,
    Contents: lambda _block, _number: {"kind": "contents"},
    PageBreak: lambda _block, _number: {"kind": "page-break"},
}
