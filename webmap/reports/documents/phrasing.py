"""How official documents write moments, spans, counts and what is left open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import accumulate
from unicodedata import east_asian_width

from layers.vocabulary import FACILITY_CATEGORIES, NETWORKS
from priority.wording import Phrases
from webmap.reports.china_time import in_china
from webmap.reports.documents.model import Aside, Runs, Text

ZH = Phrases("zh")
NETWORK_NAMES = {choice.key: choice.title.zh for choice in NETWORKS}
CATEGORY_NAMES = {choice.key: choice.title.zh for choice in FACILITY_CATEGORIES}
#: What customers of each network are called who are without supply.
CUSTOMERS_OUT = {"electricity": "停电", "gas": "停气", "heat": "停热", "water": "停水"}


#: What is said of the time left of a place whose reserve nobody knows.
RESERVE_UNKNOWN = "备用未知，按没有备用计"


def before_words(name: str) -> str:
    """Write a name before the words that follow it: a figure or a letter at its end stands apart from them."""
    return f"{name} " if name[-1:].isascii() and name[-1:].isalnum() else name


def moment(at: datetime | str) -> str:
    """Write a moment as 2026年1月12日8时05分."""
    at = in_china(at)
    return f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute:02d}分"


def clock(at: datetime | str | None) -> str:
    """Write a moment in a text as 1月12日 08:05, a dash for none."""
    return "—" if at is None else ZH.clock(in_china(at))


def stamp(at: datetime | str | None) -> str:
    """Write a moment in a column of moments as 01-12 08:05, a dash for none."""
    return "—" if at is None else f"{in_china(at):%m-%d %H:%M}"


def day(at: datetime | str) -> str:
    """Write a day as 2026年1月12日."""
    at = in_china(at)
    return f"{at.year}年{at.month}月{at.day}日"


def hours(count: float | None) -> str:
    """Write a span as 3 小时 40 分, a dash for an unknown one."""
    return "—" if count is None else ZH.duration(round(count * 3600))


def minutes(count: float | None) -> str:
    """Write a span that may be negative, a dash for an unknown one."""
    if count is None:
        return "—"
    return ("提前 " if count < 0 else "") + ZH.duration(round(abs(count) * 60))


def whole(count: float) -> str:
    """Write a count in full, for tables and reports: 23,012."""
    return f"{round(count):,}"


def headline(count: float) -> str:
    """Write a count as the page's first figures have it: 9,876, 2.3 万, 1862 万, 1.25 亿."""
    if count < 9_999.5:
        return whole(count)
    if count >= 99_995_000:
        return f"{count / 1e8:.2f} 亿"
    return f"{count / 1e4:.0f} 万" if count >= 1e6 else f"{count / 1e4:.1f}".removesuffix(".0") + " 万"


def decimal(value: float | None, places: int = 1) -> str:
    """Write a figure with its places, a dash for an unknown one."""
    return "—" if value is None else f"{value:,.{places}f}"


def at_least(count: float, unknown: int) -> str:
    """Write a count that is a lower bound where some points have no figure."""
    return f"至少 {whole(count)}" if unknown else whole(count)


def listed(names: Sequence[str], most: int = 8, *, counted: bool = True) -> str:
    """Join names; beyond `most` it says how many there are, if that is not said beside it."""
    if len(names) <= most:
        return "、".join(names)
    return f"{'、'.join(names[:most])}等" + (f" {len(names)} 个" if counted else "")


def clipped(text: str, most: int) -> str:
    """Return a text on one line, no wider than so many Chinese signs, with an ellipsis where it was longer."""
    line = " ".join(text.split())
    widths = list(accumulate(1 if east_asian_width(sign) in "WFA" else 0.5 for sign in line))
    if not widths or widths[-1] <= most:
        return line
    return line[: sum(width <= most - 1 for width in widths)] + "…"


def sentence(parts: Iterable[Runs], between: str = "；") -> Runs:
    """Join parts to one sentence with a full stop; nothing for no part."""
    made: list[Runs] = [part for part in parts if part]
    if not made:
        return ()
    joined: Runs = made[0]
    for part in made[1:]:
        joined = (*joined, Text(between), *part)
    return ended(joined)


def ended(runs: Runs) -> Runs:
    """Put a full stop after runs that have none; before the source in brackets, if that comes last."""
    if not runs:
        return runs
    *before, last = runs
    if isinstance(last, Aside) and before:
        return (*ended(tuple(before)), last)
    if isinstance(last, Text):
        return (*before, Text(last.text.rstrip("。；;. ") + "。", last.strong))
    return (*runs, Text("。"))
