"""Reads the limits out of a clause's Chinese wording, without looking at the numbers that stand beside it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from priority.plans.conditions import Expression, comparisons


class Limit(NamedTuple):
    """One end of what a clause asks of a figure."""

    figure: str
    side: str  # "from" or "to"
    value: Decimal
    included: bool


#: How the two plans speak of each figure that they put a number on. Each pattern stands in one part of a sentence.
SUBJECTS = {
    "个镇（街道）": "affected_townships",
    "煤炭最低库存": "coal_stock_share",
    "山西电网减供负荷": "shanxi_load_lost_share",
    "城区电网减供负荷": "chengqu_load_lost_share",
    "供电用户停电": "customers_out_share",
    "管道输送": "pipeline_outage_days",
    "全区供需缺口": "gas_gap_share",
    "局部地区供需缺口": "gas_local_gap_share",
    "死亡": "deaths",
    "重伤": "serious_injuries",
    "直接经济损失": "direct_loss_yuan",
}
#: Numbers in the wording that are no limit, and why.
NO_LIMIT = {"近三年": "the span of the mean that the stock is held against"}

_UNITS = {
    "%": Decimal("0.01"),
    "天": Decimal(1),
    "人": Decimal(1),
    "个": Decimal(1),
    "万元": Decimal(10) ** 4,
    "亿元": Decimal(10) ** 8,
}
_NUMBER = re.compile(r"(超|低于\D*?)?(\d+(?:\.\d+)?)(%|天|人|个|万元|亿元)(以上|以下|以内)?")
_ANY_NUMBER = re.compile(r"\d|[一二两三四五六七八九十百千]+(?=[年月天日人个元小万亿])")


def limits_in_wording(text: str) -> set[Limit]:
    """Return every limit that the wording sets; an AssertionError if a number in it cannot be read."""
    found: set[Limit] = set()
    for part in re.split(r"[，。；]", text):
        if not (numbers := list(_NUMBER.finditer(part))):
            assert not _unread(part), f"a number in {part!r} cannot be read"
            continue
        figures = [figure for words, figure in SUBJECTS.items() if words in part]
        assert len(figures) == 1, f"{part!r} speaks of {figures}"
        assert not _unread(_NUMBER.sub(lambda number: number[1] or "", part)), f"a number in {part!r} cannot be read"
        found |= {_limit(figures[0], number) for number in numbers}
    return found


def _unread(part: str) -> bool:
    for words in NO_LIMIT:
        part = part.replace(words, "")
    return _ANY_NUMBER.search(part) is not None


def _limit(figure: str, number: re.Match[str]) -> Limit:
    before, digits, unit, after = number.groups()
    value = Decimal(digits) * _UNITS[unit]
    if after == "以上":
        return Limit(figure, "from", value, included=True)
    if after == "以内":
        return Limit(figure, "to", value, included=True)
    if after == "以下" or (before or "").startswith("低于"):
        return Limit(figure, "to", value, included=False)
    if before == "超":
        return Limit(figure, "from", value, included=False)
    # 1 个镇（街道）内: read as at least one (interpretation `several_townships`).
    assert unit == "个", f"{number[0]!r} says neither 以上 nor 以下"
    return Limit(figure, "from", value, included=True)


def limits_in_test(test: Expression) -> set[Limit]:
    """Return every limit that a condition's test sets."""
    found: set[Limit] = set()
    for item in comparisons(test):
        lower, upper = item.band or (item.at_least, item.below)
        if lower is not None:
            included = item.band is None or item.includes in ("lower", "both")
            found.add(Limit(item.figure, "from", _exact(lower), included))
        if upper is not None:
            included = item.band is not None and item.includes in ("upper", "both")
            found.add(Limit(item.figure, "to", _exact(upper), included))
    return found


def _exact(value: float) -> Decimal:
    return Decimal(str(value))
