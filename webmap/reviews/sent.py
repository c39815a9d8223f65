"""The reports that went up: what was sent at one moment to several recipients is one report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from webmap.incidents.effective import Effective
from webmap.incidents.entries import ReportSent
from webmap.reviews.results import ReportKind


@dataclass(frozen=True)
class Sent:
    """A report that went up: when, to whom, and the number of the (first) entry that says so."""

    kind: ReportKind
    at: datetime
    number: int
    to: tuple[str, ...]


def sent_reports(facts: Iterable[Effective]) -> list[Sent]:
    """Return the reports in the order of sending; those withdrawn are not among the effective facts."""
    found: dict[tuple[datetime, str], Sent] = {}
    for item in facts:
        fact = item.fact
        if not isinstance(fact, ReportSent):
            continue
        key = (fact.happened_at, fact.report)
        before = found.get(key)
        if before is None:
            found[key] = Sent(fact.report, fact.happened_at, item.number, (fact.to,))
        else:
            found[key] = replace(before, to=tuple(dict.fromkeys((*before.to, fact.to))))
    return list(found.values())
