"""The commander's briefing: one page at any moment. What is, who falls next, what to decide, whom to call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webmap.reports.documents.decisions import decision_lines
from webmap.reports.documents.directory import calls_table
from webmap.reports.documents.evidence import affected, falling_places, listed_places, networks_out
from webmap.reports.documents.frame import document
from webmap.reports.documents.model import Block, Column, Document, Heading, Headline, Paragraph, Runs, Table, words
from webmap.reports.documents.phrasing import (
    CATEGORY_NAMES,
    CUSTOMERS_OUT,
    RESERVE_UNKNOWN,
    ZH,
    clipped,
    clock,
    hours,
    moment,
)

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

_PLACES = 5
#: A page holds so much, whatever people have called their places.
_NAME, _NOTE, _SENTENCE, _WHY = 15, 32, 105, 72
#: Stands beside the time left of a place whose reserve nobody knows; said in the note under the table.
_UNKNOWN = "＊"


def briefing(source: ReportSource) -> Document:
    """Return the briefing; long names and reasons are cut so that it stays on one page."""
    assessment = source.assessment
    head = (("信息截至", words(moment(source.at))), ("预案", words(source.plan.title.zh)))
    blocks = (
        Paragraph(words(clipped(assessment["situation"], _SENTENCE)), "lead"),
        headline_block(source),
        Heading("响应级别"),
        *level_block(source),
        Heading("剩余时间最短的单位"),
        *_least_time(source),
        Heading("需要决定的事项"),
        *(Paragraph(words(f"{place}. {line}")) for place, line in enumerate(decision_lines(source), start=1)),
        Heading("联系电话"),
        *calls_table(source),
    )
    title = f"“{clipped(source.opening.name, 30)}”指挥长简报"
    return document(source, "briefing", title, blocks, head)


def headline_block(source: ReportSource) -> Block:
    """Return the three headline figures: townships, customers, places of the list."""
    assessment = source.assessment
    out = sorted(networks_out(assessment), key=lambda pair: -pair[1]["customers"])
    failed, reserve = listed_places(assessment, "failed"), listed_places(assessment, "on_reserve")
    if out:
        unknown = "至少 " if out[0][1]["customers_unknown"] else ""
        customers = f"{unknown}{ZH.number(out[0][1]['customers']).strip()}"
        others = [f"{CUSTOMERS_OUT[key]} {ZH.number(outage['customers'])}户" for key, outage in out[1:]]
        title, note = f"{CUSTOMERS_OUT[out[0][0]]}户数", "；".join(others) or "其他供应正常"
    else:
        title, customers, note = "停供户数", "0", "没有用户失去供应"
    named = [row["name"] or "其他区域" for row in affected(assessment)]
    return Headline(
        (
            ("受影响乡镇（街道）", words(str(len(named))), clipped("、".join(named), _NOTE)),
            (title, words(customers), clipped(note, _NOTE)),
            ("重点保障单位失去供应", words(str(len(failed))), f"另有 {len(reserve)} 家靠备用维持"),
        )
    )


def level_block(source: ReportSource) -> tuple[Block, ...]:
    """Return which level runs, since when and by whom, and which one the picture asks for."""
    running, level = source.state.level, source.assessment["level"]
    if running is None:
        now = "响应已结束。" if source.state.phase == "ended" else "尚未启动响应。"
    else:
        now = f"现为 {running.level} 级响应，{clock(running.at)} 由{running.office}决定（第 {running.number} 条）。"
    above = source.state.handover
    if above is not None:
        now += f"指挥处置权已移交{clipped(str(getattr(above.fact, 'to', '')), _NAME)}（第 {above.number} 条）。"
    asked = f"按已知数据建议 {level['level']} 级：" if level["level"] is not None else "按已知数据不建议启动响应："
    return (Paragraph(words(now + asked + clipped(level["why"], _WHY))),)


def _least_time(source: ReportSource) -> tuple[Block, ...]:
    rows = falling_places(source.assessment)
    shown = rows[:_PLACES]
    unknown = any(row["reserve_unknown"] for row in shown)
    columns = (
        Column("单位", 2.3),
        Column("类别（次序）", 2.3),
        Column("尚可维持", 1.2, figures=True),
        Column("预计失去供应", 1.4, figures=True),
    )
    told: tuple[tuple[Runs, ...], ...] = tuple(
        (
            words(clipped(row["name"], _NAME)),
            words(clipped(f"{CATEGORY_NAMES.get(row['category'], row['category'])}（{row['tier']}）", 20)),
            words(hours(row["hours_left"]) + (_UNKNOWN if row["reserve_unknown"] else "")),
            words(clock(row["fails_at"])),
        )
        for row in shown
    )
    more = f"{_horizon(source)}将失去供应的共 {len(rows)} 家。" if len(rows) > _PLACES else ""
    if unknown:
        more += f"{_UNKNOWN} {RESERVE_UNKNOWN}。"
    note = (Paragraph(words(more), "note"),) if more else ()
    return (
        (Table(columns, told), *note)
        if told
        else (Paragraph(words(f"{_horizon(source)}没有将失去供应的重点保障单位。")), *note)
    )


def _horizon(source: ReportSource) -> str:
    return f"今后 {hours(source.assessment['horizon_hours'])}内"
