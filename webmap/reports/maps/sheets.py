"""Maps as products: print sheets, and figures for documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from webmap.errors import InvalidQuery
from webmap.reports.maps.classes import Scheme, scheme_of
from webmap.reports.maps.layout import PAPERS, figure_layout, sheet_layout
from webmap.reports.maps.page import Kind, map_page, theme_of
from webmap.reports.maps.palette import MOST_CLASSES
from webmap.reports.maps.typesetting import PaperFormat, typeset

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

KINDS: tuple[Kind, ...] = get_args(Kind)
FORMATS: tuple[PaperFormat, ...] = get_args(PaperFormat)
_FIGURE_DOTS_PER_INCH = 220


def sheet(
    source: ReportSource,
    kind: Kind,
    measure: str,
    network: str | None,
    scheme: Scheme,
    paper: str,
    format: PaperFormat,
    *,
    count: int = MOST_CLASSES,
) -> bytes:
    """Return a print sheet of an incident's impact as PDF or PNG (200 dots per inch).

    Of the small multiples `measure` says nothing: they show who is out, people of all networks or customers of one.
    Raises `InvalidQuery` for a kind, measure, network, scheme, count, paper or format that there is not.
    """
    for name, given, allowed in (("kind", kind, KINDS), ("paper", paper, tuple(PAPERS)), ("format", format, FORMATS)):
        if given not in allowed:
            raise InvalidQuery(name, given, allowed)
    impact = source.impact.document()
    theme = theme_of(impact, kind, measure, network, scheme_of(scheme), count, source.language)
    source.progress("maps", 0, 1)
    layout = sheet_layout(paper, states=kind == "multiples")
    return typeset(map_page(source, impact, theme, layout, paper), format)


def map_figure(source: ReportSource, kind: Kind, width_mm: float) -> bytes:
    """Return a map for a document as PNG, 220 dots per inch, that wide: people-hours of all networks, natural breaks.

    People-hours add up over the networks without counting anybody twice; customers of several networks do not.
    """
    impact = source.impact.document()
    theme = theme_of(impact, kind, "people_hours", None, "natural_breaks", MOST_CLASSES, source.language)
    rows = len(theme.legend["rows"])
    layout = figure_layout(width_mm, states=kind == "multiples", square=kind == "bivariate", legend_rows=rows)
    return typeset(map_page(source, impact, theme, layout, ""), "png", _FIGURE_DOTS_PER_INCH)
