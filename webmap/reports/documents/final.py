"""The final report in writing (终报): what the plan's clause asks for, of the whole incident, and how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webmap.reports.documents.computed_items import damage_numbers
from webmap.reports.documents.evidence import data_note
from webmap.reports.documents.frame import framed, item_blocks
from webmap.reports.documents.impact_tables import facilities_table, networks_table, townships_impact_table
from webmap.reports.documents.items import items_of
from webmap.reports.documents.model import Block, Document, Gap, Heading, Paragraph, Text, said_by, words
from webmap.reports.documents.phrasing import clock
from webmap.reports.documents.review_tables import levels_table, warnings_table

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource


def final_report(source: ReportSource) -> Document:
    """Return the final report (energy and heating plan 4.1); while the response runs it says that it does."""
    blocks = (*item_blocks(items_of(source, "final")), Heading("处置结果"), *_ending(source))
    return framed(source, "final", f"关于“{source.opening.name}”的终报", blocks, "终报", _losses(source))


def _ending(source: ReportSource) -> tuple[Block, ...]:
    state, plan = source.state, source.plan
    tables = (*levels_table(source.review), *warnings_table(source.review))
    if state.levels and state.levels[-1].level is None:
        last = state.levels[-1]
        said = (Text(f"{clock(last.at)}，{last.office}宣布响应结束"), *said_by([last.number]), Text("。"))
        return (Paragraph(said), *tables)
    if state.phase == "ended":
        return (Paragraph(words("事件已结案，没有启动过响应。")), *tables)
    running = f"截至 {clock(source.at)}，" + ("响应仍在进行" if state.level is not None else "没有结束的记录")
    return (Paragraph((Text(running), Gap(f"响应结束的时间和宣布机关（{plan.ending.clause}）"), Text("。"))), *tables)


def _losses(source: ReportSource) -> tuple[Block, ...]:
    if not damage_numbers(source):
        return ()
    impact = source.impact
    tables = (*networks_table(impact), *townships_impact_table(impact), *facilities_table(impact, 15))
    return (*tables, data_note(source)) if tables else ()
