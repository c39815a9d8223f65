"""Charts of an incident for documents: loss over time, reserves, and the response against the plan, as PNG."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from webmap.errors import InvalidQuery

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

__all__ = ["ChartKey", "chart_png"]

ChartKey = Literal["loss_chart", "reserves_chart", "timeline_chart"]
CHARTS: tuple[ChartKey, ...] = get_args(ChartKey)


def chart_png(source: ReportSource, which: str, width_mm: float) -> bytes:
    """Return a chart as PNG, 220 dots per inch, meant to be set that wide. Raises `InvalidQuery` for another chart."""
    from webmap.reports.charts.loss import loss_chart  # noqa: PLC0415  Matplotlib loads slowly
    from webmap.reports.charts.reserves import reserves_chart  # noqa: PLC0415
    from webmap.reports.charts.style import as_png, mark  # noqa: PLC0415
    from webmap.reports.charts.timeline import timeline_chart  # noqa: PLC0415
    from webmap.reports.maps.sayings import marks  # noqa: PLC0415

    if which not in CHARTS:
        raise InvalidQuery("figure", which, CHARTS)
    review = source.review.document()
    match which:
        case "loss_chart":
            figure = loss_chart(source.impact.document(), review, width_mm, source.language)
        case "reserves_chart":
            figure = reserves_chart(review, width_mm, source.language)
        case _:
            figure = timeline_chart(review, width_mm, source.language)
    mark(figure, marks(source))
    return as_png(figure)
