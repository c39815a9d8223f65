"""A follow-up report (续报): what has changed since the last report that was sent, and how things stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from webmap.incidents.told_upward import ReportSent
from webmap.reports.documents.evidence import affected, data_note, listed_places, networks_out, reports_sent, told
from webmap.reports.documents.frame import framed, item_blocks
from webmap.reports.documents.items import items_of
from webmap.reports.documents.model import (
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Runs,
    Table,
    Text,
    said_by,
    words,
)
from webmap.reports.documents.phrasing import CUSTOMERS_OUT, at_least, clock, stamp, whole
from webmap.reports.documents.picture_tables import picture_tables
from webmap.reports.documents.standpoints import as_known

if TYPE_CHECKING:
    from webmap.incidents.effective import Effective
    from webmap.reports.source import ReportSource


@dataclass(frozen=True)
class Before:
    """The last report that was sent: its entry, the moment it spoke of, the last entry that it rested on."""

    item: Effective
    title: str
    to: str
    speaks_of: datetime
    known: int


def follow_up_report(source: ReportSource) -> Document:
    """Return the follow-up report with the changes since the last one; without one it says so."""
    before = before_of(source)
    number = sum(fact.report == "follow_up" for _, fact in reports_sent(source)) + 1
    blocks = (
        Heading("上次报告以来的变化"),
        *(_changes(source, before) if before else (Paragraph(words("日志中没有此前发出书面报告的记录。")),)),
        *item_blocks(items_of(source, "follow_up")),
    )
    tables = picture_tables(source)
    title = f"关于“{source.opening.name}”的续报"
    return replace(
        framed(source, "follow_up", title, blocks, f"续报第 {number} 期", tables), subtitle=f"（第 {number} 期）"
    )


def before_of(source: ReportSource) -> Before | None:
    """Return the last written report that was sent, None for none."""
    sent = reports_sent(source)
    if not sent:
        return None
    item, fact = sent[-1]
    return Before(item, _title(source, fact), fact.to, fact.speaks_of or fact.happened_at, fact.known or item.number)


def _title(source: ReportSource, fact: ReportSent) -> str:
    return source.prose.say(fact.report)


def _changes(source: ReportSource, before: Before) -> tuple[Block, ...]:
    said: Runs = (
        Text(f"{clock(before.item.fact.happened_at)} 向{before.to}{before.title}"),
        *said_by([before.item.number]),
        Text(f"，所述为 {clock(before.speaks_of)} 的情况。其后的变化如下。"),
    )
    return (Paragraph(said), *_compared(source, before), *_since(source, before))


def _compared(source: ReportSource, before: Before) -> tuple[Block, ...]:
    """The figures of the last report, as it knew them, beside those of now."""
    then = _figures(as_known(source, before.speaks_of, before.known).assessment)
    now = _figures(source.assessment)
    rows = tuple(
        (words(title), words(then.get(title, "0")), words(now.get(title, "0")))
        for title in dict.fromkeys((*then, *now))
        if then.get(title, "0") != "0" or now.get(title, "0") != "0"
    )
    if not rows:
        return ()
    columns = (
        Column("指标", 2.2),
        Column(f"上次报告（{stamp(before.speaks_of)}）", 1.6, figures=True),
        Column(f"本次（{stamp(source.at)}）", 1.6, figures=True),
    )
    return Table(columns, rows, "与上次报告比较"), data_note(source, "两栏数字")


def _figures(assessment: Mapping[str, Any]) -> dict[str, str]:
    found = {"受影响的乡镇（街道）": whole(len(affected(assessment)))}
    for key, outage in networks_out(assessment):
        found[f"{CUSTOMERS_OUT[key]}户数"] = at_least(outage["customers"], outage["customers_unknown"])
        found[f"{CUSTOMERS_OUT[key]}人口"] = whole(outage["population"])
    found["失去供应的重点保障单位"] = whole(len(listed_places(assessment, "failed")))
    found["靠备用维持的重点保障单位"] = whole(len(listed_places(assessment, "on_reserve")))
    return found


def _since(source: ReportSource, before: Before) -> tuple[Block, ...]:
    fresh = [
        item
        for item in source.facts
        if max(item.number, item.corrected_by or 0) > before.known and item.number != before.item.number
    ]
    columns = (Column("时间", 1.3), Column("内容", 6.2))
    rows = tuple((words(stamp(item.fact.happened_at)), (*told(source, item), *_corrected(item))) for item in fresh)
    if not rows:
        return (Paragraph(words("其后没有新的记录。")),)
    withdrawn = _withdrawn(source, before)
    return (Table(columns, rows, "上次报告以来的记录和更正"), *withdrawn)


def _corrected(item: Effective) -> Runs:
    return () if item.corrected_by is None else (Text("（更正）"), *said_by([item.corrected_by]))


def _withdrawn(source: ReportSource, before: Before) -> tuple[Block, ...]:
    """What the last report may have said and is withdrawn since."""
    numbers = [
        entry["number"] for entry in source.entries if entry["withdrawn"] and entry["corrected_by"] > before.known
    ]
    if not numbers:
        return ()
    return (Paragraph((Text("上次报告后撤回的记录："), *said_by(numbers))),)
