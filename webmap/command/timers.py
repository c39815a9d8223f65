"""Which report is due next and what was sent: the deadlines of the review with what a timer and a form need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webmap.command.results import SentRow, Timers
from webmap.incidents.entries import ReportSent
from webmap.incidents.moments import as_entered
from webmap.reviews.deadlines import next_report
from webmap.reviews.rules import Rules

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource


def timers_of(source: ReportSource) -> Timers:
    """Return the timers at the source's moment; in a log without reports `sent` is empty."""
    reports = source.plan.reports
    due = next_report(source.plan, source.facts, source.at, source.language)
    sent = _sent(source)
    return Timers(
        next=due,
        interval_minutes=None if due is None else due.interval_minutes,
        clause=reports.clause,
        receivers=reports.receivers,
        last_to=sent[0].to if sent else None,
        sent=sent,
    )


def _sent(source: ReportSource) -> tuple[SentRow, ...]:
    rules = Rules(source.plan, source.prose.phrases)
    found = [
        SentRow(
            entry=item.number,
            kind=item.fact.report,
            title=rules.title(item.fact.report),
            at=as_entered(item.fact.happened_at),
            to=item.fact.to,
            by=item.author_name,
            text=item.fact.text,
        )
        for item in source.facts
        if isinstance(item.fact, ReportSent)
    ]
    return tuple(reversed(found))
