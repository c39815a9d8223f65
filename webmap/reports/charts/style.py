"""How charts look: one calm style, Chinese letters from their file, nothing global touched."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import matplotlib.dates
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.legend_handler import HandlerTuple

from priority.wording import Phrases
from webmap.reports.maps import palette
from webmap.reports.maps.ink import sans

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Written without types.
_DATES: Any = matplotlib.dates
DOTS_PER_INCH = 220
#: Sizes of letters in points, as printed.
TEXT, SMALL = 9.0, 8.0
_LEAST = timedelta(minutes=10)
_MOST_TICKS = 7
_STEPS = tuple(
    timedelta(minutes=minutes)
    for minutes in (2, 5, 10, 15, 30, 60, 120, 180, 360, 720, *(1440 * days for days in (1, 2, 5, 10, 30, 90, 365)))
)


def day(moment: datetime) -> float:
    """Return a moment as the axes count time: days."""
    return float(_DATES.date2num(moment))


def chart(width_mm: float, height_mm: float, margins_mm: tuple[float, float, float, float]) -> tuple[Figure, Axes]:
    """Return a figure with axes inside margins (left, right, top, bottom), in millimetres."""
    figure = Figure(figsize=(width_mm / 25.4, height_mm / 25.4))
    FigureCanvasAgg(figure)
    figure.patch.set_facecolor(palette.PAPER)
    left, right, top, bottom = margins_mm
    inner = ((width_mm - left - right) / width_mm, (height_mm - top - bottom) / height_mm)
    axes = figure.add_axes((left / width_mm, bottom / height_mm, *inner))
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(palette.QUIET)
        axes.spines[side].set_linewidth(0.6)
    axes.tick_params(color=palette.QUIET, width=0.6, length=3)
    axes.set_axisbelow(True)
    return figure, axes


def letters(size_pt: float = TEXT) -> FontProperties:
    """Return the Chinese sans-serif in a size."""
    font = sans().copy()
    font.set_size(size_pt)
    return font


def time_axis(axes: Axes, begins: datetime, until: datetime, phrases: Phrases) -> None:
    """Give the lower axis clock times in the offset of `begins`, with the day under the first tick of each."""
    until = max(until, begins + _LEAST)
    low, high = day(begins), day(until)
    axes.set_xlim(low - (high - low) * 0.01, high + (high - low) * 0.01)
    moments = round_moments(begins, until)
    days = [phrases.clock(moment).rpartition(" ")[0] for moment in moments]
    new = [date != before for date, before in zip(days, ["", *days], strict=False)]
    labels = [
        f"{moment:%H:%M}\n{date}" if first else f"{moment:%H:%M}"
        for moment, date, first in zip(moments, days, new, strict=True)
    ]
    axes.set_xticks([day(moment) for moment in moments], labels)
    axes.grid(axis="x", color="#E8EAEE", linewidth=0.5)


def round_moments(begins: datetime, until: datetime) -> list[datetime]:
    """Return the round moments of a span, eight at the most: full steps from midnight in the offset of `begins`."""
    midnight = begins.replace(hour=0, minute=0, second=0, microsecond=0)
    step = next((step for step in _STEPS if until - begins <= step * _MOST_TICKS), (until - begins) / _MOST_TICKS)
    first = math.ceil((begins - midnight) / step)
    last = math.floor((until - midnight) / step)
    return [midnight + number * step for number in range(first, last + 1)]


def in_letters(axes: Axes, size_pt: float = SMALL) -> None:
    """Set every tick's label in the Chinese sans-serif."""
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(letters(size_pt))
        label.set_color(palette.INK)


def legend(
    figure: Figure, handles: Sequence[Any], titles: Sequence[str], columns: int, place_mm: tuple[float, float]
) -> None:
    """Put a legend onto a figure, its upper left corner so many millimetres from the left and from the top."""
    width_mm, height_mm = (size * 25.4 for size in figure.get_size_inches())
    box = figure.legend(
        list(handles),
        list(titles),
        prop=letters(SMALL),
        ncols=columns,
        loc="upper left",
        bbox_to_anchor=(place_mm[0] / width_mm, 1 - place_mm[1] / height_mm),
        frameon=False,
        borderaxespad=0.0,
        borderpad=0.0,
        handlelength=2.4,
        columnspacing=1.4,
        handler_map={tuple: HandlerTuple(ndivide=1)},
    )
    for text in box.get_texts():
        text.set_color(palette.INK)


def above(axes: Axes, at: datetime, text: str) -> None:
    """Write over the axes at a moment, to its left where it would leave the paper."""
    low, high = axes.get_xlim()
    late = day(at) > low + 0.85 * (high - low)
    axes.annotate(
        text,
        xy=(day(at), 1.0),
        xycoords=("data", "axes fraction"),
        xytext=(0, 2),
        textcoords="offset points",
        ha="right" if late else "left",
        va="bottom",
        fontproperties=letters(SMALL),
        color=palette.INK,
    )


def draw_levels(axes: Axes, levels: Sequence[Any], span: tuple[datetime, datetime], phrases: Phrases) -> None:
    """Draw a line down from each change of level within a span, named above it, the second of two near ones not."""
    named: datetime | None = None
    for row in levels:
        at = datetime.fromisoformat(row["at"])
        if not span[0] <= at <= span[1]:
            continue
        axes.axvline(day(at), color=palette.INK, linewidth=0.8, linestyle=(0, (4, 3)), zorder=1.5)
        if named is None or at - named > (span[1] - span[0]) * 0.12:
            key = "chart.level_ended" if row["level"] is None else "chart.level"
            above(axes, at, phrases.write(key, level=row["level"]))
            named = at


def said_in_the_middle(axes: Axes, sentence: str) -> None:
    """Say why there is nothing to see."""
    axes.text(
        0.5,
        0.5,
        sentence,
        transform=axes.transAxes,
        ha="center",
        va="center",
        color=palette.QUIET,
        fontproperties=letters(TEXT + 1),
    )


def left_out(figure: Figure, count: int, phrases: Phrases) -> None:
    """Say in the lower right corner how many rows were not drawn; nothing for none."""
    if count:
        said = phrases.write("chart.more_rows", count=count)
        bottom = 1.5 / 25.4 / figure.get_size_inches()[1]
        figure.text(0.99, bottom, said, ha="right", color=palette.QUIET, fontproperties=letters(SMALL))


def mark(figure: Figure, marks: Sequence[str]) -> None:
    """Write the marks of a drill and of made-up data into the upper right corner."""
    width_mm, height_mm = (size * 25.4 for size in figure.get_size_inches())
    for number, text in enumerate(reversed(marks)):
        figure.text(
            1 - (2 + number * 17) / width_mm,
            1 - 1.8 / height_mm,
            text,
            ha="right",
            va="top",
            color=palette.FAILED,
            fontproperties=letters(SMALL),
            bbox={"facecolor": palette.PAPER, "edgecolor": palette.FAILED, "linewidth": 0.7, "pad": 1.6},
        )


def as_png(figure: Figure) -> bytes:
    """Return a figure as PNG."""
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})
    return drawn.getvalue()
