"""Customers without supply over time, a step line for each network, with the levels of the response."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from layers.vocabulary import NETWORKS
from priority.wording import Phrases
from webmap.languages import Language
from webmap.reports.charts import style
from webmap.reports.china_time import in_china
from webmap.reports.maps import palette
from webmap.reports.maps.rounding import plain_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Line pattern and width (points) of each network: with the hue, either alone is enough.
_PATTERNS: dict[str, tuple[Any, float]] = {
    "electricity": ("solid", 1.8),
    "gas": ((0, (6, 2, 1.2, 2)), 1.8),
    "heat": ("solid", 3.0),
    "water": ((0, (1.2, 1.4)), 1.6),
}
_HEIGHT_MM = 80.0


def loss_chart(impact: Mapping[str, Any], review: Mapping[str, Any], width_mm: float, language: Language) -> Figure:
    """Draw every change of the customers out, and each change of level as a mark."""
    phrases = Phrases(language)
    until = datetime.fromisoformat(impact["until"])
    begins = in_china(impact["begins_at"] or until)
    figure, axes = style.chart(width_mm, _HEIGHT_MM, (17, 4, 18, 12))
    rows = [*impact["changes"], impact["series"][-1]]
    moments = [style.day(datetime.fromisoformat(row["at"])) for row in rows]
    hit = [choice for choice in NETWORKS if any(row["customers_out"].get(choice.key) for row in rows)]
    for choice in hit:
        _draw_network(axes, choice.key, moments, [row["customers_out"].get(choice.key, 0) for row in rows])
    style.time_axis(axes, begins, until, phrases)
    most = max((row["customers_out"].get(choice.key, 0) for row in rows for choice in hit), default=0)
    axes.set_ylim(0, most * 1.08 or 1)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: plain_number(float(value), language)))
    axes.grid(axis="y", color="#E8EAEE", linewidth=0.5)
    style.in_letters(axes)
    title = phrases.write("chart.customers")
    figure.text(2 / width_mm, 1 - 1.5 / _HEIGHT_MM, title, va="top", fontproperties=style.letters(), color=palette.INK)
    if not hit:
        axes.set_yticks([])
        style.said_in_the_middle(axes, phrases.write("chart.no_loss"))
    else:
        titles = [phrases.title(choice.title) for choice in hit]
        handles = [_handle(choice.key, title) for choice, title in zip(hit, titles, strict=True)]
        style.legend(figure, handles, titles, 4, (2, 7.5))
    style.draw_levels(axes, review["levels"], (begins, until), phrases)
    return figure


def _draw_network(axes: Axes, key: str, moments: list[float], values: list[int]) -> None:
    pattern, width = _PATTERNS[key]
    colour = palette.NETWORKS[key]
    axes.step(moments, values, where="post", color=colour, linewidth=width, linestyle=pattern, zorder=3)
    if key == "heat":
        # The double line of pipes: a white core.
        axes.step(moments, values, where="post", color=palette.PAPER, linewidth=width - 2.0, zorder=3.1)


def _handle(key: str, title: str) -> Any:
    pattern, width = _PATTERNS[key]
    line = Line2D([], [], color=palette.NETWORKS[key], linewidth=width, linestyle=pattern, label=title)
    if key != "heat":
        return line
    return (line, Line2D([], [], color=palette.PAPER, linewidth=width - 2.0, label=title))
