"""Which report was due when, and which is next (energy plan 4.1, heating plan 4.1), told by the plan's data.

A first report is due at once, and where the plan says so a written one so many minutes after one by telephone; who
reports in writing at once owes no second one. Follow-ups are due by the running level's interval (`follow_ups`);
without an interval, and for the final report, the plans name no minutes. An answer has a limit from a question that
no log holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from priority.plans import Language, Plan
from priority.wording import Phrases
from webmap.incidents.effective import Effective
from webmap.incidents.moments import as_entered
from webmap.reviews.folding import MOST_IN_A_ROW, folded
from webmap.reviews.follow_ups import Due, FollowUp, Grid, grid_of
from webmap.reviews.results import NextReport, ReportKind, ReportRow, ReportState
from webmap.reviews.rules import Rules, minutes_between
from webmap.reviews.sent import Sent, sent_reports
from webmap.reviews.spans import Episode, Span, episodes, happened, level_spans

#: Reports that tell of the event itself: any of them may be the first.
_TELLING = frozenset({"first_spoken", "first_written", "follow_up"})


@dataclass(frozen=True)
class Duties:
    """All that reports are judged by: what was sent, which levels ran, what their intervals asked for."""

    rules: Rules
    at: datetime
    reports: tuple[Sent, ...]
    spans: tuple[Span, ...]
    episodes: tuple[Episode, ...]
    grid: Grid

    @property
    def first(self) -> Sent | None:
        """The first report that went up."""
        return next((report for report in self.reports if report.kind in _TELLING), None)

    @property
    def ended(self) -> bool:
        """Whether the incident has ended."""
        return bool(self.episodes) and self.episodes[-1].ends is not None

    @property
    def written_due(self) -> datetime | None:
        """When the written report after one by telephone is due, None where none is."""
        minutes = self.rules.plan.reports.first_written_minutes
        if minutes is None or self.first is None or self.first.kind != "first_spoken":
            return None
        return self.first.at + timedelta(minutes=minutes)

    @property
    def written(self) -> Sent | None:
        """The first written report."""
        return next((report for report in self.reports if report.kind == "first_written"), None)

    @property
    def owes_final(self) -> bool:
        """Whether a final report is asked for and not recorded: of a false alarm that nobody was told of none is."""
        if not self.ended or not self.rules.plan.reports.final_written or not (self.reports or self.spans):
            return False
        return not any(report.kind == "final" and report.at >= self.episodes[-1].begins for report in self.reports)


def duties_of(plan: Plan, facts: Sequence[Effective], at: datetime, language: Language) -> Duties:
    """Read an incident's reports and levels up to a moment."""
    past = happened(facts, at)
    reports, spans = sent_reports(past), level_spans(past)
    grid = grid_of(plan, spans, reports, at)
    rules = Rules(plan, Phrases(language))
    return Duties(rules, at, tuple(reports), tuple(spans), tuple(episodes(past)), grid)


def next_report(plan: Plan, facts: Sequence[Effective], at: datetime, language: Language = "zh") -> NextReport | None:
    """Return the report to be sent next at a moment; None where none is asked for, and for a log without facts.

    Cheap: no picture is made. Times have the offset of the fact that they follow from.
    """
    duties = duties_of(plan, facts, at, language)
    if not duties.episodes:
        return None
    if duties.first is None and not duties.ended:
        due = _grid_due(duties)
        latest = None if due is None else due.at
        return _next(duties, "first_spoken", latest, duties.rules.first(_running(duties)), at_once=True)
    candidates: list[tuple[datetime, int, ReportKind, str]] = []
    if duties.written_due is not None and duties.written is None:
        candidates.append((duties.written_due, 0, "first_written", duties.rules.written()))
    if (due := _grid_due(duties)) is not None and not duties.ended:
        candidates.append((due.at, 1, "follow_up", _rule_of(duties, due)))
    if candidates:
        moment, _, kind, rule = min(candidates, key=lambda item: item[:2])
        return _next(duties, kind, moment, rule)
    if not duties.ended:
        return _next(duties, "follow_up", None, duties.rules.no_interval(_running(duties)))
    return _next(duties, "final", None, duties.rules.final()) if duties.owes_final else None


def _running(duties: Duties) -> str | None:
    return duties.spans[-1].level if duties.spans and duties.spans[-1].ends is None else None


def _grid_due(duties: Duties) -> Due | None:
    """The first report that was or will be due since the last one."""
    return duties.grid.missed[0].first if duties.grid.missed else duties.grid.next


def _rule_of(duties: Duties, due: Due) -> str:
    return duties.rules.interval(due.level, kept=due.kept)


def _interval(duties: Duties, kind: ReportKind, due: datetime | None) -> float | None:
    """The minutes from one report to the next, or in which the written one follows the call."""
    plan, running = duties.rules.plan, _running(duties)
    if due is None:
        return None
    if kind == "first_written":
        return plan.reports.first_written_minutes
    return next((level.report_every_minutes for level in plan.levels if level.level == running), None)


def _next(duties: Duties, kind: ReportKind, due: datetime | None, rule: str, *, at_once: bool = False) -> NextReport:
    return NextReport(
        kind=kind,
        title=duties.rules.title(kind),
        due_at=None if due is None else as_entered(due),
        at_once=at_once,
        overdue_minutes=0.0 if due is None else max(0.0, minutes_between(due, duties.at)),
        clause=duties.rules.plan.reports.clause,
        rule=rule,
        interval_minutes=_interval(duties, kind, due),
    )


def report_rows(duties: Duties) -> list[ReportRow]:
    """Return every report that was due or sent, in the order of sending, else of being due."""
    if not duties.episodes:
        return []
    rows = [*_first_rows(duties), *_follow_up_rows(duties), *_other_rows(duties)]
    return folded([row for _, row in sorted(rows, key=lambda item: item[0])], duties.rules.phrases)


_Placed = tuple[datetime, ReportRow]


def _first_rows(duties: Duties) -> list[_Placed]:
    rules, first = duties.rules, duties.first
    if first is None:
        state: ReportState = "missing" if duties.ended else "waiting"
        placed = [(duties.episodes[0].begins, _row(duties, "first_spoken", None, None, state, rules.first(None)))]
    elif first.kind == "follow_up":
        placed = [(first.at, _row(duties, "first_spoken", None, None, "missing", rules.first(None)))]
    else:
        placed = [(first.at, _row(duties, first.kind, None, first, "no_deadline", rules.first(None)))]
    due = duties.written_due
    if due is not None:
        placed.append((due, _judged(duties, "first_written", due, duties.written, rules.written())))
    counted = {id(first), id(duties.written) if due is not None else None}
    more = [report for report in duties.reports if report.kind.startswith("first_") and id(report) not in counted]
    return placed + [(item.at, _row(duties, item.kind, None, item, "no_deadline", rules.further())) for item in more]


def _follow_up_rows(duties: Duties) -> list[_Placed]:
    rules = duties.rules
    rows = [*duties.grid.rows, *duties.grid.not_sent]
    if duties.grid.next is not None:
        rows.append(FollowUp(duties.grid.next, None))
    placed = []
    for item in rows:
        if item.due is None:
            assert item.sent is not None  # noqa: S101  one of the two is there
            rule = rules.no_interval(_level_at(duties, item.sent.at))
            placed.append((item.sent.at, _row(duties, "follow_up", None, item.sent, "no_deadline", rule)))
            continue
        moment = item.due.at if item.sent is None else item.sent.at
        row = _judged(duties, "follow_up", item.due.at, item.sent, _rule_of(duties, item.due))
        placed += [(moment, row)] if item.count == 1 else _each(row, item.due, item.count)
    return placed


def _each(row: ReportRow, first: Due, count: int) -> list[_Placed]:
    """Missing reports, one row each; more than are ever told one by one in one row."""
    if count > MOST_IN_A_ROW:
        last = first.at + (count - 1) * first.interval
        return [(first.at, row.model_copy(update={"count": count, "due_until": as_entered(last)}))]
    moments = [first.at + place * first.interval for place in range(count)]
    return [(moment, row.model_copy(update={"due_at": as_entered(moment)})) for moment in moments]


def _level_at(duties: Duties, moment: datetime) -> str | None:
    running = [span for span in duties.spans if span.begins <= moment and (span.ends is None or moment < span.ends)]
    return running[-1].level if running else None


def _other_rows(duties: Duties) -> list[_Placed]:
    rules = duties.rules
    placed = []
    for report in duties.reports:
        if report.kind == "answer":
            known = rules.plan.reports.answer_minutes is None
            state: ReportState = "no_deadline" if known else "unknown"
            placed.append((report.at, _row(duties, "answer", None, report, state, rules.answer())))
        elif report.kind == "final":
            placed.append((report.at, _row(duties, "final", None, report, "no_deadline", rules.final())))
    if duties.owes_final:
        placed.append((duties.at, _row(duties, "final", None, None, "waiting", rules.final())))
    return placed


def _judged(duties: Duties, kind: ReportKind, due: datetime, sent: Sent | None, rule: str) -> ReportRow:
    if sent is None:
        return _row(duties, kind, due, None, "missing" if due < duties.at else "waiting", rule)
    return _row(duties, kind, due, sent, "late" if sent.at > due else "in_time", rule)


def _row(
    duties: Duties, kind: ReportKind, due: datetime | None, sent: Sent | None, state: ReportState, rule: str
) -> ReportRow:
    late = minutes_between(due, sent.at) if state == "late" and due is not None and sent is not None else None
    return ReportRow(
        kind=kind,
        title=duties.rules.title(kind),
        due_at=None if due is None else as_entered(due),
        sent_at=None if sent is None else as_entered(sent.at),
        entry=None if sent is None else sent.number,
        late_minutes=late,
        state=state,
        state_title=duties.rules.phrases.write(f"review.report.{state}"),
        to=None if sent is None else duties.rules.phrases.join(sent.to),
        clause=duties.rules.plan.reports.clause,
        rule=rule,
    )
