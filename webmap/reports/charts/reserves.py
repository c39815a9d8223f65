"""Reserves: until when they were foreseen to last, and what happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D

from priority.wording import Phrases
from webmap.languages import Language
from webmap.reports.charts import style
from webmap.reports.china_time import in_china
from webmap.reports.maps import palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_ROWS = 26
_ROW_MM = 5.4
_SAVED = "#2F7FC1"


def reserves_chart(review: Mapping[str, Any], width_mm: float, language: Language) -> Figure:
    """Draw a row for each place that lived on a reserve, the 26 of the highest tiers.

    A bar is the time on the reserve; a hollow diamond the failure that was foreseen, a cross the one that came, a dot
    supply that came back, or a unit that saved the place, before.
    """
    phrases = Phrases(language)
    rows = sorted(review["reserves"], key=_order)[:MOST_ROWS]
    left_out = len(review["reserves"]) - len(rows)
    height = 26 + max(len(rows), 3) * _ROW_MM + (5 if left_out else 0)
    figure, axes = style.chart(width_mm, height, (46, 4, 15, 11 + (5 if left_out else 0)))
    if not rows:
        axes.set_xticks([])
        axes.set_yticks([])
        style.said_in_the_middle(axes, phrases.write("chart.no_reserves"))
        return figure
    until = datetime.fromisoformat(review["at"])
    moments = [until, *(moment for row in rows for moment in _moments(row))]
    begins = in_china(min(moments))
    for number, row in enumerate(rows):
        _draw_row(axes, number, row, until)
    style.time_axis(axes, begins, max(moments), phrases)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_yticks(range(len(rows)), [_short(row["name"]) for row in rows])
    axes.tick_params(axis="y", length=0)
    style.in_letters(axes)
    handles = _handles(phrases)
    style.legend(figure, handles, [str(handle.get_label()) for handle in handles], 4, (4, 8))
    style.left_out(figure, left_out, phrases)
    return figure


def _order(row: Mapping[str, Any]) -> tuple[int, str, str]:
    return (99 if row["tier"] is None else row["tier"], row["on_reserve_from"], row["facility"])


def _moment(row: Mapping[str, Any], key: str) -> datetime | None:
    return datetime.fromisoformat(row[key]) if row[key] else None


def _moments(row: Mapping[str, Any]) -> list[datetime]:
    keys = ("on_reserve_from", "forecast_fails_at", "failed_at", "back_at")
    return [moment for key in keys if (moment := _moment(row, key)) is not None]


def _draw_row(axes: Axes, number: int, row: Mapping[str, Any], until: datetime) -> None:
    begins, failed, back = _moment(row, "on_reserve_from"), _moment(row, "failed_at"), _moment(row, "back_at")
    foreseen = _moment(row, "forecast_fails_at")
    if begins is not None:
        days = [style.day(begins), style.day(failed or back or until)]
        axes.plot(days, [number] * 2, color=palette.RESERVE, linewidth=4.5, solid_capstyle="butt", zorder=2)
    hollow = {"markerfacecolor": "none", "markeredgecolor": palette.INK}
    _mark(axes, foreseen, number, {"marker": "D", "markersize": 8.5, **hollow})
    _mark(axes, failed, number, {"marker": "X", "markersize": 5.5, "color": palette.FAILED, "markeredgecolor": "none"})
    back_first = None if failed else back
    _mark(axes, back_first, number, {"marker": "o", "markersize": 6, "color": _SAVED, "markeredgecolor": "white"})


def _mark(axes: Axes, moment: datetime | None, number: int, look: Mapping[str, Any]) -> None:
    if moment is not None:
        axes.plot([style.day(moment)], [number], zorder=4, linestyle="none", **look)


def _handles(phrases: Phrases) -> list[Line2D]:
    none: dict[str, Any] = {"linestyle": "none"}
    return [
        Line2D([], [], color=palette.RESERVE, linewidth=4.5, label=phrases.write("chart.reserve_on")),
        Line2D(
            [],
            [],
            marker="D",
            markerfacecolor="none",
            markeredgecolor=palette.INK,
            markersize=8.5,
            label=phrases.write("chart.reserve_forecast"),
            **none,
        ),
        Line2D(
            [], [], marker="X", color=palette.FAILED, markersize=7, label=phrases.write("chart.reserve_failed"), **none
        ),
        Line2D([], [], marker="o", color=_SAVED, markersize=6, label=phrases.write("chart.reserve_back"), **none),
    ]


def _short(name: str) -> str:
    return name if len(name) <= 14 else f"{name[:13]}…"
