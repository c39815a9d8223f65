"""The reports that went up: what several people registered within minutes is one report to all its recipients."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from webmap.incidents.effective import Effective
from webmap.incidents.entries import ReportSent
from webmap.reviews.results import ReportKind

#: Entries of one kind within this time of the first of them tell of one report.
ONE_REPORT = timedelta(minutes=5)


@dataclass(frozen=True)
class Sent:
    """A report that went up: when, to whom, and the number of the entry that says so; of several the first one's."""

    kind: ReportKind
    at: datetime
    number: int
    to: tuple[str, ...]


def sent_reports(facts: Iterable[Effective]) -> list[Sent]:
    """Return the reports in the order of sending; those withdrawn are not among the effective facts.

    Several officers register what they sent together, each for a recipient: that is one report, which was sent once.
    """
    found: list[Sent] = []
    last: dict[ReportKind, int] = {}
    for item in sorted(facts, key=lambda item: (item.fact.happened_at, item.number)):
        fact = item.fact
        if not isinstance(fact, ReportSent):
            continue
        place = last.get(fact.report)
        if place is not None and fact.happened_at - found[place].at <= ONE_REPORT:
            before = found[place]
            found[place] = replace(before, to=tuple(dict.fromkeys((*before.to, fact.to))))
        else:
            last[fact.report] = len(found)
            found.append(Sent(fact.report, fact.happened_at, item.number, (fact.to,)))
    return found
