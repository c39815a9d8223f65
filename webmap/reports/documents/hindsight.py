"""What was learned afterwards: corrections and late entries, and the figures as first known beside those of now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webmap.reports.documents.computed_items import damage_numbers
from webmap.reports.documents.model import Block, Column, Heading, Paragraph, Table, words
from webmap.reports.documents.phrasing import CUSTOMERS_OUT, at_least, hours, stamp, whole
from webmap.reports.documents.review_tables import corrections_table

if TYPE_CHECKING:
    from priority.aftermath import Impact
    from webmap.reports.source import ReportSource


def hindsight_blocks(source: ReportSource) -> tuple[Block, ...]:
    """Return the corrections, and how far what was written later has changed the figures."""
    review = source.review
    corrections = corrections_table(review)
    late = f"其中补记 {review.late_entries} 条。" if review.late_entries else "没有补记。"
    said = f"更正 {len(review.corrections)} 条。" if review.corrections else "没有更正。"
    return (
        Heading("更正与补记"),
        Paragraph(words(f"日志共 {source.log.length} 条，{late}{said}")),
        *corrections,
        *_changed(source),
    )


def _changed(source: ReportSource) -> tuple[Block, ...]:
    if not damage_numbers(source):
        return ()
    first, now = source.first_impact, source.impact
    if first is None:
        return (Paragraph(words("响应结束之后没有改变影响数字的记录。")),) if source.review.ended else ()
    before, after = _figures(first), _figures(now)
    rows = tuple(
        (words(title), words(before.get(title, "0")), words(after.get(title, "0")))
        for title in dict.fromkeys((*before, *after))
    )
    columns = (Column("指标", 2), Column("响应结束时所知", 1.5, figures=True), Column("现在所知", 1.5, figures=True))
    said = "响应结束之后写入的更正和补记改变了过去的情况，本报告按现在所知推算；两者对照如下。"
    return Paragraph(words(said)), Table(columns, rows, "响应结束时所知与现在所知")


def _figures(impact: Impact) -> dict[str, str]:
    found = {"首次受损": stamp(impact.begins_at), "首次受损至统计结束": hours(impact.hours)}
    for key, part in impact.networks.items():
        if part.first_loss_at is None:
            continue
        found[f"{CUSTOMERS_OUT[key]}户数"] = at_least(part.customers_hit, part.customers_unknown)
        found[f"{CUSTOMERS_OUT[key]}户·时"] = at_least(part.customer_hours, part.customers_unknown)
        found[f"{CUSTOMERS_OUT[key]}人·时"] = whole(part.people_hours)
    found["停供人时（各类合并）"] = whole(impact.people_hours_hit)
    failed = sum(bool(row.failures) for row in impact.facilities if row.tier is not None)
    found["失去供应的重点保障单位"] = str(failed)
    return found
