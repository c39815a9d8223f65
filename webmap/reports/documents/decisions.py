"""What the commander has to decide now, from the picture and the plan: a few lines, the weightiest first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from webmap.reports.documents.evidence import networks_out
from webmap.reports.documents.phrasing import ZH, clipped, clock, listed, minutes

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

_MOST = 5
_LINE = 62


def decision_lines(source: ReportSource) -> tuple[str, ...]:
    """Return the lines, at least one: that nothing is to be decided now."""
    lines = tuple(clipped(line, _LINE) for line in islice(_lines(source), _MOST))
    return lines or ("按日志和预案，目前没有待决定的事项。",)


def _lines(source: ReportSource) -> Iterator[str]:
    yield from _level(source)
    yield from _unknown(source)
    yield from _report(source)
    yield from _warning(source)
    yield from _switching(source)
    yield from _measures(source)


def _level(source: ReportSource) -> Iterator[str]:
    level, running = source.assessment["level"], source.state.level
    now = None if running is None else running.level
    plan, asked = source.plan, level["level"]
    if asked == now or source.state.phase == "ended":
        return
    offices = "、".join(level["decided_by"])
    if plan.rank_of(asked) > plan.rank_of(now):
        verb = "启动" if now is None else "提高到"
        yield f"是否{verb} {asked} 级响应：由{offices}决定。"
    elif now is not None and plan.rank_of(level["could_rise_to"]) < plan.rank_of(now):
        yield f"是否降低或结束 {now} 级响应：按已知数据{'建议 ' + asked + ' 级' if asked else '不再建议响应'}。"


def _unknown(source: ReportSource) -> Iterator[str]:
    level = source.assessment["level"]
    if level["could_rise_to"] is None or source.state.phase == "ended":
        return
    figures = (source.plan.figure(key) for key in level["could_rise_by"])
    named = [figure.title.zh for figure in figures if figure is not None]
    yield f"请核实{listed(named, 3)}：可能升至 {level['could_rise_to']} 级。"


def _report(source: ReportSource) -> Iterator[str]:
    due = source.review.next_report
    if due is None:
        return
    if due.overdue_minutes:
        yield f"{due.title}已逾期 {minutes(due.overdue_minutes)}（{due.clause}），请立即报送。"
    elif due.due_at is not None:
        yield f"{due.title}应在 {clock(due.due_at)} 前报送（{due.clause}）。"
    elif due.at_once:
        yield f"{due.title}应立即报送（{due.clause}）。"


def _warning(source: ReportSource) -> Iterator[str]:
    if networks_out(source.assessment) and not source.state.warnings and source.state.phase != "ended":
        yield f"没有生效的预警，是否发布（{source.plan.warnings.clause}）。"


def _switching(source: ReportSource) -> Iterator[str]:
    for step in source.assessment["switching"]:
        gain = step["restores"]
        if step["action"] == "close" and step["advised"] and gain is not None and gain["customers"]:
            yield f"可合上{step['name']}，恢复 {ZH.number(gain['customers'])}户（先完成隔离）。"
            return


def _measures(source: ReportSource) -> Iterator[str]:
    review = source.review
    left = review.measures_due - review.measures_done
    if left > 0 and not review.ended:
        yield f"响应措施 {review.measures_due} 项，{left} 项没有落实记录，请督办。"
