"""What a report must say, item by item, in the words and the order of the plan's clause, and what fills each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from webmap.reports.documents import computed_items, told_items
from webmap.reports.documents.item import Filled, Item
from webmap.reports.documents.model import Gap
from webmap.reports.documents.standpoints import in_chinese

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

__all__ = ["Item", "items_of"]

#: Signs in the plan's words and the item that they ask for; the first that fits counts.
_ASKED: tuple[tuple[str, str], ...] = (
    ("信息来源", "source"),
    ("财产损失", "property_loss"),
    ("伤亡", "casualties"),
    ("级别", "grade"),
    ("等级", "grade"),
    ("次生", "secondary_hazards"),
    ("危险源", "dangers_nearby"),
    ("警报", "warnings"),
    ("疏散", "evacuation"),
    ("支援", "support_needed"),
    ("类别", "category"),
    ("过程", "course"),
    ("经过", "course"),
    ("措施", "measures"),
    ("负责人", "person_in_charge"),
    ("报告人", "reporter"),
    ("时间", "time"),
    ("地点", "place"),
    ("原因", "cause"),
    ("范围", "scope"),
    ("损失", "loss"),
    ("趋势", "trend"),
)
_FILL: Mapping[str, Callable[[ReportSource, str], Filled]] = {**told_items.FILL, **computed_items.FILL}


def items_of(source: ReportSource, kind: str) -> tuple[Item, ...]:
    """Return the items that the plan's clause on reports names (energy and heating plan 4.1), in its order.

    They are in Chinese, as the document is. An item whose words ask for two people is two items. What nobody entered,
    and nothing can be computed of, is a gap; so is an item that we have no reading for. A final report tells of the
    whole incident, others of the moment.
    """
    source = in_chinese(source)
    return tuple(
        _item(source, kind, key, title) for words in source.plan.reports.content for key, title in _asked_by(words)
    )


def _asked_by(words: str) -> Iterable[tuple[str, str]]:
    both, _, what = words.partition("的")
    if "负责人" in words and "报告人" in words:
        one, _, other = both.partition("和")
        return (("person_in_charge", f"{one}的{what}"), ("reporter", f"{other}的{what}"))
    key = next((key for sign, key in _ASKED if sign in words), "")
    return ((key, words),)


def _item(source: ReportSource, kind: str, key: str, title: str) -> Item:
    clause = source.plan.reports.clause
    if not key:
        return Item("", title, clause, (Gap(title),), (), "log")
    filled = _FILL[key](source, kind)
    return Item(key, title, clause, filled.runs, filled.basis, filled.source, filled.detail, filled.figures)
