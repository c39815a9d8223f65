"""Tables of the response against the plan: what was due when, and done when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webmap.reports.documents.model import Block, Column, Paragraph, Runs, Table, said_by, words
from webmap.reports.documents.phrasing import minutes, stamp

if TYPE_CHECKING:
    from webmap.reviews import Review
    from webmap.reviews.results import CorrectionRow

_MOST_PLACES = 30


def _entry(number: int | None) -> Runs:
    return words("—") if number is None else words(str(number))


def reports_table(review: Review) -> tuple[Block, ...]:
    """Return each report that was due or sent; nothing where none was."""
    columns = (
        Column("报告", 1),
        Column("应报", 1.3),
        Column("实报", 1.3),
        Column("情况", 1.4),
        Column("报送", 2),
        Column("依据", 0.6),
        Column("日志", 0.7, figures=True),
    )
    rows = tuple(
        (
            words(row.title),
            words(stamp(row.due_at)),
            words(stamp(row.sent_at)),
            words(row.state_title + (f" {minutes(row.late_minutes)}" if row.late_minutes else "")),
            words(row.to or "—"),
            words(row.clause),
            _entry(row.entry),
        )
        for row in review.reports
    )
    return (Table(columns, rows, "信息报告情况"),) if rows else ()


def measures_table(review: Review) -> tuple[Block, ...]:
    """Return the measures of the levels that ran, with what the log shows of each."""
    columns = (
        Column("条款", 0.9),
        Column("措施", 4.2),
        Column("应自", 1.3),
        Column("落实", 1.3),
        Column("情况", 1),
        Column("日志", 0.7, figures=True),
    )
    rows = tuple(
        (
            words(row.clause or "—"),
            words(row.text + (f"（{row.by or row.unit}）" if row.by or row.unit else "")),
            words(stamp(row.due_from)),
            words(stamp(row.done_at)),
            words(row.state_title),
            _entry(row.entry),
        )
        for row in review.measures
    )
    return (Table(columns, rows, "响应措施落实情况"),) if rows else ()


def delays_table(review: Review) -> tuple[Block, ...]:
    """Return how long it took from one step to the next, as far as both are recorded."""
    columns = (Column("环节", 2.6), Column("起", 1.3), Column("止", 1.3), Column("用时", 1.4, figures=True))
    rows = tuple(
        (words(row.title), words(stamp(row.from_at)), words(stamp(row.to_at)), words(minutes(row.minutes)))
        for row in review.delays
        if row.minutes is not None
    )
    return (Table(columns, rows, "处置时效"),) if rows else ()


def levels_table(review: Review) -> tuple[Block, ...]:
    """Return the levels that were started, changed to and ended, and the command handed over meanwhile."""
    columns = (
        Column("时间", 1.3),
        Column("响应级别", 1),
        Column("决定机关", 1.2),
        Column("当时建议", 1),
        Column("理由", 3.2),
        Column("日志", 0.7, figures=True),
    )
    rows = tuple(
        (
            words(stamp(row.at)),
            words("结束" if row.level is None else f"{row.level} 级"),
            words(row.office),
            words("—" if row.level is None else (f"{row.recommended} 级" if row.recommended else "无")),
            words(row.reason or "—"),
            _entry(row.entry),
        )
        for row in review.levels
    )
    tables = (Table(columns, rows, "应急响应的启动、调整和结束"),) if rows else ()
    return (*tables, *_handovers(review))


def _handovers(review: Review) -> tuple[Block, ...]:
    """The command with a headquarters above; nothing where it never was."""
    columns = (
        Column("移交", 1.3),
        Column("接管", 2.2),
        Column("收回", 1.3),
        Column("理由", 3.2),
        Column("日志", 0.7, figures=True),
    )
    rows = tuple(
        (words(stamp(row.at)), words(row.to), words(stamp(row.back_at)), words(row.reason), _entry(row.entry))
        for row in review.handovers
    )
    return (Table(columns, rows, "指挥处置权的移交"),) if rows else ()


def warnings_table(review: Review) -> tuple[Block, ...]:
    """Return the warnings that were issued; nothing where none was."""
    columns = (
        Column("预警", 1.4),
        Column("发布", 1.3),
        Column("解除", 1.6),
        Column("范围", 2.6),
        Column("日志", 0.7, figures=True),
    )
    rows = []
    for row in review.warnings:
        over = stamp(row.lifted_at)
        if row.lifted_at is None and row.replaced_by is not None:
            over = f"由第 {row.replaced_by} 条更新"
        elif row.lifted_at is None and row.expires_at is not None:
            over = f"有效期至 {stamp(row.expires_at)}"
        told = (row.title, stamp(row.issued_at), over, row.scope)
        rows.append((*(words(text) for text in told), _entry(row.entry)))
    return (Table(columns, tuple(rows), "预警发布与解除"),) if rows else ()


def reserves_table(review: Review) -> tuple[Block, ...]:
    """Return what was foreseen of places on a reserve, and what came: those of the plan's list first."""
    shown = sorted(review.reserves, key=lambda row: (row.tier is None, row.on_reserve_from))[:_MOST_PLACES]
    columns = (
        Column("单位", 1.8),
        Column("靠备用起", 1.3),
        Column("预计用尽", 1.3),
        Column("实际失去供应", 1.5),
        Column("相差", 1.1, figures=True),
        Column("结果", 2),
    )
    rows = tuple(
        (
            words(row.name),
            words(stamp(row.on_reserve_from)),
            words(stamp(row.forecast_fails_at)),
            words(stamp(row.failed_at)),
            words(minutes(row.error_minutes)),
            (*words(row.outcome_title + (f"：{row.saved_by}" if row.saved_by else "")), *_by(row.saved_by_entry)),
        )
        for row in shown
    )
    more = len(review.reserves) - len(shown)
    told = f"另有 {more} 家（全部单位，含学校、热源等），见附带的数据文件。"
    note = (Paragraph(words(told), "note"),) if more else ()
    return (Table(columns, rows, "备用预测与实际"), *note) if rows else ()


def _by(number: int | None) -> Runs:
    return () if number is None else said_by([number])


def ranking_table(review: Review) -> tuple[Block, ...]:
    """Return the ranking beside the order in which places came back."""
    ranking = review.ranking
    columns = (
        Column("保障次序", 0.8, figures=True),
        Column("单位", 3),
        Column("预案类别", 0.8, figures=True),
        Column("恢复时间", 1.3),
        Column("恢复先后", 0.8, figures=True),
    )
    rows = tuple(
        (
            words(str(row.rank)),
            words(row.name),
            words("—" if row.tier is None else str(row.tier)),
            words(stamp(row.back_at)),
            words("—" if row.returned is None else str(row.returned)),
        )
        for row in ranking.order[:20]
    )
    said = (Paragraph(words(ranking.sentence)),) if ranking.sentence else ()
    return (*said, Table(columns, rows, "保障次序与恢复先后")) if rows else said


def corrections_table(review: Review) -> tuple[Block, ...]:
    """Return what was corrected afterwards: what had been said, what counts now, and why."""
    columns = (
        Column("更正", 0.8),
        Column("写入时间", 1.4),
        Column("原记录（发生时间、内容）", 2.4),
        Column("现记录（发生时间、内容）", 2.4),
        Column("原因", 1.8),
    )
    rows = tuple(
        (
            words(f"第 {row.number} 条更正第 {row.corrects} 条"),
            words(stamp(row.written_at)),
            words(f"{before} {row.said_before}"),
            words("撤回" if row.said_after is None else f"{after} {row.said_after}"),
            words(row.reason or "—"),
        )
        for row in review.corrections
        for before, after in [_corrected_times(row)]
    )
    return (Table(columns, rows, "更正记录"),) if rows else ()


def _corrected_times(row: CorrectionRow) -> tuple[str, str]:
    """When it happened as first said and as it counts since, with year and seconds where only they differ."""
    before, after = row.happened_at, row.happened_at_after or row.happened_at
    if before != after and stamp(before) == stamp(after):
        return before[:19].replace("T", " "), after[:19].replace("T", " ")
    return stamp(before), stamp(after)


def course_table(review: Review) -> tuple[Block, ...]:
    """Return the timeline: all that counts, in the order of happening, small, each with its entry's number."""
    columns = (Column("时间", 1), Column("内容〔日志编号〕", 7))
    rows = tuple((words(stamp(row.at)), words(f"{row.said}〔{row.entry}〕")) for row in review.course)
    return (Table(columns, rows, "大事记", small=True),) if rows else ()


def missing_lines(review: Review) -> tuple[Block, ...]:
    """Return in a sentence what the log does not show; nothing where it shows all."""
    late = [row for row in review.reports if row.state == "late"]
    missing = sum(row.count for row in review.reports if row.state == "missing")
    undone = [row for row in review.measures if row.state == "ended_undone"]
    said = [
        f"{len(late)} 次报告迟于规定时限" if late else "",
        f"{missing} 次应报而日志中没有" if missing else "",
        f"{len(undone)} 项措施在响应结束时日志中没有落实记录" if undone else "",
    ]
    found = "；".join(part for part in said if part)
    if not found:
        return ()
    return (Paragraph(words(f"日志显示：{found}。没有记录不等于没有做，须逐项核实。")),)
