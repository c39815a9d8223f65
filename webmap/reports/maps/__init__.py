"""Maps of what an incident cost: classes, print sheets, small multiples, animation, figures for documents.

What draws is imported at first use: Matplotlib, mapclassify and Typst take seconds that only reports should take.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from webmap.errors import InvalidQuery
from webmap.reports.maps.choropleth import classes_document
from webmap.reports.maps.classes import SCHEMES, Classes, Scheme, classes_of
from webmap.reports.maps.measures import MEASURES, measure_of

if TYPE_CHECKING:
    from webmap.reports.maps.page import Kind
    from webmap.reports.maps.typesetting import PaperFormat
    from webmap.reports.source import ReportSource

__all__ = [
    "FIGURES",
    "MEASURES",
    "SCHEMES",
    "Classes",
    "FigureKey",
    "Scheme",
    "animation",
    "classes_document",
    "classes_of",
    "figure_png",
    "measure_of",
    "sheet",
]

FigureKey = Literal["loss_map", "bivariate_map", "multiples_map", "loss_chart", "reserves_chart", "timeline_chart"]
FIGURES: tuple[FigureKey, ...] = get_args(FigureKey)
_MAPS: dict[str, Kind] = {"loss_map": "choropleth", "bivariate_map": "bivariate", "multiples_map": "multiples"}


def sheet(
    source: ReportSource,
    kind: Kind,
    measure: str = "people_hours",
    network: str | None = None,
    scheme: Scheme = "natural_breaks",
    paper: str = "a4",
    format: PaperFormat = "pdf",
    *,
    count: int = 5,
) -> bytes:
    """Return a print sheet of an incident's impact: see `webmap.reports.maps.sheets.sheet`."""
    from webmap.reports.maps import sheets  # noqa: PLC0415

    return sheets.sheet(source, kind, measure, network, scheme, paper, format, count=count)


def animation(
    source: ReportSource,
    measure: str = "people_hours",
    network: str | None = None,
    scheme: Scheme = "natural_breaks",
    *,
    count: int = 5,
) -> bytes:
    """Return an incident's course as an animated GIF: see `webmap.reports.maps.animated.animation`.

    `measure` is only looked at whether it is one: a moment has no hours, so that a frame shows who is out.
    """
    measure_of(measure)
    from webmap.reports.maps import animated  # noqa: PLC0415

    return animated.animation(source, network, scheme, count=count)


def figure_png(source: ReportSource, which: FigureKey, width_mm: float = 150.0) -> bytes:
    """Return a figure for a document as PNG, meant to be set that wide. Raises `InvalidQuery` for another figure."""
    if which not in FIGURES:
        raise InvalidQuery("figure", which, FIGURES)
    if which in _MAPS:
        from webmap.reports.maps import sheets  # noqa: PLC0415

        return sheets.map_figure(source, _MAPS[which], width_mm)
    from webmap.reports import charts  # noqa: PLC0415

    return charts.chart_png(source, which, width_mm)
