"""The log and the response against the plan as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from layers.schema import Title
from webmap.api.log.entry_documents import entry_documents
from webmap.exports.tables import in_language
from webmap.languages import Language
from webmap.reports.china_time import china_text
from webmap.reports.files.tables import ReportTable, integer, moment, number, text

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource
    from webmap.reviews.results import Review

_LATE = Title("补记", "Written late")
_WITHDRAWN = Title("已撤回（第 {} 条）", "Withdrawn by entry {}")
_CORRECTED = Title("已更正（第 {} 条）：{} {}", "Corrected by entry {}: {} {}")
_REPORT = Title("信息报告", "Report")
_MEASURE = Title("应急措施", "Measure")
_DELAY = Title("时间间隔", "Delay")
_REACHED = Title("已完成", "Done")
_NOT_REACHED = Title("未见记录", "Not recorded")


def log_table(source: ReportSource) -> ReportTable:
    """One row an entry, as the viewer may read it, in the order of writing."""
    columns = (
        integer("number", "序号", "Number"),
        moment("happened_at", "发生时间", "Happened at"),
        moment("written_at", "记录时间", "Written at"),
        text("author", "记录人", "Author"),
        text("said", "内容", "What it says", long=True),
        text("clause", "条款", "Clause"),
        text("remark", "更正与说明", "Corrections and remarks", long=True),
        text("kind", "类型代码", "Kind"),
    )
    documents = entry_documents(
        source.log.entries, source.log.entries, source.reader, source.prose, drill=source.opening.drill
    )
    records = [
        {
            **document,
            "written_at": china_text(entry.written_at),
            "remark": _remark(document, source.language),
        }
        for entry, document in zip(source.log.entries, documents, strict=True)
    ]
    return ReportTable("log", Title("事件日志", "Log"), columns, records)


def _remark(document: dict[str, Any], language: Language) -> str | None:
    said = [in_language(_LATE, language)] if document["late"] else []
    if document["withdrawn"]:
        said.append(in_language(_WITHDRAWN, language).format(document["corrected_by"]))
    elif document["counts"] is not None:
        counts = document["counts"]
        happened = counts["happened_at"][:16].replace("T", " ")
        said.append(in_language(_CORRECTED, language).format(document["corrected_by"], happened, counts["said"]))
    return ("；" if language == "zh" else "; ").join(said) or None


def course_table(review: Review) -> ReportTable:
    """One row a step of what happened, as it counts now, in the order of happening."""
    columns = (
        moment("at", "时间", "Time"),
        text("said", "经过", "What happened", long=True),
        integer("entry", "日志序号", "Entry"),
    )
    records = [row.model_dump(mode="json") for row in review.course]
    return ReportTable("course", Title("事件经过", "Course of events"), columns, records)


def response_table(review: Review, language: Language) -> ReportTable:
    """Reports, measures and delays: what was due when, and when it was done."""
    columns = (
        text("group", "类别", "Group"),
        text("item", "事项", "Item", long=True),
        text("clause", "条款", "Clause"),
        text("unit", "责任单位", "Unit"),
        text("to", "报送对象", "Sent to"),
        text("level", "响应级别", "Level"),
        moment("from_at", "起算时间", "Counted from"),
        moment("due_at", "应完成时间", "Due at"),
        moment("done_at", "完成时间", "Done at"),
        number("minutes", "用时或迟报（分钟）", "Minutes taken or late"),
        text("state", "状态", "State"),
        integer("entry", "日志序号", "Entry"),
    )
    records = [*_reports(review, language), *_measures(review, language), *_delays(review, language)]
    return ReportTable("response", Title("响应对照", "Response against the plan"), columns, records)


def _reports(review: Review, language: Language) -> Iterator[dict[str, Any]]:
    for row in review.reports:
        yield {
            "group": in_language(_REPORT, language),
            "item": row.title,
            "clause": row.clause,
            "to": row.to,
            "due_at": row.due_at,
            "done_at": row.sent_at,
            "minutes": row.late_minutes,
            "state": row.state_title,
            "entry": row.entry,
        }


def _measures(review: Review, language: Language) -> Iterator[dict[str, Any]]:
    for row in review.measures:
        yield {
            "group": in_language(_MEASURE, language),
            "item": row.text,
            "clause": row.clause,
            "unit": row.by or row.unit,
            "level": row.level,
            "from_at": row.due_from,
            "done_at": row.done_at,
            "minutes": None if row.hours is None else round(row.hours * 60, 1),
            "state": row.state_title,
            "entry": row.entry,
        }


def _delays(review: Review, language: Language) -> Iterator[dict[str, Any]]:
    for row in review.delays:
        yield {
            "group": in_language(_DELAY, language),
            "item": row.title,
            "from_at": row.from_at,
            "done_at": row.to_at,
            "minutes": row.minutes,
            "state": in_language(_NOT_REACHED if row.minutes is None else _REACHED, language),
            "entry": row.to_entry,
        }
