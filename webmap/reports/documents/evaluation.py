"""The evaluation report after the end (energy plan 5.2, heating plan 5.4): cause, nature, impact, response, lessons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webmap.reports.documents import review_tables as tables
from webmap.reports.documents.computed_items import damage_numbers
from webmap.reports.documents.evaluation_texts import (
    cause_blocks,
    lesson_blocks,
    overview_blocks,
    resource_blocks,
    responsibility_blocks,
)
from webmap.reports.documents.evidence import data_note
from webmap.reports.documents.frame import document, stands_at
from webmap.reports.documents.hindsight import hindsight_blocks
from webmap.reports.documents.impact_tables import (
    classes_table,
    definitions_table,
    facilities_table,
    heating_lines,
    indices_table,
    networks_table,
    townships_impact_table,
)
from webmap.reports.documents.items import items_of
from webmap.reports.documents.model import Block, Contents, Document, Heading, PageBreak, Paragraph, words
from webmap.reports.documents.phrasing import day
from webmap.reports.documents.pictures import Draw, Pictures
from webmap.reports.documents.told_items import course_of

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

_FIGURES = 6


def evaluation_report(source: ReportSource, draw: Draw) -> Document:
    """Return the evaluation report; without damage in the log it has no figures and no impact."""
    pictures = Pictures(source, draw, _FIGURES)
    plan, name = source.plan, source.opening.name
    clause = plan.evaluation.clause if plan.evaluation is not None else None
    title = f"“{name}”应急处置{plan.evaluation.title if plan.evaluation is not None else '总结评估'}报告"
    head = (
        ("编制单位", words(plan.organisation.headquarters.name)),
        ("依据", words(f"《{plan.title.zh}》{clause or ''}")),
        stands_at(source),
    )
    blocks = (
        Contents(),
        PageBreak(),
        *overview_blocks(source),
        *cause_blocks(source, items_of(source, "evaluation")),
        *_impact(source, pictures),
        *_course(source, pictures),
        *_response(source, pictures),
        *resource_blocks(source),
        *responsibility_blocks(source),
        *lesson_blocks(source),
        *hindsight_blocks(source),
        Paragraph(words(f"{plan.organisation.headquarters.name}\n{day(source.made_at)}"), "signature"),
        *_annexes(source),
    )
    return document(source, "evaluation", title, blocks, head, clause)


def _impact(source: ReportSource, pictures: Pictures) -> tuple[Block, ...]:
    if not damage_numbers(source):
        return (Heading("事件影响"), Paragraph(words("没有可据以推算停供影响的受损记录。")))
    impact = source.impact
    return (
        Heading("事件影响"),
        Heading("停供与恢复", 2),
        *networks_table(impact),
        *heating_lines(impact),
        *pictures.figures(["loss_chart"]),
        Heading("各乡镇（街道）", 2),
        *townships_impact_table(impact),
        *pictures.figures(["loss_map", "bivariate_map", "multiples_map"]),
        Heading("重点保障单位", 2),
        *classes_table(impact),
        *facilities_table(impact),
        Heading("供应可靠性", 2),
        *indices_table(impact),
        data_note(source, "以上数字定义见附件二，"),
    )


def _course(source: ReportSource, pictures: Pictures) -> tuple[Block, ...]:
    review = source.review
    told = (Paragraph(course_of(source).runs),) if source.facts else ()
    chart = pictures.figures(["timeline_chart"]) if source.facts else ()
    return (
        Heading("应急处置过程"),
        Paragraph(words(review.sentence)),
        *told,
        *tables.levels_table(review),
        *tables.warnings_table(review),
        *chart,
    )


def _response(source: ReportSource, pictures: Pictures) -> tuple[Block, ...]:
    review = source.review
    reserves = tables.reserves_table(review)
    chart = pictures.figures(["reserves_chart"]) if reserves else ()
    ranking = tables.ranking_table(review)
    parts: tuple[tuple[str, tuple[Block, ...]], ...] = (
        ("信息报告", tables.reports_table(review)),
        ("响应措施", (*_measured(source), *tables.measures_table(review))),
        ("处置时效", tables.delays_table(review)),
        ("备用预测与实际", (*reserves, *chart)),
        ("保障次序与恢复先后", ranking),
    )
    told = tuple(block for title, blocks in parts if blocks for block in (Heading(title, 2), *blocks))
    return (Heading("对照预案的响应情况"), *told, *tables.missing_lines(review))


def _measured(source: ReportSource) -> tuple[Block, ...]:
    review = source.review
    if not review.measures_due:
        return ()
    said = f"应落实措施 {review.measures_due} 项，日志中有落实记录的 {review.measures_done} 项。"
    return (Paragraph(words(said)),)


def _annexes(source: ReportSource) -> tuple[Block, ...]:
    course = tables.course_table(source.review)
    definitions = definitions_table(source.impact) if damage_numbers(source) else ()
    assumed = [*(source.impact.assumptions if definitions else ()), *source.review.assumptions]
    said = dict.fromkeys(f"{row.text}（{row.clause}）" if row.clause else row.text for row in assumed)
    return (
        PageBreak(),
        Heading("附件一　大事记", counted=False),
        *course,
        Heading("附件二　指标定义与研判前提", counted=False),
        *definitions,
        *(Paragraph(words(f"{place}. {text}"), "note") for place, text in enumerate(said, start=1)),
    )
