"""The handover sheet: one page for the headquarters above that takes command (heating plan 4.3.1(3), 4.4(3)).

What is, what was done and what is left to do, which warnings are in force, which report is due, whom to call.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from webmap.incidents.entries import CommandHandedOver, WarningIssued
from webmap.reports.documents.briefing import headline_block, level_block
from webmap.reports.documents.directory import calls_table
from webmap.reports.documents.frame import document
from webmap.reports.documents.model import Block, Document, Gap, Heading, Paragraph, Runs, Text, said_by, words
from webmap.reports.documents.phrasing import clipped, clock, minutes, moment

if TYPE_CHECKING:
    from webmap.command.results import MeasureItem
    from webmap.reports.source import ReportSource

#: A page holds so many measures and warnings, and so much of each.
_MOST, _LINE, _SENTENCE = 5, 46, 105


def handover_sheet(source: ReportSource) -> Document:
    """Return the sheet; long texts are cut so that it stays on one page."""
    told = source.plan.handover
    head = (
        ("信息截至", words(moment(source.at))),
        ("预案", words(source.plan.title.zh)),
        ("移交", _between(source)),
    )
    blocks = (
        Paragraph(words(clipped(source.assessment["situation"], _SENTENCE)), "lead"),
        headline_block(source),
        Heading("响应级别"),
        *level_block(source),
        Heading("措施"),
        *_measures(source),
        Heading("生效的预警和下一次报告"),
        *_warnings(source),
        Paragraph(words(_report(source))),
        Heading("联系电话"),
        *calls_table(source),
    )
    title = f"“{clipped(source.opening.name, 26)}”指挥处置权移交单"
    return document(source, "handover", title, blocks, head, None if told is None else told.clause)


def _between(source: ReportSource) -> Runs:
    """From whom to whom; who takes over is a gap until that is recorded."""
    own = source.plan.organisation.headquarters.name
    handed = source.state.handover
    if source.plan.handover is None:
        return words(f"{own}；《{source.plan.title.zh}》没有移交指挥处置权的条款")
    if handed is None or not isinstance(handed.fact, CommandHandedOver):
        return (Text(f"{own} → "), Gap("接管的上级指挥部"))
    return (Text(f"{own} → {handed.fact.to}，{moment(handed.fact.happened_at)}"), *said_by([handed.number]))


def _measures(source: ReportSource) -> tuple[Block, ...]:
    from webmap.command.measures import counted, groups_of  # noqa: PLC0415  it reads this room's evidence

    groups = groups_of(source)
    if not groups:
        return (Paragraph(words("没有正在进行的响应，预案没有列出措施。")),)
    items = tuple(chain.from_iterable(group.measures for group in groups))
    done, due = counted(groups)
    left = [item for item in items if item.state == "open"]
    made = [item for item in items if item.state == "done"]
    lines = [f"本级措施 {due} 项，已落实 {done} 项，未见落实记录 {due - done} 项。"]
    lines += [f"已落实：{_said(item)}" for item in made[:_MOST]]
    lines += [f"待落实：{_said(item)}" for item in left[:_MOST]]
    more = max(0, len(left) - _MOST) + max(0, len(made) - _MOST)
    if more:
        lines.append(f"其余 {more} 项见事件日志和预案。")
    return tuple(Paragraph(words(line)) for line in lines)


def _said(item: MeasureItem) -> str:
    by = "" if item.by is None else f"（{item.by}）"
    when = "" if item.done_at is None else f"，{clock(item.done_at)}"
    return f"{clipped(item.text, _LINE - 12)}〔{item.clause}〕{by}{when}"


def _warnings(source: ReportSource) -> tuple[Block, ...]:
    names = {level.key: level.name for level in source.plan.warnings.levels}
    standing = [item for item in source.state.warnings.values() if isinstance(item.fact, WarningIssued)]
    if not standing:
        return (Paragraph(words("没有生效的预警。")),)
    return tuple(
        Paragraph(
            (
                Text(clipped(f"{names.get(item.fact.level, item.fact.level)}：{item.fact.scope}", _LINE)),
                *said_by([item.number]),
            )
        )
        for item in standing[:_MOST]
        if isinstance(item.fact, WarningIssued)
    )


def _report(source: ReportSource) -> str:
    due = source.review.next_report
    if due is None:
        return "没有待报送的报告。"
    if due.overdue_minutes:
        return f"{due.title}已逾期 {minutes(due.overdue_minutes)}（{due.clause}）。"
    if due.due_at is not None:
        return f"{due.title}应在 {clock(due.due_at)} 前报送（{due.clause}）。"
    return f"{due.title}待报送（{due.clause}）。"
