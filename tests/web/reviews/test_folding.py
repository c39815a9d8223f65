"""Reports that nobody recorded for long: told in one row, and counted all."""

from __future__ import annotations

from datetime import timedelta

from priority.plans import load_plan
from tests.web.incidents.logs import START, fact, log_of
from webmap.incidents.effective import effective_facts
from webmap.reviews.deadlines import duties_of, report_rows
from webmap.reviews.folding import MOST_IN_A_ROW
from webmap.reviews.results import ReportRow
from webmap.reviews.review import reports_counted

STARTED = [
    fact("reported", 0, text="东站停电"),
    fact("report_sent", 1, to="区委", report="first_spoken"),
    fact("level_started", 10, office="办公室主任", level="III", recommended="III"),
]


def rows_after(hours: float) -> list[ReportRow]:
    facts = effective_facts(log_of(STARTED).entries)
    return report_rows(duties_of(load_plan("energy-chengqu"), facts, START + timedelta(hours=hours), "zh"))


def missing(rows: list[ReportRow]) -> list[ReportRow]:
    return [row for row in rows if row.state == "missing"]


def test_a_few_missing_reports_are_told_one_by_one() -> None:
    rows = missing(rows_after(3 * MOST_IN_A_ROW + 1))
    assert [row.count for row in rows] == [1] * MOST_IN_A_ROW


def test_more_are_told_in_one_row_and_counted_all() -> None:
    rows = rows_after(24 * 365 * 5)
    (row,) = missing(rows)
    assert row.count == (24 * 365 * 5 * 60 - 10) // 180
    assert (row.due_at, row.due_until) == ("2026-01-12T11:10:00+08:00", "2031-01-11T05:10:00+08:00")
    assert row.state_title == f"未见记录（连续 {row.count} 次）"
    assert reports_counted(rows) == (row.count, 0)
    assert [one.state for one in rows[-1:]] == ["waiting"]
