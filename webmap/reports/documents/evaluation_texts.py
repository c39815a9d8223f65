"""The texts of an evaluation report: overview, cause and nature, resources, responsibility, lessons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from webmap.incidents.entries import CrewSent, UnitPlaced
from webmap.reports.documents.computed_items import damage_numbers
from webmap.reports.documents.evidence import data_note, facts_of, told
from webmap.reports.documents.impact_tables import hit_networks
from webmap.reports.documents.item import Item, detail_runs
from webmap.reports.documents.model import (
    Block,
    Gap,
    Heading,
    Headline,
    Paragraph,
    Runs,
    Text,
    words,
)
from webmap.reports.documents.phrasing import CUSTOMERS_OUT, at_least, clock, headline, hours, listed, moment, sentence

if TYPE_CHECKING:
    from priority.aftermath import Impact
    from webmap.reports.source import ReportSource


def overview_blocks(source: ReportSource) -> tuple[Block, ...]:
    """Return what happened, in a few sentences and three figures."""
    began = source.state.began_at
    said = [f"“{source.opening.name}”" + (f"始于{moment(began)}" if began is not None else "")]
    highest = [row.level for row in source.review.levels if row.level is not None]
    if highest:
        top = max(highest, key=source.plan.rank_of)
        said.append(f"最高启动 {top} 级响应")
    said.append("响应已结束" if source.review.ended else f"截至 {clock(source.at)} 响应尚未结束")
    blocks: tuple[Block, ...] = (Heading("事件概况"), Paragraph(words("，".join(said) + "。")))
    return (*blocks, *_headline(source)) if damage_numbers(source) else blocks


def _headline(source: ReportSource) -> tuple[Block, ...]:
    """The page's first three figures, then townships, places and the response."""
    impact = source.impact
    hit = hit_networks(impact)
    townships = [row for row in impact.townships if any(part.customers_hit for part in row.networks.values())]
    failed = sum(bool(row.failures) for row in impact.facilities if row.tier is not None)
    least = "至少 " if any(part.customers_unknown for _, part in hit) else ""
    people = sum(row.people_hit for row in impact.townships)
    each = f"人均 {hours(impact.people_hours_hit / people)}" if people else "没有人停供"
    customers = "；".join(
        f"{CUSTOMERS_OUT[key]} {at_least(part.customers_hit, part.customers_unknown)} 户" for key, part in hit
    )
    first = (
        ("受影响人数（人）", words(least + headline(people)), "每个镇街取最多的一网，不重复计"),
        ("停供人时（人·时）", words(least + headline(impact.people_hours_hit)), each),
        ("全部恢复用时", *_until_restored(impact)),
    )
    then = (
        ("受影响乡镇（街道）", words(str(len(townships))), listed([row.name for row in townships], 3) or "无"),
        ("重点保障单位曾失去供应", words(str(failed)), customers or "没有用户停供"),
        ("响应历时", *_response_lasted(source)),
    )
    return Headline(first), Headline(then), data_note(source, "以上数字")


def _until_restored(impact: Impact) -> tuple[Runs, str]:
    """From the first loss until all of every network was back, as the page counts it."""
    hit = hit_networks(impact)
    if not hit:
        return words("—"), "没有用户停供"
    first = min(datetime.fromisoformat(part.first_loss_at) for _, part in hit if part.first_loss_at is not None)
    back = [reached for _, part in hit if (reached := part.restored.get("100")) is not None]
    if len(back) < len(hit):
        return words("尚未恢复"), f"首次停供 {clock(first)}"
    last = max(datetime.fromisoformat(reached.at) for reached in back)
    return words(hours((last - first).total_seconds() / 3600)), f"首次停供 {clock(first)}至全部恢复 {clock(last)}"


def _response_lasted(source: ReportSource) -> tuple[Runs, str]:
    """From the first level that was started until the response was ended, or until the report's moment."""
    started = [row.at for row in source.review.levels if row.level is not None]
    if not started:
        return words("—"), "没有启动过响应"
    last = source.review.levels[-1]
    ends = datetime.fromisoformat(last.at) if last.level is None else source.at
    lasted = (ends - datetime.fromisoformat(started[0])).total_seconds() / 3600
    ended = "结束" if last.level is None else "尚未结束，截至"
    return words(hours(lasted)), f"启动 {clock(started[0])}至{ended} {clock(ends)}"


def cause_blocks(source: ReportSource, items: Sequence[Item]) -> tuple[Block, ...]:
    """Return cause, category and nature; what nobody has entered is a gap."""
    cause = next((item.runs for item in items if item.key == "cause"), None)
    if cause is None:
        given, _ = detail_runs(source, "cause")
        faults = sentence([told(source, item) for item in source.facts if item.fact.kind == "fault_located"][:10])
        cause = (*(given or (Gap("事件起因"),)), *faults)
    category, _ = detail_runs(source, "category")
    nature, _ = detail_runs(source, "nature")
    return (
        Heading("事件起因和性质"),
        Heading("起因", 2),
        Paragraph(cause),
        Heading("性质", 2),
        *((Paragraph((Text("事件类别："), *category)),) if category else ()),
        Paragraph(nature or (Gap("事件性质"),)),
    )


def resource_blocks(source: ReportSource) -> tuple[Block, ...]:
    """Return crews and units of the log, and what was entered of resources."""
    given, _ = detail_runs(source, "resources")
    crews = dict.fromkeys(fact.crew for _, fact in facts_of(source, CrewSent))
    units = [item for item, _ in facts_of(source, UnitPlaced)]
    said: list[Runs] = []
    if crews:
        said.append((Text(f"日志中派出的队伍 {len(crews)} 支：{listed(list(crews), 10)}"),))
    if units:
        said.append((Text(f"移动供应设备到位 {len(units)} 次"),))
    named = sentence([told(source, item) for item in units[:4]])
    return (
        Heading("投入资源"),
        *((Paragraph((*sentence(said), *named)),) if said else ()),
        Paragraph(given or (Gap("投入的人员、队伍、物资和经费"),)),
    )


def responsibility_blocks(source: ReportSource) -> tuple[Block, ...]:
    """Return what was found of responsibility."""
    given, _ = detail_runs(source, "responsibility")
    return (Heading("责任认定"), Paragraph(given or (Gap("责任认定"),)))


def lesson_blocks(source: ReportSource) -> tuple[Block, ...]:
    """Return the lessons that people drew, with what the log shows for them to judge."""
    given, _ = detail_runs(source, "lessons")
    plan = source.plan.evaluation
    asked = (Paragraph(words(f"预案要求（{plan.clause}）：{plan.text}"), "note"),) if plan is not None else ()
    return (
        Heading("经验教训和改进建议"),
        Paragraph(given or (Gap("经验教训和改进建议"),)),
        *asked,
    )
