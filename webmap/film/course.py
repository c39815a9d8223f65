"""What a film tells of the log: its entries as they come up, the level that runs, the report that is due next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from webmap.film.telling import Mode, Telling, told_at, whole_second
from webmap.incidents.effective import Effective, effective_facts
from webmap.incidents.fold import DAMAGE_KINDS, phase_after
from webmap.incidents.transitions import RULED_KINDS
from webmap.reviews.deadlines import next_report

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

_PHASE_KINDS = frozenset({*RULED_KINDS, *DAMAGE_KINDS})
#: Kinds that neither change a level nor what is to be reported.
_BESIDE = frozenset({"note", "crew_sent", "temperature_reported", "detail_given", "measure_done"})
_Rows = list[dict[str, Any]]


def seconds_between(begin: datetime, moment: datetime) -> int:
    """Return whole seconds from the film's begin to a moment."""
    return round((moment - begin).total_seconds())


def entry_rows(source: ReportSource, mode: Mode, begin: datetime, until: datetime) -> _Rows:
    """Return the entries in the order in which the film comes to them, each with the sentence that counts there.

    `known`: what counts now, at its time, without what was withdrawn. `believed`: all, when they were written, in the
    words that they were written in.
    """
    documents = {document["number"]: document for document in source.entries}
    if mode == "believed":
        told = zip(source.log.entries, told_at(source.log), strict=True)
        return [_row(documents[entry.number], begin, moment) for entry, moment in told if moment <= until]
    return [
        _row(documents[item.number], begin, whole_second(item.fact.happened_at), counts=True)
        for item in effective_facts(source.log.entries)
        if item.fact.happened_at <= until
    ]


def _row(document: Mapping[str, Any], begin: datetime, moment: datetime, *, counts: bool = False) -> dict[str, Any]:
    counting = document["counts"] if counts else None
    return {
        "s": seconds_between(begin, moment),
        "number": document["number"],
        "group": document["group"],
        "said": document["said"] if counting is None else counting["said"],
        "late": document["late"],
    }


def course_rows(source: ReportSource, telling: Telling, begin: datetime, until: datetime) -> _Rows:
    """Return each moment at which one of these changes: the last number known, phase, level, next report."""
    rows: _Rows = []
    before: dict[str, Any] = {}
    heard: list[tuple[int, int | None]] = []
    standing: dict[str, Any] = {}
    for moment in telling.moments:
        if moment > until:
            break
        facts = telling.facts_at(moment)
        telling_facts = [(item.number, item.corrected_by) for item in facts if item.fact.kind not in _BESIDE]
        if not standing or telling_facts != heard:
            heard, standing = telling_facts, _standing(source, facts, moment)
        row = {"known": telling.number_at(moment), **standing}
        if row != before:
            rows.append({"s": seconds_between(begin, moment), **row})
        before = row
    return rows


def _standing(source: ReportSource, facts: Sequence[Effective], moment: datetime) -> dict[str, Any]:
    phase, level = phase_after(item for item in facts if item.fact.kind in _PHASE_KINDS)
    due = next_report(source.plan, facts, moment, source.language)
    told = None if due is None else {key: due.model_dump(mode="json")[key] for key in _OF_REPORT}
    return {"phase": phase, "level": level, "next_report": told}


#: How long a report is overdue follows from when it is due; the rest is told.
_OF_REPORT = ("kind", "title", "due_at", "at_once", "clause")
