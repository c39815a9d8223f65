"""A protection list as a page of text for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from layers.schema import Title
from layers.vocabulary import COMMODITIES, LINE_KINDS, NODE_KINDS
from webmap.cli.layout import duration, heading, more, name_of, padded, section
from webmap.exports.tables import in_language
from webmap.languages import Language

_ROWS = 15
_Row = Mapping[str, Any]
_WORDS = {
    "guard": Title("先防护的元件", "Elements to guard first"),
    "pairs": Title("成对失效", "Pairs of failures"),
    "single_feed": Title("只有一路供应的单位", "Places with one feed only"),
    "short_reserve": Title("备用短于通常抢修时间的单位", "Reserves shorter than a usual repair"),
    "coal": Title("电煤与供热用煤", "Coal"),
    "assumptions": Title("假定", "Assumptions"),
}
_UNKNOWN = Title("未知", "unknown")
_RESERVE = Title("备用 {reserve}", "reserve {reserve}")
_COAL = Title(
    "存煤 {stock}，日耗 {use}，日到货 {deliveries}", "stock {stock}, daily use {use}, deliveries a day {deliveries}"
)
_COAL_STATES = {
    "enough": Title("够用", "enough"),
    "running_short": Title("在减少", "running short"),
    "short_within_horizon": Title("时段内将不足", "short within the horizon"),
    "unknown": Title("情况未知", "unknown"),
}


def protection_text(listed: Mapping[str, Any], language: Language) -> str:
    """Return the lists for reading, each row with its reason; of long lists the first rows."""

    def part(key: str, rows: Callable[[_Row, Language], Iterable[str]]) -> list[str]:
        shown = [line for row in listed[key][:_ROWS] for line in rows(row, language)]
        if len(listed[key]) > _ROWS:
            shown.append(more(len(listed[key]) - _ROWS, language))
        return section(_WORDS[key], shown, language)

    lines = [
        *heading(listed, listed["summary"], language),
        *part("guard", _guard),
        *part("pairs", _pair),
        *part("single_feed", _single_feed),
        *part("short_reserve", _short_reserve),
        *part("coal", _coal),
        *section(_WORDS["assumptions"], (item["text"] for item in listed["assumptions"]), language),
    ]
    return "\n".join(lines)


def _guard(row: _Row, language: Language) -> Iterable[str]:
    kind = name_of(row["kind"], (*NODE_KINDS, *LINE_KINDS), language)
    yield f"{row['rank']:>3}  {padded(row['name'], 32)} {padded(kind, 20)} {row['id']}"
    yield f"     {row['reason']}"


def _pair(row: _Row, _: Language) -> Iterable[str]:
    yield f"{row['rank']:>3}  {row['first_name']} + {row['second_name']}"
    yield f"     {row['reason']}"


def _single_feed(row: _Row, language: Language) -> Iterable[str]:
    commodity = name_of(row["commodity"], COMMODITIES, language)
    yield f"{row['rank']:>3}  {padded(row['facility_name'], 32)} {padded(commodity, 12)} ← {row['element_name']}"
    yield f"     {row['reason']}"


def _short_reserve(row: _Row, language: Language) -> Iterable[str]:
    commodity = name_of(row["commodity"], COMMODITIES, language)
    hours = row["reserve_hours"]
    reserve = in_language(_UNKNOWN, language) if hours is None else duration(hours, language)
    told = in_language(_RESERVE, language).format(reserve=reserve)
    yield f"{row['rank']:>3}  {padded(row['facility_name'], 32)} {padded(commodity, 12)} {told}"
    yield f"     {row['reason']}"


def _coal(row: _Row, language: Language) -> Iterable[str]:
    def tonnes(value: float | None) -> str:
        return in_language(_UNKNOWN, language) if value is None else f"{value:,.0f} t"

    amounts = in_language(_COAL, language).format(
        stock=tonnes(row["stock_tonnes"]),
        use=tonnes(row["daily_use_tonnes"]),
        deliveries=tonnes(row["deliveries_tonnes_per_day"]),
    )
    yield f"{padded(row['facility_name'], 32)} {in_language(_COAL_STATES[row['state']], language)}  {amounts}"
    yield f"  {row['reason']}"
