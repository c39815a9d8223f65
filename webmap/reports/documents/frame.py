"""What every document has around its text: title, head lines, marks of each page, notes on where things are from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from webmap.incidents.entries import Correction
from webmap.incidents.told_upward import ReportSent
from webmap.reports.documents.evidence import facts_of, reports_sent
from webmap.reports.documents.model import (
    Aside,
    Block,
    Document,
    Gap,
    Heading,
    Kind,
    Paragraph,
    Runs,
    Text,
    plain,
    said_by,
    words,
)
from webmap.reports.documents.phrasing import day, moment

if TYPE_CHECKING:
    from webmap.incidents.records import Entry
    from webmap.reports.documents.item import Item
    from webmap.reports.source import ReportSource

_DRILL = "【演练】演练文件，不作为实际处置的依据"
_SYNTHETIC = "示例数据：含虚构资料，不反映真实设施和用户"


def framed(
    source: ReportSource, kind: Kind, title: str, blocks: Iterable[Block], issue: str, tables: Sequence[Block]
) -> Document:
    """Return a report upward; `issue` is which of its kind it is, `tables` stand after the signature as an annex."""
    office = source.plan.organisation.office.name
    head = (
        ("报送单位", words(office)),
        ("主送", _addressee(source)),
        ("期号", words(issue)),
        stands_at(source),
    )
    signed = Paragraph(words(f"{office}\n{day(source.made_at)}"), "signature")
    annex = (Heading("附：停供情况", counted=False), *tables) if tables else ()
    return document(source, kind, title, (*blocks, signed, *annex), head)


def document(
    source: ReportSource,
    kind: Kind,
    title: str,
    blocks: Iterable[Block],
    head: tuple[tuple[str, Runs], ...],
    clause: str | None = None,
) -> Document:
    """Return a document of an incident with its marks and notes; `brief` for what must stand on one page."""
    made = Document(
        kind=kind,
        title=title,
        subtitle=None,
        head=head,
        blocks=tuple(blocks),
        notes=(),
        marks=marks(source),
        author=source.made_by or source.plan.organisation.office.name,
        made_at=source.made_at,
        drill=source.opening.drill,
        brief=kind in {"briefing", "handover"},
    )
    return made.with_notes(tuple(_notes(source, made, clause or source.plan.reports.clause)))


def marks(source: ReportSource) -> tuple[str, ...]:
    """Return what stands on every page: that it is a drill, that there is made-up data."""
    said = ((source.opening.drill, _DRILL), (source.synthetic, _SYNTHETIC))
    return tuple(mark for holds, mark in said if holds)


def item_blocks(items: Iterable[Item]) -> tuple[Block, ...]:
    """Return the items as sections, each headed by the plan's words."""
    return tuple(block for item in items for block in (Heading(item.title), Paragraph(item.runs)))


def _addressee(source: ReportSource) -> Runs:
    """Whom the reports went to so far, before the first whom the plan names; a person decides when it is sent."""
    sent = reports_sent(source) or facts_of(source, ReportSent)
    if sent:
        item, fact = sent[-1]
        return (*words(fact.to), *said_by([item.number]))
    reports = source.plan.reports
    return (Gap("主送机关"),) if reports.receivers is None else (Text(reports.receivers), Aside(reports.clause))


def stands_at(source: ReportSource) -> tuple[str, Runs]:
    """Return which moment a document tells of; where it rests on what was written later, up to which entry, too."""
    at = moment(source.at)
    later = _written_later(source)
    if later is None:
        return "信息截至", words(at)
    return "情况截至", words(f"{at}；日志读到第 {later.number} 条（{moment(later.written_at)}写入）")


def _written_later(source: ReportSource) -> Entry | None:
    """The last entry, if any entry that tells of the time up to the report's moment was written after it."""
    entries = source.log.entries
    for entry in entries:
        fact = entry.fact
        told_of = entries[fact.corrects - 1].fact if isinstance(fact, Correction) else fact
        if entry.written_at > source.at and told_of.happened_at <= source.at:
            return entries[-1]
    return None


def _notes(source: ReportSource, made: Document, clause: str) -> Iterable[str]:
    plan = source.plan
    yield f"依据《{plan.title.zh}》（{plan.document_number}）{clause}编制。"
    made_at = moment(source.made_at)
    label, at = stands_at(source)
    read = f"事件日志读到第 {source.known} 条，" if label == "信息截至" else ""
    yield f"{read}{label}{plain(at)}，{made_at}生成；〔第 N 条〕为日志编号。"
    yield f"注明“推算”的数字由日志和数据版本 {source.data_version[:12]} 计算得出，不是现场统计。"
    if source.gone:
        yield f"日志写到的 {len(source.gone)} 处在现有数据里已经没有，未计入推算：实际影响可能更大。"
    if source.synthetic:
        yield "数据为示例数据，含虚构资料，不得作为真实情况使用。"
    if not source.restricted:
        hidden = len(source.all_facts) - len(source.facts)
        yield "不含限制公开的单位" + (f"；另有 {hidden} 条记录涉及这些单位，没有列出。" if hidden else "。")
    if made.gaps():
        yield f"【待补】{len(made.gaps())} 项：日志中没有，需核实后填写。"
