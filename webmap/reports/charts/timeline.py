"""The response against the plan over time: reports by their deadlines, measures from when due to when done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from priority.wording import Phrases
from webmap.languages import Language
from webmap.reports.charts import style
from webmap.reports.china_time import in_china
from webmap.reports.maps import palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_ROWS = 30
_ROW_MM = 5.2
#: From this width on the legend has room for four beside each other.
_WIDE_MM = 140.0
_DONE = "#2F7FC1"
_OPEN: Mapping[str, Any] = {"facecolor": palette.FAINT, "edgecolor": palette.FAINT}
_UNDONE: Mapping[str, Any] = {"facecolor": palette.PAPER, "edgecolor": palette.QUIET, "hatch": "////"}
_POINT: Mapping[str, Any] = {"linestyle": "none", "zorder": 4}
_DUE: Mapping[str, Any] = {**_POINT, "marker": "|", "markersize": 11, "markeredgewidth": 1.3, "color": palette.QUIET}
_SENT: Mapping[str, Any] = {**_POINT, "marker": "o", "markersize": 5.5, "color": _DONE, "markeredgecolor": "white"}
_LATE: Mapping[str, Any] = {
    **_POINT,
    "marker": "^",
    "markersize": 6,
    "color": palette.RESERVE,
    "markeredgecolor": "white",
}
_MISSING: Mapping[str, Any] = {**_POINT, "marker": "x", "markersize": 5.5, "color": palette.INK, "markeredgewidth": 1.3}


def timeline_chart(review: Mapping[str, Any], width_mm: float, language: Language) -> Figure:
    """Draw the reports in one row and a row for each measure that was due, up to 30, what is not done first."""
    phrases = Phrases(language)
    measures, left_out = _shown(review["measures"])
    reports = [row for row in review["reports"] if row["due_at"] or row["sent_at"]]
    handles = _handles(phrases)
    columns = 4 if width_mm >= _WIDE_MM else 2
    top = 15 + 4.5 * -(-len(handles) // columns)
    height = top + 11 + (len(measures) + 1) * _ROW_MM + (5 if left_out else 0)
    figure, axes = style.chart(width_mm, height, (66, 4, top, 11 + (5 if left_out else 0)))
    until = datetime.fromisoformat(review["at"])
    moments = [until, *_moments(measures, reports, review)]
    begins = in_china(min(moments))
    _draw_reports(axes, reports)
    for number, row in enumerate(measures, start=1):
        _draw_measure(axes, number, row, _end_of(row, review["levels"], until))
    style.time_axis(axes, begins, max(moments), phrases)
    style.draw_levels(axes, review["levels"], (begins, max(moments)), phrases)
    axes.set_ylim(len(measures) + 0.6, -0.7)
    names = [phrases.write("chart.reports"), *(_name(row) for row in measures)]
    axes.set_yticks(range(len(names)), names)
    axes.tick_params(axis="y", length=0)
    axes.axhline(0.5, color=palette.FAINT, linewidth=0.6)
    style.in_letters(axes)
    style.legend(figure, handles, [str(handle.get_label()) for handle in handles], columns, (4, 8))
    style.left_out(figure, left_out, phrases)
    return figure


def _shown(measures: list[Any]) -> tuple[list[Any], int]:
    """Return the measures that were due, in the order of becoming due, and how many done ones are left out."""
    due = [row for row in measures if row["due_from"] is not None]
    kept = sorted(range(len(due)), key=lambda number: due[number]["state"] == "done")[:MOST_ROWS]
    shown = [due[number] for number in sorted(kept)]
    shown.sort(key=lambda row: datetime.fromisoformat(row["due_from"]))
    return shown, len(due) - len(shown)


def _moments(measures: list[Any], reports: list[Any], review: Mapping[str, Any]) -> list[datetime]:
    found = [row[key] for row in measures for key in ("due_from", "done_at")]
    found += [row[key] for row in reports for key in ("due_at", "sent_at")]
    found += [row["at"] for row in review["levels"]]
    return [datetime.fromisoformat(moment) for moment in (*found, review["began_at"]) if moment]


def _draw_reports(axes: Axes, reports: list[Any]) -> None:
    """Draw all marks of a look as one: an incident that nobody ended may miss thousands of reports."""
    late = [row for row in reports if row["state"] == "late"]
    others = [row for row in reports if row["state"] != "late"]
    _draw_points(axes, reports, "due_at", _DUE)
    _draw_points(axes, [row for row in reports if row["state"] == "missing"], "due_at", _MISSING)
    _draw_points(axes, late, "sent_at", _LATE)
    _draw_points(axes, others, "sent_at", _SENT)


def _draw_points(axes: Axes, rows: list[Any], key: str, look: Mapping[str, Any]) -> None:
    days = [style.day(datetime.fromisoformat(row[key])) for row in rows if row[key]]
    if days:
        axes.plot(days, [0] * len(days), **look)


def _draw_measure(axes: Axes, number: int, row: Mapping[str, Any], end: datetime) -> None:
    begins = style.day(datetime.fromisoformat(row["due_from"]))
    if row["done_at"]:
        done = style.day(datetime.fromisoformat(row["done_at"]))
        axes.plot([begins, done], [number] * 2, color=_DONE, linewidth=4.5, solid_capstyle="butt", zorder=2)
        axes.plot([done], [number], "o", markersize=5, color=_DONE, markeredgecolor="white", zorder=3)
        return
    look = _UNDONE if row["state"] == "ended_undone" else _OPEN
    axes.barh([number], [style.day(end) - begins], left=[begins], height=0.42, linewidth=0.6, zorder=2, **look)


def _end_of(row: Mapping[str, Any], levels: list[Any], until: datetime) -> datetime:
    """Return until when a measure that was not done was due: the next change of level, if its own is over."""
    begins = datetime.fromisoformat(row["due_from"])
    later = [at for at in (datetime.fromisoformat(level["at"]) for level in levels) if at > begins]
    return min(later, default=until) if row["state"] == "ended_undone" else until


def _handles(phrases: Phrases) -> list[Any]:
    done: dict[str, Any] = {"color": _DONE, "linewidth": 4.5, "marker": "o", "markersize": 5}
    return [
        Line2D([], [], label=phrases.write("chart.measure_done"), **done),
        Patch(label=phrases.write("chart.measure_open"), **_OPEN),
        Patch(label=phrases.write("chart.measure_undone"), **_UNDONE),
        Line2D([], [], label=phrases.write("chart.report_due"), **_DUE),
        Line2D([], [], label=phrases.write("chart.report_sent"), **_SENT),
        Line2D([], [], label=phrases.write("chart.report_late"), **_LATE),
        Line2D([], [], label=phrases.write("chart.report_missing"), **_MISSING),
    ]


def _name(row: Mapping[str, Any]) -> str:
    clause = f"{row['clause']} " if row["clause"] else ""
    text = f"{clause}{row['text']}"
    return text if len(text) <= 22 else f"{text[:21]}…"
